//! Putting a recommendation to a body: from then on the register listens for its answer.

use super::{Act, Done, Error, Service};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::checked::Checked;
use crate::domain::id::{BodyId, RecommendationId};
use crate::domain::problem::Problems;
use crate::store::ledger::{NewChange, open_change};
use crate::store::present::{NewAddressee, insert_addressee, lock_recommendation, recommendation_place};
use crate::store::{Constraint, Error as StoreError, WriteTx};

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
    may(act.actor, Deed::RecordFact, About::default())?;
    let place = recommendation_place(tx, command.recommendation)?;
    lock_recommendation(tx, command.recommendation, command.version)?;
    let mut problems = act.questions.problems();
    if command.reason.is_none() {
        problems.add("reason", "Enter where it is said that the recommendation was put to this body");
    }
    problems.into_result()?;
    let change = NewChange {
        role: Some(act.actor.role),
        person_id: Some(act.actor.person),
        body_id: Some(command.body),
        inquiry_id: Some(place.inquiry_id),
        recommendation_id: Some(command.recommendation),
        reason: command.reason,
        ..NewChange::of(ChangeKind::Asked, act.now, act.day)
    };
    let seq = open_change(tx, &change)?;
    let new = NewAddressee {
        recommendation: command.recommendation,
        inquiry: place.inquiry_id,
        body: command.body,
        taken_in_on: act.day,
        checked: command.checked,
    };
    insert_addressee(tx, seq, &new).map_err(|fault| match fault {
        StoreError::Constraint(Constraint::AddresseeBody) => {
            Error::Problems(Problems::one("body", "The recommendation has been put to this body already"))
        }
        other => other.into(),
    })?;
    Ok(Done::published(address::staff_recommendation(&place.inquiry, &place.number), seq))
}
