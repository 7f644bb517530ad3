//! The body's own sign-off: where a body has named somebody for it, what another of its people sends in goes there first, and
//! only from there to oversight. Until then it is not filed.
//!
//! That holds for updates, for replies to what was found, and for replies to findings that are not published yet (see
//! `accuracy`); evidence goes with the update that it was attached to. What a body asks of oversight, a later target date, is
//! no statement of what it did: it goes at once.

use super::draft::{another, to_draft};
use super::file::{check, is_open, once_a_day};
use super::hand_in::hand_in;
use crate::domain::access::{About, Deed, Refusal, may};
use crate::domain::address;
use crate::domain::filing::{FilingKind, FilingState, Proposal, ReplyFiled};
use crate::domain::id::{AddresseeId, BodyId};
use crate::domain::person::Actor;
use crate::domain::problem::Problems;
use crate::service::answer::Answer;
use crate::service::{Act, Done, Error, Service, gathered};
use crate::store::filing::{self, FilingRow, Step};
use crate::store::{ReadTx, WriteTx, duty, present};

/// Which update to sign off.
#[derive(Debug, Clone)]
pub struct SignOff {
    /// The filing's own name.
    pub reference: String,
    /// The version that the form was made from: what is signed off is what was read.
    pub version: i64,
}

/// Which update to send back to its author, and why.
#[derive(Debug, Clone)]
pub struct SendToAuthor {
    /// The filing's own name.
    pub reference: String,
    /// The version that the form was made from.
    pub version: i64,
    /// What should be looked at again. Only the body's people see it.
    pub comment: Option<String>,
}

impl Service {
    /// Signs an update off: only now it is filed.
    ///
    /// # Errors
    /// `Refused` to whoever does not sign off for the body, `Problems` at `proposed` when it does not fit any more, `Stale` when
    /// it does not wait for that any more.
    pub async fn sign_off(&self, act: Act, command: SignOff) -> Result<Done, Error> {
        self.once(act, move |tx, act| sign(tx, act, &command)).await
    }

    /// Sends an update back to its author within the body.
    ///
    /// # Errors
    /// As for signing off; the field is `comment`.
    pub async fn send_to_author(&self, act: Act, command: SendToAuthor) -> Result<Done, Error> {
        self.once(act, move |tx, act| send_to_author(tx, act, &command)).await
    }
}

/// Whether what this person sends in goes to somebody else of their body first.
pub(in crate::service) fn is_needed(tx: &mut ReadTx<'_>, actor: Actor, body: BodyId) -> Result<bool, Error> {
    Ok(duty::signer(tx, body)?.is_some_and(|signer| signer.person != actor.person))
}

/// The update, if it waits for sign-off and this person may give it.
fn waiting(tx: &mut WriteTx<'_>, act: &Act, reference: &str, version: i64) -> Result<(FilingRow, AddresseeId), Error> {
    let row = filing::find(tx, reference)?;
    let Some(addressee) = row.addressee.filter(|_| row.proposal.kind().is_of_body()) else {
        return Err(Error::NotFound);
    };
    let body = present::find_addressee(tx, addressee)?.answerer_id;
    may(act.actor, Deed::FileReturn, About::body(body))?;
    if row.state != FilingState::ForSignOff {
        return Err(Error::Stale);
    }
    // Where nobody is named any more, whoever files for the body sends it on.
    if is_needed(tx, act.actor, body)? {
        return Err(Refusal::NotSigner.into());
    }
    if row.version != version {
        return Err(Error::Stale);
    }
    Ok((row, addressee))
}

fn sign(tx: &mut WriteTx<'_>, act: &Act, command: &SignOff) -> Result<Done, Error> {
    let (row, addressee) = waiting(tx, act, &command.reference, command.version)?;
    if let Proposal::Reply(filed) = &row.proposal {
        // It was handed in on the day on which it was signed off, as an update is.
        let signed = Proposal::Reply(ReplyFiled { on: act.day, ..filed.clone() });
        let step = Step { proposal: Some(&signed), ..step(act, &row, command.version, FilingState::Submitted) };
        filing::advance(tx, &step)?;
        return Ok(Done::at(address::filing(&command.reference)));
    }
    let answer = Answer::of(tx, addressee)?;
    if row.proposal == Proposal::NoChange {
        once_a_day(tx, &answer, act, "proposed")?;
    }
    if row.submitted_at.is_none() {
        is_open(&answer)?;
    }
    if let Proposal::Return(update) = &row.proposal {
        act.sound(check(update, &answer, act))?;
    }
    hand_in(tx, act, &answer, &row, (command.version, None))?;
    Ok(Done::at(address::filing(&command.reference)))
}

fn send_to_author(tx: &mut WriteTx<'_>, act: &Act, command: &SendToAuthor) -> Result<Done, Error> {
    let (row, addressee) = waiting(tx, act, &command.reference, command.version)?;
    let Some(comment) = command.comment.as_deref() else {
        return Err(Problems::one("comment", "Enter what should be looked at again").into());
    };
    // A reply is not written again where it stands: its author takes it back and writes another.
    let is_reply = row.proposal.kind() == FilingKind::Reply;
    let to = if is_reply { FilingState::SentBack } else { FilingState::Draft };
    let step = Step { comment: Some(comment), ..step(act, &row, command.version, to) };
    if is_reply {
        filing::advance(tx, &step)?;
    } else {
        another(tx, addressee)?;
        to_draft(tx, &step)?;
    }
    let body = present::find_addressee(tx, addressee)?.answerer_id;
    gathered::tell_author(tx, act, (body, addressee), &row)?;
    Ok(Done::at(address::filing(&command.reference)))
}

fn step<'a>(act: &Act, row: &FilingRow, version: i64, to: FilingState) -> Step<'a> {
    Step {
        id: row.id,
        version,
        to,
        person: act.actor.person,
        at: act.now,
        comment: None,
        proposal: None,
        published: None,
    }
}
