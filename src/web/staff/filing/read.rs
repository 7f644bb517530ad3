//! What the page of a filing is made from, in one snapshot, for those who may see it.

use crate::domain::access::{About, Deed, Refusal, may};
use crate::domain::filing::{FilingKind, FilingState, Proposal};
use crate::domain::hold::Held;
use crate::domain::id::{AddresseeId, UpdateId};
use crate::domain::outside::Judgement;
use crate::domain::person::{Actor, Role};
use crate::domain::record::FactValue;
use crate::domain::words;
use crate::service;
use crate::store::accuracy::{self, Check};
use crate::store::addressee::{self, Answer};
use crate::store::duty::{self, Colleague};
use crate::store::exhibit::{self, Exhibit};
use crate::store::filing::{self, FilingRow, StepRow};
use crate::store::hold::{self, Hold};
use crate::store::recommendation::{self, Recommendation};
use crate::store::update::{self, Update};
use crate::store::{self, ReadTx, outside, person, present, setting};
use crate::web::actor::Staff;
use crate::web::error::Error;
use crate::web::state::State;

/// A filing with everything around it.
pub(super) struct Read {
    pub filing: FilingRow,
    pub author: String,
    pub steps: Vec<StepRow>,
    pub recommendation: Recommendation,
    /// The answer that it is about; none where it is about a recommendation's words.
    pub answer: Option<Answer>,
    /// What stands for the fact that it would change.
    pub stands: Option<Update>,
    /// In whose name findings are made.
    pub assessor: Option<String>,
    /// Why this person may not publish it, where they may not.
    pub publishing: Result<(), Refusal>,
    /// Whether this person may send it back.
    pub may_send_back: bool,
    /// How a finding stands with its body, where it was shown to it.
    pub check: Option<Check>,
    /// Whether two people must agree on what judges a body.
    pub second_key: bool,
    /// The evidence that was attached to it.
    pub exhibits: Vec<Exhibit>,
    /// Whether this person may attach some.
    pub may_attach: bool,
    /// Whether they may not because it would go past the body's own sign-off.
    pub past_signer: bool,
    /// Whoever signs off for the body of an update.
    pub signer: Option<Colleague>,
    /// Of a reply: the judgement that it answers.
    pub judged: Option<String>,
    /// Whether this person may write it again.
    pub may_rewrite: bool,
    /// Whether this person may take it back.
    pub may_withdraw: bool,
    /// The hold under which it is not published now.
    pub held: Option<Held>,
}

/// Reads it.
///
/// # Errors
/// 404 when there is none, or none for this person; 403 when it is about another body.
pub(super) async fn look(state: &State, staff: &Staff, reference: &str) -> Result<Read, Error> {
    let (reference, actor) = (reference.to_owned(), staff.actor);
    state.reader.read(move |tx| read(tx, &reference, actor)).await
}

