//! Themes: made when first named, renamed in the open.

use diesel::prelude::*;

use crate::domain::id::{Seq, ThemeId};
use crate::domain::text::Slug;
use crate::domain::words;
use crate::store::alias::{self, AliasKind};
use crate::store::ledger::insert_theme_text;
use crate::store::schema::{theme, theme_text};
use crate::store::{Error, ReadTx, WriteTx};

/// The theme of that name, made under `seq` if it is new. A name that a theme had before is still its own.
///
/// # Errors
/// When the database fails.
pub fn find_or_insert_theme(tx: &mut WriteTx<'_>, seq: Seq, name: &str) -> Result<ThemeId, Error> {
    let mut slug = Slug::from_words(name);
    if let Some(now) = alias::find(tx, AliasKind::Theme, "", slug.as_str())? {
        slug = now.parse().map_err(|_| Error::Failed(format!("{now} is no part of an address")))?;
    }
    let known = theme::table.filter(theme::slug.eq(&slug)).select(theme::id).first(tx.conn).optional()?;
    match known {
        Some(id) => Ok(id),
        None => insert_theme(tx, seq, name, &slug),
    }
}

/// Makes a theme.
///
/// # Errors
/// [`crate::store::Constraint::ThemeSlug`] when there is one with that slug.
pub fn insert_theme(tx: &mut WriteTx<'_>, seq: Seq, name: &str, slug: &Slug) -> Result<ThemeId, Error> {
    let id = diesel::insert_into(theme::table)
        .values((theme::slug.eq(slug), theme::name.eq(name)))
        .returning(theme::id)
        .get_result(tx.conn)?;
    insert_theme_text(tx, seq, id, (name, slug), false)?;
    Ok(id)
}

/// What a theme is called and its part of addresses: the last name that is not withheld, the last address of all.
///
/// # Errors
/// [`Error::NotFound`] when it was never named.
pub fn standing_theme(tx: &mut ReadTx<'_>, id: ThemeId) -> Result<(Slug, String), Error> {
    let rows: Vec<(Slug, String, Option<Seq>)> = theme_text::table
        .filter(theme_text::theme_id.eq(id))
        .order((theme_text::seq, theme_text::id))
        .select((theme_text::slug, theme_text::name, theme_text::withheld))
        .load(tx.conn)?;
    let (slug, ..) = rows.last().ok_or(Error::NotFound)?;
    let said = rows.iter().rev().find(|(_, _, withheld)| withheld.is_none()).map(|(_, name, _)| name.clone());
    Ok((slug.clone(), said.unwrap_or_else(|| words::name_withheld("A theme"))))
}

/// Makes the name that was published last the one that stands.
///
/// # Errors
/// When the database fails.
pub fn refresh_theme(tx: &mut WriteTx<'_>, id: ThemeId) -> Result<(), Error> {
    let (slug, name) = standing_theme(tx, id)?;
    diesel::update(theme::table.filter(theme::id.eq(id)))
        .set((theme::slug.eq(slug), theme::name.eq(name)))
        .execute(tx.conn)?;
    Ok(())
}
