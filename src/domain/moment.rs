//! Time as values: a moment in UTC whole seconds, a day in the register's zone, and when something happened.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::text::text_enum;

/// A moment in UTC, in whole seconds, so that both databases keep exactly what they were given.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    diesel::expression::AsExpression,
    diesel::deserialize::FromSqlRow,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub struct Moment(Timestamp);

/// No job and no mail is held for longer than some minutes: a hold that ends so many seconds from now or later was taken by a clock
/// that has been set back since, and counts for nothing.
pub const HOLD_IN_DOUBT_SECONDS: i64 = 2 * 60 * 60;

/// No mail is put off for longer than some hours: one that is to go more than so many seconds from now was put off by a clock that has
/// been set back since, and goes at once.
pub const PUT_OFF_IN_DOUBT_SECONDS: i64 = 24 * 60 * 60;

/// Seconds by which the clocks of two nodes may differ.
pub const CLOCKS_APART_SECONDS: i64 = 5 * 60;

impl Moment {
    /// The moment, cut to whole seconds.
    #[must_use]
    pub fn new(at: Timestamp) -> Self {
        Self(Timestamp::from_second(at.as_second()).unwrap_or(at))
    }

    /// The same as a time stamp of the time library.
    #[must_use]
    pub const fn timestamp(self) -> Timestamp {
        self.0
    }

    /// The day that it is in `zone` at this moment.
    #[must_use]
    pub fn day_in(self, zone: &TimeZone) -> Day {
        Day(self.0.to_zoned(zone.clone()).date())
    }

    /// Later by so many seconds (earlier when negative); stays at the end of time rather than overflow.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        let moved = self.0.saturating_add(SignedDuration::from_secs(seconds));
        Self(moved.unwrap_or(self.0))
    }

    /// Whole seconds from `earlier` to this moment; negative when `earlier` is later.
    #[must_use]
    pub fn seconds_since(self, earlier: Self) -> i64 {
        self.0.as_second() - earlier.0.as_second()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl FromStr for Moment {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        text.parse().map(Self::new)
    }
}

impl serde::Serialize for Moment {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Moment {
    fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        String::deserialize(source)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A calendar day in the register's own zone.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    diesel::expression::AsExpression,
    diesel::deserialize::FromSqlRow,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub struct Day(Date);

impl Day {
    /// The day of that date.
    #[must_use]
    pub const fn new(date: Date) -> Self {
        Self(date)
    }

    /// The same as a date of the time library.
    #[must_use]
    pub const fn date(self) -> Date {
        self.0
    }

    /// Later by so many days (earlier when negative); stays where it is at the ends of the calendar.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self(self.0.checked_add(days.days()).unwrap_or(self.0))
    }

    /// Later by so many months, on the last day of a shorter month.
    #[must_use]
    pub fn plus_months(self, months: i64) -> Self {
        Self(self.0.checked_add(months.months()).unwrap_or(self.0))
    }

    /// Days from `earlier` to this day; negative when `earlier` is later.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        i64::from((self.0 - earlier.0).get_days())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl FromStr for Day {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        text.parse().map(Self)
    }
}

impl serde::Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        String::deserialize(source)?.parse().map_err(serde::de::Error::custom)
    }
}

text_enum! {
    /// How well the day of something is known. Nothing is computed from a day that is not exact.
    pub enum Precision as "precision of a date" {
        /// On that very day.
        On = "on",
        /// On that day or before it.
        By = "by",
        /// About then.
        About = "about",
        /// The day is not known; none is kept.
        Unknown = "not_known",
    }
}

/// When something happened, and how well that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Happened {
    /// The day; `None` exactly when the precision is [`Precision::Unknown`].
    pub day: Option<Day>,
    /// How well it is known.
    pub precision: Precision,
}

impl Happened {
    /// Nobody knows when.
    pub const UNKNOWN: Self = Self { day: None, precision: Precision::Unknown };

    /// On exactly that day.
    #[must_use]
    pub const fn on(day: Day) -> Self {
        Self { day: Some(day), precision: Precision::On }
    }

    /// Joins the two columns; a day without a precision, or the reverse, reads as not known.
    #[must_use]
    pub const fn new(day: Option<Day>, precision: Precision) -> Self {
        match (day, precision) {
            (None, _) | (_, Precision::Unknown) => Self::UNKNOWN,
            (day, precision) => Self { day, precision },
        }
    }

    /// The day, only where it is exact: what may be computed from.
    #[must_use]
    pub const fn exact(self) -> Option<Day> {
        match self.precision {
            Precision::On => self.day,
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_whole_seconds_and_sort_as_text() {
        let early: Moment = "2026-11-23T15:35:52.987Z".parse().unwrap();
        let late: Moment = "2026-11-23T16:35:53+00:00".parse().unwrap();
        assert_eq!(early.to_string(), "2026-11-23T15:35:52Z");
        assert_eq!(late.seconds_since(early), 3601);
        assert!(early.to_string() < late.to_string());
    }

    #[test]
    fn the_day_is_the_zones_own() {
        let zone = TimeZone::get("Europe/London").unwrap();
        let summer_night: Moment = "2027-06-30T23:30:00Z".parse().unwrap();
        assert_eq!(summer_night.day_in(&zone).to_string(), "2027-07-01");
    }

    #[test]
    fn only_an_exact_day_may_be_computed_from() {
        let day: Day = "2022-04-20".parse().unwrap();
        assert_eq!(Happened::on(day).exact(), Some(day));
        assert_eq!(Happened::new(Some(day), Precision::By).exact(), None);
        assert_eq!(Happened::new(None, Precision::On), Happened::UNKNOWN);
    }

    #[test]
    fn months_end_where_the_month_ends() {
        let day: Day = "2027-08-31".parse().unwrap();
        assert_eq!(day.plus_months(6).to_string(), "2028-02-29");
        assert_eq!(day.plus_months(6).days_since(day), 182);
    }
}
