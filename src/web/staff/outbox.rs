//! `/staff/outbox`: every mail, where it stands, and what the mail server said. For those who manage mail.

mod show;

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

pub use show::{cancel, retry, show};

use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::moment::Moment;
use crate::domain::outbox::MailState;
use crate::domain::words;
use crate::store::outbox::{self, MailRow};
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::part::count::Count;
use crate::web::part::pager::Pager;
use crate::web::shell::Shell;
use crate::web::state::State;

/// How many mails stand on one page.
const SIZE: i64 = 50;

/// The list.
#[derive(Template)]
#[template(path = "staff/outbox/list.html")]
struct ListPage {
    shell: Shell,
    counts: Vec<Count>,
    /// Since when the mail has waited that has waited longest.
    oldest: Option<String>,
    /// Which mails are listed, where it is not all of them.
    only: Option<&'static str>,
    lines: Vec<Line>,
    pager: Pager,
}

/// One mail of the list.
struct Line {
    href: String,
    subject: String,
    email: String,
    written: String,
    state: &'static str,
    next: Option<String>,
    attempts: String,
    answer: String,
}

impl Line {
    fn new(mail: MailRow, state: &State) -> Self {
        Self {
            href: address::staff_mail(&mail.reference),
            subject: subject(&mail),
            email: mail.email.to_string(),
            written: words::moment(mail.created_at, &state.site.zone),
            state: words::mail_state(mail.state),
            next: next(&mail, state),
            attempts: words::number(u64::try_from(mail.attempts).unwrap_or(0)),
            answer: mail.last_answer.unwrap_or_default(),
        }
    }
}

/// What a mail is called: its subject, or its kind before it was composed.
fn subject(mail: &MailRow) -> String {
    mail.subject.clone().unwrap_or_else(|| words::letter_kind(&mail.kind).to_owned())
}

/// When a mail is tried next, where it is.
fn next(mail: &MailRow, state: &State) -> Option<String> {
    let waits = matches!(mail.state, MailState::Queued | MailState::TemporaryFailure);
    waits.then(|| words::moment(mail.not_before, &state.site.zone))
}

/// What the address of the list may say.
#[derive(Debug, Deserialize)]
pub struct Query {
    #[serde(default)]
    state: String,
    #[serde(default)]
    after: String,
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
    staff.may(Deed::ManageMail, About::default())?;
    // A state that nobody knows lists them all: the address may be an old one.
    let only: Option<MailState> = query.state.parse().ok();
    let after = query.after.clone();
    let now: Moment = staff.now;
    let (mut mails, counts, oldest) = state
        .reader
        .read(move |tx| {
            let after = (!after.is_empty()).then_some(after.as_str());
            Ok::<_, Error>((
                outbox::list(tx, only, after, SIZE + 1)?,
                outbox::counts(tx)?,
                outbox::oldest_waiting(tx, now)?,
            ))
        })
        .await?;
    let more = mails.len() > usize::try_from(SIZE).unwrap_or_default();
    mails.truncate(usize::try_from(SIZE).unwrap_or_default());
    let next = mails.last().filter(|_| more).map(|last| to(only, Some(&last.reference)));
    page(&ListPage {
        shell: shell.titled("Mail").crumb("/staff", "Your work"),
        counts: counts.into_iter().map(|(state, number)| count(state, number)).collect(),
        oldest: oldest.map(|since| words::moment(since, &state.site.zone)),
        only: only.map(words::mail_state),
        lines: mails.into_iter().map(|mail| Line::new(mail, &state)).collect(),
        pager: Pager { previous: (!query.after.is_empty()).then(|| to(only, None)), next },
    })
}

fn count(state: MailState, number: i64) -> Count {
    Count {
        number: words::number(u64::try_from(number).unwrap_or(0)),
        words: words::mail_state(state).to_owned(),
        href: Some(to(Some(state), None)),
    }
}

/// The address of a page of the list.
fn to(only: Option<MailState>, after: Option<&str>) -> String {
    let state = only.map(|state| format!("state={state}"));
    let after = after.map(|after| format!("after={after}"));
    let query: Vec<String> = state.into_iter().chain(after).collect();
    if query.is_empty() { "/staff/outbox".to_owned() } else { format!("/staff/outbox?{}", query.join("&")) }
}
