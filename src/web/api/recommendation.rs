//! Recommendations for programs, found as on the search page.

use actix_web::{HttpResponse, web};

use super::document::Problem;
use super::{Listing, Paging, RestsOn, Single};
use crate::domain::address;
use crate::store::alias::AliasKind;
use crate::store::hold::InForce;
use crate::store::{self, addressee, detail, family, inquiry, part, recommendation, setting};
use crate::web::error::Error;
use crate::web::public::data::{DenominatorsData, ListGroundData, Maker, RecommendationData};
use crate::web::public::handed::Elsewhere;
use crate::web::public::query::Query;
use crate::web::public::{ground, look, number, search, slug};
use crate::web::state::State;

/// The recommendations that fit, and the lettered parts that do, each as an item of its own with `part_of`. What is asked of an
/// answer is asked of one and the same answer.
#[utoipa::path(
    get, path = "/api/v1/recommendations", operation_id = "listRecommendations", tag = "recommendations",
    params(
        ("q" = Option<String>, Query, description = "Words to search for: a phrase in quotes, the beginning of a word with a star after it.", max_length = 400),
        ("inquiry" = Option<String>, Query, description = "Made by this inquiry: its part of the address."),
        ("body" = Option<String>, Query, description = "Answered by this body now: its part of the address, or `not_known`. Of one that ended, or a group of bodies, `counted_elsewhere` says who answers."),
        ("theme" = Option<String>, Query, description = "About this theme: its part of the address."),
        ("response" = Option<String>, Query, description = "Answered so; several with commas between."),
        ("reported" = Option<String>, Query, description = "Reported so; several with commas between."),
        ("assessed" = Option<String>, Query, description = "Found so; several with commas between."),
        ("lifecycle" = Option<String>, Query, description = "Open, closed or lapsed; several with commas between."),
        ("gap" = Option<String>, Query, description = "What the body says is complete or in place: `claimed` all of it, `yes` what is not confirmed, or one part: `confirmed`, `not_looked_at`, `not_lately`, `disputed`."),
        ("looked" = Option<String>, Query, description = "`yes`: found by somebody, and not looked at lately."),
        ("in_error" = Option<String>, Query, description = "`yes`: only what was entered in error, which is in no number and otherwise left out."),
        ("due" = Option<String>, Query, description = "`passed` or `soon`."),
        ("checked" = Option<String>, Query, description = "Compared so far; several with commas between."),
        ("text_kind" = Option<String>, Query, description = "Whose words; several with commas between."),
        ("sort" = Option<String>, Query, description = "`best` (where very many hold the words, the first of them stand in this order and the others follow), `register` or `changed`."),
        ("limit" = Option<u32>, Query, description = "How many items a page holds.", minimum = 1, maximum = 100),
        ("after" = Option<String>, Query, description = "Where the page begins: taken from `next` as it stands."),
    ),
    responses(
        (status = 200, description = "One page of them.", body = Listing<RecommendationData>),
        (status = 303, description = "The address asks for an earlier day (`as-at`), which this interface does not look back to: the same of today."),
        (status = 304, description = "Nothing has changed since the answer with that ETag."),
        (status = 400, description = "The question cannot be read.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The register is busy, or cannot be asked at the moment.", body = Problem, content_type = "application/problem+json", headers(("Retry-After" = u32, description = "After how many seconds to ask again."))),
    )
)]
pub(in crate::web) async fn list(state: web::Data<State>, query: Query) -> Result<HttpResponse, Error> {
    let mut paged = query.clone();
    let ask = search::ask(query.only(&search::NAMES))?;
    let given: Vec<(&str, &str)> = ask.given.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let paging = Paging::of(&mut paged, "/api/v1/recommendations", &given);
    let after = paging.after::<3>(&mut paged);
    paged.finish()?;
    let (limit, today, base) = (paging.limit, state.today(), state.site.base_url.clone());
    let (items, rests_on, total, next, service) = state
        .reader
        .read_or_again(move |tx| {
            let mut ask = ask.resolved(tx)?;
            ask.after = after;
            let found = store::search::find(tx, &ask.words, &ask.filter, ask.order(), today, after, limit)?;
            let answers = addressee::of_recommendations(tx, part::with_parts(&found.page.items))?;
            let all: Vec<_> = answers.values().flatten().cloned().collect();
            let details = detail::of(tx, &all)?;
            let inquiries = inquiry::published(tx, found.page.items.iter().map(|one| one.inquiry.id).collect())?;
            let in_force = InForce::read(tx)?;
            let families = family::of(tx, &found.page.items.iter().map(|one| one.id).collect::<Vec<_>>())?;
            let maker = Maker { base: &base, details: &details, in_force, families, today };
            let items = found.page.items.iter().map(|one| {
                let of = inquiries.get(&one.inquiry.id);
                let own = of.is_some_and(|inquiry| inquiry.own_references);
                maker.recommendation(one, own, of.and_then(|inquiry| inquiry.made_on), &answers)
            });
            let items = items.collect::<Vec<_>>();
            let elsewhere = Elsewhere::of_ask(tx, &ask)?;
            let rests_on = RestsOn {
                denominators: Some(DenominatorsData::found(&found.words)),
                ground: ListGroundData::of(&ground::Read::of_ask(tx, &ask)?, &base).with(elsewhere.as_ref()),
            };
            let total = (found.recommendations.number + found.parts, found.recommendations.more);
            Ok::<_, Error>((items, rests_on, total, found.page.next, setting::in_service(tx)?))
        })
        .await?;
    super::list(&state, &service, (items, rests_on), total, paging.next(&state.site.base_url, next)).await
}

