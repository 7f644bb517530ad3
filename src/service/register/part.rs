//! Lettered parts: taking one in beside what stands, with the bodies that it was put to. A part has no parts.

use super::change;
use super::entry::{Entered, none_retired, put_in, taken_by};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::checked::Checked;
use crate::domain::filing::WordingFiled;
use crate::domain::id::{BodyId, RecommendationId, ThemeId};
use crate::domain::part;
use crate::domain::problem::Problems;
use crate::domain::rule::Frame;
use crate::domain::words;
use crate::service::filing::check_wording;
use crate::service::{Act, Done, Error, Service};
use crate::store::ledger::{NewChange, lock_newest, open_change};
use crate::store::present::{RecommendationPlace, lock_recommendation, recommendation_place, standing_entry};
use crate::store::{ReadTx, WriteTx, alias, entry, part as parts};

/// A part to be taken in.
#[derive(Debug, Clone)]
pub struct TakeInPart {
    /// The recommendation that it is a part of.
    pub whole: RecommendationId,
    /// The version of that one that the form was made from.
    pub version: i64,
    /// Its letter.
    pub letter: Option<String>,
    /// Its words.
    pub wording: WordingFiled,
    /// What it is about.
    pub themes: Vec<ThemeId>,
    /// The bodies that it was put to.
    pub bodies: Vec<BodyId>,
    /// How that is known.
    pub asked: Option<Checked>,
}

impl Service {
    /// Takes a part of a recommendation in.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`TakeInPart`] and of its words. `Stale` when somebody changed the recommendation
    /// meanwhile.
    pub async fn take_in_part(&self, act: Act, command: TakeInPart) -> Result<Done, Error> {
        self.once(act, move |tx, act| take_in(tx, act, &command)).await
    }
}

fn take_in(tx: &mut WriteTx<'_>, act: &Act, command: &TakeInPart) -> Result<Done, Error> {
    let place = recommendation_place(tx, command.whole)?;
    may(act.actor, Deed::RecordFact, About::default().of(place.inquiry_id))?;
    for body in &command.bodies {
        may(act.actor, Deed::RecordFact, About::body(*body).of(place.inquiry_id))?;
    }
    // Nobody else takes the same number until this ends.
    lock_newest(tx)?;
    lock_recommendation(tx, command.whole, command.version)?;
    let frame = Frame { published_on: place.published_on, today: act.day };
    let mut problems = check_wording(&command.wording, frame);
    can_have_parts(tx, &mut problems, "letter", (command.whole, &place))?;
    let letter = command.letter.as_deref().unwrap_or_default();
    let number = match part::number(&place.number, letter) {
        Ok(number) => number,
        Err(_) if letter.is_empty() => {
            problems.add("letter", "Enter its letter in the source, such as a");
            String::new()
        }
        Err(fault) => {
            problems.add("letter", fault.to_string());
            String::new()
        }
    };
    if let Some(taken) = alias::number_taken(tx, &place.inquiry, &number)? {
        problems.add("letter", taken_by(&number, &taken));
    }
    if !command.bodies.is_empty() && command.asked.is_none() {
        problems.add("asked", "Choose how it is known that it was put to them");
    }
    none_retired(tx, &mut problems, &command.themes)?;
    act.publishable(problems)?;

    let reason = Some(command.wording.reason.clone());
    let change = NewChange {
        inquiry_id: Some(place.inquiry_id),
        recommendation_id: Some(command.whole),
        ..change(act, ChangeKind::Entry, reason)
    };
    let seq = open_change(tx, &change)?;
    let (_, own_reference, made_on, _) = standing_entry(tx, command.whole)?;
    let entered = Entered {
        inquiry: place.inquiry_id,
        whole: Some(command.whole),
        position: parts::position(tx, command.whole)?,
        number: number.clone(),
        own_reference,
        made_on,
        wording: &command.wording,
        themes: &command.themes,
        bodies: command.bodies.iter().map(|body| (*body, command.asked.unwrap_or(Checked::Unverified))).collect(),
    };
    let (_, waits) = put_in(tx, act, seq, &act.fresh, &entered)?;
    let here = address::staff_recommendation(&place.inquiry, &number);
    Ok(Done::published(waits.unwrap_or(here), seq))
}

/// Refuses to make parts of a part, and of what was entered in error.
pub(super) fn can_have_parts(
    tx: &mut ReadTx<'_>,
    problems: &mut Problems,
    field: &str,
    (id, place): (RecommendationId, &RecommendationPlace),
) -> Result<(), Error> {
    if let Some((_, whole)) = parts::whole_of(tx, id)? {
        problems.add(field, words::part_of_a_part(&place.number, &whole));
    } else if entry::is_in_error(tx, id)? {
        problems.add(field, words::ITSELF_IN_ERROR);
    }
    Ok(())
}
