//! Inquiries: what made recommendations, with their description and their dated events.

use std::collections::HashMap;

use diesel::prelude::*;

use super::body::{self, BodyName};
pub use super::ledger::CountInSource;
use super::page::{Cursor, Page};
use super::schema::{change, inquiry, inquiry_text};
use super::withheld;
use super::{Error, ReadTx, past};
use crate::domain::change::TakenOut;
use crate::domain::id::{BodyId, InquiryId, InquiryTextId, Seq};
use crate::domain::licence::{Language, Licence, Rights};
use crate::domain::moment::Day;
use crate::domain::text::Slug;

/// An inquiry as lists name it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct InquiryName {
    /// Its row.
    pub id: InquiryId,
    /// Its part of an address.
    pub slug: Slug,
    /// What kind of thing it is, in words.
    pub kind: String,
    /// Its full title.
    pub title: String,
    /// What it is called for short.
    pub short_title: String,
}

pub(super) type NameColumns = (inquiry::id, inquiry::slug, inquiry::kind, inquiry::title, inquiry::short_title);
pub(super) const NAME: NameColumns = (inquiry::id, inquiry::slug, inquiry::kind, inquiry::title, inquiry::short_title);

/// An inquiry with its description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InquiryView {
    /// What it is called.
    pub name: InquiryName,
    /// Its version, for forms.
    pub version: i64,
    /// The last change of anything in it.
    pub seq: Seq,
    /// The day of that change.
    pub changed_on: Day,
    /// Who chaired it.
    pub chair: Option<String>,
    /// Who asked for it.
    pub commissioned_by: Option<BodyName>,
    /// Who issued the recommendations.
    pub issued_by: Option<BodyName>,
    /// By what right, and what that says about answers.
    pub legal_basis: Option<String>,
    /// Where it is published.
    pub source_url: Option<String>,
    /// What is to be known about that address.
    pub source_note: Option<String>,
    /// Whether the numbers of its recommendations are this register's own.
    pub own_references: bool,
    /// Who monitors it, under what, how often.
    pub monitored_by: Option<String>,
    /// What else a reader must know.
    pub note: Option<String>,
    /// The day of publication.
    pub published_on: Option<Day>,
    /// The day on which its recommendations were made, where that is known of all of them.
    pub made_on: Option<Day>,
    /// What the source itself counts.
    pub counts_in_source: Vec<CountInSource>,
    /// How many of these are not tracked in this register.
    pub not_tracked: Option<i64>,
    /// Why.
    pub not_tracked_why: Option<String>,
    /// In which language the words of the source are, and under which licence.
    pub rights: Rights,
    /// The description's words are out of sight, and since when.
    pub withheld: Option<TakenOut>,
}

/// The rest of a description's columns, in the order of the query.
#[derive(Queryable)]
struct TextRow {
    chair: Option<String>,
    commissioned_by: Option<BodyId>,
    issued_by: Option<BodyId>,
    legal_basis: Option<String>,
    source_url: Option<String>,
    source_note: Option<String>,
    own_references: bool,
    monitored_by: Option<String>,
    note: Option<String>,
    published_on: Option<Day>,
    counts_in_source: String,
    language: Option<Language>,
    licence: Option<Licence>,
    withheld: Option<Seq>,
    not_tracked: (Option<i64>, Option<String>),
}

