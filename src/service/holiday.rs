//! Days on which nobody works: put into an empty register, and changed by administrators.

use serde::Deserialize;

use super::{Act, Done, Error, Service};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::calendar::Calendar;
use crate::domain::holiday::{FURTHEST_DAYS, HolidayArea, Known, changes};
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::store::ledger::lock_newest;
use crate::store::{WriteTx, holiday};

/// The bank holidays of the United Kingdom, inside the program.
const SHIPPED: &str = include_str!("../../data/holidays.toml");

#[derive(Deserialize)]
struct File {
    holiday: Vec<Holiday>,
}

#[derive(Deserialize)]
struct Holiday {
    day: toml::value::Datetime,
    name: String,
    areas: Vec<HolidayArea>,
}

impl Service {
    /// Fills the table of holidays with those of England and Wales inside the program, where it is empty. Answers how many were
    /// written.
    ///
    /// # Errors
    /// When the database fails.
    pub fn fill_holidays(&self) -> Result<usize, Error> {
        let here = |one: &Known| one.areas.contains(&HolidayArea::EnglandAndWales);
        let days: Vec<(Day, String)> =
            known_holidays().into_iter().filter(here).map(|one| (one.day, one.name)).collect();
        if self.writer.read_now(|tx| Ok::<_, Error>(holiday::last(tx)?))?.is_some() {
            return Ok(0);
        }
        self.writer.write_now(|tx| Ok(holiday::fill(tx, &days)?))
    }

    /// Keeps the bank holidays of these places from today on, in the place of those of others; what was entered by hand stays.
    ///
    /// # Errors
    /// A refusal, the database.
    pub async fn keep_holidays_of(&self, act: Act, areas: Vec<HolidayArea>) -> Result<Done, Error> {
        self.once(act, move |tx, act| {
            allowed(tx, act)?;
            act.sound(Problems::none())?;
            let (come, go) = changes(&known_holidays(), &areas, &holiday::all(tx)?, act.day);
            for (day, name) in &come {
                holiday::add(tx, *day, name)?;
            }
            for day in &go {
                holiday::remove(tx, *day)?;
            }
            Ok(done(!come.is_empty() || !go.is_empty()))
        })
        .await
    }

    /// Adds a day on which nobody works.
    ///
    /// # Errors
    /// A refusal; the fields are `day` and `name`; the database.
    pub async fn add_holiday(&self, act: Act, day: Option<Day>, name: Option<String>) -> Result<Done, Error> {
        self.once(act, move |tx, act| {
            allowed(tx, act)?;
            let mut problems = Problems::none();
            if act.faults.at("day").is_none()
                && let Some(wrong) = wrong_with(day, act.day)
            {
                problems.add("day", wrong);
            }
            if act.faults.at("name").is_none() && name.is_none() {
                problems.add("name", "Enter what the day is called");
            }
            act.sound(problems)?;
            if let (Some(day), Some(name)) = (day, &name)
                && !holiday::add(tx, day, name)?
            {
                return Err(Problems::one("day", "This day stands in the list already").into());
            }
            Ok(done(true))
        })
        .await
    }

    /// Takes a day that has not passed out of the list: people work on it.
    ///
    /// # Errors
    /// A refusal, `NotFound` for a day that is not in the list or has passed, the database.
    pub async fn remove_holiday(&self, act: Act, day: Day) -> Result<Done, Error> {
        self.once(act, move |tx, act| {
            allowed(tx, act)?;
            if day < act.day || !holiday::remove(tx, day)? {
                return Err(Error::NotFound);
            }
            Ok(done(true))
        })
        .await
    }
}

/// Nobody else changes the list until the deed is done.
fn allowed(tx: &mut WriteTx<'_>, act: &Act) -> Result<(), Error> {
    may(act.actor, Deed::ManageSettings, About::default())?;
    lock_newest(tx)?;
    Ok(())
}

fn done(changed: bool) -> Done {
    let here = address::HOLIDAYS.to_owned();
    if changed { Done::at(here) } else { Done::unchanged(here) }
}

fn wrong_with(day: Option<Day>, today: Day) -> Option<&'static str> {
    let weekdays = Calendar::new(jiff::tz::TimeZone::UTC, []);
    match day {
        None => Some("Enter the day"),
        Some(day) if day < today => Some("The day must not have passed"),
        Some(day) if day.days_since(today) > FURTHEST_DAYS => Some("The day must be within twenty years"),
        Some(day) if !weekdays.is_working(day) => {
            Some("This is a Saturday or a Sunday, which is no working day anyway")
        }
        Some(_) => None,
    }
}

/// The bank holidays that the program knows, the first one first. A line that cannot be read would be seen by the test below, before
/// the program is shipped.
#[must_use]
pub fn known_holidays() -> Vec<Known> {
    let file = toml::from_str(SHIPPED).unwrap_or(File { holiday: Vec::new() });
    let read =
        |entry: Holiday| Some(Known { day: entry.day.to_string().parse().ok()?, name: entry.name, areas: entry.areas });
    file.holiday.into_iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_is_read() {
        let days = known_holidays();
        assert_eq!(days.len(), SHIPPED.matches("[[holiday]]").count());
        assert!(days.is_sorted_by(|one, other| one.day < other.day), "each day once, in order");
        let named = |day: &str| days.iter().find(|one| one.day.to_string() == day).map(|one| one.name.as_str());
        assert_eq!(named("2026-12-28"), Some("Boxing Day (substitute day)"));
        assert_eq!(named("2027-03-26"), Some("Good Friday"));
        let weekend = |day: Day| day.date().weekday().to_monday_zero_offset() > 4;
        assert!(!days.iter().any(|one| weekend(one.day)), "a weekend day is no working day anyway");
        // So many days a year each of them has kept, by the Banking and Financial Dealings Act 1971 and the proclamations under it.
        for (area, year, number) in [
            (HolidayArea::EnglandAndWales, "2027-", 8),
            (HolidayArea::Scotland, "2027-", 9),
            (HolidayArea::NorthernIreland, "2027-", 10),
        ] {
            let of = days.iter().filter(|one| one.areas.contains(&area) && one.day.to_string().starts_with(year));
            assert_eq!(of.count(), number, "{area}");
        }
    }
}
