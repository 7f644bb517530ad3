//! `/staff/bodies/{body}/people/{reference}/handover`: everything that somebody holds for a body, handed to somebody else of it in
//! one act.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::contact::{Read, look};
use super::duty::holdings;
use super::form_sent::Sent;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::problem::Problems;
use crate::service::{self, HandOver};
use crate::store::duty::Colleague;
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, Keys};
use crate::web::notice;
use crate::web::part::Link;
use crate::web::shell::Shell;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "staff/handover/new.html")]
struct NewPage {
    shell: Shell,
    problems: Problems,
    body: String,
    name: String,
    /// Somebody else changed what they hold while this person looked at it.
    stale: bool,
    holds: Vec<String>,
    to: ChoiceField,
    back: Link,
    keys: Keys,
}

/// The parts of the address.
type Path = web::Path<(String, String)>;

impl NewPage {
    fn new(
        (shell, keys): (Shell, Keys),
        read: &Read,
        reference: &str,
        sent: &Sent,
        problems: Problems,
    ) -> Result<Self, Error> {
        let (from, written) = found(read, reference)?;
        let slug = read.of.slug.as_str();
        let others = read.duties.people.iter().map(|(one, _)| one).filter(|one| one.works && one.person != from.person);
        let others = others.map(|one| Choice::new(one.reference.clone(), one.name.clone()));
        let first = Choice::new("", "Choose somebody");
        Ok(Self {
            body: read.of.name.clone(),
            name: from.name.clone(),
            stale: false,
            holds: holdings(from, written, &read.duties.duties),
            to: sent.choices("to", "Who takes all of it over?", std::iter::once(first).chain(others), &problems),
            back: Link::new(address::contacts(slug), "Back without handing anything over"),
            keys: keys.of_version(read.duties.version),
            shell: shell
                .titled(format!("Hand over what {} holds", from.name))
                .crumb(address::STAFF, "Your work")
                .crumb(address::contacts(slug), format!("Contacts: {}", read.of.short()))
                .unlisted()
                .faulty(!problems.is_empty()),
            problems,
        })
    }
}

fn found<'a>(read: &'a Read, reference: &str) -> Result<(&'a Colleague, u64), Error> {
    let one = read.duties.people.iter().find(|(one, _)| one.reference == reference);
    one.map(|(one, written)| (one, *written)).ok_or(Error::NotFound)
}

/// Shows what they hold, and asks to whom it goes.
///
/// # Errors
/// 404 when nobody of that name has to do with the body, 403 for those who keep no record about it.
pub async fn new(
    state: web::Data<State>,
    staff: Staff,
    path: Path,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let read = look(&state, &staff, &path.0).await?;
    staff.may(Deed::RecordFact, About { body: Some(read.of.id), ..About::register() })?;
    page(&NewPage::new((shell, keys), &read, &path.1, &Sent::default(), Problems::none())?)
}

/// Hands it over.
///
/// # Errors
/// As for the page, and when the database fails.
pub async fn create(
    state: web::Data<State>,
    staff: Staff,
    path: Path,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let read = look(&state, &staff, &path.0).await?;
    found(&read, &path.1)?;
    let command = HandOver {
        body: read.of.slug.clone(),
        version: sent.version(),
        from: path.1.clone(),
        to: Some(sent.get("to").to_owned()).filter(|name| !name.is_empty()),
    };
    match state.service.hand_over(staff.act(sent.key()), command).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, "Handed over. It stands under what was changed."),
        Err(service::Error::Problems(problems)) => {
            let again = NewPage::new((shell, keys), &read, &path.1, &sent, problems)?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(service::Error::Stale) => {
            let now = look(&state, &staff, &path.0).await?;
            let again = NewPage::new((shell, keys), &now, &path.1, &sent, Problems::none())?;
            page_with(StatusCode::CONFLICT, &NewPage { stale: true, ..again })
        }
        Err(fault) => Err(fault.into()),
    }
}
