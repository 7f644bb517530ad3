//! Suspicions that wait for a word: two recommendations that may be related, of which both were compared with their sources by
//! now. Somebody can say how they are related, or that they are not.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::BigInt;

use super::page::{Capped, Cursor, Page};
use super::tie::Tie;
use super::{Error, ReadTx, body, charge};
use crate::domain::checked::Checked;
use crate::domain::id::{RecommendationId, Seq};
use crate::domain::tie::TieKind;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    seq: Seq,
    #[diesel(sql_type = BigInt)]
    from_id: RecommendationId,
    #[diesel(sql_type = BigInt)]
    to_id: RecommendationId,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// One page of them, the one that was published first before the others. They are the work of those who lead either inquiry; whose
/// role is limited to some inquiries can do none whose other end lies elsewhere.
///
/// # Errors
/// When the database fails.
pub fn list(
    tx: &mut ReadTx<'_>,
    whose: &charge::Whose,
    after: Option<Cursor<1>>,
    size: usize,
) -> Result<Page<Tie, 1>, Error> {
    let Cursor([after]) = after.unwrap_or(Cursor([0]));
    let rows: Vec<Row> = sql_query(format!(
        "select tie.id as id, tie.seq as seq, tie.from_id as from_id, tie.to_id as to_id {} and tie.id > {after} \
         order by tie.id limit {}",
        waiting(whose),
        body::limit(size)
    ))
    .load(tx.conn)?;
    let Page { items, next } = Page::cut(rows, size, |row| [row.id]);
    let tie = |row: Row| Tie { from: row.from_id, to: row.to_id, kind: TieKind::MayBeRelated, seq: row.seq };
    Ok(Page { items: items.into_iter().map(tie).collect(), next })
}

/// How many there are.
///
/// # Errors
/// When the database fails.
pub fn count(tx: &mut ReadTx<'_>, whose: &charge::Whose) -> Result<Capped, Error> {
    let counted: Vec<Number> = sql_query(format!("select count(*) as number {}", waiting(whose))).load(tx.conn)?;
    let number = counted.first().map_or(0, |row| row.number.unsigned_abs());
    Ok(Capped { number, more: false })
}

/// From where, and which. Of the rows of one pair, whichever says it, the last says how the two are tied. Nothing that anybody typed
/// gets in: words of the program, and numbers of rows.
fn waiting(whose: &charge::Whose) -> String {
    let within = charge::Whose { within: whose.within.clone(), ..charge::Whose::default() };
    let led = charge::Whose { within: Vec::new(), ..whose.clone() };
    let seen: Vec<String> =
        Checked::ALL.iter().filter(|degree| degree.wording_was_seen()).map(|degree| format!("'{degree}'")).collect();
    let compared = |side: &str| format!("not {side}.in_error and {side}.checked in ({seen})", seen = seen.join(", "));
    format!(
        "from tie join recommendation as said on said.id = tie.from_id join recommendation as meant on meant.id = tie.to_id \
         where tie.present and tie.kind = '{kind}' and {} and {} \
         and not exists (select 1 from tie as later where later.id > tie.id \
         and ((later.from_id = tie.from_id and later.to_id = tie.to_id) \
         or (later.from_id = tie.to_id and later.to_id = tie.from_id))) \
         and (({}) or ({})) and {} and {}",
        compared("said"),
        compared("meant"),
        led.condition("said.inquiry_id", "0"),
        led.condition("meant.inquiry_id", "0"),
        within.condition("said.inquiry_id", "0"),
        within.condition("meant.inquiry_id", "0"),
        kind = TieKind::MayBeRelated,
    )
}
