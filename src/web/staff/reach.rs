//! `/staff/people/{reference}/inquiries`: the inquiries that an overseer's role is limited to.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::form_sent::Sent;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::person::Role;
use crate::domain::problem::Problems;
use crate::service::{self, LimitRole};
use crate::store::inquiry::{self, InquiryName};
use crate::store::person::{self, Person};
use crate::store::{self, session};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, Keys};
use crate::web::notice;
use crate::web::shell::Shell;
use crate::web::state::State;

/// How many inquiries can be chosen from.
const MOST: i64 = 500;

/// The page.
#[derive(Template)]
#[template(path = "staff/reach/edit.html")]
struct EditPage {
    shell: Shell,
    problems: Problems,
    name: String,
    overtaken: bool,
    /// Whether the role is one that can be limited.
    can_be: bool,
    inquiries: ChoiceField,
    keys: Keys,
}

struct Read {
    person: Person,
    inquiries: Vec<InquiryName>,
    limited_to: Vec<String>,
}

async fn look(state: &State, reference: &str) -> Result<Read, Error> {
    let reference = reference.to_owned();
    let read = state.reader.read(move |tx| {
        let person = person::find_by_reference(tx, &reference)?;
        let reach = session::reach(tx, person.id, person.role)?;
        let inquiries: Vec<InquiryName> = inquiry::list(tx, MOST)?.into_iter().map(|(name, _)| name).collect();
        let held = |one: &&InquiryName| reach.is_limited() && reach.holds(one.id);
        let limited_to = inquiries.iter().filter(held).map(|one| one.slug.to_string()).collect();
        Ok::<_, store::Error>(Read { person, inquiries, limited_to })
    });
    Ok(read.await?)
}

impl EditPage {
    fn new(shell: Shell, keys: Keys, read: &Read, chosen: &[String], problems: Problems) -> Self {
        let choice = |one: &InquiryName| {
            let is_chosen = chosen.iter().any(|slug| *slug == one.slug.as_str());
            Choice::new(one.slug.to_string(), one.title.clone()).chosen(is_chosen)
        };
        let mut field = ChoiceField::new("inquiry", "Which inquiries?", read.inquiries.iter().map(choice))
            .hint("Choose none, and the role reaches every inquiry.");
        field.error = problems.at("inquiry").map(str::to_owned);
        Self {
            name: read.person.name.clone(),
            overtaken: false,
            can_be: read.person.role == Role::Overseer,
            inquiries: field,
            shell: shell
                .titled(format!("Inquiries of {}", read.person.name))
                .crumb(address::STAFF, "Your work")
                .crumb("/staff/people", "People")
                .crumb(address::staff_person(&read.person.reference), read.person.name.clone())
                .faulty(!problems.is_empty()),
            problems,
            keys: keys.of_version(read.person.version),
        }
    }
}

/// The page.
///
/// # Errors
/// When the person may not, there is nobody of that name, or the database fails.
pub async fn edit(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManagePeople, About::default())?;
    let read = look(&state, &reference).await?;
    page(&EditPage::new(shell, keys, &read, &read.limited_to, Problems::none()))
}

/// Limits the role to those that were chosen.
///
/// # Errors
/// As for the page.
pub async fn save(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManagePeople, About::default())?;
    let chosen: Vec<String> = sent.all("inquiry").into_iter().map(str::to_owned).collect();
    let command = LimitRole { reference: reference.clone(), version: sent.version(), inquiries: chosen.clone() };
    match state.service.limit_role(staff.act(sent.key()), command).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, "Saved. It holds from their next page on."),
        Err(service::Error::Problems(problems)) => {
            let read = look(&state, &reference).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &EditPage::new(shell, keys, &read, &chosen, problems))
        }
        Err(service::Error::Stale) => {
            let read = look(&state, &reference).await?;
            let again = EditPage::new(shell, keys, &read, &chosen, Problems::none());
            page_with(StatusCode::CONFLICT, &EditPage { overtaken: true, ..again })
        }
        Err(fault) => Err(fault.into()),
    }
}
