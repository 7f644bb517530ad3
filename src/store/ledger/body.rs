//! Names of bodies, and what followed what.

use diesel::prelude::*;

use crate::domain::id::{BodyId, Seq};
use crate::domain::moment::Happened;
use crate::domain::text::Slug;
use crate::store::schema::{body, body_text, succession};
use crate::store::{Error, WriteTx};

/// A body's name as published.
#[derive(Debug, Clone, Insertable, Queryable)]
#[diesel(table_name = body_text, treat_none_as_default_value = false)]
pub struct NewBodyText {
    /// Its full name.
    pub name: String,
    /// What pages call it where room is short.
    pub short_name: Option<String>,
    /// What kind of organisation it is.
    pub kind: String,
    /// Its own page on the web.
    pub link: Option<String>,
}

/// Takes a new body in, with its name.
///
/// # Errors
/// [`crate::store::Constraint::BodySlug`] when there is one with that slug.
pub fn insert_body(tx: &mut WriteTx<'_>, seq: Seq, slug: &Slug, text: &NewBodyText) -> Result<BodyId, Error> {
    let id: BodyId = diesel::insert_into(body::table)
        .values((
            body::slug.eq(slug),
            body::name.eq(&text.name),
            body::short_name.eq(&text.short_name),
            body::kind.eq(&text.kind),
            body::version.eq(1),
            body::seq.eq(seq),
        ))
        .returning(body::id)
        .get_result(tx.conn)?;
    insert_body_text(tx, seq, id, slug, text)?;
    Ok(id)
}

/// Publishes an entry of a body that is known already.
///
/// # Errors
/// When the database fails.
pub fn insert_body_text(
    tx: &mut WriteTx<'_>,
    seq: Seq,
    body: BodyId,
    slug: &Slug,
    text: &NewBodyText,
) -> Result<(), Error> {
    diesel::insert_into(body_text::table)
        .values((body_text::seq.eq(seq), body_text::body_id.eq(body), body_text::slug.eq(slug), text))
        .execute(tx.conn)?;
    Ok(())
}

/// Publishes another address of a body. What it is called stays as it was published last, out of sight where that is.
///
/// # Errors
/// [`Error::NotFound`] when it was never named.
pub fn insert_body_address(tx: &mut WriteTx<'_>, seq: Seq, body: BodyId, slug: &Slug) -> Result<(), Error> {
    let (text, withheld): (NewBodyText, Option<Seq>) = body_text::table
        .filter(body_text::body_id.eq(body))
        .order((body_text::seq.desc(), body_text::id.desc()))
        .select(((body_text::name, body_text::short_name, body_text::kind, body_text::link), body_text::withheld))
        .first(tx.conn)?;
    insert_body_text(tx, seq, body, slug, &text)?;
    let new = body_text::table.filter(body_text::body_id.eq(body).and(body_text::seq.eq(seq)));
    diesel::update(new).set(body_text::withheld.eq(withheld)).execute(tx.conn)?;
    Ok(())
}

/// Publishes that one body took another's place.
///
/// # Errors
/// When the database fails.
pub fn insert_succession(
    tx: &mut WriteTx<'_>,
    seq: Seq,
    from: BodyId,
    to: BodyId,
    happened: Happened,
) -> Result<(), Error> {
    diesel::insert_into(succession::table)
        .values((
            succession::seq.eq(seq),
            succession::from_body_id.eq(from),
            succession::to_body_id.eq(to),
            succession::happened_on.eq(happened.day),
            succession::precision.eq(happened.precision),
            succession::present.eq(true),
        ))
        .execute(tx.conn)?;
    Ok(())
}
