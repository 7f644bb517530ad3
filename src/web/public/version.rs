//! `/about/versions` and its like: every version of the operator's own words on a page, each at the address of its change.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::shown;
use crate::domain::address;
use crate::domain::operator_page::OperatorPage;
use crate::domain::words;
use crate::store::operator_page::versions;
use crate::web::error::Error;
use crate::web::part::Link;
use crate::web::shell::Shell;
use crate::web::state::State;

/// How many versions are listed.
const MOST: i64 = 500;

/// The list.
#[derive(Template)]
#[template(path = "public/version/list.html")]
struct ListPage {
    shell: Shell,
    page: Link,
    versions: Vec<Link>,
}

/// Lists them.
///
/// # Errors
/// When the database fails.
pub async fn list(state: web::Data<State>, shell: Shell) -> Result<HttpResponse, Error> {
    let named = shell.path.trim_start_matches('/').split('/').next().unwrap_or_default();
    let page: OperatorPage = named.parse().map_err(|_| Error::NotFound)?;
    let found = state.reader.read_or_again(move |tx| versions(tx, page, MOST)).await?;
    let name = words::operator_page(page);
    let page = ListPage {
        page: Link::new(page.address(), name),
        versions: found
            .into_iter()
            .map(|(seq, day)| Link::new(address::change(seq), words::version_of(day, seq)))
            .collect(),
        shell: shell.titled(format!("{name}: every version")).crumb("/", "Home").crumb(page.address(), name),
    };
    shown(&page, &page.shell)
}
