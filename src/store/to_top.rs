//! What came before a notice about a date that was missed: the reminders that were handed over, the letter to the post at the top of
//! the body, and the notice that was published before. Only what was asked after the last update, and once this date stood, counts.

use diesel::prelude::*;

use super::chase::{self, How};
use super::due::DueDate;
use super::present::find_addressee;
use super::schema::{change, chase as asked, chase_item, contact, deadline, outbox, remark};
use super::{Error, ReadTx, WriteTx};
use crate::domain::change::RemarkKind;
use crate::domain::chase::ChaseKind;
use crate::domain::email::Email;
use crate::domain::id::{AddresseeId, ChaseId, DeadlineId, OutboxId};
use crate::domain::ladder::{AtTop, LetterSent};
use crate::domain::moment::Day;
use crate::domain::outbox::MailState;

/// What was done about a date that was missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steps {
    /// How many reminders were handed over to anybody, those of one day as one.
    pub reminders: u64,
    /// How far it has come with the post at the top.
    pub at_top: AtTop,
    /// The day of the last notice.
    pub noticed: Option<Day>,
}

impl Steps {
    /// The day of the letter to the post at the top on which a notice may follow on `today`: it was handed over on an earlier day, and
    /// after the last notice.
    #[must_use]
    pub fn letter_before(&self, today: Day) -> Option<Day> {
        let letter = self.at_top.written().filter(|on| *on < today)?;
        self.noticed.is_none_or(|noticed| letter > noticed).then_some(letter)
    }
}

/// What was done about a date.
///
/// # Errors
/// When the database fails.
pub fn steps(tx: &mut ReadTx<'_>, date: &DueDate) -> Result<Steps, Error> {
    let since = stood_since(tx, date.deadline)?;
    let came = find_addressee(tx, date.addressee)?.last_arrival_on;
    let counts = |on: Day| on >= since && came.is_none_or(|came| on > came);
    let reminders = chase::of_item(tx, date.addressee)?;
    let handed_over = |how: &How| matches!(how, How::Mail { accepted, .. } if *accepted > 0);
    let reminders = reminders.iter().filter(|one| counts(one.on) && handed_over(&one.how)).count() as u64;
    let letters = letters(tx, date.addressee)?.into_iter().filter(|(on, _)| *on > date.on && counts(*on));
    Ok(Steps { reminders, at_top: AtTop::after(letters), noticed: last_notice(tx, date)? })
}

type Dated = (Day, Option<Day>, (Option<DeadlineId>, Option<DeadlineId>));

/// Since when a date is known: of one that was only put down anew, since it first stood.
fn stood_since(tx: &mut ReadTx<'_>, date: DeadlineId) -> Result<Day, Error> {
    let mut first = dated(tx, date)?;
    while let Some(before) = first.2.0.or(first.2.1) {
        let earlier = dated(tx, before)?;
        if earlier.1 != first.1 {
            break;
        }
        first = earlier;
    }
    Ok(first.0)
}

fn dated(tx: &mut ReadTx<'_>, date: DeadlineId) -> Result<Dated, Error> {
    Ok(deadline::table
        .inner_join(change::table)
        .filter(deadline::id.eq(date))
        .select((change::day, deadline::due_on, (deadline::corrects, deadline::replaces)))
        .first(tx.conn)?)
}

/// Where the mail of a letter stands, and whether it came back.
type Standing = (MailState, bool);

/// What became of a letter of this kind; `mail` is where it stands, where it goes by our own mail. What failed otherwise than because of
/// whom it is for has not gone.
const fn sent(kind: ChaseKind, mail: Option<Standing>) -> LetterSent {
    match (kind, mail) {
        (ChaseKind::Letter, _) | (ChaseKind::Mail, Some((MailState::Accepted, _))) => LetterSent::Yes,
        (ChaseKind::Mail, Some((MailState::PermanentFailure, true))) => LetterSent::CameBack,
        (ChaseKind::Mail, Some((MailState::Queued | MailState::Sending | MailState::TemporaryFailure, _))) => {
            LetterSent::Waits
        }
        (
            ChaseKind::Mail,
            Some((MailState::Cancelled | MailState::Suppressed | MailState::PermanentFailure, _)) | None,
        )
        | (ChaseKind::Call | ChaseKind::Meeting, _) => LetterSent::No,
    }
}

/// The letters to the post at the top about an item, in the order of their days.
fn letters(tx: &mut ReadTx<'_>, item: AddresseeId) -> Result<Vec<(Day, LetterSent)>, Error> {
    let rows: Vec<(Day, ChaseKind, Option<MailState>, Option<bool>)> = chase_item::table
        .inner_join(asked::table.on(asked::id.eq(chase_item::chase_id)))
        .left_join(outbox::table.on(outbox::reference.eq(asked::reference)))
        .filter(chase_item::addressee_id.eq(item).and(asked::to_top))
        .order((asked::happened_on, asked::id))
        .select((asked::happened_on, asked::kind, outbox::state.nullable(), outbox::came_back.nullable()))
        .load(tx.conn)?;
    Ok(rows.into_iter().map(|(on, kind, state, came_back)| (on, sent(kind, state.zip(came_back)))).collect())
}

