//! When a job is due, and for which period: pure, so that every edge of it is tested.

use jiff::civil::{Time, Weekday};

use crate::domain::calendar::Calendar;
use crate::domain::moment::{Day, Moment};

/// When a job runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Every day from that time on.
    Daily(Time),
    /// On each working day from that time on, while scheduled mail may go.
    WorkingDays(Time),
    /// Once a week: from that time on that day, or on the next working day, while scheduled mail may go.
    Weekly(Weekday, Time),
}

/// A run that is due, unless it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The period that it is made for.
    pub period: Day,
    /// The period for which it may have been made already: the same one, or the working day before, early in the morning.
    pub made_as: Day,
}

impl Due {
    const fn once(period: Day) -> Self {
        Self { period, made_as: period }
    }
}

impl When {
    /// The run that should have been made by `now`. Only the latest one: days on which nothing ran are made up for once,
    /// as early as may be, not each by itself.
    #[must_use]
    pub fn due(self, now: Moment, calendar: &Calendar) -> Option<Due> {
        let (today, time) = (calendar.day(now), calendar.time(now));
        match self {
            Self::Daily(at) => Some(Due::once(if time >= at { today } else { today.plus_days(-1) })),
            Self::WorkingDays(_) | Self::Weekly(..) if !calendar.mail_may_go(now) => None,
            Self::WorkingDays(at) if time >= at => Some(Due::once(today)),
            Self::WorkingDays(_) => Some(Due { period: today, made_as: calendar.working_until(today.plus_days(-1)) }),
            Self::Weekly(weekday, at) => {
                let since = i64::from(today.date().weekday().since(weekday));
                let named = today.plus_days(-since);
                let first = calendar.working_from(named);
                (today > first || (today == first && time >= at)).then(|| Due::once(named))
            }
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

    fn due(when: When, now: &str) -> Option<(String, String)> {
        let zone = TimeZone::get("Europe/London").unwrap();
        let calendar = Calendar::new(zone, ["2027-03-26", "2027-03-29"].map(day));
        let due = when.due(now.parse().unwrap(), &calendar)?;
        Some((due.period.to_string(), due.made_as.to_string()))
    }

    fn once(period: &str) -> Option<(String, String)> {
        Some((period.to_owned(), period.to_owned()))
    }

    #[test]
    fn a_daily_job_belongs_to_the_day_on_which_its_time_came() {
        let when = When::Daily(time(3, 30, 0, 0));
        assert_eq!(due(when, "2027-01-18T03:29:59Z"), once("2027-01-17"));
        assert_eq!(due(when, "2027-01-18T03:30:00Z"), once("2027-01-18"));
        assert_eq!(due(when, "2027-06-18T02:30:00Z"), once("2027-06-18"), "half past three in the register's zone");
    }

    #[test]
    fn reminders_run_on_working_days_and_are_made_up_for_early() {
        let when = When::WorkingDays(MORNING);
        assert_eq!(due(when, "2027-01-18T08:30:00Z"), once("2027-01-18"));
        assert_eq!(due(when, "2027-01-18T19:59:00Z"), once("2027-01-18"), "found late in the day, still run");
        assert_eq!(due(when, "2027-01-18T20:00:00Z"), None);
        assert_eq!(due(when, "2027-01-17T12:00:00Z"), None);
        assert_eq!(due(when, "2027-03-29T12:00:00Z"), None, "a bank holiday");
        let early = due(when, "2027-01-18T07:15:00Z");
        assert_eq!(early, Some(("2027-01-18".to_owned(), "2027-01-15".to_owned())), "unless Friday's was made");
    }

    #[test]
    fn a_weekly_job_runs_on_its_day_or_the_next_working_day_or_when_the_process_is_back() {
        let when = When::Weekly(Weekday::Monday, MORNING);
        assert_eq!(due(when, "2027-01-18T08:29:00Z"), None);
        assert_eq!(due(when, "2027-01-18T08:30:00Z"), once("2027-01-18"));
        assert_eq!(due(when, "2027-01-21T11:00:00Z"), once("2027-01-18"), "back on a Thursday");
        assert_eq!(due(when, "2027-03-29T09:00:00Z"), None, "Easter Monday");
        assert_eq!(due(when, "2027-03-30T07:29:00Z"), None, "summer time has begun: 8:29 there");
        assert_eq!(due(when, "2027-03-30T07:30:00Z"), once("2027-03-29"));
    }
}
