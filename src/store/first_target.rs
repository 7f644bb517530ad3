//! First targets that passed though a later date stands, or none: days past the first date count whether or not it was moved.
//! The rule is the one in [`heard`](super::heard), for the first date, which has an index. Whose standing date has passed as well
//! is told by [`overdue`](super::overdue), with the first date beside it.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use super::body::{self, BodyName};
use super::hold::{On, Silences};
use super::overdue::{Narrow, dates_then, first_day};
use super::page::{COUNT_LIMIT, Capped, Cursor, NoCursor, Page};
use super::present::{COUNTED, target_unmet};
use super::schema::{addressee, body as body_table};
use super::{Error, ReadTx, heard};
use crate::domain::deadline::DeadlineKind;
use crate::domain::id::{AddresseeId, RecommendationId};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::Day;

/// A first target that passed.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct FirstPassed {
    /// Whose.
    pub addressee: AddresseeId,
    /// The recommendation.
    pub recommendation: RecommendationId,
    /// The body.
    pub body: BodyName,
    /// The first date.
    pub first_on: Day,
    /// How often it was moved.
    pub times_moved: i64,
    /// The date that stands; `None` where it was taken back.
    pub target_on: Option<Day>,
}

/// The last row of the page before: its day and its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After(Day, i64);

impl TryFrom<Cursor<2>> for After {
    type Error = NoCursor;

    fn try_from(Cursor([day, id]): Cursor<2>) -> Result<Self, NoCursor> {
        if (0..=4_000_000).contains(&day) { Ok(Self(first_day().plus_days(day), id)) } else { Err(NoCursor) }
    }
}

/// That the register heard the first target pass, told on `today`.
pub(super) fn heard(today: Day, quiet: &[(On, Day)]) -> String {
    heard::missed(DeadlineKind::Target, ("first_target_on", "first_target_deadline_id"), today, quiet)
}

fn condition(today: Day, quiet: &[(On, Day)], narrow: Narrow) -> String {
    let standing = heard::missed(DeadlineKind::Target, ("target_on", "target_deadline_id"), today, quiet);
    let mut all = vec![
        format!("addressee.present and {COUNTED} and addressee.times_moved > 0"),
        format!("addressee.lifecycle <> '{}'", Lifecycle::Closed),
        target_unmet(),
        heard(today, quiet),
        // Where the standing date was missed too, that is told already.
        format!("(addressee.target_on is null or not ({standing}))"),
    ];
    all.extend(narrow.inquiry.map(|inquiry| format!("addressee.inquiry_id = {inquiry}")));
    all.extend(narrow.body.map(|body| format!("addressee.answerer_id = {body}")));
    all.join(" and ")
}

/// Whether the list is asked for at all: these are targets.
fn is_wanted(narrow: Narrow) -> bool {
    narrow.kind.is_none_or(|kind| kind == DeadlineKind::Target)
}

/// One page of them on `today`, the longest past first.
///
/// # Errors
/// When the database fails.
pub fn list(
    tx: &mut ReadTx<'_>,
    today: Day,
    narrow: Narrow,
    after: Option<After>,
    size: usize,
) -> Result<Page<FirstPassed, 2>, Error> {
    if !is_wanted(narrow) {
        return Ok(Page { items: Vec::new(), next: None });
    }
    let quiet = Silences::read(tx)?.lasting(today);
    let mut wanted = condition(today, &quiet, narrow);
    if let Some(After(day, id)) = after {
        wanted.push_str(&format!(
            " and (addressee.first_target_on > '{day}' or (addressee.first_target_on = '{day}' and addressee.id > {id}))"
        ));
    }
    let rows: Vec<FirstPassed> = addressee::table
        .inner_join(body_table::table)
        .filter(sql::<Bool>(&wanted))
        .order((addressee::first_target_on, addressee::id))
        .limit(body::limit(size))
        .select((
            addressee::id,
            addressee::recommendation_id,
            body::NAME,
            sql::<Text>("addressee.first_target_on"),
            addressee::times_moved,
            addressee::target_on,
        ))
        .load(tx.conn)?;
    Ok(Page::cut(rows, size, |row| [row.first_on.days_since(first_day()), row.addressee.0]))
}

/// How many there are, counted up to the limit; of one inquiry or one body also as it stood then.
///
/// # Errors
/// When the database fails.
pub fn count(tx: &mut ReadTx<'_>, today: Day, narrow: Narrow) -> Result<Capped, Error> {
    if !is_wanted(narrow) {
        return Ok(Capped::of(0));
    }
    if tx.past().is_some() {
        return count_then(tx, today, narrow);
    }
    let quiet = Silences::read(tx)?.lasting(today);
    let rows: Vec<AddresseeId> = addressee::table
        .filter(sql::<Bool>(&condition(today, &quiet, narrow)))
        .limit(COUNT_LIMIT + 1)
        .select(addressee::id)
        .load(tx.conn)?;
    Ok(Capped::of(rows.len()))
}

fn count_then(tx: &mut ReadTx<'_>, day: Day, narrow: Narrow) -> Result<Capped, Error> {
    let (answers, details) = dates_then(tx, narrow)?;
    let passed = answers.iter().filter(|answer| {
        answer.target.as_ref().is_some_and(|target| target.times_moved > 0)
            && details.missed(answer, DeadlineKind::Target, day).is_none()
            && details.days_past_first_target(answer, day).is_some()
    });
    Ok(Capped::of(passed.count()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_survives_its_cursor() {
        let first: Day = "2024-07-02".parse().unwrap();
        let after = After::try_from(Cursor([first.days_since(first_day()), 7])).unwrap();
        assert_eq!(after, After(first, 7));
        assert!(After::try_from(Cursor([i64::MAX, 7])).is_err());
    }
}
