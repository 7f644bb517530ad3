//! What is held already, as a register file names it: by slug, number and words.

use diesel::prelude::*;

use super::alias::{self, AliasKind};
use super::schema::{addressee, body, inquiry, inquiry_event, inquiry_text, recommendation, remark, succession, tie};
use super::{Error, ReadTx};
use crate::domain::id::{AddresseeId, BodyId, InquiryId, RecommendationId};
use crate::domain::moment::{Day, Happened};
use crate::domain::text::Slug;

/// A body's inner number, name, short name and kind.
pub type BodyHeld = (BodyId, String, Option<String>, String);

/// The body with that slug, now or before.
///
/// # Errors
/// When the database fails.
pub fn body(tx: &mut ReadTx<'_>, slug: &Slug) -> Result<Option<BodyHeld>, Error> {
    let now = alias::find(tx, AliasKind::Body, "", slug.as_str())?;
    Ok(body::table
        .filter(body::slug.eq(now.as_deref().unwrap_or(slug.as_str())))
        .select((body::id, body::name, body::short_name, body::kind))
        .first(tx.conn)
        .optional()?)
}

/// Whether a body is held to have taken another's place.
///
/// # Errors
/// When the database fails.
pub fn has_succession(tx: &mut ReadTx<'_>, from: BodyId, to: BodyId) -> Result<bool, Error> {
    let found = succession::table.filter(succession::from_body_id.eq(from).and(succession::to_body_id.eq(to)));
    Ok(diesel::select(diesel::dsl::exists(found)).get_result(tx.conn)?)
}

/// An inquiry as it is described now.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
#[expect(missing_docs, reason = "the columns are those of `ledger::NewInquiryText`")]
pub struct InquiryHeld {
    pub id: InquiryId,
    pub kind: String,
    pub title: String,
    pub short_title: String,
    pub chair: Option<String>,
    pub legal_basis: Option<String>,
    pub source_url: Option<String>,
    pub source_note: Option<String>,
    pub monitored_by: Option<String>,
    pub note: Option<String>,
    pub published_on: Option<Day>,
}

/// The inquiry with that slug.
///
/// # Errors
/// When the database fails.
pub fn inquiry(tx: &mut ReadTx<'_>, slug: &Slug) -> Result<Option<InquiryHeld>, Error> {
    Ok(inquiry::table
        .inner_join(inquiry_text::table.on(inquiry_text::id.nullable().eq(inquiry::text_id)))
        .filter(inquiry::slug.eq(slug))
        .select((
            inquiry::id,
            inquiry::kind,
            inquiry::title,
            inquiry::short_title,
            inquiry_text::chair,
            inquiry_text::legal_basis,
            inquiry_text::source_url,
            inquiry_text::source_note,
            inquiry_text::monitored_by,
            inquiry_text::note,
            inquiry_text::published_on,
        ))
        .first(tx.conn)
        .optional()?)
}

/// How many inquiries are held: the next one's place in lists.
///
/// # Errors
/// When the database fails.
pub fn inquiries(tx: &mut ReadTx<'_>) -> Result<i64, Error> {
    Ok(inquiry::table.count().get_result(tx.conn)?)
}

/// Whether an inquiry's timeline says this on this day already, withheld or not.
///
/// # Errors
/// When the database fails.
pub fn has_event(tx: &mut ReadTx<'_>, inquiry: InquiryId, happened: Happened, words: &str) -> Result<bool, Error> {
    let days: Vec<Option<Day>> = inquiry_event::table
        .filter(inquiry_event::inquiry_id.eq(inquiry).and(inquiry_event::words.eq(words)))
        .select(inquiry_event::happened_on)
        .load(tx.conn)?;
    Ok(days.contains(&happened.day))
}

/// The recommendation with that number, now or before.
///
/// # Errors
/// When the database fails.
pub fn recommendation(
    tx: &mut ReadTx<'_>,
    inquiry: InquiryId,
    number: &str,
) -> Result<Option<RecommendationId>, Error> {
    let slug: String = inquiry::table.find(inquiry).select(inquiry::slug).first(tx.conn)?;
    let now = alias::find(tx, AliasKind::Recommendation, &slug, number)?;
    let number = now.as_deref().unwrap_or(number);
    Ok(recommendation::table
        .filter(recommendation::inquiry_id.eq(inquiry).and(recommendation::number.eq(number)))
        .select(recommendation::id)
        .first(tx.conn)
        .optional()?)
}

/// How many recommendations of an inquiry are held: the next one's place in its list.
///
/// # Errors
/// When the database fails.
pub fn recommendations(tx: &mut ReadTx<'_>, inquiry: InquiryId) -> Result<i64, Error> {
    Ok(recommendation::table.filter(recommendation::inquiry_id.eq(inquiry)).count().get_result(tx.conn)?)
}

/// Whether a recommendation's timeline says this on this day already, withheld or not.
///
/// # Errors
/// When the database fails.
pub fn has_remark(
    tx: &mut ReadTx<'_>,
    recommendation: RecommendationId,
    happened: Happened,
    words: &str,
) -> Result<bool, Error> {
    let days: Vec<Option<Day>> = remark::table
        .filter(remark::recommendation_id.eq(recommendation).and(remark::words.eq(words)))
        .select(remark::happened_on)
        .load(tx.conn)?;
    Ok(days.contains(&happened.day))
}

/// The answer of a body to a recommendation.
///
/// # Errors
/// When the database fails.
pub fn answer(
    tx: &mut ReadTx<'_>,
    recommendation: RecommendationId,
    body: BodyId,
) -> Result<Option<AddresseeId>, Error> {
    Ok(addressee::table
        .filter(addressee::recommendation_id.eq(recommendation).and(addressee::body_id.eq(body)))
        .select(addressee::id)
        .first(tx.conn)
        .optional()?)
}

/// Whether two recommendations are, or were, tied in any way: what somebody decided about them since is not overwritten.
///
/// # Errors
/// When the database fails.
pub fn has_tie(tx: &mut ReadTx<'_>, one: RecommendationId, other: RecommendationId) -> Result<bool, Error> {
    let there = tie::from_id.eq(one).and(tie::to_id.eq(other));
    let found = tie::table.filter(there.or(tie::from_id.eq(other).and(tie::to_id.eq(one))));
    Ok(diesel::select(diesel::dsl::exists(found)).get_result(tx.conn)?)
}
