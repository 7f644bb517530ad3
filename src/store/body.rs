//! Bodies: organisations that are asked, with their former and later names.

use diesel::prelude::*;

use super::page::{Cursor, Page};
use super::schema::{addressee, body, body_text, change, succession};
use super::{Error, ReadTx, past};
use crate::domain::id::{BodyId, InquiryId, Seq};
use crate::domain::moment::{Day, Happened, Precision};
use crate::domain::text::Slug;

/// A body as lists and cards name it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct BodyName {
    /// Its row.
    pub id: BodyId,
    /// Its part of an address.
    pub slug: Slug,
    /// Its full name.
    pub name: String,
    /// What it is called for short.
    pub short_name: Option<String>,
    /// What kind of body it is.
    pub kind: String,
}

/// The columns of a [`BodyName`].
pub(super) type NameColumns = (body::id, body::slug, body::name, body::short_name, body::kind);
pub(super) const NAME: NameColumns = (body::id, body::slug, body::name, body::short_name, body::kind);

impl BodyName {
    /// The short name, or the full one.
    #[must_use]
    pub fn short(&self) -> &str {
        self.short_name.as_deref().unwrap_or(&self.name)
    }
}

/// A body with its history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyView {
    /// Its name now.
    pub name: BodyName,
    /// Its version, for forms.
    pub version: i64,
    /// The last change of its entry.
    pub seq: Seq,
    /// Whether what was published last is out of sight: then it is called by an earlier name, or by none.
    pub withheld: bool,
    /// Its own page on the web.
    pub link: Option<String>,
    /// The names that it had here, the first first; those that are withheld are left out.
    pub names: Vec<Named>,
    /// The bodies that it took the place of.
    pub before: Vec<Succession>,
    /// The bodies that took its place.
    pub after: Vec<Succession>,
}

/// A name that a body had in this register.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Named {
    /// The change that gave it.
    pub seq: Seq,
    /// The day of that change.
    pub day: Day,
    /// The name.
    pub name: String,
}

/// That one body took the place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succession {
    /// The other body.
    pub body: BodyName,
    /// When it did.
    pub happened: Happened,
    /// The change that recorded it.
    pub seq: Seq,
}

/// One body with its history.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn find(tx: &mut ReadTx<'_>, slug: &Slug) -> Result<BodyView, Error> {
    let (mut name, version, seq): (BodyName, i64, Seq) =
        body::table.filter(body::slug.eq(slug)).select((NAME, body::version, body::seq)).first(tx.conn)?;
    past::name_bodies(tx, [&mut name])?;
    let entries: Vec<(Option<String>, Option<Seq>)> = body_text::table
        .filter(body_text::body_id.eq(name.id).and(body_text::seq.le(tx.upto())))
        .order((body_text::seq.desc(), body_text::id.desc()))
        .select((body_text::link, body_text::withheld))
        .load(tx.conn)?;
    let (link, withheld) = entries.into_iter().next().ok_or(Error::NotFound)?;
    let names = body_text::table
        .inner_join(change::table)
        .filter(body_text::body_id.eq(name.id).and(body_text::seq.le(tx.upto())))
        .filter(body_text::withheld.is_null())
        .order(body_text::seq)
        .select((body_text::seq, change::day, body_text::name))
        .load::<Named>(tx.conn)?;
    let before = successions(tx, name.id, End::To)?;
    let after = successions(tx, name.id, End::From)?;
    let (withheld, link) = (withheld.is_some(), link.filter(|_| withheld.is_none()));
    Ok(BodyView { name, version, seq, withheld, link, names, before, after })
}

/// The name of one body.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn name(tx: &mut ReadTx<'_>, slug: &Slug) -> Result<BodyName, Error> {
    Ok(body::table.filter(body::slug.eq(slug)).select(NAME).first(tx.conn)?)
}

/// The names of these bodies.
///
/// # Errors
/// When the database fails.
pub fn names(tx: &mut ReadTx<'_>, ids: Vec<BodyId>) -> Result<Vec<BodyName>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut names: Vec<BodyName> = body::table.filter(body::id.eq_any(ids)).select(NAME).load(tx.conn)?;
    past::name_bodies(tx, &mut names)?;
    Ok(names)
}

