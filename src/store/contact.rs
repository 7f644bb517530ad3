//! People of bodies who have no account: whom a letter goes to, whom somebody calls. No public query reads this file's table.

use diesel::prelude::*;

use super::schema::contact;
use super::{Error, ReadTx, WriteTx};
use crate::domain::email::Email;
use crate::domain::id::{BodyId, ContactId, PersonId};
use crate::domain::moment::{Day, Moment};

/// Somebody to be kept.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = contact, treat_none_as_default_value = false)]
pub struct NewContact {
    /// Their own random name.
    pub reference: String,
    /// Their body.
    pub body_id: BodyId,
    /// Their name.
    pub name: String,
    /// Their post.
    pub post: Option<String>,
    /// Where mail reaches them.
    pub email: Option<Email>,
    /// Where a call does.
    pub phone: Option<String>,
    /// Where a letter does.
    pub address: Option<String>,
    /// When they were entered.
    pub created_at: Moment,
    /// Who entered them.
    pub author_id: PersonId,
    /// Whether this is the post at the top of the body.
    pub at_top: bool,
}

/// Somebody who is kept.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Contact {
    /// Their row.
    pub id: ContactId,
    /// Their own random name.
    pub reference: String,
    /// Their body.
    pub body: BodyId,
    /// Their name.
    pub name: String,
    /// Their post.
    pub post: Option<String>,
    /// Where mail reaches them.
    pub email: Option<Email>,
    /// Where a call does.
    pub phone: Option<String>,
    /// Where a letter does.
    pub address: Option<String>,
    /// The day on which they left.
    pub ended_on: Option<Day>,
    /// Since when they stand here without their name, if they do.
    pub former_at: Option<Moment>,
    /// Whether this is the post at the top of the body.
    pub at_top: bool,
}

impl Contact {
    /// Their name and post, for staff: `Contact One, clerk`.
    #[must_use]
    pub fn called(&self) -> String {
        self.post.as_ref().map_or_else(|| self.name.clone(), |post| format!("{}, {post}", self.name))
    }
}

/// Keeps somebody.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx<'_>, new: &NewContact) -> Result<(), Error> {
    diesel::insert_into(contact::table).values(new).execute(tx.conn)?;
    Ok(())
}

/// Everybody of a body, those who have left last.
///
/// # Errors
/// When the database fails.
pub fn of_body(tx: &mut ReadTx<'_>, body: BodyId) -> Result<Vec<Contact>, Error> {
    Ok(contact::table
        .filter(contact::body_id.eq(body))
        .order((contact::ended_on.is_not_null(), contact::name, contact::id))
        .select((
            contact::id,
            contact::reference,
            contact::body_id,
            contact::name,
            contact::post,
            contact::email,
            contact::phone,
            contact::address,
            contact::ended_on,
            contact::former_at,
            contact::at_top,
        ))
        .load(tx.conn)?)
}

/// Notes that somebody of a body has left.
///
/// # Errors
/// [`Error::NotFound`] when there is nobody of that name there, or they have left already.
pub fn end(tx: &mut WriteTx<'_>, body: BodyId, reference: &str, on: Day) -> Result<(), Error> {
    let here = contact::table.filter(contact::body_id.eq(body).and(contact::reference.eq(reference)));
    let ended =
        diesel::update(here.filter(contact::ended_on.is_null())).set(contact::ended_on.eq(on)).execute(tx.conn)?;
    if ended == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Those who left before `before`, and whose name still stands here.
///
/// # Errors
/// When the database fails.
pub fn left_before(tx: &mut ReadTx<'_>, before: Day) -> Result<Vec<ContactId>, Error> {
    Ok(contact::table
        .filter(contact::ended_on.is_not_null().and(contact::ended_on.assume_not_null().lt(before)))
        .filter(contact::former_at.is_null())
        .order(contact::id)
        .select(contact::id)
        .load(tx.conn)?)
}

/// Puts another name in the place of somebody's own and removes every way to reach them. Their post stays.
///
/// # Errors
/// When the database fails.
pub fn make_former(tx: &mut WriteTx<'_>, id: ContactId, name: &str, now: Moment) -> Result<(), Error> {
    let set = (
        contact::name.eq(name),
        contact::email.eq(None::<Email>),
        contact::phone.eq(None::<String>),
        contact::address.eq(None::<String>),
        contact::former_at.eq(now),
    );
    diesel::update(contact::table.find(id)).set(set).execute(tx.conn)?;
    Ok(())
}
