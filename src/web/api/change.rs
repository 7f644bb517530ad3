//! Changes for programs: every act of publication, newest first.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::document::Problem;
use super::{Listing, Paging, RestsOn, Single};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::id::Seq;
use crate::domain::moment::{Day, Moment};
use crate::domain::redaction::RedactionKind;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::store::change::Change;
use crate::store::news::{self, Concern};
use crate::store::withheld::Words;
use crate::store::{self, ReadTx, setting};
use crate::web::error::Error;
use crate::web::public::change::{numbered, taken, told};
use crate::web::public::query::Query;
use crate::web::state::State;

/// One act of publication.
#[derive(Serialize, ToSchema)]
#[schema(as = Change)]
pub(super) struct ChangeItem {
    /// Its number, for ever.
    change: i64,
    /// The moment of publication.
    at: Moment,
    /// The day that it was then where the register is kept.
    day: Day,
    kind: ChangeKind,
    /// What it is about, in words; with the warning in them where nobody has compared the words with a source.
    about: Option<String>,
    /// What happened, in words.
    says: String,
    /// Who published it, as a role.
    by: String,
    inquiry: Option<String>,
    /// The number of the recommendation.
    recommendation: Option<String>,
    body: Option<String>,
    /// Why, where that is public.
    reason: Option<String>,
    /// The day since which the reason is withheld from the public, or on which it was removed.
    withheld_on: Option<Day>,
    /// Whether the reason was removed for legal reasons and is kept nowhere.
    removed_for_legal_reasons: bool,
    /// Of a withholding, of a removal, and of a change that says why words were withheld: the kind of reason; null where nobody
    /// has said so.
    kind_of_reason: Option<RedactionKind>,
    /// Of a change that withheld words, showed them again, removed them or says why: the change that published them.
    words_of_change: Option<i64>,
    /// What must be said with the words of the recommendation, where they were not compared.
    warning: Option<String>,
    /// Its page.
    address: String,
}

fn items(tx: &mut ReadTx<'_>, changes: &[Change], base: &str) -> Result<Vec<ChangeItem>, store::Error> {
    let about = changes.iter().filter_map(|change| change.recommendation).collect();
    let recommendations = store::recommendation::many(tx, about)?;
    let entries = told(tx, changes)?;
    let taken = taken(tx, changes)?;
    Ok(changes
        .iter()
        .zip(entries)
        .map(|(change, entry)| {
            let one = recommendations.iter().find(|one| Some(one.id) == change.recommendation);
            let warned = |text: String| one.map_or(text.clone(), |one| words::warned(&text, one.checked));
            ChangeItem {
                change: change.seq.0,
                at: change.at,
                day: change.day,
                kind: change.kind,
                about: entry.body.map(|body| warned(body.words)),
                says: entry.sentence,
                by: entry.by,
                inquiry: change.inquiry.as_ref().map(|inquiry| inquiry.slug.to_string()),
                recommendation: one.map(|one| one.number.clone()),
                body: change.body.as_ref().map(|body| body.slug.to_string()),
                reason: change.reason.as_ref().and_then(Words::said).map(str::to_owned),
                withheld_on: match &change.reason {
                    Some(Words::Withheld(taken)) => Some(taken.on),
                    _ => None,
                },
                removed_for_legal_reasons: matches!(&change.reason, Some(Words::Withheld(taken)) if taken.for_good),
                kind_of_reason: taken.kind(change.seq),
                words_of_change: taken.record(change.seq).map(|record| record.published.0),
                warning: one.and_then(|one| words::warning(one.checked)).map(str::to_owned),
                address: format!("{base}{}", address::change(change.seq)),
            }
        })
        .collect())
}

