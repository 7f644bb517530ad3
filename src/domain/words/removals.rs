//! What was taken out of the record, counted by year for the page about the register.

use std::collections::BTreeMap;

use super::{changes, dates, numbers};
use crate::domain::change::{ChangeKind, Subject};
use crate::domain::id::Seq;
use crate::domain::moment::Day;
use crate::domain::redaction::{RedactionKind, Shares};

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

/// What went out of sight by the same click: `2 other wordings of this recommendation that say the same`.
#[must_use]
pub fn withheld_with_it(subject: Subject, others: usize) -> Option<String> {
    let with_it = with_it(subject, others)?;
    Some(format!("{with_it}: withheld by the same click, and shown again by one"))
}

/// What is removed by the same decision.
#[must_use]
pub fn removed_with_it(subject: Subject, others: usize) -> Option<String> {
    Some(format!("{}: removed with it", with_it(subject, others)?))
}

fn with_it(subject: Subject, others: usize) -> Option<String> {
    let (one, many, of) = match subject {
        Subject::Wording => ("other wording", "other wordings", " of this recommendation"),
        Subject::Description => ("other description", "other descriptions", " of this inquiry"),
        Subject::Body => ("other entry", "other entries", " of this body"),
        Subject::Theme => ("other entry", "other entries", " of this theme"),
        Subject::Report => ("other version", "other versions", " of this document"),
        Subject::Mark => ("other mark", "other marks", " of this item in this document"),
        _ => ("other record", "other records", ""),
    };
    let verb = if others == 1 { "says" } else { "say" };
    (others > 0).then(|| format!("{}{of} that {verb} the same", numbers::count(others as u64, one, many)))
}

/// Another record about the same thing, for a person who decides on it: `Change 7 of 23 November 2026: the same title, other words`.
#[must_use]
pub fn related(seq: Seq, on: Day, subject: Subject, shares: Shares) -> String {
    let called = if matches!(subject, Subject::Body | Subject::Theme) { "name" } else { "title" };
    let shared = match shares {
        Shares::Everything => "the same, word for word".to_owned(),
        Shares::Both => format!("the same {called}, and some of the same words"),
        Shares::Title => format!("the same {called}, other words"),
        Shares::Words if subject == Subject::Wording => format!("the same words, under another {called}"),
        Shares::Words => "some of the same words".to_owned(),
    };
    format!("{} of {}: {shared}", changes::change(seq), dates::day(on))
}

/// Beside such a record that was published last.
pub const STANDS_NOW: &str = "It was published last, and stands now.";
/// Beside one that is out of sight.
pub const WITHHELD_ALREADY: &str = "It is withheld already.";

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

    #[test]
    fn what_goes_together_is_counted_and_what_does_not_is_named() {
        let said = withheld_with_it(Subject::Wording, 1).unwrap();
        let line = "1 other wording of this recommendation that says the same: withheld by the same click, and shown again by one";
        assert_eq!(said, line);
        assert_eq!(
            removed_with_it(Subject::Body, 2).unwrap(),
            "2 other entries of this body that say the same: removed with it"
        );
        assert_eq!(removed_with_it(Subject::Update, 0), None);
        let said = related(Seq(7), on("2026-11-23"), Subject::Wording, Shares::Title);
        assert_eq!(said, "Change 7 of 23 November 2026: the same title, other words");
    }
}
