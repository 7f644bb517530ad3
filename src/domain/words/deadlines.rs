//! What is owed and by when, and the neutral sentence for a date that passed with nothing received.

use super::{dates, numbers};
use crate::domain::deadline::DeadlineKind;
use crate::domain::moment::Day;

/// Where no schedule of updates is kept for an answer.
pub const NO_SCHEDULE: &str = "No schedule of updates is set";
/// Where somebody means to ask a body for something by a date, and nobody has found yet where it is said that it was asked.
pub const ASKED_FIRST: &str = "It is only likely that the recommendation was put to this body. First record where it is said \
                               that it was (“Put it to a body”), then set a date";

/// What is next: `Next update due 1 March 2027`.
#[must_use]
pub fn due(kind: DeadlineKind, on: Day) -> String {
    let what = match kind {
        DeadlineKind::Response => "Response due",
        DeadlineKind::Return => "Next update due",
        DeadlineKind::Target => "Target date",
        DeadlineKind::Decision => "Decision due",
        DeadlineKind::Recheck => "To be looked at again on",
        DeadlineKind::Plan => "Planned for",
    };
    format!("{what} {}", dates::day(on))
}

/// Under the sentence that a day will make, so that nobody is surprised by what follows from one that lies in the past.
#[must_use]
pub fn silent_after(due: Day) -> String {
    format!(
        "Once that day has passed with no answer recorded here, the page says \u{201c}No response by {}\u{201d}. Where this \
         register began to wait for the answer only after that day, it says so once somebody has looked for it on that day or \
         later and found none, or has asked the body for it by hand",
        dates::day(due)
    )
}

/// After a date that was recorded only when it had passed: `that day had passed before this register recorded it, and nothing
/// recorded here since says that no answer came`. It is neither late nor silent. Somebody may have looked and found a part.
#[must_use]
pub fn unheard(kind: DeadlineKind) -> String {
    let since = match kind {
        DeadlineKind::Response => "nothing recorded here since says that no answer came",
        DeadlineKind::Return => "nothing recorded here since says that no update came",
        DeadlineKind::Decision => "nothing recorded here since says that no decision came",
        DeadlineKind::Target | DeadlineKind::Plan => "nothing recorded here since says that it was missed",
        DeadlineKind::Recheck => "no look is recorded since",
    };
    format!("that day had passed before this register recorded it, and {since}")
}

/// What a body still owes, as its own people read it: `An answer is owed. It was due on 9 February 2027, 14 days past`.
#[must_use]
pub fn owed_since(kind: DeadlineKind, on: Day, today: Day) -> String {
    let since = format!("{}, {}", dates::day(on), distance(on, today));
    match kind {
        DeadlineKind::Response => format!("An answer is owed. It was due on {since}"),
        DeadlineKind::Decision => format!("A decision is owed. It was due on {since}"),
        kind => format!("{}, {}", missed(kind, on), distance(on, today)),
    }
}

/// What passed with nothing received: `No update received by 1 March 2027`. Neutral: it accuses nobody.
#[must_use]
pub fn missed(kind: DeadlineKind, on: Day) -> String {
    let on = dates::day(on);
    match kind {
        DeadlineKind::Response => format!("No response received by {on}"),
        DeadlineKind::Return => format!("No update received by {on}"),
        DeadlineKind::Target => format!("Target date of {on} has passed"),
        DeadlineKind::Decision => format!("No decision received by {on}"),
        DeadlineKind::Recheck => format!("Was to be looked at again on {on}; no finding is recorded here yet"),
        DeadlineKind::Plan => format!("The day of the plan, {on}, has passed"),
    }
}

/// What kind of date, in a list or a calendar.
#[must_use]
pub const fn deadline_kind(kind: DeadlineKind) -> &'static str {
    match kind {
        DeadlineKind::Response => "Response",
        DeadlineKind::Return => "Update from the body",
        DeadlineKind::Target => "Target date",
        DeadlineKind::Decision => "Decision",
        DeadlineKind::Recheck => "Next look by oversight",
        DeadlineKind::Plan => "Plan of the body",
    }
}

