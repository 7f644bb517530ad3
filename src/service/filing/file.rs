//! A body's return: its arrival is public at once, its words when an overseer publishes them.

use super::hand_in::{hand_in, publish_arrival};
use super::release::{is_held, keep_back};
use super::sign_off::is_needed;
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::filing::{FilingKind, FilingState, Proposal, ReturnFiled};
use crate::domain::id::{AddresseeId, ArrivalId, FilingId};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::rule::{self, Frame};
use crate::domain::words;
use crate::service::answer::Answer;
use crate::service::{Act, Done, Error, Service, gathered};
use crate::store::filing::{self, NewFiling, Step};
use crate::store::ledger::lock_newest;
use crate::store::{WriteTx, nothing_new, present};

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

/// A return that is with its body, sent in: written for the first time, or again after it was sent back.
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

    /// Takes a return in that was unfinished, or was sent back. Of one that came before, the first arrival counts.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`ReturnFiled`]. `Stale` when somebody did something to it meanwhile.
    pub async fn refile_return(&self, act: Act, command: Refile) -> Result<Done, Error> {
        self.once(act, move |tx, act| refile(tx, act, &command)).await
    }
}

pub(super) fn file(tx: &mut WriteTx<'_>, act: &Act, command: &FileReturn) -> Result<Done, Error> {
    let answer = Answer::find(tx, act, command.addressee, Deed::FileReturn, |about| about)?;
    if matches!(command.returned, Returned::NoChange) {
        once_a_day(tx, &answer, act, "no_change")?;
    }
    if answer.row.version != command.version {
        return Err(Error::Stale);
    }
    let proposal = match &command.returned {
        Returned::NoChange => Proposal::NoChange,
        Returned::Update(update) => Proposal::Return(update.clone()),
    };
    is_open(&answer)?;
    if let Returned::Update(update) = &command.returned {
        act.sound(check(update, &answer, act))?;
        // Somebody of the body has begun one, which this person has not seen.
        if filing::open_draft(tx, command.addressee)?.is_some() {
            return Err(Error::Stale);
        }
    }
    if is_needed(tx, act.actor, answer.holder.body)? {
        // One at a time: the counter is taken first, so that of two at the same moment the second sees the first.
        lock_newest(tx)?;
        if filing::for_sign_off(tx, command.addressee)?.is_some() {
            return Err(Error::Stale);
        }
        keep(tx, act, &answer, &proposal, (FilingState::ForSignOff, None))?;
        let waits = (act.fresh.as_str(), FilingKind::Return, answer.holder.recommendation);
        gathered::ask_signer(tx, act, answer.holder.body, waits)?;
        return Ok(Done::at(address::filing(&act.fresh)));
    }
    answer.lock(tx, Some(command.version))?;
    let nil = proposal == Proposal::NoChange;
    let next = if nil { address::STAFF.to_owned() } else { address::filing(&act.fresh) };
    if is_held(tx, &answer)? {
        // It came, and the day counts; nobody is told before the hold has ended.
        let filing = if nil { None } else { Some(keep(tx, act, &answer, &proposal, (FilingState::Submitted, None))?) };
        keep_back(tx, act, &answer, filing, None, nil)?;
        return Ok(Done::at(next));
    }
    let change = answer.change(act, ChangeKind::Arrival, None);
    let (seq, arrival) = publish_arrival(tx, &change, &answer, act.day, nil)?;
    if !nil {
        keep(tx, act, &answer, &proposal, (FilingState::Submitted, Some(arrival)))?;
    }
    Ok(Done::published(next, seq))
}

/// Refuses a second "no change" on one day: it would say nothing that the first did not.
pub(super) fn once_a_day(tx: &mut WriteTx<'_>, answer: &Answer, act: &Act, field: &str) -> Result<(), Error> {
    if nothing_new::was_said(tx, answer.holder.addressee, act.day)? {
        return Err(Problems::one(field, words::NO_CHANGE_TODAY).into());
    }
    Ok(())
}

/// Refuses what is sent in on an item that is closed.
pub(super) fn is_open(answer: &Answer) -> Result<(), Error> {
    if answer.row.lifecycle == Lifecycle::Closed {
        return Err(Problems::one("value", words::CLOSED_TO_RETURNS).into());
    }
    Ok(())
}

