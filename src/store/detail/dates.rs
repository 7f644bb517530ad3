//! What a card says of dates that passed: missed where the register was there to hear, or not heard of.

use super::Details;
use crate::domain::deadline::{DeadlineKind, Owed, is_settled};
use crate::domain::hold::quiet_since;
use crate::domain::moment::Day;
use crate::store::addressee::Answer;

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
        let date = self.deadline(due.deadline)?;
        Some(Owed {
            due_on: Some(due.on),
            checked: date.checked,
            asked: answer.checked,
            taken_in_on: answer.taken_in_on,
            heard_on: self.heard.on((due.deadline, kind, due.on), &answer.whose()),
            settled: is_settled(kind, answer.standing()),
            answered: answer.handed.is_answered(),
            quiet_since: self.quiet_since(answer, today),
        })
    }

    /// Since when silence about an answer is not told.
    fn quiet_since(&self, answer: &Answer, today: Day) -> Option<Day> {
        quiet_since(&self.silences.of(answer.inquiry_id, answer.recommendation_id), today)
    }

    /// Days past the first target that a body set for an answer, where the register was there to see it pass.
    #[must_use]
    pub fn days_past_first_target(&self, answer: &Answer, today: Day) -> Option<i64> {
        let first = self.first_target(answer)?;
        let due = first.due_on?;
        let owed = Owed {
            due_on: Some(due),
            checked: first.checked,
            asked: answer.checked,
            taken_in_on: answer.taken_in_on,
            heard_on: self.heard.on((first.id, DeadlineKind::Target, due), &answer.whose()),
            settled: is_settled(DeadlineKind::Target, answer.standing()),
            answered: answer.handed.is_answered(),
            quiet_since: self.quiet_since(answer, today),
        };
        owed.days_missed(today)
    }
}
