//! What charts say, to those who do not see them too, and how each of them counts.

use super::dates::day;
use super::numbers::{all_of, count, number, out_of};
use crate::domain::moment::Day;
use crate::domain::progress::Point;

/// How charts count, for `/about`.
pub const CHARTS: &str = "There is one bar for each fact, and the facts are never mixed. Each bar is all the answers that its \
    heading counts, in the order of the fact\u{2019}s own values; what is not recorded here is a piece of its own, and is neither a \
    refusal nor a thing not done. A fact of which all answers have one and the same value has no bar. Pieces too small to be seen \
    are drawn a little wider than their share, and others a little narrower: the table beside each chart has the numbers \
    themselves. Progress over time is drawn once the register has followed for a year. It shows what this register showed at the \
    end of a month, not when things happened: what had happened before the register took an answer in is counted from the day on \
    which it was published here. Once a month is over its numbers are kept, and nothing changes them: what is closed as entered \
    in error, or was never asked, is counted until the day on which that was published. What it calls found done holds, however long ago somebody looked; what \
    is called confirmed elsewhere is no older than its schedule. Bodies stand in the order of their names, \
    each with its own denominators, and nothing ranks them.";
/// Over progress over time.
pub const PROGRESS: &str = "What was said to be done, and what was found done";
/// The pieces of a column, from the bottom to the top.
pub const PROGRESS_PIECES: [&str; 3] =
    ["Said to be done, and found done", "Said to be done, not found done", "Not said to be done"];
/// The link that opens the table of it.
pub const PROGRESS_TABLE: &str = "The numbers of each day";
/// Over the table of bodies.
pub const BY_BODY: &str = "Answers, silence and moved dates, by body";
/// What that table counts.
pub const BY_BODY_RULE: &str = "By name: this is no ranking. Bodies were asked different things, and different numbers of them. \
    Silent is an answer with a date that has passed with nothing recorded since, where this register was there to hear; the list \
    that the number leads to also holds dates on which somebody was to look again, which are not the body\u{2019}s to keep. A \
    target that was moved may have been moved for good reasons, which stand beside it.";
/// The same where too many dates have passed.
pub const SILENCE_NOT_COUNTED: &str = "More dates have passed than are counted here, so silence is not told by body. Each is in the list of what is overdue.";
/// In the place of a number that is not told.
pub const NOT_TOLD: &str = "not told";
/// Of a body that set no target date.
pub const NO_TARGET: &str = "no target date set";

/// A bar for those who do not see it: `Accepted: 12 of 25 answers. Rejected: 13 of 25 answers.`
#[must_use]
pub fn bar_said<'w>(pieces: impl IntoIterator<Item = (&'w str, u64)>, all: u64) -> String {
    let said = pieces.into_iter().map(|(words, n)| format!("{words}: {}.", all_of(n, all, "answer", "answers")));
    said.collect::<Vec<_>>().join(" ")
}

/// `of 25`: after a number in a table.
#[must_use]
pub fn of_all(all: u64) -> String {
    format!("of {}", number(all))
}

/// The last day of a chart over time, beside which it stands: `On 3 March 2027, 14 of 25 answers were said to be done: 6 of 14
/// found done, 8 not.`
#[must_use]
pub fn progress_now(last: &Point) -> String {
    // Of one answer one speaks, or none.
    let were = if last.claims == 1 || last.answers == 1 { "was" } else { "were" };
    let said = all_of(last.claims, last.answers, "answer", "answers");
    let said = format!("On {}, {said} {were} said to be done", day(last.day));
    if last.claims == 0 {
        return format!("{said}.");
    }
    format!("{said}: {} found done, {} not.", out_of(last.confirmed, last.claims), number(last.gap()))
}

/// What a chart over time shows, for those who do not see it.
#[must_use]
pub fn progress_said(first: &Point, last: &Point) -> String {
    format!("From {} to {}. {} {}", day(first.day), day(last.day), progress_now(first), progress_now(last))
}

/// Under a chart over time: what it can know.
#[must_use]
pub fn progress_rule(first: Day, most: u64) -> String {
    format!(
        "Each column is what this register showed at the end of a day, from {} on; the highest column is {}. What had happened \
         before is counted from the day on which it was published here. Found done is what was found to be done and holds, \
         however long ago somebody looked; what is called confirmed elsewhere is no older than its schedule.",
        day(first),
        count(most, "answer", "answers")
    )
}

/// In the place of a chart over time that waits for the ends of months to be kept.
#[must_use]
pub fn progress_not_yet(most: u64) -> String {
    format!(
        "There are more than {} answers here. Progress over time is worked out at night for so many, and that has not been \
         done yet.",
        number(most)
    )
}

/// Where not every body of an inquiry has its row.
#[must_use]
pub fn first_bodies(shown: u64, all: u64) -> String {
    format!(
        "These are the first {} by name. The page of each body has its numbers.",
        all_of(shown, all, "body", "bodies")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::on;

    #[test]
    fn a_bar_says_its_numbers_with_their_denominator() {
        assert_eq!(
            bar_said([("Accepted", 1), ("Rejected", 2)], 3),
            "Accepted: 1 of 3 answers. Rejected: 2 of 3 answers."
        );
        assert_eq!(of_all(1204), "of 1,204");
    }

    #[test]
    fn progress_says_what_was_said_and_what_was_found() {
        let point = Point { day: on("2027-03-03"), answers: 25, claims: 14, confirmed: 6 };
        assert_eq!(
            progress_now(&point),
            "On 3 March 2027, 14 of 25 answers were said to be done: 6 of 14 found done, 8 not."
        );
        let one = Point { claims: 1, confirmed: 0, ..point };
        assert_eq!(
            progress_now(&one),
            "On 3 March 2027, 1 of 25 answers was said to be done: 0 of 1 found done, 1 not."
        );
        let none = Point { answers: 1, claims: 0, confirmed: 0, ..point };
        assert_eq!(progress_now(&none), "On 3 March 2027, 0 of 1 answer was said to be done.");
        assert!(progress_said(&one, &point).starts_with("From 3 March 2027 to 3 March 2027. On 3 March 2027, 1 of"));
        assert!(
            progress_rule(on("2026-01-31"), 25).contains("from 31 January 2026 on; the highest column is 25 answers.")
        );
        assert_eq!(
            first_bodies(1, 1),
            "These are the first 1 of 1 body by name. The page of each body has its numbers."
        );
        assert!(progress_not_yet(2000).contains("2,000"));
    }
}
