//! What the register showed at the ends of months, kept for good, so that a page that draws progress over time reads no ledger.
//!
//! Publication is insertion, so a month that is over is settled. An answer that is closed as entered in error, or was found never
//! to have been asked, is in no count from the day on which that was published, and in those of earlier days it stays, as on
//! pages of an earlier day. A hold keeps new changes back and is in no number; words that are withheld or removed by law leave
//! the value and the day of their entry, so they change no number either. A row is never changed: `verify` works each out again.
//! Where a clock ran back, or jobs ran for a moment to come, and something is published on a day that was taken to be over, the
//! rows of that day and of those after it go, and are made anew.

use std::collections::HashSet;

use diesel::prelude::*;

use super::conn::each;
use super::progress::{first_day, told};
use super::schema::{addressee, month_end};
use super::{AT_ONCE, Error, ReadTx, WriteTx, inquiry};
use crate::domain::id::{AddresseeId, InquiryId};
use crate::domain::moment::Day;
use crate::domain::progress::{Point, count_in, month_ends, series};

/// The day, and how many answers, claims and confirmed claims.
type Row = (Day, i64, i64, i64);

const ROW: (month_end::day, month_end::answers, month_end::claims, month_end::confirmed) =
    (month_end::day, month_end::answers, month_end::claims, month_end::confirmed);

fn point((day, answers, claims, confirmed): Row) -> Point {
    let number = |number: i64| u64::try_from(number).unwrap_or(0);
    Point { day, answers: number(answers), claims: number(claims), confirmed: number(confirmed) }
}

/// Those of these days that are kept, in order: of one inquiry, or of the register.
///
/// # Errors
/// When the database fails.
pub fn kept(tx: &mut ReadTx<'_>, inquiry: Option<InquiryId>, days: &[Day]) -> Result<Vec<Point>, Error> {
    let mut rows = Vec::with_capacity(days.len());
    for days in days.chunks(AT_ONCE) {
        let query = month_end::table.filter(month_end::day.eq_any(days)).order(month_end::day).select(ROW).into_boxed();
        let query = match inquiry {
            Some(inquiry) => query.filter(month_end::inquiry_id.eq(inquiry)),
            None => query.filter(month_end::inquiry_id.is_null()),
        };
        let some: Vec<Row> = query.load(tx.conn)?;
        rows.extend(some.into_iter().map(point));
    }
    Ok(rows)
}

/// The ends of months before a day that are not kept yet, in order: of one inquiry, or of the register.
///
/// # Errors
/// When the database fails.
pub fn missing(tx: &mut ReadTx<'_>, inquiry: Option<InquiryId>, before: Day) -> Result<Vec<Day>, Error> {
    let Some(first) = first_day(tx, inquiry)? else { return Ok(Vec::new()) };
    let ends = month_ends(first, before);
    let kept: HashSet<Day> = kept(tx, inquiry, &ends)?.into_iter().map(|point| point.day).collect();
    Ok(ends.into_iter().filter(|day| !kept.contains(day)).collect())
}

/// What some answers of an inquiry came to at the ends of these days, which have passed: the first so many after one of them; and
/// after which one to go on, where there are more. As nothing changes what has passed, each piece may be read in a snapshot of
/// its own, and the sum of all is the whole.
///
/// # Errors
/// When the database fails, or holds a word that this program does not know.
pub fn piece(
    tx: &mut ReadTx<'_>,
    inquiry: InquiryId,
    after: AddresseeId,
    days: &[Day],
) -> Result<(Vec<Point>, Option<AddresseeId>), Error> {
    let ids: Vec<AddresseeId> = addressee::table
        .filter(addressee::inquiry_id.eq(inquiry).and(addressee::id.gt(after)))
        .order(addressee::id)
        .limit(i64::try_from(AT_ONCE).unwrap_or(i64::MAX))
        .select(addressee::id)
        .load(tx.conn)?;
    let more = if ids.len() < AT_ONCE { None } else { ids.last().copied() };
    Ok((series(&told(tx, &ids)?, days), more))
}

