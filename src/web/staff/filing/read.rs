//! What the page of a filing is made from, in one snapshot, for those who may see it.

use crate::domain::access::{About, Deed, Refusal, may};
use crate::domain::filing::{FilingKind, FilingState};
use crate::domain::id::UpdateId;
use crate::domain::person::{Actor, Role};
use crate::service;
use crate::store::accuracy::{self, Check};
use crate::store::addressee::{self, Answer};
use crate::store::exhibit::{self, Exhibit};
use crate::store::filing::{self, FilingRow, StepRow};
use crate::store::recommendation::{self, Recommendation};
use crate::store::update::{self, Update};
use crate::store::{self, ReadTx, person, present, setting};
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
    /// How a finding stands with its body, where it was shown to it.
    pub check: Option<Check>,
    /// Whether two people must agree on what judges a body.
    pub second_key: bool,
    /// The evidence that was attached to it.
    pub exhibits: Vec<Exhibit>,
    /// Whether this person may attach some.
    pub may_attach: bool,
    /// Whether this person may write it again.
    pub may_rewrite: bool,
    /// Whether this person may take it back.
    pub may_withdraw: bool,
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
    if actor.role == Role::Contributor && kind != FilingKind::Return {
        return Err(Error::NotFound);
    }
    let body = filing.addressee.map(|id| present::find_addressee(tx, id)).transpose()?.map(|row| row.body_id);
    may(actor, Deed::ReadUnpublished, About { body, ..About::default() })?;
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
    let may_rewrite = filing.state == FilingState::SentBack
        && kind == FilingKind::Return
        && may(actor, Deed::FileReturn, About { body, ..About::default() }).is_ok();
    let may_withdraw = may(actor, Deed::Withdraw, about).is_ok() && service::is_to_be_taken_back(&filing, actor);
    Ok(Read {
        author: person::find(tx, filing.author)?.name,
        steps: filing::steps(tx, filing.id)?,
        publishing: may(actor, Deed::Publish, about),
        check: accuracy::of_filing(tx, filing.id)?,
        exhibits: match filing.addressee {
            Some(id) => exhibit::list(tx, id, Some(filing.id))?,
            None => Vec::new(),
        },
        may_attach: !matches!(filing.state, FilingState::Published | FilingState::Withdrawn)
            && body.is_some()
            && may(actor, Deed::AttachEvidence, about).is_ok(),
        second_key: in_service.second_key,
        assessor: in_service.operator.map(|operator| operator.name),
        filing,
        recommendation,
        answer,
        stands,
        may_rewrite,
        may_withdraw,
    })
}

/// The update that says what stands for the fact that a filing of this kind would change.
const fn standing(kind: FilingKind, answer: &Answer) -> Option<UpdateId> {
    match kind {
        FilingKind::Return => answer.reported.update,
        FilingKind::Assessment => answer.assessed.update,
        FilingKind::Closure => answer.lifecycle.update,
        FilingKind::Wording => None,
    }
}

fn one(mut list: Vec<Recommendation>) -> Result<Recommendation, store::Error> {
    list.pop().ok_or(store::Error::NotFound)
}
