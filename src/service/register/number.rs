//! Another number for a recommendation. The earlier one leads to it for ever and is given to no other.

use super::entry::taken_by;
use super::{change, why};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::id::RecommendationId;
use crate::domain::numbering;
use crate::domain::problem::Problems;
use crate::service::{Act, Done, Error, Service};
use crate::store::alias::{self, AliasKind};
use crate::store::ledger::{NewChange, NewEntry, insert_entry, lock_newest, open_change};
use crate::store::present::{lock_recommendation, recommendation_place, refresh_entry, standing_entry};
use crate::store::{WriteTx, entry};

/// Another number.
#[derive(Debug, Clone)]
pub struct Renumber {
    /// The recommendation.
    pub recommendation: RecommendationId,
    /// The version that the form was made from.
    pub version: i64,
    /// Its number from now on.
    pub number: Option<String>,
    /// Whether that is this register's own; as `own_references` of the inquiry where it is the same.
    pub own_reference: bool,
    /// Whether that is so of all of the inquiry.
    pub own_references: bool,
    /// Why, in public.
    pub reason: Option<String>,
}

impl Service {
    /// Publishes another number of a recommendation.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `number` and `reason`. `Stale` when somebody changed the recommendation meanwhile.
    pub async fn renumber(&self, act: Act, command: Renumber) -> Result<Done, Error> {
        self.once(act, move |tx, act| renumber(tx, act, command)).await
    }
}

fn renumber(tx: &mut WriteTx<'_>, act: &Act, command: Renumber) -> Result<Done, Error> {
    let place = recommendation_place(tx, command.recommendation)?;
    may(act.actor, Deed::RecordFact, About::default().of(place.inquiry_id))?;
    lock_newest(tx)?;
    lock_recommendation(tx, command.recommendation, command.version)?;
    let mut problems = Problems::none();
    why(&mut problems, command.reason.as_ref());
    let number = match command.number.as_deref().map(numbering::number) {
        None => {
            problems.add("number", "Enter the new number");
            place.number.clone()
        }
        Some(Err(fault)) => {
            problems.add("number", fault.to_string());
            place.number.clone()
        }
        Some(Ok(number)) => {
            if number == place.number {
                problems.add("number", "This is its number already");
            } else if let Some(taken) =
                alias::number_taken(tx, &place.inquiry, &number)?.filter(|of| *of != place.number)
            {
                problems.add("number", taken_by(&number, &taken));
            }
            number
        }
    };
    act.publishable(problems)?;
    let (_, _, made_on, in_error) = standing_entry(tx, command.recommendation)?;
    let change = NewChange {
        inquiry_id: Some(place.inquiry_id),
        recommendation_id: Some(command.recommendation),
        ..change(act, ChangeKind::Number, command.reason)
    };
    let seq = open_change(tx, &change)?;
    insert_entry(
        tx,
        seq,
        &NewEntry {
            recommendation_id: command.recommendation,
            number: number.clone(),
            own_reference: Some(command.own_reference).filter(|own| *own != command.own_references),
            made_on,
            in_error,
        },
    )?;
    refresh_entry(tx, seq, command.recommendation)?;
    entry::repeat_under(tx, place.inquiry_id, &place.number, &number)?;
    alias::lead_on(tx, AliasKind::Recommendation, &place.inquiry, &place.number, &number)?;
    Ok(Done::published(address::staff_recommendation(&place.inquiry, &number), seq))
}
