//! The register for programs: read-only JSON under `/api/v1`, one file for each noun. Lists go on by a `next` address; what
//! an answer looks like is in `document`, made from the same structs.
//!
//! Anybody's page may read it from anywhere (CORS), for nothing in it is anybody's own. Faults are problems as in RFC 9457.

pub mod body;
pub mod change;
mod cursor;
pub mod document;
pub mod inquiry;
pub mod recommendation;
mod schema;

use actix_web::HttpResponse;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use serde::Serialize;
use utoipa::ToSchema;

use super::cache::FRESH;
use super::error::Error;
use super::held;
use super::public::DataFrame;
use super::public::data::{ElsewhereData, FoundData, HoldData, ListGroundData, OldestData, ReportsData};
use super::public::ground;
use super::state::State;
use crate::domain::words;
use crate::store::setting::Service;

pub(super) use cursor::Paging;

/// What all addresses of it begin with.
pub const ROOT: &str = "/api/v1/";

/// One page of a list.
#[derive(Serialize, ToSchema)]
struct Listing<T> {
    /// What everybody must know who reads it; null once somebody has taken responsibility for this register.
    notice: Option<String>,
    /// The licence of the data; null until the operator has said so.
    licence: Option<String>,
    /// The holds on the whole register, under which nothing new is published; empty where there is none.
    holds: Vec<HoldData>,
    /// One page of what was asked for.
    items: Vec<T>,
    /// How many there are on all pages together.
    total: u64,
    /// Whether there are more than `total`, which were not counted.
    total_is_capped: bool,
    /// Whose words the recommendations of the list are, as far as they were counted; null in a list of something else.
    denominators: Option<FoundData>,
    /// What the reports count that stand behind the list; null where none does, as behind a list of changes.
    reports_behind: Option<ReportsData>,
    /// The oldest of all that these reports hold that nobody has looked at; null where there is none, where the list leaves out
    /// some of what they hold, and of recommendations on every page but the first.
    oldest_not_looked_at: Option<OldestData>,
    /// Where what was put to the body asked for is counted that another one answers now; null where there is none of it, or no body was asked for.
    counted_elsewhere: Option<ElsewhereData>,
    /// The address of the next page; null on the last.
    next: Option<String>,
}

/// What a list rests on, as far as it is said.
#[derive(Default)]
struct RestsOn {
    denominators: Option<FoundData>,
    ground: ListGroundData,
}

impl RestsOn {
    /// A list about what the reports hold, or about whom they ask.
    fn reports(read: &ground::Read, base: &str) -> Self {
        Self { denominators: None, ground: ListGroundData::of(read, base) }
    }
}

/// One thing.
#[derive(Serialize, ToSchema)]
struct Single<T> {
    /// What everybody must know who reads it; null once somebody has taken responsibility for this register.
    notice: Option<String>,
    /// The licence of the data; null until the operator has said so.
    licence: Option<String>,
    /// The holds on the whole register, under which nothing new is published; empty where there is none.
    holds: Vec<HoldData>,
    /// The thing.
    item: T,
}

fn notice(service: &Service) -> Option<String> {
    service.operator.is_none().then(|| words::NOT_IN_SERVICE.to_owned())
}

fn licence(service: &Service) -> Option<String> {
    service.licence.map(|one| words::data_licence(one).to_owned())
}

async fn holds(state: &State) -> Result<Vec<HoldData>, Error> {
    Ok(HoldData::of(held::standing(state).await?.of_register()))
}

async fn list<T: Serialize>(
    state: &State,
    service: &Service,
    (items, rests_on): (Vec<T>, RestsOn),
    (total, total_is_capped): (u64, bool),
    next: Option<String>,
) -> Result<HttpResponse, Error> {
    let (notice, licence, holds) = (notice(service), licence(service), holds(state).await?);
    let RestsOn { denominators, ground } = rests_on;
    let ListGroundData { reports_behind, oldest_not_looked_at, counted_elsewhere } = ground;
    let listing = Listing {
        notice,
        licence,
        holds,
        items,
        total,
        total_is_capped,
        denominators,
        reports_behind,
        oldest_not_looked_at,
        counted_elsewhere,
        next,
    };
    answer(service, &listing)
}

async fn single<T: Serialize>(state: &State, service: &Service, item: T) -> Result<HttpResponse, Error> {
    let (notice, licence, holds) = (notice(service), licence(service), holds(state).await?);
    answer(service, &Single { notice, licence, holds, item })
}

fn answer(service: &Service, data: &impl Serialize) -> Result<HttpResponse, Error> {
    let body = serde_json::to_vec(data).map_err(|fault| Error::Failed(fault.to_string()))?;
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::CACHE_CONTROL, FRESH)).content_type("application/json");
    if DataFrame::of(service, false).is_unlisted() {
        answer.insert_header(("x-robots-tag", "noindex"));
    }
    Ok(answer.body(body))
}

/// Lets every page read what lies under [`ROOT`], and answers a browser that asks whether it may.
///
/// # Errors
/// What comes from within.
pub async fn open(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if !request.path().starts_with(ROOT) {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let asks = request.method() == Method::OPTIONS;
    let mut response = next.call(request).await?.map_into_boxed_body();
    if asks && response.status() == StatusCode::METHOD_NOT_ALLOWED {
        // The address is known, for reading.
        let (request, _) = response.into_parts();
        let mut answer = HttpResponse::NoContent();
        answer.insert_header((header::ALLOW, READ)).insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, READ));
        answer.insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, "if-none-match"));
        answer.insert_header((header::ACCESS_CONTROL_MAX_AGE, "86400"));
        response = ServiceResponse::new(request, answer.finish());
    }
    share(response.headers_mut());
    Ok(response)
}

const READ: &str = "GET, HEAD, OPTIONS";

fn share(headers: &mut HeaderMap) {
    let all: [(HeaderName, &str); 2] =
        [(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (header::ACCESS_CONTROL_EXPOSE_HEADERS, "etag")];
    for (name, value) in all {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
