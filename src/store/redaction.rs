//! Removals that the law asks for: proposed, done, declined. The row says which record and why, never what it said.

use diesel::prelude::*;

use super::schema::{
    addressee, body, change, coverage, inquiry, person, recommendation, redaction, restored_redaction, tag, theme, tie,
};
use super::{Error, ReadTx, WriteTx, ledger, succession};
use crate::domain::change::Subject;
use crate::domain::id::{BodyId, PersonId, RecommendationId, Seq, ThemeId};
use crate::domain::moment::{Day, Moment};
use crate::domain::redaction::{RedactionKind, RedactionState, Removal};
use crate::domain::text::Slug;

/// How many bodies are named by one statement.
const AT_ONCE: usize = 5_000;

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

/// Whether the removal of a record, or of any of its siblings, is proposed and undecided.
///
/// # Errors
/// [`Error::NotFound`] when there is no such record.
pub fn is_proposed(tx: &mut ReadTx<'_>, subject: Subject, row: i64) -> Result<bool, Error> {
    let mut rows = vec![row];
    rows.extend(ledger::siblings(tx, subject, row)?.iter().map(|one| one.row));
    let open: i64 = redaction::table
        .filter(redaction::subject.eq(subject).and(redaction::row_id.eq_any(rows)))
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

/// Calls what removals are of by another name, wherever a name stands that was removed.
///
/// # Errors
/// When the database fails.
pub fn rename(tx: &mut WriteTx<'_>, gone: &[String], now: &str) -> Result<(), Error> {
    let all: Vec<(i64, String)> = redaction::table.select((redaction::id, redaction::place)).load(tx.conn)?;
    let gone: Vec<&String> = gone.iter().filter(|name| !now.contains(name.as_str())).collect();
    for (id, before) in all {
        let place = gone.iter().fold(before.clone(), |place, name| place.replace(name.as_str(), now));
        if place != before {
            diesel::update(redaction::table.find(id)).set(redaction::place.eq(place)).execute(tx.conn)?;
        }
    }
    Ok(())
}

/// Settles every open proposal to remove words of these records: they are gone. Nothing is published by it.
///
/// # Errors
/// When the database fails.
pub fn settle(
    tx: &mut WriteTx<'_>,
    subject: Subject,
    rows: &[i64],
    by: Option<PersonId>,
    at: Moment,
) -> Result<(), Error> {
    diesel::update(redaction::table)
        .filter(redaction::subject.eq(subject).and(redaction::row_id.eq_any(rows.to_vec())))
        .filter(redaction::state.eq(RedactionState::Proposed))
        .set((
            redaction::state.eq(RedactionState::Done),
            redaction::decided_by.eq(by),
            redaction::decided_at.eq(Some(at)),
            redaction::version.eq(redaction::version + 1),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// The record of a removal, and the change that removed its words.
pub type Removed = (Subject, i64, RedactionKind, Seq);

/// What was removed: by two people, and again because a copy was restored; each record with those that went by the same removal.
///
/// # Errors
/// When the database fails.
pub fn removed(tx: &mut ReadTx<'_>) -> Result<Vec<Removed>, Error> {
    let mut all: Vec<Removed> = redaction::table
        .filter(redaction::state.eq(RedactionState::Done).and(redaction::seq.is_not_null()))
        .order(redaction::id)
        .select((redaction::subject, redaction::row_id, redaction::kind, redaction::seq.assume_not_null()))
        .load(tx.conn)?;
    let again: Vec<Removed> = restored_redaction::table
        .order(restored_redaction::id)
        .select((
            restored_redaction::subject,
            restored_redaction::row_id,
            restored_redaction::kind,
            restored_redaction::seq,
        ))
        .load(tx.conn)?;
    all.extend(again);
    let mut whole: Vec<Removed> = Vec::with_capacity(all.len());
    for (subject, row, kind, by) in all {
        whole.push((subject, row, kind, by));
        let others = ledger::out(tx, subject, by)?.into_iter().filter(|(other, _)| *other != row);
        whole.extend(others.map(|(other, _)| (subject, other, kind, by)));
    }
    Ok(whole)
}

/// The list of removals, as it is kept outside the database.
///
/// # Errors
/// When the database fails.
pub fn removals(tx: &mut ReadTx<'_>) -> Result<Vec<Removal>, Error> {
    let all = removed(tx)?;
    all.into_iter().map(|(subject, row, kind, removed)| removal(tx, (subject, row, kind, removed))).collect()
}

fn removal(tx: &mut ReadTx<'_>, (subject, row, kind, removed): Removed) -> Result<Removal, Error> {
    let (published, _) = ledger::seq_of(tx, subject, row)?;
    let published_at = change::table.find(published).select(change::at).first(tx.conn)?;
    let first: Option<Day> = restored_redaction::table
        .filter(restored_redaction::seq.eq(removed))
        .select(restored_redaction::removed_on)
        .first(tx.conn)
        .optional()?;
    let removed_on = match first {
        Some(day) => day,
        None => change::table.find(removed).select(change::day).first(tx.conn)?,
    };
    Ok(Removal { subject, row, published, published_at, removed, removed_on, kind })
}

/// The moment at which a change was published.
///
/// # Errors
/// [`Error::NotFound`] when there is no such change.
pub fn published_at(tx: &mut ReadTx<'_>, seq: Seq) -> Result<Moment, Error> {
    Ok(change::table.find(seq).select(change::at).first(tx.conn)?)
}

/// Notes that words were removed again by the change `seq`, because a copy was restored that still had them.
///
/// # Errors
/// When the database fails.
pub fn insert_again(tx: &mut WriteTx<'_>, removal: &Removal, seq: Seq) -> Result<(), Error> {
    diesel::insert_into(restored_redaction::table)
        .values((
            restored_redaction::subject.eq(removal.subject),
            restored_redaction::row_id.eq(removal.row),
            restored_redaction::kind.eq(removal.kind),
            restored_redaction::removed_on.eq(removal.removed_on),
            restored_redaction::seq.eq(seq),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Everything beside its inquiry and its recommendation that a record may have been read under.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Around {
    /// The bodies, by their slugs.
    pub bodies: Vec<Slug>,
    /// The themes.
    pub themes: Vec<Slug>,
    /// The other recommendations whose pages name this one: as inquiry and number.
    pub family: Vec<(Slug, String)>,
}

/// Reads it. What was put to a body once, or had a theme once, counts: pages of the past show it.
///
/// # Errors
/// When the database fails.
pub fn around(tx: &mut ReadTx<'_>, (subject, row): (Subject, i64), of: &ledger::About) -> Result<Around, Error> {
    let mut bodies: Vec<BodyId> = of.body.into_iter().collect();
    bodies.extend(named_bodies(tx, subject, row)?);
    let mut tagged = tag::table.inner_join(recommendation::table).select(tag::theme_id).distinct().into_boxed();
    let mut asked = addressee::table.select(addressee::body_id).distinct().into_boxed();
    let mut family = Vec::new();
    match (of.recommendation, of.inquiry) {
        (Some(id), _) => {
            // The page of a body that was asked a part names the whole, too, where it is the oldest that nobody has looked at.
            let parts = recommendation::table.filter(recommendation::parent_id.eq(Some(id))).select(recommendation::id);
            let mut ids: Vec<RecommendationId> = parts.load(tx.conn)?;
            ids.push(id);
            asked = asked.filter(addressee::recommendation_id.eq_any(ids));
            tagged = tagged.filter(tag::recommendation_id.eq(id));
            family = kin(tx, id)?;
        }
        (None, Some(id)) => {
            asked = asked.filter(addressee::inquiry_id.eq(id));
            tagged = tagged.filter(recommendation::inquiry_id.eq(id));
        }
        (None, None) => {
            let bodies = body::table.filter(body::id.eq_any(bodies)).order(body::slug).select(body::slug);
            return Ok(Around { bodies: bodies.load(tx.conn)?, ..Around::default() });
        }
    }
    bodies.extend(asked.load::<BodyId>(tx.conn)?);
    // Whoever took over what they were asked shows it, too.
    bodies = succession::reached_from(tx, bodies)?;
    let themes: Vec<ThemeId> = tagged.load(tx.conn)?;
    let mut around = Around { family, ..Around::default() };
    for some in bodies.chunks(AT_ONCE) {
        let found: Vec<Slug> = body::table.filter(body::id.eq_any(some)).select(body::slug).load(tx.conn)?;
        around.bodies.extend(found);
    }
    around.bodies.sort();
    around.bodies.dedup();
    around.themes =
        theme::table.filter(theme::id.eq_any(themes)).order(theme::slug).select(theme::slug).load(tx.conn)?;
    Ok(around)
}

/// The bodies that a record names itself, beside what was put to bodies: their feeds tell it.
fn named_bodies(tx: &mut ReadTx<'_>, subject: Subject, row: i64) -> Result<Vec<BodyId>, Error> {
    let seq = Seq(row);
    let named: Option<BodyId> = match subject {
        Subject::Coverage => coverage::table.find(row).select(coverage::body_id).first(tx.conn)?,
        Subject::Change => change::table.find(seq).select(change::body_id).first(tx.conn)?,
        _ => None,
    };
    let mut bodies: Vec<BodyId> = named.into_iter().collect();
    if subject == Subject::Change {
        bodies.extend(succession::named_by(tx, seq)?);
    }
    Ok(bodies)
}

/// Its parts, what it is a part of, and what it was tied to.
fn kin(tx: &mut ReadTx<'_>, id: RecommendationId) -> Result<Vec<(Slug, String)>, Error> {
    let ends: Vec<(RecommendationId, RecommendationId)> = tie::table
        .filter(tie::from_id.eq(id).or(tie::to_id.eq(id)))
        .select((tie::from_id, tie::to_id))
        .load(tx.conn)?;
    let parent: Option<RecommendationId> =
        recommendation::table.filter(recommendation::id.eq(id)).select(recommendation::parent_id).first(tx.conn)?;
    let tied: Vec<RecommendationId> = ends.into_iter().flat_map(|(one, other)| [one, other]).chain(parent).collect();
    Ok(recommendation::table
        .inner_join(inquiry::table)
        .filter(recommendation::id.eq_any(tied).or(recommendation::parent_id.eq(id)))
        .filter(recommendation::id.ne(id))
        .order(recommendation::id)
        .select((inquiry::slug, recommendation::number))
        .load(tx.conn)?)
}
