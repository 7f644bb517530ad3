//! People with an account, or invited to make one.

use std::collections::HashMap;

use diesel::prelude::*;

use super::schema::{body, contact, person};
use super::{AT_ONCE, Error, ReadTx, WriteTx};
use crate::domain::email::Email;
use crate::domain::id::{BodyId, PersonId};
use crate::domain::moment::Moment;
use crate::domain::person::Role;

/// A person as kept. The hash of the password leaves the store only for the check at sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Person {
    /// Their inner number.
    pub id: PersonId,
    /// Their own random name, which stands in the address of their staff page.
    pub reference: String,
    /// What they sign in with, and where their mail goes.
    pub email: Email,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// Their body, if they belong to one.
    pub body: Option<BodyId>,
    /// When they were invited.
    pub created_at: Moment,
    /// When they were disabled, if they are.
    pub disabled_at: Option<Moment>,
    /// When they signed in last.
    pub signed_in_at: Option<Moment>,
    /// Counts the changes, so that two administrators do not overwrite each other.
    pub version: i64,
    /// The hash of their password; `None` until they have accepted the invitation.
    pub password_hash: Option<String>,
    /// Since when they stand here without their name and address, if they do.
    pub former_at: Option<Moment>,
}

impl Person {
    /// Whether they have not made their account yet.
    #[must_use]
    pub const fn is_invited(&self) -> bool {
        self.password_hash.is_none()
    }

    /// Whether somebody has taken their account away.
    #[must_use]
    pub const fn is_disabled(&self) -> bool {
        self.disabled_at.is_some()
    }

    /// Whether their name and address are gone.
    #[must_use]
    pub const fn is_former(&self) -> bool {
        self.former_at.is_some()
    }
}

type Columns = (
    person::id,
    person::reference,
    person::email,
    person::name,
    person::role,
    person::body_id,
    person::created_at,
    person::disabled_at,
    person::signed_in_at,
    person::version,
    person::password_hash,
    person::former_at,
);

const COLUMNS: Columns = (
    person::id,
    person::reference,
    person::email,
    person::name,
    person::role,
    person::body_id,
    person::created_at,
    person::disabled_at,
    person::signed_in_at,
    person::version,
    person::password_hash,
    person::former_at,
);

/// The person with this inner number.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn find(tx: &mut ReadTx<'_>, id: PersonId) -> Result<Person, Error> {
    Ok(person::table.find(id).select(COLUMNS).first(tx.conn)?)
}

/// When these people signed in last; whoever never did is left out.
///
/// # Errors
/// When the database fails.
pub fn signed_in(tx: &mut ReadTx<'_>, people: &[PersonId]) -> Result<HashMap<PersonId, Moment>, Error> {
    let mut signed_in = HashMap::new();
    for some in people.chunks(AT_ONCE) {
        let rows: Vec<(PersonId, Moment)> = person::table
            .filter(person::id.eq_any(some).and(person::signed_in_at.is_not_null()))
            .select((person::id, person::signed_in_at.assume_not_null()))
            .load(tx.conn)?;
        signed_in.extend(rows);
    }
    Ok(signed_in)
}

/// The names of everybody with an account, and of everybody of a body who is known by name.
///
/// # Errors
/// When the database fails.
pub fn everybody(tx: &mut ReadTx<'_>) -> Result<Vec<String>, Error> {
    let mut names: Vec<String> =
        person::table.filter(person::former_at.is_null()).select(person::name).load(tx.conn)?;
    // Whoever has no post is called by it.
    let by_name = contact::table.filter(contact::former_at.is_null().and(contact::post.is_not_null()));
    names.extend(by_name.select(contact::name).load::<String>(tx.conn)?);
    Ok(names)
}

/// The person whose staff page has this name.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn find_by_reference(tx: &mut ReadTx<'_>, reference: &str) -> Result<Person, Error> {
    Ok(person::table.filter(person::reference.eq(reference)).select(COLUMNS).first(tx.conn)?)
}

/// The person with this mail address.
///
/// # Errors
/// When the database fails.
pub fn find_by_email(tx: &mut ReadTx<'_>, email: &Email) -> Result<Option<Person>, Error> {
    Ok(person::table.filter(person::email.eq(email)).select(COLUMNS).first(tx.conn).optional()?)
}

/// A line of the list of people.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct PersonLine {
    /// The person.
    pub person: Person,
    /// The name of their body.
    pub body: Option<String>,
}

/// A page of people by name, disabled ones last, after the person that the page before ended with.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut ReadTx<'_>, limit: i64, offset: i64) -> Result<Vec<PersonLine>, Error> {
    Ok(person::table
        .left_join(body::table.on(person::body_id.eq(body::id.nullable())))
        .order((person::disabled_at.is_not_null(), person::name, person::id))
        .limit(limit)
        .offset(offset)
        .select((COLUMNS, body::name.nullable()))
        .load(tx.conn)?)
}

/// Somebody new.
#[derive(Debug, Clone)]
pub struct NewPerson<'a> {
    /// Their own random name.
    pub reference: &'a str,
    /// Their address.
    pub email: &'a Email,
    /// Their name.
    pub name: &'a str,
    /// Their role.
    pub role: Role,
    /// Their body.
    pub body: Option<BodyId>,
    /// The hash of their password, where they have chosen one already.
    pub password_hash: Option<&'a str>,
    /// The moment.
    pub now: Moment,
}

