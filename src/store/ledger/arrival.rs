//! Arrivals of returns: public at once, words or no words.

use diesel::prelude::*;

use crate::domain::filing::ArrivalStep;
use crate::domain::id::{AddresseeId, ArrivalId, DeadlineId, Seq};
use crate::domain::moment::Day;
use crate::store::schema::{arrival, arrival_step};
use crate::store::{Error, ReadTx, WriteTx};

/// A return that came in.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = arrival, treat_none_as_default_value = false)]
pub struct NewArrival {
    /// Whose.
    pub addressee_id: AddresseeId,
    /// The date that it was owed by, where one was set.
    pub deadline_id: Option<DeadlineId>,
    /// The day on which it came.
    pub received_on: Day,
    /// Whether it says that nothing has changed.
    pub nil: bool,
}

/// Publishes the arrival under `seq`.
///
/// # Errors
/// When the database fails.
pub fn insert_arrival(tx: &mut WriteTx<'_>, seq: Seq, new: &NewArrival) -> Result<ArrivalId, Error> {
    Ok(diesel::insert_into(arrival::table)
        .values((arrival::seq.eq(seq), new))
        .returning(arrival::id)
        .get_result(tx.conn)?)
}

/// Publishes under `seq` what became of the arrival; `happened_on` where that was on an earlier day.
///
/// # Errors
/// When the database fails.
pub fn insert_arrival_step(
    tx: &mut WriteTx<'_>,
    seq: Seq,
    addressee: AddresseeId,
    arrival: ArrivalId,
    step: ArrivalStep,
    happened_on: Option<Day>,
) -> Result<(), Error> {
    diesel::insert_into(arrival_step::table)
        .values((
            arrival_step::seq.eq(seq),
            arrival_step::addressee_id.eq(addressee),
            arrival_step::arrival_id.eq(arrival),
            arrival_step::step.eq(step),
            arrival_step::happened_on.eq(happened_on),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// The date that an arrival was counted for; `None` where it settled none.
///
/// # Errors
/// [`Error::NotFound`] when there is no such arrival.
pub fn deadline_of(tx: &mut ReadTx<'_>, arrival: ArrivalId) -> Result<Option<DeadlineId>, Error> {
    Ok(arrival::table.filter(arrival::id.eq(arrival)).select(arrival::deadline_id).first(tx.conn)?)
}
