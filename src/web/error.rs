//! What went wrong, by what the visitor can do about it; each becomes a page with the request's number and a way on.
//!
//! A handler answers `Result<_, Error>`. The variant's status goes out at once and its words ride along; [`pages`], around
//! every handler, turns them into a page that stands in the same frame as all others, or into JSON where data was asked
//! for. What failed inside is logged here, once, and never shown.

mod unsaved;

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::Poll;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder, ResponseError, web};
use askama::Template;
use tracing_actix_web::RequestId;

use super::shell::Shell;
use super::state::State;
use super::{api, frame};
use crate::domain::access::Refusal;
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::words::{self, Sending, Trouble};
use crate::{service, store};
use unsaved::Unsaved;
pub(super) use unsaved::remember;

/// A request that cannot be answered as it was meant.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such page, or none that this visitor may know of.
    #[error("not found")]
    NotFound,
    /// There is such a page, and was none yet on the day that is looked back to.
    #[error("not there on {0}")]
    NotThen(Day),
    /// There is such a page, for other methods than this one.
    #[error("not for this method")]
    Method(Vec<Method>),
    /// The person may not; the sentence says why.
    #[error("{0}")]
    Forbidden(String),
    /// The form did not come from a page of ours, or is too old.
    #[error("the form did not come from a page of ours")]
    Forged,
    /// The form was opened in an earlier session of the same browser. This is the page that shows what was written.
    #[error("the form belongs to an earlier session")]
    Kept(String),
    /// What was sent has faults, and no form is there to show them in.
    #[error(transparent)]
    Problems(#[from] Problems),
    /// It has another address now.
    #[error("moved to {0}")]
    Moved(String),
    /// What stands at it is a part of what has another address, for as long as the two hang together.
    #[error("found at {0} at present")]
    Elsewhere(String),
    /// The address asks for something that the register does not know; each sentence names what.
    #[error("the address asks for what is not known")]
    Address(Problems),
    /// What was sent cannot be read at all.
    #[error("what was sent cannot be read")]
    Unreadable,
    /// More was sent than a form may hold.
    #[error("more was sent than a form may hold")]
    TooLarge,
    /// Somebody else changed it first, and no page is there to show both.
    #[error("changed by somebody else meanwhile")]
    Stale,
    /// Too many tries; seconds until the next.
    #[error("too many tries")]
    TooMany(i64),
    /// Too much to do at this moment: try again soon.
    #[error("busy")]
    Busy,
    /// Nothing can be shown anew or saved at this moment. The text is for the log.
    #[error("{1}")]
    Trouble(Trouble, String),
    /// Something failed inside. The text is for the log.
    #[error("{0}")]
    Failed(String),
}

impl From<store::Error> for Error {
    fn from(fault: store::Error) -> Self {
        match fault {
            store::Error::NotFound => Self::NotFound,
            store::Error::Stale => Self::Stale,
            store::Error::Busy => Self::Busy,
            store::Error::Gone(source) => Self::Trouble(Trouble::Gone, source),
            store::Error::Full(source) => Self::Trouble(Trouble::Full, source),
            store::Error::ReadOnly(source) => Self::Trouble(Trouble::ReadOnly, source),
            other => Self::Failed(other.to_string()),
        }
    }
}

