//! Addresses to which no mail goes, because a mail server, a report or a person has called them dead. A key is a signature: what is
//! kept here tells nothing about anybody. What an address belongs to is found among those who are kept anyway.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::conn::each;
use super::schema::{contact, person, suppression};
use super::{Error, ReadTx, WriteTx, setting};
use crate::domain::bounce::DeadOrigin;
use crate::domain::email::Email;
use crate::domain::id::PersonId;
use crate::domain::moment::Moment;
use crate::domain::secret::Secret;

/// Under which an address is remembered as dead.
#[must_use]
pub fn key(secret: &Secret, email: &Email) -> String {
    secret.sign("suppression", email.as_str().as_bytes())
}

/// An address to be remembered as dead.
#[derive(Debug, Clone, Copy)]
pub struct NewDead<'a> {
    /// Under which.
    pub key: &'a str,
    /// How that came to be known.
    pub origin: DeadOrigin,
    /// Why: the words of whoever said so, or the code that a server gave.
    pub reason: &'a str,
    /// Who said so, where a person did.
    pub by: Option<PersonId>,
    /// When.
    pub now: Moment,
}

/// Remembers that an address is dead. Answers whether that was not known. Where it was known by a mail server's refusal alone, it stands
/// by the word of a report or of a person from now on.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx<'_>, new: &NewDead<'_>) -> Result<bool, Error> {
    let row = (
        suppression::key.eq(new.key),
        suppression::at.eq(new.now),
        suppression::reason.eq(new.reason),
        suppression::origin.eq(new.origin),
        suppression::set_by.eq(new.by),
    );
    let written = each!(&mut *tx.conn, inner => {
        diesel::insert_into(suppression::table).values(row).on_conflict(suppression::key).do_nothing().execute(inner)
    })?;
    if written == 1 {
        return Ok(true);
    }
    if new.origin != DeadOrigin::Refused {
        let refused = suppression::table.find(new.key).filter(suppression::ended_at.is_null());
        let set =
            (suppression::origin.eq(new.origin), suppression::reason.eq(new.reason), suppression::set_by.eq(new.by));
        diesel::update(refused.filter(suppression::origin.eq(DeadOrigin::Refused))).set(set).execute(tx.conn)?;
    }
    let taken_off = suppression::table.find(new.key).filter(suppression::ended_at.is_not_null());
    let set = (
        suppression::at.eq(new.now),
        suppression::reason.eq(new.reason),
        suppression::origin.eq(new.origin),
        suppression::set_by.eq(new.by),
        suppression::ended_at.eq(None::<Moment>),
        suppression::ended_by.eq(None::<PersonId>),
        suppression::ended_reason.eq(None::<String>),
    );
    Ok(diesel::update(taken_off).set(set).execute(tx.conn)? == 1)
}

