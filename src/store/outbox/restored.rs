//! Mail in a copy that is restored: it may have gone from the register that the copy was taken of, and does not go again by
//! itself.

use diesel::prelude::*;

use super::{Suppressed, from_column, note, replace_letter};
use crate::domain::id::{OutboxId, PersonId};
use crate::domain::mail::Letter;
use crate::domain::moment::Moment;
use crate::domain::outbox::{MailState, is_secret, masked};
use crate::store::schema::outbox;
use crate::store::{Error, WriteTx};

/// Takes every mail that waits or was being sent out of the postman's reach. One that holds a one-time link, and with
/// `forget` every one, is cancelled and its words are removed; any other is held back until a person asks for another try.
/// Answers each with where it stands now, and with what it said.
///
/// # Errors
/// When the database fails.
pub fn hold_back(
    tx: &mut WriteTx<'_>,
    forget: bool,
    now: Moment,
    (held_answer, cancelled_answer): (&str, &str),
) -> Result<Vec<(MailState, Suppressed)>, Error> {
    let unsent: Vec<(OutboxId, Option<PersonId>, String)> = outbox::table
        .filter(outbox::state.eq_any(MailState::UNSENT))
        .order(outbox::id)
        .select((outbox::id, outbox::person_id, outbox::letter))
        .load(tx.conn)?;
    let mut taken = Vec::with_capacity(unsent.len());
    for (id, person, text) in unsent {
        let letter = from_column(&text);
        let keep = !forget && letter.as_ref().is_some_and(|letter| !is_secret(letter));
        // Every one-time link of the copy has ended.
        if let Some(letter) = letter.filter(|letter| keep && matches!(letter, Letter::Reminder(_))) {
            replace_letter(tx, id, Some(&masked(letter)))?;
        }
        let (state, answer) = if keep {
            (MailState::PermanentFailure, held_answer)
        } else {
            replace_letter(tx, id, None)?;
            (MailState::Cancelled, cancelled_answer)
        };
        diesel::update(outbox::table.find(id))
            .set((
                outbox::state.eq(state),
                outbox::finished_at.eq(Some(now)),
                outbox::lease.eq(None::<String>),
                outbox::lease_until.eq(None::<Moment>),
                // Composed anew, should somebody ask for it.
                outbox::message.eq(None::<Vec<u8>>),
            ))
            .execute(tx.conn)?;
        note(tx, id, state, answer, now)?;
        taken.push((state, Suppressed { id, person, letter: from_column(&text) }));
    }
    Ok(taken)
}
