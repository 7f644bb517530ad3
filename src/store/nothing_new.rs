//! Returns that said "no change", counted for some answers at once.

use std::collections::HashMap;

use diesel::prelude::*;

use super::schema::{arrival, arrival_step, fact_update};
use super::{Error, ReadTx};
use crate::domain::change::Fact;
use crate::domain::filing::ArrivalStep;
use crate::domain::id::{AddresseeId, Seq, UpdateId};
use crate::domain::moment::{Day, Happened, Precision};
use crate::domain::nothing_new::{News, NothingNew, nothing_new};

type NewsRow = (AddresseeId, UpdateId, Seq, Option<UpdateId>, Option<Day>, Precision, Option<(Day, Seq)>);

/// For each of these answers of which the last returns said "no change": how often, and when there was news last.
///
/// # Errors
/// When the database fails.
pub fn of(tx: &mut ReadTx<'_>, answers: &[AddresseeId]) -> Result<HashMap<AddresseeId, NothingNew>, Error> {
    let taken_back = arrival_step::table
        .filter(arrival_step::arrival_id.eq(arrival::id).and(arrival_step::step.eq(ArrivalStep::TakenBack)))
        .filter(arrival_step::seq.le(tx.upto()));
    let nil: Vec<(AddresseeId, Seq)> = arrival::table
        .filter(arrival::addressee_id.eq_any(answers).and(arrival::nil).and(arrival::seq.le(tx.upto())))
        .filter(diesel::dsl::not(diesel::dsl::exists(taken_back)))
        .order(arrival::seq)
        .select((arrival::addressee_id, arrival::seq))
        .load(tx.conn)?;
    let mut nils: HashMap<AddresseeId, Vec<Seq>> = HashMap::new();
    for (answer, seq) in nil {
        nils.entry(answer).or_default().push(seq);
    }
    if nils.is_empty() {
        return Ok(HashMap::new());
    }
    let some: Vec<AddresseeId> = nils.keys().copied().collect();
    let rows: Vec<NewsRow> = fact_update::table
        .left_join(arrival::table.on(fact_update::arrival_id.eq(arrival::id.nullable())))
        .filter(fact_update::addressee_id.eq_any(some).and(fact_update::fact.eq(Fact::Reported)))
        .filter(fact_update::seq.le(tx.upto()))
        .select((
            fact_update::addressee_id,
            fact_update::id,
            fact_update::seq,
            fact_update::corrects,
            fact_update::happened_on,
            fact_update::precision,
            (arrival::received_on, arrival::seq).nullable(),
        ))
        .load(tx.conn)?;
    let mut news: HashMap<AddresseeId, Vec<News>> = HashMap::new();
    for (answer, id, published, corrects, on, precision, came) in rows {
        let (when, seq) = came
            .map_or_else(|| (Happened::new(on, precision), published), |(day, arrived)| (Happened::on(day), arrived));
        news.entry(answer).or_default().push(News { id, seq, when, corrects });
    }
    let none = Vec::new();
    let counted = nils.iter().map(|(answer, nil)| (*answer, nothing_new(nil, news.get(answer).unwrap_or(&none))));
    Ok(counted.filter_map(|(answer, found)| Some((answer, found?))).collect())
}
