//! Bodies: organisations that are asked, with their former and later names.

use diesel::prelude::*;

use super::page::{Cursor, Page};
use super::schema::{addressee, body, body_text, change};
use super::{Error, ReadTx, past, succession};
use crate::domain::id::{BodyId, InquiryId, Seq};
use crate::domain::moment::{Day, Happened, Precision};
use crate::domain::succession::{Link, SuccessionKind};
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

/// The name of the body that answers now, of a row of the table `addressee`: staff's lists name it beside the body asked, whose
/// part of an address the answer has.
pub(super) const ANSWERER: &str = "(select answerer.name from body answerer where answerer.id = addressee.answerer_id)";

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
    /// Other names that people know it by.
    pub also: Vec<String>,
    /// Since when it has the name of its last entry.
    pub named: Happened,
    /// The names that it had here, the first first; those that are withheld are left out.
    pub names: Vec<Named>,
    /// The bodies that it took the place of.
    pub before: Vec<Succession>,
    /// The bodies that took its place.
    pub after: Vec<Succession>,
}

/// A name that a body had in this register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The change that gave it.
    pub seq: Seq,
    /// The day of that change.
    pub day: Day,
    /// The name.
    pub name: String,
    /// Since when the body has it, where that is known.
    pub since: Happened,
}

/// That one body took the place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succession {
    /// The other body.
    pub body: BodyName,
    /// In what way.
    pub kind: SuccessionKind,
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
    type Entry = (Option<String>, Option<String>, (Option<Day>, Precision), Option<Seq>);
    let entries: Vec<Entry> = body_text::table
        .filter(body_text::body_id.eq(name.id).and(body_text::seq.le(tx.upto())))
        .order((body_text::seq.desc(), body_text::id.desc()))
        .select((
            body_text::link,
            body_text::also,
            (body_text::named_on, body_text::named_precision),
            body_text::withheld,
        ))
        .load(tx.conn)?;
    let (link, also, (named_on, precision), withheld) = entries.into_iter().next().ok_or(Error::NotFound)?;
    let named = Happened::new(named_on, precision);
    let names = body_text::table
        .inner_join(change::table)
        .filter(body_text::body_id.eq(name.id).and(body_text::seq.le(tx.upto())))
        .filter(body_text::withheld.is_null())
        .order(body_text::seq)
        .select((body_text::seq, change::day, body_text::name, (body_text::named_on, body_text::named_precision)))
        .load::<(Seq, Day, String, (Option<Day>, Precision))>(tx.conn)?;
    let named_then = |(seq, day, name, (on, precision))| Named { seq, day, name, since: Happened::new(on, precision) };
    let names = names.into_iter().map(named_then).collect();
    let [before, after] = successions(tx, name.id)?;
    let out = withheld.is_some();
    let (link, also) = (link.filter(|_| !out), also.filter(|_| !out));
    let also = also.iter().flat_map(|names| names.lines()).map(str::to_owned).collect();
    Ok(BodyView { name, version, seq, withheld: out, link, also, named, names, before, after })
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

/// The same of those that answer now for anything: what was put to a body that ended, or to a group, is found by who answers it.
///
/// # Errors
/// When the database fails.
pub fn answering(tx: &mut ReadTx<'_>, most: i64) -> Result<Vec<BodyName>, Error> {
    // Of each body it is asked whether there is any: there are few bodies, and many answers.
    let answers = addressee::table.filter(addressee::answerer_id.eq(body::id).and(addressee::present));
    let bodies = body::table.filter(diesel::dsl::exists(answers));
    Ok(bodies.order((body::name, body::id)).limit(most).select(NAME).load(tx.conn)?)
}

/// The same of those that answer now for what one inquiry recommended.
///
/// # Errors
/// When the database fails.
pub fn asked_in(tx: &mut ReadTx<'_>, inquiry: InquiryId, most: i64) -> Result<Vec<BodyName>, Error> {
    let asked = addressee::table.filter(addressee::inquiry_id.eq(inquiry).and(addressee::present));
    let asked = asked.filter(addressee::answerer_id.eq(body::id));
    let bodies = body::table.filter(diesel::dsl::exists(asked)).order((body::name, body::id));
    Ok(bodies.limit(most).select(NAME).load(tx.conn)?)
}

/// Whether anything of an inquiry was ever put to a body, or is answered by it now.
///
/// # Errors
/// When the database fails.
pub fn is_asked_in(tx: &mut ReadTx<'_>, inquiry: InquiryId, body: BodyId) -> Result<bool, Error> {
    let asked: i64 = addressee::table
        .filter(addressee::inquiry_id.eq(inquiry))
        .filter(addressee::body_id.eq(body).or(addressee::answerer_id.eq(body)))
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

/// The successions that stand, seen from one end.
fn successions(tx: &mut ReadTx<'_>, this: BodyId) -> Result<[Vec<Succession>; 2], Error> {
    let chain = succession::chain(tx)?;
    let before: Vec<(BodyId, Link)> = chain.before(this).map(|link| (link.from, *link)).collect();
    let after: Vec<(BodyId, Link)> = chain.after(this).iter().map(|link| (link.to, *link)).collect();
    let bodies = names(tx, before.iter().chain(&after).map(|(id, _)| *id).collect())?;
    let told = |(id, link): (BodyId, Link)| {
        let body = bodies.iter().find(|body| body.id == id)?.clone();
        Some(Succession { body, kind: link.kind, happened: link.happened, seq: link.seq })
    };
    Ok([before, after].map(|links| links.into_iter().filter_map(told).collect()))
}
