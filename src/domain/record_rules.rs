//! What follows from a record besides the values of the four facts: pauses and renewals, and which date follows which.

use super::assessed::Assessed;
use super::change::Fact;
use super::deadline::{DeadlineAct, DeadlineKind};
use super::id::{DeadlineId, Seq};
use super::lifecycle::Lifecycle;
use super::moment::Day;
use super::record::{Deadline, Due, FactValue, Record};
use super::response::Response;

/// How early a finding may be made and still be the look that was due.
const DAYS_EARLY: i64 = 42;

impl Deadline {
    /// Whether what this one says can follow what the one before it says: time can stop only while it runs, run again only where
    /// it stopped, and be made longer only past the day that stood; and none of it before what it follows.
    #[must_use]
    pub fn can_follow(&self, before: Option<&Self>) -> bool {
        let acted = before.and_then(|before| Some((before.act?, before.act_on)));
        let not_before = |on: Option<Day>| on.zip(self.act_on).is_none_or(|(before, on)| before <= on);
        let due = before.and_then(|before| before.due_on);
        match (self.act, acted) {
            (None, _) => true,
            (Some(DeadlineAct::Extended), Some((DeadlineAct::Paused, _))) => false,
            (Some(DeadlineAct::Extended), acted) => {
                acted.is_none_or(|(_, on)| not_before(on)) && due.zip(self.due_on).is_none_or(|(due, more)| due < more)
            }
            (Some(DeadlineAct::Paused), acted) => {
                let resumed = acted.filter(|(act, _)| *act == DeadlineAct::Resumed);
                due.is_some_and(|due| self.act_on.is_none_or(|on| on <= due))
                    && resumed.is_none_or(|(_, on)| not_before(on))
            }
            (Some(DeadlineAct::Resumed), Some((DeadlineAct::Paused, on))) => not_before(on),
            (Some(DeadlineAct::Resumed), _) => false,
        }
    }
}

impl Record {
    /// The dates of the same kind that stand next to this one, before it and after it; a correction stands where the entry stood
    /// that it puts right.
    #[must_use]
    pub fn beside(&self, date: &Deadline) -> (Option<&Deadline>, Option<&Deadline>) {
        let here = self.place(date);
        let all = || self.dates(date.kind, Seq(i64::MAX));
        let before = all().filter(|one| self.place(one) < here).max_by_key(|one| self.place(one));
        let after = all().filter(|one| self.place(one) > here).min_by_key(|one| self.place(one));
        (before, after)
    }

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
