//! What of a recommendation can be found: kept in the transaction that publishes its words.

use super::Error;
use crate::domain::id::{AddresseeId, BodyId, InquiryId, RecommendationId, ThemeId};
use crate::store::{WriteTx, entry, present, search};

/// Puts the recommendation's standing words into the search index again, with the names of what it belongs to. Withheld
/// words are not among them.
pub(super) fn index(tx: &mut WriteTx<'_>, recommendation: RecommendationId) -> Result<(), Error> {
    let texts = present::findable(tx, recommendation)?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    Ok(search::index(tx, recommendation, &texts)?)
}

/// The same of everything that was put to a body, or that it took over, whose name has changed.
pub(super) fn index_body(tx: &mut WriteTx<'_>, body: BodyId) -> Result<(), Error> {
    entry::answered_by(tx, body)?.into_iter().try_for_each(|id| index(tx, id))
}

/// The same of what these answers are to: another body answers for them now.
pub(super) fn index_answers(tx: &mut WriteTx<'_>, answers: &[AddresseeId]) -> Result<(), Error> {
    entry::of_answers(tx, answers)?.into_iter().try_for_each(|id| index(tx, id))
}

/// The same of an inquiry, whose title has changed.
pub(super) fn index_inquiry(tx: &mut WriteTx<'_>, inquiry: InquiryId) -> Result<(), Error> {
    entry::of_inquiry(tx, inquiry)?.into_iter().try_for_each(|id| index(tx, id))
}

/// The same of a theme, whose name has changed.
pub(super) fn index_theme(tx: &mut WriteTx<'_>, theme: ThemeId) -> Result<(), Error> {
    entry::of_theme(tx, theme)?.into_iter().try_for_each(|id| index(tx, id))
}
