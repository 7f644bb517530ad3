//! `/staff/bodies/{body}/contacts`: who of a body is asked and who signs off for it; its people with an account; people without
//! one, who leave while what was said with them stays.

use std::collections::HashSet;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::duty::{Duties, Standing};
use super::form_reading::Reading;
use super::form_sent::Sent;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::email::Email;
use crate::domain::person::Reach;
use crate::domain::phone::Phone;
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::service::{self, KeepContact, about_body, about_contacts};
use crate::store::body::{self, BodyName};
use crate::store::contact::{self, Contact};
use crate::store::{self, suppression};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, Field, Keys};
use crate::web::notice;
use crate::web::shell::Shell;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "staff/contact/list.html")]
struct ListPage {
    shell: Shell,
    problems: Problems,
    body: String,
    here: String,
    chases: String,
    duties: Duties,
    /// Somebody else changed the duties while this person looked at them.
    stale: bool,
    contacts: Vec<Person>,
    /// Those of the bodies before it who can be carried over.
    former: ChoiceField,
    /// Whether this person keeps them; a limited role reads them.
    keeps: bool,
    name: Field,
    post: Field,
    email: Field,
    phone: Field,
    address: Field,
    /// Whether the box of the post at the top is ticked.
    at_top: bool,
    /// Where what is overdue is looked at.
    ladder: String,
    keys: Keys,
}

/// Somebody of the body.
struct Person {
    called: String,
    reference: String,
    reached: Vec<String>,
    ended: Option<String>,
}

impl ListPage {
    fn new(state: &State, (shell, keys): (Shell, Keys), read: &Read, sent: &Sent, problems: Problems) -> Self {
        let Read { of, contacts, duties, dead, .. } = read;
        let slug = of.slug.as_str();
        let field = |id, label: &'static str| sent.field(id, label, &problems).private();
        let contacts = contacts.iter().map(|contact| Person {
            called: contact.called(),
            reference: contact.reference.clone(),
            reached: [
                contact.at_top.then(|| words::POST_AT_TOP.to_owned()),
                by_mail(contact, dead),
                contact.phone.clone(),
                contact.address.clone(),
            ]
            .into_iter()
            .flatten()
            .collect(),
            ended: contact.ended_on.map(|on| format!("Left by {}", words::day(on))),
        });
        Self {
            shell: shell
                .titled(format!("Contacts: {}", of.name))
                .crumb(address::STAFF, "Your work")
                .crumb(address::chases(slug), format!("What {} was asked", of.short()))
                .unlisted()
                .faulty(!problems.is_empty()),
            body: of.name.clone(),
            here: address::contacts(slug),
            chases: address::chases(slug),
            duties: Duties::new(duties, of, &state.site.zone, sent, &problems),
            stale: false,
            contacts: contacts.collect(),
            former: ChoiceField::new("contacts", "Who is to be kept here?", offered(&read.former, &read.bodies))
                .hint("At a body that ended they are then noted as having left, unless it was split: its other successors may want them too.")
                .values(&sent.all("contacts"))
                .checked(&problems),
            keeps: !read.reach.is_limited(),
            name: field("name", "Name (optional where the post is enough)"),
            post: field("post", "Post"),
            email: field("email", "Email address (optional)"),
            phone: field("phone", "Telephone number (optional)"),
            address: field("address", "Postal address (optional)"),
            at_top: sent.is_ticked("at_top"),
            ladder: address::ladder(slug),
            problems,
            keys: keys.of_version(duties.version),
        }
    }
}

/// Somebody's address, and that it is dead where that is known.
fn by_mail(contact: &Contact, dead: &HashSet<Email>) -> Option<String> {
    let email = contact.email.as_ref()?;
    let said = if dead.contains(email) { ": dead, nothing is sent there" } else { "" };
    Some(format!("{email}{said}"))
}

/// What the page is made from.
pub(super) struct Read {
    pub of: BodyName,
    pub contacts: Vec<Contact>,
    /// Which of their addresses are known to be dead.
    dead: HashSet<Email>,
    /// Those of the bodies before it.
    pub former: Vec<Contact>,
    /// Their names.
    pub bodies: Vec<BodyName>,
    pub duties: Standing,
    /// How far the reader's role reaches.
    pub reach: Reach,
}

/// People whom a successor may keep, as boxes to tick.
pub(super) fn offered(contacts: &[Contact], bodies: &[BodyName]) -> Vec<Choice> {
    let choice = |one: &Contact| {
        let way = one.email.as_ref().map(Email::as_str).or(one.phone.as_deref()).or(one.address.as_deref());
        let body = bodies.iter().find(|body| body.id == one.body).map_or("", |body| body.name.as_str());
        Choice::new(one.reference.clone(), one.called()).hint(words::kept_at(body, way))
    };
    contacts.iter().map(choice).collect()
}

