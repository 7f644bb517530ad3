//! Meetings of whoever monitors inquiries: called, moved, held or cancelled in the open; and the days by which bodies are asked so
//! that what they send reaches the papers.

use super::calendar::Calendar;
use super::moment::Day;
use super::problem::Problems;
use super::rule::{self, Frame};
use super::text::text_enum;
use super::words;

text_enum! {
    /// Where a meeting stands.
    pub enum MeetingState as "state of a meeting" {
        /// It is called.
        Planned = "planned",
        /// It was held.
        Held = "held",
        /// It will not be held.
        Cancelled = "cancelled",
    }
}

/// What everybody reads of a meeting beside its day and its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stands {
    /// Where it stands.
    pub state: MeetingState,
    /// By when its papers are due.
    pub papers_due_on: Option<Day>,
}

text_enum! {
    /// What becomes of the dates that go with a meeting which is cancelled.
    pub enum Released as "what becomes of dates" {
        /// Each goes back to the date that stood before it, or to the next one of its schedule; where there is none it ends.
        Back = "back",
        /// Each ends.
        End = "end",
    }
}

/// The day by which an update is asked for once the meeting is cancelled that it was asked for, where an earlier date goes on: that
/// date while it lies ahead, or else the first one of its rhythm of so many months that does. None where neither does.
#[must_use]
pub fn goes_back_to(before: Day, every_months: Option<i64>, today: Day) -> Option<Day> {
    if before >= today {
        return Some(before);
    }
    let every = every_months.filter(|every| *every > 0)?;
    (1..).map(|times| before.plus_months(every * times)).find(|day| *day > today)
}

/// How many working days before the papers are due bodies are asked, where nobody chose otherwise.
pub const USUAL_DAYS_BEFORE: u32 = 10;
/// The most working days before that.
pub const MOST_DAYS_BEFORE: u32 = 60;

/// The days of a meeting, as somebody entered them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The meeting itself.
    pub held_on: Option<Day>,
    /// By when its papers must be there.
    pub papers_due_on: Option<Day>,
    /// Where it stands.
    pub state: MeetingState,
}

impl Days {
    /// Notes what is wrong with them.
    pub fn check(self, problems: &mut Problems, today: Day) {
        let frame = Frame { published_on: None, today };
        let Some(held_on) = self.held_on else {
            problems.add("held_on", "Enter the day of the meeting");
            return;
        };
        rule::due(problems, "held_on", held_on, frame);
        match self.state {
            MeetingState::Planned if held_on < today => {
                problems.add("held_on", "That day has passed: enter a later one, or say that the meeting was held");
            }
            MeetingState::Held if held_on > today => {
                problems.add("held_on", format!("{} has not come yet: nothing was held then", words::day(held_on)));
            }
            _ => {}
        }
        match self.papers_due_on {
            None => problems.add("papers_due_on", "Enter the day by which its papers are due"),
            Some(papers) if papers > held_on => {
                let day = words::day(held_on);
                problems
                    .add("papers_due_on", format!("Papers must be due by the day of the meeting, {day}, or earlier"));
            }
            Some(papers) => rule::due(problems, "papers_due_on", papers, frame),
        }
    }
}

/// A number of working days, as somebody entered it.
#[must_use]
pub fn days_before(entered: i64) -> Option<u32> {
    u32::try_from(entered).ok().filter(|days| (1..=MOST_DAYS_BEFORE).contains(days))
}

/// The day by which a body is asked so that what it sends reaches the papers: so many working days before they are due.
#[must_use]
pub fn asked_by(calendar: &Calendar, papers_due_on: Day, working_days: u32) -> Day {
    calendar.working_days_before(papers_due_on, working_days)
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn calendar() -> Calendar {
        Calendar::new(TimeZone::UTC, ["2026-12-25", "2026-12-28", "2027-01-01"].map(day))
    }

    fn faults(held_on: &str, papers: &str, state: MeetingState) -> Problems {
        let mut problems = Problems::none();
        let days = Days { held_on: held_on.parse().ok(), papers_due_on: papers.parse().ok(), state };
        days.check(&mut problems, day("2026-11-23"));
        problems
    }

    #[test]
    fn papers_are_due_before_a_meeting_and_not_after_it() {
        assert!(faults("2027-03-12", "2027-03-12", MeetingState::Planned).is_empty());
        let late = faults("2027-03-12", "2027-03-13", MeetingState::Planned);
        assert!(late.at("papers_due_on").unwrap().contains("12 March 2027"));
        assert!(faults("2027-03-12", "", MeetingState::Planned).at("papers_due_on").is_some());
        assert!(faults("", "2027-03-01", MeetingState::Planned).at("held_on").is_some());
        assert!(faults("2026-11-20", "2026-11-02", MeetingState::Planned).at("held_on").is_some());
        assert!(faults("2026-11-20", "2026-11-02", MeetingState::Held).is_empty());
        assert!(faults("2026-11-24", "2026-11-02", MeetingState::Held).at("held_on").is_some());
        assert!(faults("2026-11-20", "2026-11-02", MeetingState::Cancelled).is_empty());
    }

    #[test]
    fn bodies_are_asked_so_many_working_days_before_the_papers() {
        let calendar = calendar();
        assert_eq!(asked_by(&calendar, day("2027-02-26"), 10), day("2027-02-12"));
        // Over Christmas and the new year.
        assert_eq!(asked_by(&calendar, day("2027-01-08"), 10), day("2026-12-22"));
        // Papers that are due on a Sunday are due by the Friday before it.
        assert_eq!(asked_by(&calendar, day("2027-02-28"), 1), day("2027-02-26"));
        assert_eq!(days_before(0), None);
        assert_eq!(days_before(61), None);
        assert_eq!(days_before(10), Some(10));
    }

    #[test]
    fn a_date_goes_back_to_what_stood_before_and_never_to_a_day_that_has_passed() {
        let today = day("2026-11-23");
        assert_eq!(goes_back_to(day("2027-01-15"), None, today), Some(day("2027-01-15")));
        assert_eq!(goes_back_to(today, Some(6), today), Some(today));
        assert_eq!(goes_back_to(day("2026-11-22"), None, today), None);
        assert_eq!(goes_back_to(day("2026-11-22"), Some(0), today), None);
        assert_eq!(goes_back_to(day("2026-05-31"), Some(3), today), Some(day("2026-11-30")));
    }

    proptest! {
        #[test]
        fn a_body_is_asked_on_a_working_day_before_the_papers(offset in 0_i64..400, count in 1_u32..=MOST_DAYS_BEFORE) {
            let calendar = calendar();
            let papers = day("2026-11-01").plus_days(offset);
            let asked = asked_by(&calendar, papers, count);
            prop_assert!(calendar.is_working(asked));
            prop_assert!(asked < papers);
            // Between them lie exactly as many working days, whichever way they are counted.
            let between = (0..papers.days_since(asked)).filter(|days| calendar.is_working(asked.plus_days(*days))).count();
            prop_assert_eq!(between, count as usize);
            // Papers that are due later never ask earlier.
            prop_assert!(asked_by(&calendar, papers.plus_days(1), count) >= asked);
        }
    }
}
