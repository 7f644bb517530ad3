//! Support for anyone affected by what the register is about.

use actix_web::HttpResponse;
use askama::Template;

use super::shown;
use crate::web::error::Error;
use crate::web::shell::Shell;

/// The page.
#[derive(Template)]
#[template(path = "public/help/show.html")]
struct ShowPage {
    shell: Shell,
}

/// Shows it.
///
/// # Errors
/// When the page cannot be made.
pub async fn show(shell: Shell) -> Result<HttpResponse, Error> {
    let page = ShowPage { shell: shell.titled("Help and support").crumb("/", "Home") };
    shown(&page, &page.shell)
}