fn read(tx: &mut ReadTx<'_>, reference: &str, actor: Actor) -> Result<Read, Error> {
    let filing = filing::find(tx, reference)?;
    let kind = filing.proposal.kind();
    // What oversight is still making up its mind about is no contributor's to read.
    if actor.role == Role::Contributor && !kind.is_of_body() {
        return Err(Error::NotFound);
    }
    let body = filing.addressee.map(|id| present::find_addressee(tx, id)).transpose()?.map(|row| row.answerer_id);
    may(actor, Deed::ReadUnpublished, About { body, ..About::default() })?;
    if filing.is_with_its_body() && actor.role != Role::Contributor {
        return Err(Error::NotFound);
    }
    let in_service = setting::in_service(tx)?;
    let second_key = filing.proposal.needs_second_key() && in_service.second_key;
    let recommendation = one(recommendation::many(tx, vec![filing.recommendation])?)?;
    let about =
        About { author: Some(filing.author), second_key, judges: filing.proposal.judges(), body, ..About::default() };
    let about = about.of(recommendation.inquiry.id);
    let answer = match filing.addressee {
        Some(id) => {
            let place = present::place(tx, id)?;
            let slug = place.body.parse().map_err(|_| Error::NotFound)?;
            Some(addressee::find(tx, filing.recommendation, &slug)?)
        }
        None => None,
    };
    let stands = match answer.as_ref().and_then(|answer| standing(kind, answer)) {
        Some(id) => update::many(tx, vec![id])?.remove(&id),
        None => None,
    };
    let may_rewrite = matches!(filing.state, FilingState::SentBack | FilingState::Draft)
        && kind == FilingKind::Return
        && may(actor, Deed::FileReturn, About { body, ..About::default() }).is_ok();
    let may_withdraw = may(actor, Deed::Withdraw, about).is_ok() && service::is_to_be_taken_back(&filing, actor);
    let open = match filing.state {
        FilingState::Submitted | FilingState::SentBack => true,
        // It is with its body, whose people alone read this page then.
        FilingState::Draft | FilingState::ForSignOff => matches!(filing.proposal, Proposal::Return(_)),
        FilingState::Published | FilingState::Withdrawn => false,
    };
    let takes_evidence =
        open && body.is_some() && kind != FilingKind::Reply && may(actor, Deed::AttachEvidence, about).is_ok();
    let past_signer = match body {
        Some(body) => service::goes_past_signer(tx, actor, body, &filing)?,
        None => false,
    };
    let judged = match (&filing.proposal, filing.addressee) {
        (Proposal::Reply(filed), Some(id)) => {
            judged(tx, id, filed.to, answer.as_ref().and_then(|answer| answer.assessed.update))?
        }
        _ => None,
    };
    Ok(Read {
        judged,
        author: person::find(tx, filing.author)?.name,
        steps: filing::steps(tx, filing.id)?,
        publishing: may(actor, Deed::Publish, about),
        // The second key bears on publishing alone.
        may_send_back: may(actor, Deed::Publish, About { author: None, second_key: false, ..about }).is_ok(),
        check: accuracy::of_filing(tx, filing.id)?,
        exhibits: match filing.addressee {
            Some(id) => exhibit::list(tx, id, Some(filing.id))?,
            None => Vec::new(),
        },
        may_attach: takes_evidence && !past_signer,
        past_signer: takes_evidence && past_signer,
        second_key: in_service.second_key,
        assessor: in_service.operator.map(|operator| operator.name),
        signer: match body.filter(|_| kind.is_of_body()) {
            Some(body) => duty::signer(tx, body)?,
            None => None,
        },
        held: hold::in_force(tx, Some(recommendation.inquiry.id), Some(recommendation.id))?.first().map(Hold::held),
        filing,
        recommendation,
        answer,
        stands,
        may_rewrite,
        may_withdraw,
    })
}

/// A judgement in a line, and that it was put right, or another finding than `standing` took its place, since.
fn judged(
    tx: &mut ReadTx<'_>,
    item: AddresseeId,
    to: Judgement,
    standing: Option<UpdateId>,
) -> Result<Option<String>, Error> {
    let (line, corrected) = match to {
        Judgement::Own(id) => {
            let Some(update) = update::many(tx, vec![id])?.remove(&id) else { return Ok(None) };
            let FactValue::Assessed(value) = update.value else { return Ok(None) };
            let by = update.assessor.as_deref().unwrap_or(words::OVERSIGHT);
            (format!("{by}: {}", words::assessed_line(value, update.happened)), update.corrected_by)
        }
        Judgement::Outside(id) => {
            let all = outside::about(tx, &store::About::Answer(item), i64::MAX)?;
            let Some(found) = all.into_iter().find(|one| one.id == id) else { return Ok(None) };
            (words::outside_line(found.by(), found.happened, found.gist), found.corrected_by)
        }
    };
    let replaced = matches!(to, Judgement::Own(id) if standing != Some(id));
    Ok(Some(match corrected {
        Some(by) => format!("{line}. {}", words::corrected_by(by)),
        None if replaced => format!("{line}. {}", words::FINDING_REPLACED),
        None => line,
    }))
}

/// The update that says what stands for the fact that a filing of this kind would change.
const fn standing(kind: FilingKind, answer: &Answer) -> Option<UpdateId> {
    match kind {
        FilingKind::Return => answer.reported.update,
        FilingKind::Assessment => answer.assessed.update,
        FilingKind::Closure => answer.lifecycle.update,
        FilingKind::Wording | FilingKind::Reply => None,
    }
}

fn one(mut list: Vec<Recommendation>) -> Result<Recommendation, store::Error> {
    list.pop().ok_or(store::Error::NotFound)
}