/// Keeps somebody new.
///
/// # Errors
/// [`Error::Constraint`] when the address has an account.
pub fn insert(tx: &mut WriteTx<'_>, new: &NewPerson<'_>) -> Result<PersonId, Error> {
    Ok(diesel::insert_into(person::table)
        .values((
            person::reference.eq(new.reference),
            person::email.eq(new.email),
            person::name.eq(new.name),
            person::role.eq(new.role),
            person::body_id.eq(new.body),
            person::password_hash.eq(new.password_hash),
            person::created_at.eq(new.now),
            person::version.eq(1_i64),
        ))
        .returning(person::id)
        .get_result(tx.conn)?)
}

/// Changes name, role and body of the version that was read.
///
/// # Errors
/// [`Error::Stale`] when somebody else has changed them meanwhile.
pub fn change(
    tx: &mut WriteTx<'_>,
    id: PersonId,
    version: i64,
    name: &str,
    role: Role,
    body: Option<BodyId>,
) -> Result<(), Error> {
    let set = (
        person::name.eq(name),
        person::role.eq(role),
        person::body_id.eq(body),
        person::version.eq(person::version + 1),
    );
    let read = person::table.find(id).filter(person::version.eq(version));
    if diesel::update(read).set(set).execute(tx.conn)? == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Counts a change of what else is kept about somebody, if they still stand as they were shown.
///
/// # Errors
/// [`Error::Stale`] when they do not.
pub fn claim(tx: &mut WriteTx<'_>, id: PersonId, version: i64) -> Result<(), Error> {
    let read = person::table.find(id).filter(person::version.eq(version));
    let claimed = diesel::update(read).set(person::version.eq(person::version + 1)).execute(tx.conn)?;
    if claimed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Takes an account away, or gives it back.
///
/// # Errors
/// When the database fails.
pub fn set_disabled(tx: &mut WriteTx<'_>, id: PersonId, at: Option<Moment>) -> Result<(), Error> {
    diesel::update(person::table.find(id))
        .set((person::disabled_at.eq(at), person::version.eq(person::version + 1)))
        .execute(tx.conn)?;
    Ok(())
}

/// Those whose account was disabled before `before`, and whose name still stands here.
///
/// # Errors
/// When the database fails.
pub fn left_before(tx: &mut ReadTx<'_>, before: Moment) -> Result<Vec<Person>, Error> {
    Ok(person::table
        .filter(person::disabled_at.is_not_null().and(person::disabled_at.assume_not_null().lt(before)))
        .filter(person::former_at.is_null())
        .order(person::id)
        .select(COLUMNS)
        .load(tx.conn)?)
}

/// Puts another name and another address in the place of somebody's own. Their password and the day of their last sign-in
/// go too; their number, role and body stay.
///
/// # Errors
/// [`Error::Stale`] when their account was given back meanwhile, or they stand here without their name already.
pub fn make_former(
    tx: &mut WriteTx<'_>,
    id: PersonId,
    (name, email): (&str, &Email),
    now: Moment,
) -> Result<(), Error> {
    let gone = person::disabled_at.is_not_null().and(person::former_at.is_null());
    let set = (
        person::name.eq(name),
        person::email.eq(email),
        person::password_hash.eq(None::<String>),
        person::signed_in_at.eq(None::<Moment>),
        person::former_at.eq(now),
        person::version.eq(person::version + 1),
    );
    let made = diesel::update(person::table.filter(person::id.eq(id).and(gone))).set(set).execute(tx.conn)?;
    if made == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Keeps the hash of a password.
///
/// # Errors
/// When the database fails.
pub fn set_password(tx: &mut WriteTx<'_>, id: PersonId, hash: &str) -> Result<(), Error> {
    diesel::update(person::table.find(id)).set(person::password_hash.eq(hash)).execute(tx.conn)?;
    Ok(())
}

/// Holds the row of somebody to the end of the transaction, if they still have this password and their account. Whoever
/// changes either meanwhile waits, and then finds the session that was begun.
///
/// # Errors
/// When the database fails.
pub fn hold(tx: &mut WriteTx<'_>, id: PersonId, hash: &str) -> Result<bool, Error> {
    let same = person::password_hash.eq(hash).and(person::disabled_at.is_null());
    let held = diesel::update(person::table.filter(person::id.eq(id).and(same)))
        .set(person::version.eq(person::version))
        .execute(tx.conn)?;
    Ok(held == 1)
}

/// Notes a sign-in.
///
/// # Errors
/// When the database fails.
pub fn set_signed_in(tx: &mut WriteTx<'_>, id: PersonId, now: Moment) -> Result<(), Error> {
    diesel::update(person::table.find(id)).set(person::signed_in_at.eq(now)).execute(tx.conn)?;
    Ok(())
}

/// Those who administer the register now, their rows held to the end of the transaction: so that of two who leave at the
/// same moment, the second finds that they are the last.
///
/// # Errors
/// When the database fails.
pub fn lock_administrators(tx: &mut WriteTx<'_>) -> Result<Vec<PersonId>, Error> {
    let able = person::disabled_at.is_null().and(person::password_hash.is_not_null());
    Ok(diesel::update(person::table.filter(person::role.eq(Role::Administrator).and(able)))
        .set(person::version.eq(person::version))
        .returning(person::id)
        .get_results(tx.conn)?)
}

/// Whether anybody administers the register.
///
/// # Errors
/// When the database fails.
pub fn has_administrator(tx: &mut ReadTx<'_>) -> Result<bool, Error> {
    let able = person::disabled_at.is_null().and(person::password_hash.is_not_null());
    let some = person::table.filter(person::role.eq(Role::Administrator).and(able));
    Ok(diesel::select(diesel::dsl::exists(some)).get_result(tx.conn)?)
}
