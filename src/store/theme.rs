//! Themes: what recommendations of several inquiries have in common.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::schema::{tag, theme, theme_text};
use super::{Error, ReadTx};
use crate::domain::id::{RecommendationId, Seq, ThemeId};
use crate::domain::text::Slug;

/// A theme.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Theme {
    /// Its row.
    pub id: ThemeId,
    /// Its part of an address.
    pub slug: Slug,
    /// What it is called.
    pub name: String,
}

/// One theme.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn find(tx: &mut ReadTx<'_>, slug: &Slug) -> Result<Theme, Error> {
    Ok(theme::table.filter(theme::slug.eq(slug)).first(tx.conn)?)
}

/// These themes as they were called then.
///
/// # Errors
/// When the database fails.
pub fn names(tx: &mut ReadTx<'_>, ids: Vec<ThemeId>) -> Result<Vec<Theme>, Error> {
    let mut themes: Vec<Theme> = theme::table.filter(theme::id.eq_any(ids)).load(tx.conn)?;
    called_then(tx, &mut themes)?;
    Ok(themes)
}

/// The theme that a published name is of.
///
/// # Errors
/// [`Error::NotFound`] when there is no such row.
pub fn of_text(tx: &mut ReadTx<'_>, row: i64) -> Result<ThemeId, Error> {
    Ok(theme_text::table.find(row).select(theme_text::theme_id).first(tx.conn)?)
}

/// The change that named a theme last: the version of it that a form shows.
///
/// # Errors
/// [`Error::NotFound`] when it was never named.
pub fn named_by(tx: &mut ReadTx<'_>, id: ThemeId) -> Result<Seq, Error> {
    let all = theme_text::table.filter(theme_text::theme_id.eq(id)).order(theme_text::seq.desc());
    Ok(all.select(theme_text::seq).first(tx.conn)?)
}

/// Calls themes what they were called then.
fn called_then<'t>(tx: &mut ReadTx<'_>, themes: impl IntoIterator<Item = &'t mut Theme>) -> Result<(), Error> {
    if tx.past().is_none() {
        return Ok(());
    }
    let mut themes: Vec<&mut Theme> = themes.into_iter().collect();
    let ids: Vec<ThemeId> = themes.iter().map(|theme| theme.id).collect();
    let rows: Vec<(ThemeId, String)> = theme_text::table
        .filter(theme_text::theme_id.eq_any(ids).and(theme_text::seq.le(tx.upto())))
        .filter(theme_text::withheld.is_null())
        .order((theme_text::seq, theme_text::id))
        .select((theme_text::theme_id, theme_text::name))
        .load(tx.conn)?;
    for (id, name) in rows {
        themes.iter_mut().filter(|theme| theme.id == id).for_each(|theme| theme.name.clone_from(&name));
    }
    Ok(())
}

/// The first themes by name.
///
/// # Errors
/// When the database fails.
pub fn choices(tx: &mut ReadTx<'_>, most: i64) -> Result<Vec<Theme>, Error> {
    Ok(theme::table.order((theme::name, theme::id)).limit(most).load(tx.conn)?)
}

/// The same without those that are retired: what can be put on a recommendation.
///
/// # Errors
/// When the database fails.
pub fn offered(tx: &mut ReadTx<'_>, most: i64) -> Result<Vec<Theme>, Error> {
    let retired = retired(tx)?;
    let mut all = choices(tx, most)?;
    all.retain(|theme| !retired.contains(&theme.id));
    Ok(all)
}

/// Those that are retired: of the rows of each the last says so.
///
/// # Errors
/// When the database fails.
pub fn retired(tx: &mut ReadTx<'_>) -> Result<HashSet<ThemeId>, Error> {
    let rows: Vec<(ThemeId, bool)> = theme_text::table
        .filter(theme_text::seq.le(tx.upto()))
        .order((theme_text::seq, theme_text::id))
        .select((theme_text::theme_id, theme_text::retired))
        .load(tx.conn)?;
    let last: HashMap<ThemeId, bool> = rows.into_iter().collect();
    Ok(last.into_iter().filter_map(|(id, retired)| retired.then_some(id)).collect())
}

/// One theme as it was called then; on a day before it was first named, none.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn find_then(tx: &mut ReadTx<'_>, slug: &Slug) -> Result<Theme, Error> {
    let mut theme = find(tx, slug)?;
    if tx.past().is_some() {
        let named = theme_text::table.filter(theme_text::theme_id.eq(theme.id).and(theme_text::seq.le(tx.upto())));
        if !diesel::select(diesel::dsl::exists(named)).get_result::<bool>(tx.conn)? {
            return Err(Error::NotFound);
        }
        called_then(tx, [&mut theme])?;
    }
    Ok(theme)
}

/// The themes of each of these recommendations, in the order in which they were given.
///
/// # Errors
/// When the database fails.
pub fn of(
    tx: &mut ReadTx<'_>,
    recommendations: Vec<RecommendationId>,
) -> Result<HashMap<RecommendationId, Vec<Theme>>, Error> {
    let rows: Vec<(RecommendationId, bool, Seq, Theme)> = tag::table
        .inner_join(theme::table)
        .filter(tag::recommendation_id.eq_any(recommendations).and(tag::seq.le(tx.upto())))
        .order(tag::id)
        .select((tag::recommendation_id, tag::present, tag::seq, theme::all_columns))
        .load(tx.conn)?;
    let mut themes = HashMap::<RecommendationId, Vec<Theme>>::new();
    for (recommendation, present, _, theme) in rows {
        let list = themes.entry(recommendation).or_default();
        list.retain(|other| other.id != theme.id);
        if present {
            list.push(theme);
        }
    }
    called_then(tx, themes.values_mut().flatten())?;
    Ok(themes)
}
