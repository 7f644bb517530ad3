//! What follows from a record besides the values of the four facts: pauses and renewals.

use super::assessed::Assessed;
use super::change::Fact;
use super::deadline::{DeadlineAct, DeadlineKind};
use super::id::{DeadlineId, Seq};
use super::lifecycle::Lifecycle;
use super::moment::Day;
use super::record::{Due, FactValue, Record};
use super::response::Response;

/// How early a finding may be made and still be the look that was due.
const DAYS_EARLY: i64 = 42;

impl Record {
    /// The row by which time to answer stands still at `at`, while no answer has come.
    pub(super) fn paused(&self, at: Seq) -> Option<DeadlineId> {
        let last = self.last(DeadlineKind::Response, at)?;
        (last.act == Some(DeadlineAct::Paused) && !self.has_answered(last, at)).then_some(last.id)
    }

    /// The next day on which oversight is to look again, as it stood at `at`: the first of the days set last that no finding
    /// has met. Opening an answer again, or finding that it no longer holds, ends the days that were set before.
    pub(super) fn recheck(&self, at: Seq) -> Option<Due> {
        let set_last = self.dates(DeadlineKind::Recheck, at).map(|date| date.seq).max()?;
        let reopened = self.standing(at).filter(|update| {
            matches!(update.value, FactValue::Lifecycle(Lifecycle::Open | Lifecycle::Lapsed, _))
                && update.seq > set_last
        });
        if reopened.count() > 0 {
            return None;
        }
        let looked = self.standing(at).filter(|update| {
            matches!(update.value, FactValue::Assessed(value) if value != Assessed::NotAssessed)
                && update.seq > set_last
        });
        let looked = looked.filter_map(|update| update.happened.day).max();
        let met = |due: Day| looked.is_some_and(|looked| looked >= due.plus_days(-DAYS_EARLY));
        let standing = self.dates(DeadlineKind::Recheck, at).filter(|date| date.seq == set_last);
        let owed = standing.filter_map(|date| Some(Due { deadline: date.id, on: date.due_on? }));
        owed.filter(|due| !met(due.on)).min_by_key(|due| (due.on, due.deadline))
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
