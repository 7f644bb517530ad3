//! Another number for a recommendation. The earlier one leads to it for ever and is given to no other. Its lettered parts follow: each
//! has the number of its whole and its letter.

use super::entry::taken_by;
use super::{change, why};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::id::RecommendationId;
use crate::domain::numbering;
use crate::domain::part;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{Act, Done, Error, Service};
use crate::store::alias::{self, AliasKind};
use crate::store::ledger::{NewChange, NewEntry, insert_entry, lock_newest, open_change};
use crate::store::present::{
    RecommendationPlace, lock_recommendation, recommendation_place, refresh_entry, standing_entry,
};
use crate::store::{WriteTx, entry, part as parts};

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
    if let Some((_, whole)) = parts::whole_of(tx, command.recommendation)?
        && part::number(&whole, part::letter(&whole, &number)).as_deref() != Ok(number.as_str())
        && problems.at("number").is_none()
    {
        problems.add("number", words::begins_with_whole(&whole));
    }
    let follow = following(tx, &mut problems, (command.recommendation, &place), &number)?;
    act.publishable(problems)?;
    let change = NewChange {
        inquiry_id: Some(place.inquiry_id),
        recommendation_id: Some(command.recommendation),
        ..change(act, ChangeKind::Number, command.reason)
    };
    let seq = open_change(tx, &change)?;
    let own = Some(command.own_reference).filter(|own| *own != command.own_references);
    let all = std::iter::once((command.recommendation, place.number.clone(), number.clone())).chain(follow);
    for (id, from, to) in all {
        let (_, _, made_on, in_error) = standing_entry(tx, id)?;
        let new = NewEntry { recommendation_id: id, number: to.clone(), own_reference: own, made_on, in_error };
        insert_entry(tx, seq, &new)?;
        refresh_entry(tx, seq, id)?;
        entry::repeat_under(tx, place.inquiry_id, &from, &to)?;
        alias::lead_on(tx, AliasKind::Recommendation, &place.inquiry, &from, &to)?;
    }
    Ok(Done::published(address::staff_recommendation(&place.inquiry, &number), seq))
}

/// The parts that follow their whole to another number: each with its number until now and from now on.
fn following(
    tx: &mut WriteTx<'_>,
    problems: &mut Problems,
    (whole, place): (RecommendationId, &RecommendationPlace),
    number: &str,
) -> Result<Vec<(RecommendationId, String, String)>, Error> {
    let mut follow = Vec::new();
    for (id, from) in parts::rows(tx, whole)? {
        let letter = part::letter(&place.number, &from).to_owned();
        let Some(to) = problems.take("number", part::number(number, &letter)) else { continue };
        if let Some(taken) = alias::number_taken(tx, &place.inquiry, &to)?.filter(|of| *of != from) {
            problems.add("number", taken_by(&to, &taken));
        }
        follow.push((id, from, to));
    }
    Ok(follow)
}
