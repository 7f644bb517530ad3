//! Fairness to bodies: a finding against a body is shown to it before anybody else reads it, for a time that has an end.

use super::calendar::Calendar;
use super::moment::Day;
use super::text::text_enum;

/// How many working days a body has, where the inquiry has no rule of its own.
pub const USUAL_DAYS: u32 = 10;
/// The most that an inquiry may give.
pub const MOST_DAYS: u32 = 60;

/// The time in which a finding is with the body that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The day on which it was handed in, and the body told.
    pub sent_on: Day,
    /// The last day on which the body may reply.
    pub until: Day,
    /// Whether the body has replied, or said that there is nothing to correct. It may do so once.
    pub replied: bool,
}

impl Period {
    /// The period of a finding handed in on this day; none where the inquiry's bodies are not shown findings first.
    #[must_use]
    pub fn begun(calendar: &Calendar, on: Day, working_days: u32) -> Option<Self> {
        let until = calendar.working_days_after(on, working_days);
        (working_days > 0).then_some(Self { sent_on: on, until, replied: false })
    }

    /// Whether the finding is still with the body on this day: nobody may publish it, and the body may reply.
    #[must_use]
    pub fn runs_on(&self, today: Day) -> bool {
        !self.replied && today <= self.until
    }
}

/// A number of working days, as somebody entered it.
#[must_use]
pub fn working_days(entered: i64) -> Option<u32> {
    u32::try_from(entered).ok().filter(|days| *days <= MOST_DAYS)
}

/// What a body answered to a finding that it was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replied {
    /// What it wrote is kept here.
    Words,
    /// That there is nothing to correct.
    NothingToCorrect,
    /// What it wrote was removed since.
    Removed,
}

text_enum! {
    /// Whether those who decided on a finding have approved its minute yet.
    pub enum Approval as "state of a decision" {
        /// Approved.
        Approved = "approved",
        /// A draft that they have not approved.
        Draft = "draft",
    }
}

/// Who decided a finding: a post or a committee, apart from the people who typed and confirmed it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Decided {
    /// The post or the committee.
    pub by: String,
    /// When it decided.
    pub on: Option<Day>,
    /// Where its minutes say so.
    pub minute: Option<String>,
    /// Whether the minute is approved.
    pub approval: Option<Approval>,
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

    #[test]
    fn ten_working_days_leave_out_weekends_and_holidays() {
        let ends = |on: &str| Period::begun(&calendar(), day(on), USUAL_DAYS).unwrap().until;
        assert_eq!(ends("2026-11-23"), day("2026-12-07"));
        assert_eq!(ends("2026-12-18"), day("2027-01-06"));
    }

    #[test]
    fn it_runs_through_its_last_day_unless_the_body_has_replied() {
        let period = Period::begun(&calendar(), day("2026-11-23"), 10).unwrap();
        assert!(period.runs_on(day("2026-11-23")) && period.runs_on(day("2026-12-07")));
        assert!(!period.runs_on(day("2026-12-08")));
        assert!(!Period { replied: true, ..period }.runs_on(day("2026-11-24")));
        assert_eq!(Period::begun(&calendar(), day("2026-11-23"), 0), None);
    }

    #[test]
    fn no_inquiry_gives_more_than_sixty_days() {
        assert_eq!([-1, 0, 10, 60, 61].map(working_days), [None, Some(0), Some(10), Some(60), None]);
    }

    proptest! {
        #[test]
        fn a_body_has_at_least_so_many_whole_working_days(offset in 0_i64..200, given in 1_u32..=MOST_DAYS) {
            let calendar = calendar();
            let on = day("2026-11-01").plus_days(offset);
            let period = Period::begun(&calendar, on, given).unwrap();
            let after = (1..=period.until.days_since(on)).map(|past| on.plus_days(past));
            prop_assert_eq!(after.filter(|day| calendar.is_working(*day)).count(), given as usize);
            prop_assert!(calendar.is_working(period.until));
        }
    }
}
