//! What follows a reminder where nothing is received, step by step, and is said in each of them beforehand: the contact again, the
//! alternate as well; then, by the hand of a named person alone who has looked at what was sent, the post at the top of the body,
//! and a published notice. Mail that comes back stops it.

use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::moment::Day;
use super::stage::Stages;

/// The next stage of a date is looked for so many days ahead.
const AHEAD: i64 = 150;

/// What comes by itself where nothing is received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    /// The day of the next reminder.
    pub reminder: Day,
    /// The day from which the alternate contact is written to as well.
    pub alternate: Day,
}

impl Next {
    /// What comes first of two dates.
    #[must_use]
    pub fn or_sooner(self, other: Self) -> Self {
        Self { reminder: self.reminder.min(other.reminder), alternate: self.alternate.min(other.alternate) }
    }
}

/// The day from which the alternate contact is written to as well: that of the second stage after the date.
#[must_use]
pub fn alternate_from(stages: &Stages, due: Day, calendar: &Calendar) -> Day {
    calendar.working_from(due.plus_days(stages.first_after() + stages.every()))
}

/// What comes after `today` for something due on `due`.
#[must_use]
pub fn next(stages: &Stages, due: Day, today: Day, calendar: &Calendar) -> Option<Next> {
    let mut ahead = (1..=AHEAD).map(|days| today.plus_days(days));
    let reminder = ahead.find(|day| stages.on(*day, due, calendar).is_some())?;
    Some(Next { reminder, alternate: alternate_from(stages, due, calendar) })
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn each_reminder_knows_the_next_and_when_the_alternate_is_asked() {
        let calendar = Calendar::new(TimeZone::UTC, []);
        let usual = Stages::default();
        let due = day("2027-03-01");
        for (today, reminder) in [
            ("2027-01-18", "2027-02-09"),
            ("2027-02-26", "2027-03-02"),
            ("2027-03-02", "2027-03-09"),
            ("2027-03-09", "2027-03-16"),
        ] {
            let expected = Next { reminder: day(reminder), alternate: day("2027-03-09") };
            assert_eq!(next(&usual, due, day(today), &calendar), Some(expected), "{today}");
        }
        let rare = Stages::read("30", "30", "91").unwrap();
        assert_eq!(next(&rare, due, day("2027-03-31"), &calendar).map(|next| next.reminder), Some(day("2027-06-30")));
        // A date before another one comes first in both.
        let [one, other] = [next(&usual, due, day("2027-02-26"), &calendar), next(&rare, due, due, &calendar)];
        assert_eq!(one.unwrap().or_sooner(other.unwrap()), one.unwrap());
    }
}
