//! `/staff/account`: one's own account. What the register holds of it, how often it is mailed of the register's work, its
//! password, and where it is signed in.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};
use askama::Template;
use secrecy::SecretString;
use serde::Deserialize;

use super::button::Button;
use crate::domain::address;
use crate::domain::password::PASSWORD_LEAST;
use crate::domain::problem::Problems;
use crate::domain::session as named;
use crate::domain::staff_digest::{DigestCycle, is_for};
use crate::domain::token::Token;
use crate::domain::words;
use crate::service::{self, ChangePassword, PasswordChange};
use crate::store::person::Person;
use crate::store::session::{self, SessionLine};
use crate::store::{self, ReadTx, body, person, person_digest};
use crate::web::account::sign_in::too_many;
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::client::Client;
use crate::web::cookie::Cookie;
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, Field, Keys};
use crate::web::notice;
use crate::web::part::SummaryRow;
use crate::web::shell::Shell;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "staff/account/show.html")]
struct ShowPage {
    shell: Shell,
    problems: Problems,
    held: Vec<SummaryRow>,
    /// How often a digest comes; nobody of a body has one.
    digest: Option<ChoiceField>,
    current: Field,
    password: Field,
    sessions: Vec<Line>,
    keys: Keys,
}

impl ShowPage {
    /// Whether this account is signed in anywhere else.
    fn has_others(&self) -> bool {
        self.sessions.iter().any(|line| line.end.is_some())
    }
}

/// One place where the account is signed in.
struct Line {
    begun: String,
    used: String,
    /// Where it is ended; none for the session that looks at the page, which is ended by signing out.
    end: Option<String>,
}

impl ShowPage {
    /// A key of its own for each form: what one came to must not answer another.
    fn keys_for(&self, form: &str) -> Keys {
        Keys { key: self.keys.key.as_ref().map(|key| format!("{key}-{form}")), ..self.keys.clone() }
    }
}

struct Read {
    person: Person,
    body: Option<String>,
    sessions: Vec<SessionLine>,
    digest: Option<DigestCycle>,
}

async fn look(state: &State, staff: &Staff) -> Result<Read, Error> {
    let (id, now) = (staff.actor.person, staff.now);
    let read = move |tx: &mut ReadTx<'_>| {
        let person = person::find(tx, id)?;
        let body = body::names(tx, person.body.into_iter().collect())?.pop().map(|body| body.name);
        let chosen = person_digest::of(tx, id)?.and_then(|kept| kept.cycle);
        let digest = is_for(person.role).then(|| chosen.unwrap_or_else(|| DigestCycle::usual(person.role)));
        Ok::<_, store::Error>(Read { sessions: session::list(tx, id, now)?, person, body, digest })
    };
    Ok(state.reader.read(read).await?)
}

impl Read {
    fn page(self, state: &State, staff: &Staff, shell: Shell, keys: Keys, problems: Problems) -> ShowPage {
        let Self { person, body, sessions, digest } = self;
        let zone = &state.site.zone;
        let line = |one: SessionLine| Line {
            begun: words::moment(one.created_at, zone),
            used: words::moment(one.seen_at, zone),
            end: (one.id != staff.session).then(|| address::session_end(&named::name(state.service.secret(), one.id))),
        };
        let hint = format!("{PASSWORD_LEAST} characters or more. Three or four unrelated words are easy to remember.");
        ShowPage {
            shell: shell.titled("Your account").crumb(address::STAFF, "Your work").faulty(!problems.is_empty()),
            held: vec![
                SummaryRow::new("Name", person.name),
                SummaryRow::new("Email address", person.email.to_string()),
                SummaryRow::new("Role", words::role(person.role)),
                SummaryRow::new("Body", body.unwrap_or_else(|| "None".to_owned())),
            ],
            digest: digest.map(|chosen| how_often(chosen).checked(&problems)),
            current: Field::new("current_password", "Current password").checked(&problems),
            password: Field::new("password", "New password").hint(hint).checked(&problems),
            sessions: sessions.into_iter().map(line).collect(),
            problems,
            keys,
        }
    }
}

