//! Which rows of the ledger somebody wants to read: those about one thing, or those of some changes.

use crate::domain::id::{AddresseeId, RecommendationId, Seq};

/// What the rows are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// One recommendation and all its answers.
    Recommendation(RecommendationId),
    /// One answer.
    Answer(AddresseeId),
    /// Several answers.
    Answers(Vec<AddresseeId>),
    /// Everything that some changes published.
    Changes(Vec<Seq>),
}

/// Narrows a boxed query over a table that is joined with `addressee` to what it is about. Give the table's module.
macro_rules! about_an_answer {
    ($query:expr, $table:ident, $about:expr) => {
        match $about {
            About::Recommendation(id) => $query.filter(addressee::recommendation_id.eq(*id)),
            About::Answer(id) => $query.filter($table::addressee_id.eq(*id)),
            About::Answers(ids) => $query.filter($table::addressee_id.eq_any(ids.clone())),
            About::Changes(seqs) => $query.filter($table::seq.eq_any(seqs.clone())),
        }
    };
}
pub(super) use about_an_answer;

/// Whose answer a row is about, and which change published it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, diesel::Queryable)]
pub struct Place {
    /// The change.
    pub seq: Seq,
    /// The answer.
    pub addressee: AddresseeId,
    /// Its recommendation.
    pub recommendation: RecommendationId,
}
