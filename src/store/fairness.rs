//! How many working days the bodies of an inquiry have to check a finding against them, as published.

use diesel::prelude::*;

use super::schema::accuracy_rule;
use super::{Error, ReadTx};
use crate::domain::fairness::USUAL_DAYS;
use crate::domain::id::{InquiryId, Seq};

/// A published rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The change that published it; `None` for the usual rule, which nobody has changed.
    pub seq: Option<Seq>,
    /// How many working days; 0: bodies are not shown findings first.
    pub working_days: u32,
}

/// The rule that stands for an inquiry.
///
/// # Errors
/// When the database fails.
pub fn rule(tx: &mut ReadTx<'_>, inquiry: InquiryId) -> Result<Rule, Error> {
    let row: Option<(Seq, i64)> = accuracy_rule::table
        .filter(accuracy_rule::inquiry_id.eq(inquiry).and(accuracy_rule::seq.le(tx.upto())))
        .order(accuracy_rule::seq.desc())
        .select((accuracy_rule::seq, accuracy_rule::working_days))
        .first(tx.conn)
        .optional()?;
    row.map_or(Ok(Rule { seq: None, working_days: USUAL_DAYS }), |(seq, days)| read(seq, days))
}

/// The rules that some changes published.
///
/// # Errors
/// When the database fails.
pub fn published(tx: &mut ReadTx<'_>, seqs: Vec<Seq>) -> Result<Vec<(Seq, Rule)>, Error> {
    let rows: Vec<(Seq, i64)> = accuracy_rule::table
        .filter(accuracy_rule::seq.eq_any(seqs).and(accuracy_rule::seq.le(tx.upto())))
        .order(accuracy_rule::seq.desc())
        .select((accuracy_rule::seq, accuracy_rule::working_days))
        .load(tx.conn)?;
    rows.into_iter().map(|(seq, days)| Ok((seq, read(seq, days)?))).collect()
}

fn read(seq: Seq, days: i64) -> Result<Rule, Error> {
    let working_days =
        u32::try_from(days).map_err(|_| Error::Failed(format!("accuracy_rule of change {seq}: {days}")))?;
    Ok(Rule { seq: Some(seq), working_days })
}
