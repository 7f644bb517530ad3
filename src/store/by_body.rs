//! How the bodies stand that one inquiry asked, each by itself and in the order of their names: what they answered, where they are
//! silent, and which of their dates they moved. Nothing ranks them.

use std::collections::{BTreeMap, HashSet};

use diesel::prelude::*;
use diesel::sql_query;

use super::addressee::Answer;
use super::body::{self, BodyName};
use super::overdue::{self, KINDS, Narrow, Number, Wanted, dates_then};
use super::page::COUNT_LIMIT;
use super::present::{ANSWERERS, DATE_COLUMNS};
use super::schema::{addressee, tally};
use super::{AT_ONCE, Error, ReadTx};
use crate::domain::deadline::DeadlineKind;
use crate::domain::id::{AddresseeId, BodyId, InquiryId};
use crate::domain::lifecycle::Closure;
use crate::domain::moment::Day;
use crate::domain::response::Response;

/// How many dates that passed while something is owed by them are looked through for those that were missed.
const MOST_PASSED: i64 = 10_000;

/// The numbers of one body, in answers to one inquiry: of those that it answers now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Numbers {
    /// All of them.
    pub answers: u64,
    /// With a response in whatever sense.
    pub responded: u64,
    /// With a date that passed with nothing recorded since, where the register was there to hear.
    pub silent: u64,
    /// With a target date, which may have been taken back since.
    pub aimed: u64,
    /// Of these, whose target was moved.
    pub moved: u64,
}

/// The bodies of an inquiry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ByBody {
    /// Each with its numbers, by name.
    pub bodies: Vec<(BodyName, Numbers)>,
    /// Whether there were more dates that passed than are looked through: then silence is told of none.
    pub unread: bool,
}

/// The bodies that answer to an inquiry on a day. How they stand now is kept with the inquiry, and is not counted here.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx<'_>, inquiry: InquiryId, today: Day) -> Result<ByBody, Error> {
    let (numbers, unread) = if tx.past().is_some() { then(tx, inquiry, today)? } else { now(tx, inquiry, today)? };
    let ids: Vec<BodyId> = numbers.keys().copied().collect();
    let mut bodies = Vec::with_capacity(ids.len());
    for some in ids.chunks(AT_ONCE) {
        for name in body::names(tx, some.to_vec())? {
            let of = numbers.get(&name.id).copied().unwrap_or_default();
            bodies.push((name, of));
        }
    }
    bodies.sort_by_cached_key(|(name, _)| (name.name.to_lowercase(), name.id));
    Ok(ByBody { bodies, unread })
}

fn now(tx: &mut ReadTx<'_>, inquiry: InquiryId, today: Day) -> Result<(BTreeMap<BodyId, Numbers>, bool), Error> {
    let rows: Vec<(String, String, i64)> = tally::table
        .filter(tally::scope.eq(ANSWERERS).and(tally::scope_id.eq(inquiry.0)).and(tally::number.gt(0)))
        .select((tally::fact, tally::value, tally::number))
        .load(tx.conn)?;
    let mut numbers: BTreeMap<BodyId, Numbers> = BTreeMap::new();
    for (fact, body, number) in rows {
        let Ok(body) = body.parse().map(BodyId) else { continue };
        let (of, number) = (numbers.entry(body).or_default(), number.unsigned_abs());
        match fact.as_str() {
            "answers" => of.answers = number,
            "responded" => of.responded = number,
            "aimed" => of.aimed = number,
            _ => of.moved = number,
        }
    }
    // Whoever looks back at this day sees the same: `then` keeps to these bounds too.
    if passed(tx, inquiry, today)? > MOST_PASSED {
        return Ok((numbers, true));
    }
    let narrow = Narrow { inquiry: Some(inquiry), ..Narrow::default() };
    let most = usize::try_from(COUNT_LIMIT).unwrap_or(usize::MAX);
    let owed_by_bodies = Wanted { owed_by_bodies: true, ..Wanted::default() };
    let missed = overdue::list_for(tx, today, (narrow, &owed_by_bodies), None, most)?;
    let unread = missed.next.is_some();
    let silent: HashSet<AddresseeId> = missed.items.iter().filter(|_| !unread).map(|one| one.addressee).collect();
    let silent: Vec<AddresseeId> = silent.into_iter().collect();
    for some in silent.chunks(AT_ONCE) {
        let whose: Vec<BodyId> =
            addressee::table.filter(addressee::id.eq_any(some)).select(addressee::answerer_id).load(tx.conn)?;
        for body in whose {
            if let Some(of) = numbers.get_mut(&body) {
                of.silent += 1;
            }
        }
    }
    Ok((numbers, unread))
}

/// How many dates of an inquiry have passed that a body owes something by still, missed or not, as far as they are looked through.
fn passed(tx: &mut ReadTx<'_>, inquiry: InquiryId, today: Day) -> Result<i64, Error> {
    // Nothing that anybody typed gets in: the number of a row, and a day.
    let dates = DATE_COLUMNS.into_iter().filter(|(kind, _)| *kind != DeadlineKind::Recheck);
    let each = dates.map(|(kind, (date, _))| {
        format!(
            "(select count(*) from (select 1 from addressee where addressee.inquiry_id = {inquiry} \
             and addressee.{date} < '{today}' and {} limit {}) as few)",
            overdue::owed(kind, date),
            MOST_PASSED + 1
        )
    });
    let question = format!("select {} as number", each.collect::<Vec<_>>().join(" + "));
    let numbers: Vec<Number> = sql_query(question).load(tx.conn)?;
    Ok(numbers.iter().map(|one| one.number).sum())
}

/// The same as it stood then.
fn then(tx: &mut ReadTx<'_>, inquiry: InquiryId, day: Day) -> Result<(BTreeMap<BodyId, Numbers>, bool), Error> {
    let narrow = Narrow { inquiry: Some(inquiry), ..Narrow::default() };
    let (answers, details) = dates_then(tx, narrow)?;
    let mut numbers: BTreeMap<BodyId, Numbers> = BTreeMap::new();
    let owed = || KINDS.into_iter().filter(|kind| *kind != DeadlineKind::Recheck);
    let passed = |answer: &Answer, kind| answer.due(kind).is_some_and(|due| due.on < day);
    let passed: usize = answers.iter().map(|answer| owed().filter(|kind| passed(answer, *kind)).count()).sum();
    let mut missed = 0;
    for answer in answers.iter().filter(|answer| !answer.closure.is_some_and(Closure::is_uncounted)) {
        let of = numbers.entry(answer.answerer.id).or_default();
        let moved = answer.target.as_ref().is_some_and(|target| target.times_moved > 0);
        of.count(answer.response.value, answer.target.is_some(), moved);
        let dates = owed().filter(|kind| details.missed(answer, *kind, day).is_some()).count();
        of.silent += u64::from(dates > 0);
        missed += dates;
    }
    let is_above = |number: usize, most: i64| i64::try_from(number).is_ok_and(|number| number > most);
    let unread = is_above(passed, MOST_PASSED) || is_above(missed, COUNT_LIMIT);
    if unread {
        numbers.values_mut().for_each(|of| of.silent = 0);
    }
    Ok((numbers, unread))
}

impl Numbers {
    fn count(&mut self, response: Response, aimed: bool, moved: bool) {
        self.answers += 1;
        self.responded += u64::from(response.is_answer());
        self.aimed += u64::from(aimed);
        self.moved += u64::from(moved);
    }
}
