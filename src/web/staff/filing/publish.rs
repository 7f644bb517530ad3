//! Publishing a filing, once the four questions are answered.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::page::ShowPage;
use super::read::look;
use crate::service::{self, Act, Publish};
use crate::web::actor::Staff;
use crate::web::answer::page_with;
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::Keys;
use crate::web::notice;
use crate::web::shell::Shell;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// Publishes it.
///
/// # Errors
/// 403 without the right or the second key; otherwise as for the page, and when the database fails.
pub async fn publish(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let evidence = sent.all("with").into_iter().map(str::to_owned).collect();
    let command = Publish {
        reference: reference.clone(),
        version: sent.version(),
        evidence,
        draft_accepted: sent.is_ticked("draft"),
    };
    match state.service.publish(Act { questions: sent.answers(), ..staff.act(sent.key()) }, command).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, "Published. This is its address, for ever."),
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
