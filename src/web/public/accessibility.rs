//! How accessible the register is, and what to do where it is not.

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
#[template(path = "public/accessibility/show.html")]
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
        .read_or_again(move |tx| {
            Ok::<_, store::Error>((setting::operator(tx)?, Own::read(tx, OperatorPage::Accessibility, today)?))
        })
        .await?;
    let page = ShowPage { operator, own, shell: shell.titled("Accessibility").crumb("/", "Home") };
    shown(&page, &page.shell)
}
