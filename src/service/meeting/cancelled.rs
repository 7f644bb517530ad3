//! What becomes of the dates that go with a meeting when it is cancelled: each goes back to the schedule that it had, or ends, in the
//! open and with the reason. None runs on for a meeting that is not held.

use crate::domain::checked::Checked;
use crate::domain::deadline::DeadlineKind;
use crate::domain::id::{MeetingId, Seq};
use crate::domain::meeting::{Released, goes_back_to};
use crate::domain::moment::Day;
use crate::domain::words;
use crate::service::register::schedule::can_be_asked;
use crate::service::{Act, Error};
use crate::store::hold::InForce;
use crate::store::ledger::{NewDeadline, insert_deadline};
use crate::store::meeting::{self, Hung};
use crate::store::present::{find_addressee, refresh_addressee};
use crate::store::{WriteTx, deadline};

/// What takes the place of a date that went with a meeting.
pub(super) struct Instead {
    date: Hung,
    /// The day by which an update is asked for from now on; none where none is.
    due_on: Option<Day>,
    /// And after how many months again.
    every: Option<i64>,
    /// The other meetings that this day goes with.
    hangs: Vec<(MeetingId, i64)>,
}

/// What takes the place of each of these dates. What is closed meanwhile, or under a hold of its own, stays.
pub(super) fn instead(
    tx: &mut WriteTx<'_>,
    act: &Act,
    hung: &[Hung],
    becomes: Released,
) -> Result<Vec<Instead>, Error> {
    let in_force = InForce::read(tx)?;
    let mut all = Vec::new();
    for date in hung {
        let row = find_addressee(tx, date.addressee)?;
        let held = in_force
            .bearing_on(Some(row.inquiry_id), Some(row.recommendation_id))
            .any(|hold| hold.on.recommendation.is_some());
        if held || !can_be_asked(&row) {
            continue;
        }
        all.push(match becomes {
            Released::Back => back(tx, act.day, *date)?,
            Released::End => Instead { date: *date, due_on: None, every: None, hangs: Vec::new() },
        });
    }
    Ok(all)
}

/// Back to the date that stood before, or to the next one of its rhythm; where neither lies ahead it ends.
fn back(tx: &mut WriteTx<'_>, today: Day, date: Hung) -> Result<Instead, Error> {
    let before = match meeting::date_before(tx, date.deadline)? {
        Some(id) => deadline::many(tx, vec![id])?.pop(),
        None => None,
    };
    let ends = Instead { date, due_on: None, every: None, hangs: Vec::new() };
    let Some((row, due)) = before.and_then(|row| row.due_on.map(|due| (row, due))) else { return Ok(ends) };
    let Some(day) = goes_back_to(due, row.every_months, today) else { return Ok(ends) };
    let hangs = if day == due { meeting::hung_by(tx, row.id)? } else { Vec::new() };
    Ok(Instead { due_on: Some(day), every: row.every_months, hangs, ..ends })
}

/// Publishes it with the change that cancels the meeting of this day.
pub(super) fn publish(
    tx: &mut WriteTx<'_>,
    act: &Act,
    seq: Seq,
    instead: &Instead,
    (held_on, reason): (Day, Option<&String>),
) -> Result<(), Error> {
    let row = find_addressee(tx, instead.date.addressee)?;
    let said = words::released_date(held_on, instead.due_on.is_some());
    let new = NewDeadline {
        due_on: instead.due_on,
        every_months: instead.every,
        reason: Some(super::with_reason(said, reason)),
        checked: Checked::Source,
        replaces: row.return_deadline_id,
        author_id: Some(act.actor.person),
        ..NewDeadline::of(row.id, DeadlineKind::Return)
    };
    let deadline = insert_deadline(tx, seq, &new)?;
    refresh_addressee(tx, seq, row.id)?;
    for (meeting, working_days) in &instead.hangs {
        meeting::hang(tx, *meeting, row.id, (deadline, *working_days))?;
    }
    Ok(())
}
