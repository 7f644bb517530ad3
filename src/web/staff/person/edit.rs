//! One person: what they may do, and whether they may do it at all.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::form::{Fields, Form, bodies};
use super::new::fresh;
use super::{address_of, standing};
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::id::BodyId;
use crate::domain::person::Role;
use crate::domain::problem::Problems;
use crate::domain::retention::{Kept, Periods};
use crate::domain::words;
use crate::service::{self, ChangePerson};
use crate::store::body::BodyName;
use crate::store::person::{self, Person};
use crate::store::{self, ReadTx, duty, filing, setting};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::Keys;
use crate::web::notice;
use crate::web::part::Link;
use crate::web::shell::Shell;
use crate::web::staff::button::Button;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "staff/person/edit.html")]
struct EditPage {
    shell: Shell,
    problems: Problems,
    fields: Fields,
    keys: Keys,
    href: String,
    email: String,
    standing: String,
    invited: bool,
    disabled: bool,
    /// Whether name and address are gone, for good.
    former: bool,
    /// The name that would stand in the place of theirs.
    would_be: String,
    /// What they hold for bodies, with where each is handed over.
    holds: Vec<Link>,
    /// Where everything held about them is taken as a file.
    held: String,
    /// When that would happen by itself.
    former_after: String,
    /// Where somebody else has changed the person meanwhile: what stands now, beside what was sent.
    differing: Vec<Difference>,
}

/// One field of which there are two texts.
struct Difference {
    what: &'static str,
    now: String,
    sent: String,
}

/// The person whose page it is, and the bodies to choose from.
struct Found {
    person: Person,
    /// What they hold: for which body, and in words.
    holds: Vec<(BodyId, String)>,
    periods: Periods,
    bodies: Vec<BodyName>,
}

impl Found {
    async fn of(state: &State, reference: &str) -> Result<Self, Error> {
        let reference = reference.to_owned();
        let read = move |tx: &mut ReadTx<'_>| {
            let person = person::find_by_reference(tx, &reference)?;
            let holds = holds(tx, &person)?;
            Ok::<_, store::Error>((person, setting::periods(tx)?, holds))
        };
        let (person, periods, holds) = state.reader.read(read).await?;
        Ok(Self { person, periods, holds, bodies: bodies(&state.reader).await? })
    }

    fn body(&self) -> Option<&BodyName> {
        self.bodies.iter().find(|body| Some(body.id) == self.person.body)
    }

    /// The form as it stands now.
    fn form(&self) -> Form {
        Form {
            email: self.person.email.to_string(),
            name: self.person.name.clone(),
            role: self.person.role.as_str().to_owned(),
            body: self.body().map(|body| body.slug.to_string()).unwrap_or_default(),
            ..Form::default()
        }
    }

    fn page(&self, state: &State, shell: Shell, keys: Keys, form: &Form, problems: Problems) -> EditPage {
        let crumbed =
            shell.titled(self.person.name.clone()).crumb("/staff", "Your work").crumb("/staff/people", "People");
        EditPage {
            shell: crumbed.faulty(!problems.is_empty()),
            fields: Fields::new(form, &self.bodies, &problems),
            problems,
            keys: keys.of_version(self.person.version),
            href: address::staff_person(&self.person.reference),
            email: address_of(&self.person),
            standing: standing(&self.person, state),
            invited: self.person.is_invited() && !self.person.is_disabled(),
            disabled: self.person.is_disabled(),
            former: self.person.is_former(),
            holds: self
                .holds
                .iter()
                .filter_map(|(of, words)| {
                    let body = self.bodies.iter().find(|body| body.id == *of)?;
                    Some(Link::new(address::handover(body.slug.as_str(), &self.person.reference), words.clone()))
                })
                .collect(),
            held: format!("/staff/held?kind=person&id={}", self.person.reference),
            would_be: words::former(self.person.role, self.person.id),
            former_after: words::kept_for(Kept::Leaver, &self.periods),
            differing: Vec::new(),
        }
    }

    /// What stands now beside what was sent, where they differ.
    fn differing(&self, sent: &Form) -> Vec<Difference> {
        let role = |word: &str| word.parse::<Role>().map_or("None", words::role).to_owned();
        let body = |slug: &str| {
            let found = self.bodies.iter().find(|body| body.slug.as_str() == slug);
            found.map_or("None", |body| &body.name).to_owned()
        };
        let now = self.form();
        let rows = [
            Difference { what: "Name", now: now.name, sent: sent.name.clone() },
            Difference { what: "Role", now: role(&now.role), sent: role(&sent.role) },
            Difference { what: "Body", now: body(&now.body), sent: body(&sent.body) },
        ];
        rows.into_iter().filter(|row| row.now != row.sent).collect()
    }
}

