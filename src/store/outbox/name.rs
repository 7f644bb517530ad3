//! The names of mails.

use diesel::prelude::*;

use crate::domain::id::OutboxId;
use crate::domain::outbox::name_of_mail;
use crate::store::schema::outbox;
use crate::store::{Error, ReadTx, setting};

/// The name of a mail that a deed or a run calls so.
///
/// # Errors
/// When the database fails.
pub fn named(tx: &mut ReadTx<'_>, called: &str) -> Result<String, Error> {
    let secret = setting::kept_secret(tx)?;
    Ok(secret.map_or_else(|| called.to_owned(), |secret| name_of_mail(&secret, called)))
}

/// The mail that a deed or a run has written and calls so.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn called(tx: &mut ReadTx<'_>, called: &str) -> Result<OutboxId, Error> {
    let name = named(tx, called)?;
    Ok(outbox::table.filter(outbox::reference.eq(name)).select(outbox::id).first(tx.conn)?)
}
