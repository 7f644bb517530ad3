//! `/staff/outbox`: every mail, where it stands, and what the mail server said. For those who manage mail.

mod show;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use jiff::tz::TimeZone;

pub use show::{cancel, dead, retry, show};

use super::form_reading::Reading;
use super::form_sent::Sent;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::mail_counts::MailCounts;
use crate::domain::moment::{Day, Moment};
use crate::domain::outbox::MailState;
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::store::body::{self, BodyName};
use crate::store::outbox::{self, MailRow, Oldest, Only};
use crate::store::{holiday, suppression};
use crate::web::actor::Staff;
use crate::web::answer::page_with;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, DateField, Field};
use crate::web::part::Link;
use crate::web::part::count::Count;
use crate::web::part::pager::Pager;
use crate::web::public::query;
use crate::web::shell::Shell;
use crate::web::state::State;

/// How many mails stand on one page.
const SIZE: i64 = 50;
/// How many bodies can be chosen from.
const BODIES: i64 = 500;
/// What narrows the list, as it stands in addresses. The place in it comes after them.
const NARROWS: [&str; 10] =
    ["state", "kind", "to", "body", "from_day", "from_month", "from_year", "until_day", "until_month", "until_year"];

/// The list.
#[derive(Template)]
#[template(path = "staff/outbox/list.html")]
struct ListPage {
    shell: Shell,
    problems: Problems,
    counts: Vec<Count>,
    /// How mail stands, as a run of the jobs says it.
    watched: String,
    /// Since when the mail has waited that has waited longest.
    oldest: Option<String>,
    /// Which mails are listed, where it is not all of them.
    only: Option<&'static str>,
    /// Whether any are left out.
    narrowed: bool,
    /// Where addresses are listed to which nothing goes, and reports of mail that came back are sent in.
    others: [Link; 2],
    choices: [ChoiceField; 3],
    to: Field,
    days: [DateField; 2],
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

/// What is read for the list.
struct Read {
    mails: Vec<MailRow>,
    counts: Vec<(MailState, i64)>,
    watched: MailCounts,
    waits: Vec<Oldest>,
    kinds: Vec<String>,
    bodies: Vec<BodyName>,
    dead: i64,
}

/// The list.
///
/// # Errors
/// When the person may not, or the database fails.
pub async fn list(
    state: web::Data<State>,
    staff: Staff,
    query: web::Query<Sent>,
    shell: Shell,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManageMail, About::default())?;
    let sent = query.into_inner();
    let mut reading = Reading::of(&sent);
    let (from, until) = (reading.day("from"), reading.day("until"));
    // A state that nobody knows lists them all: the address may be an old one.
    let only_state: Option<MailState> = reading.chosen("state");
    let of_body: Option<Slug> = reading.chosen("body");
    let to = reading.line("to", "The part of the address");
    let problems = reading.problems;
    let begin = |day: Day| begin(day, &state.site.zone);
    let only = Only {
        state: only_state,
        kind: name(&sent, "kind"),
        to,
        body: None,
        from: from.and_then(begin),
        before: until.and_then(|day| begin(day.plus_days(1))),
    };
    let after = name(&sent, "after");
    let (now, zone): (Moment, TimeZone) = (staff.now, state.site.zone.clone());
    let read = state
        .reader
        .read(move |tx| {
            let bodies = body::choices(tx, BODIES)?;
            let calendar = holiday::calendar(tx, zone)?;
            let of_body = of_body.and_then(|slug| bodies.iter().find(|body| body.slug == slug).map(|body| body.id));
            Ok::<_, Error>(Read {
                mails: outbox::list(tx, &Only { body: of_body, ..only }, after.as_deref(), SIZE + 1)?,
                counts: outbox::counts(tx)?,
                watched: outbox::mail_counts(tx, now, &calendar)?,
                waits: outbox::oldest_by_state(tx)?,
                kinds: outbox::kinds(tx)?,
                dead: suppression::count(tx)?,
                bodies,
            })
        })
        .await?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page_with(status, &ListPage::new(shell, read, (&sent, problems, only_state), (now, state.get_ref())))
}

