//! The words of many recommendations that are new, kept at once.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;

use super::stem::Stems;
use super::{fts5, tsvector};
use crate::domain::id::RecommendationId;
use crate::store::conn::Conn;
use crate::store::{Error, WriteTx};

/// Recommendations with the stems that each is found by.
pub type Stemmed = Vec<(RecommendationId, String)>;

/// The stems of what each of these recommendations may be found by.
#[must_use]
pub fn stemmed(texts: Vec<(RecommendationId, Vec<String>)>) -> Stemmed {
    let mut stems = Stems::new();
    texts.into_iter().map(|(id, texts)| (id, stems.of(&texts.join("\n")))).collect()
}

/// Keeps the stems of recommendations that are not kept yet.
///
/// # Errors
/// When the database fails.
pub fn put_in(tx: &mut WriteTx<'_>, all: &[(RecommendationId, String)]) -> Result<(), Error> {
    // A stem is letters and digits, so that nothing in it means anything in JSON.
    let rows: Vec<String> = all.iter().map(|(id, stems)| format!("[{id},\"{stems}\"]")).collect();
    let query = match tx.conn {
        Conn::Sqlite(_) => fts5::PUT_IN,
        Conn::Postgres(_) => tsvector::PUT_IN,
    };
    sql_query(query).bind::<Text, _>(format!("[{}]", rows.join(","))).execute(tx.conn)?;
    Ok(())
}
