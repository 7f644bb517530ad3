//! What a handler answers with: a page, a page with faults, or the way to the next one.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use askama::Template;

use super::error::Error;

/// A page, as it is.
///
/// # Errors
/// When the template cannot be filled.
pub fn page(page: &impl Template) -> Result<HttpResponse, Error> {
    page_with(StatusCode::OK, page)
}

/// A page that answers with another status, such as 422 for a form with faults and 409 for a stale one.
///
/// # Errors
/// When the template cannot be filled.
pub fn page_with(status: StatusCode, page: &impl Template) -> Result<HttpResponse, Error> {
    Ok(HttpResponse::build(status).content_type("text/html; charset=utf-8").body(page.render()?))
}

/// A page that has been made.
#[must_use]
pub fn html(page: String) -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page)
}

/// The way to the next page, after something was done: 303.
#[must_use]
pub fn see_other(location: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, location)).finish()
}
