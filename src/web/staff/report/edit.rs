//! `/staff/reports/{seq}/description`: putting right what is said of a document, or keeping its file.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::fields::{self, Fields};
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::problem::Problems;
use crate::service::{self, DescribeReport, about_documents};
use crate::store::report::{self, Report};
use crate::store::{self, mark};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::upload::Upload;
use crate::web::error::Error;
use crate::web::form::{Field, FourQuestions, Keys};
use crate::web::notice;
use crate::web::public::change::numbered;
use crate::web::shell::Shell;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "staff/report/edit.html")]
struct EditPage {
    shell: Shell,
    problems: Problems,
    stands: String,
    /// Somebody else put it right while this person was writing.
    overtaken: bool,
    fields: Fields,
    correction: Field,
    questions: FourQuestions,
    back: String,
    keys: Keys,
}

impl EditPage {
    fn new(shell: Shell, keys: Keys, report: &Report, sent: &Sent, problems: Problems) -> Self {
        let back = address::staff_report(report.began);
        Self {
            shell: shell
                .titled("Put right what is said of a document")
                .crumb(address::STAFF, "Your work")
                .crumb(address::body_reports(report.body.slug.as_str()), report.body.short().to_owned())
                .unlisted()
                .faulty(!problems.is_empty()),
            stands: fields::line(report),
            overtaken: false,
            fields: Fields::new(sent, &problems),
            correction: sent
                .field("correction", "Why was what was said of it wrong?", &problems)
                .hint("Everybody will read it. Leave it empty where only a file is kept."),
            questions: sent.questions(&problems),
            keys: keys.of_version(report.seq.0),
            back,
            problems,
        }
    }
}

async fn look(state: &State, staff: &Staff, seq: &str) -> Result<Report, Error> {
    staff.may(Deed::RecordFact, About::default())?;
    let began = numbered(seq)?;
    let read = state.reader.read(move |tx| {
        let found = report::find(tx, began)?;
        let items = mark::items(tx, found.body.id)?;
        Ok::<_, store::Error>((found, items))
    });
    let (found, items) = read.await?;
    staff.may(Deed::RecordFact, about_documents(staff.actor, found.body.id, &items))?;
    Ok(found)
}

/// Shows the form.
///
/// # Errors
/// 404 when there is none, 403 when the person may not.
pub async fn edit(
    state: web::Data<State>,
    staff: Staff,
    seq: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let found = look(&state, &staff, &seq).await?;
    page(&EditPage::new(shell, keys, &found, &fields::filled(&found), Problems::none()))
}

/// Takes it.
///
/// # Errors
/// As for the form, and when the database fails.
pub async fn save(
    state: web::Data<State>,
    seq: web::Path<String>,
    mut upload: Upload<Sent>,
    staff: Staff,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let found = look(&state, &staff, &seq).await?;
    let file = upload.file.take();
    let sent = &upload.form;
    let mut read = Reading::of(sent);
    let said = fields::read(&mut read);
    let correction = read.words("correction", "Why it was wrong");
    let mut act = read.told_to(staff.act(sent.key()));
    act.questions = sent.answers();
    let command = DescribeReport { began: found.began, shown: sent.version(), said, correction, file };
    match state.service.describe_report(act, command).await {
        Ok(done) => notice::after(&state, &done, "Saved"),
        Err(service::Error::Problems(problems)) => {
            let again = EditPage::new(shell, keys, &found, sent, problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(service::Error::Stale) => {
            let found = look(&state, &staff, &seq).await?;
            let again = EditPage::new(shell, keys, &found, &sent.clone().unconfirmed(), Problems::none());
            page_with(StatusCode::CONFLICT, &EditPage { overtaken: true, ..again })
        }
        Err(fault) => Err(fault.into()),
    }
}
