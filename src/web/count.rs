//! What is counted of each request: the pattern of its route, its method, the class of its status, and how long it took. A
//! pattern has a place for an identifier and never holds one.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, web};

use super::log::Pattern;
use super::state::State;
use crate::telemetry::numbers::{Numbers, REQUEST_SECONDS, REQUESTS};

/// Counts a request when its answer begins.
///
/// # Errors
/// What comes from within.
pub async fn each(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let numbers = request.app_data::<web::Data<State>>().map(|state| state.numbers.clone());
    let Some(numbers) = numbers.filter(Numbers::is_on) else { return next.call(request).await };
    let begun = Instant::now();
    let route = request.extensions().get::<Pattern>().map_or_else(String::new, |pattern| pattern.0.clone());
    let method = named(request.method());
    let answer = next.call(request).await;
    let status = match &answer {
        Ok(response) => response.status(),
        Err(fault) => fault.as_response_error().status_code(),
    };
    let asked = [("route", route.as_str()), ("method", method)];
    numbers.counter(REQUESTS, &[asked[0], asked[1], ("class", class(status))]).increment(1);
    numbers.histogram(REQUEST_SECONDS, &asked).record(begun.elapsed());
    answer
}

/// The methods that routes have; whatever else somebody writes there is no label.
fn named(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    }
}

fn class(status: StatusCode) -> &'static str {
    match status.as_u16() {
        100..200 => "1xx",
        200..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        _ => "5xx",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_few() {
        assert_eq!(
            [200, 303, 404, 503].map(|code| class(StatusCode::from_u16(code).unwrap())),
            ["2xx", "3xx", "4xx", "5xx"]
        );
        assert_eq!(named(&Method::from_bytes(b"canary").unwrap()), "other");
        assert_eq!(named(&Method::HEAD), "HEAD");
    }
}
