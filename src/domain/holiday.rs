//! Days on which nobody works: those of each part of the United Kingdom, and what becomes of the register's own list when others
//! are chosen.

use std::collections::BTreeSet;

use super::moment::Day;
use super::text::text_enum;

text_enum! {
    /// Where bank holidays are kept.
    pub enum HolidayArea as "place with bank holidays" {
        /// England and Wales.
        EnglandAndWales = "england-and-wales",
        /// Scotland.
        Scotland = "scotland",
        /// Northern Ireland.
        NorthernIreland = "northern-ireland",
    }
}

/// A bank holiday that the program knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The day.
    pub day: Day,
    /// Its name.
    pub name: String,
    /// Where it is one.
    pub areas: Vec<HolidayArea>,
}

/// A list that ends sooner than so many days ahead is warned of: reminders are reckoned far ahead.
pub const ENDS_SOON_DAYS: i64 = 366;
/// A day further ahead than this is a slip of the pen.
pub const FURTHEST_DAYS: i64 = 20 * 366;

/// Whether the list whose last day this is ends within a year.
#[must_use]
pub fn ends_soon(last: Option<Day>, today: Day) -> bool {
    last.is_none_or(|last| last.days_since(today) < ENDS_SOON_DAYS)
}

/// The places whose holidays from today on all stand in the list.
#[must_use]
pub fn kept(known: &[Known], standing: &BTreeSet<Day>, today: Day) -> Vec<HolidayArea> {
    let all_stand = |area: &HolidayArea| {
        known.iter().filter(|one| one.day >= today && one.areas.contains(area)).all(|one| standing.contains(&one.day))
    };
    HolidayArea::ALL.iter().copied().filter(all_stand).collect()
}

/// What becomes of a list of days and names when the holidays of these places are chosen: which days come, and which go. Days that
/// have passed stay as they are, and so does what somebody entered by hand.
#[must_use]
pub fn changes(
    known: &[Known],
    chosen: &[HolidayArea],
    standing: &[(Day, String)],
    today: Day,
) -> (Vec<(Day, String)>, Vec<Day>) {
    let wanted = |one: &&Known| one.day >= today && one.areas.iter().any(|area| chosen.contains(area));
    let is_new = |one: &&Known| !standing.iter().any(|(day, _)| *day == one.day);
    let come = known.iter().filter(wanted).filter(is_new).map(|one| (one.day, one.name.clone())).collect();
    let goes = |(day, name): &&(Day, String)| {
        let of_elsewhere = |one: &Known| one.day == *day && one.name == *name && !wanted(&one);
        *day >= today && known.iter().any(of_elsewhere)
    };
    (come, standing.iter().filter(goes).map(|(day, _)| *day).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn known() -> Vec<Known> {
        use HolidayArea::{EnglandAndWales, Scotland};
        let one = |on: &str, name: &str, areas: &[HolidayArea]| Known {
            day: day(on),
            name: name.to_owned(),
            areas: areas.to_vec(),
        };
        vec![
            one("2026-12-25", "Christmas Day", &[EnglandAndWales, Scotland]),
            one("2027-01-04", "2nd January (substitute day)", &[Scotland]),
            one("2027-03-29", "Easter Monday", &[EnglandAndWales]),
        ]
    }

    #[test]
    fn choosing_other_places_leaves_what_has_passed_and_what_was_entered_by_hand() {
        let standing: Vec<(Day, String)> =
            [("2026-12-25", "Christmas Day"), ("2027-03-29", "Easter Monday"), ("2027-05-10", "The office is shut")]
                .map(|(on, name)| (day(on), name.to_owned()))
                .to_vec();
        let (come, go) = changes(&known(), &[HolidayArea::Scotland], &standing, day("2026-12-28"));
        assert_eq!(come, [(day("2027-01-04"), "2nd January (substitute day)".to_owned())]);
        assert_eq!(go, [day("2027-03-29")]);
        let (come, go) = changes(&known(), &[], &standing, day("2027-03-30"));
        assert!(come.is_empty() && go.is_empty());
        let both = [HolidayArea::EnglandAndWales, HolidayArea::Scotland];
        let (come, go) = changes(&known(), &both, &standing, day("2026-12-01"));
        assert_eq!((come.len(), go.len()), (1, 0));
    }

    #[test]
    fn a_place_is_kept_where_all_its_days_stand() {
        let standing = BTreeSet::from([day("2026-12-25"), day("2027-03-29")]);
        let kept = |today: &str| kept(&known(), &standing, day(today));
        assert!(kept("2026-12-01").contains(&HolidayArea::EnglandAndWales));
        assert!(!kept("2026-12-01").contains(&HolidayArea::Scotland));
    }

    #[test]
    fn a_list_that_ends_within_a_year_is_warned_of() {
        assert!(ends_soon(None, day("2026-12-01")));
        assert!(ends_soon(Some(day("2027-12-01")), day("2026-12-01")));
        assert!(!ends_soon(Some(day("2027-12-28")), day("2026-12-01")));
    }
}
