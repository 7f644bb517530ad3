//! Others about the same thing that share some of the words that are taken out: a person ticks those that go too. No words are
//! shown beside the ticks: the change that published each tells one from the other.

use crate::domain::change::Subject;
use crate::domain::moment::Day;
use crate::domain::words;
use crate::store::ledger::{self, Related};
use crate::store::{self, ReadTx, change, redaction};
use crate::web::form::{Choice, ChoiceField};

/// The name of the ticks in a form.
pub const ALSO: &str = "also";

/// One of them, with the day on which it was published.
pub type Other = (Related, Day);

/// Those that everybody still reads.
///
/// # Errors
/// When there is no such record, or the database fails.
pub fn still_shown(tx: &mut ReadTx<'_>, subject: Subject, row: i64) -> Result<Vec<Other>, store::Error> {
    let shown = ledger::to_decide(tx, subject, row)?.into_iter().filter(|one| one.withheld.is_none());
    shown.map(|one| Ok((one, change::find(tx, one.seq)?.day))).collect()
}

/// Those whose removal can be proposed with that of a record.
///
/// # Errors
/// When there is no such record, or the database fails.
pub fn to_propose(tx: &mut ReadTx<'_>, subject: Subject, row: i64) -> Result<Vec<Other>, store::Error> {
    let mut all = Vec::new();
    for one in ledger::to_decide(tx, subject, row)? {
        if !redaction::is_proposed(tx, subject, one.row)? {
            all.push((one, change::find(tx, one.seq)?.day));
        }
    }
    Ok(all)
}

/// The ticks, none of them set; no field where there is nothing to decide.
pub fn field(others: &[Other], subject: Subject, label: &'static str) -> Option<ChoiceField> {
    let choice = |(one, day): &Other| {
        let choice = Choice::new(one.row.to_string(), words::related(one.seq, *day, subject, one.shares));
        match (one.withheld, one.is_last) {
            (Some(_), _) => choice.hint(words::WITHHELD_ALREADY),
            (None, true) => choice.hint(words::STANDS_NOW),
            (None, false) => choice,
        }
    };
    (!others.is_empty()).then(|| ChoiceField::new(ALSO, label, others.iter().map(choice)))
}

/// The rows that were ticked; what is no number is no row, and is left for the deed to refuse.
pub fn ticked(values: &[&str]) -> Vec<i64> {
    values.iter().map(|value| value.parse().unwrap_or(-1)).collect()
}
