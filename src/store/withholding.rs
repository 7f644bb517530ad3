//! The log of withholdings: what each withholding, showing again and removal of words was about, and for which kind of reason.
//! Which record and which change published it, never what it said.

use std::collections::HashMap;

use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::ledger::{out, withheld_by, withheld_since};
use super::schema::{change, grounds, redaction, restored_redaction, taken_out};
use super::{Error, ReadTx, remark};
use crate::domain::change::{ChangeKind, RemarkKind, Since, Subject, TakenOut};
use crate::domain::id::Seq;
use crate::domain::moment::Day;
use crate::domain::redaction::RedactionKind;

/// A record that words were taken out of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// What kind of record.
    pub subject: Subject,
    /// Its row.
    pub row: i64,
    /// The change that published it.
    pub published: Seq,
    /// What kind of remark it is, where it is one.
    pub remark: Option<RemarkKind>,
}

impl Record {
    /// What it is, as words name it.
    #[must_use]
    pub const fn what(&self) -> (Subject, Option<RemarkKind>) {
        (self.subject, self.remark)
    }
}

/// What the records tell of these changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    records: HashMap<Seq, Record>,
    /// The withholding that a change said the kind of reason of, with what it said.
    said: HashMap<Seq, (Seq, RedactionKind)>,
    kinds: HashMap<Seq, RedactionKind>,
}

impl Told {
    /// What a withholding, a showing again or a removal was about. Of a change that says why words were withheld: what those
    /// were of.
    #[must_use]
    pub fn record(&self, seq: Seq) -> Option<Record> {
        let of = self.said.get(&seq).map_or(seq, |(withholding, _)| *withholding);
        self.records.get(&of).copied()
    }

    /// The withholding that a change says the kind of reason of.
    #[must_use]
    pub fn withholding(&self, seq: Seq) -> Option<Seq> {
        self.said.get(&seq).map(|(withholding, _)| *withholding)
    }

    /// The kind of reason of a withholding, as it was said last; of a change that says one, that one; of a removal its own.
    #[must_use]
    pub fn kind(&self, seq: Seq) -> Option<RedactionKind> {
        self.said.get(&seq).map(|(_, kind)| *kind).or_else(|| self.kinds.get(&seq).copied())
    }
}

/// Reads it. What was taken out by an earlier version of the program, which kept no record of it, is found as long as its mark
/// stands.
///
/// # Errors
/// When the database fails.
pub fn told(tx: &mut ReadTx<'_>, changes: &[(Seq, ChangeKind)]) -> Result<Told, Error> {
    let of = |wanted: fn(ChangeKind) -> bool| -> Vec<Seq> {
        changes.iter().filter(|(_, kind)| wanted(*kind)).map(|(seq, _)| *seq).collect()
    };
    let takes_out = |kind| matches!(kind, ChangeKind::Withheld | ChangeKind::Shown | ChangeKind::Redacted);
    let (mut taking, saying) = (of(takes_out), of(|kind| kind == ChangeKind::Grounds));
    if taking.is_empty() && saying.is_empty() {
        return Ok(Told::default());
    }
    let said: Vec<(Seq, Seq, RedactionKind)> = grounds::table
        .filter(grounds::seq.eq_any(saying))
        .select((grounds::seq, grounds::withholding, grounds::kind))
        .load(tx.conn)?;
    taking.extend(said.iter().map(|(_, withholding, _)| *withholding));
    let rows: Vec<(Seq, Subject, i64, Seq)> = taken_out::table
        .filter(taken_out::seq.eq_any(taking.clone()))
        .select((taken_out::seq, taken_out::subject, taken_out::row_id, taken_out::published))
        .load(tx.conn)?;
    let record = |(seq, subject, row, published)| (seq, Record { subject, row, published, remark: None });
    let mut records: HashMap<Seq, Record> = rows.into_iter().map(record).collect();
    let unknown: Vec<Seq> = taking.iter().copied().filter(|seq| !records.contains_key(seq)).collect();
    if !unknown.is_empty() {
        let marked = withheld_by(tx, &unknown)?;
        records.extend(marked.into_iter().map(|(by, (subject, row, seq))| record((by, subject, row, seq))));
    }
    let remarks = remark::kinds(tx, records.values().map(|record| (record.subject, record.row)))?;
    for record in records.values_mut().filter(|record| record.subject == Subject::Remark) {
        record.remark = remarks.get(&record.row).copied();
    }
    // The last that was said counts; of a removal, the kind for which it was proposed.
    let kinds: Vec<(Seq, RedactionKind)> = grounds::table
        .filter(grounds::withholding.eq_any(taking).and(grounds::seq.le(tx.upto())))
        .order((grounds::seq, grounds::id))
        .select((grounds::withholding, grounds::kind))
        .load(tx.conn)?;
    let mut kinds: HashMap<Seq, RedactionKind> = kinds.into_iter().collect();
    let removing: Vec<Seq> = of(|kind| kind == ChangeKind::Redacted);
    let removed: Vec<(Option<Seq>, RedactionKind)> = redaction::table
        .filter(redaction::seq.eq_any(removing.iter().copied().map(Some)))
        .select((redaction::seq, redaction::kind))
        .load(tx.conn)?;
    let again: Vec<(Seq, RedactionKind)> = restored_redaction::table
        .filter(restored_redaction::seq.eq_any(removing))
        .select((restored_redaction::seq, restored_redaction::kind))
        .load(tx.conn)?;
    kinds.extend(removed.into_iter().filter_map(|(seq, kind)| Some((seq?, kind))).chain(again));
    Ok(Told {
        records,
        said: said.into_iter().map(|(seq, withholding, kind)| (seq, (withholding, kind))).collect(),
        kinds,
    })
}