impl From<service::Error> for Error {
    fn from(fault: service::Error) -> Self {
        match fault {
            service::Error::Refused(refusal) => refusal.into(),
            service::Error::NotFound => Self::NotFound,
            service::Error::Problems(problems) => Self::Problems(problems),
            service::Error::Stale => Self::Stale,
            service::Error::Store(fault) => fault.into(),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Forbidden(refusal.to_string())
    }
}

impl From<askama::Error> for Error {
    fn from(fault: askama::Error) -> Self {
        Self::Failed(format!("a page could not be made: {fault}"))
    }
}

impl From<std::io::Error> for Error {
    fn from(fault: std::io::Error) -> Self {
        Self::Failed(format!("a file could not be written: {fault}"))
    }
}

/// The words of an error page, carried from where they are known to where the page is made.
#[derive(Debug, Clone, Default)]
struct Said {
    sentences: Vec<String>,
    trouble: Option<Trouble>,
}

impl Error {
    fn said(&self) -> Said {
        let sentences = match self {
            Self::Forbidden(sentence) => vec![sentence.clone()],
            Self::Problems(problems) | Self::Address(problems) => {
                problems.iter().map(|problem| problem.sentence.clone()).collect()
            }
            Self::NotThen(day) => vec![words::not_then(*day), words::SEE_TODAY.to_owned()],
            Self::Forged => vec![
                "This form was open for too long, or was not sent from a page of this register. Nothing has been saved."
                    .to_owned(),
                "Go back, load the page again, and send the form from there.".to_owned(),
            ],
            _ => Vec::new(),
        };
        let trouble = if let Self::Trouble(trouble, _) = self { Some(*trouble) } else { None };
        Said { sentences, trouble }
    }
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::NotThen(_) => StatusCode::NOT_FOUND,
            Self::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::Moved(_) => StatusCode::MOVED_PERMANENTLY,
            Self::Elsewhere(_) => StatusCode::FOUND,
            Self::Forbidden(_) | Self::Forged => StatusCode::FORBIDDEN,
            Self::Problems(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Unreadable | Self::Address(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Stale | Self::Kept(_) => StatusCode::CONFLICT,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy | Self::Trouble(..) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        if let Self::Failed(source) | Self::Trouble(_, source) = self {
            tracing::error!(source = source.as_str(), "a request failed");
        }
        let mut answer = HttpResponseBuilder::new(self.status_code());
        match self {
            Self::Kept(page) => return answer.content_type("text/html; charset=utf-8").body(page.clone()),
            Self::TooMany(seconds) => answer.insert_header((header::RETRY_AFTER, seconds.to_string())),
            Self::Method(allowed) => answer.insert_header(header::Allow(allowed.clone())),
            Self::Busy => answer.insert_header((header::RETRY_AFTER, "5")),
            Self::Trouble(Trouble::Gone, _) => answer.insert_header((header::RETRY_AFTER, "10")),
            Self::Trouble(..) => answer.insert_header((header::RETRY_AFTER, "60")),
            Self::Moved(to) | Self::Elsewhere(to) => answer.insert_header((header::LOCATION, to.as_str())),
            _ => &mut answer,
        };
        let mut answer = answer.finish();
        answer.extensions_mut().insert(self.said());
        answer
    }
}

/// Marks an answer whose own words go out as they are, whatever its status.
#[derive(Debug, Clone, Copy)]
pub struct Complete;

/// The page that says what went wrong.
#[derive(Template)]
#[template(path = "error/show.html")]
struct ErrorPage {
    shell: Shell,
    sentences: Vec<String>,
    /// What was sent, where it was not saved through no fault of its sender.
    unsaved: Option<Unsaved>,
    request_id: String,
}

/// What is known of a request before it is answered; enough to make a page when the request itself is gone.
struct Frame {
    shell: Shell,
    request_id: String,
    /// Whether something was to be saved.
    sends: bool,
    unsaved: Option<Unsaved>,
    /// Whether that is the answer to a program that reads the API.
    wants_problem: bool,
    wants_data: bool,
}

impl Frame {
    fn of(request: &ServiceRequest) -> Self {
        let path = request.path().to_owned();
        let mut shell = Shell::new("Followthrough", path.clone()).unlisted();
        if let Some(state) = request.app_data::<web::Data<State>>() {
            shell.site_name = state.site.name.clone().into();
            shell.in_service = state.last_known_operator();
            shell.demo = state.site.demo;
        }
        let request_id = request.extensions().get::<RequestId>().map_or_else(String::new, ToString::to_string);
        let (sends, wants_problem) = (request.method() == Method::POST, path.starts_with(api::ROOT));
        Self { shell, request_id, sends, unsaved: None, wants_problem, wants_data: path.ends_with(".json") }
    }

    /// Names the person who is signed in, where the request got so far that this is known.
    fn for_whom(mut self, request: &HttpRequest) -> Self {
        if let (Some(known), Ok(state)) = (frame::already_known(request), frame::state(request)) {
            self.shell = frame::shell(request, state, &known).noticed(None).unlisted();
        }
        self
    }

    /// Keeps what was sent, where it was not saved and its sender may send it again.
    fn with_what_was_sent(mut self, request: &HttpRequest, status: StatusCode) -> Self {
        self.unsaved = unsaved::of(request, status);
        self
    }

