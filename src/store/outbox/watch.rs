//! How mail stands, for those who watch it.

use diesel::dsl::{count_star, min};
use diesel::prelude::*;

use crate::domain::mail_counts::{MailCounts, counted_from};
use crate::domain::moment::Moment;
use crate::domain::outbox::MailState;
use crate::store::schema::outbox;
use crate::store::{Error, ReadTx};

/// How mail stands at `now`.
///
/// # Errors
/// When the database fails.
pub fn mail_counts(tx: &mut ReadTx<'_>, now: Moment) -> Result<MailCounts, Error> {
    let on_its_way: Vec<(MailState, i64)> = outbox::table
        .filter(outbox::state.eq_any(MailState::UNSENT))
        .group_by(outbox::state)
        .select((outbox::state, count_star()))
        .load(tx.conn)?;
    let not_gone: Vec<(MailState, i64)> = outbox::table
        .filter(outbox::state.eq_any([MailState::PermanentFailure, MailState::Suppressed]))
        .filter(outbox::finished_at.is_not_null().and(outbox::finished_at.assume_not_null().ge(counted_from(now))))
        .group_by(outbox::state)
        .select((outbox::state, count_star()))
        .load(tx.conn)?;
    let of = |state: MailState| {
        let found = on_its_way.iter().chain(&not_gone).find(|(of, _)| *of == state);
        found.map_or(0, |(_, number)| u64::try_from(*number).unwrap_or(0))
    };
    Ok(MailCounts {
        waiting: of(MailState::Queued),
        oldest: oldest_waiting(tx, now)?.map(|since| now.seconds_since(since)),
        sending: of(MailState::Sending),
        for_now: of(MailState::TemporaryFailure),
        for_good: of(MailState::PermanentFailure),
        suppressed: of(MailState::Suppressed),
    })
}

/// When the mail that has waited longest might first have gone; `None` when nothing waits at `now`.
fn oldest_waiting(tx: &mut ReadTx<'_>, now: Moment) -> Result<Option<Moment>, Error> {
    Ok(outbox::table
        .filter(outbox::state.eq_any(MailState::WAITING))
        .filter(outbox::not_before.le(now))
        .select(min(outbox::not_before))
        .first(tx.conn)?)
}
