//! Taking a filing back.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::page::ShowPage;
use super::read::look;
use crate::service::{self, Withdraw};
use crate::web::actor::Staff;
use crate::web::answer::page_with;
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::Keys;
use crate::web::notice;
use crate::web::shell::Shell;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// Takes it back.
///
/// # Errors
/// 403 without the right; otherwise as for the page, and when the database fails.
pub async fn withdraw(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let command = Withdraw { reference: reference.clone(), version: sent.version() };
    match state.service.withdraw(staff.act(sent.key()), command).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, "Taken back. It waits for nobody any more."),
        Err(service::Error::Stale) => {
            let read = look(&state, &staff, &reference).await?;
            page_with(StatusCode::CONFLICT, &ShowPage::new(&state, &staff, shell, keys, read).stale(&sent))
        }
        Err(fault) => Err(fault.into()),
    }
}
