//! What was taken out of the record, counted by year for the page about the register.

use std::collections::BTreeMap;

use super::{changes, dates, numbers};
use crate::domain::change::ChangeKind;
use crate::domain::moment::Day;
use crate::domain::redaction::RedactionKind;

/// One withholding, showing again or removal.
pub type TakenOutOn = (Day, ChangeKind, Option<RedactionKind>);

/// For each year, the last first: `2027`, and `words withheld 3 times, shown again once, removed for legal reasons once (A
/// court has ordered it: 1)`.
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
    let count = |kind| all.iter().filter(|one| one.1 == kind).count();
    let said = [
        ("words withheld", ChangeKind::Withheld),
        ("shown again", ChangeKind::Shown),
        ("removed for legal reasons", ChangeKind::Redacted),
    ];
    let mut parts: Vec<String> = said
        .into_iter()
        .filter(|(_, kind)| count(*kind) > 0)
        .map(|(words, kind)| format!("{words} {}", times(count(kind))))
        .collect();
    let kinds = RedactionKind::ALL.iter().filter_map(|kind| {
        let number = all.iter().filter(|one| one.2 == Some(*kind)).count();
        (number > 0).then(|| format!("{}: {}", changes::redaction_kind(*kind), numbers::number(number as u64)))
    });
    let kinds: Vec<String> = kinds.collect();
    if let (Some(last), false) = (parts.last_mut(), kinds.is_empty()) {
        last.push_str(&format!(" ({})", kinds.join("; ")));
    }
    parts.join(", ")
}

fn times(number: usize) -> String {
    if number == 1 { "once".to_owned() } else { format!("{} times", numbers::number(number as u64)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::on;

    #[test]
    fn each_year_says_what_was_taken_out_and_why() {
        let all = [
            (on("2028-01-05"), ChangeKind::Redacted, Some(RedactionKind::CourtOrder)),
            (on("2028-01-04"), ChangeKind::Withheld, None),
            (on("2027-12-31"), ChangeKind::Shown, None),
            (on("2027-12-30"), ChangeKind::Withheld, None),
            (on("2027-12-30"), ChangeKind::Withheld, None),
        ];
        let said = taken_out_by_year(&all);
        let line = "words withheld once, removed for legal reasons once (A court has ordered it: 1)";
        assert_eq!(said[0], ("2028".to_owned(), line.to_owned()));
        assert_eq!(said[1], ("2027".to_owned(), "words withheld 2 times, shown again once".to_owned()));
        assert!(taken_out_by_year(&[]).is_empty());
    }
}
