//! Sending a filing back to its author.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::page::ShowPage;
use super::read::look;
use crate::service::{self, SendBack};
use crate::web::actor::Staff;
use crate::web::answer::page_with;
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::Keys;
use crate::web::notice;
use crate::web::shell::Shell;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// Sends it back and tells its author by mail.
///
/// # Errors
/// 403 without the right; otherwise as for the page, and when the database fails.
pub async fn send_back(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let mut reading = Reading::of(&sent);
    let comment = reading.words("comment", "What should be looked at again");
    let command = SendBack { reference: reference.clone(), version: sent.version(), comment };
    let done = match reading.problems.into_result() {
        Ok(()) => state.service.send_back(staff.act(sent.key()), command).await,
        Err(problems) => Err(problems.into()),
    };
    match done {
        Ok(done) => notice::see_other_saying(
            &state,
            &done.location,
            "Sent back. Its author is told by mail, if they still have an account.",
        ),
        Err(service::Error::Problems(problems)) => {
            let read = look(&state, &staff, &reference).await?;
            let again = ShowPage::new(&state, &staff, shell, keys, read).sent(&sent, &problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(service::Error::Stale) => {
            let read = look(&state, &staff, &reference).await?;
            page_with(StatusCode::CONFLICT, &ShowPage::new(&state, &staff, shell, keys, read).stale(&sent))
        }
        Err(fault) => Err(fault.into()),
    }
}
