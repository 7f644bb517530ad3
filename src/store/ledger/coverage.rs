//! Where answers and updates were looked for, and how long bodies may check findings: what is published about an inquiry.

use diesel::prelude::*;

use crate::domain::coverage::{Found, Sought};
use crate::domain::id::{BodyId, CoverageId, InquiryId, PersonId, RecommendationId, Seq};
use crate::domain::moment::Day;
use crate::store::schema::{accuracy_rule, coverage, inquiry};
use crate::store::{Error, WriteTx};

/// A look to be published.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = coverage, treat_none_as_default_value = false)]
pub struct NewCoverage {
    /// The inquiry.
    pub inquiry_id: InquiryId,
    /// The body whose answers were looked for; `None` for all of them.
    pub body_id: Option<BodyId>,
    /// The one recommendation whose answer was looked for; `None` for all that were put to the body.
    pub recommendation_id: Option<RecommendationId>,
    /// What was looked for.
    pub what: Sought,
    /// Where.
    pub where_looked: String,
    /// An address of that place.
    pub source_url: Option<String>,
    /// When.
    pub looked_on: Day,
    /// By which post.
    pub by_post: String,
    /// What was found.
    pub found: Found,
    /// Who recorded it.
    pub author_id: Option<PersonId>,
    /// The look that was recorded wrongly, and that this one puts right.
    pub corrects: Option<CoverageId>,
}

/// Publishes a look under `seq`.
///
/// # Errors
/// When the corrected one has been corrected already, or the database fails.
pub fn insert_coverage(tx: &mut WriteTx<'_>, seq: Seq, new: &NewCoverage) -> Result<(), Error> {
    diesel::insert_into(coverage::table).values((coverage::seq.eq(seq), new)).execute(tx.conn)?;
    touch_inquiry(tx, seq, new.inquiry_id)
}

/// Publishes how many working days the bodies of an inquiry have to check a finding.
///
/// # Errors
/// When the database fails.
pub fn insert_accuracy_rule(
    tx: &mut WriteTx<'_>,
    seq: Seq,
    inquiry: InquiryId,
    working_days: u32,
    author: PersonId,
) -> Result<(), Error> {
    diesel::insert_into(accuracy_rule::table)
        .values((
            accuracy_rule::seq.eq(seq),
            accuracy_rule::inquiry_id.eq(inquiry),
            accuracy_rule::working_days.eq(i64::from(working_days)),
            accuracy_rule::author_id.eq(author),
        ))
        .execute(tx.conn)?;
    touch_inquiry(tx, seq, inquiry)
}

/// The inquiry's page has changed.
pub(super) fn touch_inquiry(tx: &mut WriteTx<'_>, seq: Seq, inquiry: InquiryId) -> Result<(), Error> {
    diesel::update(inquiry::table.filter(inquiry::id.eq(inquiry)))
        .set((inquiry::version.eq(inquiry::version + 1), inquiry::seq.eq(seq)))
        .execute(tx.conn)?;
    Ok(())
}
