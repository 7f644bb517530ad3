//! Rows that an earlier program left otherwise than this one works them out.

use diesel::prelude::*;

use super::addressee::recount;
use super::{AddresseeRow, find_addressee};
use crate::domain::id::AddresseeId;
use crate::store::schema::addressee;
use crate::store::{Error, WriteTx, succession};

/// Works out again who answers, and moves the counts with it. Nothing is published: the answer, its recommendation and the whole
/// that this is a part of keep the number of their last change.
///
/// # Errors
/// When the database fails.
pub fn settle_addressee(tx: &mut WriteTx<'_>, id: AddresseeId) -> Result<(), Error> {
    let row = find_addressee(tx, id)?;
    let now = succession::answers_now(tx, id, row.body_id)?;
    if (now.body, now.how) == (row.answerer_id, row.handed) {
        return Ok(());
    }
    diesel::update(addressee::table.filter(addressee::id.eq(id)))
        .set((addressee::answerer_id.eq(now.body), addressee::handed.eq(now.how)))
        .execute(tx.conn)?;
    recount(tx, &row, &AddresseeRow { answerer_id: now.body, handed: now.how, ..row.clone() })
}
