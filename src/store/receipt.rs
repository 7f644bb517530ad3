//! What a form with this key was answered.

use diesel::prelude::*;

use super::schema::receipt;
use super::{Error, ReadTx, WriteTx};
use crate::domain::id::PersonId;
use crate::domain::moment::Moment;

/// Where the form with this key, sent by this person, led to.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx<'_>, key: &str, person: PersonId) -> Result<Option<String>, Error> {
    Ok(receipt::table
        .filter(receipt::key.eq(key).and(receipt::person_id.eq(person)))
        .select(receipt::location)
        .first(tx.conn)
        .optional()?)
}

/// Keeps the answer.
///
/// # Errors
/// [`Error::Constraint`] when the key has been answered meanwhile.
pub fn insert(tx: &mut WriteTx<'_>, key: &str, person: PersonId, at: Moment, location: &str) -> Result<(), Error> {
    diesel::insert_into(receipt::table)
        .values((
            receipt::key.eq(key),
            receipt::person_id.eq(person),
            receipt::at.eq(at),
            receipt::location.eq(location),
        ))
        .execute(tx.conn)?;
    Ok(())
}
