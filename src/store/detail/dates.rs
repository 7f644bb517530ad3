//! What a card says of dates that passed: missed where the register was there to hear, or not heard of.

use super::Details;
use crate::domain::deadline::{DeadlineKind, Owed, is_settled};
use crate::domain::hold::quiet_since;
use crate::domain::moment::Day;
use crate::store::addressee::Answer;
use crate::store::deadline::Deadline;

impl Details {
    /// The day that an answer missed, of one kind of date: where the register was there to hear.
    #[must_use]
    pub fn missed(&self, answer: &Answer, kind: DeadlineKind, today: Day) -> Option<Day> {
        let owed = self.owed(answer, kind, today)?;
        owed.due_on.filter(|_| owed.is_missed(today))
    }

    /// The day of one kind of date that had passed before it was recorded here, where nobody has sought since what is owed.
    #[must_use]
    pub fn unheard(&self, answer: &Answer, kind: DeadlineKind, today: Day) -> Option<Day> {
        let owed = self.owed(answer, kind, today)?;
        owed.due_on.filter(|_| owed.is_unheard(today))
    }

    /// What the rule for silence needs to know about the date of one kind that stands.
    fn owed(&self, answer: &Answer, kind: DeadlineKind, today: Day) -> Option<Owed> {
        let due = answer.due(kind)?;
        Some(self.owed_by(answer, self.deadline(due.deadline)?, due.on, today))
    }

    /// The same about one date, whether it stands or stood first.
    fn owed_by(&self, answer: &Answer, date: &Deadline, due: Day, today: Day) -> Owed {
        Owed {
            due_on: Some(due),
            checked: date.checked,
            asked: answer.checked,
            taken_in_on: answer.taken_in_on,
            heard_on: self.heard.on((date.id, date.kind, due), &answer.whose()),
            settled: is_settled(date.kind, answer.standing()),
            answered: answer.handed.is_answered(),
            quiet_since: quiet_since(&self.silences.of(answer.inquiry_id, answer.recommendation_id), today),
        }
    }

    /// Days past the first target that a body set for an answer, where the register was there to see it pass.
    #[must_use]
    pub fn days_past_first_target(&self, answer: &Answer, today: Day) -> Option<i64> {
        let first = self.first_target(answer)?;
        self.owed_by(answer, first, first.due_on?, today).days_missed(today)
    }
}