/// A withholding in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Withholding {
    /// The change.
    pub seq: Seq,
    /// Its day.
    pub day: Day,
    /// What it was of, as far as that is known.
    pub record: Option<Record>,
    /// For which kind of reason, as far as that was said.
    pub kind: Option<RedactionKind>,
}

/// The withholdings before a change, the last first.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut ReadTx<'_>, before: Seq, most: i64) -> Result<Vec<Withholding>, Error> {
    let rows: Vec<(Seq, Day)> = change::table
        .filter(change::kind.eq(ChangeKind::Withheld).and(change::seq.lt(before)))
        .order(change::seq.desc())
        .limit(most)
        .select((change::seq, change::day))
        .load(tx.conn)?;
    let seqs: Vec<(Seq, ChangeKind)> = rows.iter().map(|(seq, _)| (*seq, ChangeKind::Withheld)).collect();
    let told = told(tx, &seqs)?;
    let withholding = |(seq, day)| Withholding { seq, day, record: told.record(seq), kind: told.kind(seq) };
    Ok(rows.into_iter().map(withholding).collect())
}

/// One withholding.
///
/// # Errors
/// [`Error::NotFound`] when that change withheld nothing.
pub fn find(tx: &mut ReadTx<'_>, seq: Seq) -> Result<Withholding, Error> {
    let day = change::table
        .filter(change::seq.eq(seq).and(change::kind.eq(ChangeKind::Withheld)))
        .select(change::day)
        .first(tx.conn)?;
    let told = told(tx, &[(seq, ChangeKind::Withheld)])?;
    Ok(Withholding { seq, day, record: told.record(seq), kind: told.kind(seq) })
}

/// What became of the words of a record since a change withheld them.
///
/// # Errors
/// [`Error::NotFound`] when there is no such row.
pub fn since(tx: &mut ReadTx<'_>, record: &Record, withholding: Seq) -> Result<Since, Error> {
    let Record { subject, row, .. } = *record;
    match withheld_since(tx, subject, row)? {
        Some(by) if by == withholding => Ok(Since::Lasts),
        Some(by) => {
            let (on, kind): (Day, ChangeKind) =
                change::table.find(by).select((change::day, change::kind)).first(tx.conn)?;
            Ok(Since::TakenOut(TakenOut { on, for_good: kind == ChangeKind::Redacted, by }))
        }
        None => {
            let shown = taken_out::table.inner_join(change::table.on(change::seq.eq(taken_out::seq)));
            let of_it = taken_out::subject.eq(subject).and(taken_out::row_id.eq(row));
            let last = shown.filter(of_it.and(change::kind.eq(ChangeKind::Shown)).and(change::seq.gt(withholding)));
            Ok(Since::Shown(last.order(change::seq.desc()).select(change::day).first(tx.conn).optional()?))
        }
    }
}

/// How many withholdings nobody has said the kind of reason of, and the day of the first of them. What was shown again is
/// withheld no more: nobody needs to say it of that.
///
/// # Errors
/// When the database fails.
pub fn not_said(tx: &mut ReadTx<'_>) -> Result<(i64, Option<Day>), Error> {
    let said = grounds::table.filter(grounds::withholding.eq(change::seq)).select(grounds::id);
    let open = change::table.filter(change::kind.eq(ChangeKind::Withheld)).filter(not(exists(said)));
    let open: Vec<(Seq, Day)> = open.order(change::seq).select((change::seq, change::day)).load(tx.conn)?;
    let seqs: Vec<(Seq, ChangeKind)> = open.iter().map(|(seq, _)| (*seq, ChangeKind::Withheld)).collect();
    let told = told(tx, &seqs)?;
    let mut standing = Vec::new();
    for (seq, day) in open {
        // By whatever button they were shown: what counts is whether anything is still out of sight by it.
        let stands = match told.record(seq) {
            Some(of) => !out(tx, of.subject, seq)?.is_empty(),
            None => true,
        };
        standing.extend(stands.then_some(day));
    }
    Ok((i64::try_from(standing.len()).unwrap_or(i64::MAX), standing.first().copied()))
}

/// What was taken out: each withholding, showing again and removal with its day and its kind of reason.
///
/// # Errors
/// When the database fails.
pub fn taken_out_on(tx: &mut ReadTx<'_>) -> Result<Vec<(Day, ChangeKind, Option<RedactionKind>)>, Error> {
    type Row = (Seq, Day, ChangeKind, Option<RedactionKind>, Option<RedactionKind>);
    let rows: Vec<Row> = change::table
        .left_join(redaction::table.on(redaction::seq.eq(change::seq.nullable())))
        .left_join(restored_redaction::table.on(restored_redaction::seq.eq(change::seq)))
        .filter(change::kind.eq_any([ChangeKind::Withheld, ChangeKind::Shown, ChangeKind::Redacted]))
        .order(change::seq.desc())
        .select((
            change::seq,
            change::day,
            change::kind,
            redaction::kind.nullable(),
            restored_redaction::kind.nullable(),
        ))
        .load(tx.conn)?;
    let said: Vec<(Seq, RedactionKind)> = grounds::table
        .order((grounds::seq, grounds::id))
        .select((grounds::withholding, grounds::kind))
        .load(tx.conn)?;
    let said: HashMap<Seq, RedactionKind> = said.into_iter().collect();
    let kind = |seq, first: Option<_>, again| first.or(again).or_else(|| said.get(&seq).copied());
    Ok(rows.into_iter().map(|(seq, day, act, first, again)| (day, act, kind(seq, first, again))).collect())
}
