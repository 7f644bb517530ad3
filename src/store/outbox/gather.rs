//! Mails that wait: a while for more of the same kind to the same reader, so that one mail tells all of it, or for the hours at
//! which people work.

use diesel::dsl::max;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::{from_column, in_column};
use crate::domain::email::Email;
use crate::domain::id::{OutboxId, PersonId};
use crate::domain::mail::Letter;
use crate::domain::moment::{HOLD_IN_DOUBT_SECONDS, Moment, PUT_OFF_IN_DOUBT_SECONDS};
use crate::domain::outbox::{MailState, SCHEDULED, SCHEDULED_IN_PART, time_runs};
use crate::store::conn::Multi;
use crate::store::schema::outbox;
use crate::store::{Error, ReadTx, WriteTx};

/// What a list of mails is narrowed by.
pub(super) type Condition = Box<dyn BoxableExpression<outbox::table, Multi, SqlType = Bool>>;

/// Whether the time of a mail that waits has come, or was put so far off that the clock must have been ahead.
pub(super) fn time_has_come(now: Moment) -> Condition {
    let ahead = now.plus_seconds(PUT_OFF_IN_DOUBT_SECONDS);
    Box::new(outbox::not_before.le(now).or(outbox::not_before.gt(ahead)))
}

/// Whether a postman is to take a mail: one that waits and whose time has come, or one whose postman did not come back.
pub(super) fn is_due(now: Moment) -> Condition {
    let waiting = outbox::state.eq_any(MailState::WAITING);
    let held_until = outbox::lease_until.assume_not_null();
    let doubt = now.plus_seconds(HOLD_IN_DOUBT_SECONDS);
    let abandoned = outbox::state.eq(MailState::Sending).and(held_until.lt(now).or(held_until.ge(doubt)));
    Box::new(waiting.and(time_has_come(now)).or(abandoned))
}

/// Whether a mail goes at any hour: what nobody scheduled, and what tells of a time that runs. Letters of the kind that does so in
/// part are read; whoever signs off for a body has one at most that waits.
pub(super) fn goes_at_any_hour(tx: &mut ReadTx<'_>) -> Result<Condition, Error> {
    let in_part: Vec<(OutboxId, String)> = outbox::table
        .filter(outbox::kind.eq(SCHEDULED_IN_PART).and(outbox::state.eq_any(MailState::UNSENT)))
        .select((outbox::id, outbox::letter))
        .load(tx.conn)?;
    let waits = |letter: &str| from_column(letter).is_some_and(|letter| !time_runs(&letter));
    let waits: Vec<OutboxId> = in_part.into_iter().filter(|(_, letter)| waits(letter)).map(|(id, _)| id).collect();
    Ok(Box::new(outbox::kind.ne_all(SCHEDULED).and(outbox::id.ne_all(waits))))
}

/// The mail of this kind to somebody that nobody has tried yet, with what it says.
///
/// # Errors
/// When the database fails.
pub fn gathering(tx: &mut ReadTx<'_>, person: PersonId, kind: &str) -> Result<Option<(OutboxId, Letter)>, Error> {
    let row: Option<(OutboxId, String)> = outbox::table
        .filter(outbox::person_id.eq(person).and(outbox::kind.eq(kind)))
        .filter(outbox::state.eq(MailState::Queued).and(outbox::attempts.eq(0_i64)))
        .order(outbox::id.desc())
        .select((outbox::id, outbox::letter))
        .first(tx.conn)
        .optional()?;
    Ok(row.and_then(|(id, letter)| Some((id, from_column(&letter)?))))
}

/// Puts a letter in the place of one that nobody has tried yet. `false` when a postman took it meanwhile: it says the old.
///
/// # Errors
/// When the database fails.
pub fn gather_into(tx: &mut WriteTx<'_>, id: OutboxId, letter: &Letter) -> Result<bool, Error> {
    let waits = outbox::table.find(id).filter(outbox::state.eq(MailState::Queued).and(outbox::attempts.eq(0_i64)));
    let set = (outbox::letter.eq(in_column(letter)?), outbox::message.eq(None::<Vec<u8>>));
    Ok(diesel::update(waits).set(set).execute(tx.conn)? == 1)
}

/// The first moment at which the last mail of this kind to somebody could go; one that was taken back is none.
///
/// # Errors
/// When the database fails.
pub fn last_of_kind(tx: &mut ReadTx<'_>, person: PersonId, kind: &str) -> Result<Option<Moment>, Error> {
    Ok(outbox::table
        .filter(outbox::person_id.eq(person).and(outbox::kind.eq(kind)))
        .filter(outbox::state.ne_all([MailState::Cancelled, MailState::Suppressed]))
        .select(max(outbox::not_before))
        .first(tx.conn)?)
}

/// When the last mail of this kind to an address was written; one that was taken back is none.
///
/// # Errors
/// When the database fails.
pub fn last_to(tx: &mut ReadTx<'_>, email: &Email, kind: &str) -> Result<Option<Moment>, Error> {
    Ok(outbox::table
        .filter(outbox::email.eq(email).and(outbox::kind.eq(kind)))
        .filter(outbox::state.ne_all([MailState::Cancelled, MailState::Suppressed]))
        .select(max(outbox::created_at))
        .first(tx.conn)?)
}
