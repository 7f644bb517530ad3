//! Inquiries for programs.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::document::Problem;
use super::{Listing, Paging, RestsOn, Single};
use crate::domain::address;
use crate::store::inquiry::{self, InquiryView};
use crate::store::setting;
use crate::store::tally::{self, Counted, Scope};
use crate::store::{self, ReadTx};
use crate::web::error::Error;
use crate::web::public::data::{InquiryDescription, NumbersData};
use crate::web::public::query::Query;
use crate::web::public::{ground, slug};
use crate::web::state::State;

/// An inquiry, inspection or investigation that made recommendations.
#[derive(Serialize, ToSchema)]
#[schema(as = Inquiry)]
pub(super) struct InquiryItem {
    #[serde(flatten)]
    description: InquiryDescription,
    /// How many recommendations of it are in the register.
    recommendations: u64,
    /// How many more were entered in error, and are in no number.
    entered_in_error: u64,
    #[serde(flatten)]
    numbers: NumbersData,
}

fn item(tx: &mut ReadTx<'_>, view: InquiryView, base: &str) -> Result<InquiryItem, store::Error> {
    let counts = tally::find(tx, Scope::Inquiry(view.name.id))?;
    let recommendations = counts.all(Counted::Recommendations);
    let entered_in_error = counts.all(Counted::RecommendationsInError);
    let address = format!("{base}{}", address::inquiry(view.name.slug.as_str()));
    let numbers = NumbersData::read(tx, &view, &counts, base)?;
    Ok(InquiryItem { description: InquiryDescription::of(view, address), recommendations, entered_in_error, numbers })
}

/// All inquiries, in the register's order.
#[utoipa::path(
    get, path = "/api/v1/inquiries", operation_id = "listInquiries", tag = "inquiries",
    params(
        ("limit" = Option<u32>, Query, description = "How many items a page holds.", minimum = 1, maximum = 100),
        ("after" = Option<String>, Query, description = "Where the page begins: taken from `next` as it stands."),
    ),
    responses(
        (status = 200, description = "One page of them.", body = Listing<InquiryItem>),
        (status = 303, description = "The address asks for an earlier day (`as-at`), which this interface does not look back to: the same of today."),
        (status = 304, description = "Nothing has changed since the answer with that ETag."),
        (status = 400, description = "The question cannot be read.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The register is busy, or cannot be asked at the moment.", body = Problem, content_type = "application/problem+json", headers(("Retry-After" = u32, description = "After how many seconds to ask again."))),
    )
)]
pub(in crate::web) async fn list(state: web::Data<State>, mut query: Query) -> Result<HttpResponse, Error> {
    let paging = Paging::of(&mut query, "/api/v1/inquiries", &[]);
    let after = paging.after::<2>(&mut query);
    query.finish()?;
    let (limit, base) = (paging.limit, state.site.base_url.clone());
    let ((items, rests_on), next, total, service) = state
        .reader
        .read_or_again(move |tx| {
            let page = inquiry::page(tx, after, limit)?;
            let mut items = Vec::new();
            for name in &page.items {
                let view = inquiry::find(tx, &name.slug)?;
                items.push(item(tx, view, &base)?);
            }
            let rests_on = RestsOn::reports(&ground::Read::of_register(tx, None)?, &base);
            Ok::<_, store::Error>(((items, rests_on), page.next, inquiry::count(tx)?, setting::in_service(tx)?))
        })
        .await?;
    super::list(&state, &service, (items, rests_on), (total, false), paging.next(&state.site.base_url, next)).await
}

/// One inquiry.
#[utoipa::path(
    get, path = "/api/v1/inquiries/{inquiry}", operation_id = "showInquiry", tag = "inquiries",
    params(("inquiry" = String, Path, description = "Its part of the address.")),
    responses(
        (status = 200, description = "It.", body = Single<InquiryItem>),
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
            let view = inquiry::find(tx, &name)?;
            Ok::<_, store::Error>((item(tx, view, &base)?, setting::in_service(tx)?))
        })
        .await?;
    super::single(&state, &service, item).await
}
