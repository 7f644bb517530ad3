//! Progress over time: the answers of one inquiry, or of the register, at the ends of months, as [`month_end`] keeps them, and on the
//! day itself, as they are counted. Where not all of these are kept yet, a small register's are worked out of the ledger.

use std::collections::HashMap;

use diesel::prelude::*;

use super::month_end;
use super::schema::{addressee, asked, change, fact_update};
use super::tally::{Counted, Tally};
use super::{AT_ONCE, Error, ReadTx};
use crate::domain::change::Fact;
use crate::domain::gap::GapPart;
use crate::domain::id::{AddresseeId, InquiryId, Seq, UpdateId};
use crate::domain::lifecycle::Closure;
use crate::domain::moment::{Day, Happened, Precision};
use crate::domain::progress::{Point, Told, days, series};
use crate::domain::record::{FactValue, Update};

/// Of how many answers progress is worked out for a page at most.
pub const MOST: usize = 2000;

/// What can be shown of progress over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// Nothing yet: it is followed for less than a year, or nobody was asked.
    Young,
    /// Nothing yet: there are more than [`MOST`] answers, and the ends of months that have passed are not kept yet.
    NotYet,
    /// The numbers of each day.
    Known(Vec<Point>),
}

/// A published update with the day of its change.
#[derive(Queryable)]
struct Row {
    addressee: AddresseeId,
    id: UpdateId,
    seq: Seq,
    day: Day,
    fact: Fact,
    value: String,
    closure: Option<Closure>,
    happened_on: Option<Day>,
    precision: Precision,
    corrects: Option<UpdateId>,
}

/// The progress of one inquiry, or of all, up to a day. `tally`: its counts on that day.
///
/// # Errors
/// When the database fails, or holds a word that this program does not know.
pub fn find(tx: &mut ReadTx<'_>, inquiry: Option<InquiryId>, tally: &Tally, today: Day) -> Result<Progress, Error> {
    let Some(first) = first_day(tx, inquiry)? else { return Ok(Progress::Young) };
    let days = days(first, today);
    let Some((_, ends)) = days.split_last() else { return Ok(Progress::Young) };
    let mut points = month_end::kept(tx, inquiry, ends)?;
    if points.len() < ends.len() {
        match few(tx, inquiry)? {
            Some(ids) => return Ok(shown(series(&told(tx, &ids)?, &days))),
            // The last month's end is kept some hours after it.
            None if points.len() + 1 < ends.len() => return Ok(Progress::NotYet),
            None => {}
        }
    }
    points.push(on_the_day(tally, today));
    Ok(shown(points))
}

fn shown(points: Vec<Point>) -> Progress {
    let nobody = points.iter().all(|point| point.answers == 0);
    if nobody { Progress::Young } else { Progress::Known(points) }
}

/// The same numbers as [`series`] comes to, from the counts of a day.
fn on_the_day(tally: &Tally, day: Day) -> Point {
    Point {
        day,
        answers: tally.all(Counted::Answers),
        claims: tally.sum(Counted::Claimed, GapPart::ALL, |_| true),
        confirmed: tally.of(Counted::Claimed, GapPart::Confirmed.as_str()),
    }
}

/// The answers, where there are no more than [`MOST`].
fn few(tx: &mut ReadTx<'_>, inquiry: Option<InquiryId>) -> Result<Option<Vec<AddresseeId>>, Error> {
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    let mut query = addressee::table.order(addressee::id).limit(most + 1).select(addressee::id).into_boxed();
    if let Some(inquiry) = inquiry {
        query = query.filter(addressee::inquiry_id.eq(inquiry));
    }
    let ids: Vec<AddresseeId> = query.load(tx.conn)?;
    Ok((ids.len() <= MOST).then_some(ids))
}

/// The day on which the register took an inquiry in, or its own first day; none where nothing was published of it yet.
pub(super) fn first_day(tx: &mut ReadTx<'_>, inquiry: Option<InquiryId>) -> Result<Option<Day>, Error> {
    let Some(inquiry) = inquiry else { return super::past::first_day(tx) };
    let first = match super::change::first_of(tx, inquiry) {
        Ok(first) => first,
        Err(Error::NotFound) => return Ok(None),
        Err(fault) => return Err(fault),
    };
    Ok(Some(change::table.find(first).select(change::day).first(tx.conn)?))
}

/// What was published about these answers by then, as far as the numbers follow from it.
pub(super) fn told(tx: &mut ReadTx<'_>, ids: &[AddresseeId]) -> Result<Vec<Told>, Error> {
    let mut all: HashMap<AddresseeId, Told> = HashMap::new();
    for ids in ids.chunks(AT_ONCE) {
        let asked: Vec<(AddresseeId, Day, bool)> = asked::table
            .inner_join(change::table)
            .filter(asked::addressee_id.eq_any(ids).and(asked::seq.le(tx.upto())))
            .order((asked::seq, asked::id))
            .select((asked::addressee_id, change::day, asked::present))
            .load(tx.conn)?;
        for (id, day, present) in asked {
            all.entry(id).or_default().asked.push((day, present));
        }
        let rows: Vec<Row> = fact_update::table
            .inner_join(change::table)
            .filter(fact_update::addressee_id.eq_any(ids).and(fact_update::seq.le(tx.upto())))
            .filter(fact_update::fact.ne(Fact::Response))
            .order((fact_update::seq, fact_update::id))
            .select((
                fact_update::addressee_id,
                fact_update::id,
                fact_update::seq,
                change::day,
                fact_update::fact,
                fact_update::value,
                fact_update::closure,
                fact_update::happened_on,
                fact_update::precision,
                fact_update::corrects,
            ))
            .load(tx.conn)?;
        for row in rows {
            let told = all.entry(row.addressee).or_default();
            told.published.push((row.seq, row.day));
            told.record.updates.push(update(row)?);
        }
    }
    Ok(all.into_values().collect())
}

fn update(row: Row) -> Result<Update, Error> {
    Ok(Update {
        id: row.id,
        seq: row.seq,
        value: FactValue::parse(row.fact, &row.value, row.closure).map_err(|fault| Error::Failed(fault.to_string()))?,
        happened: Happened::new(row.happened_on, row.precision),
        basis: None,
        assessor: None,
        corrects: row.corrects,
    })
}