/// Takes an address off the list: mail goes there again. `by` is whoever said so, where a person did.
///
/// # Errors
/// [`Error::Stale`] when it was not on it any more.
pub fn take_off(tx: &mut WriteTx<'_>, key: &str, by: Option<PersonId>, reason: &str, now: Moment) -> Result<(), Error> {
    let stands = suppression::table.find(key).filter(suppression::ended_at.is_null());
    let set =
        (suppression::ended_at.eq(Some(now)), suppression::ended_by.eq(by), suppression::ended_reason.eq(Some(reason)));
    if diesel::update(stands).set(set).execute(tx.conn)? == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Whether an address is known to be dead.
///
/// # Errors
/// When the database fails.
pub fn is_there(tx: &mut ReadTx<'_>, key: &str) -> Result<bool, Error> {
    let stands = suppression::table.filter(suppression::key.eq(key).and(suppression::ended_at.is_null()));
    let found: i64 = stands.count().get_result(tx.conn)?;
    Ok(found > 0)
}

/// Which of these are known to be dead.
///
/// # Errors
/// When the database fails.
pub fn dead_among(tx: &mut ReadTx<'_>, keys: &[String]) -> Result<HashSet<String>, Error> {
    let mut dead = HashSet::new();
    for some in keys.chunks(500) {
        let more: Vec<String> = suppression::table
            .filter(suppression::key.eq_any(some.to_vec()).and(suppression::ended_at.is_null()))
            .select(suppression::key)
            .load(tx.conn)?;
        dead.extend(more);
    }
    Ok(dead)
}

/// The same of addresses.
///
/// # Errors
/// When the database fails.
pub fn dead_of(tx: &mut ReadTx<'_>, emails: Vec<Email>) -> Result<HashSet<Email>, Error> {
    Ok(dead_since(tx, emails)?.into_keys().collect())
}

/// Those of these addresses that are known to be dead, and since when.
///
/// # Errors
/// When the database fails.
pub fn dead_since(tx: &mut ReadTx<'_>, emails: Vec<Email>) -> Result<HashMap<Email, Moment>, Error> {
    let entered = entered(tx, emails)?.into_iter();
    Ok(entered.filter(|(_, _, ended)| ended.is_none()).map(|(email, at, _)| (email, at)).collect())
}

/// Those of these addresses that were taken off the list and stand on it no more, and when that was.
///
/// # Errors
/// When the database fails.
pub fn taken_off(tx: &mut ReadTx<'_>, emails: Vec<Email>) -> Result<HashMap<Email, Moment>, Error> {
    Ok(entered(tx, emails)?.into_iter().filter_map(|(email, _, ended)| Some((email, ended?))).collect())
}

/// Those of these addresses that stand on the list or did: since when, and when they were taken off it.
fn entered(tx: &mut ReadTx<'_>, emails: Vec<Email>) -> Result<Vec<(Email, Moment, Option<Moment>)>, Error> {
    if emails.is_empty() {
        return Ok(Vec::new());
    }
    let Some(secret) = setting::kept_secret(tx)? else { return Ok(Vec::new()) };
    let mut keyed: HashMap<String, Email> = emails.into_iter().map(|email| (key(&secret, &email), email)).collect();
    let keys: Vec<String> = keyed.keys().cloned().collect();
    let mut found = Vec::new();
    for some in keys.chunks(500) {
        let rows: Vec<(String, Moment, Option<Moment>)> = suppression::table
            .filter(suppression::key.eq_any(some.to_vec()))
            .select((suppression::key, suppression::at, suppression::ended_at))
            .load(tx.conn)?;
        found.extend(rows.into_iter().filter_map(|(key, at, ended)| Some((keyed.remove(&key)?, at, ended))));
    }
    Ok(found)
}

/// An address that is dead, or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dead {
    /// Under which it is remembered.
    pub key: String,
    /// Since when.
    pub at: Moment,
    /// Why.
    pub reason: String,
    /// How that came to be known.
    pub origin: DeadOrigin,
    /// The name of whoever said so, where a person did.
    pub set_by: Option<String>,
    /// When it was taken off the list, by whom, and why.
    pub ended: Option<(Moment, Option<String>, String)>,
}

type Row = (String, Moment, String, DeadOrigin, Option<PersonId>, (Option<Moment>, Option<PersonId>, Option<String>));

macro_rules! columns {
    () => {
        (
            suppression::key,
            suppression::at,
            suppression::reason,
            suppression::origin,
            suppression::set_by,
            (suppression::ended_at, suppression::ended_by, suppression::ended_reason),
        )
    };
}

/// The addresses, the last found first, those that were taken off among them; after the one with the key `after` where it is
/// given. A key that nobody knows begins at the first.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut ReadTx<'_>, after: Option<&str>, limit: i64) -> Result<Vec<Dead>, Error> {
    let mut query = suppression::table
        .order((suppression::at.desc(), suppression::key.desc()))
        .limit(limit)
        .select(columns!())
        .into_boxed();
    if let Some(after) = after {
        let place: Option<(Moment, String)> =
            suppression::table.find(after).select((suppression::at, suppression::key)).first(tx.conn).optional()?;
        if let Some((at, key)) = place {
            query = query.filter(suppression::at.lt(at).or(suppression::at.eq(at).and(suppression::key.lt(key))));
        }
    }
    let rows: Vec<Row> = query.load(tx.conn)?;
    named(tx, rows)
}

