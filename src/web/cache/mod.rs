//! The pages kept in memory, so that a crowd costs no more than the first who comes.
//!
//! [`keep`] stands around every handler. `asked` says who asks and from where they are answered, `route` which public addresses are
//! kept and by which parameters, `key` under what, `today` which of them are of no earlier day, `filling` lets one make what many
//! wait for, `page` is an answer with its forms and tags. What is kept was read from one state of the register on one day
//! ([`Version`]) and is shown to readers without a session while both last; the worker asks nobody. A handler says by [`FRESH`] that
//! its answer is everybody's; an answer with a posting form never is.

mod asked;
mod coding;
mod filling;
mod key;
mod page;
mod route;
mod today;

use std::sync::Arc;

use actix_web::body::{BodySize, BoxBody, MessageBody, to_bytes};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use memchr::memmem;
use metrics::Counter;
use moka::sync::Cache;

use super::answer::see_other;
use super::door::Route;
use super::error::Error;
use super::state::State;
use crate::domain::words;
use crate::store::stamp::{Known, Standing};
use crate::telemetry::numbers::{CACHE_HITS, CACHE_MISSES, Numbers};

use asked::{Asked, Wire, by_replica};
pub(super) use coding::Coding;
use filling::{Filler, Filling, Turn};
use page::{Page, Version};
use route::{Answered, Finder};
pub use route::{KEPT, MADE_ANEW};
use today::without_day;

/// What a handler says of an answer that is everybody's: to be asked about again, so that a change is seen on the next request.
pub const FRESH: &str = "max-age=0, must-revalidate";
/// The same on its way out: a proxy may carry it to a crowd for a minute.
const SHARED: &str = "max-age=0, s-maxage=60";
/// The same where somebody typed what is asked for: nobody on the way keeps it.
const TYPED: &str = "private, no-store";

/// How many bytes all kept answers take at most.
const ROOM: u64 = 24 * 1024 * 1024;
/// The largest answer that is kept.
const LARGEST: u64 = 1024 * 1024;
/// What kinds of answers are kept: those that are text.
const KINDS: [&str; 7] = [
    "text/html",
    "text/csv",
    "text/plain",
    "text/calendar",
    "application/json",
    "application/atom+xml",
    "application/xml",
];

/// The kept answers. A clone holds the same ones.
#[derive(Clone)]
pub struct Pages {
    kept: Cache<Arc<str>, Arc<Page>>,
    filling: Filling,
    finder: Arc<Finder>,
    /// How often what was asked for was kept, and how often it had to be made.
    hits: Counter,
    misses: Counter,
}

/// How much is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// How many answers.
    pub answers: u64,
    /// How many bytes they take at most.
    pub bytes: u64,
    /// How many bytes all may take.
    pub room: u64,
}

impl Pages {
    /// Nothing kept yet, of what this table has.
    #[must_use]
    pub fn new(table: &[Route]) -> Self {
        Self::with_room(table, ROOM)
    }

    fn with_room(table: &[Route], room: u64) -> Self {
        let weigh = |name: &Arc<str>, page: &Arc<Page>| {
            page.weight().saturating_add(u32::try_from(name.len()).unwrap_or(u32::MAX))
        };
        let kept = Cache::builder().max_capacity(room).weigher(weigh).build();
        let (hits, misses) = (Counter::noop(), Counter::noop());
        Self { kept, filling: Filling::default(), finder: Arc::new(Finder::new(table)), hits, misses }
    }

    /// Counts from now on how often what is asked for is kept.
    pub fn count(&mut self, numbers: &Numbers) {
        self.hits = numbers.counter(CACHE_HITS, &[]);
        self.misses = numbers.counter(CACHE_MISSES, &[]);
    }

    /// How much is kept at this moment.
    #[must_use]
    pub fn held(&self) -> Held {
        self.kept.run_pending_tasks();
        let room = self.kept.policy().max_capacity().unwrap_or_default();
        Held { answers: self.kept.entry_count(), bytes: self.kept.weighted_size(), room }
    }

    /// The answer of this very state and day.
    fn current(&self, name: &str, version: Version) -> Option<Arc<Page>> {
        self.kept.get(name).filter(|page| page.version == version)
    }

