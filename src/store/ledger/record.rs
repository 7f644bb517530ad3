//! The record of one answer, read from the ledger: what `domain::record` works current values out of.

use diesel::prelude::*;

use crate::domain::change::Fact;
use crate::domain::filing::ArrivalStep;
use crate::domain::id::{AddresseeId, ArrivalId, DeadlineId, Seq, UpdateId};
use crate::domain::lifecycle::Closure;
use crate::domain::moment::{Day, Happened, Precision};
use crate::domain::record::{Arrival, Deadline, FactValue, Record, Update};
use crate::domain::response::Basis;
use crate::store::schema::{arrival, arrival_step, deadline, fact_update};
use crate::store::{Error, ReadTx};

#[derive(Queryable)]
struct UpdateRow {
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

/// Everything published about one answer that current values follow from.
///
/// # Errors
/// When the database fails, or holds a word that this program does not know.
pub fn record_of(tx: &mut ReadTx<'_>, addressee: AddresseeId) -> Result<Record, Error> {
    let updates: Vec<UpdateRow> = fact_update::table
        .filter(fact_update::addressee_id.eq(addressee))
        .order((fact_update::seq, fact_update::id))
        .select((
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
    let deadlines = deadline::table
        .filter(deadline::addressee_id.eq(addressee))
        .order((deadline::seq, deadline::id))
        .select((
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
        .filter(arrival::addressee_id.eq(addressee))
        .order((arrival::seq, arrival::id))
        .select((arrival::id, arrival::seq, arrival::deadline_id, arrival::received_on))
        .load::<(ArrivalId, Seq, Option<DeadlineId>, Day)>(tx.conn)?;
    let taken_back: Vec<(ArrivalId, Seq)> = arrival_step::table
        .filter(arrival_step::addressee_id.eq(addressee).and(arrival_step::step.eq(ArrivalStep::TakenBack)))
        .select((arrival_step::arrival_id, arrival_step::seq))
        .load(tx.conn)?;
    let back = |id: ArrivalId| taken_back.iter().find(|(of, _)| *of == id).map(|(_, seq)| *seq);
    Ok(Record {
        updates: updates.into_iter().map(update).collect::<Result<_, _>>()?,
        deadlines: deadlines
            .into_iter()
            .map(|(id, seq, kind, due_on, every_months, set_by, checked, replaces, corrects, act, act_on)| Deadline {
                id,
                seq,
                kind,
                due_on,
                every_months,
                set_by,
                checked,
                replaces,
                corrects,
                act,
                act_on,
            })
            .collect(),
        arrivals: arrivals
            .into_iter()
            .map(|(id, seq, deadline, received_on)| Arrival { seq, deadline, received_on, taken_back: back(id) })
            .collect(),
    })
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
