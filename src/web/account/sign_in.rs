//! `/sign-in`.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use secrecy::SecretString;
use serde::Deserialize;
use url::form_urlencoded;

use super::kept::{Kept, KeptPage};
use crate::domain::problem::Problems;
use crate::domain::token::{Token, TokenHash};
use crate::service::{self, SignIn, SignedIn};
use crate::store;
use crate::web::answer::{page, page_with, see_other};
use crate::web::client::Client;
use crate::web::cookie::Cookie;
use crate::web::csrf::{self, Patient};
use crate::web::error::Error;
use crate::web::form::{Field, Keys};
use crate::web::frame;
use crate::web::shell::Shell;
use crate::web::state::State;

/// Where somebody who has signed in goes, unless they were on their way to somewhere.
const HOME: &str = "/staff";
/// Seconds after which to try again, when there is too much to do.
const BUSY_SECONDS: i64 = 5;

/// The page.
#[derive(Template)]
#[template(path = "account/sign_in/new.html")]
pub struct SignInPage {
    shell: Shell,
    problems: Problems,
    email: Field,
    password: Field,
    keys: Keys,
    /// Where they were going.
    next: String,
    /// A form that was sent after the session had ended, sealed.
    kept: String,
}

impl SignInPage {
    /// The page for somebody who has not tried yet.
    #[must_use]
    pub fn empty(shell: Shell, keys: Keys) -> Self {
        Self {
            shell: shell.titled("Sign in").unlisted(),
            problems: Problems::none(),
            email: Field::new("email", "Email address"),
            password: Field::new("password", "Password"),
            keys,
            next: String::new(),
            kept: String::new(),
        }
    }

    /// The page with a form in it, to be sent on after signing in.
    #[must_use]
    pub fn keeping(mut self, kept: String) -> Self {
        self.kept = kept;
        self
    }
}

/// Where somebody without a session is sent from a page that needs one.
#[must_use]
pub fn leading_to(path: &str, query: &str) -> String {
    let next = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("next", &next).finish();
    format!("/sign-in?{query}")
}

/// A place inside this register, or home: nobody is sent elsewhere by a link to the sign-in page.
fn inside(next: &str) -> &str {
    let plain = next.bytes().all(|sign| sign.is_ascii_graphic() && sign != b'\\');
    if plain && next.starts_with("/staff") { next } else { HOME }
}

/// What the address of the page may say.
#[derive(Debug, Deserialize)]
pub struct Query {
    #[serde(default)]
    next: String,
}

/// The page. Somebody who is signed in already goes on.
///
/// # Errors
/// When the page cannot be made.
pub async fn new(query: web::Query<Query>, shell: Shell, keys: Keys) -> Result<HttpResponse, Error> {
    if shell.person.is_some() {
        return Ok(see_other(inside(&query.next)));
    }
    page(&SignInPage { next: query.into_inner().next, ..SignInPage::empty(shell, keys) })
}

/// What is sent.
#[derive(Debug, Deserialize)]
pub struct Form {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: SecretString,
    #[serde(default)]
    next: String,
    #[serde(default)]
    kept: String,
}

/// Signs in, or says that it could not: whatever the reason, the page comes back with a form that is kept in it.
///
/// # Errors
/// When the database fails.
pub async fn create(
    request: HttpRequest,
    state: web::Data<State>,
    client: Client,
    Patient { form, expired }: Patient<Form>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let token = Token::new(state.chance.bytes());
    let known = frame::known(&request).await?;
    let tried = SignIn {
        email: form.email.clone(),
        password: form.password,
        from: client.0,
        before: known.session.as_ref().map(|(hash, _)| hash.clone()),
        token: token.clone(),
        salt: state.chance.bytes(),
        now: state.now(),
    };
    let done = if expired { None } else { Some(state.service.sign_in(tried).await) };
    let (status, sentence, wait) = match done {
        Some(Ok(SignedIn::Yes)) => return signed_in(&request, &state, &token, &form.next, &form.kept).await,
        Some(Ok(SignedIn::No)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, "The email address or the password is not right".to_owned(), None)
        }
        Some(Ok(SignedIn::Wait(seconds))) => (StatusCode::TOO_MANY_REQUESTS, too_many(seconds), Some(seconds)),
        Some(Err(service::Error::Store(store::Error::Busy))) => {
            let sentence = "There is much to do here at this moment. Enter your password again".to_owned();
            (StatusCode::SERVICE_UNAVAILABLE, sentence, Some(BUSY_SECONDS))
        }
        Some(Err(fault)) => return Err(fault.into()),
        None => {
            let sentence = "This page was open for a long time. Enter your password again".to_owned();
            (StatusCode::UNPROCESSABLE_ENTITY, sentence, None)
        }
    };
    let problems = Problems::one("email", sentence);
    let again = SignInPage {
        email: Field::new("email", "Email address").value(form.email).checked(&problems),
        next: form.next,
        kept: form.kept,
        problems,
        ..SignInPage::empty(shell.faulty(true), keys)
    };
    let mut answer = page_with(status, &again)?;
    if let Some(seconds) = wait {
        answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    Ok(answer)
}

/// What is said to somebody who has to wait so many seconds.
pub(in crate::web) fn too_many(seconds: i64) -> String {
    format!("There were too many tries. Try again in {}", minutes(seconds))
}

fn minutes(seconds: i64) -> String {
    match (seconds + 59) / 60 {
        1 => "a minute".to_owned(),
        minutes => format!("{minutes} minutes"),
    }
}

/// On to where they were going; or, with a form that was kept, the page that shows it.
async fn signed_in(
    request: &HttpRequest,
    state: &State,
    token: &Token,
    next: &str,
    kept: &str,
) -> Result<HttpResponse, Error> {
    let mut answer = match Kept::open(kept, state) {
        None => see_other(inside(next)),
        Some(kept) => {
            let csrf = csrf::for_session(state.service.secret(), &state.chance, &token.hash());
            page(&KeptPage::new(shell_of(request, state, &token.hash()).await?, kept, csrf))?
        }
    };
    answer.headers_mut().append(header::SET_COOKIE, Cookie::Session.set(&token.to_string(), &state.site)?);
    Ok(answer)
}

/// The frame for the session that has just begun, whose cookie the request does not have yet.
async fn shell_of(request: &HttpRequest, state: &State, token: &TokenHash) -> Result<Shell, Error> {
    let known = frame::known_as(request, token.clone()).await?;
    Ok(frame::shell(request, state, &known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere() {
        assert_eq!(inside("/staff/people?page=2"), "/staff/people?page=2");
        for bad in
            ["", "//example.org", "https://example.org", "/\\example.org", "/staff\\x", "/staff\r\nX: y", "/sign-out"]
        {
            assert_eq!(inside(bad), HOME, "{bad}");
        }
        assert_eq!(leading_to("/staff/people", "a=b&c"), "/sign-in?next=%2Fstaff%2Fpeople%3Fa%3Db%26c");
        assert_eq!(minutes(299), "5 minutes");
        assert_eq!(minutes(1), "a minute");
    }
}
