//! Forms that change something. A handler gets the sent fields only as [`Protected`], and there is no `Protected` without
//! the check: the page that the form stood on was ours, for this session, and not too long ago.
//!
//! Somebody with a session has a token bound to it. Somebody without one has a signed time in place of a cookie; what
//! keeps other sites from sending such a form is that browsers say where a form came from.

pub(super) mod upload;

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap};
use actix_web::{FromRequest, HttpRequest, web};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use url::form_urlencoded;

use super::account::kept::{self, Kept};
use super::error::{Error, remember};
use super::form::Keys;
use super::frame::{self, Known};
use super::state::{Site, State};
use crate::clock::Chance;
use crate::domain::moment::Moment;
use crate::domain::secret::Secret;
use crate::domain::token::TokenHash;
use upload::Words;

/// The most bytes that a form may hold: room for the longest texts that are taken, each letter written as `%XX`.
pub const FORM_LIMIT: usize = 512 * 1024;
/// The most bytes that the sign-in form may hold, for another form may be kept in it, and each three bytes take four.
pub const BODY_LIMIT: usize = 2 * FORM_LIMIT;
/// Seconds for which a form of somebody without a session may be sent.
const ANYBODY_SECONDS: i64 = 2 * 60 * 60;
const FOR_SESSION: &str = "csrf, session";
const FOR_ANYBODY: &str = "csrf, anybody";

/// The token of a form for somebody with a session. Another one each time, so that nothing can be learnt from how well a
/// page compresses.
#[must_use]
pub fn for_session(secret: &Secret, chance: &Chance, session: &TokenHash) -> String {
    let salt = URL_SAFE_NO_PAD.encode(chance.bytes::<12>());
    let signature = secret.sign(FOR_SESSION, format!("{} {salt}", session.as_str()).as_bytes());
    format!("{salt}.{signature}")
}

fn is_for_session(secret: &Secret, session: &TokenHash, token: &str) -> bool {
    token.split_once('.').is_some_and(|(salt, signature)| {
        secret.signed(FOR_SESSION, format!("{} {salt}", session.as_str()).as_bytes(), signature)
    })
}

/// The token of a form for somebody without a session.
#[must_use]
pub fn for_anybody(secret: &Secret, chance: &Chance, now: Moment) -> String {
    let until = now.plus_seconds(ANYBODY_SECONDS).timestamp().as_second();
    let said = format!("{until}-{}", URL_SAFE_NO_PAD.encode(chance.bytes::<12>()));
    let signature = secret.sign(FOR_ANYBODY, said.as_bytes());
    format!("{said}.{signature}")
}

fn is_for_anybody(secret: &Secret, now: Moment, token: &str) -> bool {
    lasts_until(secret, token).is_some_and(|until| now.timestamp().as_second() < until)
}

/// The second, counted from 1970, until which a token of ours for somebody without a session counts or counted.
fn lasts_until(secret: &Secret, token: &str) -> Option<i64> {
    let (said, signature) = token.split_once('.')?;
    let until = said.split_once('-')?.0.parse::<i64>().ok()?;
    secret.signed(FOR_ANYBODY, said.as_bytes(), signature).then_some(until)
}

/// The fields of a form that stood on a page of ours.
#[derive(Debug)]
pub struct Protected<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Protected<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = web::Bytes::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let arrived = Arrived::new(&request, body.await).await?;
            match arrived.token {
                Counts::Yes => arrived.read(&request).map(Self),
                Counts::Expired | Counts::No => Err(arrived.refused(&request)?),
            }
        })
    }
}

/// The fields of a form that loses nothing by being shown once more: its token may have expired, if it was ours.
#[derive(Debug)]
pub struct Patient<T> {
    /// The fields.
    pub form: T,
    /// Whether the page stood open for too long: then nothing is to be done but to show it again.
    pub expired: bool,
}

impl<T: DeserializeOwned + 'static> FromRequest for Patient<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = web::Bytes::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let arrived = Arrived::new(&request, body.await).await?;
            let expired = match arrived.token {
                Counts::Yes => false,
                Counts::Expired => true,
                Counts::No => return Err(arrived.refused(&request)?),
            };
            Ok(Self { form: arrived.read(&request)?, expired })
        })
    }
}

/// Whether the token of a form counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    Yes,
    /// It did, until lately.
    Expired,
    No,
}

/// A form as it came, not from another site.
struct Arrived {
    body: web::Bytes,
    /// Whether a file came with it.
    has_file: bool,
    known: Rc<Known>,
    token: Counts,
}

impl Arrived {
    async fn new(request: &HttpRequest, body: Result<web::Bytes, actix_web::Error>) -> Result<Self, Error> {
        let state = frame::state(request)?;
        from_our_pages(request.headers(), &state.site)?;
        let body = fields(request, body)?;
        remember(request, &Words { fields: body.clone(), has_file: false });
        let known = frame::known(request).await?;
        let token = form_urlencoded::parse(&body).find(|(name, _)| name == "csrf").map(|(_, token)| token.into_owned());
        let token = token.map_or(Counts::No, |token| counts(state, &known, &token, behind_the_staff_door(request)));
        Ok(Self { body, has_file: false, known, token })
    }

