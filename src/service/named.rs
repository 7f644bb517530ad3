//! What mail that waits for the morning, or for another try, and the list of removals call the things that they are about: as they
//! are called now. A mail from before it said which record a name is of is found by the name.

use super::Error;
use crate::domain::change::Subject;
use crate::domain::id::{BodyId, InquiryId, RecommendationId};
use crate::domain::mail::ItemName;
use crate::domain::words;
use crate::store::ledger::About;
use crate::store::outbox::rewrite_unsent;
use crate::store::present::{recommendation_place, standing_words};
use crate::store::{WriteTx, desk, entry, inquiry as inquiries, redaction};

/// A recommendation, whose words came or went.
pub(super) fn recommendation(tx: &mut WriteTx<'_>, id: RecommendationId) -> Result<(), Error> {
    let place = recommendation_place(tx, id)?;
    let title = words::title_or_number(&place.number, standing_words(tx, id)?.title.as_deref());
    let name = ItemName { inquiry: &place.inquiry_title, number: &place.number, title: &title };
    Ok(rewrite_unsent(tx, |letter| letter.rename_item(id, &name))?)
}

/// An inquiry: `words` are the names that came or went.
pub(super) fn inquiry(tx: &mut WriteTx<'_>, id: InquiryId, words: &[String]) -> Result<(), Error> {
    let name = inquiries::names(tx, vec![id])?.pop().ok_or(Error::NotFound)?.short_title;
    let items = entry::of_inquiry(tx, id)?;
    Ok(rewrite_unsent(tx, |letter| letter.rename_inquiry(&items, words, &name))?)
}

/// A body, likewise.
pub(super) fn body(tx: &mut WriteTx<'_>, id: BodyId, words: &[String]) -> Result<(), Error> {
    let name = desk::body_name(tx, id)?;
    let now: Vec<&str> = [Some(name.name.as_str()), name.short_name.as_deref()].into_iter().flatten().collect();
    Ok(rewrite_unsent(tx, |letter| letter.rename_body(id, words, &now))?)
}

/// Where staff read what was removed, or is to be: what it was of is not called by `words`, which were removed.
pub(super) fn in_removals(
    tx: &mut WriteTx<'_>,
    subject: Subject,
    about: &About,
    words: &[String],
) -> Result<(), Error> {
    let now = match (subject, about.inquiry, about.body) {
        (Subject::Description, Some(id), _) => {
            inquiries::names(tx, vec![id])?.pop().ok_or(Error::NotFound)?.short_title
        }
        (Subject::Body, _, Some(id)) => desk::body_name(tx, id)?.name,
        _ => return Ok(()),
    };
    Ok(redaction::rename(tx, words, &now)?)
}
