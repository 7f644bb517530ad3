//! The days on which a body was asked again about an item, by mail or by hand. Nothing but dates, so that public pages may read
//! it.

use std::collections::HashMap;

use diesel::dsl::min;
use diesel::prelude::*;

use super::conn::each;
use super::schema::asking;
use super::{Error, ReadTx, WriteTx};
use crate::domain::id::AddresseeId;
use crate::domain::moment::Day;

/// How a body was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// By somebody: a letter, a call, a meeting.
    ByHand,
    /// By a reminder, which asks for an update alone.
    Reminded,
}

/// Notes that a body was asked about these items on the first of these days, and that this was entered on the second. Twice on one
/// day is once.
///
/// # Errors
/// When the database fails.
pub fn note(tx: &mut WriteTx<'_>, items: &[AddresseeId], (on, noted_on): (Day, Day), how: How) -> Result<(), Error> {
    tx.is_seen();
    for item in items.iter().copied() {
        let row = (asking::addressee_id.eq(item), asking::asked_on.eq(on), asking::noted_on.eq(noted_on));
        each!(&mut *tx.conn, inner => {
            diesel::insert_into(asking::table).values(row).on_conflict_do_nothing().execute(inner)
        })?;
    }
    let these = || asking::table.filter(asking::addressee_id.eq_any(items.to_vec()).and(asking::asked_on.eq(on)));
    if how == How::ByHand {
        diesel::update(these()).set(asking::by_hand.eq(true)).execute(tx.conn)?;
    }
    // A mail of that day may have come back before: then what got through is what counts.
    diesel::update(these().filter(asking::back_on.is_not_null()))
        .set((asking::back_on.eq(None::<Day>), asking::by_hand.eq(how == How::ByHand)))
        .execute(tx.conn)?;
    Ok(())
}

/// Notes that what asked about these items in this way on the first of these days came back, as is known since the second: reminders, or
/// a letter. What somebody asked by hand that day stands where reminders come back.
///
/// # Errors
/// When the database fails.
pub fn take_back(
    tx: &mut WriteTx<'_>,
    items: &[AddresseeId],
    (on, known_on): (Day, Day),
    how: How,
) -> Result<(), Error> {
    tx.is_seen();
    let these = asking::table
        .filter(asking::addressee_id.eq_any(items.to_vec()).and(asking::asked_on.eq(on)))
        .filter(asking::by_hand.eq(how == How::ByHand).and(asking::back_on.is_null()));
    diesel::update(these).set(asking::back_on.eq(Some(known_on))).execute(tx.conn)?;
    Ok(())
}

/// Notes that a body was asked about these items on a day by a reminder alone: the letter of that day came back.
///
/// # Errors
/// When the database fails.
pub fn by_reminder_alone(tx: &mut WriteTx<'_>, items: &[AddresseeId], on: Day) -> Result<(), Error> {
    tx.is_seen();
    let these = asking::table
        .filter(asking::addressee_id.eq_any(items.to_vec()).and(asking::asked_on.eq(on)))
        .filter(asking::by_hand.eq(true).and(asking::back_on.is_null()));
    diesel::update(these).set(asking::by_hand.eq(false)).execute(tx.conn)?;
    Ok(())
}

/// Since when a body was asked about something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FirstAsked {
    /// The first day on which somebody asked by hand.
    pub by_hand: Option<Day>,
    /// The first day on which a reminder was sent.
    pub reminded: Option<Day>,
}

/// Since when each of these was asked about, where it ever was.
///
/// # Errors
/// When the database fails.
pub fn first(tx: &mut ReadTx<'_>, items: &[AddresseeId]) -> Result<HashMap<AddresseeId, FirstAsked>, Error> {
    let rows: Vec<(AddresseeId, bool, Option<Day>)> = asking::table
        .filter(asking::addressee_id.eq_any(items.to_vec()))
        .filter(asking::asked_on.le(tx.last_day()))
        .filter(asking::noted_on.is_null().or(asking::noted_on.le(tx.last_day())))
        .filter(asking::back_on.is_null().or(asking::back_on.gt(tx.last_day())))
        .group_by((asking::addressee_id, asking::by_hand))
        .select((asking::addressee_id, asking::by_hand, min(asking::asked_on)))
        .load(tx.conn)?;
    let mut found = HashMap::<AddresseeId, FirstAsked>::new();
    for (item, by_hand, day) in rows {
        let asked = found.entry(item).or_default();
        *(if by_hand { &mut asked.by_hand } else { &mut asked.reminded }) = day;
    }
    Ok(found)
}
