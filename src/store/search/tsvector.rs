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

/// Those of a few that hold all the stems, and one for each of the beginnings, and fit the condition. `few` is a question for their
/// ids. Each is looked up, however many others hold the words.
pub fn among_few(
    tx: &mut ReadTx<'_>,
    stems: &[String],
    begins: &[String],
    (few, condition): (&str, &str),
    most: i64,
) -> Result<Vec<RecommendationId>, Error> {
    // With nothing kept from it until all is joined, the planner has only the few to begin with.
    let hits: Vec<Hit> = sql_query(format!(
        "with held as materialized (select distinct id from ({few}) as ones), \
         words as materialized (select held.id, search.stems from held join search on search.recommendation_id = held.id) \
         select recommendation.id as id from words join recommendation on recommendation.id = words.id \
         where words.stems @@ $1::tsquery and {condition} order by recommendation.id limit $2"
    ))
    .bind::<Text, _>(asked(stems, begins))
    .bind::<BigInt, _>(most)
    .load(tx.conn)?;
    Ok(hits.into_iter().map(|hit| hit.id).collect())
}

/// The same of the first that hold them.
pub fn among_first(
    tx: &mut ReadTx<'_>,
    stems: &[String],
    begins: &[String],
    (looked, condition): (i64, &str),
    most: i64,
) -> Result<Vec<RecommendationId>, Error> {
    let hits: Vec<Hit> = sql_query(format!(
        "with {} select recommendation.id as id from held join recommendation on recommendation.id = held.id \
         where {condition} order by recommendation.id limit $2",
        held(begins, &format!("limit {looked}"))
    ))
    .bind::<Text, _>(asked(stems, begins))
    .bind::<BigInt, _>(most)
    .load(tx.conn)?;
    Ok(hits.into_iter().map(|hit| hit.id).collect())
}

/// Whether more hold them than so many.
pub fn are_more(tx: &mut ReadTx<'_>, stems: &[String], begins: &[String], looked: i64) -> Result<bool, Error> {
    let next: Vec<Hit> =
        sql_query(format!("with {} select held.id as id from held", held(begins, &format!("limit 1 offset {looked}"))))
            .bind::<Text, _>(asked(stems, begins))
            .load(tx.conn)?;
    Ok(!next.is_empty())
}

/// Those that hold the words, in order, some of them.
fn held(begins: &[String], some: &str) -> String {
    if begins.is_empty() {
        return format!(
            "held as materialized (select search.recommendation_id as id from search where search.stems @@ $1::tsquery \
             order by search.recommendation_id {some})"
        );
    }
    // Of a beginning the planner expects so many that it would walk the whole table in order until it has enough.
    format!(
        "begun as materialized (select recommendation_id as id from search where stems @@ $1::tsquery), \
         held as materialized (select begun.id as id from begun order by begun.id {some})"
    )
}

/// All the stems, and one for each of the beginnings.
fn asked(stems: &[String], begins: &[String]) -> String {
    let mut all: Vec<String> = stems.iter().map(|stem| format!("'{stem}'")).collect();
    all.extend(begins.iter().map(|start| {
        let shorter: String = shorter(start).iter().map(|stem| format!(" | '{stem}'")).collect();
        format!("('{start}':*{shorter})")
    }));
    all.join(" & ")
}
