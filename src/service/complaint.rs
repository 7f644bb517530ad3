//! What readers say is wrong: taken from anybody, within limits, and decided on by staff.

use std::net::IpAddr;

use super::sign_in::network;
use super::{Act, Done, Error, Service};
use crate::domain::access::{About, Deed, may};
use crate::domain::complaint::{Complaint, ComplaintDecision, ComplaintState};
use crate::domain::id::Seq;
use crate::domain::moment::{Day, Moment};
use crate::domain::problem::Problems;
use crate::domain::throttle;
use crate::store::complaint::{self, Decided};
use crate::store::ledger::newest;
use crate::store::throttle as tries;
use crate::store::{Error as StoreError, WriteTx};

/// Something that a reader says is wrong.
#[derive(Debug)]
pub struct Complain {
    /// What.
    pub complaint: Complaint,
    /// Its own name: of a form sent twice the same.
    pub reference: String,
    /// Where they are on the network.
    pub from: IpAddr,
    /// The moment.
    pub now: Moment,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Complained {
    /// It is kept, and staff see it.
    Yes,
    /// Too many came: wait so many seconds.
    Wait(i64),
}

/// A step with one of them.
#[derive(Debug, Clone)]
pub struct DecideComplaint {
    /// Its name.
    pub reference: String,
    /// Its version, as the form showed it.
    pub version: i64,
    /// What is decided; nothing while somebody looks into it.
    pub decision: Option<ComplaintDecision>,
    /// On which day.
    pub on: Option<Day>,
    /// Why.
    pub answer: Option<String>,
    /// The number of the change that put it right.
    pub correcting: Option<i64>,
}

impl Service {
    /// Takes what a reader says is wrong, unless too many come at once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn complain(&self, made: Complain) -> Result<Complained, Error> {
        let from = network(made.from);
        let by_address = self.secret.sign("complaint, address", from.as_bytes());
        let overall = self.secret.sign("complaint, all", b"");
        let done = self.writer.write(move |tx| {
            // What one address is refused does not count against everybody.
            if let Some(wait) = tries::count(tx, &by_address, throttle::COMPLAINT_FROM_ADDRESS, made.now)? {
                return Ok::<_, Error>(Complained::Wait(wait));
            }
            if let Some(wait) = tries::count(tx, &overall, throttle::COMPLAINT_OVERALL, made.now)? {
                return Ok(Complained::Wait(wait));
            }
            complaint::insert(tx, &made.reference, &made.complaint, made.now)?;
            Ok(Complained::Yes)
        });
        done.await
    }

    /// Takes a step with one of them: looks into it, or decides.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`DecideComplaint`].
    pub async fn decide_complaint(&self, act: Act, command: DecideComplaint) -> Result<Done, Error> {
        self.once(act, move |tx, act| decide(tx, act, command)).await
    }
}

fn decide(tx: &mut WriteTx<'_>, act: &Act, command: DecideComplaint) -> Result<Done, Error> {
    may(act.actor, Deed::DecideComplaint, About::register())?;
    let held = complaint::find(tx, &command.reference)?;
    if held.version != command.version {
        return Err(Error::Stale);
    }
    let mut problems = Problems::none();
    if command.answer.is_none() {
        problems.add("answer", "Enter what was found, and why it was decided so");
    }
    match (command.decision, command.on) {
        (Some(_), None) => problems.add("on", "Enter the day of the decision"),
        (Some(_), Some(on)) if on > act.day => problems.add("on", "The date must be today or earlier"),
        // A day's grace: the day here and the day in the reader's zone may be two.
        (Some(_), Some(on)) if on < first_day(held.received_at) => {
            problems.add("on", "The decision cannot be older than the message");
        }
        (None, Some(_)) => problems.add("on", "Clear the date, or choose what was decided"),
        _ => {}
    }
    if let Some(number) = command.correcting
        && !(1..=newest(tx)?.0).contains(&number)
    {
        problems.add("correcting", "There is no change with this number");
    }
    act.sound(problems)?;
    let state = if command.decision.is_some() { ComplaintState::Decided } else { ComplaintState::LookedInto };
    let decided = Decided {
        state,
        decision: command.decision,
        on: command.on,
        answer: command.answer.unwrap_or_default(),
        correcting: command.correcting.map(Seq),
    };
    complaint::decide(tx, (held.id, held.version), &decided, act.actor.person, act.now).map_err(
        |fault| match fault {
            StoreError::Stale => Error::Stale,
            other => other.into(),
        },
    )?;
    Ok(Done::at(format!("/staff/complaints/{}", held.reference)))
}

fn first_day(received: Moment) -> Day {
    received.day_in(&jiff::tz::TimeZone::UTC).plus_days(-1)
}
