//! Days on which nobody works, beside Saturdays and Sundays.

use diesel::prelude::*;
use jiff::tz::TimeZone;

use super::conn::each;
use super::schema::holiday;
use super::{Error, ReadTx, WriteTx};
use crate::domain::calendar::Calendar;
use crate::domain::moment::Day;

/// All of them, with their names.
///
/// # Errors
/// When the database fails.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<(Day, String)>, Error> {
    Ok(holiday::table.order(holiday::day).select((holiday::day, holiday::name)).load(tx.conn)?)
}

/// The calendar of a zone with these days. Where whole days are counted alone, any zone gives the same.
///
/// # Errors
/// When the database fails.
pub fn calendar(tx: &mut ReadTx<'_>, zone: TimeZone) -> Result<Calendar, Error> {
    Ok(Calendar::new(zone, all(tx)?.into_iter().map(|(day, _)| day)))
}

/// Fills the table where it is empty; what an operator has put there stays as it is. Answers how many were written.
///
/// # Errors
/// When the database fails.
pub fn fill(tx: &mut WriteTx<'_>, days: &[(Day, String)]) -> Result<usize, Error> {
    let there: i64 = holiday::table.count().get_result(tx.conn)?;
    if there > 0 {
        return Ok(0);
    }
    let mut written = 0;
    for (day, name) in days {
        let row = (holiday::day.eq(day), holiday::name.eq(name));
        written += each!(&mut *tx.conn, inner => {
            diesel::insert_into(holiday::table).values(row).on_conflict_do_nothing().execute(inner)
        })?;
    }
    Ok(written)
}

/// The last of them.
///
/// # Errors
/// When the database fails.
pub fn last(tx: &mut ReadTx<'_>) -> Result<Option<Day>, Error> {
    Ok(holiday::table.select(diesel::dsl::max(holiday::day)).first(tx.conn)?)
}

/// Adds one, unless that day stands already. Answers whether it did not.
///
/// # Errors
/// When the database fails.
pub fn add(tx: &mut WriteTx<'_>, day: Day, name: &str) -> Result<bool, Error> {
    let row = (holiday::day.eq(day), holiday::name.eq(name));
    let written = each!(&mut *tx.conn, inner => {
        diesel::insert_into(holiday::table).values(row).on_conflict_do_nothing().execute(inner)
    })?;
    Ok(written == 1)
}

/// Takes one away. Answers whether it stood.
///
/// # Errors
/// When the database fails.
pub fn remove(tx: &mut WriteTx<'_>, day: Day) -> Result<bool, Error> {
    Ok(diesel::delete(holiday::table.filter(holiday::day.eq(day))).execute(tx.conn)? == 1)
}
