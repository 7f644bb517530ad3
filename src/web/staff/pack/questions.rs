//! What packs ask: of one pack, and of every pack from now on.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::pack::QUESTIONS;
use crate::domain::problem::Problems;
use crate::service;
use crate::store::setting;
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Field, Keys};
use crate::web::notice;
use crate::web::shell::Shell;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The names of the fields.
const NAMES: [&str; QUESTIONS] = ["question_1", "question_2", "question_3", "question_4"];

/// The page of what every pack asks.
#[derive(Template)]
#[template(path = "staff/pack/questions.html")]
struct EditPage {
    shell: Shell,
    problems: Problems,
    fields: Vec<Field>,
    keys: Keys,
}

/// A form with these questions in it.
pub(super) fn filled(asked: &[String; QUESTIONS]) -> Sent {
    NAMES.iter().zip(asked).fold(Sent::default(), |sent, (name, asked)| sent.filled(name, asked.clone()))
}

/// The four fields.
pub(super) fn fields(sent: &Sent, problems: &Problems) -> Vec<Field> {
    let labels = ["First question", "Second question", "Third question", "Fourth question"];
    NAMES.into_iter().zip(labels).map(|(name, label)| sent.field(name, label, problems)).collect()
}

/// What was sent in them.
pub(super) fn sent_in(sent: &Sent) -> [String; QUESTIONS] {
    NAMES.map(|name| sent.get(name).to_owned())
}

impl EditPage {
    fn new(shell: Shell, keys: Keys, sent: &Sent, problems: Problems) -> Self {
        Self {
            fields: fields(sent, &problems),
            shell: shell
                .titled("What every pack asks")
                .crumb(address::STAFF, "Your work")
                .crumb(address::PACKS, "Scrutiny packs")
                .unlisted()
                .faulty(!problems.is_empty()),
            problems,
            keys,
        }
    }
}

/// Shows the questions of every pack.
///
/// # Errors
/// 403 for those who do not oversee the whole register; when the database fails.
pub async fn edit(state: web::Data<State>, staff: Staff, shell: Shell, keys: Keys) -> Result<HttpResponse, Error> {
    staff.may(Deed::MakePack, About::register())?;
    let asked = state.reader.read(setting::pack_questions).await?;
    page(&EditPage::new(shell, keys, &filled(&asked), Problems::none()))
}

/// Chooses others.
///
/// # Errors
/// As for the form; 422 for one that is missing.
pub async fn save(
    state: web::Data<State>,
    staff: Staff,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::MakePack, About::register())?;
    match state.service.set_pack_questions(staff.act(sent.key()), sent_in(&sent)).await {
        Ok(done) => notice::after(&state, &done, "Saved. Packs that are made already keep theirs"),
        Err(service::Error::Problems(problems)) => {
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &EditPage::new(shell, keys, &sent, problems))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Chooses other questions for one pack.
///
/// # Errors
/// 404 when there is none, 403 for those who may not; 422 for one that is missing, 409 when somebody else changed it.
pub async fn ask(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::MakePack, About::default())?;
    let of = (reference.to_string(), sent.version());
    match state.service.ask_in_pack(staff.act(sent.key()), of, sent_in(&sent)).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, "Saved"),
        Err(service::Error::Problems(problems)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            super::show::again(&state, &staff, &reference, (shell, keys), (Some(&sent), problems), status).await
        }
        Err(service::Error::Stale) => {
            let kept = (Some(&sent), Problems::none());
            super::show::again(&state, &staff, &reference, (shell, keys), kept, StatusCode::CONFLICT).await
        }
        Err(fault) => Err(fault.into()),
    }
}
