//! What came before a notice about a date that was missed: the reminders that were handed over, the letter to the post at the top of
//! the body, and the notice that was published before. Only what was asked after the last update, and once this date stood, counts.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use super::due::DueDate;
use super::schema::{addressee, change, chase as asked, chase_item, contact, deadline, outbox, remark, reminded};
use super::{AT_ONCE, Error, ReadTx, WriteTx};
use crate::domain::change::RemarkKind;
use crate::domain::chase::ChaseKind;
use crate::domain::email::Email;
use crate::domain::id::{AddresseeId, ChaseId, ContactId, DeadlineId, OutboxId};
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
    /// The day of the letter to the post at the top on which a notice may follow now or later.
    #[must_use]
    pub fn letter(&self) -> Option<Day> {
        self.at_top.written().filter(|on| self.noticed.is_none_or(|noticed| *on > noticed))
    }

    /// The day of the letter to the post at the top on which a notice may follow on `today`: it was handed over on an earlier day, and
    /// after the last notice.
    #[must_use]
    pub fn letter_before(&self, today: Day) -> Option<Day> {
        self.letter().filter(|on| *on < today)
    }
}

/// What was done about each of these dates, in their order.
///
/// # Errors
/// When the database fails, or one of them is no date of the answer that it names.
pub fn steps(tx: &mut ReadTx<'_>, dates: &[DueDate]) -> Result<Vec<Steps>, Error> {
    let mut steps = Vec::with_capacity(dates.len());
    for some in dates.chunks(AT_ONCE) {
        let done = Done::read(tx, some)?;
        for date in some {
            steps.push(done.steps(date).ok_or(Error::NotFound)?);
        }
    }
    Ok(steps)
}

/// When a date was set, for which day, and which date it corrects or replaces.
type Dated = (Day, Option<Day>, (Option<DeadlineId>, Option<DeadlineId>));

/// What was done about the answers that some dates are about.
struct Done {
    /// All their dates.
    dated: HashMap<DeadlineId, Dated>,
    /// The day on which their last update came.
    came: HashMap<AddresseeId, Option<Day>>,
    /// The days of which a reminder was handed over to anybody.
    reminders: HashMap<AddresseeId, BTreeSet<Day>>,
    /// The letters to the post at the top, in the order of their days.
    letters: HashMap<AddresseeId, Vec<(Day, LetterSent)>>,
    /// The last day on which somebody published a notice about a date.
    notices: HashMap<(AddresseeId, Day), Day>,
}

impl Done {
    fn read(tx: &mut ReadTx<'_>, dates: &[DueDate]) -> Result<Self, Error> {
        let ids: Vec<AddresseeId> = dates.iter().map(|date| date.addressee).collect();
        let of = ids.as_slice();
        let dated: Vec<(DeadlineId, Dated)> = deadline::table
            .inner_join(change::table)
            .filter(deadline::addressee_id.eq_any(of))
            .select((deadline::id, (change::day, deadline::due_on, (deadline::corrects, deadline::replaces))))
            .load(tx.conn)?;
        let came: Vec<(AddresseeId, Option<Day>)> = addressee::table
            .filter(addressee::id.eq_any(of))
            .select((addressee::id, addressee::last_arrival_on))
            .load(tx.conn)?;
        let reminded: Vec<(AddresseeId, Day)> = reminded::table
            .inner_join(outbox::table.on(outbox::id.eq(reminded::outbox_id)))
            .filter(reminded::addressee_id.eq_any(of).and(outbox::state.eq(MailState::Accepted)))
            .select((reminded::addressee_id, reminded::reminded_on))
            .distinct()
            .load(tx.conn)?;
        let mut reminders: HashMap<AddresseeId, BTreeSet<Day>> = HashMap::new();
        for (item, on) in reminded {
            reminders.entry(item).or_default().insert(on);
        }
        Ok(Self {
            dated: dated.into_iter().collect(),
            came: came.into_iter().collect(),
            reminders,
            letters: letters(tx, of)?,
            notices: notices(tx, of)?,
        })
    }

