//! Who may see, publish and take back which piece of evidence.

use crate::domain::access::{About, Deed, Refusal, may};
use crate::domain::change::Fact;
use crate::domain::evidence::Readers;
use crate::domain::filing::{FilingKind, FilingState};
use crate::domain::id::{BodyId, PersonId};
use crate::domain::person::{Actor, Role};
use crate::domain::words;
use crate::service::Error;
use crate::service::filing::is_needed;
use crate::store::ReadTx;
use crate::store::exhibit::Exhibit;
use crate::store::filing::FilingRow;
use crate::store::present::{AddresseeRow, Holder};

/// Whether evidence for this fact is for a judgement.
#[must_use]
pub const fn is_for_judging(fact: Fact) -> bool {
    matches!(fact, Fact::Assessed | Fact::Lifecycle)
}

/// Whether a piece about a body's answer is for this person's eyes. A body's people see what belongs to an update of their
/// body, and what one of them attached; what oversight collects is not theirs, whichever fact it supports. What belongs to an
/// update that is with its body is the body's alone, as the update is: it goes on with that.
#[must_use]
pub fn is_shown_to(actor: Actor, piece: &Exhibit) -> bool {
    let with_update = piece.work.is_some_and(|(kind, _)| kind == FilingKind::Return);
    let with_body = piece.work.is_some_and(|(kind, state)| {
        kind == FilingKind::Return && matches!(state, FilingState::Draft | FilingState::ForSignOff)
    });
    if with_body && actor.role != Role::Contributor {
        return false;
    }
    actor.role != Role::Contributor || (!is_for_judging(piece.fact) && (with_update || is_of_own_body(actor, piece)))
}

/// Who can read what this person attaches, to this work or to none, until it is published: [`is_shown_to`] of the piece that it
/// will be.
#[must_use]
pub fn readers(actor: Actor, work: Option<(FilingKind, FilingState)>) -> Readers {
    match work {
        Some((FilingKind::Return, FilingState::Draft | FilingState::ForSignOff)) => Readers::Body,
        Some((FilingKind::Return, _)) => Readers::BodyAndOffice,
        // Who belongs to a body shows it to that body's people, whatever their role.
        _ if actor.role == Role::Contributor => Readers::BodyAndOffice,
        _ => Readers::Office,
    }
}

fn is_of_own_body(actor: Actor, piece: &Exhibit) -> bool {
    actor.body.is_some() && actor.body == piece.author_body
}

/// The right to look at a piece of evidence, and at its file.
///
/// # Errors
/// Why not.
pub fn may_see(actor: Actor, piece: &Exhibit, of: Holder, file: bool) -> Result<(), Error> {
    let about = About { judges: is_for_judging(piece.fact), ..About::body(of.body).of(of.inquiry) };
    let deed = if file || actor.role == Role::Contributor { Deed::ReadFile } else { Deed::ReadUnpublished };
    may(actor, deed, about)?;
    if is_shown_to(actor, piece) { Ok(()) } else { Err(Refusal::Role.into()) }
}

/// The right to publish a piece of evidence. Of one that is public already the words would be this person's own.
///
/// # Errors
/// Why not.
pub fn may_publish(actor: Actor, piece: &Exhibit, of: Holder, second_key: bool) -> Result<(), Refusal> {
    let judges = is_for_judging(piece.fact);
    let author = Some(author_of_words(actor, piece));
    may(
        actor,
        Deed::Publish,
        About { author, second_key: judges && second_key, judges, ..About::body(of.body).of(of.inquiry) },
    )
}

/// Why a piece cannot be published yet: what it supports is not public.
#[must_use]
pub fn supports_nothing(piece: &Exhibit, row: &AddresseeRow) -> Option<&'static str> {
    if piece.published.is_some() {
        return None;
    }
    if piece.filing.is_some() {
        let public = matches!(piece.work, Some((_, FilingState::Published)));
        return (!public).then_some(words::EVIDENCE_OF_WORK);
    }
    let recorded = match piece.fact {
        Fact::Response => row.response_update_id,
        Fact::Reported => row.reported_update_id,
        Fact::Assessed => row.assessed_update_id,
        Fact::Lifecycle => row.lifecycle_update_id,
    };
    recorded.is_none().then_some(words::EVIDENCE_OF_NOTHING)
}

/// Whose words a piece would be published with: of one that is public already, those of whoever puts it right.
pub(super) const fn author_of_words(actor: Actor, piece: &Exhibit) -> PersonId {
    if piece.published.is_some() { actor.person } else { piece.author }
}

/// The right to take a private piece of evidence back: a body's people only what one of them attached.
///
/// # Errors
/// Why not; `Stale` while the update that it belongs to is being read.
pub fn may_take_back(actor: Actor, piece: &Exhibit, of: Holder) -> Result<(), Error> {
    may(
        actor,
        Deed::AttachEvidence,
        About { judges: is_for_judging(piece.fact), ..About::body(of.body).of(of.inquiry) },
    )?;
    if actor.role != Role::Contributor {
        return if is_shown_to(actor, piece) { Ok(()) } else { Err(Refusal::Role.into()) };
    }
    if !is_of_own_body(actor, piece) {
        return Err(Refusal::Role.into());
    }
    let is_read = piece.work.is_some_and(|(_, state)| state == FilingState::Submitted);
    if is_read { Err(Error::Stale) } else { Ok(()) }
}

/// Whether a piece that this person attaches to an update would reach oversight without the body's own sign-off: the update has
/// gone on, or came back and is not being written again. Before that, evidence goes with the update and is signed off with it.
///
/// # Errors
/// When the database fails.
pub fn goes_past_signer(tx: &mut ReadTx<'_>, actor: Actor, body: BodyId, row: &FilingRow) -> Result<bool, Error> {
    let with_body = matches!(row.state, FilingState::Draft | FilingState::ForSignOff);
    Ok(actor.role == Role::Contributor && !with_body && is_needed(tx, actor, body)?)
}