/// Keeps what a return says, for whoever reads it next.
pub(super) fn keep(
    tx: &mut WriteTx<'_>,
    act: &Act,
    answer: &Answer,
    proposal: &Proposal,
    (state, arrival): (FilingState, Option<ArrivalId>),
) -> Result<FilingId, Error> {
    let new = NewFiling {
        reference: &act.fresh,
        addressee: Some(answer.holder.addressee),
        recommendation: answer.holder.recommendation,
        proposal,
        author: act.actor.person,
        arrival,
        state,
        at: act.now,
    };
    Ok(filing::insert(tx, &new)?)
}

fn refile(tx: &mut WriteTx<'_>, act: &Act, command: &Refile) -> Result<Done, Error> {
    let row = filing::find(tx, &command.reference)?;
    let (Some(addressee), FilingKind::Return) = (row.addressee, row.proposal.kind()) else {
        return Err(Error::NotFound);
    };
    let body = present::find_addressee(tx, addressee)?.answerer_id;
    may(act.actor, Deed::FileReturn, About::body(body))?;
    let answer = Answer::of(tx, addressee)?;
    act.sound(check(&command.update, &answer, act))?;
    if !matches!(row.state, FilingState::Draft | FilingState::SentBack) || row.version != command.version {
        return Err(Error::Stale);
    }
    if row.submitted_at.is_none() {
        is_open(&answer)?;
    }
    let proposal = Proposal::Return(command.update.clone());
    if is_needed(tx, act.actor, body)? {
        lock_newest(tx)?;
        if filing::for_sign_off(tx, addressee)?.is_some() {
            return Err(Problems::one("", words::WAITS_ALREADY).into());
        }
        let step = Step {
            id: row.id,
            version: command.version,
            to: FilingState::ForSignOff,
            person: act.actor.person,
            at: act.now,
            comment: None,
            proposal: Some(&proposal),
            published: None,
        };
        filing::advance(tx, &step)?;
        gathered::ask_signer(tx, act, body, (&row.reference, FilingKind::Return, row.recommendation))?;
    } else {
        hand_in(tx, act, &answer, &row, (command.version, Some(&proposal)))?;
    }
    Ok(Done::at(address::filing(&command.reference)))
}

/// What is wrong with an update that is to be sent in.
pub(super) fn check(update: &ReturnFiled, answer: &Answer, act: &Act) -> Problems {
    let mut problems = Problems::none();
    rule::past(&mut problems, "happened", update.happened, true, answer.frame(act));
    let words = Some(update.words.as_str()).filter(|words| !words.is_empty());
    rule::reported(&mut problems, update.value, words, update.reason.as_deref(), false);
    check_target(&mut problems, update, answer, act);
    problems
}

/// What is wrong with the target date of a return that is written or sent in: it must lie ahead on that day, too.
pub(super) fn check_target(problems: &mut Problems, update: &ReturnFiled, answer: &Answer, act: &Act) {
    let frame = answer.frame(act);
    target_fits(problems, update, answer, frame);
    if let Some(on) = first_target(update, answer).filter(|_| problems.at("target").is_none()) {
        rule::ahead(problems, "target", on, frame);
    }
}

/// Whether the target date of a return fits what stands. A date that stands is moved by asking for it, in the open, and so is
/// one that was taken back; where there was none, a return may give the first one. That it lay ahead was asked when it was sent
/// in: by the day on which it is published it may have passed, and is what the body promised all the same.
pub(super) fn target_fits(problems: &mut Problems, update: &ReturnFiled, answer: &Answer, frame: Frame) {
    let row = &answer.row;
    let Some(on) = update.target.filter(|on| row.target_on != Some(*on)) else { return };
    match (row.target_on, row.target_deadline_id) {
        (Some(stands), _) => problems.add("target", words::target_stands(stands)),
        (None, Some(_)) => problems.add("target", words::TARGET_WAS_TAKEN_BACK),
        (None, None) => rule::due(problems, "target", on, frame),
    }
    rule::is_open(problems, "target", row.lifecycle, words::NO_TARGET_ON_CLOSED);
}

/// The target date that a return gives where there never was one.
fn first_target(update: &ReturnFiled, answer: &Answer) -> Option<Day> {
    update.target.filter(|_| answer.row.target_deadline_id.is_none())
}