    fn read<T: DeserializeOwned>(&self, request: &HttpRequest) -> Result<T, Error> {
        serde_html_form::from_str(&bound(request.path(), &self.body)).map_err(|_| Error::Unreadable)
    }

    /// What to answer to a token that does not count. Somebody who has signed in again in another window sends the token of
    /// the session before: what they wrote is shown, and saved when they send it on. Nobody else can make them send it, for
    /// only the browser says that a form comes from here.
    fn refused(&self, request: &HttpRequest) -> Result<Error, Error> {
        let state = frame::state(request)?;
        match &self.known.session {
            Some((session, _))
                if behind_the_staff_door(request) && is_said_to_be_ours(request.headers(), &state.site) =>
            {
                let csrf = for_session(state.service.secret(), &state.chance, session);
                let shell = frame::shell(request, state, &self.known);
                let kept = Kept::new(request.path(), &self.body, state.now()).beside_file(self.has_file);
                kept::of_another_session(shell, kept, csrf).map(Error::Kept)
            }
            _ => Ok(Error::Forged),
        }
    }
}

fn behind_the_staff_door(request: &HttpRequest) -> bool {
    request.path().starts_with("/staff")
}

/// Behind the staff door only the session's own token counts. Elsewhere a form may have been opened before somebody
/// signed in, in another window.
fn counts(state: &State, known: &Known, token: &str, behind_the_staff_door: bool) -> Counts {
    let secret = state.service.secret();
    match &known.session {
        Some((hash, _)) if is_for_session(secret, hash, token) => Counts::Yes,
        Some(_) if behind_the_staff_door => Counts::No,
        _ if is_for_anybody(secret, state.now(), token) => Counts::Yes,
        _ if lasts_until(secret, token).is_some() => Counts::Expired,
        _ => Counts::No,
    }
}

/// Refuses what a browser says was sent from another site.
pub(super) fn from_our_pages(headers: &HeaderMap, site: &Site) -> Result<(), Error> {
    match said_origin(headers, site) {
        Origin::Another => Err(Error::Forged),
        Origin::Ours | Origin::Unsaid => Ok(()),
    }
}

fn is_said_to_be_ours(headers: &HeaderMap, site: &Site) -> bool {
    said_origin(headers, site) == Origin::Ours
}

/// Where a browser says that a form was sent from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    Ours,
    Another,
    Unsaid,
}

fn said_origin(headers: &HeaderMap, site: &Site) -> Origin {
    let said = |name| headers.get(name).and_then(|value| value.to_str().ok());
    match said(header::HeaderName::from_static("sec-fetch-site")) {
        Some("same-origin") => return Origin::Ours,
        Some("none") => return Origin::Unsaid,
        Some(_) => return Origin::Another,
        None => {}
    }
    // An older browser, or plain http.
    let Some(origin) = said(header::ORIGIN) else { return Origin::Unsaid };
    let host = origin.split_once("://").map(|(_, host)| host);
    if origin == site.base_url || (host.is_some() && host == said(header::HOST)) {
        Origin::Ours
    } else {
        Origin::Another
    }
}

/// The bytes of a form, if they are one.
pub(super) fn fields(request: &HttpRequest, body: Result<web::Bytes, actix_web::Error>) -> Result<web::Bytes, Error> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.trim_start().to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
        return Err(Error::Unreadable);
    }
    let body = body.map_err(|fault| match fault.as_response_error().status_code().as_u16() {
        413 => Error::TooLarge,
        _ => Error::Unreadable,
    })?;
    let limit = if request.path() == "/sign-in" { BODY_LIMIT } else { FORM_LIMIT };
    if body.len() > limit {
        return Err(Error::TooLarge);
    }
    if is_text(&body) { Ok(body) } else { Err(Error::Unreadable) }
}

/// Whether everything in a form is UTF-8, once `%XX` is taken as the byte that it stands for.
fn is_text(body: &[u8]) -> bool {
    let digit = |at: usize| body.get(at).and_then(|sign| char::from(*sign).to_digit(16));
    let mut bytes = Vec::with_capacity(body.len());
    let mut at = 0;
    while let Some(sign) = body.get(at) {
        match (sign, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
                at += 3;
            }
            _ => {
                bytes.push(*sign);
                at += 1;
            }
        }
    }
    std::str::from_utf8(&bytes).is_ok()
}