fn how_often(chosen: DigestCycle) -> ChoiceField {
    let choices = DigestCycle::ALL.iter().map(|cycle| Choice::new(cycle.as_str(), words::digest_cycle(*cycle)));
    ChoiceField::new("digest", "How often?", choices)
        .hint("It goes at 08:30 on working days. Where there is nothing to say, none goes.")
        .value(chosen.as_str())
}

/// The page.
///
/// # Errors
/// When the database fails.
pub async fn show(state: web::Data<State>, staff: Staff, shell: Shell, keys: Keys) -> Result<HttpResponse, Error> {
    page(&look(&state, &staff).await?.page(&state, &staff, shell, keys, Problems::none()))
}

/// What is sent to change the password. Neither field is ever sent back.
#[derive(Debug, Deserialize)]
pub struct Form {
    #[serde(default)]
    current_password: SecretString,
    #[serde(default)]
    password: SecretString,
}

/// Changes the password. The session goes on under a new token; every other one ends.
///
/// # Errors
/// When it is too busy, or the database fails.
pub async fn save_password(
    state: web::Data<State>,
    staff: Staff,
    client: Client,
    Protected(form): Protected<Form>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let token = Token::new(state.chance.bytes());
    let change = ChangePassword {
        person: staff.actor.person,
        current: form.current_password,
        password: form.password,
        context: vec![state.site.name.clone()],
        from: client.0,
        token: token.clone(),
        salt: state.chance.bytes(),
        reference: state.reference(),
        now: staff.now,
    };
    let (status, problems, wait) = match state.service.change_password(change).await {
        Ok(PasswordChange::Done) => {
            let said = "Your password is changed, and you are signed out everywhere else";
            let mut answer = notice::see_other_saying(&state, address::ACCOUNT, said)?;
            let cookie = Cookie::Session.set(&token.to_string(), &state.site)?;
            answer.headers_mut().append(header::SET_COOKIE, cookie);
            return Ok(answer);
        }
        Ok(PasswordChange::Wrong) => {
            let problems = Problems::one("current_password", "This is not your current password");
            (StatusCode::UNPROCESSABLE_ENTITY, problems, None)
        }
        Ok(PasswordChange::Wait(seconds)) => {
            (StatusCode::TOO_MANY_REQUESTS, Problems::one("current_password", too_many(seconds)), Some(seconds))
        }
        Err(service::Error::Problems(problems)) => (StatusCode::UNPROCESSABLE_ENTITY, problems, None),
        Err(fault) => return Err(fault.into()),
    };
    let again = look(&state, &staff).await?.page(&state, &staff, shell, keys, problems);
    let mut answer = page_with(status, &again)?;
    if let Some(seconds) = wait {
        answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    Ok(answer)
}

/// What is sent to choose how often a digest comes.
#[derive(Debug, Deserialize)]
pub struct DigestForm {
    #[serde(default)]
    digest: String,
    #[serde(default)]
    key: String,
}

/// Chooses how often a digest comes.
///
/// # Errors
/// 403 for those of a body, who have none; when the database fails.
pub async fn save_digest(
    state: web::Data<State>,
    staff: Staff,
    Protected(form): Protected<DigestForm>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let chosen = form.digest.parse::<DigestCycle>().ok();
    match state.service.choose_digest(staff.act(&form.key), chosen).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, "How often you are mailed is saved"),
        Err(service::Error::Problems(problems)) => {
            let again = look(&state, &staff).await?.page(&state, &staff, shell, keys, problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Ends one of one's own sessions.
///
/// # Errors
/// When there is none of that name, or the database fails.
pub async fn end_session(
    state: web::Data<State>,
    staff: Staff,
    name: web::Path<String>,
    Protected(button): Protected<Button>,
) -> Result<HttpResponse, Error> {
    let done = state.service.end_session(staff.act(&button.key), name.into_inner()).await?;
    notice::see_other_saying(&state, &done.location, "That session has ended")
}

/// Ends all of one's own sessions but the one that asks.
///
/// # Errors
/// When the database fails.
pub async fn end_other_sessions(
    state: web::Data<State>,
    staff: Staff,
    Protected(button): Protected<Button>,
) -> Result<HttpResponse, Error> {
    let done = state.service.end_other_sessions(staff.act(&button.key), staff.session).await?;
    notice::see_other_saying(&state, &done.location, "You are signed out everywhere else")
}
