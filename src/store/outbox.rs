//! Mails on their way out: written in the transaction of what they tell of, then leased, tried and marked by the postman.
//!
//! Here is what deeds and the postman write; what staff read of it is in `list`.

mod dead;
mod follower;
mod gather;
mod list;
mod name;
mod refused;
mod restored;
mod search;
mod unsent;
mod watch;

use diesel::prelude::*;

pub use dead::{Suppressed, came_back, last_came_back, note_report, set_came_back, suppress_waiting};
pub use follower::{forget_mails_to, forget_old_of_followers, is_link_lost};
pub use gather::{gather_into, gathering, last_of_kind, last_to};
pub use list::{
    MailAttempt, MailRow, attempts, counts, failed_between, find, is_any_due, kept_message, unfinished_by,
    waiting_since,
};
pub use name::{called, named};
pub use refused::{RefusedMail, refused_in_a_row};
pub use restored::hold_back;
pub use search::{Oldest, Only, accounts_unsent, kinds, list, oldest_by_state};
pub use unsent::{not_asked, rewrite_unsent, take_out_of_reminders};
pub use watch::mail_counts;

use super::conn::each;
use super::schema::{attempt, outbox};
use super::{Error, WriteTx};
use crate::domain::email::Email;
use crate::domain::id::{OutboxId, PersonId};
use crate::domain::mail::Letter;
use crate::domain::moment::{HOLD_IN_DOUBT_SECONDS, Moment};
use crate::domain::outbox::MailState;
use crate::domain::refusal::OfAddress;

/// A mail to be sent.
#[derive(Debug, Clone, Copy)]
pub struct NewMail<'a> {
    /// What the deed or the run that writes it calls it, and no other mail. With a part that nobody can guess it becomes its name,
    /// which makes the Message-ID and stands in the address of its staff page.
    pub reference: &'a str,
    /// Recipient, kind and period: a second mail with the same key is not written. `None` where each one is meant.
    pub dedupe_key: Option<&'a str>,
    /// Who it is for, where they have an account.
    pub person: Option<PersonId>,
    /// Where it goes.
    pub email: &'a Email,
    /// What it says.
    pub letter: &'a Letter,
    /// The first moment at which it may go.
    pub not_before: Moment,
    /// The moment of the deed that it tells of.
    pub now: Moment,
}

/// Writes a mail into the outbox. Answers whether it was written: `false` where its dedupe key is there already.
///
/// # Errors
/// When the database fails.
pub fn enqueue(tx: &mut WriteTx<'_>, mail: &NewMail<'_>) -> Result<bool, Error> {
    let letter = in_column(mail.letter)?;
    let name = named(tx, mail.reference)?;
    let row = (
        outbox::reference.eq(&name),
        outbox::dedupe_key.eq(mail.dedupe_key),
        outbox::kind.eq(mail.letter.kind()),
        outbox::person_id.eq(mail.person),
        outbox::email.eq(mail.email),
        outbox::letter.eq(&letter),
        outbox::state.eq(MailState::Queued),
        outbox::not_before.eq(mail.not_before),
        outbox::created_at.eq(mail.now),
        outbox::attempts.eq(0_i64),
    );
    let written = each!(&mut *tx.conn, inner => {
        diesel::insert_into(outbox::table).values(row).on_conflict(outbox::dedupe_key).do_nothing().execute(inner)
    })?;
    Ok(written == 1)
}

/// A mail that this postman holds, until the lease ends.
#[derive(Debug, Clone)]
pub struct Leased {
    /// Its inner number.
    pub id: OutboxId,
    /// Its own random name.
    pub reference: String,
    /// Who it is for, where they have an account.
    pub person: Option<PersonId>,
    /// Where it goes.
    pub email: Email,
    /// What it says; `None` where the words were removed, or are of a kind that this program does not know.
    pub letter: Option<Letter>,
    /// When it was written.
    pub created_at: Moment,
    /// How often it has been tried since somebody last asked for it.
    pub attempts: u32,
    /// The mail as it was composed at the first try: every try sends these bytes.
    pub message: Option<Vec<u8>>,
}

