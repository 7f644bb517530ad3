//! The stems in PostgreSQL: a vector of them for each recommendation. They are taken as they are, by no parser.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};

use super::Hit;
use super::question::shorter;
use crate::domain::id::RecommendationId;
use crate::store::{Error, ReadTx, WriteTx};

/// Every stem, with the number of rows that hold it.
pub const FREQUENCIES: &str = "select word as stem, ndoc::bigint as rows from ts_stat('select stems from search')";

/// Keeps the stems of a recommendation.
pub fn index(tx: &mut WriteTx<'_>, id: RecommendationId, stems: &str) -> Result<(), Error> {
    sql_query("delete from search where recommendation_id = $1").bind::<BigInt, _>(id).execute(tx.conn)?;
    // An empty text has no stems; an empty word would be refused.
    sql_query(
        "insert into search (recommendation_id, stems) \
         values ($1, array_to_tsvector(array_remove(string_to_array($2, ' '), '')))",
    )
    .bind::<BigInt, _>(id)
    .bind::<Text, _>(stems)
    .execute(tx.conn)?;
    Ok(())
}

/// Keeps the stems of many recommendations: a list of pairs, which is JSON.
pub const PUT_IN: &str = "insert into search (recommendation_id, stems) \
    select (value ->> 0)::bigint, array_to_tsvector(array_remove(string_to_array(value ->> 1, ' '), '')) \
    from json_array_elements($1::json)";

/// Of the stems in a list, those that are held, and by how many rows, as far as [`HELD`](super::suggest::HELD). One look into the
/// index for each stem: asked for all of them at once, the planner expects to find some everywhere and reads the whole table.
pub const AMONG: &str = "select typed.stem as stem, held.rows as rows from unnest(string_to_array($1, ' ')) as typed(stem) \
    cross join lateral (select count(*) as rows from (select 1 from search where search.stems @@ typed.stem::tsquery \
    limit 100) as few) as held where held.rows > 0";

/// Some stems as the list that [`AMONG`] takes; a stem is letters and digits.
pub fn listed(stems: &[String]) -> String {
    stems.join(" ")
}

/// The first recommendations that hold all the stems and fit the condition.
pub fn candidates(
    tx: &mut ReadTx<'_>,
    stems: &[String],
    condition: &str,
    most: i64,
) -> Result<Vec<RecommendationId>, Error> {
    let hits: Vec<Hit> = sql_query(format!(
        "select recommendation.id as id from search join recommendation on recommendation.id = search.recommendation_id \
         where search.stems @@ $1::tsquery and {condition} order by search.recommendation_id limit $2"
    ))
    .bind::<Text, _>(asked(stems, &[]))
    .bind::<BigInt, _>(most)
    .load(tx.conn)?;
    Ok(hits.into_iter().map(|hit| hit.id).collect())
}

/// Those of a few that hold the words: each is looked up, however many others hold them.
pub fn few(rows: &str) -> String {
    // With nothing kept from it until all is joined, the planner has only the few to begin with.
    format!(
        "few as materialized (select distinct id from ({rows}) as ones), \
         words as materialized (select few.id as id, search.stems as stems from few \
         join search on search.recommendation_id = few.id), \
         held as materialized (select words.id as id from words where words.stems @@ $1::tsquery)"
    )
}

/// Some of those that hold them behind a row, in order.
pub fn first(begins: &[String], after: i64, some: &str) -> String {
    if begins.is_empty() {
        return format!(
            "held as materialized (select search.recommendation_id as id from search where search.stems @@ $1::tsquery \
             and search.recommendation_id > {after} order by search.recommendation_id {some})"
        );
    }
    // Of a beginning the planner expects so many that it would walk the whole table in order until it has enough.
    format!(
        "begun as materialized (select recommendation_id as id from search where stems @@ $1::tsquery), \
         held as materialized (select begun.id as id from begun where begun.id > {after} order by begun.id {some})"
    )
}

/// Those of a stretch of an index.
pub fn along(stretch: &str) -> String {
    format!(
        "passed as materialized ({stretch}), \
         words as materialized (select passed.one as one, passed.two as two, passed.id as id, search.stems as stems from passed \
         join search on search.recommendation_id = passed.id), \
         held as materialized (select words.one as one, words.two as two, words.id as id from words \
         where words.stems @@ $1::tsquery)"
    )
}

/// All the stems, and one for each of the beginnings.
pub fn asked(stems: &[String], begins: &[String]) -> String {
    let mut all: Vec<String> = stems.iter().map(|stem| format!("'{stem}'")).collect();
    all.extend(begins.iter().map(|start| {
        let shorter: String = shorter(start).iter().map(|stem| format!(" | '{stem}'")).collect();
        format!("('{start}':*{shorter})")
    }));
    all.join(" & ")
}