    /// The answer of this state, on whatever day it was made: for while nobody can be asked for a newer one.
    fn last(&self, name: &str, version: Version) -> Option<Arc<Page>> {
        self.kept.get(name).filter(|page| page.version.stamp == version.stamp)
    }
}

/// Answers from what is kept, or keeps what is answered.
///
/// # Errors
/// What comes from within.
pub async fn keep(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let state = request.app_data::<web::Data<State>>().filter(|_| reads).cloned();
    let found = state.and_then(|state| state.pages.finder.find(request.path()).map(|answered| (state, answered)));
    let Some((state, by)) = found else { return Ok(next.call(request).await?.map_into_boxed_body()) };
    if let Some(there) = without_day(request.path(), request.query_string(), by.names()) {
        return Ok(request.into_response(see_other(&there)));
    }
    let request = by_replica(&state, request);
    let Answered::Kept(names) = by else { return Ok(next.call(request).await?.map_into_boxed_body()) };
    let asked = Asked::of(request.request(), &state.site, names);
    let Some(name) = &asked.name else { return one(&state, request, next, asked.wire).await };
    match here(&state, name) {
        Here::Current(page) => return answered(&state, request, &page).await,
        Here::Old(page) => return answered_as_old(&state, request, &page),
        Here::Unsure => return sure_or_old(&state, request, next, &asked).await,
        Here::Nothing => {}
    }
    match state.pages.filling.turn(name).await {
        Turn::Alone => missed(&state, request, next, asked.wire).await,
        Turn::Kept => match here(&state, name) {
            Here::Current(page) => answered(&state, request, &page).await,
            _ => missed(&state, request, next, asked.wire).await,
        },
        // Between the look and the turn another one may have made it.
        Turn::Fill(filler) => match here(&state, name) {
            Here::Current(page) => {
                filler.done(true);
                answered(&state, request, &page).await
            }
            _ => fill(&state, request, next, &asked, filler).await,
        },
    }
}

/// What is there for a request.
enum Here {
    /// The answer.
    Current(Arc<Page>),
    /// The answer as it was when the register could still be asked.
    Old(Arc<Page>),
    /// Nothing that can be relied on: what is known of the register is some seconds old, or it cannot be asked.
    Unsure,
    /// Nothing yet.
    Nothing,
}

fn here(state: &State, name: &str) -> Here {
    let (known, version) = version(state);
    match known.standing() {
        Standing::Current => state.pages.current(name, version).map_or(Here::Nothing, Here::Current),
        Standing::Gone => state.pages.last(name, version).map_or(Here::Unsure, Here::Old),
        Standing::Late => Here::Unsure,
    }
}

/// The state and the day that an answer shows which is begun now, or later ones: so it is asked before the answer is made.
fn version(state: &State) -> (Known, Version) {
    let known = state.reader.known();
    (known, Version { stamp: known.stamp, day: state.today() })
}

/// Makes an answer and keeps it, if it is one to be kept.
async fn fill(
    state: &State,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    asked: &Asked,
    filler: Filler,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    state.pages.misses.increment(1);
    let begun = version(state).1;
    match made(state, begun, next.call(request).await?, asked.wire).await? {
        Made::Page(request, page) => {
            let page = Arc::new(*page);
            if let Some(name) = &asked.name {
                state.pages.kept.insert(Arc::clone(name), Arc::clone(&page));
            }
            filler.done(true);
            let answer = page.answer(&request).await?;
            Ok(ServiceResponse::new(request, answer))
        }
        Made::Other(response) => {
            filler.done(false);
            Ok(response)
        }
    }
}

/// Makes an answer that others would have found kept.
async fn missed(
    state: &State,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    wire: Wire,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    state.pages.misses.increment(1);
    one(state, request, next, wire).await
}

/// Makes an answer for one request.
async fn one(
    state: &State,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    wire: Wire,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let begun = version(state).1;
    match made(state, begun, next.call(request).await?, wire).await? {
        Made::Page(request, page) => {
            // What was read from the replica while the register cannot be asked may lack what others published since.
            let is_public = state.for_everybody.is_some() && wire != Wire::AsSaid;
            let is_cut_off = is_public && state.reader.known().standing() == Standing::Gone;
            let answer = if is_cut_off { as_old(state, &page)? } else { page.answer(&request).await? };
            Ok(ServiceResponse::new(request, answer))
        }
        Made::Other(response) => Ok(response),
    }
}