/// Takes up to `limit` mails whose time has come, or whose postman did not come back, for the holder of `lease`. Each is
/// taken by an update that must find it as it was read, so two postmen never hold one. While it is `quiet`, scheduled mail
/// waits.
///
/// # Errors
/// When the database fails.
pub fn lease_due(
    tx: &mut WriteTx<'_>,
    lease: &str,
    now: Moment,
    until: Moment,
    quiet: bool,
    limit: i64,
) -> Result<Vec<Leased>, Error> {
    let waiting = outbox::state.eq_any(MailState::WAITING);
    let held_until = outbox::lease_until.assume_not_null();
    let doubt = now.plus_seconds(HOLD_IN_DOUBT_SECONDS);
    let abandoned = outbox::state.eq(MailState::Sending).and(held_until.lt(now).or(held_until.ge(doubt)));
    let mut due = outbox::table
        .filter(waiting.and(outbox::not_before.le(now)).or(abandoned))
        .order((outbox::not_before, outbox::id))
        .limit(limit)
        .select((outbox::id, outbox::state, outbox::lease))
        .into_boxed();
    if quiet {
        due = due.filter(gather::goes_at_any_hour(tx)?);
    }
    let due: Vec<(OutboxId, MailState, Option<String>)> = due.load(tx.conn)?;
    let mut taken = Vec::with_capacity(due.len());
    for (id, state, held_by) in due {
        let unchanged = outbox::table.find(id).filter(outbox::state.eq(state));
        let set = (outbox::state.eq(MailState::Sending), outbox::lease.eq(lease), outbox::lease_until.eq(until));
        let changed = match held_by {
            None => diesel::update(unchanged.filter(outbox::lease.is_null())).set(set).execute(tx.conn)?,
            Some(other) => diesel::update(unchanged.filter(outbox::lease.eq(other))).set(set).execute(tx.conn)?,
        };
        if changed == 1 {
            taken.push(id);
        }
    }
    held(tx, &taken)
}

type LeasedRow = (OutboxId, String, Option<PersonId>, Email, String, Moment, i64, Option<Vec<u8>>);

fn held(tx: &mut WriteTx<'_>, ids: &[OutboxId]) -> Result<Vec<Leased>, Error> {
    let rows: Vec<LeasedRow> = outbox::table
        .filter(outbox::id.eq_any(ids))
        .order((outbox::not_before, outbox::id))
        .select((
            outbox::id,
            outbox::reference,
            outbox::person_id,
            outbox::email,
            outbox::letter,
            outbox::created_at,
            outbox::attempts,
            outbox::message,
        ))
        .load(tx.conn)?;
    let leased = rows.into_iter().map(|(id, reference, person, email, letter, created_at, attempts, message)| Leased {
        id,
        reference,
        person,
        email,
        letter: from_column(&letter),
        created_at,
        attempts: u32::try_from(attempts).unwrap_or(0),
        message,
    });
    Ok(leased.collect())
}

/// Keeps the composed mail before it is tried, so that a second try after a crash sends the same bytes. `false` when the
/// lease was lost meanwhile.
///
/// # Errors
/// When the database fails.
pub fn keep_message(
    tx: &mut WriteTx<'_>,
    id: OutboxId,
    lease: &str,
    subject: &str,
    message: &[u8],
) -> Result<bool, Error> {
    let mine = outbox::table.find(id).filter(outbox::lease.eq(lease));
    let set = (outbox::subject.eq(subject), outbox::message.eq(message));
    Ok(diesel::update(mine).set(set).execute(tx.conn)? == 1)
}

/// What became of a try.
#[derive(Debug, Clone, Copy)]
pub struct Tried<'a> {
    /// Where the mail stands now.
    pub state: MailState,
    /// When it is tried again, if it is.
    pub next: Option<Moment>,
    /// What the mail server said, or why nothing was sent.
    pub answer: &'a str,
    /// What that says of the address.
    pub of_address: OfAddress,
    /// When that was.
    pub now: Moment,
}

