//! An answer that is kept: its bytes in each form that somebody has asked for, each form with a tag of its own.

use actix_web::http::header::{self, Header, HeaderMap, HeaderName, HeaderValue, IfNoneMatch};
use actix_web::http::{StatusCode, header::EntityTag};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use memchr::memmem;
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;

use super::coding::Coding;
use crate::domain::moment::{Day, Moment};
use crate::store::stamp::Stamp;
use crate::web::error::Error;

/// Fewer bytes are not worth compressing.
const WORTH_PACKING: usize = 512;
/// What an answer weighs beside its bytes: its name, its headers, its place.
const FRAME: usize = 2048;

/// Which state of the register an answer shows, on which day: both can change what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    pub stamp: Stamp,
    pub day: Day,
}

/// An answer.
pub struct Page {
    /// Of which state.
    pub version: Version,
    made_at: Moment,
    /// What it says in its headers in whatever form.
    head: Vec<(HeaderName, HeaderValue)>,
    hash: String,
    plain: Bytes,
    gzip: OnceCell<Bytes>,
    brotli: OnceCell<Bytes>,
}

/// Says on a page that it is not of this moment.
#[derive(Template)]
#[template(path = "cache/old.html")]
struct Old<'a> {
    said: &'a str,
}

impl Page {
    /// Made at that moment, of that state.
    pub fn new(version: Version, made_at: Moment, head: &HeaderMap, plain: Bytes) -> Self {
        let hash = BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(&plain)[..18]);
        let head = head.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        Self { version, made_at, head, hash, plain, gzip: OnceCell::new(), brotli: OnceCell::new() }
    }

    /// When it was made.
    pub const fn made_at(&self) -> Moment {
        self.made_at
    }

    /// How many bytes of memory it takes at most, with its compressed forms: together they are smaller than it.
    pub fn weight(&self) -> u32 {
        u32::try_from(2 * self.plain.len() + FRAME).unwrap_or(u32::MAX)
    }

    /// The answer in the form that this reader's browser reads, or 304 to one that has that form.
    ///
    /// # Errors
    /// When the bytes cannot be compressed.
    pub async fn answer(&self, request: &HttpRequest) -> Result<HttpResponse, Error> {
        let coding = if self.plain.len() < WORTH_PACKING { Coding::Plain } else { Coding::of(request) };
        let tag = EntityTag::new_strong(format!("{}{}", self.hash, coding.ending()));
        let is_known = match IfNoneMatch::parse(request) {
            Ok(IfNoneMatch::Any) => request.headers().contains_key(header::IF_NONE_MATCH),
            Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|one| one.weak_eq(&tag)),
            Err(_) => false,
        };
        let mut answer = HttpResponse::build(if is_known { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
        for (name, value) in &self.head {
            if !is_known || *name != header::CONTENT_TYPE {
                answer.append_header((name, value));
            }
        }
        answer.insert_header(header::ETag(tag));
        if is_known {
            return Ok(answer.finish());
        }
        let bytes = self.bytes(coding).await?;
        Ok(answer.insert_header(coding.header()).body(bytes))
    }

    async fn bytes(&self, coding: Coding) -> Result<Bytes, Error> {
        let kept = match coding {
            Coding::Plain => return Ok(self.plain.clone()),
            Coding::Gzip => &self.gzip,
            Coding::Brotli => &self.brotli,
        };
        let pack = || async {
            let plain = self.plain.clone();
            let packed = web::block(move || coding.pack(&plain)).await.map_err(|_| Error::Busy)?;
            Ok::<_, Error>(Bytes::from(packed?))
        };
        kept.get_or_try_init(pack).await.cloned()
    }

    /// The answer while the register cannot be asked, saying when it was made; nobody keeps it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn answer_as_old(&self, said: &str, age: i64) -> Result<HttpResponse, Error> {
        let mut answer = HttpResponse::Ok();
        for (name, value) in &self.head {
            if !matches!(*name, header::CACHE_CONTROL | header::VARY) {
                answer.append_header((name, value));
            }
        }
        answer.insert_header((header::AGE, age.max(0).to_string()));
        answer.insert_header((header::WARNING, format!("110 - \"made at {}\"", self.made_at)));
        Ok(answer.body(marked(&self.plain, &Old { said }.render()?)))
    }
}

