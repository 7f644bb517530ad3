//! A body's return: its arrival is public at once, its words when an overseer publishes them.

use super::release::{is_held, keep_back};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::checked::Checked;
use crate::domain::deadline::DeadlineKind;
use crate::domain::filing::{ArrivalStep, FilingState, Proposal, ReturnFiled};
use crate::domain::id::{AddresseeId, ArrivalId, DeadlineId, FilingId, Seq};
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::rule;
use crate::service::answer::Answer;
use crate::service::{Act, Done, Error, Service};
use crate::store::WriteTx;
use crate::store::filing::{self, FilingRow, NewFiling, Step};
use crate::store::ledger::{
    NewArrival, NewChange, NewDeadline, deadline_of, insert_arrival, insert_arrival_step, insert_deadline, open_change,
    record_of, schedule_began,
};
use crate::store::present::{self, refresh_addressee};

/// What a body's return says.
#[derive(Debug, Clone)]
pub enum Returned {
    /// Nothing has changed since last time. There are no words to read, so it is public as it stands.
    NoChange,
    /// Something to tell, which an overseer reads first.
    Update(ReturnFiled),
}

/// A return on one item.
#[derive(Debug, Clone)]
pub struct FileReturn {
    /// The item.
    pub addressee: AddresseeId,
    /// The version of the answer that the form was made from.
    pub version: i64,
    /// What it says.
    pub returned: Returned,
}

/// A return written again after it was sent back. Its first arrival counts.
#[derive(Debug, Clone)]
pub struct Refile {
    /// The filing's own name.
    pub reference: String,
    /// The version that the form was made from.
    pub version: i64,
    /// What it says now.
    pub update: ReturnFiled,
}

impl Service {
    /// Takes a body's return in: publishes that it came, settles the date it was owed by and sets the next one.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`ReturnFiled`].
    pub async fn file_return(&self, act: Act, command: FileReturn) -> Result<Done, Error> {
        self.once(act, move |tx, act| file(tx, act, &command)).await
    }

    /// Takes a return in again that was sent back.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`ReturnFiled`].
    pub async fn refile_return(&self, act: Act, command: Refile) -> Result<Done, Error> {
        self.once(act, move |tx, act| refile(tx, act, &command)).await
    }
}

fn file(tx: &mut WriteTx<'_>, act: &Act, command: &FileReturn) -> Result<Done, Error> {
    let answer = Answer::find(tx, act, command.addressee, Deed::FileReturn, |about| about)?;
    answer.lock(tx, Some(command.version))?;
    if answer.row.lifecycle == crate::domain::lifecycle::Lifecycle::Closed {
        return Err(Problems::one(
            "value",
            "This item is closed, so no update is needed. Write to the register's office",
        )
        .into());
    }
    if let Returned::Update(update) = &command.returned {
        act.sound(check(update, &answer, act))?;
    }
    if is_held(tx, &answer)? {
        // It came, and the day counts; nobody is told before the hold has ended.
        let filing = hand_in(tx, act, &answer, &command.returned, None)?;
        keep_back(tx, act, &answer, filing, None)?;
        return Ok(Done::at(filing.map_or_else(|| address::STAFF.to_owned(), |_| address::filing(&act.fresh))));
    }
    let nil = matches!(command.returned, Returned::NoChange);
    let change = answer.change(act, ChangeKind::Arrival, None);
    let (seq, arrival) = publish_arrival(tx, &change, &answer, act.day, nil)?;
    let filing = hand_in(tx, act, &answer, &command.returned, Some(arrival))?;
    let next = filing.map_or_else(|| address::STAFF.to_owned(), |_| address::filing(&act.fresh));
    Ok(Done::published(next, seq))
}

/// The words of a return, for an overseer to read; nothing where it has none.
fn hand_in(
    tx: &mut WriteTx<'_>,
    act: &Act,
    answer: &Answer,
    returned: &Returned,
    arrival: Option<ArrivalId>,
) -> Result<Option<FilingId>, Error> {
    let Returned::Update(update) = returned else { return Ok(None) };
    let new = NewFiling {
        reference: &act.fresh,
        addressee: Some(answer.holder.addressee),
        recommendation: answer.holder.recommendation,
        proposal: &Proposal::Return(update.clone()),
        author: act.actor.person,
        arrival,
        at: act.now,
    };
    Ok(Some(filing::submit(tx, &new)?))
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
    let settles = settles(answer.row.return_due_on, answer.row.return_every, received_on);
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

/// How early an update may come and still be the one that was asked for: when the first reminder goes out, six weeks
/// before; on a short schedule half its interval.
pub(in crate::service) const DAYS_EARLY: i64 = 42;

/// Whether an update that comes today is the one owed by `due`. An extra one in between is welcome and settles nothing:
/// else a body could push its dates ahead by filing often.
fn settles(due: Option<Day>, every: Option<i64>, today: Day) -> bool {
    let early = every.map_or(i64::MAX / 2, |months| DAYS_EARLY.min(months * 15));
    due.is_some_and(|due| due.days_since(today) <= early)
}

/// The next date of a schedule: the first one of its own rhythm that has not passed.
fn set_next(tx: &mut WriteTx<'_>, seq: Seq, answer: &Answer, today: Day) -> Result<(), Error> {
    let row = &answer.row;
    let (Some(due), Some(every)) = (row.return_due_on, row.return_every) else { return Ok(()) };
    // Reckoned from the first date that oversight set: from the 31st of a month, month after month, and never drifting.
    let first = schedule_began(tx, row.id)?.unwrap_or(due);
    let next = (1..).map(|times| first.plus_months(every * times)).find(|day| *day > today && *day > due);
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

fn refile(tx: &mut WriteTx<'_>, act: &Act, command: &Refile) -> Result<Done, Error> {
    let row = filing::find(tx, &command.reference)?;
    let (Some(addressee), Proposal::Return(_)) = (row.addressee, &row.proposal) else { return Err(Error::NotFound) };
    let body = present::find_addressee(tx, addressee)?.body_id;
    may(act.actor, Deed::FileReturn, About::body(body))?;
    let answer = Answer::find(tx, act, addressee, Deed::FileReturn, |about| about)?;
    act.sound(check(&command.update, &answer, act))?;
    step_on(tx, act, &answer, &row, ArrivalStep::ReceivedAgain)?;
    let proposal = Proposal::Return(command.update.clone());
    let step = Step {
        id: row.id,
        version: command.version,
        to: FilingState::Submitted,
        person: act.actor.person,
        at: act.now,
        comment: None,
        proposal: Some(&proposal),
        published: None,
    };
    filing::advance(tx, &step)?;
    Ok(Done::at(address::filing(&command.reference)))
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
        return keep_back(tx, act, answer, Some(filing.id), Some(step));
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

fn check(update: &ReturnFiled, answer: &Answer, act: &Act) -> Problems {
    let mut problems = Problems::none();
    rule::past(&mut problems, "happened", update.happened, true, answer.frame(act));
    let words = Some(update.words.as_str()).filter(|words| !words.is_empty());
    rule::reported(&mut problems, update.value, words, update.reason.as_deref(), false);
    problems
}
