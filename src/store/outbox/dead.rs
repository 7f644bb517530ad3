//! Mails to an address that is dead, and reports of mails that came back.

use std::collections::HashMap;

use diesel::dsl::max;
use diesel::prelude::*;

use super::{from_column, note};
use crate::domain::email::Email;
use crate::domain::id::{OutboxId, PersonId};
use crate::domain::mail::Letter;
use crate::domain::moment::Moment;
use crate::domain::outbox::MailState;
use crate::store::schema::outbox;
use crate::store::{AT_ONCE, Error, ReadTx, WriteTx};

/// A mail that will not go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppressed {
    /// Its inner number.
    pub id: OutboxId,
    /// Who it was for, where they have an account.
    pub person: Option<PersonId>,
    /// What it says; `None` where its words could not be read.
    pub letter: Option<Letter>,
}

/// Suppresses every mail to this address that waits; one that a postman holds is looked at again when it comes back. Answers
/// them.
///
/// # Errors
/// When the database fails.
pub fn suppress_waiting(
    tx: &mut WriteTx<'_>,
    email: &Email,
    answer: &str,
    now: Moment,
) -> Result<Vec<Suppressed>, Error> {
    let rows: Vec<(OutboxId, Option<PersonId>, String)> = outbox::table
        .filter(outbox::email.eq(email).and(outbox::state.eq_any(MailState::WAITING)))
        .order(outbox::id)
        .select((outbox::id, outbox::person_id, outbox::letter))
        .load(tx.conn)?;
    let mut suppressed = Vec::with_capacity(rows.len());
    for (id, person, letter) in rows {
        let set = (outbox::state.eq(MailState::Suppressed), outbox::finished_at.eq(Some(now)));
        // A postman may have taken it since it was read: then it is looked at again when it comes back.
        let waits = outbox::table.find(id).filter(outbox::state.eq_any(MailState::WAITING));
        if diesel::update(waits).set(set).execute(tx.conn)? == 0 {
            continue;
        }
        note(tx, id, MailState::Suppressed, answer, now)?;
        suppressed.push(Suppressed { id, person, letter: from_column(&letter) });
    }
    Ok(suppressed)
}

/// Marks that a mail which was handed over has come back. `false` where it does not stand as accepted.
///
/// # Errors
/// When the database fails.
pub fn came_back(tx: &mut WriteTx<'_>, id: OutboxId, answer: &str, now: Moment) -> Result<bool, Error> {
    let seen = outbox::table.find(id).filter(outbox::state.eq(MailState::Accepted));
    let set =
        (outbox::state.eq(MailState::PermanentFailure), outbox::came_back.eq(true), outbox::finished_at.eq(Some(now)));
    if diesel::update(seen).set(set).execute(tx.conn)? == 0 {
        return Ok(false);
    }
    note(tx, id, MailState::PermanentFailure, answer, now)?;
    Ok(true)
}

/// Notes of mails that failed for good whether they did so because of whom they are for.
///
/// # Errors
/// When the database fails.
pub fn set_came_back(tx: &mut WriteTx<'_>, ids: &[OutboxId], came_back: bool) -> Result<(), Error> {
    for some in ids.chunks(AT_ONCE) {
        let failed = outbox::table
            .filter(outbox::id.eq_any(some))
            .filter(outbox::state.eq(MailState::PermanentFailure).and(outbox::came_back.ne(came_back)));
        diesel::update(failed).set(outbox::came_back.eq(came_back)).execute(tx.conn)?;
    }
    Ok(())
}

/// Those of these addresses from which the last mail came back, or was refused because of whom it is for: the last that was written of
/// those that were handed over or came back. What failed otherwise says nothing of an address. With the moment at which that was known.
///
/// # Errors
/// When the database fails.
pub fn last_came_back(tx: &mut ReadTx<'_>, emails: Vec<Email>) -> Result<HashMap<Email, Moment>, Error> {
    if emails.is_empty() {
        return Ok(HashMap::new());
    }
    let last: Vec<Option<OutboxId>> = outbox::table
        .filter(outbox::email.eq_any(emails))
        .filter(
            outbox::state
                .eq(MailState::Accepted)
                .or(outbox::state.eq(MailState::PermanentFailure).and(outbox::came_back.eq(true))),
        )
        .group_by(outbox::email)
        .select(max(outbox::id))
        .load(tx.conn)?;
    let failed: Vec<(Email, Moment)> = outbox::table
        .filter(outbox::id.eq_any(last.into_iter().flatten().collect::<Vec<_>>()))
        .filter(outbox::state.ne(MailState::Accepted).and(outbox::finished_at.is_not_null()))
        .select((outbox::email, outbox::finished_at.assume_not_null()))
        .load(tx.conn)?;
    Ok(failed.into_iter().collect())
}

/// Notes what a report says of a mail that stays where it stands.
///
/// # Errors
/// When the database fails.
pub fn note_report(
    tx: &mut WriteTx<'_>,
    (id, stands): (OutboxId, MailState),
    answer: &str,
    now: Moment,
) -> Result<(), Error> {
    note(tx, id, stands, answer, now)
}
