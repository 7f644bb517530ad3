//! Returns that came in: public at once, however long it takes to read them.

use std::collections::HashMap;

use diesel::prelude::*;

use super::about::{About, Place, about_an_answer};
use super::schema::{addressee, arrival, arrival_step, change, fact_update};
use super::{Error, ReadTx};
use crate::domain::filing::ArrivalStep;
use crate::domain::id::{AddresseeId, ArrivalId, DeadlineId};
use crate::domain::moment::Day;

/// A return that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Its row.
    pub id: ArrivalId,
    /// Whose answer it is about, and the change that published it.
    pub place: Place,
    /// The date that it was owed by.
    pub deadline: Option<DeadlineId>,
    /// The day on which it came.
    pub received_on: Day,
    /// Whether it says that nothing has changed.
    pub nil: bool,
    /// The day on which its words were published.
    pub published_on: Option<Day>,
    /// What became of it last while it was not published, and on which day.
    pub step: Option<(ArrivalStep, Day)>,
}

/// What became of a return while it was not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Became {
    /// Whose answer it is about, and the change that published it.
    pub place: Place,
    /// What.
    pub step: ArrivalStep,
    /// On which day, where that was before the day of publication.
    pub happened_on: Option<Day>,
    /// On which day the return came that it is a step of.
    pub received_on: Day,
}

/// What became of returns while they were not published, about something, the last first.
///
/// # Errors
/// When the database fails.
pub fn became(tx: &mut ReadTx<'_>, about: &About, most: i64) -> Result<Vec<Became>, Error> {
    let all = arrival_step::table
        .inner_join(addressee::table)
        .inner_join(arrival::table.on(arrival::id.eq(arrival_step::arrival_id)))
        .select((
            (arrival_step::seq, arrival_step::addressee_id, addressee::recommendation_id),
            arrival_step::step,
            arrival_step::happened_on,
            arrival::received_on,
        ))
        .into_boxed();
    Ok(about_an_answer!(all, arrival_step, about)
        .filter(arrival_step::seq.le(tx.upto()))
        .order((arrival_step::seq.desc(), arrival_step::id.desc()))
        .limit(most)
        .load(tx.conn)?)
}

type Row = (ArrivalId, Place, Option<DeadlineId>, Day, bool);

macro_rules! columns {
    () => {
        (
            arrival::id,
            (arrival::seq, arrival::addressee_id, addressee::recommendation_id),
            arrival::deadline_id,
            arrival::received_on,
            arrival::nil,
        )
    };
}

/// For each of these answers, the last return that came in and has not come to nothing; one that has only where there is no
/// other.
///
/// # Errors
/// When the database fails.
pub fn last(tx: &mut ReadTx<'_>, answers: &[AddresseeId]) -> Result<Vec<Arrival>, Error> {
    let upto = tx.upto();
    let ended = arrival_step::table
        .filter(arrival_step::arrival_id.eq(arrival::id).and(arrival_step::step.eq_any(ArrivalStep::ENDS)))
        .filter(arrival_step::seq.le(upto))
        .select(arrival_step::id);
    let all = || {
        let known = arrival::table.filter(arrival::addressee_id.eq_any(answers).and(arrival::seq.le(upto)));
        known.group_by(arrival::addressee_id)
    };
    let newest = (arrival::addressee_id, diesel::dsl::max(arrival::id));
    let mut of_answer: HashMap<AddresseeId, Option<ArrivalId>> =
        all().select(newest).load(tx.conn)?.into_iter().collect();
    let live: Vec<(AddresseeId, Option<ArrivalId>)> =
        all().filter(diesel::dsl::not(diesel::dsl::exists(ended))).select(newest).load(tx.conn)?;
    of_answer.extend(live);
    let last: Vec<ArrivalId> = of_answer.into_values().flatten().collect();
    if last.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = arrival::table
        .inner_join(addressee::table)
        .filter(arrival::id.eq_any(last))
        .select(columns!())
        .load(tx.conn)?;
    complete(tx, rows)
}

/// The arrivals about something, the last published first.
///
/// # Errors
/// When the database fails.
pub fn about(tx: &mut ReadTx<'_>, about: &About, most: i64) -> Result<Vec<Arrival>, Error> {
    let all = arrival::table.inner_join(addressee::table).select(columns!()).into_boxed();
    let rows: Vec<Row> = about_an_answer!(all, arrival, about)
        .filter(arrival::seq.le(tx.upto()))
        .order((arrival::seq.desc(), arrival::id.desc()))
        .limit(most)
        .load(tx.conn)?;
    complete(tx, rows)
}

/// Adds what became of each.
fn complete(tx: &mut ReadTx<'_>, rows: Vec<Row>) -> Result<Vec<Arrival>, Error> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let answers: Vec<_> = rows.iter().map(|(_, place, ..)| place.addressee).collect();
    let published: Vec<(Option<ArrivalId>, Day)> = fact_update::table
        .inner_join(change::table)
        .filter(fact_update::addressee_id.eq_any(answers).and(fact_update::arrival_id.is_not_null()))
        .filter(fact_update::seq.le(tx.upto()))
        .select((fact_update::arrival_id, change::day))
        .load(tx.conn)?;
    let ids: Vec<ArrivalId> = rows.iter().map(|row| row.0).collect();
    let steps: Vec<(ArrivalId, ArrivalStep, Option<Day>, Day)> = arrival_step::table
        .inner_join(change::table)
        .filter(arrival_step::arrival_id.eq_any(ids).and(arrival_step::seq.le(tx.upto())))
        .order((arrival_step::seq.desc(), arrival_step::id.desc()))
        .select((arrival_step::arrival_id, arrival_step::step, arrival_step::happened_on, change::day))
        .load(tx.conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, place, deadline, received_on, nil)| Arrival {
            step: steps.iter().find(|(of, ..)| *of == id).map(|(_, step, on, day)| (*step, on.unwrap_or(*day))),
            published_on: published.iter().find(|(of, _)| *of == Some(id)).map(|(_, day)| *day),
            id,
            place,
            deadline,
            received_on,
            nil,
        })
        .collect())
}
