//! The words by which a recommendation can be found: only what the public may read.

use diesel::prelude::*;

use super::standing_words;
use crate::domain::id::RecommendationId;
use crate::store::schema::{addressee, body, inquiry, recommendation, tag, theme};
use crate::store::{Error, ReadTx};

/// Its title, its text, its themes, its inquiry's titles and the names of the bodies asked.
///
/// # Errors
/// When the database fails.
pub fn findable(tx: &mut ReadTx<'_>, id: RecommendationId) -> Result<Vec<String>, Error> {
    let words = standing_words(tx, id)?;
    let mut texts: Vec<String> = [words.title, words.text].into_iter().flatten().collect();
    let (title, short_title): (String, String) = recommendation::table
        .inner_join(inquiry::table.on(inquiry::id.eq(recommendation::inquiry_id)))
        .filter(recommendation::id.eq(id))
        .select((inquiry::title, inquiry::short_title))
        .first(tx.conn)?;
    texts.extend([title, short_title]);
    texts.extend(
        tag::table
            .inner_join(theme::table.on(theme::id.eq(tag::theme_id)))
            .filter(tag::recommendation_id.eq(id).and(tag::present.eq(true)))
            .order(theme::id)
            .select(theme::name)
            .load::<String>(tx.conn)?,
    );
    let bodies: Vec<(String, Option<String>)> = addressee::table
        .inner_join(body::table.on(body::id.eq(addressee::body_id)))
        .filter(addressee::recommendation_id.eq(id).and(addressee::present.eq(true)))
        .order(body::id)
        .select((body::name, body::short_name))
        .load(tx.conn)?;
    for (name, short_name) in bodies {
        texts.push(name);
        texts.extend(short_name);
    }
    Ok(texts)
}
