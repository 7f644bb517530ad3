//! Taking back what was filed and is not public: by its author's side once it was sent back, or by oversight.

use super::hand_in::step_on;
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::filing::{ArrivalStep, FilingKind, FilingState};
use crate::domain::person::{Actor, Role};
use crate::service::answer::Answer;
use crate::service::{Act, Done, Error, Service};
use crate::store::exhibit::{self, Exhibit};
use crate::store::filing::{self, FilingRow, Step};
use crate::store::present::{find_addressee, recommendation_place};
use crate::store::{ReadTx, WriteTx};

/// Which filing to take back.
#[derive(Debug, Clone)]
pub struct Withdraw {
    /// The filing's own name.
    pub reference: String,
    /// The version that the form was made from.
    pub version: i64,
}

impl Service {
    /// Takes a filing back. It stays where it is, with everything that was said about it, and waits for nobody any more.
    ///
    /// # Errors
    /// `Refused` without the right, `Stale` when somebody did something to it meanwhile.
    pub async fn withdraw(&self, act: Act, command: Withdraw) -> Result<Done, Error> {
        self.once(act, move |tx, act| withdraw(tx, act, &command)).await
    }
}

/// Whether a filing is where this person may take it back: sent back, or their own proposal that nobody has read yet. A
/// body's update is public as received, so it is the reader who sends it back first.
#[must_use]
pub fn is_to_be_taken_back(row: &FilingRow, actor: Actor) -> bool {
    match row.state {
        FilingState::SentBack => true,
        FilingState::Draft | FilingState::ForSignOff => actor.role == Role::Contributor,
        FilingState::Submitted => row.proposal.kind() != FilingKind::Return && row.author == actor.person,
        FilingState::Published | FilingState::Withdrawn => false,
    }
}

fn withdraw(tx: &mut WriteTx<'_>, act: &Act, command: &Withdraw) -> Result<Done, Error> {
    let row = filing::find(tx, &command.reference)?;
    if act.actor.role == Role::Contributor && !row.proposal.kind().is_of_body() {
        return Err(Error::NotFound);
    }
    let body = row.addressee.map(|id| find_addressee(tx, id)).transpose()?.map(|row| row.answerer_id);
    let about = About { body, author: Some(row.author), judges: row.proposal.judges(), ..About::default() };
    may(act.actor, Deed::Withdraw, about.of(recommendation_place(tx, row.recommendation)?.inquiry_id))?;
    if row.is_with_its_body() && act.actor.role != Role::Contributor {
        return Err(Error::NotFound);
    }
    if !is_to_be_taken_back(&row, act.actor) {
        return Err(Error::Stale);
    }
    // What was never handed in takes nothing back.
    let came = row.submitted_at.is_some();
    if let (Some(addressee), FilingKind::Return, true) = (row.addressee, row.proposal.kind(), came) {
        let answer = Answer::find(tx, act, addressee, Deed::Withdraw, |found| About { body: found.body, ..about })?;
        let by_body = act.actor.role == Role::Contributor;
        let step = if by_body { ArrivalStep::TakenBack } else { ArrivalStep::SetAside };
        step_on(tx, act, &answer, &row, step)?;
    }
    let step = Step {
        id: row.id,
        version: command.version,
        to: FilingState::Withdrawn,
        person: act.actor.person,
        at: act.now,
        comment: None,
        proposal: None,
        published: None,
    };
    filing::advance(tx, &step)?;
    for piece in kept_with_its_body(tx, &row)? {
        exhibit::take_back(tx, &piece, act.now)?;
    }
    Ok(Done::at(address::filing(&command.reference)))
}

/// The evidence that goes with what is taken back while it is with its body: nobody else has seen what was never handed in, and
/// nobody shall once it is taken back. Of what was handed in before, what oversight attached stays.
fn kept_with_its_body(tx: &mut ReadTx<'_>, row: &FilingRow) -> Result<Vec<Exhibit>, Error> {
    let Some(addressee) = row.addressee.filter(|_| row.is_with_its_body()) else { return Ok(Vec::new()) };
    let attached = exhibit::list(tx, addressee, Some(row.id))?.into_iter();
    let goes = |piece: &Exhibit| row.submitted_at.is_none() || piece.author_body.is_some();
    Ok(attached.filter(|piece| piece.published.is_none() && goes(piece)).collect())
}
