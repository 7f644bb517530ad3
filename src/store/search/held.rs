//! Where a search by words begins, as the first part of a statement: it gives the rows that hold the words, by the name of `held`.
//! `$1` stands for the words, as each index of words takes them. Each has its own way to them; what is made of the rows is one.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};

use super::question::Question;
use super::{Hit, fts5, tsvector};
use crate::domain::id::RecommendationId;
use crate::store::conn::Conn;
use crate::store::page::Cursor;
use crate::store::{Error, ReadTx};

/// Which of the rows that hold the words.
#[derive(Debug, Clone, Copy)]
pub(super) enum Held<'a> {
    /// Those of a few: a question for their ids.
    Few(&'a str),
    /// The first of all behind a row, so many.
    First(i64, i64),
    /// Those of a stretch of an index: a question for their sort keys `one`, `two` and `id`, which these have too.
    Along(&'a str),
}

/// What stems and beginnings are looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Looked<'a> {
    pub stems: &'a [String],
    pub begins: &'a [String],
}

/// Sort keys, as a statement gives them.
#[derive(QueryableByName)]
pub(super) struct Key {
    #[diesel(sql_type = BigInt)]
    one: i64,
    #[diesel(sql_type = BigInt)]
    two: i64,
    #[diesel(sql_type = BigInt)]
    id: i64,
}

impl Key {
    /// The keys, the id last.
    pub const fn keys(&self) -> [i64; 3] {
        [self.one, self.two, self.id]
    }
}

impl<'a> Looked<'a> {
    /// What a question asks for.
    pub fn of(question: &'a Question) -> Self {
        Self { stems: &question.stems, begins: &question.begins }
    }

    fn asked(self, tx: &ReadTx<'_>) -> String {
        if is_sqlite(tx) { fts5::asked(self.stems, self.begins) } else { tsvector::asked(self.stems, self.begins) }
    }

    fn held(self, tx: &ReadTx<'_>, held: Held<'_>) -> String {
        match (held, is_sqlite(tx)) {
            (Held::Few(rows), true) => fts5::few(rows),
            (Held::Few(rows), false) => tsvector::few(rows),
            (Held::First(after, most), true) => fts5::first(after, most),
            (Held::First(after, most), false) => tsvector::first(self.begins, after, &format!("limit {most}")),
            (Held::Along(stretch), true) => fts5::along(stretch),
            (Held::Along(stretch), false) => tsvector::along(stretch),
        }
    }

    /// The first of these that fit a condition over the table `recommendation`, by their rows.
    ///
    /// # Errors
    /// When the database fails.
    pub fn ids(
        self,
        tx: &mut ReadTx<'_>,
        held: Held<'_>,
        condition: &str,
        most: i64,
    ) -> Result<Vec<RecommendationId>, Error> {
        let hits: Vec<Hit> = sql_query(format!(
            "with {} select recommendation.id as id from held cross join recommendation \
             where recommendation.id = held.id and {condition} order by recommendation.id limit {most}",
            self.held(tx, held)
        ))
        .bind::<Text, _>(self.asked(tx))
        .load(tx.conn)?;
        Ok(hits.into_iter().map(|hit| hit.id).collect())
    }

    /// The sort keys of the first of these that fit it, from a place on: in the order of the last changes, or in that of the register.
    ///
    /// # Errors
    /// When the database fails.
    pub fn keys(
        self,
        tx: &mut ReadTx<'_>,
        held: Held<'_>,
        condition: &str,
        (changed, after): (bool, Option<Cursor<3>>),
        most: usize,
    ) -> Result<Vec<[i64; 3]>, Error> {
        let (one, two) = if changed {
            ("-recommendation.seq", "cast(0 as bigint)")
        } else {
            ("recommendation.inquiry_id", "recommendation.position")
        };
        let after = after.map(|Cursor(keys)| keys.map(|key| key.max(super::walk::BEGINNING)));
        let after = after
            .map(|[first, second, id]| format!(" and ({one}, {two}, recommendation.id) > ({first}, {second}, {id})"));
        let keys: Vec<Key> = sql_query(format!(
            "with {} select {one} as one, {two} as two, recommendation.id as id from held cross join recommendation \
             where recommendation.id = held.id and {condition}{} order by one, two, id limit {most}",
            self.held(tx, held),
            after.unwrap_or_default()
        ))
        .bind::<Text, _>(self.asked(tx))
        .load(tx.conn)?;
        Ok(keys.iter().map(Key::keys).collect())
    }

    /// The same of a stretch of an index, which has the keys.
    ///
    /// # Errors
    /// When the database fails.
    pub fn along(
        self,
        tx: &mut ReadTx<'_>,
        stretch: &str,
        condition: &str,
        most: usize,
    ) -> Result<Vec<[i64; 3]>, Error> {
        let keys: Vec<Key> = sql_query(fitting(&self.held(tx, Held::Along(stretch)), condition, most))
            .bind::<Text, _>(self.asked(tx))
            .load(tx.conn)?;
        Ok(keys.iter().map(Key::keys).collect())
    }

    /// The row after so many that hold them behind a row, where there is one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn next(self, tx: &mut ReadTx<'_>, after: i64, many: i64) -> Result<Option<RecommendationId>, Error> {
        let question = if is_sqlite(tx) {
            fts5::next(after, many)
        } else {
            let held = tsvector::first(self.begins, after, &format!("limit 1 offset {many}"));
            format!("with {held} select held.id as id from held")
        };
        let next: Vec<Hit> = sql_query(question).bind::<Text, _>(self.asked(tx)).load(tx.conn)?;
        Ok(next.into_iter().next().map(|hit| hit.id))
    }
}

/// The statement for the sort keys of what fits a condition, of rows that have them.
pub(super) fn fitting(held: &str, condition: &str, most: usize) -> String {
    format!(
        "with {held} select distinct held.one as one, held.two as two, held.id as id from held cross join recommendation \
         where recommendation.id = held.id and {condition} order by one, two, id limit {most}"
    )
}

const fn is_sqlite(tx: &ReadTx<'_>) -> bool {
    matches!(tx.conn, Conn::Sqlite(_))
}
