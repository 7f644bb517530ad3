//! `/invitations/{token}`: a one-time link. Opening it shows a form and uses nothing up, however often a mail filter does;
//! sending the form makes the account and signs in.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};
use askama::Template;
use secrecy::SecretString;
use serde::Deserialize;

use crate::domain::moment::Moment;
use crate::domain::password::PASSWORD_LEAST;
use crate::domain::problem::Problems;
use crate::domain::token::{Token, TokenHash, TokenKind};
use crate::domain::words;
use crate::service::{self, Accepted, MakeAccount, MakeFirst};
use crate::store::{self, ReadTx, person, token};
use crate::web::answer::{page, page_with};
use crate::web::cookie::Cookie;
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Field, Keys};
use crate::web::notice;
use crate::web::shell::Shell;
use crate::web::state::State;

/// Whose link it is.
enum Invited {
    /// Nobody's yet: whoever opens it becomes the first administrator.
    First,
    /// Somebody's, who was invited.
    Somebody { name: String, email: String, role: &'static str },
}

/// The page.
#[derive(Template)]
#[template(path = "account/invitation/show.html")]
struct ShowPage {
    shell: Shell,
    problems: Problems,
    invited: Invited,
    email: Field,
    name: Field,
    password: Field,
    keys: Keys,
}

impl ShowPage {
    fn new(shell: Shell, keys: Keys, invited: Invited, form: &Form, problems: Problems) -> Self {
        let title = match invited {
            Invited::First => "Make the first administrator",
            Invited::Somebody { .. } => "Make your account",
        };
        let hint = format!("{PASSWORD_LEAST} characters or more. Three or four unrelated words are easy to remember.");
        Self {
            shell: shell.titled(title).unlisted().faulty(!problems.is_empty()),
            email: Field::new("email", "Email address")
                .hint("You sign in with it, and mails from this register go there.")
                .value(form.email.clone())
                .checked(&problems),
            name: Field::new("name", "Your name")
                .hint("Only people who work with this register see it. It is never published.")
                .value(form.name.clone())
                .checked(&problems),
            password: Field::new("password", "Choose a password").hint(hint).checked(&problems),
            problems,
            invited,
            keys,
        }
    }
}

/// The page of a link that does not work: the same whether it was used, has run out, or never was one.
#[derive(Template)]
#[template(path = "account/invitation/gone.html")]
struct GonePage {
    shell: Shell,
}

fn gone(shell: Shell) -> Result<HttpResponse, Error> {
    let page = GonePage { shell: shell.titled("This link does not work").unlisted() };
    page_with(StatusCode::NOT_FOUND, &page)
}

fn whose(tx: &mut ReadTx<'_>, link: &TokenHash, now: Moment) -> Result<Option<Invited>, store::Error> {
    let Some(live) = token::find_live(tx, link, now)? else { return Ok(None) };
    match (live.kind, live.person) {
        (TokenKind::FirstAdministrator, None) => Ok(Some(Invited::First)),
        (TokenKind::Invitation, Some(id)) => {
            let somebody = person::find(tx, id)?;
            Ok((!somebody.is_disabled()).then(|| Invited::Somebody {
                name: somebody.name,
                email: somebody.email.to_string(),
                role: words::role(somebody.role),
            }))
        }
        _ => Ok(None),
    }
}

async fn look(state: &State, link: &str) -> Result<Option<(TokenHash, Invited)>, Error> {
    let Ok(token) = link.parse::<Token>() else { return Ok(None) };
    let (hash, now) = (token.hash(), state.now());
    let sought = hash.clone();
    let found = state.reader.read(move |tx| whose(tx, &sought, now)).await?;
    Ok(found.map(|invited| (hash, invited)))
}

/// The form.
///
/// # Errors
/// When the database fails.
pub async fn show(
    state: web::Data<State>,
    link: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    match look(&state, &link).await? {
        None => gone(shell),
        Some((_, invited)) => page(&ShowPage::new(shell, keys, invited, &Form::default(), Problems::none())),
    }
}

/// What is sent.
#[derive(Debug, Default, Deserialize)]
pub struct Form {
    #[serde(default)]
    email: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: SecretString,
}

/// Makes the account.
///
/// # Errors
/// When it is too busy, or the database fails.
pub async fn create(
    state: web::Data<State>,
    link: web::Path<String>,
    Protected(form): Protected<Form>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let Some((hash, invited)) = look(&state, &link).await? else { return gone(shell) };
    let token = Token::new(state.chance.bytes());
    let make = MakeAccount {
        link: hash,
        password: form.password.clone(),
        context: vec![state.site.name.clone()],
        salt: state.chance.bytes(),
        token: token.clone(),
        now: state.now(),
    };
    let made = match &invited {
        Invited::Somebody { .. } => state.service.accept_invitation(make).await,
        Invited::First => {
            let (email, name) = (form.email.clone(), form.name.clone());
            let first = MakeFirst { email, name, reference: state.reference() };
            state.service.make_first_administrator(make, first).await
        }
    };
    match made {
        Ok(Accepted::Yes) => {
            let mut answer =
                notice::see_other_saying(&state, "/staff", "Your account is ready, and you are signed in")?;
            let cookie = Cookie::Session.set(&token.to_string(), &state.site)?;
            answer.headers_mut().append(header::SET_COOKIE, cookie);
            Ok(answer)
        }
        Ok(Accepted::NoSuchLink) => gone(shell),
        Err(service::Error::Problems(problems)) => {
            let again = ShowPage::new(shell, keys, invited, &form, problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(fault) => Err(fault.into()),
    }
}
