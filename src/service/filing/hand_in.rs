//! A return reaches oversight: its arrival is public at once, what it was owed for is settled, and what becomes of it until it
//! is published is public too.

use jiff::tz::TimeZone;

use super::release::{is_held, keep_back};
use crate::domain::change::ChangeKind;
use crate::domain::checked::Checked;
use crate::domain::deadline::DeadlineKind;
use crate::domain::filing::{ArrivalStep, FilingState, Proposal};
use crate::domain::id::{ArrivalId, DeadlineId, Seq};
use crate::domain::moment::Day;
use crate::service::answer::Answer;
use crate::service::deadline::next_of_schedule;
use crate::service::{Act, Error};
use crate::store::filing::{self, FilingRow, Step};
use crate::store::ledger::{
    NewArrival, NewChange, NewDeadline, deadline_of, insert_arrival, insert_arrival_step, insert_deadline, open_change,
    record_of,
};
use crate::store::present::{self, refresh_addressee};
use crate::store::{ReadTx, WriteTx, holiday};

/// Hands a return in that was with its body until now, the words as they are or written anew. Its first arrival counts.
pub(super) fn hand_in(
    tx: &mut WriteTx<'_>,
    act: &Act,
    answer: &Answer,
    row: &FilingRow,
    (version, anew): (i64, Option<&Proposal>),
) -> Result<(), Error> {
    let nil = anew.unwrap_or(&row.proposal) == &Proposal::NoChange;
    let mut published = None;
    if row.submitted_at.is_some() {
        step_on(tx, act, answer, row, ArrivalStep::ReceivedAgain)?;
    } else {
        answer.lock(tx, None)?;
        if is_held(tx, answer)? {
            // It came, and the day counts; nobody is told before the hold has ended.
            keep_back(tx, act, answer, Some(row.id), None, nil)?;
        } else {
            let change = answer.change(act, ChangeKind::Arrival, None);
            let (seq, arrival) = publish_arrival(tx, &change, answer, act.day, nil)?;
            filing::set_arrival(tx, row.id, arrival)?;
            published = Some(seq).filter(|_| nil);
        }
    }
    let step = Step {
        id: row.id,
        version,
        to: FilingState::Submitted,
        person: act.actor.person,
        at: act.now,
        comment: None,
        proposal: anew,
        published: None,
    };
    filing::advance(tx, &step)?;
    if let Some(seq) = published {
        // There are no words to read: that it came is all that it says.
        filing::mark_published(tx, row.id, seq, (act.now, act.actor.person))?;
    }
    Ok(())
}

/// Publishes that a return came on this day, settles the date that it was owed by and sets the next one.
pub(super) fn publish_arrival(
    tx: &mut WriteTx<'_>,
    change: &NewChange,
    answer: &Answer,
    received_on: Day,
    nil: bool,
) -> Result<(Seq, ArrivalId), Error> {
    let seq = open_change(tx, change)?;
    let settles = settles(tx, answer, received_on, nil)?;
    let arrival = NewArrival {
        addressee_id: answer.holder.addressee,
        deadline_id: answer.row.return_deadline_id.filter(|_| settles),
        received_on,
        nil,
    };
    let arrival = insert_arrival(tx, seq, &arrival)?;
    if settles {
        // Never a day that has passed by the time anybody is told of it.
        set_next(tx, seq, answer, change.day)?;
    }
    refresh_addressee(tx, seq, answer.holder.addressee)?;
    Ok((seq, arrival))
}

/// Whether an update that came on this day is the one owed by the date that stands; the rule is the calendar's.
fn settles(tx: &mut ReadTx<'_>, answer: &Answer, received_on: Day, nil: bool) -> Result<bool, Error> {
    let Some(due) = answer.row.return_due_on else { return Ok(false) };
    Ok(holiday::calendar(tx, TimeZone::UTC)?.settles((received_on, nil), due, answer.row.return_every))
}

/// The next date of a schedule: the first one of its own rhythm that has not passed.
fn set_next(tx: &mut WriteTx<'_>, seq: Seq, answer: &Answer, today: Day) -> Result<(), Error> {
    let row = &answer.row;
    let (Some(due), Some(every)) = (row.return_due_on, row.return_every) else { return Ok(()) };
    let next = next_of_schedule(tx, row.id, (due, every), today)?;
    let deadline = NewDeadline {
        due_on: next,
        every_months: Some(every),
        checked: Checked::Source,
        replaces: row.return_deadline_id,
        ..NewDeadline::of(row.id, DeadlineKind::Return)
    };
    insert_deadline(tx, seq, &deadline)?;
    Ok(())
}

/// Publishes what became of a return that is not public, or keeps it while a hold is in force.
pub(super) fn step_on(
    tx: &mut WriteTx<'_>,
    act: &Act,
    answer: &Answer,
    filing: &FilingRow,
    step: ArrivalStep,
) -> Result<(), Error> {
    // The row before the counter, as every deed about an answer takes them; whoever has its form open learns of this.
    answer.lock(tx, None)?;
    if is_held(tx, answer)? {
        return keep_back(tx, act, answer, Some(filing.id), Some(step), false);
    }
    if let Some(arrival) = filing.arrival {
        publish_step(tx, &answer.change(act, ChangeKind::ArrivalStep, None), answer, arrival, step, None)?;
    }
    Ok(())
}

/// Publishes it. Where the body took its return back, what that was counted for is owed again, unless another came in since or
/// oversight has set another date.
pub(super) fn publish_step(
    tx: &mut WriteTx<'_>,
    change: &NewChange,
    answer: &Answer,
    arrival: ArrivalId,
    step: ArrivalStep,
    happened_on: Option<Day>,
) -> Result<Seq, Error> {
    let seq = open_change(tx, change)?;
    insert_arrival_step(tx, seq, answer.holder.addressee, arrival, step, happened_on)?;
    if step == ArrivalStep::TakenBack
        && let Some(owed) = deadline_of(tx, arrival)?
    {
        owe_again(tx, change.day, seq, answer, owed)?;
    }
    refresh_addressee(tx, seq, answer.holder.addressee)?;
    Ok(seq)
}

fn owe_again(tx: &mut WriteTx<'_>, today: Day, seq: Seq, answer: &Answer, owed: DeadlineId) -> Result<(), Error> {
    let standing = present::find_addressee(tx, answer.holder.addressee)?.return_deadline_id;
    let record = record_of(tx, answer.holder.addressee)?;
    let Some(date) = record.deadlines.iter().find(|date| date.id == owed) else { return Ok(()) };
    let next = record.deadlines.iter().find(|date| Some(date.id) == standing);
    // Nothing stands after a date of no schedule; else the next date of the same schedule does.
    let untouched = next.map_or(date.every_months.is_none(), |next| next.replaces == Some(owed));
    // The taking back itself is noted already, so what still stands came in by another return.
    let counted = record.arrivals.iter().filter(|it| it.deadline == Some(owed)).map(|it| it.seq).min();
    let came_since =
        record.arrivals.iter().any(|it| it.taken_back.is_none() && counted.is_some_and(|first| it.seq > first));
    if !untouched || came_since {
        return Ok(());
    }
    let again = NewDeadline {
        // Never a day that has passed: on that day the body had done what was asked.
        due_on: date.due_on.map(|day| day.max(today)),
        every_months: date.every_months,
        checked: date.checked,
        replaces: standing.or(Some(owed)),
        ..NewDeadline::of(answer.holder.addressee, DeadlineKind::Return)
    };
    insert_deadline(tx, seq, &again)?;
    Ok(())
}
