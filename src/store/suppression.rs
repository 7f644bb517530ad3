//! Addresses that a mail server has called dead. A key is a signature: what is kept here tells nothing about anybody.

use diesel::prelude::*;

use super::conn::each;
use super::schema::suppression;
use super::{Error, ReadTx, WriteTx};
use crate::domain::email::Email;
use crate::domain::moment::Moment;
use crate::domain::secret::Secret;

/// Under which an address is remembered as dead.
#[must_use]
pub fn key(secret: &Secret, email: &Email) -> String {
    secret.sign("suppression", email.as_str().as_bytes())
}

/// Remembers that an address is dead.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx<'_>, key: &str, reason: &str, now: Moment) -> Result<(), Error> {
    let row = (suppression::key.eq(key), suppression::at.eq(now), suppression::reason.eq(reason));
    each!(&mut *tx.conn, inner => {
        diesel::insert_into(suppression::table).values(row).on_conflict(suppression::key).do_nothing().execute(inner)
    })?;
    Ok(())
}

/// Whether an address is known to be dead.
///
/// # Errors
/// When the database fails.
pub fn is_there(tx: &mut ReadTx<'_>, key: &str) -> Result<bool, Error> {
    let found: i64 = suppression::table.filter(suppression::key.eq(key)).count().get_result(tx.conn)?;
    Ok(found > 0)
}

/// Forgets those that were found dead before `before`. Answers how many.
///
/// # Errors
/// When the database fails.
pub fn forget(tx: &mut WriteTx<'_>, before: Moment) -> Result<usize, Error> {
    Ok(diesel::delete(suppression::table.filter(suppression::at.le(before))).execute(tx.conn)?)
}
