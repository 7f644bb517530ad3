//! Numbers of rows that are not there yet, so that what belongs to them can be made before they are put in.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::BigInt;

use crate::domain::id::{AddresseeId, RecommendationId};
use crate::store::{Conn, Error, WriteTx};

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    value: i64,
}

/// Numbers for so many recommendations, the smallest first. Nobody else gets them.
///
/// # Errors
/// When the database fails.
pub fn recommendations(tx: &mut WriteTx<'_>, count: usize) -> Result<Vec<RecommendationId>, Error> {
    Ok(draw(tx, "recommendation", count)?.map(RecommendationId).collect())
}

/// The same for answers.
///
/// # Errors
/// When the database fails.
pub fn answers(tx: &mut WriteTx<'_>, count: usize) -> Result<Vec<AddresseeId>, Error> {
    Ok(draw(tx, "addressee", count)?.map(AddresseeId).collect())
}

/// Numbers for so many rows of a table. On SQLite whoever writes is alone, and the numbers that follow the last one ever given are
/// free; on PostgreSQL the table's sequence gives them.
pub(super) fn draw(tx: &mut WriteTx<'_>, table: &str, count: usize) -> Result<std::vec::IntoIter<i64>, Error> {
    if count == 0 {
        return Ok(Vec::new().into_iter());
    }
    let many = i64::try_from(count).unwrap_or(i64::MAX);
    let numbers: Vec<i64> = match tx.conn {
        Conn::Sqlite(_) => {
            let last: Number = sql_query(format!(
                "select max(coalesce((select seq from sqlite_sequence where name = '{table}'), 0), \
                 coalesce((select max(id) from {table}), 0)) as value"
            ))
            .get_result(tx.conn)?;
            (1..=many).map(|more| last.value + more).collect()
        }
        Conn::Postgres(_) => {
            let drawn: Vec<Number> = sql_query(format!(
                "select nextval(pg_get_serial_sequence('{table}', 'id')) as value from generate_series(1, {many}) order by 1"
            ))
            .load(tx.conn)?;
            drawn.into_iter().map(|drawn| drawn.value).collect()
        }
    };
    Ok(numbers.into_iter())
}
