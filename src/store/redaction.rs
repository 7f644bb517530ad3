//! Removals that the law asks for: proposed, done, declined. The row says which record and why, never what it said.

use diesel::prelude::*;

use super::schema::{change, person, redaction};
use super::{Error, ReadTx, WriteTx};
use crate::domain::change::{ChangeKind, Subject};
use crate::domain::id::{PersonId, Seq};
use crate::domain::moment::{Day, Moment};
use crate::domain::redaction::{RedactionKind, RedactionState};

/// A removal to be proposed.
#[derive(Debug, Clone, Copy)]
pub struct NewRedaction<'a> {
    /// Its own random name.
    pub reference: &'a str,
    /// What kind of record.
    pub subject: Subject,
    /// Its number.
    pub row: i64,
    /// Why.
    pub kind: RedactionKind,
    /// What the record is about, in words that repeat nothing of it.
    pub place: &'a str,
    /// Who proposes it.
    pub by: PersonId,
    /// When.
    pub at: Moment,
}

/// A removal as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Redaction {
    /// Its inner number.
    pub id: i64,
    /// Its own random name.
    pub reference: String,
    /// What kind of record.
    pub subject: Subject,
    /// Its number.
    pub row: i64,
    /// Why.
    pub kind: RedactionKind,
    /// Where it stands.
    pub state: RedactionState,
    /// What the record is about.
    pub place: String,
    /// Who proposed it.
    pub proposed_by: PersonId,
    /// Their name, for staff.
    pub proposer: String,
    /// When.
    pub proposed_at: Moment,
    /// When it was decided.
    pub decided_at: Option<Moment>,
    /// The change that removed the words.
    pub seq: Option<Seq>,
    /// Its version.
    pub version: i64,
}

macro_rules! columns {
    () => {
        (
            redaction::id,
            redaction::reference,
            redaction::subject,
            redaction::row_id,
            redaction::kind,
            redaction::state,
            redaction::place,
            redaction::proposed_by,
            person::name,
            redaction::proposed_at,
            redaction::decided_at,
            redaction::seq,
            redaction::version,
        )
    };
}

/// Proposes one.
///
/// # Errors
/// When the database fails.
pub fn propose(tx: &mut WriteTx<'_>, new: &NewRedaction<'_>) -> Result<(), Error> {
    diesel::insert_into(redaction::table)
        .values((
            redaction::reference.eq(new.reference),
            redaction::subject.eq(new.subject),
            redaction::row_id.eq(new.row),
            redaction::kind.eq(new.kind),
            redaction::state.eq(RedactionState::Proposed),
            redaction::place.eq(new.place),
            redaction::proposed_by.eq(new.by),
            redaction::proposed_at.eq(new.at),
            redaction::version.eq(1_i64),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// The removal of that name.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn find(tx: &mut ReadTx<'_>, reference: &str) -> Result<Redaction, Error> {
    let of_person = redaction::table.inner_join(person::table.on(person::id.eq(redaction::proposed_by)));
    Ok(of_person.filter(redaction::reference.eq(reference)).select(columns!()).first(tx.conn)?)
}

/// Removals, the last proposed first; with a state only those that stand so.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut ReadTx<'_>, state: Option<RedactionState>, most: i64) -> Result<Vec<Redaction>, Error> {
    let of_person = redaction::table.inner_join(person::table.on(person::id.eq(redaction::proposed_by)));
    let mut query = of_person.select(columns!()).order(redaction::id.desc()).limit(most).into_boxed();
    if let Some(state) = state {
        query = query.filter(redaction::state.eq(state));
    }
    Ok(query.load(tx.conn)?)
}

/// Whether the removal of a record is proposed and undecided.
///
/// # Errors
/// When the database fails.
pub fn is_proposed(tx: &mut ReadTx<'_>, subject: Subject, row: i64) -> Result<bool, Error> {
    let open: i64 = redaction::table
        .filter(redaction::subject.eq(subject).and(redaction::row_id.eq(row)))
        .filter(redaction::state.eq(RedactionState::Proposed))
        .count()
        .get_result(tx.conn)?;
    Ok(open > 0)
}

/// How many wait for a second person, other than `me`.
///
/// # Errors
/// When the database fails.
pub fn waiting(tx: &mut ReadTx<'_>, me: PersonId) -> Result<i64, Error> {
    Ok(redaction::table
        .filter(redaction::state.eq(RedactionState::Proposed).and(redaction::proposed_by.ne(me)))
        .count()
        .get_result(tx.conn)?)
}

/// Decides one: done with the change that removed the words, or declined.
///
/// # Errors
/// [`Error::Stale`] when somebody decided it meanwhile.
pub fn decide(
    tx: &mut WriteTx<'_>,
    id: i64,
    version: i64,
    seq: Option<Seq>,
    by: PersonId,
    at: Moment,
) -> Result<(), Error> {
    let state = if seq.is_some() { RedactionState::Done } else { RedactionState::Declined };
    let decided = diesel::update(redaction::table)
        .filter(redaction::id.eq(id).and(redaction::version.eq(version)))
        .filter(redaction::state.eq(RedactionState::Proposed))
        .set((
            redaction::state.eq(state),
            redaction::decided_by.eq(Some(by)),
            redaction::decided_at.eq(Some(at)),
            redaction::seq.eq(seq),
            redaction::version.eq(version + 1),
        ))
        .execute(tx.conn)?;
    if decided == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// What was taken out: each withholding, showing again and removal with its day; a removal with its reason.
///
/// # Errors
/// When the database fails.
pub fn taken_out(tx: &mut ReadTx<'_>) -> Result<Vec<(Day, ChangeKind, Option<RedactionKind>)>, Error> {
    Ok(change::table
        .left_join(redaction::table.on(redaction::seq.eq(change::seq.nullable())))
        .filter(change::kind.eq_any([ChangeKind::Withheld, ChangeKind::Shown, ChangeKind::Redacted]))
        .order(change::seq.desc())
        .select((change::day, change::kind, redaction::kind.nullable()))
        .load(tx.conn)?)
}
