//! Events of an inquiry's own timeline: what was resolved, reported and met about around it.

use super::moment::{Day, Happened};
use super::problem::Problems;
use super::rule::{self, Frame};
use super::text::text_enum;

text_enum! {
    /// What kind of event.
    pub enum EventKind as "kind of event" {
        /// Somebody resolved something.
        Resolution = "resolution",
        /// A report about it was published or received.
        Report = "report",
        /// Whoever monitors it met, or is to meet.
        Meeting = "meeting",
        /// Anything else.
        Event = "event",
    }
}

impl EventKind {
    /// Whether it may lie ahead: a meeting is called before it is held.
    #[must_use]
    pub const fn may_be_ahead(self) -> bool {
        matches!(self, Self::Meeting)
    }
}

/// Notes what is wrong with when something happened. It may lie before the inquiry reported: what led to the inquiry is told
/// too.
pub fn check_when(problems: &mut Problems, field: &str, kind: EventKind, happened: Happened, today: Day) {
    let frame = Frame { published_on: None, today };
    match happened.day {
        None if kind.may_be_ahead() => problems.add(field, "Enter the day of the meeting"),
        Some(day) if kind.may_be_ahead() => rule::due(problems, field, day, frame),
        _ => rule::past(problems, field, happened, false, frame),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_meeting_may_lie_ahead_and_it_has_a_day() {
        let today: Day = "2026-11-23".parse().unwrap();
        let fault = |kind, happened| {
            let mut problems = Problems::none();
            check_when(&mut problems, "happened", kind, happened, today);
            problems.at("happened").map(str::to_owned)
        };
        let ahead = Happened::on("2027-03-01".parse().unwrap());
        for kind in EventKind::ALL.iter().copied() {
            assert_eq!(fault(kind, ahead).is_none(), kind == EventKind::Meeting, "{kind}");
            assert_eq!(fault(kind, Happened::UNKNOWN).is_some(), kind == EventKind::Meeting, "{kind}");
            assert_eq!(fault(kind, Happened::on("2014-01-01".parse().unwrap())), None, "{kind}");
        }
        assert!(fault(EventKind::Meeting, Happened::on("2099-03-01".parse().unwrap())).is_some());
    }
}
