//! `/wrong`: "Something wrong here?", for anybody, without an account. Staff read what is sent; the public learns how many
//! there were and what was decided.

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::domain::complaint::ComplaintTyped;
use crate::domain::problem::Problems;
use crate::domain::retention::Periods;
use crate::domain::words;
use crate::service::{Complain, Complained};
use crate::store::setting;
use crate::web::answer::{page, page_with, see_other};
use crate::web::client::Client;
use crate::web::csrf::Patient;
use crate::web::error::Error;
use crate::web::form::{Field, Keys};
use crate::web::place::is_public;
use crate::web::shell::Shell;
use crate::web::state::State;

/// The form.
#[derive(Template)]
#[template(path = "public/complaint/new.html")]
struct NewPage {
    shell: Shell,
    problems: Problems,
    page: Field,
    words: Field,
    email: Field,
    /// Nobody sees it, so only a program fills it.
    trap: Field,
    keys: Keys,
}

/// What an address may ask of the form.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    page: String,
}

/// What is sent.
#[derive(Debug, Default, Deserialize)]
pub struct ComplaintForm {
    #[serde(default)]
    page: String,
    #[serde(default)]
    words: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    website: String,
    #[serde(default)]
    key: String,
}

impl NewPage {
    fn new(shell: Shell, keys: Keys, form: &ComplaintForm, problems: Problems, periods: &Periods) -> Self {
        let field = |id, label: &'static str, value: &str| Field::new(id, label).value(value).checked(&problems);
        Self {
            page: field("page", "Which page?", &form.page).hint("Its address, such as /inquiries."),
            words: field("words", "What is wrong, and what should it say?", &form.words)
                .hint("Do not name a victim, a survivor or a private person. If a page names somebody, say which page.")
                .private(),
            email: field("email", "Your email address", &form.email).hint(words::complaint_email_hint(periods)),
            trap: field("website", "Leave this empty", &form.website),
            shell: shell.titled("Something wrong here?").crumb("/", "Home").unlisted().faulty(!problems.is_empty()),
            problems,
            keys,
        }
    }
}

/// Shows the form, with the page that somebody came from filled in.
///
/// # Errors
/// When the page cannot be made.
pub async fn new(
    state: web::Data<State>,
    shell: Shell,
    keys: Keys,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Error> {
    let from = Some(asked.into_inner().page).filter(|path| is_public(path)).unwrap_or_default();
    let periods = state.reader.read_or_again(setting::periods).await?;
    let form = ComplaintForm { page: from, ..ComplaintForm::default() };
    page(&NewPage::new(shell, keys, &form, Problems::none(), &periods))
}

/// Takes what somebody says is wrong.
///
/// # Errors
/// When the database fails.
pub async fn create(
    state: web::Data<State>,
    client: Client,
    Patient { form, expired }: Patient<ComplaintForm>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let typed = ComplaintTyped { page: &form.page, words: &form.words, email: &form.email, trap: &form.website };
    let periods = state.reader.read_or_again(setting::periods).await?;
    let again = |problems| {
        page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &NewPage::new(shell.clone(), keys.clone(), &form, problems, &periods),
        )
    };
    let complaint = match typed.parse(&state.site.base_url, is_public) {
        Ok(complaint) if !expired => complaint,
        Ok(_) => return again(Problems::one("", words::FORM_EXPIRED)),
        Err(problems) => return again(problems),
    };
    let reference = if form.key.is_empty() { state.reference() } else { named_after(&form.key) };
    let made = Complain { complaint, reference, from: client.0, now: state.now() };
    match state.service.complain(made).await? {
        Complained::Yes => Ok(see_other("/wrong/received")),
        Complained::Wait(seconds) => {
            let problems = Problems::one("", words::complaints_too_many(seconds));
            let mut answer =
                page_with(StatusCode::TOO_MANY_REQUESTS, &NewPage::new(shell, keys, &form, problems, &periods))?;
            answer.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(seconds));
            Ok(answer)
        }
    }
}

/// The same form sent twice has the same name, so it is kept once.
fn named_after(key: &str) -> String {
    Sha256::digest(key).iter().take(10).map(|byte| format!("{byte:02x}")).collect()
}

/// What is said when it was taken.
#[derive(Template)]
#[template(path = "public/complaint/received.html")]
struct ReceivedPage {
    shell: Shell,
}

/// Says that it was taken, and what happens next.
///
/// # Errors
/// When the page cannot be made.
pub async fn received(shell: Shell) -> Result<HttpResponse, Error> {
    page(&ReceivedPage { shell: shell.titled("Thank you").crumb("/", "Home").unlisted() })
}
