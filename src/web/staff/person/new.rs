//! Inviting somebody.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::form::{Fields, Form, bodies};
use crate::domain::access::{About, Deed};
use crate::domain::problem::Problems;
use crate::domain::token::Token;
use crate::service::{self, Invite, Invited};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::Keys;
use crate::web::notice;
use crate::web::shell::Shell;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "staff/person/new.html")]
struct NewPage {
    shell: Shell,
    problems: Problems,
    fields: Fields,
    keys: Keys,
}

impl NewPage {
    fn new(shell: Shell, keys: Keys, fields: Fields, problems: Problems) -> Self {
        let shell = shell.titled("Invite somebody").crumb("/staff", "Your work").crumb("/staff/people", "People");
        Self { shell: shell.faulty(!problems.is_empty()), problems, fields, keys }
    }
}

/// The form.
///
/// # Errors
/// When the person may not, or the database fails.
pub async fn new(state: web::Data<State>, staff: Staff, shell: Shell, keys: Keys) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManagePeople, About::default())?;
    let fields = Fields::new(&Form::default(), &bodies(&state.reader).await?, &Problems::none());
    page(&NewPage::new(shell, keys, fields, Problems::none()))
}

/// Invites them.
///
/// # Errors
/// When the person may not, or the database fails.
pub async fn create(
    state: web::Data<State>,
    staff: Staff,
    Protected(form): Protected<Form>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let sent = form.clone();
    let chance = fresh(&state);
    let invite = Invite { email: sent.email, name: sent.name, role: sent.role, body: sent.body, chance };
    match state.service.invite(staff.act(&form.key), invite).await {
        Ok(done) => {
            let said = format!("An invitation is on its way to {}", form.email.trim());
            notice::see_other_saying(&state, &done.location, &said)
        }
        Err(service::Error::Problems(problems)) => {
            let fields = Fields::new(&form, &bodies(&state.reader).await?, &problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &NewPage::new(shell, keys, fields, problems))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// What an invitation takes from chance.
pub(super) fn fresh(state: &State) -> Invited {
    Invited { person: state.reference(), mail: state.reference(), token: Token::new(state.chance.bytes()) }
}