/// Keeps the numbers of an inquiry, or of the register; what is kept already stays as it is. Answers how many were new.
///
/// # Errors
/// When the database fails.
pub fn keep(tx: &mut WriteTx<'_>, inquiry: Option<InquiryId>, points: &[Point]) -> Result<usize, Error> {
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    if !points.is_empty() {
        tx.is_seen();
    }
    let mut new = 0;
    for point in points {
        let row = (
            month_end::inquiry_id.eq(inquiry),
            month_end::day.eq(point.day),
            month_end::answers.eq(number(point.answers)),
            month_end::claims.eq(number(point.claims)),
            month_end::confirmed.eq(number(point.confirmed)),
        );
        new += each!(&mut *tx.conn, inner => {
            diesel::insert_into(month_end::table).values(row).on_conflict_do_nothing().execute(inner)
        })?;
    }
    Ok(new)
}

/// Keeps the numbers of the register at the ends of months before a day: the sums of those of its inquiries. A month of which an inquiry
/// is not kept waits until it is, so a row of the register says that nothing of that day is missing. Answers how many were new.
///
/// # Errors
/// When the database fails.
pub fn keep_register(tx: &mut WriteTx<'_>, before: Day) -> Result<usize, Error> {
    let mut days = missing(tx, None, before)?;
    if days.is_empty() {
        return Ok(0);
    }
    for inquiry in inquiry::all(tx)? {
        let waits = missing(tx, Some(inquiry), before)?;
        days.retain(|day| !waits.contains(day));
    }
    let mut points = series(&[], &days);
    for whole in &mut points {
        let rows: Vec<Row> = month_end::table
            .filter(month_end::day.eq(whole.day).and(month_end::inquiry_id.is_not_null()))
            .select(ROW)
            .load(tx.conn)?;
        rows.into_iter().for_each(|row| whole.count_in(&point(row)));
    }
    keep(tx, None, &points)
}

/// Lets go of what is kept of a day and of those after it: something is published on that day after all.
///
/// # Errors
/// When the database fails.
pub(super) fn let_go(tx: &mut WriteTx<'_>, from: Day) -> Result<(), Error> {
    diesel::delete(month_end::table.filter(month_end::day.ge(from))).execute(tx.conn)?;
    Ok(())
}

/// How many rows are kept, and a sentence for each that is not what the ledger comes to.
///
/// # Errors
/// When the database fails, or holds a word that this program does not know.
pub fn compare(tx: &mut ReadTx<'_>) -> Result<(usize, Vec<String>), Error> {
    let days: Vec<Day> = month_end::table.select(month_end::day).distinct().order(month_end::day).load(tx.conn)?;
    if days.is_empty() {
        return Ok((0, Vec::new()));
    }
    let (mut number, mut differences) = (0, Vec::new());
    let mut whole = series(&[], &days);
    for inquiry in inquiry::all(tx)? {
        let mut right = series(&[], &days);
        let mut after = Some(AddresseeId(0));
        while let Some(from) = after {
            let (some, more) = piece(tx, inquiry, from, &days)?;
            count_in(&mut right, &some);
            after = more;
        }
        count_in(&mut whole, &right);
        let held = kept(tx, Some(inquiry), &days)?;
        number += held.len();
        differences.extend(differing(&format!("inquiry {inquiry}"), &held, &right));
    }
    let held = kept(tx, None, &days)?;
    number += held.len();
    differences.extend(differing("the register", &held, &whole));
    Ok((number, differences))
}

/// A sentence for each row that is not as it should be.
fn differing(whose: &str, held: &[Point], right: &[Point]) -> Vec<String> {
    let said = |point: &Point| {
        format!("{} of {} answers said to be done and {} confirmed", point.claims, point.answers, point.confirmed)
    };
    let mut differences = Vec::new();
    for held in held {
        if let Some(right) = right.iter().find(|right| right.day == held.day && *right != held) {
            differences.push(format!("end of {}, {whose}: {} is kept, {} is right", held.day, said(held), said(right)));
        }
    }
    differences
}
