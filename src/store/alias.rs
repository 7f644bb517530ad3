//! Earlier slugs and numbers, which still lead to what they named.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::schema::{alias, body, body_text, entry, inquiry, recommendation, theme, theme_text};
use super::{Error, ReadTx, WriteTx};
use crate::domain::numbering::is_same;
use crate::domain::text::{Slug, text_enum};

text_enum! {
    /// What an earlier name was the name of.
    pub enum AliasKind as "kind of alias" {
        /// An inquiry's slug; the scope is empty.
        Inquiry = "inquiry",
        /// A recommendation's number; the scope is its inquiry's slug.
        Recommendation = "recommendation",
        /// A body's slug; the scope is empty.
        Body = "body",
        /// A theme's slug; the scope is empty.
        Theme = "theme",
    }
}

/// What this earlier name is called now.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx<'_>, kind: AliasKind, scope: &str, old: &str) -> Result<Option<String>, Error> {
    Ok(alias::table
        .filter(alias::kind.eq(kind.as_str()).and(alias::scope.eq(scope)).and(alias::old.eq(old)))
        .select(alias::new)
        .first(tx.conn)
        .optional()?)
}

/// The name under which something is kept that is asked for by this one, now or before.
///
/// # Errors
/// When the database fails.
pub fn current(tx: &mut ReadTx<'_>, kind: AliasKind, slug: &Slug) -> Result<Slug, Error> {
    let now = find(tx, kind, "", slug.as_str())?;
    Ok(now.and_then(|now| now.parse().ok()).unwrap_or_else(|| slug.clone()))
}

/// Lets what was called `old` until now be found under it for ever. What led to `old` leads on; a name that the same thing takes
/// up again is its name and no alias any more.
///
/// # Errors
/// When the database fails.
pub fn lead_on(tx: &mut WriteTx<'_>, kind: AliasKind, scope: &str, old: &str, new: &str) -> Result<(), Error> {
    let of_kind = || alias::kind.eq(kind.as_str()).and(alias::scope.eq(scope));
    diesel::delete(alias::table.filter(of_kind()).filter(alias::old.eq(new))).execute(tx.conn)?;
    diesel::update(alias::table.filter(of_kind()).filter(alias::new.eq(old)))
        .set(alias::new.eq(new))
        .execute(tx.conn)?;
    let row = (alias::kind.eq(kind.as_str()), alias::scope.eq(scope), alias::old.eq(old), alias::new.eq(new));
    diesel::insert_into(alias::table).values(row).execute(tx.conn)?;
    Ok(())
}

/// What a number of an inquiry belongs to, or belonged to: the number under which that stands now. Capitals make no difference.
///
/// # Errors
/// When the database fails.
pub fn number_taken(tx: &mut ReadTx<'_>, inquiry: &str, number: &str) -> Result<Option<String>, Error> {
    let held: Vec<String> = recommendation::table
        .inner_join(inquiry::table)
        .filter(inquiry::slug.eq(inquiry))
        .select(recommendation::number)
        .load(tx.conn)?;
    if let Some(held) = held.into_iter().find(|held| is_same(held, number)) {
        return Ok(Some(held));
    }
    let earlier: Vec<(String, String)> = alias::table
        .filter(alias::kind.eq(AliasKind::Recommendation.as_str()).and(alias::scope.eq(inquiry)))
        .select((alias::old, alias::new))
        .load(tx.conn)?;
    Ok(earlier.into_iter().find(|(old, _)| is_same(old, number)).map(|(_, now)| now))
}

/// Kind, scope and earlier name.
pub type Earlier = (String, String, String);

/// Every earlier name with what it leads to.
///
/// # Errors
/// When the database fails.
pub fn all(tx: &mut ReadTx<'_>) -> Result<BTreeMap<Earlier, String>, Error> {
    let rows: Vec<(String, String, String, String)> =
        alias::table.select((alias::kind, alias::scope, alias::old, alias::new)).load(tx.conn)?;
    Ok(rows.into_iter().map(|(kind, scope, old, new)| ((kind, scope, old), new)).collect())
}

/// The same as it follows from what was published.
///
/// # Errors
/// When the database fails.
pub fn worked_out(tx: &mut ReadTx<'_>) -> Result<BTreeMap<Earlier, String>, Error> {
    let numbers: Vec<(String, String, String)> = entry::table
        .inner_join(recommendation::table.inner_join(inquiry::table))
        .select((inquiry::slug, entry::number, recommendation::number))
        .load(tx.conn)?;
    let bodies: Vec<(String, String)> = body_text::table
        .inner_join(body::table.on(body::id.eq(body_text::body_id)))
        .select((body_text::slug, body::slug))
        .load(tx.conn)?;
    let themes: Vec<(String, String)> = theme_text::table
        .inner_join(theme::table.on(theme::id.eq(theme_text::theme_id)))
        .select((theme_text::slug, theme::slug))
        .load(tx.conn)?;
    let nowhere = |(old, new): (String, String)| (String::new(), old, new);
    let all = numbers
        .into_iter()
        .map(|row| (AliasKind::Recommendation, row))
        .chain(bodies.into_iter().map(|row| (AliasKind::Body, nowhere(row))))
        .chain(themes.into_iter().map(|row| (AliasKind::Theme, nowhere(row))));
    Ok(all
        .filter(|(_, (_, old, new))| old != new)
        .map(|(kind, (scope, old, new))| ((kind.as_str().to_owned(), scope, old), new))
        .collect())
}
