//! A form that was sent after the session had ended. What was written comes back on the sign-in page, signed and unseen,
//! and after signing in stands on a page of its own: nothing is saved until the person sends it again.

use actix_web::dev::ServiceRequest;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use url::form_urlencoded;

use super::sign_in::SignInPage;
use crate::domain::moment::Moment;
use crate::web::answer::page_with;
use crate::web::csrf;
use crate::web::error::Error;
use crate::web::form::Keys;
use crate::web::frame;
use crate::web::shell::Shell;
use crate::web::state::State;

const PURPOSE: &str = "kept form";
/// Seconds for which a form is kept.
const LASTS: i64 = 12 * 60 * 60;
/// What belongs to the ended session, or is never sent back.
const LEFT_OUT: [&str; 3] = ["csrf", "password", "current_password"];

/// A form, and where it was going.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The address that it was sent to.
    pub to: String,
    /// Its fields, in order.
    pub fields: Vec<(String, String)>,
    /// The second, counted from 1970, at which it is thrown away.
    until: i64,
}

impl Kept {
    fn new(to: &str, body: &[u8], now: Moment) -> Self {
        let fields = form_urlencoded::parse(body).filter(|(name, _)| !LEFT_OUT.contains(&name.as_ref()));
        Self {
            to: to.to_owned(),
            fields: fields.map(|(name, value)| (name.into_owned(), value.into_owned())).collect(),
            until: now.plus_seconds(LASTS).timestamp().as_second(),
        }
    }

    /// As it stands in a hidden field: only we can have written it.
    fn sealed(&self, state: &State) -> Result<String, Error> {
        let json = serde_json::to_vec(self).map_err(|fault| Error::Failed(format!("a kept form: {fault}")))?;
        let said = URL_SAFE_NO_PAD.encode(json);
        let signature = state.service.secret().sign(PURPOSE, said.as_bytes());
        Ok(format!("{said}.{signature}"))
    }

    /// Reads what stood in the hidden field; `None` where we did not write it, or too long ago.
    #[must_use]
    pub fn open(sealed: &str, state: &State) -> Option<Self> {
        let (said, signature) = sealed.split_once('.')?;
        if !state.service.secret().signed(PURPOSE, said.as_bytes(), signature) {
            return None;
        }
        let kept: Self = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(said).ok()?).ok()?;
        (state.now().timestamp().as_second() < kept.until).then_some(kept)
    }

    /// What a person wrote or chose, to be shown to them.
    pub fn written(&self) -> impl Iterator<Item = (String, &str)> {
        let seen = self.fields.iter().filter(|(name, value)| !value.is_empty() && name != "key" && name != "version");
        seen.map(|(name, value)| (label(name), value.as_str()))
    }
}

/// The name of a field as words, where nothing better is known: `happened_on` reads "Happened on".
fn label(name: &str) -> String {
    let words = name.replace(['_', '-'], " ");
    let mut signs = words.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

/// Answers a form that came without a session: the sign-in page, status 401, with everything in it.
///
/// # Errors
/// A form from another site, one that is too large, or that cannot be read.
pub async fn ask_to_sign_in(request: &mut ServiceRequest) -> Result<HttpResponse, Error> {
    let body = request.extract::<web::Bytes>().await;
    let request: &HttpRequest = request.request();
    let state = frame::state(request)?;
    csrf::from_our_pages(request.headers(), &state.site)?;
    let body = csrf::fields(request, body)?;
    let kept = Kept::new(request.path(), &body, state.now());
    let known = frame::known(request).await?;
    let shell = frame::shell(request, state, &known);
    let page = SignInPage::empty(shell, Keys::for_page(state, &known)).keeping(kept.sealed(state)?);
    page_with(StatusCode::UNAUTHORIZED, &page)
}

/// The page that shows what was kept, once somebody has signed in.
#[derive(Template)]
#[template(path = "account/kept/show.html")]
pub struct KeptPage {
    /// The frame.
    pub shell: Shell,
    /// Why it was not saved.
    pub why: &'static str,
    /// What was kept.
    pub kept: Kept,
    /// What the form carries: the token of the new session, nothing of the old one.
    pub csrf: String,
}

impl KeptPage {
    /// After signing in.
    #[must_use]
    pub fn new(shell: Shell, kept: Kept, csrf: String) -> Self {
        let shell = shell.titled("Nothing has been saved yet").unlisted();
        Self { shell, why: "You were signed out before you sent this.", kept, csrf }
    }
}

/// The page for a form that was opened in an earlier session than the one that it was sent in, as HTML.
///
/// # Errors
/// When the page cannot be made.
pub fn of_another_session(shell: Shell, to: &str, body: &[u8], now: Moment, csrf: String) -> Result<String, Error> {
    let why = "You have signed in again since you opened this form, or the form was not meant for you.";
    Ok(KeptPage { why, ..KeptPage::new(shell, Kept::new(to, body, now), csrf) }.render()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_kept_but_the_old_token() {
        let now: Moment = "2026-11-23T09:00:00Z".parse().unwrap();
        let kept = Kept::new("/staff/x", b"csrf=old&words=First%0D%0Asecond&kind=a&kind=b&key=k&empty=", now);
        let names: Vec<_> = kept.fields.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["words", "kind", "kind", "key", "empty"]);
        let written: Vec<_> = kept.written().collect();
        assert_eq!(written[0], ("Words".to_owned(), "First\r\nsecond"));
        assert_eq!(written.len(), 3);
    }
}