/// The fields, their idempotency key bound to where they were sent and to what they say: a form sent twice is one deed, and
/// one that was changed before it was sent again, or another form of the same page, is another.
fn bound(path: &str, body: &[u8]) -> String {
    let fields = || form_urlencoded::parse(body).filter(|(name, _)| name != "csrf");
    let said = fields().fold(Sha256::new().chain_update(path), |said, (name, value)| {
        let lengths = [name.len(), value.len()].map(usize::to_be_bytes).concat();
        said.chain_update(lengths).chain_update(name.as_bytes()).chain_update(value.as_bytes())
    });
    let key = URL_SAFE_NO_PAD.encode(said.finalize());
    let sent = fields().map(|(name, value)| {
        let value = if name == "key" && !value.is_empty() { key.clone().into() } else { value };
        (name, value)
    });
    form_urlencoded::Serializer::new(String::new()).extend_pairs(sent).finish()
}

/// What a form on a page carries unseen. As an argument of a handler: `keys: Keys`.
impl FromRequest for Keys {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let known = frame::known(&request).await?;
            Ok(Self::for_page(frame::state(&request)?, &known))
        })
    }
}

impl Keys {
    /// The token for whoever looks at the page, and a new idempotency key.
    pub(super) fn for_page(state: &State, known: &Known) -> Self {
        let secret = state.service.secret();
        let csrf = match &known.session {
            Some((hash, _)) => for_session(secret, &state.chance, hash),
            None => for_anybody(secret, &state.chance, state.now()),
        };
        Self { csrf, version: None, key: Some(URL_SAFE_NO_PAD.encode(state.chance.bytes::<16>())) }
    }

    /// Carries the version of the record that the page shows.
    #[must_use]
    pub const fn of_version(mut self, version: i64) -> Self {
        self.version = Some(version);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::token::Token;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (header::HeaderName::from_static(name), header::HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn a_token_counts_for_its_session_and_its_time_alone() {
        let (secret, chance) = (Secret::new([1; 32]), Chance::seeded(1));
        let (mine, other) = (Token::new([2; 32]).hash(), Token::new([3; 32]).hash());
        let now: Moment = "2026-11-23T09:00:00Z".parse().unwrap();
        let token = for_session(&secret, &chance, &mine);
        assert!(is_for_session(&secret, &mine, &token));
        assert!(!is_for_session(&secret, &other, &token));
        assert!(!is_for_anybody(&secret, now, &token));
        assert_ne!(token, for_session(&secret, &chance, &mine));
        let token = for_anybody(&secret, &chance, now);
        assert!(is_for_anybody(&secret, now.plus_seconds(7_199), &token));
        assert!(!is_for_anybody(&secret, now.plus_seconds(7_200), &token));
        assert!(!is_for_anybody(&Secret::new([9; 32]), now, &token));
        assert!(!is_for_anybody(&secret, now, &token.replacen('1', "2", 1)));
        for bad in ["", ".", "a.b", "99999999999-x."] {
            assert!(!is_for_anybody(&secret, now, bad) && !is_for_session(&secret, &mine, bad), "{bad}");
        }
    }

    #[test]
    fn another_site_is_refused_whichever_way_the_browser_tells() {
        let site = Site::sample();
        let ours = |pairs: &[(&'static str, &'static str)]| from_our_pages(&headers(pairs), &site).is_ok();
        assert!(ours(&[]));
        assert!(ours(&[("sec-fetch-site", "same-origin")]));
        assert!(!ours(&[("sec-fetch-site", "cross-site")]));
        assert!(!ours(&[("sec-fetch-site", "same-site")]));
        assert!(ours(&[("origin", "http://localhost:8080"), ("host", "inner:80")]));
        assert!(ours(&[("origin", "http://127.0.0.1:9"), ("host", "127.0.0.1:9")]));
        assert!(!ours(&[("origin", "http://example.org"), ("host", "127.0.0.1:9")]));
        assert!(!ours(&[("origin", "null"), ("host", "127.0.0.1:9")]));
    }

    #[test]
    fn a_key_belongs_to_one_form_and_what_it_says() {
        let key = |path: &str, body: &str| {
            let bound = bound(path, body.as_bytes());
            form_urlencoded::parse(bound.as_bytes()).find(|(name, _)| name == "key").map(|(_, key)| key.into_owned())
        };
        let first = key("/staff/a", "csrf=1&words=x&key=k");
        assert!(first.as_ref().is_some_and(|key| key.len() == 43 && key != "k"));
        assert_eq!(first, key("/staff/a", "csrf=2&words=x&key=k"), "another token, the same form");
        assert_ne!(first, key("/staff/b", "csrf=1&words=x&key=k"));
        assert_ne!(first, key("/staff/a", "csrf=1&words=y&key=k"));
        assert_ne!(first, key("/staff/a", "csrf=1&words=x&key=l"));
        assert_eq!(key("/staff/a", "words=x&key="), Some(String::new()));
        assert_eq!(bound("/a", b"csrf=1&a=%C3%A9+b&a=2"), "a=%C3%A9+b&a=2");
    }

    #[test]
    fn text_is_text_behind_percent_signs_too() {
        assert!(is_text("a=b%C3%A9+é&c=100%".as_bytes()));
        assert!(!is_text(b"a=%ff"));
        assert!(!is_text(b"a=\xff"));
    }
}
