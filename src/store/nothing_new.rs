//! Returns that said "no change", counted for some answers at once.

use std::collections::HashMap;

use diesel::prelude::*;

use super::schema::{arrival, arrival_step, deadline, fact_update, held_back};
use super::{Error, ReadTx};
use crate::domain::change::Fact;
use crate::domain::deadline::DeadlineKind;
use crate::domain::filing::ArrivalStep;
use crate::domain::id::{AddresseeId, DeadlineId, Seq, UpdateId};
use crate::domain::moment::{Day, Happened, Precision};
use crate::domain::nothing_new::{News, Nil, NothingNew, nothing_new};

type NewsRow = (AddresseeId, UpdateId, Seq, Option<UpdateId>, Option<Day>, Precision, Option<(Day, Seq)>);

/// For each of these answers of which the last returns said "no change": how often, and when there was news last.
///
/// # Errors
/// When the database fails.
pub fn of(tx: &mut ReadTx<'_>, answers: &[AddresseeId]) -> Result<HashMap<AddresseeId, NothingNew>, Error> {
    let taken_back = arrival_step::table
        .filter(arrival_step::arrival_id.eq(arrival::id).and(arrival_step::step.eq(ArrivalStep::TakenBack)))
        .filter(arrival_step::seq.le(tx.upto()));
    let nil: Vec<(AddresseeId, Seq, Day, Option<DeadlineId>)> = arrival::table
        .filter(arrival::addressee_id.eq_any(answers).and(arrival::nil).and(arrival::seq.le(tx.upto())))
        .filter(diesel::dsl::not(diesel::dsl::exists(taken_back)))
        .order(arrival::seq)
        .select((arrival::addressee_id, arrival::seq, arrival::received_on, arrival::deadline_id))
        .load(tx.conn)?;
    let settling_none: Vec<AddresseeId> =
        nil.iter().filter(|(.., settles)| settles.is_none()).map(|(answer, ..)| *answer).collect();
    let dates = if settling_none.is_empty() { Vec::new() } else { dates(tx, &settling_none)? };
    let mut nils: HashMap<AddresseeId, Vec<Nil>> = HashMap::new();
    for (answer, seq, on, settles) in nil {
        let between = settles.is_none() && stood(&dates, answer, seq);
        nils.entry(answer).or_default().push(Nil { seq, on, between });
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

/// A date by which an update is owed, with the change that published it and the one by which it was settled.
struct Asked {
    answer: AddresseeId,
    seq: Seq,
    owed: bool,
    settled: Option<Seq>,
}

/// The dates by which these answers owe updates, or owed them, in their order.
fn dates(tx: &mut ReadTx<'_>, answers: &[AddresseeId]) -> Result<Vec<Asked>, Error> {
    let rows: Vec<(AddresseeId, DeadlineId, Seq, Option<Day>)> = deadline::table
        .filter(deadline::addressee_id.eq_any(answers).and(deadline::kind.eq(DeadlineKind::Return)))
        .filter(deadline::seq.le(tx.upto()))
        .order((deadline::seq, deadline::id))
        .select((deadline::addressee_id, deadline::id, deadline::seq, deadline::due_on))
        .load(tx.conn)?;
    let settling: Vec<(Option<DeadlineId>, Seq)> = arrival::table
        .filter(arrival::addressee_id.eq_any(answers).and(arrival::deadline_id.is_not_null()))
        .filter(arrival::seq.le(tx.upto()))
        .order(arrival::seq)
        .select((arrival::deadline_id, arrival::seq))
        .load(tx.conn)?;
    let settled = |id| settling.iter().find(|(settles, _)| *settles == Some(id)).map(|(_, seq)| *seq);
    let asked = |(answer, id, seq, due): (AddresseeId, DeadlineId, Seq, Option<Day>)| Asked {
        answer,
        seq,
        owed: due.is_some(),
        settled: settled(id),
    };
    Ok(rows.into_iter().map(asked).collect())
}

/// Whether an update was owed by some date when this change was published: by the last one that had been set.
fn stood(dates: &[Asked], answer: AddresseeId, at: Seq) -> bool {
    let last = dates.iter().rfind(|date| date.answer == answer && date.seq < at);
    last.is_some_and(|date| date.owed && date.settled.is_none_or(|settled| settled > at))
}

/// Whether the body said on this day already that nothing has changed; also where a hold keeps that back.
///
/// # Errors
/// When the database fails.
pub fn was_said(tx: &mut ReadTx<'_>, answer: AddresseeId, on: Day) -> Result<bool, Error> {
    let came = arrival::table.filter(arrival::addressee_id.eq(answer).and(arrival::nil));
    let kept = held_back::table.filter(held_back::addressee_id.eq(answer).and(held_back::nil));
    let came = diesel::dsl::exists(came.filter(arrival::received_on.eq(on)));
    let kept = diesel::dsl::exists(kept.filter(held_back::happened_on.eq(on)));
    let (came, kept): (bool, bool) = diesel::select((came, kept)).get_result(tx.conn)?;
    Ok(came || kept)
}
