//! The same things as JSON: an inquiry, a recommendation, a body, a search. The names of the fields are a contract.

mod answer;
mod coverage;
mod denominators;
mod elsewhere;
mod event;
mod evidence;
mod family;
mod hold;
mod outside;
mod recommendation;
mod succession;
mod theme;

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::ground;
use super::handed::Elsewhere;
use super::past::{AS_AT, AsAt, Then};
use super::query::{self, Query};
use super::{DataFrame, look, place, search, shown_as_data, slug};
use crate::domain::address;
use crate::domain::licence::{Language, Licence};
use crate::domain::moment::Day;
use crate::store::addressee;
use crate::store::alias::AliasKind;
use crate::store::detail::{self, Details};
use crate::store::event as stored;
use crate::store::fairness;
use crate::store::family::{self as kin, Families};
use crate::store::hold::InForce;
use crate::store::inquiry::{self, CountInSource, InquiryView};
use crate::store::page::Cursor;
use crate::store::part;
use crate::store::setting;
use crate::store::{self};
use crate::web::error::Error;
use crate::web::state::State;

pub use answer::body;
use coverage::CoverageData;
pub(in crate::web) use denominators::{
    DenominatorsData, FoundData, GroundData, ListGroundData, NumbersData, OldestData, ReportsData,
};
pub(in crate::web) use elsewhere::ElsewhereData;
pub use family::family;
pub(in crate::web) use hold::HoldData;
pub(in crate::web) use recommendation::RecommendationData;
pub use recommendation::recommendation;
pub(in crate::web) use succession::{HistoryData, read as history_of};
pub use theme::theme;

/// How many items a page of data holds.
const SIZE: usize = 100;
/// How many looks for answers and updates an inquiry's data holds.
const LOOKS: i64 = 1000;

/// What makes data of what was read.
pub(in crate::web) struct Maker<'a> {
    /// The address that readers use, before every path.
    pub(in crate::web) base: &'a str,
    pub(in crate::web) details: &'a Details,
    pub(in crate::web) in_force: InForce,
    pub(in crate::web) families: Families,
    pub(in crate::web) today: Day,
}

impl Maker<'_> {
    pub(super) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Where the next page of a list is, on the same day.
    fn next<const N: usize>(&self, here: &str, after: Cursor<N>, then: &Then) -> String {
        let after = place::sealed(after, here, &[]);
        let day = then.past.map(|past| past.day.to_string()).unwrap_or_default();
        self.address(&query::address(&format!("{here}.json"), &[("after", &after), (AS_AT, &day)]))
    }
}

/// What an inquiry is.
#[derive(Serialize, ToSchema)]
pub(in crate::web) struct InquiryDescription {
    inquiry: String,
    title: String,
    short_title: String,
    kind: String,
    chair: Option<String>,
    commissioned_by: Option<String>,
    issued_by: Option<String>,
    legal_basis: Option<String>,
    source_url: Option<String>,
    monitored_by: Option<String>,
    own_references: bool,
    note: Option<String>,
    published_on: Option<Day>,
    counts_in_source: Vec<CountInSource>,
    text_language: Option<Language>,
    text_licence: Option<Licence>,
    /// The day since which the description's words are out of sight; null while they can be read.
    withheld_on: Option<Day>,
    change: i64,
    changed_on: Day,
    address: String,
}

/// An inquiry with one page of its recommendations.
#[derive(Serialize)]
struct InquiryData {
    #[serde(flatten)]
    description: InquiryDescription,
    /// Its own timeline, newest first; what was put right or taken back says by which change.
    events: Vec<event::EventData>,
    /// Where answers and updates were looked for; empty where nobody has looked.
    coverage: Vec<CoverageData>,
    /// How many working days a body has to check a finding against it; 0: bodies are not shown findings first.
    accuracy_working_days: u32,
    /// Holds under which nothing new is published about it; empty where there is none.
    holds: Vec<HoldData>,
    total: u64,
    /// How many more were entered in error: they are not in `total` and not among the items.
    entered_in_error: u64,
    #[serde(flatten)]
    numbers: NumbersData,
    items: Vec<RecommendationData>,
    next: Option<String>,
}

