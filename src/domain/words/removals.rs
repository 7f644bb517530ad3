//! What was taken out of the record, counted by year for the page about the register.

use std::collections::BTreeMap;

use super::{changes, dates, numbers};
use crate::domain::change::ChangeKind;
use crate::domain::moment::Day;
use crate::domain::redaction::RedactionKind;

/// One withholding, showing again or removal, with its kind of reason as far as that was said.
pub type TakenOutOn = (Day, ChangeKind, Option<RedactionKind>);

/// For each year, the last first: `2027`, and `words withheld 3 times (Data protection: 2; Kind of reason not said yet: 1),
/// shown again once, removed for legal reasons once (A court has ordered it: 1)`.
#[must_use]
pub fn taken_out_by_year(all: &[TakenOutOn]) -> Vec<(String, String)> {
    let mut years: BTreeMap<i16, Vec<&TakenOutOn>> = BTreeMap::new();
    for one in all {
        years.entry(one.0.date().year()).or_default().push(one);
    }
    years.into_iter().rev().map(|(year, of_year)| (year.to_string(), of(&of_year))).collect()
}

/// Why words that were removed before are removed once more, in public.
#[must_use]
pub fn removed_again(first: Day) -> String {
    format!(
        "The words were removed first on {}. They are removed again because an earlier copy of this register was restored.",
        dates::day(first)
    )
}

fn of(all: &[&TakenOutOn]) -> String {
    let said = [
        ("words withheld", ChangeKind::Withheld, true),
        ("shown again", ChangeKind::Shown, false),
        ("removed for legal reasons", ChangeKind::Redacted, true),
    ];
    let parts = said.into_iter().filter_map(|(words, kind, has_kinds)| {
        let these: Vec<Option<RedactionKind>> = all.iter().filter(|one| one.1 == kind).map(|one| one.2).collect();
        let kinds = if has_kinds && !these.is_empty() { format!(" ({})", kinds(&these)) } else { String::new() };
        (!these.is_empty()).then(|| format!("{words} {}{kinds}", times(these.len())))
    });
    parts.collect::<Vec<_>>().join(", ")
}

/// How many there are of each kind; of those that nobody has said a kind of, last.
fn kinds(all: &[Option<RedactionKind>]) -> String {
    let named = RedactionKind::ALL.iter().map(|kind| (Some(*kind), changes::redaction_kind(*kind)));
    let each = named.chain([(None, "Kind of reason not said yet")]).filter_map(|(kind, words)| {
        let number = all.iter().filter(|one| **one == kind).count();
        (number > 0).then(|| format!("{words}: {}", numbers::number(number as u64)))
    });
    each.collect::<Vec<_>>().join("; ")
}

fn times(number: usize) -> String {
    if number == 1 { "once".to_owned() } else { format!("{} times", numbers::number(number as u64)) }
}

/// What went out of sight by the same click: `2 other wordings of this recommendation with the same title or the same words`.
#[must_use]
pub fn withheld_with_it(others: usize) -> Option<String> {
    (others > 0).then(|| {
        let others = numbers::count(others.try_into().unwrap_or(u64::MAX), "other wording", "other wordings");
        format!("{others} of this recommendation with the same title or the same words, withheld by the same click and shown again by one")
    })
}

/// What is removed by the same decision.
#[must_use]
pub fn removed_with_it(others: usize) -> Option<String> {
    (others > 0).then(|| {
        let others = numbers::count(others.try_into().unwrap_or(u64::MAX), "other wording", "other wordings");
        format!("{others} of this recommendation with the same title or the same words: removed with it")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::on;

    #[test]
    fn each_year_says_what_was_taken_out_and_why() {
        let all = [
            (on("2028-01-05"), ChangeKind::Redacted, Some(RedactionKind::CourtOrder)),
            (on("2028-01-04"), ChangeKind::Withheld, Some(RedactionKind::CourtOrder)),
            (on("2027-12-31"), ChangeKind::Shown, None),
            (on("2027-12-30"), ChangeKind::Withheld, Some(RedactionKind::Precaution)),
            (on("2027-12-30"), ChangeKind::Withheld, None),
        ];
        let said = taken_out_by_year(&all);
        let line = "words withheld once (A court has ordered it: 1), removed for legal reasons once (A court has ordered it: 1)";
        assert_eq!(said[0], ("2028".to_owned(), line.to_owned()));
        let line = "words withheld 2 times (It could harm somebody, or was a mistake: 1; Kind of reason not said yet: 1), shown again once";
        assert_eq!(said[1], ("2027".to_owned(), line.to_owned()));
        assert!(taken_out_by_year(&[]).is_empty());
    }
}
