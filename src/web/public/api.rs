//! What the register offers programs, said to the people who write them.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::shown;
use crate::domain::words;
use crate::store::setting;
use crate::web::error::Error;
use crate::web::shell::Shell;
use crate::web::state::{DOWNLOADS, State};

/// The page.
#[derive(Template)]
#[template(path = "public/api/show.html")]
struct ShowPage {
    shell: Shell,
    base: String,
    licence: String,
    /// How many downloads at once, and what becomes of one more.
    limits: String,
}

/// Shows it.
///
/// # Errors
/// When the database fails.
pub async fn show(state: web::Data<State>, shell: Shell) -> Result<HttpResponse, Error> {
    let service = state.reader.read_or_again(setting::in_service).await?;
    let page = ShowPage {
        shell: shell.titled("Data for programs").crumb("/", "Home").crumb("/about", "About this register"),
        limits: words::limits(DOWNLOADS as u64),
        base: state.site.base_url.clone(),
        licence: service.licence.map_or_else(|| words::NO_DATA_LICENCE.to_owned(), words::data_licence_is),
    };
    shown(&page, &page.shell)
}
