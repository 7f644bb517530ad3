//! Support for anyone affected by what the register is about.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::own::Own;
use super::shown;
use crate::domain::operator_page::OperatorPage;
use crate::domain::words;
use crate::web::error::Error;
use crate::web::shell::Shell;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "public/help/show.html")]
struct ShowPage {
    shell: Shell,
    no_reports: &'static str,
    own: Own,
}

/// Shows it.
///
/// # Errors
/// When the database fails.
pub async fn show(state: web::Data<State>, shell: Shell) -> Result<HttpResponse, Error> {
    let today = state.today();
    let own = state.reader.read_or_again(move |tx| Own::read(tx, OperatorPage::Help, today)).await?;
    let page =
        ShowPage { no_reports: words::NO_REPORTS, own, shell: shell.titled("Help and support").crumb("/", "Home") };
    shown(&page, &page.shell)
}
