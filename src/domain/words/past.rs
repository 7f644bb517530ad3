//! Looking back at the register as it stood on a day, and citing it.

use super::dates;
use crate::domain::id::Seq;
use crate::domain::moment::Day;

/// What a page that is looked back to says of itself, first of all.
#[must_use]
pub fn as_it_stood(day: Day, seq: Seq) -> String {
    format!("This is what this register showed at the end of {}, after change {seq}.", dates::day(day))
}

/// What it does not show.
pub const TAKEN_OUT_SINCE: &str = "Words that were withheld or removed since are not shown here either. Lists behind \
                                   numbers are of today, so numbers lead nowhere.";

/// The end of a title: "Bodies, as at 24 November 2026".
#[must_use]
pub fn as_at(title: &str, day: Day) -> String {
    format!("{title}, as at {}", dates::day(day))
}

/// A day in an address that is none.
pub const NO_DAY: &str = "write the day as year, month and day, such as 2026-11-24.";

/// A parameter that stands in an address more than once.
pub const TWICE: &str = "it stands there more than once. Leave one.";

/// A day that is still to come.
#[must_use]
pub fn still_to_come(today: Day) -> String {
    format!("that day is still to come. Choose {} or an earlier day.", dates::day(today))
}

/// A day before anything was published.
#[must_use]
pub fn before_the_first(first: Option<Day>) -> String {
    match first {
        Some(first) => format!(
            "this register published nothing by then. Its first change is of {}: choose that day or a later one.",
            dates::day(first)
        ),
        None => "this register has published nothing yet.".to_owned(),
    }
}

/// Two days in the wrong order.
pub const WRONG_ORDER: &str = "the first day is after the last one. Exchange them.";

/// What stands today and did not on a day.
#[must_use]
pub fn not_then(day: Day) -> String {
    format!("It was not in this register at the end of {}.", dates::day(day))
}

/// How to see it all the same.
pub const SEE_TODAY: &str = "Leave \u{201c}as-at\u{201d} out of the address to see it as it stands today.";

/// How to cite a page: what it is, where, as it stood when, after which change, and where that can be seen again.
#[must_use]
pub fn cite(what: &str, site: &str, day: Day, seq: Seq, address: &str) -> String {
    format!("{what}. In: {site}, as it stood on {} (change {seq}). {address}", dates::day(day))
}

/// How to cite one change, which has one address for ever: what it did, where, by which number, when, and that address.
#[must_use]
pub fn cite_change(what: &str, site: &str, (seq, day): (Seq, Day), address: &str) -> String {
    format!("{what}. In: {site}, change {seq}, published on {}. {address}", dates::day(day))
}

/// One body's answer, as it is cited.
#[must_use]
pub fn cited_answer(recommendation: &str, body: &str) -> String {
    format!("{recommendation}: answer of {body}")
}

/// What changed between two days, as a heading.
#[must_use]
pub fn between(from: Day, to: Day) -> String {
    if from == to {
        return format!("What changed on {}", dates::day(from));
    }
    format!("What changed from {} to {}", dates::day(from), dates::day(to))
}

/// How much that was: "3 changes: 1 answer recorded".
#[must_use]
pub fn changes_between(changes: u64, contents: &str) -> String {
    let changes = super::count(changes, "change", "changes");
    if contents.is_empty() { format!("{changes}.") } else { format!("{changes}: {contents}.") }
}

#[cfg(test)]
mod tests {
    use super::super::tests::on;
    use super::*;

    #[test]
    fn a_citation_names_the_day_the_change_and_the_address() {
        let said = cite(
            "Ashgrove, recommendation 1",
            "Register",
            on("2026-11-24"),
            Seq(7),
            "https://a.example/x?as-at=2026-11-24",
        );
        assert_eq!(
            said,
            "Ashgrove, recommendation 1. In: Register, as it stood on 24 November 2026 (change 7). \
             https://a.example/x?as-at=2026-11-24"
        );
    }

    #[test]
    fn a_change_is_cited_by_its_number_and_its_day() {
        let said = cite_change("Target moved", "Register", (Seq(7), on("2026-11-24")), "https://a.example/changes/7");
        assert_eq!(
            said,
            "Target moved. In: Register, change 7, published on 24 November 2026. https://a.example/changes/7"
        );
    }

    #[test]
    fn one_day_is_named_once() {
        assert_eq!(between(on("2026-11-24"), on("2026-11-24")), "What changed on 24 November 2026");
        assert_eq!(
            between(on("2026-11-24"), on("2026-11-26")),
            "What changed from 24 November 2026 to 26 November 2026"
        );
        assert_eq!(changes_between(1, ""), "1 change.");
        assert_eq!(changes_between(2, "1 date"), "2 changes: 1 date.");
    }
}
