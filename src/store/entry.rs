//! Under which numbers recommendations stand, now and then; and which of them belong to something that is called anew.

use std::collections::{BTreeSet, HashMap};

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::present::{COUNTED, StandingEntry};
use super::schema::{addressee, body, entry, recommendation, tag};
use super::{AT_ONCE, Error, ReadTx, WriteTx};
use crate::domain::id::{AddresseeId, BodyId, InquiryId, RecommendationId, ThemeId};

/// The recommendations that were put to a body, or that it answers now in another's place.
///
/// # Errors
/// When the database fails.
pub fn answered_by(tx: &mut ReadTx<'_>, body: BodyId) -> Result<Vec<RecommendationId>, Error> {
    let all = addressee::table.filter(addressee::body_id.eq(body).or(addressee::answerer_id.eq(body)));
    let all = all.order(addressee::recommendation_id);
    Ok(all.select(addressee::recommendation_id).distinct().load(tx.conn)?)
}

/// The recommendations that these answers are to.
///
/// # Errors
/// When the database fails.
pub fn of_answers(tx: &mut ReadTx<'_>, answers: &[AddresseeId]) -> Result<BTreeSet<RecommendationId>, Error> {
    let mut found = BTreeSet::new();
    for some in answers.chunks(AT_ONCE) {
        let all = addressee::table.filter(addressee::id.eq_any(some));
        found.extend(all.select(addressee::recommendation_id).load::<RecommendationId>(tx.conn)?);
    }
    Ok(found)
}

/// The recommendations of an inquiry.
///
/// # Errors
/// When the database fails.
pub fn of_inquiry(tx: &mut ReadTx<'_>, inquiry: InquiryId) -> Result<Vec<RecommendationId>, Error> {
    let all = recommendation::table.filter(recommendation::inquiry_id.eq(inquiry)).order(recommendation::id);
    Ok(all.select(recommendation::id).load(tx.conn)?)
}

/// The recommendations that a theme was ever put on.
///
/// # Errors
/// When the database fails.
pub fn of_theme(tx: &mut ReadTx<'_>, theme: ThemeId) -> Result<Vec<RecommendationId>, Error> {
    let all = tag::table.filter(tag::theme_id.eq(theme)).order(tag::recommendation_id);
    Ok(all.select(tag::recommendation_id).distinct().load(tx.conn)?)
}

/// The recommendation with that number; looking back, also the one that had it then. No number is given twice.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn numbered(tx: &mut ReadTx<'_>, inquiry: InquiryId, number: &str) -> Result<RecommendationId, Error> {
    let now: Option<RecommendationId> = recommendation::table
        .filter(recommendation::inquiry_id.eq(inquiry).and(recommendation::number.eq(number)))
        .select(recommendation::id)
        .first(tx.conn)
        .optional()?;
    match (now, tx.past()) {
        (Some(id), _) => Ok(id),
        (None, None) => Err(Error::NotFound),
        (None, Some(past)) => Ok(entry::table
            .inner_join(recommendation::table)
            .filter(recommendation::inquiry_id.eq(inquiry))
            .filter(entry::number.eq(number).and(entry::seq.le(past.seq)))
            .select(entry::recommendation_id)
            .first(tx.conn)?),
    }
}

/// A recommendation with its number then, whose that is, the day it was made, and whether it was entered in error.
type Row = (RecommendationId, StandingEntry);

/// Under which numbers these recommendations stood then.
///
/// # Errors
/// When the database fails.
pub fn then(tx: &mut ReadTx<'_>, ids: &[RecommendationId]) -> Result<HashMap<RecommendationId, StandingEntry>, Error> {
    let mut then = HashMap::new();
    for ids in ids.chunks(AT_ONCE) {
        let rows: Vec<Row> = entry::table
            .filter(entry::recommendation_id.eq_any(ids).and(entry::seq.le(tx.upto())))
            .order((entry::seq, entry::id))
            .select((entry::recommendation_id, (entry::number, entry::own_reference, entry::made_on, entry::in_error)))
            .load(tx.conn)?;
        then.extend(rows);
    }
    Ok(then)
}

/// What people call a recommendation by its number then; as it stands where nothing is looked back to.
///
/// # Errors
/// When the database fails.
pub fn number_then(tx: &mut ReadTx<'_>, id: RecommendationId, now: String) -> Result<String, Error> {
    if tx.past().is_none() {
        return Ok(now);
    }
    Ok(then(tx, &[id])?.remove(&id).map_or(now, |(number, ..)| number))
}

/// Whether a recommendation was entered in error.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn is_in_error(tx: &mut ReadTx<'_>, id: RecommendationId) -> Result<bool, Error> {
    Ok(recommendation::table.find(id).select(recommendation::in_error).first(tx.conn)?)
}

/// What else of a recommendation is in numbers: what has to be decided before it can leave them, or count again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counting {
    /// The bodies whose answers count.
    pub bodies: Vec<String>,
    /// The numbers of its parts that count.
    pub parts: Vec<String>,
    /// The number of what it is a part of, where that was entered in error.
    pub whole_in_error: Option<String>,
}

/// What of a recommendation counts.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn counting(tx: &mut ReadTx<'_>, id: RecommendationId) -> Result<Counting, Error> {
    let bodies = addressee::table
        .inner_join(body::table)
        .filter(addressee::recommendation_id.eq(id).and(addressee::present))
        .filter(sql::<Bool>(COUNTED))
        .order(addressee::id)
        .select(body::name)
        .load(tx.conn)?;
    let parts = recommendation::table
        .filter(recommendation::parent_id.eq(id).and(recommendation::in_error.eq(false)))
        .order(recommendation::position)
        .select(recommendation::number)
        .load(tx.conn)?;
    let parent: Option<RecommendationId> =
        recommendation::table.find(id).select(recommendation::parent_id).first(tx.conn)?;
    let whole_in_error = match parent {
        None => None,
        Some(parent) => recommendation::table
            .filter(recommendation::id.eq(parent).and(recommendation::in_error))
            .select(recommendation::number)
            .first(tx.conn)
            .optional()?,
    };
    Ok(Counting { bodies, parts, whole_in_error })
}

/// Lets the recommendations of an inquiry that may repeat the one under `old` name it by its number from now on.
///
/// # Errors
/// When the database fails.
pub fn repeat_under(tx: &mut WriteTx<'_>, inquiry: InquiryId, old: &str, new: &str) -> Result<(), Error> {
    let repeating = recommendation::inquiry_id.eq(inquiry).and(recommendation::may_repeat.eq(old));
    diesel::update(recommendation::table.filter(repeating)).set(recommendation::may_repeat.eq(new)).execute(tx.conn)?;
    Ok(())
}
