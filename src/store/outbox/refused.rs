//! Mails whose recipients a mail server refused, one after the other.

use diesel::prelude::*;

use crate::domain::email::Email;
use crate::domain::id::OutboxId;
use crate::domain::moment::Moment;
use crate::domain::outbox::MailState;
use crate::domain::refusal::OfAddress;
use crate::store::schema::{attempt, outbox};
use crate::store::{AT_ONCE, Error, ReadTx, WriteTx};

/// A mail whose recipient was refused, as the mail stands now.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct RefusedMail {
    /// Its inner number.
    pub id: OutboxId,
    /// Where it stands.
    pub state: MailState,
    /// Whom it is for.
    pub email: Email,
    /// Whether it counts as one that came back: it was refused in an earlier round, and that was believed.
    pub came_back: bool,
    /// What kind of letter it is.
    pub kind: String,
}

/// What stands beside a mail of which a report came is no try: `domain::words::report_noted` makes it.
const REPORT: &str = "Report % came back: %";

/// The mails whose recipients were refused since `from` and after the last mail that was handed over, in the order in which that was.
///
/// # Errors
/// When the database fails.
pub fn refused_in_a_row(tx: &mut ReadTx<'_>, from: Moment) -> Result<Vec<RefusedMail>, Error> {
    let handed_over: Option<i64> = attempt::table
        .filter(attempt::outcome.eq(MailState::Accepted.as_str()).and(attempt::answer.not_like(REPORT)))
        .order(attempt::id.desc())
        .select(attempt::id)
        .first(tx.conn)
        .optional()?;
    Ok(attempt::table
        .inner_join(outbox::table.on(outbox::id.eq(attempt::outbox_id)))
        .filter(attempt::id.gt(handed_over.unwrap_or(0)))
        .filter(attempt::refused.eq(true).and(attempt::at.ge(from)))
        .order(attempt::id)
        .select((outbox::id, outbox::state, outbox::email, outbox::came_back, outbox::kind))
        .load(tx.conn)?)
}

/// A refusal that is still to be judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToJudge {
    /// The mail.
    pub id: OutboxId,
    /// Whom it is for.
    pub email: Email,
    /// What the refusal says of the address.
    pub of_address: OfAddress,
    /// What kind of letter it is.
    pub kind: String,
}

/// Whether a round that is over has left a refusal to be judged. Asked every two seconds by postmen who have nothing to do: what a round
/// under way has found is left to it, for to judge takes what all writers wait for.
///
/// # Errors
/// When the database fails.
pub fn is_any_left_to_judge(tx: &mut ReadTx<'_>, now: Moment) -> Result<bool, Error> {
    let found = attempt::table.filter(attempt::judge_as.is_not_null()).select(attempt::id).limit(1);
    let is_any = found.first::<i64>(tx.conn).optional()?.is_some();
    Ok(is_any && !to_judge(tx, None, now)?.is_empty())
}

/// The refusals that `round` is to judge, in the order in which they came: its own, and those of rounds that are over. A round that still
/// holds mail judges what it found itself, all of it at once.
///
/// # Errors
/// When the database fails.
pub fn to_judge(tx: &mut ReadTx<'_>, round: Option<&str>, now: Moment) -> Result<Vec<ToJudge>, Error> {
    type Row = (OutboxId, Email, Option<OfAddress>, String, Option<String>);
    let rows: Vec<Row> = attempt::table
        .inner_join(outbox::table.on(outbox::id.eq(attempt::outbox_id)))
        .filter(attempt::judge_as.is_not_null())
        .order(attempt::id)
        .select((outbox::id, outbox::email, attempt::judge_as, outbox::kind, attempt::judge_for))
        .load(tx.conn)?;
    let held: Vec<Option<String>> = outbox::table
        .filter(outbox::state.eq(MailState::Sending))
        .filter(outbox::lease_until.is_not_null().and(outbox::lease_until.assume_not_null().ge(now)))
        .select(outbox::lease)
        .load(tx.conn)?;
    let is_left = |found_by: &Option<String>| found_by.as_deref() == round || !held.contains(found_by);
    let left = rows.into_iter().filter(|(.., found_by)| is_left(found_by));
    Ok(left
        .filter_map(|(id, email, of_address, kind, _)| Some(ToJudge { id, email, of_address: of_address?, kind }))
        .collect())
}

/// What is said of these mails has been judged.
///
/// # Errors
/// When the database fails.
pub fn not_to_judge(tx: &mut WriteTx<'_>, ids: &[OutboxId]) -> Result<(), Error> {
    for some in ids.chunks(AT_ONCE) {
        let judged = attempt::table.filter(attempt::outbox_id.eq_any(some).and(attempt::judge_as.is_not_null()));
        let set = (attempt::judge_as.eq(None::<OfAddress>), attempt::judge_for.eq(None::<String>));
        diesel::update(judged).set(set).execute(tx.conn)?;
    }
    Ok(())
}
