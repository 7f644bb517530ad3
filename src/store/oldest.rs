//! The oldest recommendation that nobody has looked at: of which no answer, its own or a part's, was ever found to be done or not. It is
//! what lists call "not looked at". A recommendation is as old as the day on which it was made, or else its report was published.

use std::collections::{HashMap, HashSet};

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::inquiry;
use super::present::{COUNTED, Scope, answers_in, standing_then};
use super::recommendation::{self, Recommendation};
use super::schema::recommendation as table;
use super::{Error, ReadTx, entry};
use crate::domain::assessed::Assessed;
use crate::domain::id::{InquiryId, RecommendationId};
use crate::domain::moment::Day;

/// The oldest one, and how old it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oldest {
    /// Itself.
    pub recommendation: Recommendation,
    /// The day on which it was made, or on which its report was published; `None` where neither is known.
    pub on: Option<Day>,
    /// Whether that is the day of the report.
    pub of_report: bool,
}

/// How old, where it stands in the register's order, which: the least is the oldest. What has no day comes last.
type Age = (bool, Option<Day>, bool, i64, RecommendationId);

/// The oldest of these inquiries, given in the register's order.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx<'_>, inquiries: &[InquiryId]) -> Result<Option<Oldest>, Error> {
    let published = inquiry::published(tx, inquiries.to_vec())?;
    let mut oldest: Option<Age> = None;
    for inquiry in inquiries {
        let of = published.get(inquiry).and_then(|of| of.published_on);
        let known = published.get(inquiry).and_then(|of| of.made_on).is_some();
        let found = if tx.past().is_some() { then(tx, *inquiry)? } else { now(tx, *inquiry)? };
        for (made_on, position, id) in found {
            let day = made_on.or(of);
            let age = (day.is_none(), day, made_on.is_none() && !known, position, id);
            let is_older = |known: &Age| (age.0, age.1) < (known.0, known.1);
            if oldest.as_ref().is_none_or(is_older) {
                oldest = Some(age);
            }
        }
    }
    let Some((_, on, of_report, _, id)) = oldest else { return Ok(None) };
    let found = recommendation::many(tx, vec![id])?.pop();
    Ok(found.map(|recommendation| Oldest { recommendation, on, of_report }))
}

type Found = Vec<(Option<Day>, i64, RecommendationId)>;

/// The first of an inquiry with a day of its own, and the first without: one of them is its oldest.
fn now(tx: &mut ReadTx<'_>, inquiry: InquiryId) -> Result<Found, Error> {
    let unseen = format!(
        "not exists (select 1 from addressee where addressee.recommendation_id = recommendation.id and addressee.present and \
         {COUNTED} and addressee.assessed <> '{none}') and not exists (select 1 from recommendation as part inner join addressee \
         on addressee.recommendation_id = part.id where part.parent_id = recommendation.id and addressee.present and {COUNTED} \
         and addressee.assessed <> '{none}')",
        none = Assessed::NotAssessed
    );
    let all = || {
        table::table
            .filter(table::inquiry_id.eq(inquiry).and(table::parent_id.is_null()).and(table::in_error.eq(false)))
            .filter(sql::<Bool>(&unseen))
            .select((table::made_on, table::position, table::id))
    };
    let dated = all().filter(table::made_on.is_not_null()).order((table::made_on, table::position, table::id));
    let undated = all().filter(table::made_on.is_null()).order((table::position, table::id));
    let first = dated.first(tx.conn).optional()?;
    let other = undated.first(tx.conn).optional()?;
    Ok(first.into_iter().chain(other).collect())
}

/// All of an inquiry that nobody had looked at then, in its order.
fn then(tx: &mut ReadTx<'_>, inquiry: InquiryId) -> Result<Found, Error> {
    let rows: Vec<(RecommendationId, Option<RecommendationId>, i64)> = table::table
        .filter(table::inquiry_id.eq(inquiry))
        .order((table::position, table::id))
        .select((table::id, table::parent_id, table::position))
        .load(tx.conn)?;
    let wholes: HashMap<RecommendationId, RecommendationId> =
        rows.iter().map(|(id, parent, _)| (*id, parent.unwrap_or(*id))).collect();
    let looked: HashSet<RecommendationId> = answers_in(tx, Scope::Inquiry(inquiry))?
        .iter()
        .filter(|row| row.is_counted() && row.assessed != Assessed::NotAssessed)
        .filter_map(|row| wholes.get(&row.recommendation_id).copied())
        .collect();
    let ids: Vec<RecommendationId> =
        rows.iter().filter(|(_, parent, _)| parent.is_none()).map(|(id, ..)| *id).collect();
    let standing = standing_then(tx, &ids)?;
    let entries = entry::then(tx, &ids)?;
    let unseen = |(id, parent, position): (RecommendationId, Option<RecommendationId>, i64)| {
        let is_there = parent.is_none() && standing.words.contains_key(&id) && !standing.in_error.contains(&id);
        (is_there && !looked.contains(&id))
            .then(|| (entries.get(&id).and_then(|(_, _, made_on, _)| *made_on), position, id))
    };
    Ok(rows.into_iter().filter_map(unseen).collect())
}