/// One inquiry with its description.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn find(tx: &mut ReadTx<'_>, slug: &Slug) -> Result<InquiryView, Error> {
    let (mut name, version, seq, text): (InquiryName, i64, Seq, Option<InquiryTextId>) = inquiry::table
        .filter(inquiry::slug.eq(slug))
        .select((NAME, inquiry::version, inquiry::seq, inquiry::text_id))
        .first(tx.conn)?;
    let (text, seq) = past::text_of(tx, name.id, text, seq)?;
    past::name_inquiries(tx, [&mut name])?;
    let text = inquiry_text::table
        .filter(inquiry_text::id.nullable().eq(text))
        .select((
            inquiry_text::chair,
            inquiry_text::commissioned_by,
            inquiry_text::issued_by,
            inquiry_text::legal_basis,
            inquiry_text::source_url,
            inquiry_text::source_note,
            inquiry_text::own_references,
            inquiry_text::monitored_by,
            inquiry_text::note,
            inquiry_text::published_on,
            inquiry_text::counts_in_source,
            inquiry_text::language,
            inquiry_text::licence,
            inquiry_text::withheld,
            (inquiry_text::not_tracked, inquiry_text::not_tracked_why),
        ))
        .first::<TextRow>(tx.conn)?;
    let withheld = withheld::days(tx, [text.withheld])?.taken(text.withheld);
    let shown = |words: Option<String>| words.filter(|_| withheld.is_none());
    let changed_on = change::table.find(seq).select(change::day).first(tx.conn)?;
    let bodies = body::names(tx, [text.commissioned_by, text.issued_by].into_iter().flatten().collect())?;
    let named = |id: Option<BodyId>| id.and_then(|id| bodies.iter().find(|body| body.id == id).cloned());
    let mut counts_in_source = counts(&text.counts_in_source)?;
    if withheld.is_some() {
        counts_in_source.iter_mut().for_each(|count| count.note.clear());
    }
    Ok(InquiryView {
        name,
        version,
        seq,
        changed_on,
        commissioned_by: named(text.commissioned_by),
        issued_by: named(text.issued_by),
        chair: shown(text.chair),
        legal_basis: shown(text.legal_basis),
        source_url: shown(text.source_url),
        source_note: shown(text.source_note),
        own_references: text.own_references,
        monitored_by: shown(text.monitored_by),
        note: shown(text.note),
        not_tracked: text.not_tracked.0,
        not_tracked_why: shown(text.not_tracked.1),
        published_on: text.published_on,
        made_on: made_on(text.published_on, &counts_in_source),
        rights: Rights { language: text.language, licence: text.licence },
        withheld,
        counts_in_source,
    })
}

/// The name of one inquiry.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn name(tx: &mut ReadTx<'_>, slug: &Slug) -> Result<InquiryName, Error> {
    Ok(inquiry::table.filter(inquiry::slug.eq(slug)).select(NAME).first(tx.conn)?)
}

/// The names of these inquiries.
///
/// # Errors
/// When the database fails.
pub fn names(tx: &mut ReadTx<'_>, ids: Vec<InquiryId>) -> Result<Vec<InquiryName>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut names: Vec<InquiryName> = inquiry::table.filter(inquiry::id.eq_any(ids)).select(NAME).load(tx.conn)?;
    past::name_inquiries(tx, &mut names)?;
    Ok(names)
}

/// The first inquiries, in the register's order, each with its day of publication.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut ReadTx<'_>, most: i64) -> Result<Vec<(InquiryName, Option<Day>)>, Error> {
    Ok(inquiry::table
        .left_join(inquiry_text::table.on(inquiry_text::id.nullable().eq(inquiry::text_id)))
        .order((inquiry::position, inquiry::id))
        .limit(most)
        .select((NAME, inquiry_text::published_on.nullable()))
        .load(tx.conn)?)
}

/// Every inquiry, in the register's order.
///
/// # Errors
/// When the database fails.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<InquiryId>, Error> {
    Ok(inquiry::table.order((inquiry::position, inquiry::id)).select(inquiry::id).load(tx.conn)?)
}

/// One page of all inquiries, in the register's order.
///
/// # Errors
/// When the database fails.
pub fn page(tx: &mut ReadTx<'_>, after: Option<Cursor<2>>, size: usize) -> Result<Page<InquiryName, 2>, Error> {
    let Cursor([position, id]) = after.unwrap_or(Cursor([i64::MIN, i64::MIN]));
    let later = inquiry::position.eq(position).and(inquiry::id.gt(InquiryId(id)));
    let rows: Vec<(InquiryName, i64)> = inquiry::table
        .filter(inquiry::position.gt(position).or(later))
        .order((inquiry::position, inquiry::id))
        .limit(body::limit(size))
        .select((NAME, inquiry::position))
        .load(tx.conn)?;
    let Page { items, next } = Page::cut(rows, size, |(name, position): &(InquiryName, i64)| [*position, name.id.0]);
    Ok(Page { items: items.into_iter().map(|(name, _)| name).collect(), next })
}

/// How many inquiries there are.
///
/// # Errors
/// When the database fails.
pub fn count(tx: &mut ReadTx<'_>) -> Result<u64, Error> {
    Ok(inquiry::table.count().get_result::<i64>(tx.conn)?.unsigned_abs())
}

/// The inquiries that a body commissioned, or whose recommendations it issued.
///
/// # Errors
/// When the database fails.
pub fn made_by(tx: &mut ReadTx<'_>, body: BodyId, most: i64) -> Result<Vec<InquiryName>, Error> {
    let made = inquiry_text::commissioned_by.eq(body).or(inquiry_text::issued_by.eq(body));
    let all = inquiry::table
        .inner_join(inquiry_text::table.on(inquiry_text::inquiry_id.eq(inquiry::id)))
        .filter(made)
        .order((inquiry::position, inquiry::id))
        .limit(most)
        .select(NAME)
        .into_boxed();
    let mut names: Vec<InquiryName> = match tx.past() {
        Some(_) => all.filter(inquiry_text::id.eq_any(past::texts(tx)?)).load(tx.conn)?,
        None => all.filter(inquiry_text::id.nullable().eq(inquiry::text_id)).load(tx.conn)?,
    };
    past::name_inquiries(tx, &mut names)?;
    Ok(names)
}

