//! Putting a recommendation to a body: from then on the register listens for its answer.

use super::{Act, Done, Error, Service, search};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::checked::Checked;
use crate::domain::id::{BodyId, RecommendationId};
use crate::domain::lifecycle::Closure;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::store::ledger::{NewChange, insert_agreement, insert_asked, lock_newest, open_change};
use crate::store::present::{
    NewAddressee, find_addressee, insert_addressee, lock_addressee, lock_recommendation, recommendation_place,
    refresh_addressee,
};
use crate::store::{WriteTx, entry, group, held, part};

/// A recommendation and a body that it was put to.
#[derive(Debug, Clone)]
pub struct PutToBody {
    /// The recommendation.
    pub recommendation: RecommendationId,
    /// The version of the recommendation that the form was made from.
    pub version: i64,
    /// The body.
    pub body: BodyId,
    /// How far it was checked that it was put to that body.
    pub checked: Checked,
    /// Where that is said, or why it is so.
    pub reason: Option<String>,
    /// What would show that it is done, where that is agreed already.
    pub agreed: Option<String>,
}

impl Service {
    /// Publishes that a recommendation was put to a body.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`PutToBody`].
    pub async fn put_to_body(&self, act: Act, command: PutToBody) -> Result<Done, Error> {
        self.once(act, move |tx, act| put(tx, act, command)).await
    }
}

fn put(tx: &mut WriteTx<'_>, act: &Act, command: PutToBody) -> Result<Done, Error> {
    let place = recommendation_place(tx, command.recommendation)?;
    may(act.actor, Deed::RecordFact, About::body(command.body).of(place.inquiry_id))?;
    // An answer's row, the counter, the recommendation's row: in the order in which every deed takes them.
    let known = held::answer(tx, command.recommendation, command.body)?;
    if let Some(id) = known {
        lock_addressee(tx, id, None)?;
    }
    lock_newest(tx)?;
    lock_recommendation(tx, command.recommendation, command.version)?;
    let mut problems = Problems::none();
    if command.reason.is_none() {
        problems.add("reason", "Enter where it is said that the recommendation was put to this body");
    }
    if !group::of_body(tx, command.body)?[0].is_empty() {
        problems.add("body", "This is a group of bodies; put it to its members, on the group\u{2019}s own page");
    }
    if entry::is_in_error(tx, command.recommendation)? {
        problems.add("body", words::ITSELF_IN_ERROR);
    }
    // How it is known that one was asked whose answer is followed in the parts can still be put right.
    let stands = match known {
        Some(id) => find_addressee(tx, id)?.closure,
        None => None,
    };
    if stands != Some(Closure::InParts) && part::is_divided(tx, command.recommendation)? {
        problems.add("body", words::PUT_ITS_PARTS);
    }
    act.publishable(problems)?;
    let change = NewChange {
        role: Some(act.actor.role),
        person_id: Some(act.actor.person),
        body_id: Some(command.body),
        inquiry_id: Some(place.inquiry_id),
        recommendation_id: Some(command.recommendation),
        reason: command.reason,
        ..NewChange::of(ChangeKind::Asked, act.now, act.day)
    };
    if let Some(id) = known
        && find_addressee(tx, id)?.checked == command.checked
    {
        return Err(Problems::one("body", "The recommendation has been put to this body already").into());
    }
    let seq = open_change(tx, &NewChange { addressee_id: known, ..change })?;
    let id = if let Some(id) = known {
        // Known already, and now better compared: what was probable becomes certain, or the reverse.
        insert_asked(tx, seq, id, command.checked, true)?;
        refresh_addressee(tx, seq, id)?;
        id
    } else {
        let new = NewAddressee {
            recommendation: command.recommendation,
            inquiry: place.inquiry_id,
            body: command.body,
            taken_in_on: act.day,
            checked: command.checked,
        };
        insert_addressee(tx, seq, &new)?.addressee
    };
    if let Some(agreed) = &command.agreed {
        insert_agreement(tx, seq, id, (agreed, None), act.actor.person)?;
    }
    search::index(tx, command.recommendation)?;
    Ok(Done::published(address::staff_recommendation(&place.inquiry, &place.number), seq))
}
