//! Mails to people who follow the register: their rows hold an address, so they go with it.

use diesel::prelude::*;

use super::super::schema::{attempt, outbox};
use super::super::{AT_ONCE, Error, ReadTx, WriteTx, subscriber};
use crate::domain::email::Email;
use crate::domain::id::OutboxId;
use crate::domain::mail::Letter;
use crate::domain::moment::Moment;
use crate::domain::outbox::{MailState, useless_from};
use crate::domain::token::Token;

/// The kind of letter that holds a link that confirms.
const ASKS: &str = "follow_asked";
/// The kinds of letter that go to people without an account.
const KINDS: [&str; 2] = [ASKS, "public_digest"];

/// Whether the last link that confirms reached nobody: its mail failed for good, was taken back or was not sent.
///
/// # Errors
/// When the database fails.
pub fn is_link_lost(tx: &mut ReadTx<'_>, email: &Email) -> Result<bool, Error> {
    let last: Option<MailState> = outbox::table
        .filter(outbox::email.eq(email).and(outbox::kind.eq(ASKS)))
        .order(outbox::id.desc())
        .select(outbox::state)
        .first(tx.conn)
        .optional()?;
    Ok(last.is_some_and(|state| state.is_final() && state != MailState::Accepted))
}

/// Whether a letter would only mislead, for its one-time link works no more: its time is over, or, of one that asks somebody whether they
/// want mail, it was used, or they have stopped all mail since. Not where the link is not kept any more.
///
/// # Errors
/// When the database fails.
pub fn has_dead_link(tx: &mut ReadTx<'_>, letter: Option<&Letter>, now: Moment) -> Result<bool, Error> {
    if letter.and_then(useless_from).is_some_and(|end| end <= now) {
        return Ok(true);
    }
    let Some(Letter::FollowAsked(asked)) = letter else { return Ok(false) };
    let Some(token) = Token::in_link(&asked.link) else { return Ok(false) };
    Ok(subscriber::find_to_confirm(tx, &token.hash(), now)?.is_none())
}

/// Removes the rows of such mails to these addresses.
///
/// # Errors
/// When the database fails.
pub fn forget_mails_to(tx: &mut WriteTx<'_>, gone: &[Email]) -> Result<(), Error> {
    let mut ids: Vec<OutboxId> = Vec::new();
    for some in gone.chunks(AT_ONCE) {
        let more: Vec<OutboxId> = outbox::table
            .filter(outbox::kind.eq_any(KINDS).and(outbox::email.eq_any(some)))
            .select(outbox::id)
            .load(tx.conn)?;
        ids.extend(more);
    }
    remove(tx, &ids)
}

/// Removes the rows of such mails with which nothing has been left to do since `before`.
///
/// # Errors
/// When the database fails.
pub fn forget_old_of_followers(tx: &mut WriteTx<'_>, before: Moment) -> Result<(), Error> {
    let done = outbox::finished_at.is_not_null().and(outbox::finished_at.assume_not_null().le(before));
    let ids: Vec<OutboxId> =
        outbox::table.filter(outbox::kind.eq_any(KINDS).and(done)).select(outbox::id).load(tx.conn)?;
    remove(tx, &ids)
}

fn remove(tx: &mut WriteTx<'_>, ids: &[OutboxId]) -> Result<(), Error> {
    for some in ids.chunks(AT_ONCE) {
        diesel::delete(attempt::table.filter(attempt::outbox_id.eq_any(some))).execute(tx.conn)?;
        diesel::delete(outbox::table.filter(outbox::id.eq_any(some))).execute(tx.conn)?;
    }
    Ok(())
}
