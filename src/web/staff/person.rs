//! `/staff/people`: who has an account, in which role. For administrators.

mod edit;
mod form;
mod new;

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

pub use edit::{disable, edit, enable, invite_again, make_former, save};
pub use new::{create, new};

use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::words;
use crate::store::person::{self, Person, PersonLine};
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::part::pager::Pager;
use crate::web::shell::Shell;
use crate::web::state::State;

/// How many people stand on one page.
const SIZE: i64 = 100;

/// The list.
#[derive(Template)]
#[template(path = "staff/person/list.html")]
struct ListPage {
    shell: Shell,
    lines: Vec<Line>,
    pager: Pager,
}

/// One person of the list.
struct Line {
    href: String,
    name: String,
    email: String,
    role: &'static str,
    body: String,
    standing: String,
}

impl Line {
    fn new(line: PersonLine, state: &State) -> Self {
        Self {
            href: address::staff_person(&line.person.reference),
            standing: standing(&line.person, state),
            email: address_of(&line.person),
            name: line.person.name,
            role: words::role(line.person.role),
            body: line.body.unwrap_or_default(),
        }
    }
}

/// Where mail reaches somebody, while they have an address here.
fn address_of(person: &Person) -> String {
    if person.is_former() { "Removed".to_owned() } else { person.email.to_string() }
}

/// Whether somebody has an account, and when they used it last.
fn standing(person: &Person, state: &State) -> String {
    let day = |moment: crate::domain::moment::Moment| words::day(moment.day_in(&state.site.zone));
    if let Some(at) = person.former_at {
        return format!("Name and address removed on {}", day(at));
    }
    match (person.disabled_at, person.signed_in_at) {
        (Some(at), _) => format!("Disabled on {}", day(at)),
        (None, _) if person.is_invited() => format!("Invited on {}, has not come yet", day(person.created_at)),
        (None, Some(at)) => format!("Signed in on {}", day(at)),
        (None, None) => "Has not signed in yet".to_owned(),
    }
}

/// What the address of the list may say.
#[derive(Debug, Deserialize)]
pub struct Query {
    #[serde(default)]
    page: u16,
}

/// The list.
///
/// # Errors
/// When the person may not, or the database fails.
pub async fn list(
    state: web::Data<State>,
    staff: Staff,
    query: web::Query<Query>,
    shell: Shell,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManagePeople, About::default())?;
    let number = i64::from(query.page.max(1));
    let mut lines = state.reader.read(move |tx| person::list(tx, SIZE + 1, (number - 1) * SIZE)).await?;
    let more = lines.len() > usize::try_from(SIZE).unwrap_or_default();
    lines.truncate(usize::try_from(SIZE).unwrap_or_default());
    let to = |number: i64| format!("/staff/people?page={number}");
    page(&ListPage {
        shell: shell.titled("People").crumb("/staff", "Your work"),
        lines: lines.into_iter().map(|line| Line::new(line, &state)).collect(),
        pager: Pager { previous: (number > 1).then(|| to(number - 1)), next: more.then(|| to(number + 1)) },
    })
}
