//! Working days, and the hours at which scheduled mail may go.

use std::collections::BTreeSet;

use jiff::civil::{Time, Weekday, time};
use jiff::tz::TimeZone;

use super::moment::{Day, Moment};

/// Scheduled mail goes from this hour on.
const FIRST_HOUR: Time = time(7, 0, 0, 0);
/// Scheduled mail goes before this hour.
const LAST_HOUR: Time = time(20, 0, 0, 0);

/// An update that is owed is asked for no later than so many days before its date.
const DAYS_ASKED: i64 = 42;

/// The first reminder of a date comes so many working days before it at the earliest: what comes before that would not count.
pub const FIRST_REMINDER: u32 = 30;

/// After so many working days an update that nobody has read is with us too long, where nobody chose otherwise.
pub const USUAL_READING_DAYS: u32 = 10;
/// The most working days that may be chosen.
pub const MOST_READING_DAYS: u32 = 60;

/// The register's zone and the days on which nobody works there.
#[derive(Debug, Clone)]
pub struct Calendar {
    zone: TimeZone,
    holidays: BTreeSet<Day>,
}

impl Calendar {
    /// The calendar of a zone with these holidays beside Saturdays and Sundays.
    pub fn new(zone: TimeZone, holidays: impl IntoIterator<Item = Day>) -> Self {
        Self { zone, holidays: holidays.into_iter().collect() }
    }

    /// The day that it is at this moment.
    #[must_use]
    pub fn day(&self, at: Moment) -> Day {
        at.day_in(&self.zone)
    }

    /// The time of day that it is at this moment.
    #[must_use]
    pub fn time(&self, at: Moment) -> Time {
        at.timestamp().to_zoned(self.zone.clone()).time()
    }

    /// Whether people work on that day.
    #[must_use]
    pub fn is_working(&self, day: Day) -> bool {
        !matches!(day.date().weekday(), Weekday::Saturday | Weekday::Sunday) && !self.holidays.contains(&day)
    }

    /// That day, or the next one on which people work.
    #[must_use]
    pub fn working_from(&self, day: Day) -> Day {
        let mut found = day;
        // A calendar without any working day would never end; a year without one does not exist.
        for _ in 0..366 {
            if self.is_working(found) {
                return found;
            }
            found = found.plus_days(1);
        }
        day
    }

    /// That day, or the last one before it on which people work.
    #[must_use]
    pub fn working_until(&self, day: Day) -> Day {
        let mut found = day;
        for _ in 0..366 {
            if self.is_working(found) {
                return found;
            }
            found = found.plus_days(-1);
        }
        day
    }

    /// The day that lies so many working days before that day.
    #[must_use]
    pub fn working_days_before(&self, day: Day, count: u32) -> Day {
        (0..count).fold(day, |found, _| self.working_until(found.plus_days(-1)))
    }

    /// The day that lies so many working days after that day.
    #[must_use]
    pub fn working_days_after(&self, day: Day, count: u32) -> Day {
        (0..count).fold(day, |found, _| self.working_from(found.plus_days(1)))
    }

    /// The first day on which somebody is asked for an update owed by `due`: the first on which a reminder may come, and never later
    /// than six weeks before; on a schedule of so many months half its interval before, where that is later.
    #[must_use]
    pub fn asking_opens(&self, due: Day, every_months: Option<i64>) -> Day {
        let first = self.working_days_before(due, FIRST_REMINDER).min(due.plus_days(-DAYS_ASKED));
        every_months.map_or(first, |months| first.max(due.plus_days(-months * 15)))
    }

    /// Whether an update that came on this day is the one owed by `due`. An extra one in between is welcome and settles nothing:
    /// else a body could push its dates ahead by filing often. News on a date of no schedule is what was asked for, however early
    /// it comes; "no change" (`nil`) says so only of a date that is asked about already.
    #[must_use]
    pub fn settles(&self, (came, nil): (Day, bool), due: Day, every_months: Option<i64>) -> bool {
        (!nil && every_months.is_none()) || came >= self.asking_opens(due, every_months)
    }

