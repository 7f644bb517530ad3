//! Letters that have not gone yet, once the record has changed under them.

use diesel::prelude::*;

use super::{from_column, in_column, note};
use crate::domain::id::{AddresseeId, OutboxId};
use crate::domain::mail::Letter;
use crate::domain::moment::Moment;
use crate::domain::outbox::{MailState, masked};
use crate::store::schema::{outbox, reminded};
use crate::store::{Error, WriteTx};

/// Lets `rewrite` change the letters of mails that have not gone yet. A changed one is composed again, also where it was
/// tried before.
///
/// # Errors
/// When the database fails.
pub fn rewrite_unsent(tx: &mut WriteTx<'_>, rewrite: impl Fn(&mut Letter) -> bool) -> Result<(), Error> {
    let unsent: Vec<(OutboxId, String)> = outbox::table
        .filter(outbox::state.eq_any([MailState::Queued, MailState::Sending, MailState::TemporaryFailure]))
        .select((outbox::id, outbox::letter))
        .load(tx.conn)?;
    for (id, text) in unsent {
        let Some(mut letter) = from_column(&text) else { continue };
        if rewrite(&mut letter) {
            diesel::update(outbox::table.find(id))
                .set((outbox::letter.eq(in_column(&letter)?), outbox::message.eq(None::<Vec<u8>>)))
                .execute(tx.conn)?;
        }
    }
    Ok(())
}

/// Takes an answer out of every reminder that waits: what it asked for came, or is owed by another date or of another body now. A
/// reminder that asks for nothing more is taken back. What a postman holds may be on its way: it is looked through once more
/// before each further try.
///
/// # Errors
/// When the database fails.
pub fn take_out_of_reminders(tx: &mut WriteTx<'_>, answer: AddresseeId, now: Moment) -> Result<(), Error> {
    let waiting: Vec<(OutboxId, MailState, String)> = reminded::table
        .inner_join(outbox::table.on(outbox::id.eq(reminded::outbox_id)))
        .filter(reminded::addressee_id.eq(answer))
        .filter(outbox::state.eq_any([MailState::Queued, MailState::TemporaryFailure]))
        .select((outbox::id, outbox::state, outbox::letter))
        .load(tx.conn)?;
    for (id, state, text) in waiting {
        let Some(Letter::Reminder(mut reminder)) = from_column(&text) else { continue };
        reminder.items.retain(|item| item.addressee != Some(answer));
        let empty = reminder.items.is_empty();
        let letter = Letter::Reminder(reminder);
        let letter = if empty { masked(letter) } else { letter };
        let to = if empty { MailState::Cancelled } else { state };
        let set = (
            outbox::letter.eq(in_column(&letter)?),
            outbox::message.eq(None::<Vec<u8>>),
            outbox::state.eq(to),
            outbox::finished_at.eq(empty.then_some(now)),
        );
        // A postman may have taken it meanwhile.
        if diesel::update(outbox::table.find(id).filter(outbox::state.eq(state))).set(set).execute(tx.conn)? == 0 {
            continue;
        }
        not_asked(tx, id, &[answer])?;
        if empty {
            note(tx, id, to, "Not sent: nothing that it asks for is owed any more.", now)?;
        }
    }
    Ok(())
}

/// A reminder does not ask about these answers after all: nobody will say that it did.
///
/// # Errors
/// When the database fails.
pub fn not_asked(tx: &mut WriteTx<'_>, mail: OutboxId, answers: &[AddresseeId]) -> Result<(), Error> {
    if answers.is_empty() {
        return Ok(());
    }
    let theirs = reminded::table.filter(reminded::outbox_id.eq(mail).and(reminded::addressee_id.eq_any(answers)));
    diesel::delete(theirs).execute(tx.conn)?;
    Ok(())
}
