//! What of a recommendation can be found: kept in the transaction that publishes its words.

use super::Error;
use crate::domain::id::RecommendationId;
use crate::store::{WriteTx, present, search};

/// Puts the recommendation's standing words into the search index again, with the names of what it belongs to. Withheld
/// words are not among them.
pub(super) fn index(tx: &mut WriteTx<'_>, recommendation: RecommendationId) -> Result<(), Error> {
    let texts = present::findable(tx, recommendation)?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    Ok(search::index(tx, recommendation, &texts)?)
}
