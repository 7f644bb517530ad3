//! Answers that somebody may hold already: each carries a tag of its bytes, and who names that tag is told so and no more.

use actix_web::http::header::{self, EntityTag, Header, IfNoneMatch};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// The answer with a tag, or a 304 to somebody who has it. The tag is weak, for what is compressed has other bytes.
pub fn tagged(request: &HttpRequest, mut answer: HttpResponseBuilder, body: Vec<u8>) -> HttpResponse {
    let hash = Sha256::digest(&body);
    let tag = EntityTag::new_weak(BASE64_URL_SAFE_NO_PAD.encode(&hash[..18]));
    let known = match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => request.headers().contains_key(header::IF_NONE_MATCH),
        Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|one| one.weak_eq(&tag)),
        Err(_) => false,
    };
    answer.insert_header(header::ETag(tag));
    if known {
        answer.status(actix_web::http::StatusCode::NOT_MODIFIED);
        return answer.finish();
    }
    answer.body(body)
}
