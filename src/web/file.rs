//! Static files: found by their hashed name only, kept by browsers for a year, sent as they were compressed when built.

use actix_web::http::header::{self, AcceptEncoding, ContentEncoding, Encoding, Header};
use actix_web::{HttpRequest, HttpResponse, web};

use super::error::Error;
use crate::embed::{self, Asset};

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
    let (encoding, bytes) = packed(&request, asset.clone());
    // Said in every case, so that nothing compresses it again.
    Ok(answer.content_type(asset.content_type).insert_header(encoding).body(bytes.into_owned()))
}

/// The smallest form that the browser reads.
fn packed(request: &HttpRequest, asset: Asset) -> (ContentEncoding, std::borrow::Cow<'static, [u8]>) {
    let reads = AcceptEncoding::parse(request).ok();
    let forms = [Encoding::brotli(), Encoding::gzip(), Encoding::identity()];
    match reads.and_then(|reads| reads.negotiate(forms.iter())) {
        Some(form) if form == Encoding::brotli() => (ContentEncoding::Brotli, asset.brotli),
        Some(form) if form == Encoding::gzip() => (ContentEncoding::Gzip, asset.gzip),
        _ => (ContentEncoding::Identity, asset.plain),
    }
}
