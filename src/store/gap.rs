//! The gap of an inquiry, a body, the register: kept counts, less what has grown older than its schedule by a day. Looking
//! back, every answer is held against that day.

use std::collections::HashMap;

use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::page::COUNT_LIMIT;
use super::present::{AddresseeRow, Scope, answers_in};
use super::schema::addressee;
use super::tally::{self, Counted, Tally};
use super::{Error, ReadTx};
use crate::domain::assessed::Assessed;
use crate::domain::gap::{Gap, GapPart, part};
use crate::domain::id::{BodyId, InquiryId};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::looked::is_lately;
use crate::domain::moment::Day;
use crate::domain::reported::Reported;

/// What the part of one answer depends on.
pub(super) type Standing = (Reported, Assessed, Lifecycle, Option<Day>);

/// Its columns.
pub(super) const STANDING: (addressee::reported, addressee::assessed, addressee::lifecycle, addressee::looked_until) =
    (addressee::reported, addressee::assessed, addressee::lifecycle, addressee::looked_until);

/// The numbers of some answers that were read with one above the limit.
pub(super) fn counted(answers: &[Standing], today: Day) -> Gap {
    let most = usize::try_from(COUNT_LIMIT).unwrap_or(usize::MAX);
    let mut gap = Gap { more: answers.len() > most, ..Gap::default() };
    for (reported, assessed, lifecycle, until) in answers.iter().take(most).copied() {
        gap.count(part(reported, assessed, lifecycle, is_lately(until, today)));
    }
    gap
}

/// The numbers of one inquiry or body, whose counts were read, on a day.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx<'_>, scope: Scope, counts: &Tally, today: Day) -> Result<Gap, Error> {
    if tx.past().is_some() {
        let mut gap = Gap::default();
        for row in answers_in(tx, scope)?.into_iter().filter(AddresseeRow::is_counted) {
            gap.count(part(row.reported, row.assessed, row.lifecycle, is_lately(row.looked_until, today)));
        }
        return Ok(gap);
    }
    let (kind, id) = scope.columns();
    let counts = HashMap::from([(id, counts.clone())]);
    Ok(aged(tx, kind, &counts, today)?.remove(&id).unwrap_or_default())
}

/// The numbers of several inquiries, whose counts were read, by their rows.
///
/// # Errors
/// When the database fails.
pub fn of_inquiries(tx: &mut ReadTx<'_>, counts: &HashMap<i64, Tally>, today: Day) -> Result<HashMap<i64, Gap>, Error> {
    aged(tx, "inquiry", counts, today)
}

/// The numbers of several bodies, whose counts were read, by their rows.
///
/// # Errors
/// When the database fails.
pub fn of_bodies(tx: &mut ReadTx<'_>, counts: &HashMap<i64, Tally>, today: Day) -> Result<HashMap<i64, Gap>, Error> {
    aged(tx, "body", counts, today)
}

/// The numbers of the whole register: those of every inquiry together.
///
/// # Errors
/// When the database fails.
pub fn of_register(tx: &mut ReadTx<'_>, today: Day) -> Result<Gap, Error> {
    let mut gap = fresh(&tally::of_register(tx)?);
    let rows: Vec<(bool, i64)> = addressee::table
        .filter(addressee::present.and(addressee::looked_until.lt(today)))
        .filter(sql::<Bool>(&claims()))
        .group_by(addressee::done)
        .select((addressee::done, count_star()))
        .load(tx.conn)?;
    for (done, number) in rows {
        age(&mut gap, done, number);
    }
    Ok(gap)
}

/// That a body says that something is complete or in place. Of these there are many, and few that have aged: no index of what is
/// said is to be taken for it.
fn claims() -> String {
    format!("coalesce(addressee.reported, '') in ('{}', '{}')", Reported::ReportedComplete, Reported::InPlace)
}

/// The kept counts, as if all findings were fresh.
fn fresh(counts: &Tally) -> Gap {
    let of = |part: GapPart| counts.of(Counted::Claimed, part.as_str());
    Gap {
        answers: counts.all(Counted::Answers),
        confirmed: of(GapPart::Confirmed),
        not_looked_at: of(GapPart::NotLookedAt),
        disputed: of(GapPart::Disputed),
        ..Gap::default()
    }
}

fn age(gap: &mut Gap, done: bool, number: i64) {
    let number = number.unsigned_abs();
    if done { gap.age(number, 0) } else { gap.age(0, number) }
}

fn aged(tx: &mut ReadTx<'_>, kind: &str, counts: &HashMap<i64, Tally>, today: Day) -> Result<HashMap<i64, Gap>, Error> {
    let mut gaps: HashMap<i64, Gap> = counts.iter().map(|(id, counts)| (*id, fresh(counts))).collect();
    let old = addressee::table
        .filter(addressee::present.and(addressee::looked_until.lt(today)))
        .filter(sql::<Bool>(&claims()));
    let rows: Vec<(i64, bool, i64)> = if kind == "body" {
        let ids = counts.keys().copied().map(BodyId);
        let rows: Vec<(BodyId, bool, i64)> = old
            .filter(addressee::answerer_id.eq_any(ids))
            .group_by((addressee::answerer_id, addressee::done))
            .select((addressee::answerer_id, addressee::done, count_star()))
            .load(tx.conn)?;
        rows.into_iter().map(|(id, done, number)| (id.0, done, number)).collect()
    } else {
        let ids = counts.keys().copied().map(InquiryId);
        let rows: Vec<(InquiryId, bool, i64)> = old
            .filter(addressee::inquiry_id.eq_any(ids))
            .group_by((addressee::inquiry_id, addressee::done))
            .select((addressee::inquiry_id, addressee::done, count_star()))
            .load(tx.conn)?;
        rows.into_iter().map(|(id, done, number)| (id.0, done, number)).collect()
    };
    for (id, done, number) in rows {
        if let Some(gap) = gaps.get_mut(&id) {
            age(gap, done, number);
        }
    }
    Ok(gaps)
}