/// The same where the register may not answer: then what is kept is better than a failure, and says how old it is.
async fn sure_or_old(
    state: &State,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    asked: &Asked,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let response = missed(state, request, next, asked.wire).await?;
    let failed = response.status().is_server_error();
    let (_, version) = version(state);
    let kept = asked.name.as_deref().filter(|_| failed).and_then(|name| state.pages.last(name, version));
    match kept.filter(|_| state.reader.known().standing() == Standing::Gone) {
        Some(page) => {
            let answer = as_old(state, &page)?;
            Ok(ServiceResponse::new(response.into_parts().0, answer))
        }
        None => Ok(response),
    }
}

async fn answered(
    state: &State,
    request: ServiceRequest,
    page: &Page,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    state.pages.hits.increment(1);
    let answer = page.answer(request.request()).await?;
    Ok(request.into_response(answer))
}

fn answered_as_old(
    state: &State,
    request: ServiceRequest,
    page: &Page,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    state.pages.hits.increment(1);
    let answer = as_old(state, page)?;
    Ok(request.into_response(answer))
}

fn as_old(state: &State, page: &Page) -> Result<HttpResponse, Error> {
    let said = words::made_before(page.made_at(), &state.site.zone);
    page.answer_as_old(&said, state.now().seconds_since(page.made_at()))
}

/// What a handler answered.
enum Made {
    /// Something that is everybody's, whole.
    Page(HttpRequest, Box<Page>),
    /// Anything else, as it is.
    Other(ServiceResponse<BoxBody>),
}

/// Takes an answer in, if it is everybody's: with a tag for each of its forms.
async fn made(
    state: &State,
    begun: Version,
    response: ServiceResponse<impl MessageBody + 'static>,
    wire: Wire,
) -> Result<Made, actix_web::Error> {
    let response = response.map_into_boxed_body();
    if !is_everybodys(response.status(), response.headers()) || !is_small(response.response().body()) {
        return Ok(Made::Other(response));
    }
    let (request, response) = response.into_parts();
    let (mut response, body) = response.into_parts();
    let plain = to_bytes(body).await.map_err(|fault| Error::Failed(format!("an answer broke off: {fault}")))?;
    if posts(&plain) {
        return Ok(Made::Other(ServiceResponse::new(request, response.set_body(BoxBody::new(plain)))));
    }
    let head = response.headers_mut();
    let keeping = match wire {
        Wire::Shared => Some(SHARED),
        Wire::Nobody => Some(TYPED),
        Wire::AsSaid => None,
    };
    if let Some(keeping) = keeping {
        head.insert(header::CACHE_CONTROL, HeaderValue::from_static(keeping));
    }
    vary(head);
    Ok(Made::Page(request, Box::new(Page::new(begun, state.now(), head, plain))))
}

fn is_everybodys(status: StatusCode, head: &HeaderMap) -> bool {
    let says = |name: HeaderName| head.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = says(header::CONTENT_TYPE).split(';').next().unwrap_or_default().trim();
    status == StatusCode::OK
        && says(header::CACHE_CONTROL) == FRESH
        && KINDS.contains(&kind)
        && !head.contains_key(header::SET_COOKIE)
        && !head.contains_key(header::CONTENT_ENCODING)
        && head.get_all(header::VARY).all(|vary| vary.as_bytes().eq_ignore_ascii_case(b"cookie"))
}

fn is_small(body: &BoxBody) -> bool {
    matches!(body.size(), BodySize::Sized(length) if length <= LARGEST)
}

/// Whether a page has a form that does something: it would carry one reader's token to all others.
fn posts(page: &Bytes) -> bool {
    memmem::find(page, b"method=\"post\"").is_some() || memmem::find(page, b"name=\"csrf\"").is_some()
}

/// Says that the bytes differ by what the browser reads, and the answer by its session where the handler said so.
fn vary(head: &mut HeaderMap) {
    let by = if head.contains_key(header::VARY) { "Accept-Encoding, Cookie" } else { "Accept-Encoding" };
    head.insert(header::VARY, HeaderValue::from_static(by));
}

#[cfg(test)]
mod tests;
