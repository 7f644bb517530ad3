//! Letters that have not gone yet, once the record has changed under them.

use diesel::prelude::*;

use super::{from_column, in_column, note};
use crate::domain::id::{AddresseeId, OutboxId};
use crate::domain::mail::Letter;
use crate::domain::moment::Moment;
use crate::domain::outbox::{MailState, masked};
use crate::store::schema::{chase, chase_item, outbox, reminded};
use crate::store::{Error, WriteTx, to_top};

/// Lets `rewrite` change the letters of mails that have not gone yet. A changed one is composed again, also where it was
/// tried before.
///
/// # Errors
/// When the database fails.
pub fn rewrite_unsent(tx: &mut WriteTx<'_>, rewrite: impl Fn(&mut Letter) -> bool) -> Result<(), Error> {
    let unsent: Vec<(OutboxId, String)> = outbox::table
        .filter(outbox::state.eq_any(MailState::UNSENT))
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

/// Takes an answer out of every reminder that waits, and out of every letter to a post at the top: what it asked for came, or is owed
/// by another date or of another body now. One that asks for nothing more is taken back. What a postman holds may be on its way: it is
/// looked through once more before each further try.
///
/// # Errors
/// When the database fails.
pub fn take_out_of_reminders(tx: &mut WriteTx<'_>, answer: AddresseeId, now: Moment) -> Result<(), Error> {
    let mut waiting: Vec<(OutboxId, MailState, String)> = reminded::table
        .inner_join(outbox::table.on(outbox::id.eq(reminded::outbox_id)))
        .filter(reminded::addressee_id.eq(answer))
        .filter(outbox::state.eq_any(MailState::WAITING))
        .select((outbox::id, outbox::state, outbox::letter))
        .load(tx.conn)?;
    let letters: Vec<(OutboxId, MailState, String)> = chase_item::table
        .inner_join(chase::table.on(chase::id.eq(chase_item::chase_id)))
        .inner_join(outbox::table.on(outbox::reference.eq(chase::reference)))
        .filter(chase_item::addressee_id.eq(answer))
        .filter(outbox::state.eq_any(MailState::WAITING))
        .select((outbox::id, outbox::state, outbox::letter))
        .load(tx.conn)?;
    waiting.extend(letters);
    for (id, state, text) in waiting {
        let Some(mut letter) = from_column(&text) else { continue };
        let items = match &mut letter {
            Letter::Reminder(reminder) => &mut reminder.items,
            Letter::TopAsked(asked) => &mut asked.items,
            _ => continue,
        };
        items.retain(|item| item.addressee != Some(answer));
        let empty = items.is_empty();
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

/// A reminder, or a letter to a post at the top, does not ask about these answers after all: nobody will say that it did.
///
/// # Errors
/// When the database fails.
pub fn not_asked(tx: &mut WriteTx<'_>, mail: OutboxId, answers: &[AddresseeId]) -> Result<(), Error> {
    if answers.is_empty() {
        return Ok(());
    }
    let theirs = reminded::table.filter(reminded::outbox_id.eq(mail).and(reminded::addressee_id.eq_any(answers)));
    diesel::delete(theirs).execute(tx.conn)?;
    to_top::not_asked(tx, mail, answers)
}
