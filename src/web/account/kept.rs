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
use crate::domain::publication::FourQuestions;
use crate::web::answer::page_with;
use crate::web::csrf;
use crate::web::csrf::upload::{self, Words};
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
    /// Whether a file was chosen beside them, which is not kept.
    #[serde(default)]
    pub has_file: bool,
    /// The second, counted from 1970, at which it is thrown away.
    until: i64,
}

impl Kept {
    /// What was sent to this address.
    #[must_use]
    pub fn new(to: &str, body: &[u8], now: Moment) -> Self {
        let fields = form_urlencoded::parse(body).filter(|(name, _)| !LEFT_OUT.contains(&name.as_ref()));
        Self {
            to: to.to_owned(),
            fields: fields.map(|(name, value)| (name.into_owned(), value.into_owned())).collect(),
            has_file: false,
            until: now.plus_seconds(LASTS).timestamp().as_second(),
        }
    }

    /// The same, where a file was chosen beside it or not.
    #[must_use]
    pub const fn beside_file(mut self, has_file: bool) -> Self {
        self.has_file = has_file;
        self
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
    #[must_use]
    pub fn written(&self) -> Vec<(String, String)> {
        let mut written: Vec<(String, String)> = Vec::new();
        for (name, value) in self.fields.iter().filter(|(name, value)| !value.is_empty() && !unseen(name)) {
            // The three boxes of a day are one answer.
            let part = ["_day", "_month", "_year"].into_iter().find_map(|end| name.strip_suffix(end));
            let label = label(part.unwrap_or(name));
            match written.last_mut().filter(|(before, _)| part.is_some() && *before == label) {
                Some((_, day)) => *day = format!("{day} {value}"),
                None => written.push((label, said(name, value))),
            }
        }
        written
    }
}

/// What the page sends along, and the ticks, which are asked anew: nobody wrote them.
fn unseen(name: &str) -> bool {
    let ticks = FourQuestions::ASKED.iter().any(|(field, _)| *field == name);
    ticks || ["key", "version", "corrects"].contains(&name) || name.ends_with("_precision")
}

/// What a field asks for, in words; a field that is not listed by its own name: `compared_on` reads "Compared on".
fn label(name: &str) -> String {
    let words = match name {
        "value" => "What you chose",
        "happened" => "The date",
        "words" | "text" => "Your words",
        "their_word" => "The body’s own word",
        "source_url" => "The link",
        "checked" => "How far it was compared",
        "due_on" | "next_on" | "on" | "decide_by" => "The date to come",
        "correction" => "Why the earlier entry was wrong",
        "set_by" | "set_by_words" => "Who set it",
        other => return capital(&other.replace(['_', '-'], " ")),
    };
    words.to_owned()
}

/// A choice stands in the form as one of our own words: `under_way` reads "Under way".
fn said(name: &str, value: &str) -> String {
    let chosen = ["value", "basis", "checked", "closure", "text_kind", "set_by", "kind", "role"].contains(&name);
    let ours = chosen && value.chars().all(|sign| sign.is_ascii_lowercase() || sign == '_');
    if ours { capital(&value.replace('_', " ")) } else { value.to_owned() }
}

fn capital(words: &str) -> String {
    let mut signs = words.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

/// What was sent with a request that no handler reads.
///
/// # Errors
/// A form from another site, one that is too large, or that cannot be read.
pub async fn words_of(request: &mut ServiceRequest) -> Result<Words, Error> {
    if upload::is_upload(request.request()) {
        csrf::from_our_pages(request.headers(), &frame::state(request.request())?.site)?;
        let (head, payload) = request.parts_mut();
        // A file is not kept: whoever signs in again chooses it again.
        upload::words_of(&head.clone(), payload).await
    } else {
        let body = request.extract::<web::Bytes>().await;
        csrf::from_our_pages(request.headers(), &frame::state(request.request())?.site)?;
        Ok(Words { fields: csrf::fields(request.request(), body)?, has_file: false })
    }
}

/// Answers a form that came without a session: the sign-in page, status 401, with everything in it.
///
/// # Errors
/// As [`words_of`].
pub async fn ask_to_sign_in(request: &mut ServiceRequest) -> Result<HttpResponse, Error> {
    let words = words_of(request).await?;
    let request: &HttpRequest = request.request();
    let state = frame::state(request)?;
    let kept = Kept::new(request.path(), &words.fields, state.now()).beside_file(words.has_file);
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
pub fn of_another_session(shell: Shell, kept: Kept, csrf: String) -> Result<String, Error> {
    let why = "You have signed in again since you opened this form, or the form was not meant for you.";
    Ok(KeptPage { why, ..KeptPage::new(shell, kept, csrf) }.render()?)
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
        let written = kept.written();
        assert_eq!(written[0], ("Your words".to_owned(), "First\r\nsecond".to_owned()));
        assert_eq!(written.len(), 3);
    }

    #[test]
    fn what_was_written_reads_as_words_and_not_as_fields() {
        let now: Moment = "2026-11-23T09:00:00Z".parse().unwrap();
        let sent = b"value=under_way&happened_day=1&happened_month=2&happened_year=2027&happened_precision=on&names_nobody=yes";
        let written = Kept::new("/staff/x", sent, now).written();
        let said: Vec<String> = written.iter().map(|(label, value)| format!("{label}: {value}")).collect();
        assert_eq!(said, ["What you chose: Under way", "The date: 1 2 2027"]);
    }
}
