//! Where answers and updates were looked for, when, by which post, and what was found.

use diesel::prelude::*;

use super::body::{self, BodyName};
use super::inquiry::{self, InquiryName};
use super::recommendation;
use super::schema::{addressee, coverage};
use super::withheld::{self, Words};
use super::{Error, ReadTx};
use crate::domain::coverage::{Found, Look, Sought};
use crate::domain::id::{AddresseeId, BodyId, CoverageId, InquiryId, RecommendationId, Seq};
use crate::domain::moment::Day;

/// A published look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Its row.
    pub id: CoverageId,
    /// The change that published it.
    pub seq: Seq,
    /// The inquiry.
    pub inquiry: InquiryName,
    /// The body whose answers were looked for; `None` for all of them.
    pub body: Option<BodyName>,
    /// The one recommendation whose answer was looked for, with its number; `None` for all that were put to the body.
    pub recommendation: Option<(RecommendationId, String)>,
    /// What was looked for.
    pub what: Sought,
    /// Where.
    pub place: Words,
    /// An address of that place.
    pub source_url: Option<String>,
    /// When.
    pub looked_on: Day,
    /// By which post, unless it is withheld with the place.
    pub by_post: Option<String>,
    /// What was found.
    pub found: Found,
    /// The change that published what this one puts right.
    pub corrects: Option<Seq>,
    /// The change that puts this one right.
    pub corrected_by: Option<Seq>,
}

/// Which looks are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    /// Those of one inquiry.
    Inquiry(InquiryId),
    /// Those for the answers to one recommendation alone.
    Recommendation(RecommendationId),
    /// Those for these answers alone.
    Answers(Vec<AddresseeId>),
    /// Those that some changes published.
    Changes(Vec<Seq>),
}

#[derive(Queryable)]
struct Row {
    id: CoverageId,
    seq: Seq,
    inquiry: InquiryId,
    body: Option<BodyId>,
    what: Sought,
    place: Option<String>,
    source_url: Option<String>,
    looked_on: Day,
    by_post: Option<String>,
    found: Found,
    corrects: Option<CoverageId>,
    withheld: Option<Seq>,
    recommendation: Option<RecommendationId>,
}

/// The looks, the last day first.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx<'_>, of: &Of, most: i64) -> Result<Vec<Coverage>, Error> {
    let all = coverage::table
        .select((
            coverage::id,
            coverage::seq,
            coverage::inquiry_id,
            coverage::body_id,
            coverage::what,
            diesel::dsl::case_when(coverage::withheld.is_null(), coverage::where_looked.nullable()),
            diesel::dsl::case_when(coverage::withheld.is_null(), coverage::source_url),
            coverage::looked_on,
            diesel::dsl::case_when(coverage::withheld.is_null(), coverage::by_post.nullable()),
            coverage::found,
            coverage::corrects,
            coverage::withheld,
            coverage::recommendation_id,
        ))
        .into_boxed();
    let narrowed = match of {
        Of::Inquiry(id) => all.filter(coverage::inquiry_id.eq(*id)),
        Of::Recommendation(id) => all.filter(coverage::recommendation_id.eq(*id)),
        Of::Answers(ids) => {
            let of = addressee::table
                .filter(addressee::id.eq_any(ids.clone()))
                .filter(addressee::recommendation_id.nullable().eq(coverage::recommendation_id))
                .filter(addressee::body_id.nullable().eq(coverage::body_id));
            all.filter(diesel::dsl::exists(of))
        }
        Of::Changes(seqs) => all.filter(coverage::seq.eq_any(seqs.clone())),
    };
    let rows: Vec<Row> = narrowed
        .filter(coverage::seq.le(tx.upto()))
        .order((coverage::looked_on.desc(), coverage::seq.desc(), coverage::id))
        .limit(most)
        .load(tx.conn)?;
    complete(tx, rows)
}

fn complete(tx: &mut ReadTx<'_>, rows: Vec<Row>) -> Result<Vec<Coverage>, Error> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let days = withheld::days(tx, rows.iter().map(|row| row.withheld))?;
    let bodies = body::names(tx, rows.iter().filter_map(|row| row.body).collect())?;
    let inquiries = inquiry::names(tx, rows.iter().map(|row| row.inquiry).collect())?;
    let ones = recommendation::many(tx, rows.iter().filter_map(|row| row.recommendation).collect())?;
    let wrong: Vec<CoverageId> = rows.iter().filter_map(|row| row.corrects).collect();
    let corrected: Vec<(CoverageId, Seq)> =
        coverage::table.filter(coverage::id.eq_any(wrong)).select((coverage::id, coverage::seq)).load(tx.conn)?;
    let right: Vec<(Option<CoverageId>, Seq)> = coverage::table
        .filter(coverage::corrects.eq_any(rows.iter().map(|row| Some(row.id)).collect::<Vec<_>>()))
        .filter(coverage::seq.le(tx.upto()))
        .select((coverage::corrects, coverage::seq))
        .load(tx.conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(Coverage {
                inquiry: inquiries.iter().find(|one| one.id == row.inquiry).cloned()?,
                body: row.body.and_then(|id| bodies.iter().find(|body| body.id == id).cloned()),
                recommendation: row
                    .recommendation
                    .and_then(|id| Some((id, ones.iter().find(|one| one.id == id)?.number.clone()))),
                place: days.words(row.place, row.withheld)?,
                corrects: row.corrects.and_then(|id| corrected.iter().find(|(known, _)| *known == id)).map(|one| one.1),
                corrected_by: right.iter().find(|(wrong, _)| *wrong == Some(row.id)).map(|(_, seq)| *seq),
                id: row.id,
                seq: row.seq,
                what: row.what,
                source_url: row.source_url,
                looked_on: row.looked_on,
                by_post: row.by_post,
                found: row.found,
            })
        })
        .collect())
}

/// The looks of these inquiries that stand, as far as they bear on what may be said about an answer.
///
/// # Errors
/// When the database fails.
pub fn standing(tx: &mut ReadTx<'_>, inquiries: Vec<InquiryId>) -> Result<Vec<(InquiryId, Look)>, Error> {
    if inquiries.is_empty() {
        return Ok(Vec::new());
    }
    type Of = (Option<BodyId>, Option<RecommendationId>);
    type Columns = (CoverageId, InquiryId, Of, (Sought, Found), Day, Option<CoverageId>);
    let rows: Vec<Columns> = coverage::table
        .filter(coverage::inquiry_id.eq_any(inquiries).and(coverage::seq.le(tx.upto())))
        .order(coverage::id)
        .select((
            coverage::id,
            coverage::inquiry_id,
            (coverage::body_id, coverage::recommendation_id),
            (coverage::what, coverage::found),
            coverage::looked_on,
            coverage::corrects,
        ))
        .load(tx.conn)?;
    let wrong: Vec<CoverageId> = rows.iter().filter_map(|row| row.5).collect();
    let right = rows.into_iter().filter(|row| !wrong.contains(&row.0));
    let look = |(_, inquiry, (body, recommendation), (what, found), looked_on, _): Columns| {
        (inquiry, Look { body, recommendation, what, looked_on, found })
    };
    Ok(right.map(look).collect())
}
