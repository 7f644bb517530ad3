//! What every answer says in its headers: pages, errors and static files alike.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::ConnectionType;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, web};

use super::ending::Ending;
use super::state::State;

/// Nothing is loaded from anywhere but here, nothing runs that is not a file of ours, nobody frames a page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// A year of https only, once it was https.
const ONE_YEAR: &str = "max-age=31536000";

const ALWAYS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

/// Adds the headers to whatever comes from within. An answer that says nothing about caching is not kept by anybody. One that is given
/// while the end is near is the last on its connection.
///
/// # Errors
/// What comes from within, its answer with the headers.
pub async fn add(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let state = request.app_data::<web::Data<State>>();
    let site = state.map(|state| (state.site.secure, state.site.demo, state.ending.clone()));
    let (secure, demo, ending): (bool, bool, Ending) = site.unwrap_or_default();
    match next.call(request).await {
        Ok(mut response) => {
            put(response.headers_mut(), secure, demo);
            if ending.has_begun() {
                response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
            }
            Ok(response)
        }
        Err(fault) => {
            let mut response = fault.error_response();
            put(response.headers_mut(), secure, demo);
            if ending.has_begun() {
                response.head_mut().set_connection_type(ConnectionType::Close);
            }
            Err(InternalError::from_response(fault, response).into())
        }
    }
}

fn put(headers: &mut HeaderMap, secure: bool, demo: bool) {
    for (name, value) in ALWAYS {
        // A file that a person uploaded is served under a narrower policy of its own.
        if name == header::CONTENT_SECURITY_POLICY && headers.contains_key(&name) {
            continue;
        }
        headers.insert(name, HeaderValue::from_static(value));
    }
    if demo {
        // Nothing of what is fictional is found by a search, whatever kind of answer it is.
        headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    }
    if secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ONE_YEAR));
    }
    // Said within, so that nothing compresses the answer; to others it says nothing.
    if headers.get(header::CONTENT_ENCODING).is_some_and(|coding| coding == "identity") {
        headers.remove(header::CONTENT_ENCODING);
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}
