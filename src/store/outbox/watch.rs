//! How mail stands, for those who watch it.

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::gather::{Condition, goes_at_any_hour, time_has_come};
use crate::domain::calendar::Calendar;
use crate::domain::mail_counts::{MailCounts, counted_from};
use crate::domain::moment::Moment;
use crate::domain::outbox::MailState;
use crate::store::schema::outbox;
use crate::store::{Error, ReadTx};

/// How mail stands at `now`; `calendar` tells when scheduled mail may go.
///
/// # Errors
/// When the database fails.
pub fn mail_counts(tx: &mut ReadTx<'_>, now: Moment, calendar: &Calendar) -> Result<MailCounts, Error> {
    let on_its_way = on_its_way(tx)?;
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
        oldest: waiting_since(tx, now, calendar)?.map(|since| now.seconds_since(since)),
        sending: of(MailState::Sending),
        for_now: of(MailState::TemporaryFailure),
        for_good: of(MailState::PermanentFailure),
        suppressed: of(MailState::Suppressed),
    })
}

/// How many mails stand where, for what asks every few seconds: all that are on their way, and what was written since [`counted_from`]
/// and is finished. A state with none is left out.
///
/// # Errors
/// When the database fails.
pub fn counts_lately(tx: &mut ReadTx<'_>, now: Moment) -> Result<Vec<(MailState, i64)>, Error> {
    let mut counts = on_its_way(tx)?;
    let lately: Vec<(MailState, i64)> = outbox::table
        .filter(outbox::created_at.ge(counted_from(now)))
        .group_by(outbox::state)
        .select((outbox::state, count_star()))
        .load(tx.conn)?;
    counts.extend(lately.into_iter().filter(|(state, _)| !MailState::UNSENT.contains(state)));
    Ok(counts)
}

/// How many mails that are on their way stand where.
fn on_its_way(tx: &mut ReadTx<'_>) -> Result<Vec<(MailState, i64)>, Error> {
    Ok(outbox::table
        .filter(outbox::state.eq_any(MailState::UNSENT))
        .group_by(outbox::state)
        .select((outbox::state, count_star()))
        .load(tx.conn)?)
}

/// Since when the mail waits that waits longest of those that may go at `now`: from when it might first have gone, or, where it is
/// refused for now, from its first try since somebody last asked for it. Scheduled mail waits since the hour from which such mail may
/// go, and does not count at night or while nobody works. What a clock that was ahead has put off, or tried first, waits from now on.
///
/// # Errors
/// When the database fails.
pub fn waiting_since(tx: &mut ReadTx<'_>, now: Moment, calendar: &Calendar) -> Result<Option<Moment>, Error> {
    let at_any_hour = earliest(tx, now, true)?;
    let Some(opened) = calendar.mail_goes_since(now) else { return Ok(at_any_hour) };
    // Where the first of all is no scheduled mail it is the first of those above, too, and so stays the first here.
    let scheduled = earliest(tx, now, false)?.map(|since| since.max(opened));
    Ok(at_any_hour.into_iter().chain(scheduled).min())
}

/// Since when the first of all mails waits, or the first of those that go at any hour.
fn earliest(tx: &mut ReadTx<'_>, now: Moment, at_any_hour: bool) -> Result<Option<Moment>, Error> {
    let waits = outbox::state.eq_any(MailState::WAITING);
    let mut tried = outbox::table
        .filter(waits.and(outbox::first_tried_at.is_not_null()))
        .order(outbox::first_tried_at)
        .limit(1)
        .select(outbox::first_tried_at)
        .into_boxed();
    let waits = outbox::state.eq_any(MailState::WAITING);
    let mut untried = outbox::table
        .filter(waits.and(outbox::first_tried_at.is_null()))
        .filter(time_has_come(now))
        .order(outbox::not_before)
        .limit(1)
        .select(outbox::not_before)
        .into_boxed();
    if at_any_hour {
        let of_tried: Condition = goes_at_any_hour(tx)?;
        let of_untried: Condition = goes_at_any_hour(tx)?;
        tried = tried.filter(of_tried);
        untried = untried.filter(of_untried);
    }
    let tried: Option<Option<Moment>> = tried.first(tx.conn).optional()?;
    let untried: Option<Moment> = untried.first(tx.conn).optional()?;
    Ok(tried.flatten().into_iter().chain(untried).min().map(|since| since.min(now)))
}
