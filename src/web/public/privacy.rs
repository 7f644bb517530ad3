//! What data is held, why and for how long.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::own::Own;
use super::shown;
use crate::domain::operator::Operator;
use crate::domain::operator_page::OperatorPage;
use crate::store::{self, setting};
use crate::web::error::Error;
use crate::web::shell::Shell;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "public/privacy/show.html")]
struct ShowPage {
    shell: Shell,
    operator: Option<Operator>,
    own: Own,
}

/// Shows it.
///
/// # Errors
/// When the database fails.
pub async fn show(state: web::Data<State>, shell: Shell) -> Result<HttpResponse, Error> {
    let today = state.today();
    let (operator, own) = state
        .reader
        .read(move |tx| Ok::<_, store::Error>((setting::operator(tx)?, Own::read(tx, OperatorPage::Privacy, today)?)))
        .await?;
    let page = ShowPage { operator, own, shell: shell.titled("Privacy").crumb("/", "Home") };
    shown(&page, &page.shell)
}
