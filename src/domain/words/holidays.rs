//! Words of the days on which nobody works.

use super::dates;
use crate::domain::holiday::HolidayArea;
use crate::domain::moment::Day;

/// A part of the United Kingdom with bank holidays of its own.
#[must_use]
pub const fn holiday_area(area: HolidayArea) -> &'static str {
    match area {
        HolidayArea::EnglandAndWales => "England and Wales",
        HolidayArea::Scotland => "Scotland",
        HolidayArea::NorthernIreland => "Northern Ireland",
    }
}

/// That the list ends within a year of now, for an administrator.
#[must_use]
pub fn holidays_end(last: Option<Day>) -> String {
    last.map_or_else(
        || {
            "No bank holiday is in the list: mail goes out, and working days are counted, as if there were none"
                .to_owned()
        },
        |last| format!("The list of bank holidays ends on {}: enter those that come after it", dates::day(last)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::all_different;

    #[test]
    fn places_and_ends_have_words() {
        all_different(HolidayArea::ALL, |area| holiday_area(area).to_owned());
        let ends = holidays_end(Some("2032-12-28".parse().unwrap()));
        assert_eq!(ends, "The list of bank holidays ends on 28 December 2032: enter those that come after it");
        assert!(holidays_end(None).starts_with("No bank holiday"));
    }
}
