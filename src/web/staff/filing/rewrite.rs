//! A body's update that was sent back, written again.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::form;
use super::page::ShowPage;
use super::read::look;
use super::side::written;
use crate::domain::access::{About, Deed};
use crate::domain::words;
use crate::service::{self, Act, Drafted, Refile, SaveDraft};
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
    let read = look(&state, &staff, &reference).await?;
    let body = read.answer.as_ref().map(|answer| answer.answerer.id);
    staff.may(Deed::FileReturn, About { body, ..About::default() })?;
    let (done, said) = if sent.is_ticked("later") {
        let (update, faults) = form::read_unfinished(&sent);
        let command = SaveDraft { of: Drafted::Again(reference.clone(), sent.version()), update };
        let act = Act { faults, ..staff.act(sent.key()) };
        (state.service.save_draft(act, command).await, words::RETURN_SAVED)
    } else {
        let (update, faults) = form::read(&sent);
        let command = Refile { reference: reference.clone(), version: sent.version(), update };
        let signed = read.signer.as_ref().is_none_or(|signer| signer.person == staff.actor.person);
        let said = match (signed, read.filing.submitted_at) {
            (false, _) => words::FOR_SIGN_OFF,
            (true, Some(_)) => words::RETURN_AGAIN,
            (true, None) => words::RETURN_SENT,
        };
        (state.service.refile_return(Act { faults, ..staff.act(sent.key()) }, command).await, said)
    };
    match done {
        Ok(done) => notice::see_other_saying(&state, &done.location, said),
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

/// The page of an unfinished update that somebody of the same body had begun when this was sent: both texts.
///
/// # Errors
/// As for the page.
pub async fn overtaken_by(
    state: &State,
    staff: &Staff,
    reference: &str,
    sent: &Sent,
    (shell, keys): (Shell, Keys),
) -> Result<HttpResponse, Error> {
    let mut again = ShowPage::new(state, staff, shell, keys, look(state, staff, reference).await?);
    again.written = written(sent);
    // The form goes on holding what the other one wrote.
    again.stale = true;
    page_with(StatusCode::CONFLICT, &again)
}

/// The page after somebody of the same body handed it in meanwhile: what was written here is shown, though it cannot be sent.
fn overtaken(mut again: ShowPage, sent: &Sent) -> ShowPage {
    if again.rewrite.is_none() {
        again.written = written(sent);
    }
    again.stale(sent)
}
