//! `/staff/settings/reading`: after how many working days an update that nobody has read is with us too long.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::form_reading::Reading;
use super::form_sent::Sent;
use crate::domain::access::{About, Deed};
use crate::domain::address;
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
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "staff/reading/edit.html")]
struct EditPage {
    shell: Shell,
    problems: Problems,
    reading_days: Field,
    keys: Keys,
}

impl EditPage {
    fn new(shell: Shell, keys: Keys, sent: &Sent, problems: Problems) -> Self {
        let field = sent.field("reading_days", "After how many working days?", &problems);
        Self {
            reading_days: field
                .hint("From 1 to 60. Updates that came longer ago and that nobody has read stand on their own list."),
            shell: shell
                .titled("With us too long")
                .crumb(address::STAFF, "Your work")
                .crumb("/staff/settings", "Settings")
                .faulty(!problems.is_empty()),
            problems,
            keys,
        }
    }
}

/// The page.
///
/// # Errors
/// When the person may not, or the database fails.
pub async fn edit(state: web::Data<State>, staff: Staff, shell: Shell, keys: Keys) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManageSettings, About::default())?;
    let days = state.reader.read(setting::reading_days).await?;
    let sent = Sent::default().filled("reading_days", days.to_string());
    page(&EditPage::new(shell, keys, &sent, Problems::none()))
}

/// Keeps another number.
///
/// # Errors
/// When the person may not, or the database fails.
pub async fn save(
    state: web::Data<State>,
    staff: Staff,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManageSettings, About::default())?;
    let mut read = Reading::of(&sent);
    let days = read.number("reading_days", "Enter a number of working days from 1 to 60");
    match state.service.set_reading_days(read.told_to(staff.act(sent.key())), days).await {
        Ok(done) => notice::after(&state, &done, "Saved"),
        Err(service::Error::Problems(problems)) => {
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &EditPage::new(shell, keys, &sent, problems))
        }
        Err(fault) => Err(fault.into()),
    }
}
