//! What acts on several items came to, a line for each, for the person who did them.

use diesel::prelude::*;

use super::schema::bulk;
use super::{Error, ReadTx, WriteTx};
use crate::domain::bulk::{BulkKind, Outcome};
use crate::domain::id::{PersonId, Seq};
use crate::domain::moment::Moment;

/// One act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bulk {
    /// Which.
    pub kind: BulkKind,
    /// The change that it published, where anything was done.
    pub seq: Option<Seq>,
    /// What became of each item.
    pub outcomes: Vec<Outcome>,
}

/// Keeps what an act came to.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx<'_>, reference: &str, by: PersonId, at: Moment, act: &Bulk) -> Result<(), Error> {
    let outcomes = serde_json::to_string(&act.outcomes).map_err(|fault| Error::Failed(fault.to_string()))?;
    diesel::insert_into(bulk::table)
        .values((
            bulk::reference.eq(reference),
            bulk::person_id.eq(by),
            bulk::at.eq(at),
            bulk::kind.eq(act.kind),
            bulk::seq.eq(act.seq),
            bulk::outcomes.eq(outcomes),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// What this person's act came to.
///
/// # Errors
/// [`Error::NotFound`] when there is none of that name, or it is somebody else's.
pub fn find(tx: &mut ReadTx<'_>, reference: &str, by: PersonId) -> Result<Bulk, Error> {
    let (kind, seq, outcomes): (BulkKind, Option<Seq>, String) = bulk::table
        .filter(bulk::reference.eq(reference).and(bulk::person_id.eq(by)))
        .select((bulk::kind, bulk::seq, bulk::outcomes))
        .first(tx.conn)?;
    let outcomes = serde_json::from_str(&outcomes).map_err(|fault| Error::Failed(fault.to_string()))?;
    Ok(Bulk { kind, seq, outcomes })
}

/// Removes what is older.
///
/// # Errors
/// When the database fails.
pub fn remove(tx: &mut WriteTx<'_>, before: Moment) -> Result<usize, Error> {
    Ok(diesel::delete(bulk::table.filter(bulk::at.lt(before))).execute(tx.conn)?)
}
