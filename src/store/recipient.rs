//! People whom scheduled mail is for.

use std::collections::HashMap;

use diesel::prelude::*;

use super::schema::person;
use super::{Error, ReadTx, suppression};
use crate::domain::email::Email;
use crate::domain::id::{BodyId, PersonId};
use crate::domain::person::Role;

/// Somebody with an account that is not disabled.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Recipient {
    /// The person.
    pub person: PersonId,
    /// Their own random name, which stands in dedupe keys.
    pub reference: String,
    /// Where their mail goes.
    pub email: Email,
    /// What they are here to do.
    pub role: Role,
    /// Their body, if they belong to one.
    pub body: Option<BodyId>,
}

/// A role, and the body that it is for.
pub type Work = (Role, Option<BodyId>);

/// Those who file returns for a body, by body. Somebody who has been invited and has not come yet is one of them: the
/// date is as near for them as for the others.
///
/// # Errors
/// When the database fails.
pub fn contributors(tx: &mut ReadTx<'_>) -> Result<Vec<Recipient>, Error> {
    Ok(person::table
        .filter(
            person::role.eq(Role::Contributor).and(person::disabled_at.is_null()).and(person::body_id.is_not_null()),
        )
        .order((person::body_id, person::id))
        .select((person::id, person::reference, person::email, person::role, person::body_id))
        .load(tx.conn)?)
}

/// Somebody with an account, as far as mail goes.
///
/// # Errors
/// [`Error::NotFound`] when there is nobody of that number.
pub fn one(tx: &mut ReadTx<'_>, who: PersonId) -> Result<Recipient, Error> {
    Ok(person::table
        .find(who)
        .select((person::id, person::reference, person::email, person::role, person::body_id))
        .first(tx.conn)?)
}

/// Those who file returns for a body, without those whose address is known to be dead: so somebody else is asked, or a person sees
/// that nobody can be. Whether the last mail there came back is another question: see [`Colleague::is_reached`].
///
/// [`Colleague::is_reached`]: super::duty::Colleague::is_reached
///
/// # Errors
/// When the database fails.
pub fn with_good_address(tx: &mut ReadTx<'_>) -> Result<Vec<Recipient>, Error> {
    let mut all = contributors(tx)?;
    let dead = suppression::dead_of(tx, all.iter().map(|one| one.email.clone()).collect())?;
    all.retain(|one| !dead.contains(&one.email));
    Ok(all)
}

/// Those who do the register's own work, or watch it. Only people who have made their account: their mail tells what is not
/// published.
///
/// # Errors
/// When the database fails.
pub fn staff(tx: &mut ReadTx<'_>) -> Result<Vec<Recipient>, Error> {
    Ok(person::table
        .filter(person::role.ne(Role::Contributor))
        .filter(person::disabled_at.is_null().and(person::password_hash.is_not_null()))
        .order(person::id)
        .select((person::id, person::reference, person::email, person::role, person::body_id))
        .load(tx.conn)?)
}

/// What these people are here to do, and for which body.
///
/// # Errors
/// When the database fails.
pub fn work_of(tx: &mut ReadTx<'_>, people: Vec<PersonId>) -> Result<HashMap<PersonId, Work>, Error> {
    let rows: Vec<(PersonId, Work)> = person::table
        .filter(person::id.eq_any(people))
        .select((person::id, (person::role, person::body_id)))
        .load(tx.conn)?;
    Ok(rows.into_iter().collect())
}

/// Which of these people's accounts are disabled: no mail goes to them any more.
///
/// # Errors
/// When the database fails.
pub fn disabled(tx: &mut ReadTx<'_>, people: Vec<PersonId>) -> Result<Vec<PersonId>, Error> {
    Ok(person::table
        .filter(person::id.eq_any(people).and(person::disabled_at.is_not_null()))
        .select(person::id)
        .load(tx.conn)?)
}
