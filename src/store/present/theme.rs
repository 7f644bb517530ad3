//! Themes: made when first named.

use diesel::prelude::*;

use crate::domain::id::ThemeId;
use crate::domain::text::Slug;
use crate::store::schema::theme;
use crate::store::{Error, WriteTx};

/// The theme of that name, made if it is new.
///
/// # Errors
/// When the database fails.
pub fn find_or_insert_theme(tx: &mut WriteTx<'_>, name: &str) -> Result<ThemeId, Error> {
    let slug = Slug::from_words(name);
    let known = theme::table.filter(theme::slug.eq(&slug)).select(theme::id).first(tx.conn).optional()?;
    match known {
        Some(id) => Ok(id),
        None => Ok(diesel::insert_into(theme::table)
            .values((theme::slug.eq(&slug), theme::name.eq(name)))
            .returning(theme::id)
            .get_result(tx.conn)?),
    }
}
