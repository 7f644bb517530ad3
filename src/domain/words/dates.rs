//! Dates in words. A date that is not exact never reads as one.

use jiff::tz::TimeZone;

use crate::domain::moment::{Day, Happened, Moment, Precision};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `22 November 2026`.
#[must_use]
pub fn day(day: Day) -> String {
    format!("{} {}", day.date().day(), month_and_year(day))
}

/// `November 2026`, as the heading of a month.
#[must_use]
pub fn month_and_year(day: Day) -> String {
    let date = day.date();
    let month = usize::from(date.month().unsigned_abs()).saturating_sub(1);
    format!("{} {}", MONTHS.get(month).copied().unwrap_or_default(), date.year())
}

/// `on 3 September 2014`, `by 20 April 2022`, `about 31 January 2015`, `on a date not known here`.
#[must_use]
pub fn happened(happened: Happened) -> String {
    match happened.day {
        None => "on a date not known here".to_owned(),
        Some(_) if happened.precision == Precision::On => format!("on {}", happened_bare(happened)),
        Some(_) => happened_bare(happened),
    }
}

/// The same without "on", for a column or the head of an entry: `3 September 2014`, `by 20 April 2022`, `date not known`.
#[must_use]
pub fn happened_bare(happened: Happened) -> String {
    match (happened.day, happened.precision) {
        (None, _) | (_, Precision::Unknown) => "date not known".to_owned(),
        (Some(known), Precision::On) => day(known),
        (Some(known), Precision::By) => format!("by {}", day(known)),
        (Some(known), Precision::About) => format!("about {}", day(known)),
    }
}

/// `22 November 2026 at 15:35`, in the zone that the reader is given.
#[must_use]
pub fn moment(moment: Moment, zone: &TimeZone) -> String {
    let local = moment.timestamp().to_zoned(zone.clone());
    format!("{} at {:02}:{:02}", day(Day::new(local.date())), local.hour(), local.minute())
}

/// What whoever publishes is told where the last change is dated later than it is now.
#[must_use]
pub fn dated_ahead(at: Moment, zone: &TimeZone) -> String {
    format!(
        "The last change is dated {}, which has not come yet: the clock of a machine is wrong, or was. Until then, what is published \
         bears that date.",
        moment(at, zone)
    )
}

/// What a page says that was kept from before the register could no longer be asked.
#[must_use]
pub fn made_before(at: Moment, zone: &TimeZone) -> String {
    format!(
        "The register cannot be asked at this moment. This page was made on {}, and lacks what was published since.",
        moment(at, zone)
    )
}

/// Why something cannot be recorded without a date after what has one.
pub const DATED_BEFORE: &str = "An entry with a date stands here, and nothing without one can come after it. Enter the date, or the \
    day by which it was so";

/// How a form asks for each precision.
#[must_use]
pub const fn precision(precision: Precision) -> &'static str {
    match precision {
        Precision::On => "On this day exactly",
        Precision::By => "By this day: on it or before it",
        Precision::About => "About this day",
        Precision::Unknown => "The date is not known",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::{all_different, on};

    #[test]
    fn days_and_how_well_they_are_known() {
        let known = on("2014-09-03");
        assert_eq!(day(on("2026-11-22")), "22 November 2026");
        assert_eq!(month_and_year(on("2026-01-01")), "January 2026");
        assert_eq!(day(on("2028-12-31")), "31 December 2028");
        for (precision, said, bare) in [
            (Precision::On, "on 3 September 2014", "3 September 2014"),
            (Precision::By, "by 3 September 2014", "by 3 September 2014"),
            (Precision::About, "about 3 September 2014", "about 3 September 2014"),
            (Precision::Unknown, "on a date not known here", "date not known"),
        ] {
            assert_eq!(happened(Happened::new(Some(known), precision)), said);
            assert_eq!(happened_bare(Happened::new(Some(known), precision)), bare);
        }
        all_different(Precision::ALL, |value| precision(value).to_owned());
    }

    #[test]
    fn moments_are_told_in_the_readers_zone() {
        let zone = TimeZone::get("Europe/London").unwrap();
        assert_eq!(moment("2026-11-23T15:35:52Z".parse().unwrap(), &zone), "23 November 2026 at 15:35");
        assert_eq!(moment("2027-06-30T23:05:00Z".parse().unwrap(), &zone), "1 July 2027 at 00:05");
    }
}
