//! What staff see of the outbox: one mail, its tries, the counts. The list is in `search`.

use std::collections::HashSet;

use diesel::prelude::*;

use super::super::schema::{attempt, outbox};
use super::super::{Error, ReadTx};
use super::from_column;
use super::gather::{goes_at_any_hour, is_due};
use crate::domain::email::Email;
use crate::domain::id::{OutboxId, PersonId};
use crate::domain::mail::Letter;
use crate::domain::moment::Moment;
use crate::domain::outbox::MailState;

/// One mail of the outbox.
#[derive(Debug, Clone)]
pub struct MailRow {
    /// Its inner number.
    pub id: OutboxId,
    /// Its own random name, as in its address.
    pub reference: String,
    /// What kind of letter it is.
    pub kind: String,
    /// Who it is for, where they have an account.
    pub person: Option<PersonId>,
    /// Where it goes.
    pub email: Email,
    /// What it says; `None` once the words were removed.
    pub letter: Option<Letter>,
    /// Where it stands.
    pub state: MailState,
    /// When it may go, or is tried again.
    pub not_before: Moment,
    /// When it was written.
    pub created_at: Moment,
    /// When nothing more was to be done.
    pub finished_at: Option<Moment>,
    /// How often it has been tried since somebody last asked for it.
    pub attempts: i64,
    /// Its subject, once it was composed.
    pub subject: Option<String>,
    /// What the mail server answered last.
    pub last_answer: Option<String>,
}

pub(super) type Columns = (
    (OutboxId, String, String, Option<PersonId>, Email, String, MailState),
    (Moment, Moment, Option<Moment>, i64, Option<String>),
);

impl MailRow {
    fn new(columns: Columns, last_answer: Option<String>) -> Self {
        let ((id, reference, kind, person, email, letter, state), rest) = columns;
        let (not_before, created_at, finished_at, attempts, subject) = rest;
        let letter = from_column(&letter);
        Self {
            id,
            reference,
            kind,
            person,
            email,
            letter,
            state,
            not_before,
            created_at,
            finished_at,
            attempts,
            subject,
            last_answer,
        }
    }
}

macro_rules! columns {
    () => {
        (
            (
                outbox::id,
                outbox::reference,
                outbox::kind,
                outbox::person_id,
                outbox::email,
                outbox::letter,
                outbox::state,
            ),
            (outbox::not_before, outbox::created_at, outbox::finished_at, outbox::attempts, outbox::subject),
        )
    };
}

pub(super) use columns;

/// One mail, by its own name.
///
/// # Errors
/// [`Error::NotFound`] where there is none.
pub fn find(tx: &mut ReadTx<'_>, reference: &str) -> Result<MailRow, Error> {
    let row = outbox::table.filter(outbox::reference.eq(reference)).select(columns!()).first(tx.conn)?;
    with_last_answer(tx, row)
}

pub(super) fn with_last_answer(tx: &mut ReadTx<'_>, row: Columns) -> Result<MailRow, Error> {
    let answer = attempt::table
        .filter(attempt::outbox_id.eq(row.0.0))
        .order(attempt::id.desc())
        .select(attempt::answer)
        .first(tx.conn)
        .optional()?;
    Ok(MailRow::new(row, answer))
}

/// A mail as it was composed at its first try; `None` where it was not composed yet, or is not kept any more.
///
/// # Errors
/// When the database fails.
pub fn kept_message(tx: &mut ReadTx<'_>, id: OutboxId) -> Result<Option<Vec<u8>>, Error> {
    Ok(outbox::table.find(id).select(outbox::message).first(tx.conn)?)
}

/// One try of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailAttempt {
    /// When.
    pub at: Moment,
    /// Where the mail stood after it.
    pub outcome: String,
    /// What the mail server answered.
    pub answer: String,
}

/// The tries of a mail, oldest first.
///
/// # Errors
/// When the database fails.
pub fn attempts(tx: &mut ReadTx<'_>, id: OutboxId) -> Result<Vec<MailAttempt>, Error> {
    let rows: Vec<(Moment, String, String)> = attempt::table
        .filter(attempt::outbox_id.eq(id))
        .order(attempt::id)
        .select((attempt::at, attempt::outcome, attempt::answer))
        .load(tx.conn)?;
    Ok(rows.into_iter().map(|(at, outcome, answer)| MailAttempt { at, outcome, answer }).collect())
}

/// How many mails stand where; a state with none is left out.
///
/// # Errors
/// When the database fails.
pub fn counts(tx: &mut ReadTx<'_>) -> Result<Vec<(MailState, i64)>, Error> {
    Ok(outbox::table
        .group_by(outbox::state)
        .select((outbox::state, diesel::dsl::count_star()))
        .order(outbox::state)
        .load(tx.conn)?)
}

/// Whether a postman would find anything to do; scheduled mail does not count while it is `quiet`.
///
/// # Errors
/// When the database fails.
pub fn is_any_due(tx: &mut ReadTx<'_>, now: Moment, quiet: bool) -> Result<bool, Error> {
    let mut due = outbox::table.filter(is_due(now)).select(outbox::id).limit(1).into_boxed();
    if quiet {
        due = due.filter(goes_at_any_hour(tx)?);
    }
    Ok(due.first::<OutboxId>(tx.conn).optional()?.is_some())
}

/// The mails refused for good or given up from `from` (from the beginning without it) and up to `to`: the oldest of them, and how
/// many there are.
///
/// # Errors
/// When the database fails.
pub fn failed_between(
    tx: &mut ReadTx<'_>,
    from: Option<Moment>,
    to: Moment,
    limit: i64,
) -> Result<(Vec<MailRow>, i64), Error> {
    let failed = || {
        let query = outbox::table
            .filter(outbox::state.eq(MailState::PermanentFailure).and(outbox::finished_at.assume_not_null().le(to)))
            .into_boxed();
        match from {
            Some(from) => query.filter(outbox::finished_at.assume_not_null().ge(from)),
            None => query,
        }
    };
    let number: i64 = failed().count().get_result(tx.conn)?;
    let rows: Vec<Columns> = failed().order(outbox::id).limit(limit).select(columns!()).load(tx.conn)?;
    let rows = rows.into_iter().map(|row| with_last_answer(tx, row)).collect::<Result<_, _>>()?;
    Ok((rows, number))
}

/// The references of mails written before `before` that were not finished by then: their files are still needed, although
/// they bear an older date.
///
/// # Errors
/// When the database fails.
pub fn unfinished_by(tx: &mut ReadTx<'_>, before: Moment) -> Result<HashSet<String>, Error> {
    let late = outbox::finished_at.is_null().or(outbox::finished_at.assume_not_null().ge(before));
    let references: Vec<String> =
        outbox::table.filter(outbox::created_at.lt(before).and(late)).select(outbox::reference).load(tx.conn)?;
    Ok(references.into_iter().collect())
}
