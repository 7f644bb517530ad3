//! The tries of a mail: what became of each, and what is noted beside it.

use diesel::prelude::*;

use crate::domain::id::OutboxId;
use crate::domain::moment::Moment;
use crate::domain::outbox::MailState;
use crate::domain::refusal::OfAddress;
use crate::store::schema::{attempt, outbox};
use crate::store::{Error, WriteTx};

/// What became of a try.
#[derive(Debug, Clone, Copy)]
pub struct Tried<'a> {
    /// Where the mail stands now.
    pub state: MailState,
    /// When it is tried again, if it is.
    pub next: Option<Moment>,
    /// What the mail server said, or why nothing was sent.
    pub answer: &'a str,
    /// What that says of the address.
    pub of_address: OfAddress,
    /// When that was.
    pub now: Moment,
}

/// Marks the try of a leased mail, notes the answer and ends the lease. `false` when the lease was lost meanwhile: then
/// nothing is written.
///
/// # Errors
/// When the database fails.
pub fn finish(tx: &mut WriteTx<'_>, id: OutboxId, lease: &str, tried: &Tried<'_>) -> Result<bool, Error> {
    let mine = outbox::table.find(id).filter(outbox::state.eq(MailState::Sending)).filter(outbox::lease.eq(lease));
    let set = (
        outbox::state.eq(tried.state),
        // Of one that was refused that is judged once the round is over.
        outbox::came_back.eq(false),
        outbox::attempts.eq(outbox::attempts + 1),
        outbox::finished_at.eq(tried.state.is_final().then_some(tried.now)),
        outbox::lease.eq(None::<String>),
        outbox::lease_until.eq(None::<Moment>),
    );
    if diesel::update(mine).set(set).execute(tx.conn)? == 0 {
        return Ok(false);
    }
    if let Some(next) = tried.next {
        diesel::update(outbox::table.find(id)).set(outbox::not_before.eq(next)).execute(tx.conn)?;
        // One that has not come yet was noted by a clock that was ahead.
        let none = outbox::first_tried_at.is_null().or(outbox::first_tried_at.assume_not_null().gt(tried.now));
        let first = outbox::table.find(id).filter(none);
        diesel::update(first).set(outbox::first_tried_at.eq(Some(tried.now))).execute(tx.conn)?;
    }
    note_try(tx, id, Some(lease), tried)?;
    Ok(true)
}

/// Notes beside a mail what became of it otherwise than by a try.
pub(super) fn note(
    tx: &mut WriteTx<'_>,
    id: OutboxId,
    outcome: MailState,
    answer: &str,
    now: Moment,
) -> Result<(), Error> {
    note_try(tx, id, None, &Tried { state: outcome, next: None, answer, of_address: OfAddress::Nothing, now })
}

fn note_try(tx: &mut WriteTx<'_>, id: OutboxId, lease: Option<&str>, tried: &Tried<'_>) -> Result<(), Error> {
    let to_judge = tried.of_address.is_judged();
    diesel::insert_into(attempt::table)
        .values((
            attempt::outbox_id.eq(id),
            attempt::at.eq(tried.now),
            attempt::outcome.eq(tried.state.as_str()),
            attempt::answer.eq(tried.answer),
            attempt::refused.eq(to_judge),
            attempt::judge_as.eq(to_judge.then_some(tried.of_address)),
            attempt::judge_for.eq(lease.filter(|_| to_judge)),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// When the first of the last `tries` tries of a mail was, of those that a clock that was ahead has not dated later than `now`; `None`
/// where there was none.
///
/// # Errors
/// When the database fails.
pub fn first_of_last(tx: &mut WriteTx<'_>, id: OutboxId, tries: u32, now: Moment) -> Result<Option<Moment>, Error> {
    let last: Vec<Moment> = attempt::table
        .filter(attempt::outbox_id.eq(id))
        .order(attempt::id.desc())
        .limit(i64::from(tries))
        .select(attempt::at)
        .load(tx.conn)?;
    Ok(last.into_iter().filter(|at| *at <= now).min())
}