/// The first bodies by name, for a filter's list of choices.
///
/// # Errors
/// When the database fails.
pub fn choices(tx: &mut ReadTx<'_>, most: i64) -> Result<Vec<BodyName>, Error> {
    Ok(body::table.order((body::name, body::id)).limit(most).select(NAME).load(tx.conn)?)
}

/// The same of those that one inquiry's recommendations were put to.
///
/// # Errors
/// When the database fails.
pub fn asked_in(tx: &mut ReadTx<'_>, inquiry: InquiryId, most: i64) -> Result<Vec<BodyName>, Error> {
    let asked = addressee::table.filter(addressee::inquiry_id.eq(inquiry)).select(addressee::body_id);
    let bodies = body::table.filter(body::id.eq_any(asked)).order((body::name, body::id));
    Ok(bodies.limit(most).select(NAME).load(tx.conn)?)
}

/// Whether anything of an inquiry was ever put to a body.
///
/// # Errors
/// When the database fails.
pub fn is_asked_in(tx: &mut ReadTx<'_>, inquiry: InquiryId, body: BodyId) -> Result<bool, Error> {
    let asked: i64 = addressee::table
        .filter(addressee::inquiry_id.eq(inquiry).and(addressee::body_id.eq(body)))
        .count()
        .get_result(tx.conn)?;
    Ok(asked > 0)
}

/// One page of all bodies, in the order in which they came in.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut ReadTx<'_>, after: Option<Cursor<1>>, size: usize) -> Result<Page<BodyName>, Error> {
    let after = after.map_or(0, |Cursor([id])| id);
    let rows = body::table
        .filter(body::id.gt(after))
        .order(body::id)
        .limit(limit(size))
        .select(NAME)
        .load::<BodyName>(tx.conn)?;
    Ok(Page::cut(rows, size, |row| [row.id.0]))
}

/// How many bodies there are.
///
/// # Errors
/// When the database fails.
pub fn count(tx: &mut ReadTx<'_>) -> Result<u64, Error> {
    Ok(body::table.count().get_result::<i64>(tx.conn)?.unsigned_abs())
}

/// One row more than a page holds, to see whether there is a next one.
pub(super) fn limit(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX).saturating_add(1)
}

enum End {
    From,
    To,
}

/// The successions that stand, seen from one end: of each pair of bodies the last row counts.
fn successions(tx: &mut ReadTx<'_>, this: BodyId, end: End) -> Result<Vec<Succession>, Error> {
    type Row = (BodyId, BodyId, Option<Day>, Precision, bool, Seq);
    let columns = (
        succession::from_body_id,
        succession::to_body_id,
        succession::happened_on,
        succession::precision,
        succession::present,
        succession::seq,
    );
    let rows: Vec<Row> = match end {
        End::From => succession::table
            .filter(succession::from_body_id.eq(this).and(succession::seq.le(tx.upto())))
            .order(succession::id)
            .select(columns)
            .load(tx.conn)?,
        End::To => succession::table
            .filter(succession::to_body_id.eq(this).and(succession::seq.le(tx.upto())))
            .order(succession::id)
            .select(columns)
            .load(tx.conn)?,
    };
    let mut standing: Vec<(BodyId, Happened, Seq)> = Vec::new();
    for (from, to, on, precision, present, seq) in rows {
        let other = match end {
            End::From => to,
            End::To => from,
        };
        standing.retain(|(body, ..)| *body != other);
        if present {
            standing.push((other, Happened::new(on, precision), seq));
        }
    }
    let bodies = names(tx, standing.iter().map(|(body, ..)| *body).collect())?;
    Ok(standing
        .into_iter()
        .filter_map(|(id, happened, seq)| {
            let body = bodies.iter().find(|body| body.id == id)?.clone();
            Some(Succession { body, happened, seq })
        })
        .collect())
}
