//! The staff's list of mails: only some of them, page by page.

use diesel::dsl::min;
use diesel::prelude::*;

use super::list::{Columns, MailRow, columns, with_last_answer};
use crate::domain::email::Email;
use crate::domain::id::{BodyId, OutboxId, PersonId};
use crate::domain::moment::Moment;
use crate::domain::outbox::{MailState, OF_ACCOUNTS};
use crate::store::schema::{contact, outbox, person};
use crate::store::{Error, ReadTx, suppression};

/// Which mails are asked for; what is not said leaves none out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Only {
    /// In this state.
    pub state: Option<MailState>,
    /// Of this kind.
    pub kind: Option<String>,
    /// To an address with these letters in it, whatever their size.
    pub to: Option<String>,
    /// To the people of this body: those with an account and those who are kept as contacts.
    pub body: Option<BodyId>,
    /// Written from this moment on.
    pub from: Option<Moment>,
    /// Written before this moment.
    pub before: Option<Moment>,
}

/// The mails that are asked for, newest first; those older than `after` where its reference is given. A reference that nobody knows
/// begins at the newest.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut ReadTx<'_>, only: &Only, after: Option<&str>, limit: i64) -> Result<Vec<MailRow>, Error> {
    let mut query = outbox::table.order(outbox::id.desc()).limit(limit).select(columns!()).into_boxed();
    if let Some(state) = only.state {
        query = query.filter(outbox::state.eq(state));
    }
    if let Some(kind) = &only.kind {
        query = query.filter(outbox::kind.eq(kind.clone()));
    }
    if let Some(part) = &only.to {
        query = query.filter(outbox::email.like(containing(part)).escape('!'));
    }
    if let Some(from) = only.from {
        query = query.filter(outbox::created_at.ge(from));
    }
    if let Some(before) = only.before {
        query = query.filter(outbox::created_at.lt(before));
    }
    if let Some(body) = only.body {
        let (people, emails) = of_body(tx, body)?;
        let theirs = outbox::person_id.is_not_null().and(outbox::person_id.assume_not_null().eq_any(people));
        query = query.filter(theirs.or(outbox::email.eq_any(emails)));
    }
    if let Some(after) = after {
        let place: Option<OutboxId> =
            outbox::table.filter(outbox::reference.eq(after)).select(outbox::id).first(tx.conn).optional()?;
        if let Some(place) = place {
            query = query.filter(outbox::id.lt(place));
        }
    }
    let rows: Vec<Columns> = query.load(tx.conn)?;
    rows.into_iter().map(|row| with_last_answer(tx, row)).collect()
}

/// A pattern for what holds these letters; addresses are kept in small letters. An address may hold a sign that a pattern reads
/// otherwise.
fn containing(part: &str) -> String {
    let plain = part.to_ascii_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{plain}%")
}

/// The accounts and the addresses of a body's people.
fn of_body(tx: &mut ReadTx<'_>, body: BodyId) -> Result<(Vec<PersonId>, Vec<Email>), Error> {
    let people = person::table.filter(person::body_id.eq(body)).select(person::id).load(tx.conn)?;
    let emails: Vec<Option<Email>> = contact::table
        .filter(contact::body_id.eq(body).and(contact::email.is_not_null()))
        .select(contact::email)
        .load(tx.conn)?;
    Ok((people, emails.into_iter().flatten().collect()))
}

/// The kinds of letter that there are mails of.
///
/// # Errors
/// When the database fails.
pub fn kinds(tx: &mut ReadTx<'_>) -> Result<Vec<String>, Error> {
    Ok(outbox::table.select(outbox::kind).distinct().order(outbox::kind).load(tx.conn)?)
}

/// A state, and since when the mail stands there that has waited longest in it.
pub type Oldest = (MailState, Moment);

/// Of each state in which mails wait: when the one that has waited longest was written.
///
/// # Errors
/// When the database fails.
pub fn oldest_by_state(tx: &mut ReadTx<'_>) -> Result<Vec<Oldest>, Error> {
    let rows: Vec<(MailState, Option<Moment>)> = outbox::table
        .filter(outbox::state.eq_any(MailState::UNSENT))
        .group_by(outbox::state)
        .select((outbox::state, min(outbox::created_at)))
        .order(outbox::state)
        .load(tx.conn)?;
    Ok(rows.into_iter().filter_map(|(state, since)| Some((state, since?))).collect())
}

/// The mails about accounts that were not sent since `from`, to addresses that are dead and still are: how many, and when the first
/// was written.
///
/// # Errors
/// When the database fails.
pub fn accounts_unsent(tx: &mut ReadTx<'_>, from: Moment) -> Result<(i64, Option<Moment>), Error> {
    let rows: Vec<(Email, Moment)> = outbox::table
        .filter(outbox::state.eq(MailState::Suppressed).and(outbox::kind.eq_any(OF_ACCOUNTS)))
        .filter(outbox::finished_at.is_not_null().and(outbox::finished_at.assume_not_null().ge(from)))
        .select((outbox::email, outbox::created_at))
        .load(tx.conn)?;
    let dead = suppression::dead_of(tx, rows.iter().map(|(email, _)| email.clone()).collect())?;
    let unsent: Vec<Moment> =
        rows.into_iter().filter(|(email, _)| dead.contains(email)).map(|(_, written)| written).collect();
    Ok((unsent.len() as i64, unsent.into_iter().min()))
}

#[cfg(test)]
mod tests {
    use super::containing;

    #[test]
    fn a_sign_in_an_address_is_no_wildcard() {
        assert_eq!(containing("A_b%!c@"), "%a!_b!%!!c@%");
    }
}
