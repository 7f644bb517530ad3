//! One line of the log for each request: its method, its route, its status and its number. Never a query, never a
//! reader's address.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::{Error, HttpMessage};
use tracing::Span;
use tracing_actix_web::{RequestId, RootSpanBuilder};

/// The pattern of the route that a request asks for; `none` where there is none. It is looked up once for each request.
pub struct Pattern(pub String);

/// Makes the span that everything logged during a request stands in, and the line at its end.
pub struct Line;

impl RootSpanBuilder for Line {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let id = request.extensions().get::<RequestId>().map_or_else(String::new, ToString::to_string);
        let route = request.match_pattern().unwrap_or_else(|| "none".to_owned());
        let span = tracing::info_span!("request", method = %request.method(), route, request_id = id);
        request.extensions_mut().insert(Pattern(route));
        span
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let status = match outcome {
            Ok(response) => response.status(),
            Err(fault) => fault.as_response_error().status_code(),
        };
        span.in_scope(|| tracing::info!(status = status.as_u16(), "answered"));
    }
}
