//! An unfinished update: kept with each saving, and seen by the body's own people alone.

use super::file::{check_target, is_open, keep};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::filing::{FilingKind, FilingState, Proposal, ReturnFiled};
use crate::domain::id::AddresseeId;
use crate::domain::problem::Problems;
use crate::domain::rule;
use crate::service::answer::Answer;
use crate::service::{Act, Done, Error, Service};
use crate::store::filing::{self, Step};
use crate::store::ledger::lock_newest;
use crate::store::{self, WriteTx, present};

/// What an unfinished update belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drafted {
    /// An item on which none was begun.
    Item(AddresseeId),
    /// One that was begun, or was sent back: its own name, and the version that the form was made from.
    Again(String, i64),
}

/// An unfinished update to be kept.
#[derive(Debug, Clone)]
pub struct SaveDraft {
    /// What it belongs to.
    pub of: Drafted,
    /// What it says so far.
    pub update: ReturnFiled,
}

impl Service {
    /// Keeps an unfinished update. Nothing of it is public, and oversight sees no word of it.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`ReturnFiled`]: what is missing is no fault, what is wrong is. `Stale` when
    /// somebody of the body has begun one meanwhile, or changed it.
    pub async fn save_draft(&self, act: Act, command: SaveDraft) -> Result<Done, Error> {
        self.once_unseen(act, move |tx, act| save(tx, act, &command)).await
    }
}

fn save(tx: &mut WriteTx<'_>, act: &Act, command: &SaveDraft) -> Result<Done, Error> {
    match &command.of {
        Drafted::Item(addressee) => {
            let answer = Answer::find(tx, act, *addressee, Deed::FileReturn, |about| about)?;
            is_open(&answer)?;
            act.sound(check(&command.update, &answer, act))?;
            begin(tx, act, &answer, &command.update)?;
            Ok(Done::at(address::filing(&act.fresh)))
        }
        Drafted::Again(reference, version) => again(tx, act, (reference, *version), &command.update),
    }
}

/// Keeps the first words of an update on an item.
pub(super) fn begin(tx: &mut WriteTx<'_>, act: &Act, answer: &Answer, update: &ReturnFiled) -> Result<(), Error> {
    // The counter before the row, as every step of a filing takes them.
    lock_newest(tx)?;
    if filing::open_draft(tx, answer.holder.addressee)?.is_some() {
        return Err(Error::Stale);
    }
    second(keep(tx, act, answer, &Proposal::Return(update.clone()), (FilingState::Draft, None)))?;
    Ok(())
}

/// Of two who begin an unfinished update at the same moment, the second.
fn second<T>(kept: Result<T, Error>) -> Result<T, Error> {
    match kept {
        Err(Error::Store(store::Error::Constraint(store::Constraint::Draft))) => Err(Error::Stale),
        kept => kept,
    }
}

/// Takes an update back to where it is being written.
pub(super) fn to_draft(tx: &mut WriteTx<'_>, step: &Step<'_>) -> Result<(), Error> {
    second(filing::advance(tx, step).map_err(Error::from))
}

fn again(
    tx: &mut WriteTx<'_>,
    act: &Act,
    (reference, version): (&str, i64),
    update: &ReturnFiled,
) -> Result<Done, Error> {
    let row = filing::find(tx, reference)?;
    let (Some(addressee), FilingKind::Return) = (row.addressee, row.proposal.kind()) else {
        return Err(Error::NotFound);
    };
    let body = present::find_addressee(tx, addressee)?.answerer_id;
    may(act.actor, Deed::FileReturn, About::body(body))?;
    let answer = Answer::of(tx, addressee)?;
    act.sound(check(update, &answer, act))?;
    if !matches!(row.state, FilingState::Draft | FilingState::SentBack) || row.version != version {
        return Err(Error::Stale);
    }
    if row.state == FilingState::SentBack {
        another(tx, addressee)?;
    }
    let proposal = Proposal::Return(update.clone());
    let step = Step {
        id: row.id,
        version,
        to: FilingState::Draft,
        person: act.actor.person,
        at: act.now,
        comment: None,
        proposal: Some(&proposal),
        published: None,
    };
    to_draft(tx, &step)?;
    Ok(Done::at(address::filing(reference)))
}

/// Refuses a second unfinished update on one item.
pub(super) fn another(tx: &mut WriteTx<'_>, addressee: AddresseeId) -> Result<(), Error> {
    if filing::open_draft(tx, addressee)?.is_some() {
        let sentence = "Another unfinished update on this item is kept already. Send it or take it back first";
        return Err(Problems::one("", sentence).into());
    }
    Ok(())
}

/// What is wrong with what was written so far; what is missing is not.
pub(super) fn check(update: &ReturnFiled, answer: &Answer, act: &Act) -> Problems {
    let mut problems = Problems::none();
    rule::past(&mut problems, "happened", update.happened, false, answer.frame(act));
    check_target(&mut problems, update, answer, act);
    problems
}
