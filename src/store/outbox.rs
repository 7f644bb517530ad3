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
mod tries;
mod unsent;
mod watch;

use diesel::prelude::*;

pub use dead::{Suppressed, came_back, last_came_back, note_report, set_came_back, suppress_waiting};
pub use follower::{forget_mails_to, forget_old_of_followers, has_dead_link, is_link_lost};
pub use gather::{gather_into, gathering, last_of_kind, last_to};
pub use list::{MailAttempt, MailRow, attempts, counts, failed_between, find, is_any_due, kept_message, unfinished_by};
pub use name::{called, named};
pub use refused::{RefusedMail, ToJudge, is_any_left_to_judge, not_to_judge, refused_in_a_row, to_judge};
pub use restored::hold_back;
pub use search::{Oldest, Only, accounts_unsent, kinds, list, oldest_by_state};
use tries::note;
pub use tries::{Tried, finish, first_of_last};
pub use unsent::{not_asked, rewrite_unsent, take_out_of_reminders};
pub use watch::{counts_lately, mail_counts, waiting_since};

use super::conn::each;
use super::schema::{attempt, outbox};
use super::{Error, WriteTx};
use crate::domain::email::Email;
use crate::domain::id::{OutboxId, PersonId};
use crate::domain::mail::Letter;
use crate::domain::moment::Moment;
use crate::domain::outbox::MailState;

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
    let mut due = outbox::table
        .filter(gather::is_due(now))
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
        outbox::first_tried_at.eq(None::<Moment>),
        outbox::finished_at.eq(to.is_final().then_some(now)),
    );
    if diesel::update(seen).set(set).execute(tx.conn)? == 0 {
        return Ok(false);
    }
    // What its recipient's server said before is for the next try to find again.
    not_to_judge(tx, &[id])?;
    Ok(true)
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

/// Puts a letter without its link in the place of a mail's own, and likewise the composed bytes; without those, none are kept.
///
/// # Errors
/// When the database fails.
pub fn put_link_away(
    tx: &mut WriteTx<'_>,
    id: OutboxId,
    letter: &Letter,
    message: Option<Vec<u8>>,
) -> Result<(), Error> {
    let set = (outbox::letter.eq(in_column(letter)?), outbox::message.eq(message));
    diesel::update(outbox::table.find(id)).set(set).execute(tx.conn)?;
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
    not_to_judge(tx, &[id])
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
