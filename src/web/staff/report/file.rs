//! The document itself, where it is kept here: asked for its right each time, published by a visible act, or taken back.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, web};

use super::show::{Mode, ShowPage, look};
use crate::domain::access::{About, Deed};
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, PublishReportFile, TakeReportFileBack, about_documents};
use crate::web::actor::Staff;
use crate::web::answer::page_with;
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::Keys;
use crate::web::notice;
use crate::web::public::evidence::send;
use crate::web::shell::Shell;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The bytes, public or not.
///
/// # Errors
/// 404 when there are none, 403 for whoever may not read them.
pub async fn file(state: web::Data<State>, staff: Staff, seq: web::Path<String>) -> Result<HttpResponse, Error> {
    staff.may(Deed::ReadFile, About { judges: true, ..About::default() })?;
    let read = look(&state, &staff, &seq, Mode::File).await?;
    let about = about_documents(staff.actor, read.report.body.id, &read.items);
    staff.may(Deed::ReadFile, About { judges: true, ..about })?;
    let kept = read.kept.ok_or(Error::NotFound)?;
    let mut answer = send(&state, kept.file);
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

/// Publishes it.
///
/// # Errors
/// 404 when there is none, 403 when the person may not.
pub async fn publish(
    state: web::Data<State>,
    seq: web::Path<String>,
    Protected(sent): Protected<Sent>,
    staff: Staff,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::Publish, About::default())?;
    let read = look(&state, &staff, &seq, Mode::File).await?;
    let mut reading = Reading::of(&sent);
    let summary = reading.words("summary", "What it says");
    let mut act = reading.told_to(staff.act(sent.key()));
    act.questions = sent.answers();
    let command = PublishReportFile {
        began: read.report.began,
        version: sent.version(),
        shown: sent.get("shown").parse().unwrap_or(-1),
        summary,
        hidden_is_seen: sent.is_ticked("hidden"),
    };
    match state.service.publish_report_file(act, command).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, "The document is public as a file"),
        Err(service::Error::Problems(problems)) => {
            let again = ShowPage::new(shell, keys, &staff, read, &sent, problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(service::Error::Stale) => {
            let read = look(&state, &staff, &seq, Mode::File).await?;
            let again = ShowPage::new(shell, keys, &staff, read, &sent.unconfirmed(), Problems::none()).stale();
            page_with(StatusCode::CONFLICT, &again)
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Takes it back.
///
/// # Errors
/// 404 when there is none, 403 when the person may not, 409 when it is public.
pub async fn take_back(
    state: web::Data<State>,
    seq: web::Path<String>,
    Protected(sent): Protected<Sent>,
    staff: Staff,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::RecordFact, About::default())?;
    let read = look(&state, &staff, &seq, Mode::File).await?;
    let command = TakeReportFileBack { began: read.report.began, version: sent.version() };
    match state.service.take_report_file_back(staff.act(sent.key()), command).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, words::EVIDENCE_TAKEN_BACK),
        Err(service::Error::Stale) => {
            let again = ShowPage::new(shell, keys, &staff, read, &sent, Problems::none()).stale();
            page_with(StatusCode::CONFLICT, &again)
        }
        Err(fault) => Err(fault.into()),
    }
}