/// The page with what was sent: with its faults, or after somebody else was first.
pub(super) fn again(
    state: &State,
    (shell, keys): (Shell, Keys),
    read: &Read,
    sent: &Sent,
    problems: Option<Problems>,
) -> Result<HttpResponse, Error> {
    let stale = problems.is_none();
    let status = if stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let list = ListPage::new(state, (shell, keys), read, sent, problems.unwrap_or_default());
    page_with(status, &ListPage { stale, ..list })
}

pub(super) async fn look(state: &State, staff: &Staff, slug: &str) -> Result<Read, Error> {
    let slug: Slug = slug.parse().map_err(|_| Error::NotFound)?;
    staff.may(Deed::RecordFact, About::default())?;
    let reach = staff.actor.reach;
    let read = state.reader.read(move |tx| {
        let of = body::name(tx, &slug)?;
        let contacts = contact::of_body(tx, of.id)?;
        let emails = contacts.iter().filter_map(|contact| contact.email.clone()).collect();
        let dead = suppression::dead_of(tx, emails)?;
        let duties = Standing::read(tx, of.id, reach)?;
        let former = service::to_carry(tx, &slug)?;
        let bodies = body::names(tx, former.iter().map(|one| one.body).collect())?;
        Ok::<_, store::Error>(Read { of, contacts, dead, former, bodies, duties, reach })
    });
    let read = read.await?;
    // A body that none of somebody's inquiries asks is none of theirs: they are an observer of it, who reads no contact.
    staff.may(Deed::RecordFact, about_body(staff.actor, read.of.id, read.duties.inquiries()))?;
    Ok(read)
}

/// Shows them, with a form for one more.
///
/// # Errors
/// 404 when there is no such body, 403 for those who keep no record about it.
pub async fn list(
    state: web::Data<State>,
    staff: Staff,
    slug: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let read = look(&state, &staff, &slug).await?;
    page(&ListPage::new(&state, (shell, keys), &read, &read.duties.filled(), Problems::none()))
}

/// Keeps one more.
///
/// # Errors
/// As for the page, and when the database fails.
pub async fn create(
    state: web::Data<State>,
    staff: Staff,
    slug: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let found = look(&state, &staff, &slug).await?;
    staff.may(Deed::RecordFact, about_contacts(found.of.id))?;
    let mut read = Reading::of(&sent);
    let name = read.line("name", "The name");
    let post = read.line("post", "The post");
    let email = read.line("email", "The address").and_then(|typed| read.problems.take("email", typed.parse::<Email>()));
    let phone = read.line("phone", "The number").and_then(|typed| read.problems.take("phone", typed.parse::<Phone>()));
    let postal = read.words("address", "The address");
    let act = read.told_to(staff.act(sent.key()));
    let at_top = sent.is_ticked("at_top");
    let command = KeepContact { body: found.of.slug.clone(), name, post, email, phone, address: postal, at_top };
    match state.service.keep_contact(act, command).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, "Kept"),
        Err(service::Error::Problems(problems)) => {
            again(&state, (shell, keys), &found, &found.duties.filled_beside(&sent), Some(problems))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Notes that somebody has left.
///
/// # Errors
/// 404 when there is nobody of that name there any more, 403 for those who keep no record about the body.
pub async fn end(
    state: web::Data<State>,
    staff: Staff,
    path: web::Path<(String, String)>,
    Protected(sent): Protected<Sent>,
) -> Result<HttpResponse, Error> {
    let found = look(&state, &staff, &path.0).await?;
    let done = state.service.end_contact(staff.act(sent.key()), found.of.slug, path.1.clone()).await?;
    notice::see_other_saying(&state, &done.location, "They are offered no more. What was logged with them stays.")
}

/// Carries people of the bodies before it over.
///
/// # Errors
/// As for the page, and when the database fails.
pub async fn carry(
    state: web::Data<State>,
    staff: Staff,
    slug: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let found = look(&state, &staff, &slug).await?;
    staff.may(Deed::RecordFact, about_contacts(found.of.id))?;
    let people = sent.all("contacts").into_iter().map(str::to_owned).collect();
    match state.service.carry_contacts(staff.act(sent.key()), found.of.slug.clone(), people).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, "Carried over"),
        Err(service::Error::Problems(problems)) => {
            again(&state, (shell, keys), &found, &found.duties.filled_beside(&sent), Some(problems))
        }
        Err(fault) => Err(fault.into()),
    }
}
