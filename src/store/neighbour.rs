//! What stands before and after a recommendation: in the list of its inquiry, or, of a part, among the parts of its whole.

use diesel::prelude::*;

use super::schema::{recommendation, wording};
use super::{Error, ReadTx, entry};
use crate::domain::id::{InquiryId, RecommendationId};

/// On which side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

/// The number of the one on that side.
pub(super) fn find(
    tx: &mut ReadTx<'_>,
    inquiry: InquiryId,
    parent: Option<RecommendationId>,
    (position, id): (i64, RecommendationId),
    side: Side,
) -> Result<Option<String>, Error> {
    let among = recommendation::table
        .filter(recommendation::inquiry_id.eq(inquiry))
        .select((recommendation::id, recommendation::number))
        .into_boxed();
    let among = match parent {
        Some(whole) => among.filter(recommendation::parent_id.eq(whole)),
        None => among.filter(recommendation::parent_id.is_null()),
    };
    let among = match tx.past() {
        // Those that had words by then: none was in the register without.
        Some(past) => among.filter(diesel::dsl::exists(
            wording::table.filter(wording::recommendation_id.eq(recommendation::id)).filter(wording::seq.le(past.seq)),
        )),
        None => among,
    };
    let found: Result<(RecommendationId, String), _> = match side {
        Side::Before => among
            .filter(
                recommendation::position
                    .lt(position)
                    .or(recommendation::position.eq(position).and(recommendation::id.lt(id))),
            )
            .order((recommendation::position.desc(), recommendation::id.desc()))
            .first(tx.conn),
        Side::After => among
            .filter(
                recommendation::position
                    .gt(position)
                    .or(recommendation::position.eq(position).and(recommendation::id.gt(id))),
            )
            .order((recommendation::position, recommendation::id))
            .first(tx.conn),
    };
    match found.optional()? {
        Some((id, number)) => Ok(Some(entry::number_then(tx, id, number)?)),
        None => Ok(None),
    }
}