/// The last day on which somebody published a notice about this date.
fn last_notice(tx: &mut ReadTx<'_>, date: &DueDate) -> Result<Option<Day>, Error> {
    // The notice that the register publishes by itself stands at its date.
    let by_hand = remark::deadline_id.is_null().and(remark::author_id.is_not_null());
    Ok(remark::table
        .inner_join(change::table.on(change::seq.eq(remark::seq)))
        .filter(remark::kind.eq(RemarkKind::Notice).and(remark::addressee_id.eq(date.addressee)))
        .filter(by_hand.and(remark::happened_on.eq(date.on)))
        .order(remark::seq.desc())
        .select(change::day)
        .first(tx.conn)
        .optional()?)
}

/// Whether whoever a mailed letter goes to still stands at the top with that address.
///
/// # Errors
/// When the database fails.
pub fn still_stands(tx: &mut ReadTx<'_>, mail: &str, email: &Email) -> Result<bool, Error> {
    let standing: i64 = asked::table
        .inner_join(contact::table.on(asked::contact_id.eq(contact::id.nullable())))
        .filter(asked::reference.eq(mail).and(contact::ended_on.is_null()).and(contact::email.eq(email)))
        .count()
        .get_result(tx.conn)?;
    Ok(standing > 0)
}

/// A mailed letter is of the day on which it goes, not of that on which it was written.
///
/// # Errors
/// When the database fails.
pub fn goes_on(tx: &mut WriteTx<'_>, mail: &str, today: Day) -> Result<(), Error> {
    tx.is_seen();
    let another = asked::table.filter(asked::reference.eq(mail).and(asked::happened_on.ne(today)));
    diesel::update(another).set(asked::happened_on.eq(today)).execute(tx.conn)?;
    Ok(())
}

/// The day of a mailed letter, and what it asks about.
///
/// # Errors
/// When the database fails.
pub fn asked_by(tx: &mut ReadTx<'_>, mail: &str) -> Result<Option<(Day, Vec<AddresseeId>)>, Error> {
    let found: Option<(ChaseId, Day)> = asked::table
        .filter(asked::reference.eq(mail))
        .select((asked::id, asked::happened_on))
        .first(tx.conn)
        .optional()?;
    let Some((id, on)) = found else { return Ok(None) };
    let items = chase_item::table
        .filter(chase_item::chase_id.eq(id))
        .order(chase_item::id)
        .select(chase_item::addressee_id)
        .load(tx.conn)?;
    Ok(Some((on, items)))
}

/// The same, without what somebody asked by hand on the same day otherwise: in another way, or by another letter that was handed over and
/// has not come back.
///
/// # Errors
/// When the database fails.
pub fn asked_by_alone(tx: &mut ReadTx<'_>, mail: &str) -> Result<Option<(Day, Vec<AddresseeId>)>, Error> {
    let Some((on, mut items)) = asked_by(tx, mail)? else { return Ok(None) };
    let that_day: Vec<(AddresseeId, Option<MailState>)> = chase_item::table
        .inner_join(asked::table.on(asked::id.eq(chase_item::chase_id)))
        .left_join(outbox::table.on(outbox::reference.eq(asked::reference)))
        .filter(asked::happened_on.eq(on).and(asked::reference.ne(mail)))
        .filter(chase_item::addressee_id.eq_any(items.clone()))
        .select((chase_item::addressee_id, outbox::state.nullable()))
        .load(tx.conn)?;
    // What does not go by our own mail has asked once it is kept.
    let has_asked = |state: Option<MailState>| state.is_none_or(|state| state == MailState::Accepted);
    items.retain(|item| !that_day.iter().any(|(other, state)| other == item && has_asked(*state)));
    Ok(Some((on, items)))
}

/// A mailed letter does not ask about these answers after all.
///
/// # Errors
/// When the database fails.
pub fn not_asked(tx: &mut WriteTx<'_>, mail: OutboxId, answers: &[AddresseeId]) -> Result<(), Error> {
    let letter: Option<ChaseId> = asked::table
        .inner_join(outbox::table.on(outbox::reference.eq(asked::reference)))
        .filter(outbox::id.eq(mail))
        .select(asked::id)
        .first(tx.conn)
        .optional()?;
    let Some(letter) = letter.filter(|_| !answers.is_empty()) else { return Ok(()) };
    tx.is_seen();
    let these = chase_item::table.filter(chase_item::chase_id.eq(letter));
    diesel::delete(these.filter(chase_item::addressee_id.eq_any(answers.to_vec()))).execute(tx.conn)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_has_gone_once_it_was_handed_over() {
        let of = |state| sent(ChaseKind::Mail, Some((state, false)));
        assert_eq!(sent(ChaseKind::Letter, None), LetterSent::Yes);
        assert_eq!((of(MailState::Accepted), of(MailState::Queued)), (LetterSent::Yes, LetterSent::Waits));
        assert_eq!(sent(ChaseKind::Mail, Some((MailState::PermanentFailure, true))), LetterSent::CameBack);
        assert_eq!((sent(ChaseKind::Mail, None), of(MailState::Cancelled)), (LetterSent::No, LetterSent::No));
        assert_eq!(of(MailState::PermanentFailure), LetterSent::No, "a server that was away says nothing of a post");
    }
}