/// One recommendation with all its answers.
#[utoipa::path(
    get, path = "/api/v1/inquiries/{inquiry}/recommendations/{number}", operation_id = "showRecommendation", tag = "recommendations",
    params(
        ("inquiry" = String, Path, description = "The inquiry's part of the address."),
        ("number" = String, Path, description = "Its number or letter."),
    ),
    responses(
        (status = 200, description = "It.", body = Single<RecommendationData>),
        (status = 301, description = "It stands at another address now."),
        (status = 303, description = "The address asks for an earlier day (`as-at`), which this interface does not look back to: the same of today."),
        (status = 304, description = "Nothing has changed since the answer with that ETag."),
        (status = 404, description = "There is none of this number.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The register is busy, or cannot be asked at the moment.", body = Problem, content_type = "application/problem+json", headers(("Retry-After" = u32, description = "After how many seconds to ask again."))),
    )
)]
pub(in crate::web) async fn show(
    state: web::Data<State>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Error> {
    let name = slug(&path.0)?;
    let number = number(&path.1)?.to_owned();
    let (today, base) = (state.today(), state.site.base_url.clone());
    let (item, service) = state
        .reader
        .read_or_again(move |tx| {
            let moved = |to: &str| format!("/api/v1{}", address::recommendation(name.as_str(), to));
            let alias = (AliasKind::Recommendation, name.as_str(), number.as_str());
            let view = look(tx, alias, moved, |tx| recommendation::find(tx, &name, &number))?;
            let answers = addressee::of_recommendations(tx, part::with_parts([&view.recommendation]))?;
            let all: Vec<_> = answers.values().flatten().cloned().collect();
            let details = detail::of(tx, &all)?;
            let in_force = InForce::read(tx)?;
            let families = family::of(tx, &[view.recommendation.id])?;
            let maker = Maker { base: &base, details: &details, in_force, families, today };
            let item = maker.recommendation(&view.recommendation, view.own_reference, view.made_on, &answers);
            Ok::<_, Error>((item, setting::in_service(tx)?))
        })
        .await?;
    super::single(&state, &service, item).await
}
