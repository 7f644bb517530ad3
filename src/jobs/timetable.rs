//! When a job is due, and for which period: pure, so that every edge of it is tested.

use jiff::civil::Time;

use crate::domain::calendar::Calendar;
use crate::domain::moment::{Day, Moment};

/// When a job runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Every day from that time on.
    Daily(Time),
    /// On each working day from that time on, while scheduled mail may go.
    WorkingDays(Time),
}

impl When {
    /// The day of the run that should have been made by `now`. Only the latest one: days on which nothing ran are made up for once, not
    /// each by itself; and what writes mail makes up for them at its own time, not before it.
    #[must_use]
    pub fn due(self, now: Moment, calendar: &Calendar) -> Option<Day> {
        let (today, time) = (calendar.day(now), calendar.time(now));
        match self {
            Self::Daily(at) => Some(if time >= at { today } else { today.plus_days(-1) }),
            Self::WorkingDays(at) => (time >= at && calendar.mail_may_go(now)).then_some(today),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;
    use jiff::tz::TimeZone;

    use super::*;

    const MORNING: Time = time(8, 30, 0, 0);

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn due(when: When, now: &str) -> Option<String> {
        let zone = TimeZone::get("Europe/London").unwrap();
        let calendar = Calendar::new(zone, ["2027-03-26", "2027-03-29"].map(day));
        Some(when.due(now.parse().unwrap(), &calendar)?.to_string())
    }

    fn once(period: &str) -> Option<String> {
        Some(period.to_owned())
    }

    #[test]
    fn a_daily_job_belongs_to_the_day_on_which_its_time_came() {
        let when = When::Daily(time(3, 30, 0, 0));
        assert_eq!(due(when, "2027-01-18T03:29:59Z"), once("2027-01-17"));
        assert_eq!(due(when, "2027-01-18T03:30:00Z"), once("2027-01-18"));
        assert_eq!(due(when, "2027-06-18T02:30:00Z"), once("2027-06-18"), "half past three in the register's zone");
    }

    #[test]
    fn reminders_run_on_working_days_and_never_before_their_time() {
        let when = When::WorkingDays(MORNING);
        assert_eq!(due(when, "2027-01-18T08:30:00Z"), once("2027-01-18"));
        assert_eq!(due(when, "2027-01-18T19:59:00Z"), once("2027-01-18"), "found late in the day, still run");
        assert_eq!(due(when, "2027-01-18T20:00:00Z"), None);
        assert_eq!(due(when, "2027-01-17T12:00:00Z"), None);
        assert_eq!(due(when, "2027-03-29T12:00:00Z"), None, "a bank holiday");
        assert_eq!(due(when, "2027-01-18T08:29:59Z"), None, "though Friday's was not made");
        assert_eq!(due(when, "2027-03-30T07:29:59Z"), None, "the clocks in London show an hour more");
        assert_eq!(due(when, "2027-03-30T07:30:00Z"), once("2027-03-30"));
    }

    /// Looks every five minutes from one moment to another, on a clock that was right until the day before `first`, and notes
    /// each run: for which day, and what the clocks in London showed.
    fn runs(when: When, first: &str, (from, to): (&str, &str)) -> Vec<(String, Time)> {
        let calendar = Calendar::new(TimeZone::get("Europe/London").unwrap(), []);
        let (mut now, to): (Moment, Moment) = (from.parse().unwrap(), to.parse().unwrap());
        let mut made = vec![day(first).plus_days(-1)];
        let mut runs = Vec::new();
        while now <= to {
            if let Some(due) = when.due(now, &calendar)
                && !made.contains(&due)
            {
                made.push(due);
                runs.push((due.to_string(), calendar.time(now)));
            }
            now = now.plus_seconds(300);
        }
        runs
    }

    #[test]
    fn each_job_runs_once_a_day_at_its_hour_over_both_nights_on_which_the_clocks_change() {
        for (entry, (first, looked, days, working)) in super::super::TIMETABLE.iter().flat_map(|entry| {
            let spring = (
                "2026-03-27",
                ("2026-03-27T00:00:00Z", "2026-03-31T22:55:00Z"),
                ["2026-03-27", "2026-03-28", "2026-03-29", "2026-03-30", "2026-03-31"],
                ["2026-03-27", "2026-03-30", "2026-03-31"],
            );
            let autumn = (
                "2026-10-23",
                ("2026-10-22T23:00:00Z", "2026-10-27T23:55:00Z"),
                ["2026-10-23", "2026-10-24", "2026-10-25", "2026-10-26", "2026-10-27"],
                ["2026-10-23", "2026-10-26", "2026-10-27"],
            );
            [(entry, spring), (entry, autumn)]
        }) {
            let (at, expected): (Time, &[&str]) = match entry.when {
                When::Daily(at) => (at, &days[..]),
                When::WorkingDays(at) => (at, &working[..]),
            };
            let expected: Vec<(String, Time)> = expected.iter().map(|day| ((*day).to_owned(), at)).collect();
            assert_eq!(runs(entry.when, first, looked), expected, "{}", entry.job.name());
        }
    }
}