    /// The page (or the data) for a status, on the answer that has it.
    fn fill(self, answer: HttpResponse<BoxBody>) -> HttpResponse<BoxBody> {
        let said = answer.extensions().get::<Said>().cloned().unwrap_or_default();
        let has_file = self.unsaved.as_ref().is_some_and(|unsaved| unsaved.kept.has_file);
        let sending = match (has_file, self.sends) {
            (true, _) => Sending::File,
            (false, true) => Sending::Form,
            (false, false) => Sending::Nothing,
        };
        let (title, mut sentences) = match said.trouble {
            Some(trouble) => (words::trouble_heading(trouble, sending), words::trouble(trouble, sending)),
            None => general(answer.status()),
        };
        if !said.sentences.is_empty() {
            sentences = said.sentences;
        }
        let (kind, body) = if self.wants_problem {
            let data = serde_json::json!({
                "type": "about:blank",
                "title": title,
                "status": answer.status().as_u16(),
                "detail": sentences.join(" "),
                "request_id": self.request_id,
            });
            ("application/problem+json", data.to_string())
        } else if self.wants_data {
            let data = serde_json::json!({ "error": title, "detail": sentences, "request_id": self.request_id });
            ("application/json", data.to_string())
        } else {
            let (shell, unsaved) = (self.shell.titled(title), self.unsaved);
            let page = ErrorPage { shell, sentences, unsaved, request_id: self.request_id };
            ("text/html; charset=utf-8", page.render().unwrap_or_else(|_| title.to_owned()))
        };
        let mut answer = answer.set_body(BoxBody::new(body));
        answer.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
        answer
    }
}

/// The title and the sentences for a status, where nothing more exact is known.
fn general(status: StatusCode) -> (&'static str, Vec<String>) {
    let (title, sentences): (_, &[&str]) = match status.as_u16() {
        400 => ("This cannot be read", &["What was sent is not in a form that this register can read."]),
        401 => ("Sign in", &["You need to sign in for this."]),
        403 => ("You cannot do this", &["You do not have the right to see or do this."]),
        404 => (
            "Page not found",
            &["If you typed the address, check that it is correct. If you followed a link, it may be out of date."],
        ),
        405 => (
            "This page cannot do that",
            &["The address is right, but it cannot be asked for in this way. Nothing has been saved."],
        ),
        409 => (
            "Somebody else changed this first",
            &["Nothing has been saved. Go back, load the page again, and see what has changed."],
        ),
        413 => {
            ("Too much to take in at once", &["What was sent is larger than a form may be. Nothing has been saved."])
        }
        422 => ("There is a problem", &["Nothing has been saved."]),
        429 => ("Wait a while", &["There were too many tries. Wait a few minutes, then try again."]),
        503 => ("Busy at the moment", &["Nothing has been saved. Try again in a minute."]),
        _ => ("Something failed here", &["It is not your doing, and nothing has been half-saved. Try again later."]),
    };
    (title, sentences.iter().map(|sentence| (*sentence).to_owned()).collect())
}

/// Stands around every handler: an error without a page gets one, and a panic is an error of this one request.
///
/// # Errors
/// Only after a panic, when the request is gone and the answer can ride on nothing else.
pub async fn pages(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let frame = Frame::of(&request);
    match caught(next.call(request)).await {
        Some(Ok(response)) if lacks_page(&response) => {
            let (request, answer) = response.map_into_boxed_body().into_parts();
            let answer = frame.for_whom(&request).with_what_was_sent(&request, answer.status()).fill(answer);
            Ok(ServiceResponse::new(request, answer))
        }
        Some(Ok(response)) => Ok(response.map_into_boxed_body()),
        Some(Err(fault)) => {
            let answer = frame.fill(fault.error_response());
            Err(InternalError::from_response(fault, answer).into())
        }
        None => {
            tracing::error!(request_id = frame.request_id.as_str(), "a handler panicked");
            let answer = frame.fill(HttpResponse::InternalServerError().finish());
            Err(InternalError::from_response("a handler panicked", answer).into())
        }
    }
}

/// An error that no handler has made a page for: those of handlers carry a body of their own kind.
fn lacks_page<B: MessageBody>(response: &ServiceResponse<B>) -> bool {
    let failed = response.status().is_client_error() || response.status().is_server_error();
    let said = response.response().extensions().get::<Said>().is_some();
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let complete = response.response().extensions().get::<Complete>().is_some();
    failed && !complete && (said || kind.is_none_or(|kind| kind.starts_with("text/plain")))
}

/// Runs a handler; `None` when it panicked. The panic's own words went to the log from where it happened.
async fn caught<T>(handler: impl Future<Output = T>) -> Option<T> {
    let mut handler = Box::pin(handler);
    poll_fn(move |context| match catch_unwind(AssertUnwindSafe(|| handler.as_mut().poll(context))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(answer)) => Poll::Ready(Some(answer)),
        Err(_) => Poll::Ready(None),
    })
    .await
}

#[cfg(test)]
mod tests;
