//! Days on which nobody works, put into an empty register.

use serde::Deserialize;

use super::{Error, Service};
use crate::domain::moment::Day;
use crate::store::holiday;

/// The bank holidays of England and Wales, inside the program.
const SHIPPED: &str = include_str!("../../data/holidays.toml");

#[derive(Deserialize)]
struct File {
    holiday: Vec<Holiday>,
}

#[derive(Deserialize)]
struct Holiday {
    day: toml::value::Datetime,
    name: String,
}

impl Service {
    /// Fills the table of holidays with those inside the program, where it is empty. Answers how many were written.
    ///
    /// # Errors
    /// When the database fails.
    pub fn fill_holidays(&self) -> Result<usize, Error> {
        self.writer.write_now(|tx| Ok(holiday::fill(tx, &shipped())?))
    }
}

/// A line that cannot be read would be seen by the test below, before the program is shipped.
fn shipped() -> Vec<(Day, String)> {
    let file = toml::from_str(SHIPPED).unwrap_or(File { holiday: Vec::new() });
    let read = |entry: Holiday| Some((entry.day.to_string().parse().ok()?, entry.name));
    file.holiday.into_iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_is_read() {
        let days = shipped();
        assert_eq!(days.len(), SHIPPED.matches("[[holiday]]").count());
        assert!(days.is_sorted_by(|one, other| one.0 < other.0), "each day once, in order");
        let named = |day: &str| days.iter().find(|(on, _)| on.to_string() == day).map(|(_, name)| name.as_str());
        assert_eq!(named("2026-12-28"), Some("Boxing Day (substitute day)"));
        assert_eq!(named("2027-03-26"), Some("Good Friday"));
        let weekend = |day: &Day| day.date().weekday().to_monday_zero_offset() > 4;
        assert!(!days.iter().any(|(day, _)| weekend(day)), "a weekend day is no working day anyway");
    }
}
