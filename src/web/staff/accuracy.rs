//! `/staff/inquiries/{inquiry}/accuracy`: how long the bodies of an inquiry may check a finding before it is published.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::form_reading::Reading;
use super::form_sent::Sent;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::service::{self, SetAccuracyRule};
use crate::store::fairness::{self, Rule};
use crate::store::inquiry::{self, InquiryName};
use crate::store::{self};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Field, FourQuestions, Keys};
use crate::web::notice;
use crate::web::shell::Shell;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "staff/accuracy/edit.html")]
struct EditPage {
    shell: Shell,
    problems: Problems,
    place: String,
    stands: String,
    overtaken: bool,
    working_days: Field,
    reason: Field,
    questions: FourQuestions,
    public: String,
    keys: Keys,
}

impl EditPage {
    fn new(shell: Shell, keys: Keys, name: &InquiryName, rule: Rule, sent: &Sent, problems: Problems) -> Self {
        let slug = name.slug.as_str();
        Self {
            shell: shell
                .titled(format!("Checks by bodies before publication: {}", name.short_title))
                .crumb(address::STAFF, "Your work")
                .crumb("/staff/inquiries", "Inquiries")
                .crumb(address::staff_inquiry(slug), name.short_title.clone())
                .faulty(!problems.is_empty()),
            place: name.short_title.clone(),
            stands: words::accuracy_rule(rule.working_days),
            overtaken: false,
            working_days: sent
                .field("working_days", "How many working days has a body to reply?", &problems)
                .hint("From 0 to 60. With 0, bodies are not shown findings first, and the inquiry’s page says so."),
            reason: sent.field("reason", "Why?", &problems).hint("Everybody will read it."),
            questions: sent.questions(&problems),
            public: address::inquiry(slug),
            keys: keys.of_version(rule.seq.map_or(0, |seq| seq.0)),
            problems,
        }
    }
}

async fn look(state: &State, slug: &str) -> Result<(InquiryName, Rule), Error> {
    let slug: Slug = slug.parse().map_err(|_| Error::NotFound)?;
    let read = state.reader.read(move |tx| {
        let name = inquiry::name(tx, &slug)?;
        let rule = fairness::rule(tx, name.id)?;
        Ok::<_, store::Error>((name, rule))
    });
    Ok(read.await?)
}

/// Shows it.
///
/// # Errors
/// 404 when there is no such inquiry, 403 when the person may not.
pub async fn edit(
    state: web::Data<State>,
    staff: Staff,
    slug: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::RecordFact, About::default())?;
    let (name, rule) = look(&state, &slug).await?;
    staff.may(Deed::RecordFact, About::default().of(name.id))?;
    let sent = Sent::default().filled("working_days", rule.working_days.to_string());
    page(&EditPage::new(shell, keys, &name, rule, &sent, Problems::none()))
}

/// Publishes another rule.
///
/// # Errors
/// As for the page, and when the database fails.
pub async fn save(
    state: web::Data<State>,
    staff: Staff,
    slug: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::RecordFact, About::default())?;
    let (name, rule) = look(&state, &slug).await?;
    staff.may(Deed::RecordFact, About::default().of(name.id))?;
    let mut read = Reading::of(&sent);
    let working_days = read.number("working_days", "Enter a number of working days from 0 to 60");
    let reason = read.line("reason", "The reason");
    let mut act = read.told_to(staff.act(sent.key()));
    act.questions = sent.answers();
    let command = SetAccuracyRule { inquiry: name.slug.clone(), shown: sent.version(), working_days, reason };
    match state.service.set_accuracy_rule(act, command).await {
        Ok(done) => notice::after(&state, &done, "Saved, and published"),
        Err(service::Error::Problems(problems)) => {
            let again = EditPage::new(shell, keys, &name, rule, &sent, problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(service::Error::Stale) => {
            let (name, rule) = look(&state, &slug).await?;
            let again = EditPage::new(shell, keys, &name, rule, &sent.unconfirmed(), Problems::none());
            page_with(StatusCode::CONFLICT, &EditPage { overtaken: true, ..again })
        }
        Err(fault) => Err(fault.into()),
    }
}
