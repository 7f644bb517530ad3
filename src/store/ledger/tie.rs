//! Ties between recommendations: made, changed, taken back; and the addresses of the families that they make.

use diesel::prelude::*;

use crate::domain::id::{RecommendationId, Seq};
use crate::domain::text::Slug;
use crate::domain::tie::TieKind;
use crate::store::schema::{family, tie};
use crate::store::{Error, WriteTx};

/// Publishes a tie from the first to the second, which takes the place of whatever tied the two before; with `present` false,
/// that nothing ties them any more.
///
/// # Errors
/// When the database fails.
pub fn insert_tie(
    tx: &mut WriteTx<'_>,
    seq: Seq,
    (from, to): (RecommendationId, RecommendationId),
    kind: TieKind,
    present: bool,
) -> Result<(), Error> {
    diesel::insert_into(tie::table)
        .values((
            tie::seq.eq(seq),
            tie::from_id.eq(from),
            tie::to_id.eq(to),
            tie::kind.eq(kind),
            tie::present.eq(present),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Publishes the address of whatever says the same as a recommendation. Each has one, given once.
///
/// # Errors
/// When the database fails, or it has one.
pub fn insert_family(
    tx: &mut WriteTx<'_>,
    seq: Seq,
    recommendation: RecommendationId,
    slug: &Slug,
) -> Result<(), Error> {
    diesel::insert_into(family::table)
        .values((family::seq.eq(seq), family::recommendation_id.eq(recommendation), family::slug.eq(slug)))
        .execute(tx.conn)?;
    Ok(())
}
