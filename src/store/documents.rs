//! The desk's lists of documents: those that nobody has looked through to the end, and those whose marks one person alone has
//! read; each by keys, the one that was logged first first, of everybody or of one person's.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::body::limit;
use super::charge::Whose;
use super::page::{COUNT_LIMIT, Capped, Cursor, Page};
use super::present::ENTERED_RIGHTLY;
use super::report::{self as reports, Report};
use super::schema::{change, report};
use super::{Error, ReadTx};
use crate::domain::id::{PersonId, Seq};
use crate::domain::moment::Day;
use crate::domain::report::Marked;

/// A list of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Nobody has looked for one of its items.
    NotLookedThrough,
    /// Something is said of an item by one person, who is not this one, and nobody has confirmed it.
    ToConfirm(PersonId),
}

impl List {
    /// Of a mark that stands.
    fn of_mark(self) -> String {
        match self {
            // What was entered in error is to be looked for nowhere.
            Self::NotLookedThrough => format!("mark.value = '{}' and {ENTERED_RIGHTLY}", Marked::Unread),
            Self::ToConfirm(person) => format!(
                "mark.value <> '{}' and mark.withheld is null \
                 and (mark.publisher_id is null or mark.publisher_id = mark.author_id) \
                 and (mark.author_id is null or mark.author_id <> {person})",
                Marked::Unread
            ),
        }
    }

    fn condition(self, whose: &Whose) -> String {
        let (of_mark, whose) = (self.of_mark(), whose.condition("addressee.inquiry_id", "addressee.answerer_id"));
        format!(
            "report.seq = report.began and exists (select 1 from mark \
             join addressee on addressee.id = mark.addressee_id \
             where mark.report = report.began and addressee.present and {of_mark} and {whose} \
             and not exists (select 1 from mark later where later.report = mark.report \
             and later.addressee_id = mark.addressee_id and later.id > mark.id))"
        )
    }
}

/// One page of a list.
///
/// # Errors
/// When the database fails.
pub fn list(
    tx: &mut ReadTx<'_>,
    list: List,
    whose: &Whose,
    after: Option<Cursor<1>>,
    size: usize,
) -> Result<Page<Report>, Error> {
    let Cursor([after]) = after.unwrap_or(Cursor([0]));
    let began: Vec<Seq> = report::table
        .filter(sql::<Bool>(&list.condition(whose)))
        .filter(report::began.gt(Seq(after)))
        .order(report::began)
        .limit(limit(size))
        .select(report::began)
        .load(tx.conn)?;
    let Page { items, next } = Page::cut(began, size, |seq: &Seq| [seq.0]);
    let mut found = reports::many(tx, items.clone())?;
    Ok(Page { items: items.iter().filter_map(|seq| found.remove(seq)).collect(), next })
}

/// How many there are, counted up to the limit, and on which day the first of them was logged.
///
/// # Errors
/// When the database fails.
pub fn count(tx: &mut ReadTx<'_>, list: List, whose: &Whose) -> Result<(Capped, Option<Day>), Error> {
    let days: Vec<Day> = report::table
        .inner_join(change::table.on(report::seq.eq(change::seq)))
        .filter(sql::<Bool>(&list.condition(whose)))
        .order(report::began)
        .limit(COUNT_LIMIT + 1)
        .select(change::day)
        .load(tx.conn)?;
    Ok((Capped::of(days.len()), days.first().copied()))
}