/// Marks the try of a leased mail, notes the answer and ends the lease. `false` when the lease was lost meanwhile: then
/// nothing is written.
///
/// # Errors
/// When the database fails.
pub fn finish(tx: &mut WriteTx<'_>, id: OutboxId, lease: &str, tried: &Tried<'_>) -> Result<bool, Error> {
    let mine = outbox::table.find(id).filter(outbox::state.eq(MailState::Sending)).filter(outbox::lease.eq(lease));
    let set = (
        outbox::state.eq(tried.state),
        // Of one that was refused that is judged once the round is over.
        outbox::came_back.eq(false),
        outbox::attempts.eq(outbox::attempts + 1),
        outbox::finished_at.eq(tried.state.is_final().then_some(tried.now)),
        outbox::lease.eq(None::<String>),
        outbox::lease_until.eq(None::<Moment>),
    );
    if diesel::update(mine).set(set).execute(tx.conn)? == 0 {
        return Ok(false);
    }
    if let Some(next) = tried.next {
        diesel::update(outbox::table.find(id)).set(outbox::not_before.eq(next)).execute(tx.conn)?;
    }
    note_try(tx, id, tried)?;
    Ok(true)
}

fn note(tx: &mut WriteTx<'_>, id: OutboxId, outcome: MailState, answer: &str, now: Moment) -> Result<(), Error> {
    note_try(tx, id, &Tried { state: outcome, next: None, answer, of_address: OfAddress::Nothing, now })
}