/// What somebody holds for bodies.
fn holds(tx: &mut ReadTx<'_>, of: &Person) -> Result<Vec<(BodyId, String)>, store::Error> {
    let duties = duty::of_person(tx, of.id)?;
    let mut held: Vec<(BodyId, String)> =
        duties.iter().map(|(body, one)| (*body, words::duty_for(one.kind, one.place.as_ref()))).collect();
    if let Some(body) = of.body {
        let written = filing::written_by(tx, of.id, body)?.len() as u64;
        held.extend(words::holds_drafts(written).map(|line| (body, line)));
    }
    Ok(held)
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
    let found = Found::of(&state, &reference).await?;
    page(&found.page(&state, shell, keys, &found.form(), Problems::none()))
}

/// Changes name, role and body.
///
/// # Errors
/// When the person may not, there is nobody of that name, or the database fails.
pub async fn save(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    Protected(form): Protected<Form>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let sent = form.clone();
    let change = ChangePerson {
        reference: reference.clone(),
        version: sent.version,
        name: sent.name,
        role: sent.role,
        body: sent.body,
    };
    match state.service.change_person(staff.act(&form.key), change).await {
        Ok(done) => notice::after(&state, &done, "Changed"),
        Err(service::Error::Problems(problems)) => {
            let found = Found::of(&state, &reference).await?;
            let again = found.page(&state, shell, keys, &form, problems).of_version(form.version);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(service::Error::Stale) => {
            let found = Found::of(&state, &reference).await?;
            let differing = found.differing(&form);
            let both = EditPage { differing, ..found.page(&state, shell, keys, &form, Problems::none()) };
            page_with(StatusCode::CONFLICT, &both)
        }
        Err(fault) => Err(fault.into()),
    }
}

impl EditPage {
    fn of_version(mut self, version: i64) -> Self {
        self.keys = self.keys.of_version(version);
        self
    }
}

/// Takes the account away.
///
/// # Errors
/// When the person may not, there is nobody of that name, or the database fails.
pub async fn disable(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    Protected(button): Protected<Button>,
) -> Result<HttpResponse, Error> {
    let done = state.service.set_person_disabled(staff.act(&button.key), reference.into_inner(), true).await?;
    notice::see_other_saying(&state, &done.location, "Disabled, and signed out everywhere")
}

/// Gives it back.
///
/// # Errors
/// When the person may not, there is nobody of that name, or the database fails.
pub async fn enable(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    Protected(button): Protected<Button>,
) -> Result<HttpResponse, Error> {
    let done = state.service.set_person_disabled(staff.act(&button.key), reference.into_inner(), false).await?;
    notice::see_other_saying(&state, &done.location, "Enabled")
}

/// Removes the name and the address of somebody who has left.
///
/// # Errors
/// When the person may not, there is nobody of that name, or the database fails.
pub async fn make_former(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManagePeople, About::default())?;
    let deed = state.service.make_former(staff.act(sent.key()), reference.clone(), sent.is_ticked("sure"));
    match deed.await {
        Ok(done) => notice::see_other_saying(&state, &done.location, "Name and address are removed"),
        Err(service::Error::Problems(problems)) => {
            let found = Found::of(&state, &reference).await?;
            let again = found.page(&state, shell, keys, &found.form(), problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Sends the invitation again.
///
/// # Errors
/// When the person may not, there is nobody of that name, or the database fails.
pub async fn invite_again(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    Protected(button): Protected<Button>,
) -> Result<HttpResponse, Error> {
    let chance = fresh(&state);
    let done = state.service.invite_again(staff.act(&button.key), reference.into_inner(), chance).await?;
    notice::see_other_saying(
        &state,
        &done.location,
        "The invitation is on its way again. The link sent before no longer works",
    )
}
