//! One recommendation as JSON, with its answers and its lettered parts.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::AnswerData;
use super::family::TieData;
use super::{HoldData, Maker};
use crate::domain::address;
use crate::domain::checked::{Checked, TextKind};
use crate::domain::id::RecommendationId;
use crate::domain::licence::{Language, Licence};
use crate::domain::moment::Day;
use crate::domain::words;
use crate::store::addressee::{self, Answer};
use crate::store::alias::AliasKind;
use crate::store::detail;
use crate::store::family;
use crate::store::hold::InForce;
use crate::store::part::{self, Part};
use crate::store::recommendation::{self, Recommendation};
use crate::store::setting;
use crate::store::withheld::Words;
use crate::web::error::Error;
use crate::web::public::past::AsAt;
use crate::web::public::query::Query;
use crate::web::public::{DataFrame, look, number, shown_as_data, slug};
use crate::web::state::State;

/// A recommendation.
#[derive(Serialize, ToSchema)]
#[schema(as = Recommendation)]
pub(in crate::web) struct RecommendationData {
    inquiry: String,
    number: String,
    /// The number of the recommendation that it is a lettered part of; null where it is none. A part is counted in no number of
    /// recommendations.
    part_of: Option<String>,
    /// Its letter, where it is a part.
    letter: Option<String>,
    own_reference: bool,
    title: Option<String>,
    /// The warning stands inside the words, for they travel without their page.
    text: Option<String>,
    text_kind: TextKind,
    checked: Checked,
    warning: Option<&'static str>,
    withheld_on: Option<Day>,
    /// Whether the words were removed for good on that day.
    removed_for_legal_reasons: bool,
    source_url: Option<String>,
    text_language: Option<Language>,
    /// Null where nobody has said so, which is as good as `unknown`.
    text_licence: Option<Licence>,
    /// Null where it is not known of this very recommendation: the day of the inquiry is no evidence of it.
    made_on: Option<Day>,
    addressed_to: Option<String>,
    may_repeat: Option<String>,
    themes: Vec<String>,
    /// Whether each of its own answers and each of its parts is done.
    done: bool,
    /// Whether it should never have been entered: then it is in no number.
    entered_in_error: bool,
    /// The family that it is in: its part of the address; null where nobody has found that another inquiry says the same.
    family: Option<String>,
    /// What can be said of that family as a whole. "Made 3 times" counts recommendations; where one inquiry made several, it says
    /// by how many inquiries.
    family_says: Option<String>,
    /// What it is linked to.
    ties: Vec<TieData>,
    /// Holds under which nothing new is published about it; empty where there is none.
    holds: Vec<HoldData>,
    change: i64,
    address: String,
    addressees: Vec<AnswerData>,
    /// Its lettered parts, each with its own answers.
    parts: Vec<PartData>,
    /// The numbers of its parts, without those that were entered in error.
    part_numbers: Vec<String>,
    /// The numbers of those of them that are not confirmed.
    parts_not_confirmed: Vec<String>,
}

/// A lettered part, as its whole speaks of it; at its address stands all of it.
#[derive(Serialize, ToSchema)]
#[schema(as = Part)]
pub(in crate::web) struct PartData {
    number: String,
    letter: String,
    title: Option<String>,
    address: String,
    done: bool,
    entered_in_error: bool,
    addressees: Vec<AnswerData>,
}

/// The answers to recommendations and parts.
pub(in crate::web) type Answers = HashMap<RecommendationId, Vec<Answer>>;

