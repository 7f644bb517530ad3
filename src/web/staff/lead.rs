//! Who leads the work on an inquiry or with a body, and who stands in: `/staff/leads`, and a page for each with its history.
//! For staff alone.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::form_sent::Sent;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::charge::ChargePart;
use crate::domain::id::PersonId;
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::service::{self, ChargeOf, SetCharge};
use crate::store::charge::{self, Charge, Of};
use crate::store::{self, ReadTx, body, inquiry};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, Keys};
use crate::web::notice;
use crate::web::part::Link;
use crate::web::shell::Shell;
use crate::web::state::State;

/// How many inquiries and bodies the list holds, and how many people can be chosen from.
const MOST: i64 = 500;

/// Who leads what.
#[derive(Template)]
#[template(path = "staff/lead/list.html")]
struct ListPage {
    shell: Shell,
    inquiries: Vec<Place>,
    bodies: Vec<Place>,
}

/// An inquiry or a body, and who is in charge.
struct Place {
    title: Link,
    lead: String,
    /// Nobody leads it, or whoever did has left.
    gap: bool,
    deputy: Option<String>,
}

/// One inquiry or body.
#[derive(Template)]
#[template(path = "staff/lead/edit.html")]
struct EditPage {
    shell: Shell,
    problems: Problems,
    place: String,
    overtaken: bool,
    /// Whether this person may change it.
    form: Option<[ChoiceField; 2]>,
    stands: Place,
    shown: [i64; 2],
    history: Vec<String>,
    keys: Keys,
}

/// What is said of one part: who, and that they have left.
fn said(charge: Option<&Charge>, none: &str) -> String {
    match charge {
        None => none.to_owned(),
        Some(charge) if !charge.is_here => format!("{none}: {} has left", charge.name),
        Some(charge) => format!("{}, since {}", charge.name, words::day(charge.from_on)),
    }
}

impl Place {
    fn new(title: Link, standing: &[&Charge]) -> Self {
        let of = |part| standing.iter().copied().find(|charge| charge.part == part && charge.until_on.is_none());
        let (lead, deputy) = (of(ChargePart::Lead), of(ChargePart::Deputy));
        Self {
            title,
            lead: said(lead, "No lead"),
            gap: lead.is_none_or(|lead| !lead.is_here),
            deputy: deputy.map(|deputy| said(Some(deputy), "No deputy")),
        }
    }
}

/// Every inquiry and body, with who is in charge.
///
/// # Errors
/// 403 for those who do not oversee; when the database fails.
pub async fn list(state: web::Data<State>, staff: Staff, shell: Shell) -> Result<HttpResponse, Error> {
    staff.may(Deed::SetCharge, About::default())?;
    let read = state.reader.read(|tx| Ok::<_, store::Error>((charge::places(tx, MOST)?, charge::list(tx, None)?)));
    let ((inquiries, bodies), standing) = read.await?;
    let place = |of: Of, title: Link| {
        let theirs: Vec<&Charge> = standing.iter().filter(|charge| charge.of == of).collect();
        Place::new(title, &theirs)
    };
    page(&ListPage {
        inquiries: inquiries
            .iter()
            .map(|one| {
                let title = Link::new(address::lead_of_inquiry(one.slug.as_str()), one.title.clone());
                place(Of::Inquiry(one.id), title)
            })
            .collect(),
        bodies: bodies
            .iter()
            .map(|one| place(Of::Body(one.id), Link::new(address::lead_of_body(one.slug.as_str()), one.name.clone())))
            .collect(),
        shell: shell.titled("Who leads what").crumb(address::STAFF, "Your work").unlisted(),
    })
}

/// What a page is made of.
struct Read {
    of: Of,
    name: String,
    charges: Vec<Charge>,
    people: Vec<(PersonId, String, String)>,
}

fn read(tx: &mut ReadTx<'_>, of: &ChargeOf) -> Result<Read, store::Error> {
    let (of, name) = match of {
        ChargeOf::Inquiry(slug) => {
            let found = inquiry::name(tx, slug)?;
            (Of::Inquiry(found.id), found.title)
        }
        ChargeOf::Body(slug) => {
            let found = body::name(tx, slug)?;
            (Of::Body(found.id), found.name)
        }
    };
    let (charges, people) = (charge::list(tx, Some(of))?, charge::candidates(tx, MOST)?);
    Ok(Read { of, name, charges, people })
}

async fn look(state: &State, staff: &Staff, of: &ChargeOf) -> Result<Read, Error> {
    staff.may(Deed::SetCharge, About::default())?;
    let of = of.clone();
    Ok(state.reader.read(move |tx| read(tx, &of)).await?)
}

/// Where the right to change it is asked.
fn about(of: Of) -> About {
    match of {
        Of::Inquiry(id) => About::default().of(id),
        Of::Body(id) => About { body: Some(id), ..About::register() },
    }
}

impl Read {
    fn standing(&self, part: ChargePart) -> Option<&Charge> {
        self.charges.iter().find(|charge| charge.part == part && charge.until_on.is_none())
    }