impl ListPage {
    fn new(
        shell: Shell,
        read: Read,
        (sent, problems, only): (&Sent, Problems, Option<MailState>),
        (now, state): (Moment, &State),
    ) -> Self {
        let Read { mut mails, counts, watched, waits, kinds, bodies, dead } = read;
        let size = usize::try_from(SIZE).unwrap_or_default();
        let more = mails.len() > size;
        mails.truncate(size);
        let next = mails.last().filter(|_| more).map(|last| to(sent, &last.reference));
        let any = |label: &'static str| Choice::new("", label);
        let states = MailState::ALL.iter().map(|one| Choice::new(one.as_str(), words::mail_state(*one)));
        let kinds = kinds.into_iter().map(|kind| {
            let said = words::letter_kind(&kind).to_owned();
            Choice::new(kind, said)
        });
        let bodies = bodies.into_iter().map(|body| Choice::new(body.slug.to_string(), body.name));
        let counted = |(of, number): (MailState, i64)| {
            let since = waits.iter().find(|(waiting, _)| *waiting == of).map(|(_, since)| now.seconds_since(*since));
            Count {
                number: words::number(u64::try_from(number).unwrap_or(0)),
                words: words::mail_state_since(of, since),
                href: Some(query::address(address::OUTBOX, &[("state", of.as_str())])),
            }
        };
        Self {
            shell: shell.titled("Mail").crumb("/staff", "Your work").faulty(!problems.is_empty()),
            counts: counts.into_iter().map(counted).collect(),
            watched: words::mail_counts(&watched),
            oldest: watched.oldest.map(|seconds| words::moment(now.plus_seconds(-seconds), &state.site.zone)),
            only: only.map(words::mail_state),
            narrowed: NARROWS.iter().any(|name| !sent.get(name).is_empty()),
            others: [
                Link::new(address::DEAD_ADDRESSES, words::dead_addresses(u64::try_from(dead).unwrap_or(0))),
                Link::new(address::BOUNCES, "Send in reports of mail that came back"),
            ],
            choices: [
                sent.choices("state", "State", [any("Any")].into_iter().chain(states), &problems),
                sent.choices("kind", "Kind", [any("Any")].into_iter().chain(kinds), &problems),
                sent.choices("body", "To people of", [any("Anybody")].into_iter().chain(bodies), &problems),
            ],
            to: sent.field("to", "To an address with these letters", &problems),
            days: [
                sent.date("from", "Written on or after", &problems),
                sent.date("until", "Written on or before", &problems),
            ],
            lines: mails.into_iter().map(|mail| Line::new(mail, state)).collect(),
            pager: Pager { previous: (!sent.get("after").is_empty()).then(|| to(sent, "")), next },
            problems,
        }
    }
}

/// The name of a kind of letter or of a mail, as it stands in the address; nothing where it is no such name.
fn name(sent: &Sent, field: &str) -> Option<String> {
    let given = sent.get(field);
    let fits = |sign: u8| sign.is_ascii_alphanumeric() || matches!(sign, b'-' | b'.' | b'_');
    (!given.is_empty() && given.bytes().all(fits)).then(|| given.to_owned())
}

/// When a day begins in the register's zone.
fn begin(day: Day, zone: &TimeZone) -> Option<Moment> {
    day.date().to_zoned(zone.clone()).ok().map(|begins| Moment::new(begins.timestamp()))
}

/// The address of a page of the list as it is narrowed.
fn to(sent: &Sent, after: &str) -> String {
    let mut parameters: Vec<(&str, &str)> = NARROWS.iter().map(|name| (*name, sent.get(name))).collect();
    parameters.push(("after", after));
    query::address(address::OUTBOX, &parameters)
}
