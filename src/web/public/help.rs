//! Support for anyone affected by what the register is about.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::shown;
use crate::domain::operator::Operator;
use crate::store::setting;
use crate::web::error::Error;
use crate::web::shell::Shell;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "public/help/show.html")]
struct ShowPage {
    shell: Shell,
    operator: Option<Operator>,
}

/// Shows it.
///
/// # Errors
/// When the database fails.
pub async fn show(state: web::Data<State>, shell: Shell) -> Result<HttpResponse, Error> {
    let operator = state.reader.read(setting::in_service).await?.operator;
    let page = ShowPage { operator, shell: shell.titled("Help and support").crumb("/", "Home") };
    shown(&page, &page.shell)
}
