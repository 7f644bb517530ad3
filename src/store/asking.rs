//! The days on which a body was asked again about an item, by mail or by hand. Nothing but a date, so that public pages may
//! read it.

use std::collections::HashMap;

use diesel::dsl::max;
use diesel::prelude::*;

use super::conn::each;
use super::schema::asking;
use super::{Error, ReadTx, WriteTx};
use crate::domain::id::AddresseeId;
use crate::domain::moment::Day;

/// Notes that a body was asked about these items on that day. Twice on one day is once.
///
/// # Errors
/// When the database fails.
pub fn note(tx: &mut WriteTx<'_>, items: &[AddresseeId], on: Day, noted_on: Day) -> Result<(), Error> {
    tx.is_seen();
    for item in items.iter().copied() {
        let row = (asking::addressee_id.eq(item), asking::asked_on.eq(on), asking::noted_on.eq(noted_on));
        each!(&mut *tx.conn, inner => {
            diesel::insert_into(asking::table).values(row).on_conflict_do_nothing().execute(inner)
        })?;
    }
    Ok(())
}

/// The last day on which each of these was asked about, where it ever was.
///
/// # Errors
/// When the database fails.
pub fn last(tx: &mut ReadTx<'_>, items: &[AddresseeId]) -> Result<HashMap<AddresseeId, Day>, Error> {
    let rows: Vec<(AddresseeId, Option<Day>)> = asking::table
        .filter(asking::addressee_id.eq_any(items.to_vec()))
        .filter(asking::asked_on.le(tx.last_day()))
        .filter(asking::noted_on.is_null().or(asking::noted_on.le(tx.last_day())))
        .group_by(asking::addressee_id)
        .select((asking::addressee_id, max(asking::asked_on)))
        .load(tx.conn)?;
    Ok(rows.into_iter().filter_map(|(item, day)| Some((item, day?))).collect())
}
