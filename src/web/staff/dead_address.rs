//! `/staff/dead-addresses`: addresses to which nothing is sent, how that came to be known, and the way off the list. For those who
//! manage mail.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::form_reading::Reading;
use super::form_sent::Sent;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::bounce::DeadOrigin;
use crate::domain::email::Email;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, DeadAddress};
use crate::store::suppression::{self, Dead};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Field, Keys};
use crate::web::notice;
use crate::web::part::SummaryRow;
use crate::web::part::pager::Pager;
use crate::web::public::query;
use crate::web::shell::Shell;
use crate::web::state::State;

/// How many a page lists.
const SIZE: usize = 50;

/// The list.
#[derive(Template)]
#[template(path = "staff/dead_address/list.html")]
struct ListPage {
    shell: Shell,
    problems: Problems,
    lines: Vec<Line>,
    pager: Pager,
    email: Field,
    reason: Field,
    keys: Keys,
}

/// One of them.
struct Line {
    href: String,
    whose: String,
    origin: &'static str,
    reason: String,
    since: String,
    /// When it was taken off the list, if it was.
    ended: Option<String>,
}

/// One of them, by itself.
#[derive(Template)]
#[template(path = "staff/dead_address/show.html")]
struct ShowPage {
    shell: Shell,
    problems: Problems,
    rows: Vec<SummaryRow>,
    /// Where it is taken off, and why; `None` once it was.
    off: Option<(String, Field)>,
    keys: Keys,
}

/// An address, with what is known of whose it is.
struct Found {
    dead: Dead,
    whose: Option<(Email, String)>,
}

impl Found {
    fn whose(&self) -> String {
        match &self.whose {
            Some((email, name)) => format!("{email} ({name})"),
            None => words::ADDRESS_NOT_KEPT.to_owned(),
        }
    }

    /// What was said of it: in words by a person, else the code that a report gave.
    fn reason(&self) -> String {
        if self.dead.origin == DeadOrigin::Refused { String::new() } else { self.dead.reason.clone() }
    }
}

impl Line {
    fn new(found: &Found, state: &State) -> Self {
        let moment = |at| words::moment(at, &state.site.zone);
        Self {
            href: address::dead_address(&found.dead.key),
            whose: found.whose(),
            origin: words::dead_origin(found.dead.origin),
            reason: found.reason(),
            since: moment(found.dead.at),
            ended: found.dead.ended.as_ref().map(|(at, ..)| moment(*at)),
        }
    }
}

/// Where in the list an address is.
#[derive(Debug, Default, Deserialize)]
pub struct Place {
    #[serde(default)]
    after: String,
}

async fn read(state: &State, after: String) -> Result<Vec<Found>, Error> {
    let secret = state.service.secret().clone();
    let limit = i64::try_from(SIZE + 1).unwrap_or(i64::MAX);
    let read = state.reader.read(move |tx| {
        let all = suppression::list(tx, is_key(&after).then_some(after.as_str()), limit)?;
        let mut known = suppression::known(tx, &secret)?;
        let found = all.into_iter().map(|dead| Found { whose: known.remove(&dead.key), dead });
        Ok::<_, Error>(found.collect::<Vec<_>>())
    });
    read.await
}

impl ListPage {
    fn new(
        (shell, keys): (Shell, Keys),
        (mut found, after): (Vec<Found>, &str),
        (sent, problems): (&Sent, Problems),
        state: &State,
    ) -> Self {
        let more = found.len() > SIZE;
        found.truncate(SIZE);
        let here = address::DEAD_ADDRESSES;
        let next = found.last().filter(|_| more);
        Self {
            lines: found.iter().map(|one| Line::new(one, state)).collect(),
            pager: Pager {
                previous: (!after.is_empty()).then(|| here.to_owned()),
                next: next.map(|last| query::address(here, &[("after", &last.dead.key)])),
            },
            email: sent.field("email", "Email address", &problems).private(),
            reason: sent.field("reason", "How do you know that it is dead?", &problems).private(),
            shell: shell
                .titled("Dead addresses")
                .crumb(address::STAFF, "Your work")
                .crumb(address::OUTBOX, "Mail")
                .unlisted()
                .faulty(!problems.is_empty()),
            problems,
            keys,
        }
    }
}