/// Everything that was published, newest first.
#[utoipa::path(
    get, path = "/api/v1/changes", operation_id = "listChanges", tag = "changes",
    params(
        ("inquiry" = Option<String>, Query, description = "Only what concerns this inquiry: its part of the address."),
        ("body" = Option<String>, Query, description = "Only what concerns this body; not together with `inquiry`."),
        ("limit" = Option<u32>, Query, description = "How many items a page holds.", minimum = 1, maximum = 100),
        ("after" = Option<String>, Query, description = "Where the page begins: taken from `next` as it stands."),
    ),
    responses(
        (status = 200, description = "One page of it. Of a narrowed list `total` counts the whole register's changes and is \
         marked as capped.", body = Listing<ChangeItem>),
        (status = 303, description = "The address asks for an earlier day (`as-at`), which this interface does not look back to: the same of today."),
        (status = 304, description = "Nothing has changed since the answer with that ETag."),
        (status = 400, description = "The question cannot be read.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The register is busy, or cannot be asked at the moment.", body = Problem, content_type = "application/problem+json", headers(("Retry-After" = u32, description = "After how many seconds to ask again."))),
    )
)]
pub(in crate::web) async fn list(state: web::Data<State>, mut query: Query) -> Result<HttpResponse, Error> {
    query.once(&["inquiry", "body"]);
    let (inquiry, body) = (query.one::<Slug>("inquiry"), query.one::<Slug>("body"));
    if inquiry.is_some() && body.is_some() {
        query.refuse("body", "it cannot stand beside “inquiry” here");
    }
    let named = [("inquiry", &inquiry), ("body", &body)];
    let given: Vec<(&str, &str)> =
        named.iter().filter_map(|(name, slug)| Some((*name, slug.as_ref()?.as_str()))).collect();
    let paging = Paging::of(&mut query, "/api/v1/changes", &given);
    let after = paging.after::<1>(&mut query);
    query.finish()?;
    let (limit, base) = (paging.limit, state.site.base_url.clone());
    let (items, next, total, service) = state
        .reader
        .read_or_again(move |tx| {
            let concern = concern(tx, inquiry.as_ref(), body.as_ref())?;
            let page = news::list(tx, concern, after, limit)?;
            let items = items(tx, &page.items, &base)?;
            let total = news::count(tx, concern)?;
            Ok::<_, Error>((items, page.next, total, setting::in_service(tx)?))
        })
        .await?;
    super::list(&state, &service, (items, RestsOn::default()), total, paging.next(&state.site.base_url, next)).await
}

/// What a list is narrowed to.
fn concern(tx: &mut ReadTx<'_>, inquiry: Option<&Slug>, body: Option<&Slug>) -> Result<Concern, Error> {
    let unknown = |name: &str, found: Result<Concern, store::Error>| match found {
        Err(store::Error::NotFound) => {
            let mut missing = Query::default();
            missing.refuse(name, "there is none of this name in the register");
            Err(missing.finish().err().unwrap_or(Error::NotFound))
        }
        found => Ok(found?),
    };
    match (inquiry, body) {
        (Some(slug), _) => unknown("inquiry", store::inquiry::name(tx, slug).map(|one| Concern::Inquiry(one.id))),
        (_, Some(slug)) => {
            let slug = store::alias::current(tx, store::alias::AliasKind::Body, slug)?;
            unknown("body", store::body::name(tx, &slug).map(|one| Concern::Body(one.id)))
        }
        (None, None) => Ok(Concern::Register),
    }
}

/// One change.
#[utoipa::path(
    get, path = "/api/v1/changes/{seq}", operation_id = "showChange", tag = "changes",
    params(("seq" = i64, Path, description = "Its number.", minimum = 1)),
    responses(
        (status = 200, description = "It.", body = Single<ChangeItem>),
        (status = 303, description = "The address asks for an earlier day (`as-at`), which this interface does not look back to: the same of today."),
        (status = 304, description = "Nothing has changed since the answer with that ETag."),
        (status = 404, description = "There is none of this number.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The register is busy, or cannot be asked at the moment.", body = Problem, content_type = "application/problem+json", headers(("Retry-After" = u32, description = "After how many seconds to ask again."))),
    )
)]
pub(in crate::web) async fn show(state: web::Data<State>, path: web::Path<String>) -> Result<HttpResponse, Error> {
    let seq: Seq = numbered(&path)?;
    let base = state.site.base_url.clone();
    let (item, service) = state
        .reader
        .read_or_again(move |tx| {
            let change = store::change::find(tx, seq)?;
            let item = items(tx, std::slice::from_ref(&change), &base)?.pop().ok_or(Error::NotFound)?;
            Ok::<_, Error>((item, setting::in_service(tx)?))
        })
        .await?;
    super::single(&state, &service, item).await
}
