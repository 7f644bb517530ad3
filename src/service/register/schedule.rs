//! How often updates are due, for all answers of an inquiry at once: one act, a row for each answer.

use super::{change, why};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::checked::Checked;
use crate::domain::deadline::DeadlineKind;
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::rule::{self, Frame};
use crate::domain::text::Slug;
use crate::service::deadline::LONGEST_INTERVAL;
use crate::service::{Act, Done, Error, Service};
use crate::store::hold::InForce;
use crate::store::ledger::{NewChange, NewDeadline, insert_deadline, lock_newest, open_change};
use crate::store::present::{AddresseeRow, lock_addressee, refresh_addressee, rows_of_inquiry};
use crate::store::{WriteTx, deadline, inquiry};

/// A schedule for every answer of an inquiry.
#[derive(Debug, Clone)]
pub struct ScheduleInquiry {
    /// The inquiry.
    pub inquiry: Slug,
    /// The last schedule of any of the answers when the form was made; see [`deadline::last_return`].
    pub shown: i64,
    /// The first date.
    pub next_on: Option<Day>,
    /// Every so many months after that.
    pub every_months: Option<i64>,
    /// Whether only answers without a schedule get it.
    pub only_new: bool,
    /// Why, in public: needed where days were set before.
    pub reason: Option<String>,
}

/// Whether updates can be asked for on this answer: it is open, and it is known that the body was asked.
#[must_use]
pub fn can_be_asked(row: &AddresseeRow) -> bool {
    row.present && row.lifecycle != Lifecycle::Closed && !row.checked.is_only_likely()
}

impl Service {
    /// Publishes when updates are asked for on every open answer of an inquiry. What is held alone is left out.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`ScheduleInquiry`]. `Stale` when a schedule of it changed meanwhile.
    pub async fn schedule_inquiry(&self, act: Act, command: ScheduleInquiry) -> Result<Done, Error> {
        self.once(act, move |tx, act| set(tx, act, &command)).await
    }
}

const fn is_set(row: &AddresseeRow) -> bool {
    row.return_due_on.is_some() || row.return_every.is_some()
}

fn set(tx: &mut WriteTx<'_>, act: &Act, command: &ScheduleInquiry) -> Result<Done, Error> {
    let of = inquiry::find(tx, &command.inquiry)?;
    may(act.actor, Deed::RecordFact, About::default().of(of.name.id))?;
    // Rows before the counter, in one order, as every deed takes them.
    for row in rows_of_inquiry(tx, of.name.id)?.iter().filter(|row| can_be_asked(row)) {
        may(act.actor, Deed::RecordFact, About::body(row.answerer_id).of(of.name.id))?;
        lock_addressee(tx, row.id, None)?;
    }
    lock_newest(tx)?;
    let rows = rows_of_inquiry(tx, of.name.id)?;
    if deadline::last_return(tx, of.name.id)? != command.shown {
        return Err(Error::Stale);
    }
    let in_force = InForce::read(tx)?;
    let free = |row: &&AddresseeRow| {
        let holds = in_force.bearing_on(Some(of.name.id), Some(row.recommendation_id));
        holds.filter(|hold| hold.on.recommendation.is_some()).count() == 0
    };
    let chosen: Vec<&AddresseeRow> = rows
        .iter()
        .filter(|row| can_be_asked(row))
        .filter(|row| !command.only_new || !is_set(row))
        .filter(free)
        .collect();
    let mut problems = Problems::none();
    if chosen.is_empty() {
        problems.add("which", "Of no answer of this inquiry can updates be asked so: each is closed, only likely asked, held, or has a schedule");
    }
    match command.next_on {
        Some(day) => {
            rule::ahead(&mut problems, "next_on", day, Frame { published_on: of.published_on, today: act.day });
        }
        None => problems.add("next_on", "Enter the first date"),
    }
    if command.every_months.is_some_and(|months| !(1..=LONGEST_INTERVAL).contains(&months)) {
        problems.add("every_months", format!("Enter a number of months from 1 to {LONGEST_INTERVAL}"));
    }
    if chosen.iter().any(|row| is_set(row)) {
        why(&mut problems, command.reason.as_ref());
    }
    act.publishable(problems)?;
    let change =
        NewChange { inquiry_id: Some(of.name.id), ..change(act, ChangeKind::Schedule, command.reason.clone()) };
    let seq = open_change(tx, &change)?;
    for row in chosen {
        let deadline = NewDeadline {
            due_on: command.next_on,
            every_months: command.every_months,
            reason: command.reason.clone(),
            // Oversight sets it here itself: there is no other source to compare it with.
            checked: Checked::Source,
            replaces: row.return_deadline_id,
            author_id: Some(act.actor.person),
            ..NewDeadline::of(row.id, DeadlineKind::Return)
        };
        insert_deadline(tx, seq, &deadline)?;
        refresh_addressee(tx, seq, row.id)?;
    }
    Ok(Done::published(address::staff_inquiry(of.name.slug.as_str()), seq))
}
