//! The gap of an inquiry, a body, the register: kept counts, less what has grown older than its schedule by a day. Looking
//! back, every answer is held against that day.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Bool};

use super::page::COUNT_LIMIT;
use super::present::{AddresseeRow, Scope, UNTIL_OF_BODY, UNTIL_OF_INQUIRY, UNTIL_OF_REGISTER, answers_in};
use super::schema::addressee;
use super::tally::{self, Counted, Tally};
use super::{Error, ReadTx};
use crate::domain::assessed::Assessed;
use crate::domain::gap::{Gap, GapPart, part};
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
    let (scope, id) = UNTIL_OF_REGISTER;
    for row in older(tx, scope, &[id], today)? {
        age(&mut gap, &row);
    }
    Ok(gap)
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

/// How many findings of one inquiry, body or the register are older than their schedule.
#[derive(QueryableByName)]
struct Older {
    #[diesel(sql_type = BigInt)]
    scope_id: i64,
    /// Whether what was found is that it is done.
    #[diesel(sql_type = Bool)]
    done: bool,
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// From the counts that are kept by day, of these rows.
fn older(tx: &mut ReadTx<'_>, scope: &str, ids: &[i64], today: Day) -> Result<Vec<Older>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    // Nothing that anybody typed gets in: the numbers of rows, and a day.
    let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
    Ok(sql_query(format!(
        "select scope_id, (fact = 'done') as done, cast(sum(number) as bigint) as number from tally \
         where scope = '{scope}' and scope_id in ({}) and fact in ('done', 'disputed') and value < '{today}' \
         group by scope_id, fact",
        ids.join(", ")
    ))
    .load(tx.conn)?)
}

fn age(gap: &mut Gap, older: &Older) {
    let number = older.number.unsigned_abs();
    if older.done { gap.age(number, 0) } else { gap.age(0, number) }
}

fn aged(tx: &mut ReadTx<'_>, kind: &str, counts: &HashMap<i64, Tally>, today: Day) -> Result<HashMap<i64, Gap>, Error> {
    let mut gaps: HashMap<i64, Gap> = counts.iter().map(|(id, counts)| (*id, fresh(counts))).collect();
    let scope = if kind == "body" { UNTIL_OF_BODY } else { UNTIL_OF_INQUIRY };
    let ids: Vec<i64> = counts.keys().copied().collect();
    for row in older(tx, scope, &ids, today)? {
        if let Some(gap) = gaps.get_mut(&row.scope_id) {
            age(gap, &row);
        }
    }
    Ok(gaps)
}
