//! One-time links. Only the hash is kept; using one up is a compare-and-set, so that of many at once one succeeds.

use diesel::prelude::*;

use super::schema::token;
use super::{Error, ReadTx, WriteTx};
use crate::domain::id::{PersonId, TokenId};
use crate::domain::moment::Moment;
use crate::domain::session::is_in_time;
use crate::domain::token::{TokenHash, TokenKind};

/// A link that still works.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct LiveToken {
    /// Its inner number.
    pub id: TokenId,
    /// What it is for.
    pub kind: TokenKind,
    /// Whose it is; nobody's yet for the first administrator.
    pub person: Option<PersonId>,
    /// When it stops working.
    pub expires_at: Moment,
}

/// Keeps a new link, which works for as long as its kind does. Answers when it stops working.
///
/// # Errors
/// When the database fails.
pub fn insert(
    tx: &mut WriteTx<'_>,
    hash: &TokenHash,
    kind: TokenKind,
    person: Option<PersonId>,
    now: Moment,
) -> Result<Moment, Error> {
    let expires = now.plus_seconds(kind.lasts());
    diesel::insert_into(token::table)
        .values((
            token::token_hash.eq(hash.as_str()),
            token::kind.eq(kind),
            token::person_id.eq(person),
            token::created_at.eq(now),
            token::expires_at.eq(expires),
        ))
        .execute(tx.conn)?;
    Ok(expires)
}

/// The link with this hash, if it has been neither used nor replaced and its time has not passed.
///
/// # Errors
/// When the database fails.
pub fn find_live(tx: &mut ReadTx<'_>, hash: &TokenHash, now: Moment) -> Result<Option<LiveToken>, Error> {
    let unused: Option<LiveToken> = token::table
        .filter(token::token_hash.eq(hash.as_str()).and(token::used_at.is_null()))
        .select((token::id, token::kind, token::person_id, token::expires_at))
        .first(tx.conn)
        .optional()?;
    Ok(unused.filter(|link| is_in_time(link.expires_at, link.kind.lasts(), now)))
}

/// Uses a link up.
///
/// # Errors
/// [`Error::NotFound`] when somebody else has used it meanwhile.
pub fn use_up(tx: &mut WriteTx<'_>, id: TokenId, now: Moment) -> Result<(), Error> {
    let used = diesel::update(token::table.find(id).filter(token::used_at.is_null()))
        .set(token::used_at.eq(now))
        .execute(tx.conn)?;
    if used == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Makes every unused link of a kind worthless: a person's, or (without one) those that are nobody's.
///
/// # Errors
/// When the database fails.
pub fn revoke(tx: &mut WriteTx<'_>, kind: TokenKind, person: Option<PersonId>, now: Moment) -> Result<(), Error> {
    let unused = token::table.filter(token::kind.eq(kind).and(token::used_at.is_null()));
    match person {
        Some(person) => {
            diesel::update(unused.filter(token::person_id.eq(person))).set(token::used_at.eq(now)).execute(tx.conn)
        }
        None => diesel::update(unused.filter(token::person_id.is_null())).set(token::used_at.eq(now)).execute(tx.conn),
    }?;
    Ok(())
}