/// The day on which all of an inquiry's recommendations were made: that of its publication, where the source's own count is
/// of that day and no other. Where it counts them at several days, or not at all, nobody can say it of each of them.
fn made_on(published_on: Option<Day>, counts: &[CountInSource]) -> Option<Day> {
    published_on.filter(|day| !counts.is_empty() && counts.iter().all(|count| count.on == *day))
}

fn counts(text: &str) -> Result<Vec<CountInSource>, Error> {
    serde_json::from_str(text).map_err(|fault| Error::Failed(format!("inquiry_text.counts_in_source: {fault}")))
}

/// What a recommendation's own data takes from its inquiry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// The day of publication.
    pub published_on: Option<Day>,
    /// The day on which its recommendations were made, where that is known of all of them.
    pub made_on: Option<Day>,
    /// Whether the numbers are this register's own.
    pub own_references: bool,
}

/// What reports say that they hold, and what of it is not tracked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// What the source itself counts, the first count first.
    pub counts: Vec<u64>,
    /// How many of these are not tracked.
    pub not_tracked: u64,
    /// Why, unless it is withheld.
    pub why: Option<String>,
}

/// What these inquiries' reports hold, by their own count.
///
/// # Errors
/// When the database fails.
pub fn held(tx: &mut ReadTx<'_>, ids: Vec<InquiryId>) -> Result<HashMap<InquiryId, Held>, Error> {
    let all = inquiry::table
        .inner_join(inquiry_text::table.on(inquiry_text::inquiry_id.eq(inquiry::id)))
        .filter(inquiry::id.eq_any(ids))
        .select((
            inquiry::id,
            inquiry_text::counts_in_source,
            inquiry_text::not_tracked,
            diesel::dsl::case_when(inquiry_text::withheld.is_null(), inquiry_text::not_tracked_why),
        ))
        .into_boxed();
    let rows: Vec<(InquiryId, String, Option<i64>, Option<String>)> = match tx.past() {
        Some(_) => all.filter(inquiry_text::id.eq_any(past::texts(tx)?)).load(tx.conn)?,
        None => all.filter(inquiry_text::id.nullable().eq(inquiry::text_id)).load(tx.conn)?,
    };
    rows.into_iter().map(|(id, text, not_tracked, why)| Ok((id, Held::of(&counts(&text)?, not_tracked, why)))).collect()
}

impl Held {
    /// As a description has it.
    #[must_use]
    pub fn of(counts: &[CountInSource], not_tracked: Option<i64>, why: Option<String>) -> Self {
        let mut counts: Vec<&CountInSource> = counts.iter().collect();
        counts.sort_by_key(|count| count.on);
        let number = |number: i64| u64::try_from(number).unwrap_or(0);
        Self {
            counts: counts.into_iter().map(|count| number(count.count)).collect(),
            not_tracked: not_tracked.map_or(0, number),
            why,
        }
    }
}

/// When these inquiries were published, and whose numbers their recommendations have.
///
/// # Errors
/// When the database fails.
pub fn published(tx: &mut ReadTx<'_>, mut ids: Vec<InquiryId>) -> Result<HashMap<InquiryId, Published>, Error> {
    ids.sort_unstable();
    ids.dedup();
    let all = inquiry::table
        .inner_join(inquiry_text::table.on(inquiry_text::inquiry_id.eq(inquiry::id)))
        .filter(inquiry::id.eq_any(ids))
        .select((inquiry::id, inquiry_text::published_on, inquiry_text::own_references, inquiry_text::counts_in_source))
        .into_boxed();
    let rows: Vec<(InquiryId, Option<Day>, bool, String)> = match tx.past() {
        Some(_) => all.filter(inquiry_text::id.eq_any(past::texts(tx)?)).load(tx.conn)?,
        None => all.filter(inquiry_text::id.nullable().eq(inquiry::text_id)).load(tx.conn)?,
    };
    rows.into_iter()
        .map(|(id, published_on, own_references, text)| {
            let made_on = made_on(published_on, &counts(&text)?);
            Ok((id, Published { published_on, made_on, own_references }))
        })
        .collect()
}