    /// The form as it stands.
    fn start(&self) -> Sent {
        let name = |part| {
            let here = self.standing(part).filter(|charge| charge.is_here);
            here.map(|charge| charge.reference.clone()).unwrap_or_default()
        };
        Sent::default().filled("lead", name(ChargePart::Lead)).filled("deputy", name(ChargePart::Deputy))
    }

    fn field(&self, sent: &Sent, id: &'static str, label: &'static str, problems: &Problems) -> ChoiceField {
        let people = self.people.iter().map(|(_, reference, name)| Choice::new(reference.clone(), name.clone()));
        let choices = std::iter::once(Choice::new("", "Nobody")).chain(people);
        sent.choices(id, label, choices, problems)
    }

    fn page(&self, shell: Shell, staff: &Staff, keys: Keys, sent: &Sent, problems: Problems) -> EditPage {
        let line = |charge: &Charge| {
            let part = words::charge_part(charge.part);
            let until =
                charge.until_on.map_or_else(|| "until now".to_owned(), |on| format!("until {}", words::day(on)));
            let from = words::day(charge.from_on);
            format!("{part}: {}, from {from} {until}, set by {}", charge.name, charge.set_by)
        };
        let may = staff.may(Deed::SetCharge, about(self.of)).is_ok();
        let shown = [ChargePart::Lead, ChargePart::Deputy].map(|part| self.standing(part).map_or(0, |one| one.id));
        EditPage {
            form: may.then(|| {
                [
                    self.field(sent, "lead", "Who leads?", &problems),
                    self.field(sent, "deputy", "Who stands in for them?", &problems),
                ]
            }),
            stands: Place::new(Link::default(), &self.charges.iter().collect::<Vec<_>>()),
            history: self.charges.iter().map(line).collect(),
            place: self.name.clone(),
            overtaken: false,
            shown,
            shell: shell
                .titled(format!("Who leads: {}", self.name))
                .crumb(address::STAFF, "Your work")
                .crumb(address::LEADS, "Who leads what")
                .unlisted()
                .faulty(!problems.is_empty()),
            problems,
            keys,
        }
    }
}

async fn shown(state: &State, staff: &Staff, of: ChargeOf, shell: Shell, keys: Keys) -> Result<HttpResponse, Error> {
    let read = look(state, staff, &of).await?;
    page(&read.page(shell, staff, keys, &read.start(), Problems::none()))
}

async fn saved(
    state: &State,
    staff: &Staff,
    of: ChargeOf,
    sent: Sent,
    (shell, keys): (Shell, Keys),
) -> Result<HttpResponse, Error> {
    let named = |field: &str| Some(sent.get(field).to_owned()).filter(|name| !name.is_empty());
    let row = |field: &str| sent.get(field).parse().unwrap_or(-1);
    let command = SetCharge {
        of: of.clone(),
        lead: named("lead"),
        deputy: named("deputy"),
        shown: [row("shown_lead"), row("shown_deputy")],
    };
    match state.service.set_charge(staff.act(sent.key()), command).await {
        Ok(done) => notice::see_other_saying(state, &done.location, "Saved. Nothing of it is public."),
        Err(service::Error::Problems(problems)) => {
            let read = look(state, staff, &of).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &read.page(shell, staff, keys, &sent, problems))
        }
        Err(service::Error::Stale) => {
            let read = look(state, staff, &of).await?;
            let again = read.page(shell, staff, keys, &sent, Problems::none());
            page_with(StatusCode::CONFLICT, &EditPage { overtaken: true, ..again })
        }
        Err(fault) => Err(fault.into()),
    }
}

fn slug(name: &str) -> Result<Slug, Error> {
    name.parse().map_err(|_| Error::NotFound)
}

/// Who leads the work on an inquiry.
///
/// # Errors
/// 404 when there is no such inquiry, 403 for those who do not oversee.
pub async fn of_inquiry(
    state: web::Data<State>,
    staff: Staff,
    name: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::SetCharge, About::default())?;
    shown(&state, &staff, ChargeOf::Inquiry(slug(&name)?), shell, keys).await
}

/// Says who does from today.
///
/// # Errors
/// As for the page, and when the database fails.
pub async fn save_of_inquiry(
    state: web::Data<State>,
    staff: Staff,
    name: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::SetCharge, About::default())?;
    saved(&state, &staff, ChargeOf::Inquiry(slug(&name)?), sent, (shell, keys)).await
}

/// Who leads the work with a body.
///
/// # Errors
/// 404 when there is no such body, 403 for those who do not oversee.
pub async fn of_body(
    state: web::Data<State>,
    staff: Staff,
    name: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::SetCharge, About::default())?;
    shown(&state, &staff, ChargeOf::Body(slug(&name)?), shell, keys).await
}

/// Says who does from today.
///
/// # Errors
/// As for the page, and when the database fails.
pub async fn save_of_body(
    state: web::Data<State>,
    staff: Staff,
    name: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::SetCharge, About::default())?;
    saved(&state, &staff, ChargeOf::Body(slug(&name)?), sent, (shell, keys)).await
}
