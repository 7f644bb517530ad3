//! The lettered parts of recommendations, as their wholes speak of them.

use std::collections::HashMap;

use diesel::prelude::*;

use super::present::{StandingThen, standing_then};
use super::recommendation::Recommendation;
use super::schema::{change, recommendation, wording};
use super::withheld::{self, Words};
use super::{Error, ReadTx, entry};
use crate::domain::change::ChangeKind;
use crate::domain::id::{RecommendationId, Seq};
use crate::domain::part::{self, Lettered};

/// A part in short; everything about it is its own recommendation's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its row.
    pub id: RecommendationId,
    /// Its number.
    pub number: String,
    /// Its letter, whether it is done, and whether it was entered in error.
    pub lettered: Lettered,
    /// Its short name; `None` where nobody has transcribed it.
    pub title: Option<Words>,
}

type Row = (RecommendationId, RecommendationId, String, Option<String>, Option<Seq>, bool, bool);

/// The parts of these recommendations, each with its number, in their order.
///
/// # Errors
/// When the database fails.
pub fn of(
    tx: &mut ReadTx<'_>,
    wholes: &[(RecommendationId, String)],
) -> Result<HashMap<RecommendationId, Vec<Part>>, Error> {
    let mut parts: HashMap<RecommendationId, Vec<Part>> = HashMap::new();
    if wholes.is_empty() {
        return Ok(parts);
    }
    let ids: Vec<Option<RecommendationId>> = wholes.iter().map(|(id, _)| Some(*id)).collect();
    let mut rows: Vec<Row> = recommendation::table
        .left_join(wording::table.on(wording::id.nullable().eq(recommendation::wording_id)))
        .filter(recommendation::parent_id.eq_any(ids))
        .order((recommendation::position, recommendation::id))
        .select((
            recommendation::parent_id.assume_not_null(),
            recommendation::id,
            recommendation::number,
            diesel::dsl::case_when(wording::withheld.nullable().is_null(), recommendation::title),
            wording::withheld.nullable(),
            recommendation::done,
            recommendation::in_error,
        ))
        .load(tx.conn)?;
    if tx.past().is_some() && !rows.is_empty() {
        rows = then(tx, rows)?;
    }
    let days = withheld::days(tx, rows.iter().map(|row| row.4))?;
    for (whole, id, number, title, withheld, done, in_error) in rows {
        let Some((_, of)) = wholes.iter().find(|(known, _)| *known == whole) else { continue };
        let lettered = Lettered { letter: part::letter(of, &number).to_owned(), done, in_error };
        parts.entry(whole).or_default().push(Part { id, number, lettered, title: days.words(title, withheld) });
    }
    Ok(parts)
}

/// The rows as they stood then; parts that were not there yet are left out.
fn then(tx: &mut ReadTx<'_>, rows: Vec<Row>) -> Result<Vec<Row>, Error> {
    let ids: Vec<RecommendationId> = rows.iter().map(|row| row.1).collect();
    let StandingThen { mut words, done, in_error, .. } = standing_then(tx, &ids)?;
    let mut entries = entry::then(tx, &ids)?;
    let then = |(whole, id, ..): Row| {
        let words = words.remove(&id)?;
        let (number, ..) = entries.remove(&id)?;
        Some((whole, id, number, words.title, words.withheld, done.contains(&id), in_error.contains(&id)))
    };
    Ok(rows.into_iter().filter_map(then).collect())
}

/// The numbers of these recommendations, of which others are parts.
///
/// # Errors
/// When the database fails.
pub fn wholes(tx: &mut ReadTx<'_>, mut ids: Vec<RecommendationId>) -> Result<HashMap<RecommendationId, String>, Error> {
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let now: HashMap<RecommendationId, String> = recommendation::table
        .filter(recommendation::id.eq_any(&ids))
        .select((recommendation::id, recommendation::number))
        .load::<(RecommendationId, String)>(tx.conn)?
        .into_iter()
        .collect();
    if tx.past().is_none() {
        return Ok(now);
    }
    let then = entry::then(tx, &ids)?;
    Ok(then.into_iter().map(|(id, (number, ..))| (id, number)).collect())
}

/// What a recommendation is a part of: its row and its number as they stand.
///
/// # Errors
/// [`Error::NotFound`] when there is no such recommendation.
pub fn whole_of(tx: &mut ReadTx<'_>, id: RecommendationId) -> Result<Option<(RecommendationId, String)>, Error> {
    let whole: Option<RecommendationId> =
        recommendation::table.find(id).select(recommendation::parent_id).first(tx.conn)?;
    let Some(whole) = whole else { return Ok(None) };
    Ok(wholes(tx, vec![whole])?.remove(&whole).map(|number| (whole, number)))
}

/// The rows of the parts of a recommendation, with their numbers as they stand.
///
/// # Errors
/// When the database fails.
pub fn rows(tx: &mut ReadTx<'_>, whole: RecommendationId) -> Result<Vec<(RecommendationId, String)>, Error> {
    Ok(recommendation::table
        .filter(recommendation::parent_id.eq(whole))
        .order((recommendation::position, recommendation::id))
        .select((recommendation::id, recommendation::number))
        .load(tx.conn)?)
}

/// Whether a recommendation was divided into parts of which one counts: then these are counted in its place. One that its report
/// itself puts in parts may be put to a body as a whole, too.
///
/// # Errors
/// When the database fails.
pub fn is_divided(tx: &mut ReadTx<'_>, whole: RecommendationId) -> Result<bool, Error> {
    if entry::counting(tx, whole)?.parts.is_empty() {
        return Ok(false);
    }
    let divisions = change::table
        .filter(change::recommendation_id.eq(whole).and(change::kind.eq(ChangeKind::Division)))
        .filter(change::seq.le(tx.upto()));
    Ok(diesel::select(diesel::dsl::exists(divisions)).get_result(tx.conn)?)
}

/// The parts of these recommendations, each with its whole.
///
/// # Errors
/// When the database fails.
pub(super) fn of_these(
    tx: &mut ReadTx<'_>,
    wholes: Vec<RecommendationId>,
) -> Result<HashMap<RecommendationId, RecommendationId>, Error> {
    if wholes.is_empty() {
        return Ok(HashMap::new());
    }
    let wholes: Vec<Option<RecommendationId>> = wholes.into_iter().map(Some).collect();
    let rows: Vec<(RecommendationId, RecommendationId)> = recommendation::table
        .filter(recommendation::parent_id.eq_any(wholes))
        .select((recommendation::id, recommendation::parent_id.assume_not_null()))
        .load(tx.conn)?;
    Ok(rows.into_iter().collect())
}

/// Where a recommendation stands in its inquiry's list: its parts stand at the same place, after it.
///
/// # Errors
/// [`Error::NotFound`] when there is no such recommendation.
pub fn position(tx: &mut ReadTx<'_>, whole: RecommendationId) -> Result<i64, Error> {
    Ok(recommendation::table.find(whole).select(recommendation::position).first(tx.conn)?)
}

/// These recommendations and all their parts, each once: what the answers are read of.
pub fn with_parts<'r>(items: impl IntoIterator<Item = &'r Recommendation>) -> Vec<RecommendationId> {
    let mut ids: Vec<RecommendationId> =
        items.into_iter().flat_map(|one| std::iter::once(one.id).chain(one.parts.iter().map(|part| part.id))).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
