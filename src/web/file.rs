//! Static files: found by their hashed name only, kept by browsers for a year, sent as they were compressed when built.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

use super::cache::Coding;
use super::error::Error;
use crate::embed;

/// `/assets/{name}`.
///
/// # Errors
/// [`Error::NotFound`] for every other name.
pub async fn show(request: HttpRequest, name: web::Path<String>) -> Result<HttpResponse, Error> {
    let asset = embed::find(&name).ok_or(Error::NotFound)?;
    let kept = request.headers().get(header::IF_NONE_MATCH).is_some_and(|tag| tag.as_bytes() == asset.etag.as_bytes());
    let mut answer = if kept { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer
        .insert_header((header::CACHE_CONTROL, embed::CACHE_CONTROL))
        .insert_header((header::ETAG, asset.etag.clone()))
        .insert_header((header::VARY, "accept-encoding"));
    if kept {
        return Ok(answer.finish());
    }
    let coding = Coding::of(&request);
    let bytes = match coding {
        Coding::Plain => asset.plain,
        Coding::Gzip => asset.gzip,
        Coding::Brotli => asset.brotli,
    };
    Ok(answer.content_type(asset.content_type).insert_header(coding.header()).body(bytes.into_owned()))
}
