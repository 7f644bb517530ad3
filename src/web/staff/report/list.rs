//! `/staff/bodies/{body}/reports`: the documents of a body, and the form that logs another.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::fields::{self, Fields};
use super::held::{Beside, beside};
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::lifecycle::Lifecycle;
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::service::{self, LogReport, about_documents, document_held};
use crate::store::body::{self, BodyName};
use crate::store::hold::InForce;
use crate::store::mark::Item;
use crate::store::report::{self, Report};
use crate::store::{self, mark};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::upload::Upload;
use crate::web::error::Error;
use crate::web::form::{FourQuestions, Keys};
use crate::web::notice;
use crate::web::part::Link;
use crate::web::shell::Shell;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// How many documents are listed.
const MOST: i64 = 200;

/// The page.
#[derive(Template)]
#[template(path = "staff/report/list.html")]
struct ListPage {
    shell: Shell,
    problems: Problems,
    body: String,
    public: String,
    reports: Vec<(Link, String)>,
    form: Option<(Fields, FourQuestions)>,
    /// What a hold does to the form.
    held: Option<Beside>,
    keys: Keys,
}

struct Read {
    body: BodyName,
    reports: Vec<(Report, String)>,
    items: Vec<Item>,
    held: InForce,
}

impl Read {
    /// What a hold does to a document that is logged now.
    fn beside(&self) -> Option<Beside> {
        let all = document_held(&self.held, &self.items, &HashMap::new()).is_some();
        let open = self.items.iter().filter(|item| item.lifecycle != Lifecycle::Closed);
        beside(&self.held, open, if all { words::DOCUMENT_HELD } else { words::MARKS_HELD })
    }
}

async fn look(state: &State, slug: &str) -> Result<Read, Error> {
    let slug: Slug = slug.parse().map_err(|_| Error::NotFound)?;
    let read = state.reader.read(move |tx| {
        let body = body::name(tx, &slug)?;
        let all = report::of_body(tx, body.id, MOST)?;
        let counts = mark::counts(tx, all.iter().map(|one| one.began).collect())?;
        let count = |one: &Report| words::marked_so_far(counts.get(&one.began).copied().unwrap_or_default());
        let reports = all.iter().map(|one| (one.clone(), count(one))).collect();
        Ok::<_, store::Error>(Read { items: mark::items(tx, body.id)?, held: InForce::read(tx)?, body, reports })
    });
    Ok(read.await?)
}

impl ListPage {
    fn new(shell: Shell, keys: Keys, staff: &Staff, read: &Read, sent: &Sent, problems: Problems) -> Self {
        let may = staff.may(Deed::RecordFact, about_documents(staff.actor, read.body.id, &read.items)).is_ok();
        Self {
            shell: shell
                .titled(format!("Documents of {}", read.body.name))
                .crumb(address::STAFF, "Your work")
                .unlisted()
                .faulty(!problems.is_empty()),
            body: read.body.name.clone(),
            public: address::body(read.body.slug.as_str()),
            reports: read
                .reports
                .iter()
                .map(|(one, count)| (Link::new(address::staff_report(one.began), fields::line(one)), count.clone()))
                .collect(),
            held: may.then(|| read.beside()).flatten(),
            form: may.then(|| (Fields::new(sent, &problems), sent.questions(&problems))),
            keys,
            problems,
        }
    }
}

/// Shows them.
///
/// # Errors
/// 404 when there is no such body, 403 for people of a body.
pub async fn list(
    state: web::Data<State>,
    staff: Staff,
    slug: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ReadUnpublished, About::default())?;
    let read = look(&state, &slug).await?;
    page(&ListPage::new(shell, keys, &staff, &read, &fields::start(staff.today), Problems::none()))
}

/// Logs another.
///
/// # Errors
/// As for the page, and when the database fails.
pub async fn create(
    state: web::Data<State>,
    slug: web::Path<String>,
    mut upload: Upload<Sent>,
    staff: Staff,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let known = look(&state, &slug).await?;
    staff.may(Deed::RecordFact, about_documents(staff.actor, known.body.id, &known.items))?;
    let file = upload.file.take();
    let sent = &upload.form;
    let mut read = Reading::of(sent);
    let said = fields::read(&mut read);
    let mut act = read.told_to(staff.act(sent.key()));
    act.questions = sent.answers();
    match state.service.log_report(act, LogReport { body: known.body.slug.clone(), said, file }).await {
        Ok(done) => notice::see_other_saying(
            &state,
            &done.location,
            "The document is logged and public. Now look it through, item by item; a file stays private until it is published",
        ),
        Err(service::Error::Problems(problems)) => {
            let again = ListPage::new(shell, keys, &staff, &known, sent, problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(fault) => Err(fault.into()),
    }
}
