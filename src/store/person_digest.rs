//! How often each of those who work with the register is mailed of its work, and what they have been told. Nobody else reads it.

use diesel::prelude::*;

use super::schema::{person, person_digest};
use super::{Error, ReadTx, WriteTx};
use crate::domain::email::Email;
use crate::domain::id::{PersonId, Seq};
use crate::domain::mail::Digest;
use crate::domain::moment::{Day, Moment};
use crate::domain::staff_digest::DigestCycle;

/// What is kept of one person's digests.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Kept {
    /// The person.
    pub person: PersonId,
    /// How often they chose; `None`: what their role has.
    pub cycle: Option<DigestCycle>,
    /// The change after which they have been told of everything without a break.
    pub told_from: Seq,
    /// The last change that they were told of, or that had nothing for them.
    pub told_upto: Seq,
    /// When that was.
    pub told_at: Option<Moment>,
    /// What the last mail said: a hash of each of its parts.
    pub said: Option<String>,
    /// Up to which moment they were told of mail that failed; `None`: of none yet.
    pub failed_upto: Option<Moment>,
}

macro_rules! columns {
    () => {
        (
            person_digest::person_id,
            person_digest::cycle,
            person_digest::told_from,
            person_digest::told_upto,
            person_digest::told_at,
            person_digest::said,
            person_digest::failed_upto,
        )
    };
}

/// Everybody's, in the order of the accounts.
///
/// # Errors
/// When the database fails.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<Kept>, Error> {
    Ok(person_digest::table.order(person_digest::person_id).select(columns!()).load(tx.conn)?)
}

/// One person's; `None` for whoever has chosen nothing and was told nothing yet.
///
/// # Errors
/// When the database fails.
pub fn of(tx: &mut ReadTx<'_>, who: PersonId) -> Result<Option<Kept>, Error> {
    let mine = person_digest::table.filter(person_digest::person_id.eq(who));
    Ok(mine.select(columns!()).first(tx.conn).optional()?)
}

/// Begins to keep it for somebody, as if they had been told of everything up to a change, at that moment.
///
/// # Errors
/// [`Error::Constraint`] when it is kept already.
pub fn begin(tx: &mut WriteTx<'_>, who: PersonId, (upto, at): (Seq, Option<Moment>)) -> Result<Kept, Error> {
    diesel::insert_into(person_digest::table)
        .values((
            person_digest::person_id.eq(who),
            person_digest::told_from.eq(upto),
            person_digest::told_upto.eq(upto),
            person_digest::told_at.eq(at),
            person_digest::failed_upto.eq(at),
        ))
        .execute(tx.conn)?;
    Ok(Kept { person: who, cycle: None, told_from: upto, told_upto: upto, told_at: at, said: None, failed_upto: at })
}

/// Keeps how often somebody wants it. What is kept of them must have been begun.
///
/// # Errors
/// When the database fails.
pub fn choose(tx: &mut WriteTx<'_>, who: PersonId, cycle: DigestCycle) -> Result<(), Error> {
    diesel::update(person_digest::table.filter(person_digest::person_id.eq(who)))
        .set(person_digest::cycle.eq(Some(cycle)))
        .execute(tx.conn)?;
    Ok(())
}

/// Begins anew for somebody who wanted none until now: of what was published meanwhile they are not told.
///
/// # Errors
/// When the database fails.
pub fn begin_anew(tx: &mut WriteTx<'_>, who: PersonId, (upto, at): (Seq, Moment)) -> Result<(), Error> {
    diesel::update(person_digest::table.filter(person_digest::person_id.eq(who)))
        .set((
            person_digest::told_from.eq(upto),
            person_digest::told_upto.eq(upto),
            person_digest::told_at.eq(Some(at)),
            person_digest::failed_upto.eq(Some(at)),
            person_digest::said.eq(None::<String>),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Notes up to which change somebody was told, and, where a mail went, its day and what it says, as hashes.
///
/// # Errors
/// When the database fails.
pub fn move_on(
    tx: &mut WriteTx<'_>,
    who: PersonId,
    (upto, at): (Seq, Moment),
    mailed: Option<(Day, &str)>,
) -> Result<(), Error> {
    let mine = || person_digest::table.filter(person_digest::person_id.eq(who));
    diesel::update(mine())
        .set((
            person_digest::told_upto.eq(upto),
            person_digest::told_at.eq(Some(at)),
            person_digest::failed_upto.eq(Some(at)),
        ))
        .execute(tx.conn)?;
    if let Some((on, said)) = mailed {
        diesel::update(mine())
            .set((person_digest::mailed_on.eq(Some(on)), person_digest::said.eq(Some(said))))
            .execute(tx.conn)?;
    }
    Ok(())
}

/// Goes back to where a digest began that did not reach them, so that the next one tells it, and tells of the mail that had failed too;
/// no further than where they began to be told. Today's is none then.
///
/// # Errors
/// When the database fails.
pub fn go_back(tx: &mut WriteTx<'_>, who: PersonId, digest: &Digest) -> Result<(), Error> {
    let Some(kept) = of(tx, who)? else { return Ok(()) };
    let upto = kept.told_upto.min(digest.after.max(kept.told_from));
    // No moment is before every moment: it means from the beginning.
    let failed = match digest.failed {
        Some((from, _)) if digest.after >= kept.told_from => kept.failed_upto.min(from),
        _ => kept.failed_upto,
    };
    diesel::update(person_digest::table.filter(person_digest::person_id.eq(who)))
        .set((
            person_digest::told_upto.eq(upto),
            person_digest::failed_upto.eq(failed),
            person_digest::mailed_on.eq(None::<Day>),
            person_digest::said.eq(None::<String>),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Goes on to where a digest ended that reached them after all, if everything before it did.
///
/// # Errors
/// When the database fails.
pub fn catch_up(tx: &mut WriteTx<'_>, who: PersonId, digest: &Digest) -> Result<(), Error> {
    let Some(kept) = of(tx, who)? else { return Ok(()) };
    let upto = if kept.told_upto >= digest.after { kept.told_upto.max(digest.upto) } else { kept.told_upto };
    let failed = match digest.failed {
        Some((from, to)) if kept.failed_upto >= from => kept.failed_upto.max(Some(to)),
        _ => kept.failed_upto,
    };
    diesel::update(person_digest::table.filter(person_digest::person_id.eq(who)))
        .set((person_digest::told_upto.eq(upto), person_digest::failed_upto.eq(failed)))
        .execute(tx.conn)?;
    Ok(())
}

/// The range of changes that a reader has been told of without a break.
pub type Told = (Seq, Seq);

/// Whom a digest was written to on this day: each address, and the range of changes that its reader has been told of without a
/// break.
///
/// # Errors
/// When the database fails.
pub fn mailed_on(tx: &mut ReadTx<'_>, on: Day) -> Result<Vec<(Email, Told)>, Error> {
    Ok(person_digest::table
        .inner_join(person::table.on(person_digest::person_id.eq(person::id)))
        .filter(person_digest::mailed_on.is_not_null().and(person_digest::mailed_on.assume_not_null().eq(on)))
        .select((person::email, (person_digest::told_from, person_digest::told_upto)))
        .load(tx.conn)?)
}

/// Forgets it, with whoever has left.
///
/// # Errors
/// When the database fails.
pub fn forget(tx: &mut WriteTx<'_>, who: PersonId) -> Result<(), Error> {
    diesel::delete(person_digest::table.filter(person_digest::person_id.eq(who))).execute(tx.conn)?;
    Ok(())
}
