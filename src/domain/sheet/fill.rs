//! What a row says: the same as the form of an update, unfinished where cells were left empty.

use super::column::Column;
use super::day::day;
use super::file::Row;
use crate::domain::filing::ReturnFiled;
use crate::domain::licence::Rights;
use crate::domain::moment::{Day, Happened, Precision};
use crate::domain::problem::{Problem, Problems};
use crate::domain::reported::Reported;
use crate::domain::text::{WORDS_LIMIT, tidy};
use crate::domain::words;

/// A row that was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// Its number in the sheet.
    pub number: usize,
    /// Which item it says that it is about: the inquiry's part of an address and the number, with `/` between them.
    pub item: String,
    /// What it says.
    pub update: ReturnFiled,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// Its number in the sheet.
    pub number: usize,
    /// The column; `None` for the row as a whole.
    pub column: Option<Column>,
    /// What is wrong and what to do.
    pub sentence: String,
}

/// The field of a problem with a row.
#[must_use]
pub fn field_of(number: usize, column: Column) -> String {
    let at = Column::ALL.iter().position(|one| *one == column).unwrap_or_default();
    format!("row {number} {at}")
}

/// The row that a problem is about, if it is about one.
#[must_use]
pub fn fault_of(problem: &Problem) -> Option<RowFault> {
    let (number, column) = problem.field.strip_prefix("row ")?.split_once(' ')?;
    let column = column.parse().ok().and_then(|at: usize| Column::ALL.get(at)).copied();
    Some(RowFault { number: number.parse().ok()?, column, sentence: problem.sentence.clone() })
}

/// Reads a row; what is wrong is noted, a row with a fault is no less read.
#[must_use]
pub fn fill(row: &Row, problems: &mut Problems) -> Filled {
    let mut wrong = |column, sentence: String| problems.add(field_of(row.number, column), sentence);
    let value = match row.cell(Column::Value) {
        "" => Reported::NotReported,
        typed => reported(typed).unwrap_or_else(|| {
            let known: Vec<_> = Reported::recordable().map(|value| words::reported(value).words).collect();
            wrong(
                Column::Value,
                format!("\u{201c}{}\u{201d} is none of the answers. Enter one of: {}", short(typed), known.join(", ")),
            );
            Reported::NotReported
        }),
    };
    let mut a_day = |column| match row.cell(column) {
        "" => None,
        typed => day(typed).or_else(|| {
            let sentence = "This is no day. Enter it like 27/3/2027, the day first";
            wrong(column, sentence.to_owned());
            None
        }),
    };
    let (happened, target): (Option<Day>, Option<Day>) = (a_day(Column::Happened), a_day(Column::Target));
    let mut text = |column: Column, what| match tidy(row.cell(column), what, WORDS_LIMIT) {
        Ok(text) => text,
        Err(fault) => {
            wrong(column, fault.to_string());
            None
        }
    };
    let words = text(Column::Words, "What was done").unwrap_or_default();
    let reason = text(Column::Reason, "Why it stopped");
    Filled {
        number: row.number,
        item: row.cell(Column::Item).to_owned(),
        update: ReturnFiled {
            value,
            happened: Happened::new(happened, Precision::On),
            words,
            reason,
            source_url: None,
            rights: Rights::default(),
            target,
        },
    }
}

/// An answer by its plain word or its code.
fn reported(typed: &str) -> Option<Reported> {
    let typed = typed.trim().to_lowercase();
    Reported::recordable()
        .find(|value| value.as_str() == typed || words::reported(*value).words.to_lowercase() == typed)
}

fn short(typed: &str) -> String {
    typed.chars().take(40).collect()
}