/// How far off a date is: `in 14 days`, `today`, `5 days past`.
#[must_use]
pub fn distance(due: Day, today: Day) -> String {
    match due.days_since(today) {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        left if left > 0 => format!("in {}", numbers::days(left)),
        past => format!("{} past", numbers::days(-past)),
    }
}

/// Beside a finding that is older than its schedule.
pub const NOT_LOOKED_AT_LATELY: &str = "not looked at lately";

/// When oversight looks again: `Looked at again after 6, 18 and 36 months`.
#[must_use]
pub fn look_again_after(months: &[i64]) -> String {
    let numbers: Vec<String> = months.iter().map(i64::to_string).collect();
    let unit = if months == [1] { "month" } else { "months" };
    format!("Looked at again after {} {unit}", numbers::list(&numbers))
}

/// The schedule on which a body is asked: `An update every 6 months, next due 1 March 2027`.
#[must_use]
pub fn schedule(every_months: Option<i64>, next: Option<Day>) -> String {
    let every = match every_months {
        None | Some(..=0) => None,
        Some(1) => Some("An update every month".to_owned()),
        Some(12) => Some("An update every year".to_owned()),
        Some(months) => Some(format!("An update every {}", numbers::count(months.unsigned_abs(), "month", "months"))),
    };
    match (every, next) {
        (None, None) => NO_SCHEDULE.to_owned(),
        (None, Some(next)) => due(DeadlineKind::Return, next),
        (Some(every), None) => format!("{every}, next date not set"),
        (Some(every), Some(next)) => format!("{every}, next due {}", dates::day(next)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::{all_different, on};

    #[test]
    fn what_is_due_and_what_has_passed_is_said_neutrally() {
        let date = on("2027-01-17");
        for (kind, next, past) in [
            (DeadlineKind::Response, "Response due 17 January 2027", "No response received by 17 January 2027"),
            (DeadlineKind::Return, "Next update due 17 January 2027", "No update received by 17 January 2027"),
            (DeadlineKind::Target, "Target date 17 January 2027", "Target date of 17 January 2027 has passed"),
            (DeadlineKind::Decision, "Decision due 17 January 2027", "No decision received by 17 January 2027"),
        ] {
            assert_eq!((due(kind, date), missed(kind, date)), (next.to_owned(), past.to_owned()));
        }
        all_different(DeadlineKind::ALL, |kind| due(kind, date));
        all_different(DeadlineKind::ALL, |kind| missed(kind, date));
        all_different(DeadlineKind::ALL, |kind| deadline_kind(kind).to_owned());
        let today = on("2027-01-31");
        let owed = "An answer is owed. It was due on 17 January 2027, 14 days past";
        assert_eq!(owed_since(DeadlineKind::Response, date, today), owed);
        let update = "No update received by 17 January 2027, 14 days past";
        assert_eq!(owed_since(DeadlineKind::Return, date, today), update);
        assert_eq!(
            unheard(DeadlineKind::Response),
            "that day had passed before this register recorded it, and nothing recorded here since says that no answer came"
        );
    }

    #[test]
    fn distances_and_schedules() {
        let today = on("2027-03-01");
        for (due, said) in [
            ("2027-03-15", "in 14 days"),
            ("2027-03-02", "tomorrow"),
            ("2027-03-01", "today"),
            ("2027-02-24", "5 days past"),
        ] {
            assert_eq!(distance(on(due), today), said);
        }
        assert_eq!(schedule(Some(6), Some(today)), "An update every 6 months, next due 1 March 2027");
        assert_eq!(schedule(Some(12), None), "An update every year, next date not set");
        assert_eq!(schedule(None, Some(today)), "Next update due 1 March 2027");
        assert_eq!(schedule(None, None), NO_SCHEDULE);
        assert_eq!(look_again_after(&[6, 18, 36]), "Looked at again after 6, 18 and 36 months");
    }
}