    fn steps(&self, date: &DueDate) -> Option<Steps> {
        let since = self.stood_since(date.deadline)?;
        let came = *self.came.get(&date.addressee)?;
        let counts = |on: Day| on >= since && came.is_none_or(|came| on > came);
        let reminders = self.reminders.get(&date.addressee).into_iter().flatten();
        let letters = self.letters.get(&date.addressee).into_iter().flatten().copied();
        Some(Steps {
            reminders: reminders.filter(|on| counts(**on)).count() as u64,
            at_top: AtTop::after(letters.filter(|(on, _)| *on > date.on && counts(*on))),
            noticed: self.notices.get(&(date.addressee, date.on)).copied(),
        })
    }

    /// Since when a date is known: of one that was only put down anew, since it first stood.
    fn stood_since(&self, date: DeadlineId) -> Option<Day> {
        let before = |dated: &Dated| dated.2.0.or(dated.2.1).and_then(|before| self.dated.get(&before));
        let mut first = self.dated.get(&date)?;
        while let Some(earlier) = before(first).filter(|earlier| earlier.1 == first.1) {
            first = earlier;
        }
        Some(first.0)
    }
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

/// The item, the day, the kind of letter, and where its mail stands and whether it came back.
type LetterRow = (AddresseeId, Day, ChaseKind, Option<MailState>, Option<bool>);

/// The letters to the post at the top about each of these items, in the order of their days.
fn letters(tx: &mut ReadTx<'_>, of: &[AddresseeId]) -> Result<HashMap<AddresseeId, Vec<(Day, LetterSent)>>, Error> {
    let rows: Vec<LetterRow> = chase_item::table
        .inner_join(asked::table.on(asked::id.eq(chase_item::chase_id)))
        .left_join(outbox::table.on(outbox::reference.eq(asked::reference)))
        .filter(chase_item::addressee_id.eq_any(of).and(asked::to_top))
        .order((asked::happened_on, asked::id))
        .select((
            chase_item::addressee_id,
            asked::happened_on,
            asked::kind,
            outbox::state.nullable(),
            outbox::came_back.nullable(),
        ))
        .load(tx.conn)?;
    let mut letters: HashMap<AddresseeId, Vec<(Day, LetterSent)>> = HashMap::new();
    for (item, on, kind, state, came_back) in rows {
        letters.entry(item).or_default().push((on, sent(kind, state.zip(came_back))));
    }
    Ok(letters)
}

/// Whether a letter to this post about any of these items is of this day, and has neither come back nor been taken back.
///
/// # Errors
/// When the database fails.
pub fn is_written_on(tx: &mut ReadTx<'_>, day: Day, post: ContactId, of: &[AddresseeId]) -> Result<bool, Error> {
    let rows: Vec<(ChaseKind, Option<MailState>, Option<bool>)> = chase_item::table
        .inner_join(asked::table.on(asked::id.eq(chase_item::chase_id)))
        .left_join(outbox::table.on(outbox::reference.eq(asked::reference)))
        .filter(chase_item::addressee_id.eq_any(of).and(asked::to_top))
        .filter(asked::contact_id.eq(Some(post)))
        .filter(asked::happened_on.eq(day))
        .select((asked::kind, outbox::state.nullable(), outbox::came_back.nullable()))
        .load(tx.conn)?;
    let stands = |sent: LetterSent| matches!(sent, LetterSent::Yes | LetterSent::Waits);
    Ok(rows.into_iter().any(|(kind, state, came_back)| stands(sent(kind, state.zip(came_back)))))
}

/// The last day on which somebody published a notice about a date of each of these items.
fn notices(tx: &mut ReadTx<'_>, of: &[AddresseeId]) -> Result<HashMap<(AddresseeId, Day), Day>, Error> {
    // The notice that the register publishes by itself stands at its date.
    let by_hand = remark::deadline_id.is_null().and(remark::author_id.is_not_null());
    let rows: Vec<(Option<AddresseeId>, Option<Day>, Day)> = remark::table
        .inner_join(change::table.on(change::seq.eq(remark::seq)))
        .filter(remark::kind.eq(RemarkKind::Notice).and(remark::addressee_id.eq_any(of)))
        .filter(by_hand)
        .order(remark::seq)
        .select((remark::addressee_id, remark::happened_on, change::day))
        .load(tx.conn)?;
    let about = rows.into_iter().filter_map(|(item, date, on)| Some(((item?, date?), on)));
    // Of several about one date the last stays.
    Ok(about.collect())
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
