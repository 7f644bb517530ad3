//! `/staff/complaints`: what readers say is wrong, each with what became of it. None of their words are public.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::form_reading::Reading;
use super::form_sent::Sent;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::complaint::ComplaintDecision;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, DecideComplaint};
use crate::store::complaint::{self, Received, Step};
use crate::store::page::Cursor;
use crate::store::{self};
use crate::web::actor::Staff;
use crate::web::answer::{page as answer, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, DateField, Field, Keys};
use crate::web::notice;
use crate::web::part::pager::Pager;
use crate::web::part::{Link, SummaryRow};
use crate::web::shell::Shell;
use crate::web::state::State;

/// How many decided ones a page holds.
const SIZE: usize = 50;
/// How many open ones are listed.
const OPEN: i64 = 500;
/// What is chosen while nothing is decided.
const LOOKING: &str = "looking";

/// One line of a list.
struct Line {
    href: String,
    page: String,
    at: String,
    state: &'static str,
}

/// The list.
#[derive(Template)]
#[template(path = "staff/complaint/list.html")]
struct ListPage {
    shell: Shell,
    open: Vec<Line>,
    decided: Vec<Line>,
    pager: Pager,
}

/// One of them.
#[derive(Template)]
#[template(path = "staff/complaint/show.html")]
struct ShowPage {
    shell: Shell,
    problems: Problems,
    page: Link,
    words: String,
    rows: Vec<SummaryRow>,
    correcting_change: Option<Link>,
    steps: Vec<(String, String, Option<String>)>,
    /// Whether somebody decided while this was being written.
    overtaken: bool,
    decision: ChoiceField,
    on: DateField,
    answer: Field,
    correcting: Field,
    keys: Keys,
}

/// Where in the list an address is.
#[derive(Debug, Default, Deserialize)]
pub struct Place {
    after: Option<String>,
}

fn said(one: &Received) -> &'static str {
    one.decision.map_or_else(|| words::complaint_state(one.state), words::complaint_decision)
}

fn line(one: &Received, zone: &TimeZone) -> Line {
    Line {
        href: format!("/staff/complaints/{}", one.reference),
        page: one.page.clone(),
        at: words::moment(one.received_at, zone),
        state: said(one),
    }
}

/// The list, what waits longest first.
///
/// # Errors
/// When the person may not, or the database fails.
pub async fn list(
    state: web::Data<State>,
    staff: Staff,
    place: web::Query<Place>,
    shell: Shell,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::DecideComplaint, About::register())?;
    let after: Option<Cursor<1>> =
        place.after.as_deref().map(|after| after.parse().map_err(|_| Error::NotFound)).transpose()?;
    let read = move |tx: &mut store::ReadTx<'_>| {
        Ok::<_, store::Error>((complaint::open(tx, OPEN)?, complaint::decided(tx, after, SIZE)?))
    };
    let (open, decided) = state.reader.read(read).await?;
    let here = "/staff/complaints";
    let lines = |all: &[Received]| all.iter().map(|one| line(one, &state.site.zone)).collect();
    answer(&ListPage {
        shell: shell.titled("What readers say is wrong").crumb("/staff", "Your work"),
        open: lines(&open),
        decided: lines(&decided.items),
        pager: Pager {
            previous: after.map(|_| here.to_owned()),
            next: decided.next.map(|next| format!("{here}?after={next}")),
        },
    })
}

async fn look(state: &State, reference: &str) -> Result<(Received, Vec<Step>), Error> {
    let reference = reference.to_owned();
    let read = move |tx: &mut store::ReadTx<'_>| {
        let one = complaint::find(tx, &reference)?;
        let steps = complaint::steps(tx, one.id)?;
        Ok::<_, store::Error>((one, steps))
    };
    Ok(state.reader.read(read).await?)
}

impl ShowPage {
    fn new(
        (shell, keys): (Shell, Keys),
        (one, steps): (Received, Vec<Step>),
        sent: &Sent,
        problems: Problems,
        zone: &TimeZone,
    ) -> Self {
        let looking = Choice::new(LOOKING, "Not decided yet: it is being looked into");
        let decisions = ComplaintDecision::ALL.iter();
        let decisions = decisions.map(|one| Choice::new(one.as_str(), words::complaint_decision(*one)));
        let row = |name: &str, value: String| SummaryRow::new(name, value);
        let mut rows = vec![
            row("Received", words::moment(one.received_at, zone)),
            row("Answer to", one.email.clone().unwrap_or_else(|| "No address is held".to_owned())),
            row("Stands as", said(&one).to_owned()),
        ];
        rows.extend(one.decided_on.map(|on| row("Decided on", words::day(on))));
        let step = |step: &Step| {
            let what = step.decision.map_or_else(|| words::complaint_state(step.state), words::complaint_decision);
            let by = step.by.as_deref().unwrap_or("a reader");
            (words::moment(step.at, zone), format!("{what}, by {by}"), step.words.clone())
        };
        Self {
            shell: shell
                .titled("Something is said to be wrong")
                .crumb("/staff", "Your work")
                .crumb("/staff/complaints", "What readers say is wrong")
                .faulty(!problems.is_empty()),
            page: Link::new(one.page.clone(), one.page.clone()),
            words: one.words.clone(),
            rows,
            correcting_change: one.correcting.map(|seq| Link::new(address::change(seq), words::change(seq))),
            steps: steps.iter().map(step).collect(),
            overtaken: false,
            decision: sent.choices("decision", "What is decided?", [looking].into_iter().chain(decisions), &problems),
            on: sent.date("on", "On which day was it decided?", &problems).hint("Only where something is decided."),
            answer: sent.field("answer", "What was found, and why?", &problems).hint("For staff.").private(),
            correcting: sent
                .field("correcting", "Which change put it right?", &problems)
                .hint("Its number, where there is one."),
            keys: keys.of_version(one.version),
            problems,
        }
    }
}

/// One of them, with every step.
///
/// # Errors
/// 404 when there is none; when the person may not, or the database fails.
pub async fn show(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::DecideComplaint, About::register())?;
    let found = look(&state, &reference).await?;
    let sent = Sent::default().filled("decision", LOOKING);
    answer(&ShowPage::new((shell, keys), found, &sent, Problems::none(), &state.site.zone))
}

/// Takes a step: looks into it, or decides.
///
/// # Errors
/// 404 when there is none; when the person may not, or the database fails.
pub async fn decide(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::DecideComplaint, About::register())?;
    let mut read = Reading::of(&sent);
    let decision = match sent.get("decision") {
        LOOKING => None,
        _ => read.choice::<ComplaintDecision>("decision", "Choose what is decided"),
    };
    let on = read.day("on");
    let found = read.words("answer", "What was found");
    let correcting = read.number("correcting", "Enter the number of the change, or leave it empty");
    let act = read.told_to(staff.act(sent.key()));
    let command = DecideComplaint {
        reference: reference.clone(),
        version: sent.version(),
        decision,
        on,
        answer: found,
        correcting,
    };
    let zone = &state.site.zone;
    match state.service.decide_complaint(act, command).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, "Kept, with today\u{2019}s date"),
        Err(service::Error::Problems(problems)) => {
            let found = look(&state, &reference).await?;
            let page = ShowPage::new((shell, keys), found, &sent, problems, zone);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(service::Error::Stale) => {
            let found = look(&state, &reference).await?;
            let mut page = ShowPage::new((shell, keys), found, &sent, Problems::none(), zone);
            page.overtaken = true;
            page_with(StatusCode::CONFLICT, &page)
        }
        Err(fault) => Err(fault.into()),
    }
}
