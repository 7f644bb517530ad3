//! Tries counted. A key is a signature, never an address or a name: what is kept here tells nothing about anybody.

use diesel::prelude::*;

use super::conn::each;
use super::schema::throttle;
use super::{Error, WriteTx};
use crate::domain::moment::{CLOCKS_APART_SECONDS, Moment};
use crate::domain::throttle::Limit;

/// Counts one try, before it is made. Answers how many seconds it has to wait, never more than the window has; `None` when it may go
/// on. A window that begins later than any clock of ours says was begun by one that has been set back since, and is over.
///
/// # Errors
/// When the database fails.
pub fn count(tx: &mut WriteTx<'_>, key: &str, limit: Limit, now: Moment) -> Result<Option<i64>, Error> {
    let row = (throttle::key.eq(key), throttle::failures.eq(0_i64), throttle::since.eq(now));
    each!(&mut *tx.conn, inner => {
        diesel::insert_into(throttle::table).values(row).on_conflict(throttle::key).do_nothing().execute(inner)
    })?;
    let over = now.plus_seconds(-limit.seconds);
    let ahead = now.plus_seconds(CLOCKS_APART_SECONDS);
    diesel::update(throttle::table.find(key).filter(throttle::since.le(over).or(throttle::since.gt(ahead))))
        .set((throttle::failures.eq(0_i64), throttle::since.eq(now)))
        .execute(tx.conn)?;
    let (tries, since): (i64, Moment) = diesel::update(throttle::table.find(key))
        .set(throttle::failures.eq(throttle::failures + 1))
        .returning((throttle::failures, throttle::since))
        .get_result(tx.conn)?;
    Ok((tries > limit.tries).then(|| (limit.seconds - now.seconds_since(since)).clamp(1, limit.seconds)))
}

/// Forgets every try under a key, after one that was right.
///
/// # Errors
/// When the database fails.
pub fn forget(tx: &mut WriteTx<'_>, key: &str) -> Result<(), Error> {
    diesel::delete(throttle::table.find(key)).execute(tx.conn)?;
    Ok(())
}

/// Takes one try back, after it was right.
///
/// # Errors
/// When the database fails.
pub fn take_back(tx: &mut WriteTx<'_>, key: &str) -> Result<(), Error> {
    diesel::update(throttle::table.find(key).filter(throttle::failures.gt(0_i64)))
        .set(throttle::failures.eq(throttle::failures - 1))
        .execute(tx.conn)?;
    Ok(())
}