/// One of them.
///
/// # Errors
/// [`Error::NotFound`] where there is none.
pub fn find(tx: &mut ReadTx<'_>, key: &str) -> Result<Dead, Error> {
    let row: Row = suppression::table.filter(suppression::key.eq(key)).select(columns!()).first(tx.conn)?;
    named(tx, vec![row])?.pop().ok_or(Error::NotFound)
}

fn named(tx: &mut ReadTx<'_>, rows: Vec<Row>) -> Result<Vec<Dead>, Error> {
    let people: Vec<PersonId> = rows.iter().flat_map(|row| [row.4, row.5.1]).flatten().collect();
    let names: Vec<(PersonId, String)> =
        person::table.filter(person::id.eq_any(people)).select((person::id, person::name)).load(tx.conn)?;
    let names: HashMap<PersonId, String> = names.into_iter().collect();
    let name = |id: Option<PersonId>| id.and_then(|id| names.get(&id).cloned());
    let each = rows.into_iter().map(|(key, at, reason, origin, set_by, (ended_at, ended_by, why))| Dead {
        key,
        at,
        reason,
        origin,
        set_by: name(set_by),
        ended: ended_at.map(|at| (at, name(ended_by), why.unwrap_or_default())),
    });
    Ok(each.collect())
}

/// Since when an address is known to be dead by a mail server's refusal alone; `None` where it is not, or a report or a person has said so.
///
/// # Errors
/// When the database fails.
pub fn refused_since(tx: &mut ReadTx<'_>, key: &str) -> Result<Option<Moment>, Error> {
    let stands = suppression::table.filter(suppression::key.eq(key).and(suppression::ended_at.is_null()));
    let refused = stands.filter(suppression::origin.eq(DeadOrigin::Refused));
    Ok(refused.select(suppression::at).first(tx.conn).optional()?)
}

/// How many are dead.
///
/// # Errors
/// When the database fails.
pub fn count(tx: &mut ReadTx<'_>) -> Result<i64, Error> {
    Ok(suppression::table.filter(suppression::ended_at.is_null()).count().get_result(tx.conn)?)
}

/// The addresses of everybody who has an account or is kept as a contact, each with their name, by the keys under which they would
/// be remembered.
///
/// # Errors
/// When the database fails.
pub fn known(tx: &mut ReadTx<'_>, secret: &Secret) -> Result<HashMap<String, (Email, String)>, Error> {
    let people: Vec<(Email, String)> = person::table.select((person::email, person::name)).load(tx.conn)?;
    let contacts: Vec<(Option<Email>, String)> = contact::table
        .filter(contact::email.is_not_null().and(contact::ended_on.is_null()))
        .select((contact::email, contact::name))
        .load(tx.conn)?;
    let contacts = contacts.into_iter().filter_map(|(email, name)| Some((email?, name)));
    // Somebody with an account is named before a contact of the same address.
    Ok(contacts.chain(people).map(|(email, name)| (key(secret, &email), (email, name))).collect())
}

/// Forgets those that were found dead before `before`; not while they belong to an account or to a contact who is kept, for then
/// mail would go there again. Answers how many.
///
/// # Errors
/// When the database fails.
pub fn forget(tx: &mut WriteTx<'_>, before: Moment) -> Result<usize, Error> {
    let old: Vec<(String, Option<Moment>)> = suppression::table
        .filter(suppression::at.le(before))
        .select((suppression::key, suppression::ended_at))
        .load(tx.conn)?;
    let in_use = match setting::kept_secret(tx)? {
        Some(secret) if !old.is_empty() => known(tx, &secret)?,
        _ => HashMap::new(),
    };
    let goes = |(key, ended): (String, Option<Moment>)| (ended.is_some() || !in_use.contains_key(&key)).then_some(key);
    let gone: Vec<String> = old.into_iter().filter_map(goes).collect();
    for some in gone.chunks(500) {
        diesel::delete(suppression::table.filter(suppression::key.eq_any(some.to_vec()))).execute(tx.conn)?;
    }
    Ok(gone.len())
}
