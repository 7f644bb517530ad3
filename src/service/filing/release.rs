//! What bodies sent in under a hold: kept with its day, and published in order once nothing holds it back.

use super::hand_in::{publish_arrival, publish_step};
use crate::domain::change::ChangeKind;
use crate::domain::deadline::DeadlineKind;
use crate::domain::filing::ArrivalStep;
use crate::domain::id::FilingId;
use crate::domain::moment::{Day, Moment};
use crate::service::answer::Answer;
use crate::service::notice::note;
use crate::service::{Act, Error};
use crate::store::held_back::{self, HeldBack, NewHeldBack};
use crate::store::hold::{self, InForce};
use crate::store::ledger::{NewChange, lock_newest};
use crate::store::{WriteTx, due, filing, outbox};

/// Whether a hold keeps back what would be published about this answer. Nobody places or ends one until the deed is done.
pub(super) fn is_held(tx: &mut WriteTx<'_>, answer: &Answer) -> Result<bool, Error> {
    lock_newest(tx)?;
    let holder = &answer.holder;
    Ok(!hold::in_force(tx, Some(holder.inquiry), Some(holder.recommendation))?.is_empty())
}

/// Keeps that a return came today, or what became of it; `nil` for one that says no change.
pub(super) fn keep_back(
    tx: &mut WriteTx<'_>,
    act: &Act,
    answer: &Answer,
    filing: Option<FilingId>,
    step: Option<ArrivalStep>,
    nil: bool,
) -> Result<(), Error> {
    let new = NewHeldBack {
        addressee_id: answer.holder.addressee,
        filing_id: filing,
        step,
        nil,
        happened_on: act.day,
        role: act.actor.role,
        person_id: act.actor.person,
    };
    held_back::keep(tx, &new)?;
    if step.is_none() {
        // What came is not asked for again, although the row says so only once the hold has ended.
        outbox::take_out_of_reminders(tx, answer.holder.addressee, act.now)?;
    }
    Ok(())
}

/// Publishes everything that no hold keeps back any more, in the order in which it came, each under a change of its own and
/// with its true day.
pub(in crate::service) fn release(tx: &mut WriteTx<'_>, now: Moment, today: Day) -> Result<(), Error> {
    let in_force = InForce::read(tx)?;
    for kept in held_back::waiting(tx)? {
        if in_force.bearing_on(Some(kept.inquiry), Some(kept.recommendation)).next().is_none() {
            publish(tx, &kept, now, today)?;
        }
    }
    Ok(())
}

fn publish(tx: &mut WriteTx<'_>, kept: &HeldBack, now: Moment, today: Day) -> Result<(), Error> {
    if kept.step.is_none() {
        note_missed_before(tx, kept, now, today)?;
    }
    // Read anew for each: what was published just now has changed the row.
    let answer = Answer::of(tx, kept.addressee)?;
    let change = |kind| {
        let by = NewChange { role: Some(kept.role), person_id: Some(kept.person), ..NewChange::of(kind, now, today) };
        answer.holder.named_in(by)
    };
    let seq = match kept.step {
        None => {
            let (seq, arrival) = publish_arrival(tx, &change(ChangeKind::Arrival), &answer, kept.on, kept.nil)?;
            if let Some(id) = kept.filing {
                filing::set_arrival(tx, id, arrival)?;
                if kept.nil {
                    filing::mark_published(tx, id, seq, (now, kept.person))?;
                }
            }
            seq
        }
        Some(step) => {
            let known = kept.filing.map(|id| filing::arrival_of(tx, id)).transpose()?.flatten();
            let arrival = known.ok_or(Error::NotFound)?;
            publish_step(tx, &change(ChangeKind::ArrivalStep), &answer, arrival, step, Some(kept.on))?
        }
    };
    Ok(held_back::publish(tx, kept.id, seq)?)
}

/// A date that had passed before the return came is noted first, as it would have been: it was late, hold or no hold.
fn note_missed_before(tx: &mut WriteTx<'_>, kept: &HeldBack, now: Moment, today: Day) -> Result<(), Error> {
    let mut missed = due::up_to(tx, &[DeadlineKind::Return], kept.on.plus_days(-1))?;
    missed.retain(|date| date.addressee == kept.addressee && date.owed().is_missed(kept.on));
    let noticed = due::noticed(tx, vec![kept.addressee])?;
    for date in missed.iter().filter(|date| !noticed.contains(&(date.addressee, date.kind, date.on))) {
        note(tx, now, today, date)?;
    }
    Ok(())
}
