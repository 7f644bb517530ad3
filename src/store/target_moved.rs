//! Target dates that were moved: what was published of them in a range of changes.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::present::COUNTED;
use super::schema::{addressee, body, change, deadline, inquiry, recommendation};
use super::{Error, ReadTx};
use crate::domain::id::{InquiryId, Seq};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::Day;

/// A target that another one took the place of.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct MovedTarget {
    /// The inquiry that asked.
    pub inquiry_id: InquiryId,
    /// Its part of an address.
    pub inquiry_slug: String,
    /// What people call it.
    pub inquiry: String,
    /// The number of the recommendation.
    pub number: String,
    /// The part of an address of the body that was asked.
    pub body_slug: String,
    /// Its name.
    pub body: String,
    /// The day on which the move was published.
    pub on: Day,
    /// The date that stands; `None` where it was taken back.
    pub to: Option<Day>,
    /// How often it was moved in all.
    pub times: i64,
}

/// What moved after one change and up to another, in the order of publication; once for each answer, as it stands. What was
/// closed since is left out, and what only puts a date right is no move.
///
/// # Errors
/// When the database fails.
pub fn between(tx: &mut ReadTx<'_>, (after, upto): (Seq, Seq)) -> Result<Vec<MovedTarget>, Error> {
    Ok(addressee::table
        .inner_join(deadline::table.on(addressee::target_deadline_id.eq(deadline::id.nullable())))
        .inner_join(change::table.on(change::seq.eq(deadline::seq)))
        .inner_join(body::table.on(addressee::body_id.eq(body::id)))
        .inner_join(inquiry::table.on(addressee::inquiry_id.eq(inquiry::id)))
        .inner_join(recommendation::table.on(addressee::recommendation_id.eq(recommendation::id)))
        .filter(addressee::present)
        .filter(sql::<Bool>(COUNTED))
        .filter(addressee::times_moved.gt(0_i64).and(addressee::lifecycle.ne(Lifecycle::Closed)))
        .filter(deadline::seq.gt(after).and(deadline::seq.le(upto)).and(deadline::corrects.is_null()))
        .order((deadline::seq, addressee::id))
        .select((
            inquiry::id,
            inquiry::slug,
            inquiry::short_title,
            recommendation::number,
            body::slug,
            body::name,
            change::day,
            addressee::target_on,
            addressee::times_moved,
        ))
        .load(tx.conn)?)
}
