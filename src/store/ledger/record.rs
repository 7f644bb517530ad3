//! The record of one answer, read from the ledger: what `domain::record` works current values out of.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{NewDeadline, NewUpdate};
use crate::domain::change::Fact;
use crate::domain::checked::Checked;
use crate::domain::deadline::{DeadlineAct, DeadlineKind};
use crate::domain::filing::ArrivalStep;
use crate::domain::id::{AddresseeId, ArrivalId, BodyId, DeadlineId, Seq, UpdateId};
use crate::domain::lifecycle::Closure;
use crate::domain::moment::{Day, Happened, Precision};
use crate::domain::record::{Arrival, Deadline, FactValue, Record, Update};
use crate::domain::response::Basis;
use crate::store::schema::{arrival, arrival_step, deadline, fact_update};
use crate::store::{Error, ReadTx};

#[derive(Queryable)]
struct UpdateRow {
    addressee: AddresseeId,
    id: UpdateId,
    seq: Seq,
    fact: Fact,
    value: String,
    closure: Option<Closure>,
    happened_on: Option<Day>,
    precision: Precision,
    basis: Option<Basis>,
    assessor: Option<String>,
    corrects: Option<UpdateId>,
}

#[derive(Queryable)]
struct DeadlineRow {
    addressee: AddresseeId,
    id: DeadlineId,
    seq: Seq,
    kind: DeadlineKind,
    due_on: Option<Day>,
    every_months: Option<i64>,
    set_by: Option<BodyId>,
    checked: Checked,
    replaces: Option<DeadlineId>,
    corrects: Option<DeadlineId>,
    act: Option<DeadlineAct>,
    act_on: Option<Day>,
}

/// Everything published about one answer that current values follow from.
///
/// # Errors
/// When the database fails, or holds a word that this program does not know.
pub fn record_of(tx: &mut ReadTx<'_>, addressee: AddresseeId) -> Result<Record, Error> {
    Ok(records_of(tx, &[addressee])?.remove(&addressee).unwrap_or_default())
}

/// The same of several answers; nothing is said of those that nothing was published about.
///
/// # Errors
/// When the database fails, or holds a word that this program does not know.
pub fn records_of(tx: &mut ReadTx<'_>, addressees: &[AddresseeId]) -> Result<HashMap<AddresseeId, Record>, Error> {
    let updates: Vec<UpdateRow> = fact_update::table
        .filter(fact_update::addressee_id.eq_any(addressees))
        .order((fact_update::seq, fact_update::id))
        .select((
            fact_update::addressee_id,
            fact_update::id,
            fact_update::seq,
            fact_update::fact,
            fact_update::value,
            fact_update::closure,
            fact_update::happened_on,
            fact_update::precision,
            fact_update::basis,
            fact_update::assessor,
            fact_update::corrects,
        ))
        .load(tx.conn)?;
    let deadlines: Vec<DeadlineRow> = deadline::table
        .filter(deadline::addressee_id.eq_any(addressees))
        .order((deadline::seq, deadline::id))
        .select((
            deadline::addressee_id,
            deadline::id,
            deadline::seq,
            deadline::kind,
            deadline::due_on,
            deadline::every_months,
            deadline::set_by_body,
            deadline::checked,
            deadline::replaces,
            deadline::corrects,
            deadline::act,
            deadline::act_on,
        ))
        .load(tx.conn)?;
    let arrivals = arrival::table
        .filter(arrival::addressee_id.eq_any(addressees))
        .order((arrival::seq, arrival::id))
        .select((arrival::addressee_id, arrival::id, arrival::seq, arrival::deadline_id, arrival::received_on))
        .load::<(AddresseeId, ArrivalId, Seq, Option<DeadlineId>, Day)>(tx.conn)?;
    let taken_back: Vec<(ArrivalId, Seq)> = arrival_step::table
        .filter(arrival_step::addressee_id.eq_any(addressees).and(arrival_step::step.eq(ArrivalStep::TakenBack)))
        .select((arrival_step::arrival_id, arrival_step::seq))
        .load(tx.conn)?;
    let back = |id: ArrivalId| taken_back.iter().find(|(of, _)| *of == id).map(|(_, seq)| *seq);
    let mut records: HashMap<AddresseeId, Record> = HashMap::new();
    for row in updates {
        records.entry(row.addressee).or_default().updates.push(update(row)?);
    }
    for row in deadlines {
        records.entry(row.addressee).or_default().deadlines.push(date(row));
    }
    for (addressee, id, seq, deadline, received_on) in arrivals {
        let arrival = Arrival { seq, deadline, received_on, taken_back: back(id) };
        records.entry(addressee).or_default().arrivals.push(arrival);
    }
    Ok(records)
}

const fn date(row: DeadlineRow) -> Deadline {
    Deadline {
        id: row.id,
        seq: row.seq,
        kind: row.kind,
        due_on: row.due_on,
        every_months: row.every_months,
        set_by: row.set_by,
        checked: row.checked,
        replaces: row.replaces,
        corrects: row.corrects,
        act: row.act,
        act_on: row.act_on,
    }
}

fn update(row: UpdateRow) -> Result<Update, Error> {
    Ok(Update {
        id: row.id,
        seq: row.seq,
        value: FactValue::parse(row.fact, &row.value, row.closure).map_err(|fault| Error::Failed(fault.to_string()))?,
        happened: Happened::new(row.happened_on, row.precision),
        basis: row.basis,
        assessor: row.assessor,
        corrects: row.corrects,
    })
}

/// The record of an answer that is published as a whole under `seq`, each of its rows with the number that it gets.
pub(in crate::store) fn record_of_new<'n>(
    seq: Seq,
    updates: impl Iterator<Item = (UpdateId, &'n NewUpdate)>,
    deadlines: impl Iterator<Item = (DeadlineId, &'n NewDeadline)>,
) -> Record {
    let update = |(id, new): (UpdateId, &NewUpdate)| Update {
        id,
        seq,
        value: new.value,
        happened: new.happened,
        basis: new.basis,
        assessor: new.assessor.clone(),
        corrects: new.corrects,
    };
    let date = |(id, new): (DeadlineId, &NewDeadline)| Deadline {
        id,
        seq,
        kind: new.kind,
        due_on: new.due_on,
        every_months: new.every_months,
        set_by: new.set_by_body,
        checked: new.checked,
        replaces: new.replaces,
        corrects: new.corrects,
        act: new.act,
        act_on: new.act_on,
    };
    Record { updates: updates.map(update).collect(), deadlines: deadlines.map(date).collect(), arrivals: Vec::new() }
}