/// A page with a line at the beginning of what it says; data as it is.
fn marked(plain: &Bytes, line: &str) -> Bytes {
    let begins = memmem::find(plain, b"<main ").and_then(|at| Some(at + memchr::memchr(b'>', &plain[at..])? + 1));
    let Some(at) = begins else { return plain.clone() };
    Bytes::from([&plain[..at], line.as_bytes(), &plain[at..]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::body::to_bytes;
    use actix_web::test::TestRequest;

    fn page(plain: &str) -> Page {
        let stamp = crate::store::stamp::Stamp::sample();
        let version = Version { stamp, day: "2026-11-23".parse().unwrap() };
        let mut head = HeaderMap::new();
        head.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        head.insert(header::VARY, HeaderValue::from_static("cookie"));
        Page::new(version, "2026-11-23T09:00:00Z".parse().unwrap(), &head, Bytes::from(plain.to_owned()))
    }

    fn asking(headers: &[(&str, &str)]) -> HttpRequest {
        let request = TestRequest::default();
        headers.iter().fold(request, |request, header| request.insert_header(*header)).to_http_request()
    }

    fn header_of(answer: &HttpResponse, name: &str) -> String {
        answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    #[actix_web::test]
    async fn each_form_has_a_strong_tag_of_its_own_and_who_has_it_is_told_so() {
        let page = page(&"<main id=\"main\">words</main>".repeat(100));
        let mut tags = Vec::new();
        for reads in ["identity", "gzip", "br"] {
            let answer = page.answer(&asking(&[("accept-encoding", reads)])).await.unwrap();
            assert_eq!((answer.status().as_u16(), header_of(&answer, "content-encoding").as_str()), (200, reads));
            let tag = header_of(&answer, "etag");
            assert!(tag.starts_with('"'), "{tag} is strong");
            let same = page.answer(&asking(&[("accept-encoding", reads), ("if-none-match", &tag)])).await.unwrap();
            assert_eq!(same.status().as_u16(), 304);
            assert_eq!((header_of(&same, "etag"), header_of(&same, "content-type")), (tag.clone(), String::new()));
            assert!(to_bytes(same.into_body()).await.unwrap().is_empty());
            tags.push(tag);
        }
        tags.dedup();
        assert_eq!(tags.len(), 3);
        let other = page.answer(&asking(&[("accept-encoding", "br"), ("if-none-match", &tags[0])])).await.unwrap();
        assert_eq!(other.status().as_u16(), 200, "the tag of another form");
        for known in [format!("\"x\", W/{}", tags[2]), "*".to_owned()] {
            let asked = asking(&[("accept-encoding", "br"), ("if-none-match", &known)]);
            assert_eq!(page.answer(&asked).await.unwrap().status().as_u16(), 304, "{known}");
        }
    }

    #[actix_web::test]
    async fn little_is_sent_as_it_is() {
        let answer =
            page("<main id=\"main\">words</main>").answer(&asking(&[("accept-encoding", "br")])).await.unwrap();
        assert_eq!(header_of(&answer, "content-encoding"), "identity");
    }

    #[actix_web::test]
    async fn what_is_old_says_so_and_is_kept_by_nobody() {
        let answer =
            page("<body><main class=\"x\" id=\"main\">words</main>").answer_as_old("Made <then>.", 90).unwrap();
        assert_eq!((header_of(&answer, "age").as_str(), header_of(&answer, "etag").as_str()), ("90", ""));
        assert!(header_of(&answer, "warning").contains("2026-11-23T09:00:00Z"));
        let body = to_bytes(answer.into_body()).await.unwrap();
        let said =
            "<main class=\"x\" id=\"main\"><p class=\"govuk-inset-text\" role=\"status\">Made &#60;then&#62;.</p>words";
        assert!(String::from_utf8(body.to_vec()).unwrap().contains(said), "{body:?}");
        assert_eq!(marked(&Bytes::from("{}"), "line"), Bytes::from("{}"));
    }
}
