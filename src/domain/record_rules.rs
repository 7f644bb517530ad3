//! What follows from a record besides the values of the four facts: pauses and renewals.

use super::change::Fact;
use super::deadline::{DeadlineAct, DeadlineKind};
use super::id::{DeadlineId, Seq};
use super::record::{FactValue, Record};
use super::response::Response;

impl Record {
    /// The row by which time to answer stands still at `at`, while no answer has come.
    pub(super) fn paused(&self, at: Seq) -> Option<DeadlineId> {
        let last = self.last(DeadlineKind::Response, at)?;
        (last.act == Some(DeadlineAct::Paused) && !self.has_answered(last, at)).then_some(last.id)
    }

    /// How often "under consideration" was renewed up to `at`: said again with no other answer between.
    pub(super) fn renewed(&self, at: Seq) -> i64 {
        let mut answers: Vec<_> = self.standing(at).filter(|update| update.value.fact() == Fact::Response).collect();
        answers.sort_by_key(|update| (update.happened.day, update.seq));
        let considering = FactValue::Response(Response::UnderConsideration);
        let said = answers.iter().rev().take_while(|update| update.value == considering).count();
        i64::try_from(said.saturating_sub(1)).unwrap_or(i64::MAX)
    }
}
