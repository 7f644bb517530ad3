//! The stems in SQLite: a full-text table whose rows have the recommendations' numbers.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};

use super::Hit;
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

/// The first recommendations that hold all the stems and fit the condition.
pub fn candidates(
    tx: &mut ReadTx<'_>,
    stems: &[String],
    condition: &str,
    most: i64,
) -> Result<Vec<RecommendationId>, Error> {
    let all: Vec<String> = stems.iter().map(|stem| format!("\"{stem}\"")).collect();
    let hits: Vec<Hit> = sql_query(format!(
        "select recommendation.id as id from search join recommendation on recommendation.id = search.rowid \
         where search match $1 and {condition} order by search.rowid limit $2"
    ))
    .bind::<Text, _>(all.join(" AND "))
    .bind::<BigInt, _>(most)
    .load(tx.conn)?;
    Ok(hits.into_iter().map(|hit| hit.id).collect())
}