/// The list, the last found first, with a form for one more.
///
/// # Errors
/// When the person may not, or the database fails.
pub async fn list(
    state: web::Data<State>,
    staff: Staff,
    place: web::Query<Place>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManageMail, About::default())?;
    let found = read(&state, place.after.clone()).await?;
    page(&ListPage::new((shell, keys), (found, &place.after), (&Sent::default(), Problems::none()), &state))
}

/// Puts one more on the list.
///
/// # Errors
/// When the person may not, or the database fails; the page again where something is missing.
pub async fn create(
    state: web::Data<State>,
    staff: Staff,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManageMail, About::default())?;
    let mut reading = Reading::of(&sent);
    let email = reading.line("email", "The address");
    let email = email.and_then(|typed| reading.problems.take("email", typed.parse::<Email>()));
    let reason = reading.line("reason", "The reason");
    let act = reading.told_to(staff.act(sent.key()));
    match state.service.call_dead(act, DeadAddress::Typed(email), reason).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, "Nothing is sent to this address any more"),
        Err(service::Error::Problems(problems)) => {
            let problems = problems.in_order(&["email", "reason"]);
            let found = read(&state, String::new()).await?;
            let again = ListPage::new((shell, keys), (found, ""), (&sent, problems), &state);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Whether a text can be a key: what stands in an address may be anything.
fn is_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, b'-' | b'_'))
}

async fn look(state: &State, key: String) -> Result<Found, Error> {
    if !is_key(&key) {
        return Err(Error::NotFound);
    }
    let secret = state.service.secret().clone();
    let read = state.reader.read(move |tx| {
        let dead = suppression::find(tx, &key)?;
        let whose = suppression::known(tx, &secret)?.remove(&dead.key);
        Ok::<_, Error>(Found { dead, whose })
    });
    read.await
}

impl ShowPage {
    fn new((shell, keys): (Shell, Keys), found: &Found, (sent, problems): (&Sent, Problems), state: &State) -> Self {
        let moment = |at| words::moment(at, &state.site.zone);
        let row = |name: &str, value: String| SummaryRow::new(name, value);
        let mut rows = vec![
            row("Address", found.whose()),
            row("Dead since", moment(found.dead.at)),
            row("How it came to be known", words::dead_origin(found.dead.origin).to_owned()),
        ];
        rows.extend(Some(found.reason()).filter(|said| !said.is_empty()).map(|said| row("What was said of it", said)));
        rows.extend(found.dead.set_by.clone().map(|by| row("By", by)));
        if let Some((at, by, why)) = &found.dead.ended {
            rows.push(row("Taken off the list", moment(*at)));
            rows.push(row("Why", why.clone()));
            rows.extend(by.clone().map(|by| row("Taken off by", by)));
        }
        let off = found.dead.ended.is_none().then(|| {
            let reason = sent.field("reason", "Why may mail go there again?", &problems).private();
            (format!("{}/off", address::dead_address(&found.dead.key)), reason)
        });
        Self {
            rows,
            off,
            shell: shell
                .titled("A dead address")
                .crumb(address::STAFF, "Your work")
                .crumb(address::OUTBOX, "Mail")
                .crumb(address::DEAD_ADDRESSES, "Dead addresses")
                .unlisted()
                .faulty(!problems.is_empty()),
            problems,
            keys,
        }
    }
}

/// Shows one, with the form that takes it off the list.
///
/// # Errors
/// 404 when it was never on the list; when the person may not, or the database fails.
pub async fn show(
    state: web::Data<State>,
    staff: Staff,
    key: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManageMail, About::default())?;
    let found = look(&state, key.into_inner()).await?;
    page(&ShowPage::new((shell, keys), &found, (&Sent::default(), Problems::none()), &state))
}

/// Takes one off the list.
///
/// # Errors
/// As for the page; 409 when somebody else was first.
pub async fn take_off(
    state: web::Data<State>,
    staff: Staff,
    key: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManageMail, About::default())?;
    if !is_key(&key) {
        return Err(Error::NotFound);
    }
    let mut reading = Reading::of(&sent);
    let reason = reading.line("reason", "The reason");
    let act = reading.told_to(staff.act(sent.key()));
    match state.service.take_off_dead(act, key.as_str().to_owned(), reason).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, "Taken off the list. Mail goes there again"),
        Err(service::Error::Problems(problems)) => {
            let found = look(&state, key.into_inner()).await?;
            let again = ShowPage::new((shell, keys), &found, (&sent, problems), &state);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(fault) => Err(fault.into()),
    }
}
