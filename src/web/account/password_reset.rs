//! `/password-reset`: asking for a link, and choosing a new password with it. Whoever asks learns nothing about whether
//! there is an account.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use secrecy::SecretString;
use serde::Deserialize;

use crate::domain::email::Email;
use crate::domain::password::PASSWORD_LEAST;
use crate::domain::problem::Problems;
use crate::domain::token::{Token, TokenHash, TokenKind};
use crate::service::{self, Accepted, NewPassword, ResetAsked};
use crate::store::{self, token};
use crate::web::answer::{page, page_with};
use crate::web::client::Client;
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Field, Keys};
use crate::web::notice;
use crate::web::shell::Shell;
use crate::web::state::State;

/// The page on which one asks.
#[derive(Template)]
#[template(path = "account/password_reset/new.html")]
struct NewPage {
    shell: Shell,
    problems: Problems,
    email: Field,
    keys: Keys,
}

impl NewPage {
    fn new(shell: Shell, keys: Keys, email: &str, problems: Problems) -> Self {
        Self {
            shell: shell.titled("Choose a new password").unlisted().faulty(!problems.is_empty()),
            email: Field::new("email", "Email address").value(email).checked(&problems),
            problems,
            keys,
        }
    }
}

/// The page.
///
/// # Errors
/// When it cannot be made.
pub async fn new(shell: Shell, keys: Keys) -> Result<HttpResponse, Error> {
    page(&NewPage::new(shell, keys, "", Problems::none()))
}

/// What is sent by somebody who asks.
#[derive(Debug, Deserialize)]
pub struct Ask {
    #[serde(default)]
    email: String,
}

/// The same answer for everybody.
#[derive(Template)]
#[template(path = "account/password_reset/sent.html")]
struct SentPage {
    shell: Shell,
}

/// Sends a link, where there is an account.
///
/// # Errors
/// When the database fails.
pub async fn create(
    state: web::Data<State>,
    client: Client,
    Protected(form): Protected<Ask>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    // Only the form of the address is judged, which says nothing about accounts.
    if let Err(fault) = form.email.parse::<Email>() {
        let problems = Problems::one("email", fault.to_string());
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &NewPage::new(shell, keys, &form.email, problems));
    }
    let asked = ResetAsked {
        email: form.email,
        from: client.0,
        token: Token::new(state.chance.bytes()),
        reference: state.reference(),
        now: state.now(),
    };
    state.service.ask_for_reset(asked).await?;
    page(&SentPage { shell: shell.titled("Look into your mailbox").unlisted() })
}

/// The page behind the link.
#[derive(Template)]
#[template(path = "account/password_reset/edit.html")]
struct EditPage {
    shell: Shell,
    problems: Problems,
    password: Field,
    keys: Keys,
}

impl EditPage {
    fn new(shell: Shell, keys: Keys, problems: Problems) -> Self {
        let hint = format!("{PASSWORD_LEAST} characters or more. Three or four unrelated words are easy to remember.");
        Self {
            shell: shell.titled("Choose a new password").unlisted().faulty(!problems.is_empty()),
            password: Field::new("password", "New password").hint(hint).checked(&problems),
            problems,
            keys,
        }
    }
}

/// A link that does not work.
#[derive(Template)]
#[template(path = "account/password_reset/gone.html")]
struct GonePage {
    shell: Shell,
}

fn gone(shell: Shell) -> Result<HttpResponse, Error> {
    page_with(StatusCode::NOT_FOUND, &GonePage { shell: shell.titled("This link does not work").unlisted() })
}

async fn works(state: &State, link: &str) -> Result<Option<TokenHash>, Error> {
    let Ok(token) = link.parse::<Token>() else { return Ok(None) };
    let (hash, now) = (token.hash(), state.now());
    let sought = hash.clone();
    let live =
        state.reader.read(move |tx| token::find_live(tx, &sought, now)).await.map_err(|fault: store::Error| fault)?;
    Ok(live.filter(|live| live.kind == TokenKind::PasswordReset).map(|_| hash))
}

/// The form behind the link. Uses nothing up.
///
/// # Errors
/// When the database fails.
pub async fn edit(
    state: web::Data<State>,
    link: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    match works(&state, &link).await? {
        None => gone(shell),
        Some(_) => page(&EditPage::new(shell, keys, Problems::none())),
    }
}

/// What is sent with the link.
#[derive(Debug, Deserialize)]
pub struct Choose {
    #[serde(default)]
    password: SecretString,
}

/// Keeps the new password. Every session of the person ends; they sign in with it.
///
/// # Errors
/// When it is too busy, or the database fails.
pub async fn save(
    state: web::Data<State>,
    link: web::Path<String>,
    Protected(form): Protected<Choose>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let Some(link) = works(&state, &link).await? else { return gone(shell) };
    let new = NewPassword {
        link,
        password: form.password,
        context: vec![state.site.name.clone()],
        salt: state.chance.bytes(),
        reference: state.reference(),
        now: state.now(),
    };
    match state.service.reset_password(new).await {
        Ok(Accepted::Yes) => notice::see_other_saying(&state, "/sign-in", "Your password is changed. Sign in with it"),
        Ok(Accepted::NoSuchLink) => gone(shell),
        Err(service::Error::Problems(problems)) => {
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &EditPage::new(shell, keys, problems))
        }
        Err(fault) => Err(fault.into()),
    }
}
