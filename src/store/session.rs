//! Sessions. A cookie's hash finds one; a row that is gone is a session that has ended, on every node.

use diesel::prelude::*;

use super::schema::{person, person_inquiry, session};
use super::{Error, ReadTx, WriteTx};
use crate::domain::email::Email;
use crate::domain::id::{BodyId, InquiryId, PersonId, SessionId};
use crate::domain::moment::{Day, Moment};
use crate::domain::person::{Actor, Reach, Role};
use crate::domain::session::is_live;
use crate::domain::token::TokenHash;

/// A live session, with its person as they are now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its inner number.
    pub id: SessionId,
    /// Who acts in it, in which role at this moment.
    pub actor: Actor,
    /// Their address.
    pub email: Email,
    /// Their name.
    pub name: String,
    /// The last request that was noted.
    pub seen_at: Moment,
}

type Row = (SessionId, Moment, Moment, PersonId, Role, Option<BodyId>, Email, String);

/// The session of a cookie, if it lives and its person is not disabled.
///
/// # Errors
/// When the database fails.
pub fn find_live(tx: &mut ReadTx<'_>, token: &TokenHash, now: Moment) -> Result<Option<Session>, Error> {
    let row: Option<Row> = session::table
        .inner_join(person::table.on(session::person_id.eq(person::id)))
        .filter(session::token_hash.eq(token.as_str()).and(person::disabled_at.is_null()))
        .select((
            session::id,
            session::created_at,
            session::seen_at,
            person::id,
            person::role,
            person::body_id,
            person::email,
            person::name,
        ))
        .first(tx.conn)
        .optional()?;
    let Some((id, created_at, seen_at, person, role, body, email, name)) = row else { return Ok(None) };
    if !is_live(created_at, seen_at, now) {
        return Ok(None);
    }
    let reach = reach(tx, person, role)?;
    Ok(Some(Session { id, actor: Actor { person, role, body, reach }, email, name, seen_at }))
}

/// The inquiries that somebody's role is limited to; an overseer's alone is.
///
/// # Errors
/// When the database fails.
pub fn reach(tx: &mut ReadTx<'_>, who: PersonId, role: Role) -> Result<Reach, Error> {
    if role != Role::Overseer {
        return Ok(Reach::EVERYWHERE);
    }
    let ids: Vec<InquiryId> = person_inquiry::table
        .filter(person_inquiry::person_id.eq(who))
        .order(person_inquiry::inquiry_id)
        .select(person_inquiry::inquiry_id)
        .load(tx.conn)?;
    Ok(Reach::to(&ids))
}

/// Limits somebody's role to these inquiries, in the place of those it was limited to; to none: it is limited no longer.
///
/// # Errors
/// When the database fails.
pub fn limit(
    tx: &mut WriteTx<'_>,
    who: PersonId,
    inquiries: &[InquiryId],
    (by, on): (PersonId, Day),
) -> Result<(), Error> {
    let kept = person_inquiry::table.filter(person_inquiry::person_id.eq(who));
    let gone = kept.filter(person_inquiry::inquiry_id.ne_all(inquiries.to_vec()));
    diesel::delete(gone).execute(tx.conn)?;
    let there: Vec<InquiryId> = kept.select(person_inquiry::inquiry_id).load(tx.conn)?;
    for inquiry in inquiries.iter().copied().filter(|id| !there.contains(id)) {
        diesel::insert_into(person_inquiry::table)
            .values((
                person_inquiry::person_id.eq(who),
                person_inquiry::inquiry_id.eq(inquiry),
                person_inquiry::set_by.eq(by),
                person_inquiry::set_on.eq(on),
            ))
            .execute(tx.conn)?;
    }
    Ok(())
}

/// A session, as the list of one's own sessions tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct SessionLine {
    /// Its inner number.
    pub id: SessionId,
    /// When it began.
    pub created_at: Moment,
    /// The last request that was noted.
    pub seen_at: Moment,
}

/// The live sessions of a person, the one used last first.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut ReadTx<'_>, person: PersonId, now: Moment) -> Result<Vec<SessionLine>, Error> {
    let mut lines: Vec<SessionLine> = session::table
        .filter(session::person_id.eq(person))
        .order((session::seen_at.desc(), session::id.desc()))
        .select((session::id, session::created_at, session::seen_at))
        .load(tx.conn)?;
    lines.retain(|line| is_live(line.created_at, line.seen_at, now));
    Ok(lines)
}

/// Begins a session.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx<'_>, token: &TokenHash, person: PersonId, now: Moment) -> Result<(), Error> {
    diesel::insert_into(session::table)
        .values((
            session::token_hash.eq(token.as_str()),
            session::person_id.eq(person),
            session::created_at.eq(now),
            session::seen_at.eq(now),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Notes a request. A session that has ended meanwhile stays ended.
///
/// # Errors
/// When the database fails.
pub fn touch(tx: &mut WriteTx<'_>, id: SessionId, now: Moment) -> Result<(), Error> {
    diesel::update(session::table.find(id).filter(session::seen_at.lt(now)))
        .set(session::seen_at.eq(now))
        .execute(tx.conn)?;
    Ok(())
}

/// Ends the session of a cookie.
///
/// # Errors
/// When the database fails.
pub fn end(tx: &mut WriteTx<'_>, token: &TokenHash) -> Result<(), Error> {
    diesel::delete(session::table.filter(session::token_hash.eq(token.as_str()))).execute(tx.conn)?;
    Ok(())
}

/// Ends one session.
///
/// # Errors
/// When the database fails.
pub fn end_one(tx: &mut WriteTx<'_>, id: SessionId) -> Result<(), Error> {
    diesel::delete(session::table.find(id)).execute(tx.conn)?;
    Ok(())
}

/// Ends every session of a person but one.
///
/// # Errors
/// When the database fails.
pub fn end_all_but(tx: &mut WriteTx<'_>, person: PersonId, kept: SessionId) -> Result<(), Error> {
    diesel::delete(session::table.filter(session::person_id.eq(person).and(session::id.ne(kept)))).execute(tx.conn)?;
    Ok(())
}

/// Ends every session of a person.
///
/// # Errors
/// When the database fails.
pub fn end_all_of(tx: &mut WriteTx<'_>, person: PersonId) -> Result<(), Error> {
    diesel::delete(session::table.filter(session::person_id.eq(person))).execute(tx.conn)?;
    Ok(())
}
