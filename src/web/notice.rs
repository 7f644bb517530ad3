//! What has just been done, said once at the top of the next page. It travels in a signed cookie that is gone after it.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::answer::see_other;
use super::cookie::Cookie;
use super::error::Error;
use super::state::State;
use crate::domain::words;
use crate::service::Done;

const PURPOSE: &str = "notice";

/// What has just been done, or that nothing was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The words.
    pub words: String,
    /// Whether anything changed: else the box says so in its heading.
    pub changed: bool,
}

/// Stands before words by which nothing changed.
const UNCHANGED: char = '=';
/// Stands before all others.
const CHANGED: char = '+';

/// The way to the next page, which will say this.
///
/// # Errors
/// Never in practice.
pub fn see_other_saying(state: &State, location: &str, words: &str) -> Result<HttpResponse, Error> {
    send(state, location, CHANGED, words)
}

/// The same where nothing changed.
///
/// # Errors
/// Never in practice.
pub fn see_other_unchanged(state: &State, location: &str, words: &str) -> Result<HttpResponse, Error> {
    send(state, location, UNCHANGED, words)
}

fn send(state: &State, location: &str, how: char, words: &str) -> Result<HttpResponse, Error> {
    let mut answer = see_other(location);
    let said = URL_SAFE_NO_PAD.encode(format!("{how}{words}"));
    let value = format!("{said}.{}", state.service.secret().sign(PURPOSE, said.as_bytes()));
    answer.headers_mut().append(header::SET_COOKIE, Cookie::Notice.set(&value, &state.site)?);
    Ok(answer)
}

/// The same after a form: what it did, or that it changed nothing.
///
/// # Errors
/// Never in practice.
pub fn after(state: &State, done: &Done, words: &str) -> Result<HttpResponse, Error> {
    if done.changed {
        see_other_saying(state, &done.location, words)
    } else {
        see_other_unchanged(state, &done.location, words::NOTHING_CHANGED)
    }
}

/// What the page before has to say.
#[must_use]
pub fn of(request: &HttpRequest, state: &State) -> Option<Notice> {
    let value = Cookie::Notice.of(request, &state.site)?;
    let (said, signature) = value.split_once('.')?;
    if !state.service.secret().signed(PURPOSE, said.as_bytes(), signature) {
        return None;
    }
    let said = String::from_utf8(URL_SAFE_NO_PAD.decode(said).ok()?).ok()?;
    let changed = !said.starts_with(UNCHANGED);
    let words = said.strip_prefix([CHANGED, UNCHANGED])?.to_owned();
    Some(Notice { words, changed })
}