    /// Whether scheduled mail may go at this moment: never at night, never on a day on which nobody works.
    #[must_use]
    pub fn mail_may_go(&self, at: Moment) -> bool {
        let time = self.time(at);
        self.is_working(self.day(at)) && FIRST_HOUR <= time && time < LAST_HOUR
    }

    /// Since when scheduled mail may go without a break; `None` while it may not go at this moment.
    #[must_use]
    pub fn mail_goes_since(&self, at: Moment) -> Option<Moment> {
        let opened = self.day(at).date().to_datetime(FIRST_HOUR).to_zoned(self.zone.clone()).ok()?;
        self.mail_may_go(at).then(|| Moment::new(opened.timestamp()))
    }
}

/// England's calendar around the end of 2026 and Easter 2027, for tests of rules that count working days.
#[cfg(test)]
pub(crate) fn england() -> Calendar {
    let holidays = ["2026-12-25", "2026-12-28", "2027-01-01", "2027-03-26", "2027-03-29"];
    Calendar::new(TimeZone::get("Europe/London").unwrap(), holidays.map(|day| day.parse().unwrap()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn working_days_leave_out_weekends_and_holidays() {
        let calendar = england();
        assert_eq!(calendar.working_from(day("2026-12-25")), day("2026-12-29"));
        assert_eq!(calendar.working_until(day("2026-12-28")), day("2026-12-24"));
        assert_eq!(calendar.working_days_before(day("2027-01-04"), 1), day("2026-12-31"));
        assert_eq!(calendar.working_days_after(day("2027-03-25"), 1), day("2027-03-30"));
    }

    #[test]
    fn scheduled_mail_goes_by_day_on_working_days_in_the_registers_zone() {
        let calendar = england();
        for (at, goes) in [
            ("2027-01-18T06:59:59Z", false),
            ("2027-01-18T07:00:00Z", true),
            ("2027-01-18T19:59:59Z", true),
            ("2027-01-18T20:00:00Z", false),
            ("2027-06-30T06:00:00Z", true),
            ("2027-06-30T19:00:00Z", false),
            ("2027-01-17T12:00:00Z", false),
            ("2027-01-01T12:00:00Z", false),
            // The first working day of summer time, and of winter time.
            ("2026-03-30T05:59:59Z", false),
            ("2026-03-30T06:00:00Z", true),
            ("2026-10-26T06:59:59Z", false),
            ("2026-10-26T07:00:00Z", true),
        ] {
            assert_eq!(calendar.mail_may_go(at.parse().unwrap()), goes, "{at}");
        }
    }

    #[test]
    fn scheduled_mail_goes_since_the_morning_of_that_day() {
        let calendar = england();
        for (at, since) in [
            ("2027-01-18T06:59:59Z", None),
            ("2027-01-18T07:00:00Z", Some("2027-01-18T07:00:00Z")),
            ("2027-01-18T19:59:59Z", Some("2027-01-18T07:00:00Z")),
            ("2027-01-17T12:00:00Z", None),
            ("2027-06-30T12:00:00Z", Some("2027-06-30T06:00:00Z")),
        ] {
            let since: Option<Moment> = since.map(|since| since.parse().unwrap());
            assert_eq!(calendar.mail_goes_since(at.parse().unwrap()), since, "{at}");
        }
    }

    #[test]
    fn an_update_is_asked_for_from_the_first_reminder_on() {
        let calendar = england();
        // Over Christmas thirty working days are more than six weeks.
        assert_eq!(calendar.asking_opens(day("2027-01-15"), None), day("2026-12-01"));
        assert_eq!(calendar.asking_opens(day("2027-01-15"), Some(6)), day("2026-12-01"));
        assert_eq!(calendar.asking_opens(day("2027-01-15"), Some(1)), day("2026-12-31"));
        let plain = Calendar::new(TimeZone::UTC, []);
        assert_eq!(plain.asking_opens(day("2027-03-01"), None), day("2027-01-18"));
    }
}
