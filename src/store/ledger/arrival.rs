//! Arrivals of returns: public at once, words or no words.

use diesel::prelude::*;

use crate::domain::id::{AddresseeId, ArrivalId, DeadlineId, Seq};
use crate::domain::moment::Day;
use crate::store::schema::arrival;
use crate::store::{Error, WriteTx};

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
