//! Earlier slugs and numbers, which still lead to what they named.

use diesel::prelude::*;

use super::schema::alias;
use super::{Error, ReadTx};
use crate::domain::text::text_enum;

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
