//! A body's update that was sent back, written again.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::form;
use super::page::ShowPage;
use super::read::look;
use super::side::written;
use crate::domain::access::{About, Deed};
use crate::domain::words;
use crate::service::{self, Act, Refile};
use crate::web::actor::Staff;
use crate::web::answer::page_with;
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::Keys;
use crate::web::notice;
use crate::web::shell::Shell;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// Hands it in again.
///
/// # Errors
/// 403 without the right; otherwise as for the page, and when the database fails.
pub async fn save(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let body = look(&state, &staff, &reference).await?.answer.map(|answer| answer.body.id);
    staff.may(Deed::FileReturn, About { body, ..About::default() })?;
    let (update, faults) = form::read(&sent);
    let command = Refile { reference: reference.clone(), version: sent.version(), update };
    match state.service.refile_return(Act { faults, ..staff.act(sent.key()) }, command).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, words::RETURN_AGAIN),
        Err(service::Error::Problems(problems)) => {
            let again = ShowPage::new(&state, &staff, shell, keys, look(&state, &staff, &reference).await?);
            if again.rewrite.is_none() {
                return page_with(StatusCode::CONFLICT, &overtaken(again, &sent));
            }
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again.sent(&sent, &problems))
        }
        Err(service::Error::Stale) => {
            let again = ShowPage::new(&state, &staff, shell, keys, look(&state, &staff, &reference).await?);
            page_with(StatusCode::CONFLICT, &overtaken(again, &sent))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// The page after somebody of the same body handed it in meanwhile: what was written here is shown, though it cannot be sent.
fn overtaken(mut again: ShowPage, sent: &Sent) -> ShowPage {
    if again.rewrite.is_none() {
        again.written = written(sent);
    }
    again.stale(sent)
}
