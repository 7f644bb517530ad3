//! The stems in SQLite: a full-text table whose rows have the recommendations' numbers.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};

use super::Hit;
use super::question::shorter;
use crate::domain::id::RecommendationId;
use crate::store::{Error, ReadTx, WriteTx};

/// Every stem, with the number of rows that hold it.
pub const FREQUENCIES: &str = "select term as stem, doc as rows from search_stem";

/// Keeps the stems of a recommendation.
pub fn index(tx: &mut WriteTx<'_>, id: RecommendationId, stems: &str) -> Result<(), Error> {
    sql_query("delete from search where rowid = $1").bind::<BigInt, _>(id).execute(tx.conn)?;
    sql_query("insert into search (rowid, stems) values ($1, $2)")
        .bind::<BigInt, _>(id)
        .bind::<Text, _>(stems)
        .execute(tx.conn)?;
    Ok(())
}

/// Keeps the stems of many recommendations: a list of pairs, which is JSON.
pub const PUT_IN: &str = "insert into search (rowid, stems) select value ->> 0, value ->> 1 from json_each($1)";

/// Of the stems in a list, which is JSON, those that are held, and by how many rows, as far as [`HELD`](super::suggest::HELD).
pub const AMONG: &str = "select typed.value as stem, (select count(*) from (select 1 from search \
    where search match '\"' || typed.value || '\"' limit 100)) as rows from json_each($1) as typed";

/// Some stems as the list that [`AMONG`] takes; a stem is letters and digits.
pub fn listed(stems: &[String]) -> String {
    let all: Vec<String> = stems.iter().map(|stem| format!("\"{stem}\"")).collect();
    format!("[{}]", all.join(","))
}

/// The first recommendations that hold all the stems and fit the condition.
pub fn candidates(
    tx: &mut ReadTx<'_>,
    stems: &[String],
    condition: &str,
    most: i64,
) -> Result<Vec<RecommendationId>, Error> {
    let hits: Vec<Hit> = sql_query(format!(
        "select recommendation.id as id from search join recommendation on recommendation.id = search.rowid \
         where search match $1 and {condition} order by search.rowid limit $2"
    ))
    .bind::<Text, _>(asked(stems, &[]))
    .bind::<BigInt, _>(most)
    .load(tx.conn)?;
    Ok(hits.into_iter().map(|hit| hit.id).collect())
}

/// Those of a few that hold the words. The rows that hold them are walked from the first of the few to the last: that is quicker by
/// far than to look each of the few up, which takes the question apart each time.
pub fn few(rows: &str) -> String {
    format!(
        "few as materialized (select distinct id from ({rows}) as ones), \
         held as materialized (select search.rowid as id from search where search match $1 \
         and search.rowid between (select min(few.id) from few) and (select max(few.id) from few) \
         and +search.rowid in (select few.id from few))"
    )
}

/// The first that hold them behind a row.
pub fn first(after: i64, most: i64) -> String {
    format!(
        "held as materialized (select search.rowid as id from search where search match $1 and search.rowid > {after} \
         order by search.rowid limit {most})"
    )
}

/// Those of a stretch of an index.
pub fn along(stretch: &str) -> String {
    format!(
        "passed as materialized ({stretch}), \
         words as materialized (select search.rowid as id from search where search match $1 \
         and search.rowid between (select min(passed.id) from passed) and (select max(passed.id) from passed) \
         and +search.rowid in (select passed.id from passed)), \
         held as materialized (select passed.one as one, passed.two as two, passed.id as id from passed \
         where passed.id in (select words.id from words))"
    )
}

/// A question for the row after so many that hold them.
pub fn next(after: i64, many: i64) -> String {
    format!(
        "select search.rowid as id from search where search match $1 and search.rowid > {after} \
         order by search.rowid limit 1 offset {many}"
    )
}

/// All the stems, and one for each of the beginnings.
pub fn asked(stems: &[String], begins: &[String]) -> String {
    let mut all: Vec<String> = stems.iter().map(|stem| format!("\"{stem}\"")).collect();
    all.extend(begins.iter().map(|start| {
        let shorter: String = shorter(start).iter().map(|stem| format!(" OR \"{stem}\"")).collect();
        format!("(\"{start}\" *{shorter})")
    }));
    all.join(" AND ")
}
