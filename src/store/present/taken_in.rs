//! Present rows of what is taken in as a whole, by the rules by which they are worked out of the ledger: nothing can be held of it
//! yet, so that all of it is known before anything is written.

use diesel::prelude::*;

use super::NewAddressee;
use super::addressee::AddresseeRow;
use super::recommendation::NewRecommendation;
use crate::domain::assessed::Assessed;
use crate::domain::id::{AddresseeId, RecommendationId, Seq, WordingId};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::{Day, Precision};
use crate::domain::record::Record;
use crate::domain::reported::Reported;
use crate::domain::response::Response;
use crate::domain::succession::Answering;
use crate::store::conn::{ROWS, put};
use crate::store::schema::{addressee, recommendation};
use crate::store::{Error, WriteTx};

/// The row of an answer that was asked for on `day`, and about which no more is published than `record`.
pub(in crate::store) fn taken_in(
    (id, seq, day): (AddresseeId, Seq, Day),
    new: &NewAddressee,
    now: &Answering,
    record: &Record,
) -> AddresseeRow {
    let row = AddresseeRow {
        id,
        recommendation_id: new.recommendation,
        inquiry_id: new.inquiry,
        body_id: new.body,
        taken_in_on: day,
        checked: new.checked,
        present: true,
        response: Response::NotRecorded,
        response_on: None,
        response_precision: Precision::Unknown,
        response_basis: None,
        response_update_id: None,
        reported: Reported::NotReported,
        reported_on: None,
        reported_precision: Precision::Unknown,
        reported_update_id: None,
        assessed: Assessed::NotAssessed,
        assessed_on: None,
        assessed_precision: Precision::Unknown,
        assessed_by: None,
        assessed_update_id: None,
        lifecycle: Lifecycle::Open,
        lifecycle_on: None,
        lifecycle_precision: Precision::Unknown,
        closure: None,
        lifecycle_update_id: None,
        done: false,
        gap: false,
        response_deadline_id: None,
        response_due_on: None,
        decision_deadline_id: None,
        decision_due_on: None,
        return_deadline_id: None,
        return_due_on: None,
        return_every: None,
        target_deadline_id: None,
        target_on: None,
        first_target_on: None,
        target_set_by: None,
        times_moved: 0,
        last_arrival_on: None,
        version: 1,
        seq,
        recheck_deadline_id: None,
        recheck_due_on: None,
        looked_until: None,
        first_target_deadline_id: None,
        answerer_id: now.body,
        handed: now.how,
    };
    row.with(record.state_at(Seq(i64::MAX)))
}

/// The row of an answer, and the place of its recommendation in the inquiry.
pub(in crate::store) type PlacedAnswer = (AddresseeRow, i64);

/// Puts the rows of many answers in.
///
/// # Errors
/// [`crate::store::Constraint::AddresseeBody`] when one was put to its body already.
pub(in crate::store) fn insert_addressees(tx: &mut WriteTx<'_>, all: &[PlacedAnswer]) -> Result<(), Error> {
    // Each value of each row costs: what has nothing in many columns names the others alone.
    let (few, all): (Vec<&PlacedAnswer>, Vec<&PlacedAnswer>) = all.iter().partition(|(row, _)| has_no_more(row));
    for some in few.chunks(ROWS) {
        let rows = some.iter().map(|(row, position)| {
            (
                (
                    addressee::position.eq(*position),
                    addressee::id.eq(row.id),
                    addressee::recommendation_id.eq(row.recommendation_id),
                    addressee::inquiry_id.eq(row.inquiry_id),
                    addressee::body_id.eq(row.body_id),
                    addressee::taken_in_on.eq(row.taken_in_on),
                    addressee::checked.eq(row.checked),
                    addressee::present.eq(row.present),
                    addressee::version.eq(row.version),
                    addressee::seq.eq(row.seq),
                    addressee::answerer_id.eq(row.answerer_id),
                    addressee::handed.eq(row.handed),
                ),
                (
                    addressee::response.eq(row.response),
                    addressee::response_on.eq(row.response_on),
                    addressee::response_precision.eq(row.response_precision),
                    addressee::response_basis.eq(row.response_basis),
                    addressee::response_update_id.eq(row.response_update_id),
                    addressee::reported.eq(row.reported),
                    addressee::reported_precision.eq(row.reported_precision),
                    addressee::assessed.eq(row.assessed),
                    addressee::assessed_precision.eq(row.assessed_precision),
                    addressee::lifecycle.eq(row.lifecycle),
                    addressee::lifecycle_precision.eq(row.lifecycle_precision),
                    addressee::done.eq(row.done),
                    addressee::gap.eq(row.gap),
                ),
                (
                    addressee::target_deadline_id.eq(row.target_deadline_id),
                    addressee::target_on.eq(row.target_on),
                    addressee::first_target_deadline_id.eq(row.first_target_deadline_id),
                    addressee::first_target_on.eq(row.first_target_on),
                    addressee::target_set_by.eq(row.target_set_by),
                    addressee::times_moved.eq(row.times_moved),
                ),
            )
        });
        put!(&mut *tx.conn, addressee, rows)?;
    }
    for some in all.chunks(ROWS) {
        put!(&mut *tx.conn, addressee, some.iter().map(|(row, position)| (row, addressee::position.eq(*position))))?;
    }
    Ok(())
}

/// Whether a row has nothing beside an answer and a target.
const fn has_no_more(row: &AddresseeRow) -> bool {
    matches!(
        row,
        AddresseeRow {
            reported_on: None,
            reported_update_id: None,
            assessed_on: None,
            assessed_by: None,
            assessed_update_id: None,
            lifecycle_on: None,
            closure: None,
            lifecycle_update_id: None,
            response_deadline_id: None,
            response_due_on: None,
            decision_deadline_id: None,
            decision_due_on: None,
            return_deadline_id: None,
            return_due_on: None,
            return_every: None,
            last_arrival_on: None,
            recheck_deadline_id: None,
            recheck_due_on: None,
            looked_until: None,
            ..
        }
    )
}

/// A recommendation with the row that it gets, and the words that stand: their row, and their title.
pub(in crate::store) type Placed<'n> = (RecommendationId, &'n NewRecommendation, WordingId, Option<&'n str>);

/// Puts the rows of many recommendations in, a whole before its parts.
///
/// # Errors
/// [`crate::store::Constraint::RecommendationNumber`] when the inquiry has one with that number.
pub(in crate::store) fn insert_recommendations(tx: &mut WriteTx<'_>, all: &[Placed<'_>]) -> Result<(), Error> {
    for some in all.chunks(ROWS) {
        let rows = some.iter().map(|(id, new, wording, title)| {
            let words = (recommendation::wording_id.eq(*wording), recommendation::title.eq(*title));
            (recommendation::id.eq(*id), *new, words)
        });
        put!(&mut *tx.conn, recommendation, rows)?;
    }
    Ok(())
}
