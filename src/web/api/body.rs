//! Bodies for programs.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::document::Problem;
use super::{Listing, Paging, RestsOn, Single};
use crate::domain::address;
use crate::store::alias::AliasKind;
use crate::store::body::{self, BodyView, Succession};
use crate::store::setting;
use crate::store::tally::{self, Counted, Scope};
use crate::store::{self, ReadTx};
use crate::web::error::Error;
use crate::web::public::data::{GroundData, HistoryData, history_of};
use crate::web::public::query::Query;
use crate::web::public::{ground, look, slug};
use crate::web::state::State;

/// An organisation that was asked.
#[derive(Serialize, ToSchema)]
#[schema(as = Body)]
pub(super) struct BodyItem {
    /// Its part of the address.
    body: String,
    name: String,
    short_name: Option<String>,
    kind: String,
    /// Its own page on the web.
    link: Option<String>,
    /// The bodies that it took the place of.
    before: Vec<String>,
    /// The bodies that took its place.
    after: Vec<String>,
    history: HistoryData,
    /// How many answers are counted under it: those that it answers now.
    answers: u64,
    /// What that number rests on; null in a list, where `reports_behind` says it of all.
    answers_rest_on: Option<GroundData>,
    /// How many more were entered in error, and are in no number.
    entered_in_error: u64,
    /// Its page.
    address: String,
}

fn item(tx: &mut ReadTx<'_>, view: BodyView, base: &str, alone: bool) -> Result<BodyItem, store::Error> {
    let counts = tally::find(tx, Scope::Body(view.name.id))?;
    let rests_on = if alone { Some(ground::Read::of_body(tx, view.name.id, &counts)?) } else { None };
    let moves = history_of(tx, view.name.id)?;
    let slugs = |list: &[Succession]| list.iter().map(|other| other.body.slug.to_string()).collect();
    Ok(BodyItem {
        history: HistoryData::new(&view, &moves),
        before: slugs(&view.before),
        after: slugs(&view.after),
        address: format!("{base}{}", address::body(view.name.slug.as_str())),
        body: view.name.slug.to_string(),
        link: view.link,
        name: view.name.name,
        short_name: view.name.short_name,
        kind: view.name.kind,
        answers: counts.all(Counted::Answers),
        answers_rest_on: rests_on.map(|read| GroundData::of(&read, base)),
        entered_in_error: counts.all(Counted::InError),
    })
}

/// All bodies, in the order in which they came in.
#[utoipa::path(
    get, path = "/api/v1/bodies", operation_id = "listBodies", tag = "bodies",
    params(
        ("limit" = Option<u32>, Query, description = "How many items a page holds.", minimum = 1, maximum = 100),
        ("after" = Option<String>, Query, description = "Where the page begins: taken from `next` as it stands."),
    ),
    responses(
        (status = 200, description = "One page of them.", body = Listing<BodyItem>),
        (status = 303, description = "The address asks for an earlier day (`as-at`), which this interface does not look back to: the same of today."),
        (status = 304, description = "Nothing has changed since the answer with that ETag."),
        (status = 400, description = "The question cannot be read.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The register is busy, or cannot be asked at the moment.", body = Problem, content_type = "application/problem+json", headers(("Retry-After" = u32, description = "After how many seconds to ask again."))),
    )
)]
pub(in crate::web) async fn list(state: web::Data<State>, mut query: Query) -> Result<HttpResponse, Error> {
    let paging = Paging::of(&mut query, "/api/v1/bodies", &[]);
    let after = paging.after::<1>(&mut query);
    query.finish()?;
    let (limit, base) = (paging.limit, state.site.base_url.clone());
    let ((items, rests_on), next, total, service) = state
        .reader
        .read_or_again(move |tx| {
            let page = body::list(tx, after, limit)?;
            let mut items = Vec::new();
            for name in &page.items {
                let view = body::find(tx, &name.slug)?;
                items.push(item(tx, view, &base, false)?);
            }
            let rests_on = RestsOn::reports(&ground::Read::of_register(tx, None)?, &base);
            Ok::<_, store::Error>(((items, rests_on), page.next, body::count(tx)?, setting::in_service(tx)?))
        })
        .await?;
    super::list(&state, &service, (items, rests_on), (total, false), paging.next(&state.site.base_url, next)).await
}

/// One body.
#[utoipa::path(
    get, path = "/api/v1/bodies/{body}", operation_id = "showBody", tag = "bodies",
    params(("body" = String, Path, description = "Its part of the address.")),
    responses(
        (status = 200, description = "It.", body = Single<BodyItem>),
        (status = 301, description = "It stands at another address now."),
        (status = 303, description = "The address asks for an earlier day (`as-at`), which this interface does not look back to: the same of today."),
        (status = 304, description = "Nothing has changed since the answer with that ETag."),
        (status = 404, description = "There is none of this name.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The register is busy, or cannot be asked at the moment.", body = Problem, content_type = "application/problem+json", headers(("Retry-After" = u32, description = "After how many seconds to ask again."))),
    )
)]
pub(in crate::web) async fn show(state: web::Data<State>, path: web::Path<String>) -> Result<HttpResponse, Error> {
    let name = slug(&path)?;
    let base = state.site.base_url.clone();
    let (item, service) = state
        .reader
        .read_or_again(move |tx| {
            let moved = |to: &str| format!("/api/v1{}", address::body(to));
            let view = look(tx, (AliasKind::Body, "", name.as_str()), moved, |tx| body::find(tx, &name))?;
            Ok::<_, Error>((item(tx, view, &base, true)?, setting::in_service(tx)?))
        })
        .await?;
    super::single(&state, &service, item).await
}
