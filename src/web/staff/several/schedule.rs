//! `/staff/inquiries/{inquiry}/schedules`: when updates are asked for, on several answers at once.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::Item;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::bulk::MOST_ITEMS;
use crate::domain::id::AddresseeId;
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::service::{self, ScheduleSeveral};
use crate::store::charge::Whose;
use crate::store::inquiry::{self, InquiryName};
use crate::store::page::{Cursor, Page};
use crate::store::waiting::{self, After, List, Waits};
use crate::store::{self};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{DateField, Field, FourQuestions, Keys};
use crate::web::notice;
use crate::web::part::Link;
use crate::web::part::pager::Pager;
use crate::web::public::query::Query;
use crate::web::shell::Shell;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::staff::waiting::owed_by;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "staff/several/schedule.html")]
struct NewPage {
    shell: Shell,
    problems: Problems,
    place: String,
    items: Vec<Item>,
    next_on: DateField,
    every_months: Field,
    reason: Field,
    questions: FourQuestions,
    /// Where the page begins, for the form: with a fault the same page is shown again.
    after: Option<String>,
    pager: Pager,
    keys: Keys,
}

struct Read {
    name: InquiryName,
    /// From where on it was asked for.
    after: Option<Cursor<2>>,
    found: Page<Waits, 2>,
}

async fn look(state: &State, staff: &Staff, slug: &str, after: Option<Cursor<2>>) -> Result<Read, Error> {
    let slug: Slug = slug.parse().map_err(|_| Error::NotFound)?;
    let today = staff.today;
    let read = state.reader.read(move |tx| {
        let name = inquiry::name(tx, &slug)?;
        let list = List::OpenOf(name.id);
        let from = after.and_then(|after| After::try_from(after).ok());
        let found = waiting::answers(tx, list, &Whose::default(), today, from, MOST_ITEMS)?;
        Ok::<_, store::Error>(Read { name, after, found })
    });
    let read = read.await?;
    staff.may(Deed::RecordFact, About::default().of(read.name.id))?;
    Ok(read)
}

impl NewPage {
    fn new(shell: Shell, keys: Keys, read: &Read, sent: &Sent, problems: Problems) -> Self {
        let slug = read.name.slug.as_str();
        let here = address::schedule_several(slug);
        let ticked = sent.all("item");
        let item = |waits: &Waits| {
            let value = format!("{}:{}", waits.id, waits.version);
            let href = address::staff_answer(&waits.inquiry_slug, &waits.number, &waits.body_slug);
            Item {
                title: Link::new(href, waits.title.named(&waits.number)),
                place: words::item(None, Some(&waits.number), Some(&owed_by(waits))),
                lines: vec![words::schedule(waits.return_every, waits.return_due_on)],
                chosen: ticked.contains(&value.as_str()),
                why_not: None,
                value,
            }
        };
        Self {
            place: read.name.short_title.clone(),
            items: read.found.items.iter().map(item).collect(),
            next_on: sent.date("next_on", "The next date", &problems).hint("For example, 27 3 2027."),
            every_months: sent
                .field("every_months", "Every how many months after that?", &problems)
                .hint("Leave it empty to ask this once."),
            reason: sent
                .field("reason", "Why?", &problems)
                .hint("Everybody will read it. Needed for each answer that has a schedule already."),
            questions: sent.questions(&problems),
            after: read.after.map(|after| after.to_string()),
            pager: Pager {
                previous: read.after.map(|_| here.clone()),
                next: read.found.next.map(|next| format!("{here}?after={next}")),
            },
            shell: shell
                .titled(format!("Set when updates are asked for: {}", read.name.short_title))
                .crumb(address::STAFF, "Your work")
                .crumb("/staff/inquiries", "Inquiries")
                .crumb(address::staff_inquiry(slug), read.name.short_title.clone())
                .unlisted()
                .faulty(!problems.is_empty()),
            problems,
            keys,
        }
    }
}

/// The open answers of an inquiry, to be chosen, and the form.
///
/// # Errors
/// 404 when there is no such inquiry, 403 for those who do not record.
pub async fn new(
    state: web::Data<State>,
    staff: Staff,
    slug: web::Path<String>,
    mut query: Query,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::RecordFact, About::default())?;
    let cursor = query.one::<Cursor<2>>("after");
    let after = cursor.filter(|cursor| query.take("after", After::try_from(*cursor)).is_some());
    query.finish()?;
    let read = look(&state, &staff, &slug, after).await?;
    page(&NewPage::new(shell, keys, &read, &Sent::default(), Problems::none()))
}

/// Sets it on those that were chosen.
///
/// # Errors
/// As for the page; 422 for what is missing.
pub async fn create(
    state: web::Data<State>,
    staff: Staff,
    slug: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::RecordFact, About::default())?;
    let read = look(&state, &staff, &slug, sent.get("after").parse().ok()).await?;
    let pair = |value: &str| {
        let (id, version) = value.split_once(':')?;
        Some((AddresseeId(id.parse().ok()?), version.parse().ok()?))
    };
    // What is no answer and version is nothing that there is, and is answered so.
    let items = sent.all("item").into_iter().map(|value| pair(value).unwrap_or((AddresseeId(0), 0))).collect();
    let mut form = Reading::of(&sent);
    let next_on = form.day("next_on");
    let every_months = form.number("every_months", "Enter a number of months, such as 6");
    let reason = form.words("reason", "The reason");
    let mut act = form.told_to(staff.act(sent.key()));
    act.questions = sent.answers();
    let command = ScheduleSeveral { items, next_on, every_months, reason };
    match state.service.schedule_several(act, command).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, "Each item is answered below"),
        Err(service::Error::Problems(problems)) => {
            let again = NewPage::new(shell, keys, &read, &sent, problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(fault) => Err(fault.into()),
    }
}
