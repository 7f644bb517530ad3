//! Names of bodies, and what followed what.

use diesel::prelude::*;

use crate::domain::checked::Checked;
use crate::domain::id::{AddresseeId, BodyId, Seq};
use crate::domain::moment::{Day, Happened, Precision};
use crate::domain::succession::SuccessionKind;
use crate::domain::text::Slug;
use crate::store::schema::{body, body_text, passing, succession};
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
    /// Other names that people know it by, a line each.
    pub also: Option<String>,
    /// Since when it has this name, where that is known.
    pub named_on: Option<Day>,
    /// How exactly.
    pub named_precision: Precision,
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
        .select((
            (
                body_text::name,
                body_text::short_name,
                body_text::kind,
                body_text::link,
                body_text::also,
                body_text::named_on,
                body_text::named_precision,
            ),
            body_text::withheld,
        ))
        .first(tx.conn)?;
    insert_body_text(tx, seq, body, slug, &text)?;
    let new = body_text::table.filter(body_text::body_id.eq(body).and(body_text::seq.eq(seq)));
    diesel::update(new).set(body_text::withheld.eq(withheld)).execute(tx.conn)?;
    Ok(())
}

/// That one body took another's place, or did not after all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSuccession {
    /// The body that ended.
    pub from: BodyId,
    /// The body that took its place.
    pub to: BodyId,
    /// In what way.
    pub kind: SuccessionKind,
    /// When.
    pub happened: Happened,
    /// Where it can be read.
    pub source_url: Option<String>,
    /// How far it was compared with that; `None` where nobody said.
    pub checked: Option<Checked>,
    /// Whether it did. Of each two bodies the last row counts.
    pub present: bool,
}

/// Publishes it.
///
/// # Errors
/// When the database fails.
pub fn insert_succession(tx: &mut WriteTx<'_>, seq: Seq, new: &NewSuccession) -> Result<(), Error> {
    diesel::insert_into(succession::table)
        .values((
            succession::seq.eq(seq),
            succession::from_body_id.eq(new.from),
            succession::to_body_id.eq(new.to),
            succession::kind.eq(new.kind),
            succession::happened_on.eq(new.happened.day),
            succession::precision.eq(new.happened.precision),
            succession::source_url.eq(&new.source_url),
            succession::checked.eq(new.checked),
            succession::present.eq(new.present),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Publishes which body took an answer over from one that ended; `None`: that none did.
///
/// # Errors
/// When the database fails.
pub fn insert_passing(
    tx: &mut WriteTx<'_>,
    seq: Seq,
    answer: AddresseeId,
    (from, to): (BodyId, Option<BodyId>),
) -> Result<(), Error> {
    diesel::insert_into(passing::table)
        .values((
            passing::seq.eq(seq),
            passing::addressee_id.eq(answer),
            passing::from_body_id.eq(from),
            passing::to_body_id.eq(to),
        ))
        .execute(tx.conn)?;
    Ok(())
}
