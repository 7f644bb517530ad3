//! That a recommendation was entered in error: the inquiry made no such one, or it stands here twice. It stays readable, and is in
//! no number; it counts again by the same deed. A wrong body asked is another error, and is decided on that body's answer alone:
//! what the inquiry really made stays in every number, as put to nobody that is known.

use super::{change, why};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::id::RecommendationId;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{Act, Done, Error, Service};
use crate::store::ledger::{NewChange, NewEntry, insert_entry, lock_newest, open_change};
use crate::store::present::{
    lock_recommendation, recommendation_place, refresh_entry, refresh_recommendation, standing_entry,
};
use crate::store::{WriteTx, entry};

/// That it was entered in error, or was not.
#[derive(Debug, Clone)]
pub struct FindMistaken {
    /// The recommendation.
    pub recommendation: RecommendationId,
    /// The version that the form was made from.
    pub version: i64,
    /// Whether it was.
    pub in_error: bool,
    /// Why, in public.
    pub reason: Option<String>,
}

impl Service {
    /// Publishes that a recommendation was entered in error, or that it was none.
    ///
    /// # Errors
    /// See [`Error`]; the field is `reason`. `Stale` when somebody changed the recommendation meanwhile.
    pub async fn find_mistaken(&self, act: Act, command: FindMistaken) -> Result<Done, Error> {
        self.once(act, move |tx, act| find_mistaken(tx, act, command)).await
    }
}

fn find_mistaken(tx: &mut WriteTx<'_>, act: &Act, command: FindMistaken) -> Result<Done, Error> {
    let FindMistaken { recommendation, version, in_error, reason } = command;
    let place = recommendation_place(tx, recommendation)?;
    may(act.actor, Deed::RecordFact, About::default().of(place.inquiry_id))?;
    lock_newest(tx)?;
    lock_recommendation(tx, recommendation, version)?;
    let (number, own_reference, made_on, was) = standing_entry(tx, recommendation)?;
    if was == in_error {
        return Err(Error::Stale);
    }
    let mut problems = Problems::none();
    why(&mut problems, reason.as_ref());
    let counting = entry::counting(tx, recommendation)?;
    if in_error {
        // Each answer and each part is in numbers of its own, and says itself why it leaves them.
        if let Some(first) = words::counts_still(&counting.bodies, &counting.parts) {
            problems.add("reason", first);
        }
    } else if let Some(whole) = &counting.whole_in_error {
        problems.add("reason", words::whole_in_error(whole));
    }
    act.publishable(problems)?;
    let change = NewChange {
        inquiry_id: Some(place.inquiry_id),
        recommendation_id: Some(recommendation),
        ..change(act, ChangeKind::Mistaken, reason)
    };
    let seq = open_change(tx, &change)?;
    let new = NewEntry { recommendation_id: recommendation, number, own_reference, made_on, in_error };
    insert_entry(tx, seq, &new)?;
    refresh_entry(tx, seq, recommendation)?;
    // What it is a part of is done by its other parts alone, or by this one again.
    refresh_recommendation(tx, seq, recommendation)?;
    Ok(Done::published(address::staff_recommendation(&place.inquiry, &place.number), seq))
}
