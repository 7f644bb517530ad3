//! Themes: what recommendations of several inquiries have in common.

use std::collections::HashMap;

use diesel::prelude::*;

use super::schema::{tag, theme};
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

/// The first themes by name.
///
/// # Errors
/// When the database fails.
pub fn choices(tx: &mut ReadTx<'_>, most: i64) -> Result<Vec<Theme>, Error> {
    Ok(theme::table.order((theme::name, theme::id)).limit(most).load(tx.conn)?)
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
    Ok(themes)
}