fn note_try(tx: &mut WriteTx<'_>, id: OutboxId, tried: &Tried<'_>) -> Result<(), Error> {
    diesel::insert_into(attempt::table)
        .values((
            attempt::outbox_id.eq(id),
            attempt::at.eq(tried.now),
            attempt::outcome.eq(tried.state.as_str()),
            attempt::answer.eq(tried.answer),
            attempt::refused.eq(tried.of_address.is_judged()),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// When the first of the last `tries` tries of a mail was; `None` where there was none.
///
/// # Errors
/// When the database fails.
pub fn first_of_last(tx: &mut WriteTx<'_>, id: OutboxId, tries: u32) -> Result<Option<Moment>, Error> {
    if tries == 0 {
        return Ok(None);
    }
    Ok(attempt::table
        .filter(attempt::outbox_id.eq(id))
        .order(attempt::id.desc())
        .offset(i64::from(tries - 1))
        .limit(1)
        .select(attempt::at)
        .first(tx.conn)
        .optional()?)
}

/// Gives back every mail that this lease still holds, untried: on the way out of a process.
///
/// # Errors
/// When the database fails.
pub fn release(tx: &mut WriteTx<'_>, lease: &str) -> Result<usize, Error> {
    let mine = outbox::table.filter(outbox::state.eq(MailState::Sending)).filter(outbox::lease.eq(lease));
    let set =
        (outbox::state.eq(MailState::Queued), outbox::lease.eq(None::<String>), outbox::lease_until.eq(None::<Moment>));
    Ok(diesel::update(mine).set(set).execute(tx.conn)?)
}

/// Moves a mail by hand from the state in which it was seen: tried again from `not_before`, or taken back. `false` when
/// it has moved on meanwhile.
///
/// # Errors
/// When the database fails.
pub fn settle(
    tx: &mut WriteTx<'_>,
    id: OutboxId,
    (from, to): (MailState, MailState),
    not_before: Moment,
    now: Moment,
) -> Result<bool, Error> {
    let seen = outbox::table.find(id).filter(outbox::state.eq(from));
    let set = (
        outbox::state.eq(to),
        outbox::came_back.eq(false),
        outbox::not_before.eq(not_before),
        outbox::attempts.eq(0_i64),
        outbox::finished_at.eq(to.is_final().then_some(now)),
    );
    Ok(diesel::update(seen).set(set).execute(tx.conn)? == 1)
}

/// Puts another letter in the place of a mail's own and drops the composed bytes: so a one-time link does not lie here
/// longer than it must, and old words go.
///
/// # Errors
/// When the database fails.
pub fn replace_letter(tx: &mut WriteTx<'_>, id: OutboxId, letter: Option<&Letter>) -> Result<(), Error> {
    let letter = letter.map_or_else(|| Ok(REMOVED.to_owned()), in_column)?;
    diesel::update(outbox::table.find(id))
        .set((outbox::letter.eq(letter), outbox::message.eq(None::<Vec<u8>>)))
        .execute(tx.conn)?;
    Ok(())
}

/// Removes the words of every mail that was finished before `before`. Answers how many.
///
/// # Errors
/// When the database fails.
pub fn remove_words(tx: &mut WriteTx<'_>, before: Moment) -> Result<usize, Error> {
    let old = outbox::table
        .filter(outbox::finished_at.assume_not_null().lt(before))
        .filter(outbox::letter.ne(REMOVED).or(outbox::message.is_not_null()));
    let set = (outbox::letter.eq(REMOVED), outbox::message.eq(None::<Vec<u8>>));
    Ok(diesel::update(old).set(set).execute(tx.conn)?)
}

/// Removes to whom the mails went that were finished before `before`, under which subject, and what mail servers answered.
/// Answers how many there were.
///
/// # Errors
/// When the database fails.
pub fn forget_recipients(tx: &mut WriteTx<'_>, before: Moment, nobody: &Email) -> Result<usize, Error> {
    let old: Vec<OutboxId> = outbox::table
        .filter(outbox::finished_at.is_not_null().and(outbox::finished_at.assume_not_null().lt(before)))
        .filter(outbox::email.ne(nobody))
        .select(outbox::id)
        .load(tx.conn)?;
    for id in old.iter().copied() {
        forget_recipient(tx, id, nobody)?;
    }
    Ok(old.len())
}

/// Removes what the mails to somebody say, and their address from them. What has not gone will not go.
///
/// # Errors
/// When the database fails.
pub fn forget_person(tx: &mut WriteTx<'_>, person: PersonId, instead: &Email, now: Moment) -> Result<(), Error> {
    let theirs: Vec<(OutboxId, MailState)> =
        outbox::table.filter(outbox::person_id.eq(person)).select((outbox::id, outbox::state)).load(tx.conn)?;
    for (id, state) in theirs {
        if !state.is_final() {
            let set = (
                outbox::state.eq(MailState::Suppressed),
                outbox::finished_at.eq(now),
                outbox::lease.eq(None::<String>),
                outbox::lease_until.eq(None::<Moment>),
            );
            diesel::update(outbox::table.find(id)).set(set).execute(tx.conn)?;
        }
        forget_recipient(tx, id, instead)?;
    }
    Ok(())
}

fn forget_recipient(tx: &mut WriteTx<'_>, id: OutboxId, instead: &Email) -> Result<(), Error> {
    let set = (
        outbox::email.eq(instead),
        outbox::subject.eq(None::<String>),
        outbox::letter.eq(REMOVED),
        outbox::message.eq(None::<Vec<u8>>),
    );
    diesel::update(outbox::table.find(id)).set(set).execute(tx.conn)?;
    diesel::update(attempt::table.filter(attempt::outbox_id.eq(id))).set(attempt::answer.eq("")).execute(tx.conn)?;
    Ok(())
}

/// What stands in the column where a letter's words have been removed.
const REMOVED: &str = "null";

fn in_column(letter: &Letter) -> Result<String, Error> {
    serde_json::to_string(letter).map_err(|fault| Error::Failed(fault.to_string()))
}

/// A letter that cannot be read (removed, or written by another version) is as good as none: it must not stop the mails
/// around it.
fn from_column(text: &str) -> Option<Letter> {
    serde_json::from_str(text).unwrap_or_default()
}
