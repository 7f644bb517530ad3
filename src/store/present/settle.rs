//! Rows that an earlier program left otherwise than this one works them out.

use diesel::prelude::*;

use super::{find_addressee, refresh_addressee, replayed};
use crate::domain::id::{AddresseeId, RecommendationId, Seq};
use crate::store::schema::recommendation;
use crate::store::{Error, ReadTx, WriteTx};

/// Works an answer out again where nothing is published: its recommendation keeps the number of its last change, and so does the
/// whole that this is a part of.
///
/// # Errors
/// When the database fails.
pub fn settle_addressee(tx: &mut WriteTx<'_>, id: AddresseeId) -> Result<(), Error> {
    let row = find_addressee(tx, id)?;
    if replayed(tx, &row)? == row {
        return Ok(());
    }
    let (seq, whole) = last_change(tx, row.recommendation_id)?;
    let seq = match whole {
        Some(whole) => seq.max(last_change(tx, whole)?.0),
        None => seq,
    };
    refresh_addressee(tx, seq, id)
}

fn last_change(tx: &mut ReadTx<'_>, id: RecommendationId) -> Result<(Seq, Option<RecommendationId>), Error> {
    let one = recommendation::table.filter(recommendation::id.eq(id));
    Ok(one.select((recommendation::seq, recommendation::parent_id)).first(tx.conn)?)
}