impl Maker<'_> {
    pub(in crate::web) fn recommendation(
        &self,
        one: &Recommendation,
        own_reference: bool,
        made_on: Option<Day>,
        answers: &Answers,
    ) -> RecommendationData {
        let said = |words: &Option<Words>| words.as_ref().and_then(Words::said).map(str::to_owned);
        let counted = || one.parts.iter().filter(|part| !part.lettered.in_error);
        RecommendationData {
            inquiry: one.inquiry.slug.to_string(),
            number: one.number.clone(),
            part_of: one.part_of.clone(),
            letter: one.letter().map(str::to_owned),
            own_reference: one.own_reference.unwrap_or(own_reference),
            title: said(&one.title),
            text: said(&one.text).map(|text| words::warned(&text, one.checked)),
            text_kind: one.text_kind,
            checked: one.checked,
            warning: words::warning(one.checked),
            withheld_on: match &one.text {
                Some(Words::Withheld(taken)) => Some(taken.on),
                _ => None,
            },
            removed_for_legal_reasons: matches!(&one.text, Some(Words::Withheld(taken)) if taken.for_good),
            source_url: one.source_url.clone(),
            text_language: one.rights.language.filter(|_| one.text.is_some()),
            text_licence: one.rights.licence.filter(|_| one.text.is_some()),
            made_on: one.made_on.or(made_on),
            addressed_to: one.addressed_to_words.clone(),
            may_repeat: one.may_repeat.clone(),
            themes: one.themes.iter().map(|theme| theme.name.clone()).collect(),
            done: one.done,
            entered_in_error: one.in_error,
            family: self.families.of(one.id).map(|family| family.slug.to_string()),
            family_says: self.families.of(one.id).map(|family| words::family_standing(&family.standing)),
            ties: self.ties(one),
            holds: HoldData::of(self.in_force.bearing_on(Some(one.inquiry.id), Some(one.id))),
            change: one.seq.0,
            address: self.address(&address::recommendation(one.inquiry.slug.as_str(), &one.number)),
            addressees: self.put_to(one.id, answers),
            part_numbers: counted().map(|part| part.number.clone()).collect(),
            parts_not_confirmed: counted().filter(|part| !part.lettered.done).map(|part| part.number.clone()).collect(),
            parts: one.parts.iter().map(|part| self.part(one, part, answers)).collect(),
        }
    }

    fn part(&self, whole: &Recommendation, part: &Part, answers: &Answers) -> PartData {
        PartData {
            number: part.number.clone(),
            letter: part.lettered.letter.clone(),
            title: part.title.as_ref().and_then(Words::said).map(str::to_owned),
            address: self.address(&address::recommendation(whole.inquiry.slug.as_str(), &part.number)),
            done: part.lettered.done,
            entered_in_error: part.lettered.in_error,
            addressees: self.put_to(part.id, answers),
        }
    }

    fn put_to(&self, id: RecommendationId, answers: &Answers) -> Vec<AnswerData> {
        answers.get(&id).map_or(&[][..], Vec::as_slice).iter().map(|answer| self.answer(answer)).collect()
    }
}

/// One recommendation.
///
/// # Errors
/// 404 when there is none.
pub async fn recommendation(
    state: web::Data<State>,
    path: web::Path<(String, String)>,
    mut query: Query,
) -> Result<HttpResponse, Error> {
    let as_at = AsAt::of(&mut query, state.today());
    query.finish()?;
    let inquiry = slug(&path.0)?;
    let number = number(&path.1)?.to_owned();
    let (then, (view, answers, details, in_service, in_force, families)) = state
        .reader
        .read_or_again(move |tx| {
            let then = as_at.open(tx)?;
            let moved = |to: &str| format!("{}.json", address::recommendation(inquiry.as_str(), to));
            let alias = (AliasKind::Recommendation, inquiry.as_str(), number.as_str());
            let read = look(tx, alias, moved, |tx| {
                let view = recommendation::find(tx, &inquiry, &number)?;
                let ids = part::with_parts([&view.recommendation]);
                let answers = addressee::of_recommendations(tx, ids)?;
                let all: Vec<Answer> = answers.values().flatten().cloned().collect();
                let details = detail::of(tx, &all)?;
                let in_force = InForce::read(tx)?;
                let families = family::of(tx, &[view.recommendation.id])?;
                Ok((view, answers, details, setting::in_service(tx)?, in_force, families))
            })?;
            Ok::<_, Error>((then, read))
        })
        .await?;
    let maker = Maker { base: &state.site.base_url, details: &details, in_force, families, today: then.day };
    let one = &view.recommendation;
    let frame = DataFrame::of(&in_service, one.checked.needs_warning()).then(&then);
    shown_as_data(&maker.recommendation(one, view.own_reference, view.made_on, &answers), frame)
}
