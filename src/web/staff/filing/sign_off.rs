//! The body's own sign-off: signing an update off, or sending it back to its author.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::page::ShowPage;
use super::read::look;
use crate::domain::words;
use crate::service::{self, Done, SendToAuthor, SignOff};
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

/// Signs it off.
///
/// # Errors
/// 403 for whoever does not sign off; otherwise as for the page, and when the database fails.
pub async fn sign_off(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let command = SignOff { reference: reference.clone(), version: sent.version() };
    let done = state.service.sign_off(staff.act(sent.key()), command).await;
    answered(&state, &staff, &reference, done, words::SIGNED_OFF, (&sent, shell, keys)).await
}

/// Sends it back to its author.
///
/// # Errors
/// As for signing off.
pub async fn send_to_author(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let mut reading = Reading::of(&sent);
    let comment = reading.words("comment", "What should be looked at again");
    let command = SendToAuthor { reference: reference.clone(), version: sent.version(), comment };
    let done = match reading.problems.into_result() {
        Ok(()) => state.service.send_to_author(staff.act(sent.key()), command).await,
        Err(problems) => Err(problems.into()),
    };
    let said = "Sent back to its author, who finds it among what is unfinished.";
    answered(&state, &staff, &reference, done, said, (&sent, shell, keys)).await
}

async fn answered(
    state: &State,
    staff: &Staff,
    reference: &str,
    done: Result<Done, service::Error>,
    said: &'static str,
    (sent, shell, keys): (&Sent, Shell, Keys),
) -> Result<HttpResponse, Error> {
    match done {
        Ok(done) => notice::see_other_saying(state, &done.location, said),
        Err(service::Error::Problems(problems)) => {
            let read = look(state, staff, reference).await?;
            let again = ShowPage::new(state, staff, shell, keys, read).sent(sent, &problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(service::Error::Stale) => {
            let read = look(state, staff, reference).await?;
            page_with(StatusCode::CONFLICT, &ShowPage::new(state, staff, shell, keys, read).stale(sent))
        }
        Err(fault) => Err(fault.into()),
    }
}