/// One inquiry.
///
/// # Errors
/// 404 when there is none.
pub async fn inquiry(
    state: web::Data<State>,
    path: web::Path<String>,
    mut query: Query,
) -> Result<HttpResponse, Error> {
    let name = slug(&path)?;
    let as_at = AsAt::of(&mut query, state.today());
    let after = place::asked(&mut query, "after", &address::inquiry(name.as_str()), &[]);
    query.finish()?;
    let base = state.site.base_url.clone();
    let (then, (view, total, page, answers, details, in_service, (looks, events, numbers), rule, (in_force, families))) =
        state
            .reader
            .read_or_again(move |tx| {
                let then = as_at.open(tx)?;
                let moved = |to: &str| format!("{}.json", address::inquiry(to));
                let read = look(tx, (AliasKind::Inquiry, "", name.as_str()), moved, |tx| {
                    let view = inquiry::find(tx, &name)?;
                    let total = store::tally::find(tx, store::tally::Scope::Inquiry(view.name.id))?;
                    let page = store::recommendation::list(tx, view.name.id, after, SIZE)?;
                    let answers = addressee::of_recommendations(tx, part::with_parts(&page.items))?;
                    let all: Vec<_> = answers.values().flatten().cloned().collect();
                    let details = detail::of(tx, &all)?;
                    let rule = fairness::rule(tx, view.name.id)?;
                    let events = stored::find(tx, &stored::Of::Inquiry(view.name.id), LOOKS)?;
                    let in_force = InForce::read(tx)?;
                    let numbers = NumbersData::read(tx, &view, &total, &base)?;
                    let looks = store::coverage::find(tx, &store::coverage::Of::Inquiry(view.name.id), LOOKS)?;
                    let looks = (looks, events, numbers);
                    let families = kin::of(tx, &page.items.iter().map(|one| one.id).collect::<Vec<_>>())?;
                    let bearing = (in_force, families);
                    Ok((view, total, page, answers, details, setting::in_service(tx)?, looks, rule, bearing))
                })?;
                Ok::<_, Error>((then, read))
            })
            .await?;
    let maker = Maker { base: &state.site.base_url, details: &details, in_force, families, today: then.day };
    let here = address::inquiry(view.name.slug.as_str());
    let items = page.items.iter().map(|one| maker.recommendation(one, view.own_references, view.made_on, &answers));
    let data = InquiryData {
        total: total.all(store::tally::Counted::Recommendations),
        entered_in_error: total.all(store::tally::Counted::RecommendationsInError),
        numbers,
        items: items.collect(),
        next: page.next.map(|next| maker.next(&here, next, &then)),
        events: events.iter().map(event::EventData::new).collect(),
        coverage: looks.into_iter().map(CoverageData::new).collect(),
        accuracy_working_days: rule.working_days,
        holds: HoldData::of(maker.in_force.bearing_on(Some(view.name.id), None)),
        description: InquiryDescription::of(view, maker.address(&here)),
    };
    let unlisted = page.items.iter().any(|one| one.checked.needs_warning());
    shown_as_data(&data, DataFrame::of(&in_service, unlisted).then(&then))
}

impl InquiryDescription {
    /// What is said of it, with the address of its page.
    pub(in crate::web) fn of(view: InquiryView, address: String) -> Self {
        Self {
            inquiry: view.name.slug.to_string(),
            title: view.name.title,
            short_title: view.name.short_title,
            kind: view.name.kind,
            chair: view.chair,
            commissioned_by: view.commissioned_by.map(|body| body.slug.to_string()),
            issued_by: view.issued_by.map(|body| body.slug.to_string()),
            legal_basis: view.legal_basis,
            source_url: view.source_url,
            monitored_by: view.monitored_by,
            own_references: view.own_references,
            note: view.note,
            published_on: view.published_on,
            counts_in_source: view.counts_in_source,
            text_language: view.rights.language,
            text_licence: view.rights.licence,
            withheld_on: view.withheld.map(|taken| taken.on),
            change: view.seq.0,
            changed_on: view.changed_on,
            address,
        }
    }
}

/// One page of a search.
#[derive(Serialize)]
struct SearchData {
    /// How many items there are: recommendations, and parts of them.
    total: u64,
    /// How many of them are parts, which no number of recommendations counts.
    parts: u64,
    /// Whose words the recommendations among them are, as far as they were counted.
    denominators: FoundData,
    #[serde(flatten)]
    ground: ListGroundData,
    /// Whether there are more than `total`, which were not counted.
    total_is_capped: bool,
    answers: u64,
    answers_is_capped: bool,
    /// The holds on the whole register; empty where there is none.
    holds: Vec<HoldData>,
    items: Vec<RecommendationData>,
    next: Option<String>,
}

/// A search.
///
/// # Errors
/// 400 for a value that is not known, each named.
pub async fn search(state: web::Data<State>, query: Query) -> Result<HttpResponse, Error> {
    let ask = search::ask(query)?;
    let today = state.today();
    let (ask, (read, ground, elsewhere), inquiries, in_service, in_force) = state
        .reader
        .read_or_again(move |tx| {
            let ask = ask.resolved(tx)?;
            let read = search::read(tx, &ask.words, &ask.filter, ask.order(), today, ask.after)?;
            let ground = ground::Read::of_ask(tx, &ask)?;
            let elsewhere = Elsewhere::of_ask(tx, &ask)?;
            let ids = read.found.page.items.iter().map(|one| one.inquiry.id).collect();
            let inquiries = inquiry::published(tx, ids)?;
            // A list on a page needs the dates alone; data says all of it.
            let all: Vec<_> = read.answers.values().flatten().cloned().collect();
            let details = detail::of(tx, &all)?;
            Ok::<_, Error>((
                ask,
                (search::Read { details, ..read }, ground, elsewhere),
                inquiries,
                setting::in_service(tx)?,
                InForce::read(tx)?,
            ))
        })
        .await?;
    let families = read.families;
    let maker = Maker { base: &state.site.base_url, details: &read.details, in_force, families, today };
    let items = read.found.page.items.iter().map(|one| {
        let of = inquiries.get(&one.inquiry.id);
        let own = of.is_some_and(|it| it.own_references);
        maker.recommendation(one, own, of.and_then(|it| it.made_on), &read.answers)
    });
    let next = read.found.page.next.map(|next| ask.place(next)).map(|next| {
        let mut all: Vec<(&str, &str)> = ask.given.iter().map(|(name, value)| (*name, value.as_str())).collect();
        all.push(("after", &next));
        maker.address(&query::address("/recommendations.json", &all))
    });
    let data = SearchData {
        total: read.found.recommendations.number + read.found.parts,
        parts: read.found.parts,
        denominators: DenominatorsData::found(&read.found.words),
        ground: ListGroundData::of(&ground, &state.site.base_url).with(elsewhere.as_ref()),
        total_is_capped: read.found.recommendations.more,
        answers: read.found.answers.number,
        answers_is_capped: read.found.answers.more,
        holds: HoldData::of(maker.in_force.bearing_on(None, None)),
        items: items.collect(),
        next,
    };
    shown_as_data(&data, DataFrame::of(&in_service, true))
}
