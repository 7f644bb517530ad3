//! `/staff/bounces`: reports of mail that came back, sent in as a file. For those who manage mail.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::form_sent::Sent;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::bounce::{Effect, Outcome, Report};
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::mail::bounce;
use crate::service::FileSent;
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::upload::Upload;
use crate::web::error::Error;
use crate::web::form::{Field, Keys};
use crate::web::part::Link;
use crate::web::shell::Shell;
use crate::web::state::State;

/// The form.
#[derive(Template)]
#[template(path = "staff/bounce/new.html")]
struct NewPage {
    shell: Shell,
    problems: Problems,
    file: Field,
    keys: Keys,
}

/// What the reports of a file did.
#[derive(Template)]
#[template(path = "staff/bounce/show.html")]
struct ShowPage {
    shell: Shell,
    /// How many changed something, and how many were refused.
    summary: String,
    lines: Vec<Line>,
}

/// What one report did, or one of the recipients that it names.
struct Line {
    number: usize,
    /// Whom the mail was for, and what the report says.
    said: String,
    /// The page of the mail, where it is one of ours.
    mail: Option<Link>,
    effect: &'static str,
}

impl Line {
    fn new(outcome: &Outcome) -> Self {
        let said = outcome.said.as_ref();
        let ours = said.filter(|_| !matches!(outcome.effect, Effect::NotOurs | Effect::Unusable(_)));
        Self {
            number: outcome.number,
            said: said.map_or_else(String::new, words::report_said),
            mail: ours.map(|said| Link::new(address::staff_mail(said.reference()), "The mail")),
            effect: words::report_effect(outcome.effect),
        }
    }
}

impl NewPage {
    fn new((shell, keys): (Shell, Keys), problems: Problems) -> Self {
        Self {
            shell: way(shell.titled("Reports of mail that came back")).faulty(!problems.is_empty()),
            file: Field::new("file", "The file of reports")
                .hint("One report (.eml), or a mailbox of many (mbox), 10 MiB at most. The file is not kept.")
                .checked(&problems),
            problems,
            keys,
        }
    }
}

fn way(shell: Shell) -> Shell {
    shell.crumb(address::STAFF, "Your work").crumb(address::OUTBOX, "Mail").unlisted()
}

/// Shows the form.
///
/// # Errors
/// When the person may not.
pub async fn new(staff: Staff, shell: Shell, keys: Keys) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManageMail, About::default())?;
    page(&NewPage::new((shell, keys), Problems::none()))
}

/// Takes a file of reports in, and says what each did. It is said at once and not kept: what was refused was written by strangers,
/// and what was believed stands beside the mail. The same file sent again changes nothing.
///
/// # Errors
/// When the person may not, or the database fails; the form again where the file cannot be read.
pub async fn create(
    state: web::Data<State>,
    mut upload: Upload<Sent>,
    staff: Staff,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let file = upload.file.take();
    staff.may(Deed::ManageMail, About::default())?;
    match read(file).await? {
        Ok(reports) => {
            let outcomes = state.service.take_reports(staff.act(upload.form.key()), reports).await?;
            page(&ShowPage {
                shell: way(shell.titled("What the reports did"))
                    .crumb(address::BOUNCES, "Reports of mail that came back"),
                summary: words::reports_did(&outcomes),
                lines: outcomes.iter().map(Line::new).collect(),
            })
        }
        Err(problems) => page_with(StatusCode::UNPROCESSABLE_ENTITY, &NewPage::new((shell, keys), problems)),
    }
}

/// Reads the file, beside the threads that answer.
async fn read(file: Option<FileSent>) -> Result<Result<Vec<Report>, Problems>, Error> {
    let Some(file) = file else { return Ok(Err(Problems::one("file", "Choose the file of reports"))) };
    if file.too_large {
        return Ok(Err(Problems::one(
            "file",
            "The file must be 10 MiB or smaller. Divide it, and send one part after the other",
        )));
    }
    let reports = web::block(move || bounce::read(&file.bytes)).await.map_err(|_| Error::Busy)?;
    Ok(reports.map_err(|fault| Problems::one("file", fault.to_string())))
}
