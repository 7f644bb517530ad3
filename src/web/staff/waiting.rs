//! The lists behind the numbers of `/staff`: what waits, the longest waiting first.

use actix_web::{HttpResponse, web};
use askama::Template;
use jiff::tz::TimeZone;

use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::deadline::DeadlineKind;
use crate::domain::filing::{FilingKind, FilingState};
use crate::domain::words;
use crate::store::desk::{self, Uncompared, Whose, Work};
use crate::store::due::{self, DueDate};
use crate::store::{accuracy, setting, target_ask};
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::part::Link;
use crate::web::shell::Shell;
use crate::web::state::State;

/// How far ahead `/staff` looks for updates that are due.
pub const DAYS_AHEAD: i64 = 30;
/// How many rows a list shows; the others come up as these are done.
const MOST: usize = 200;
/// What a second person confirms.
const CONFIRMED: [FilingKind; 3] = [FilingKind::Assessment, FilingKind::Closure, FilingKind::Wording];

/// One thing that waits.
pub struct Row {
    /// What it is, with its page.
    pub title: Link,
    /// Where it belongs.
    pub place: String,
    /// Who handed it in and when, or what is due.
    pub line: Option<String>,
}

impl Row {
    /// A piece of unpublished work.
    pub fn of_work(work: &Work, zone: &TimeZone) -> Self {
        let title = words::title(&work.number, work.title.as_deref());
        let kind = words::filing_kind(work.kind);
        Self {
            title: Link::new(address::filing(&work.reference), format!("{kind}: {title}")),
            place: words::item(Some(&work.inquiry), Some(&work.number), work.body.as_deref()),
            line: Some(work.submitted_at.map_or_else(
                || words::written_by(&work.author_name),
                |at| words::handed_in(at, zone, &work.author_name),
            )),
        }
    }

    fn of_due(date: &DueDate) -> Self {
        Self {
            title: Link::new(
                address::staff_answer(&date.inquiry_slug, &date.number, &date.body_slug),
                words::title(&date.number, date.title.as_deref()),
            ),
            place: words::item(Some(&date.inquiry), Some(&date.number), Some(&date.body_name)),
            line: Some(words::due(date.kind, date.on)),
        }
    }

    fn of_uncompared(one: &Uncompared) -> Self {
        Self {
            title: Link::new(
                address::staff_recommendation(&one.inquiry_slug, &one.number),
                words::title(&one.number, one.title.as_deref()),
            ),
            place: words::item(Some(&one.inquiry), Some(&one.number), None),
            line: Some(words::entry_checked(one.text_kind, one.checked).to_owned()),
        }
    }
}

/// The page of any of these lists.
#[derive(Template)]
#[template(path = "staff/waiting/list.html")]
struct ListPage {
    shell: Shell,
    means: &'static str,
    empty: &'static str,
    rows: Vec<Row>,
    own: Vec<Row>,
    more: bool,
}

impl ListPage {
    fn new(shell: Shell, title: &'static str, means: &'static str, empty: &'static str) -> Self {
        let shell = shell.titled(title).crumb(address::STAFF, "Your work").unlisted();
        Self { shell, means, empty, rows: Vec::new(), own: Vec::new(), more: false }
    }

    fn with(mut self, mut rows: Vec<Row>) -> Self {
        self.more = rows.len() > MOST;
        rows.truncate(MOST);
        self.rows = rows;
        self
    }
}

/// One row more than is shown, to know whether there are more.
const fn limit() -> i64 {
    MOST as i64 + 1
}

/// `/staff/to-publish`: updates from bodies.
///
/// # Errors
/// 403 for those who do not publish; when the database fails.
pub async fn to_publish(state: web::Data<State>, staff: Staff, shell: Shell) -> Result<HttpResponse, Error> {
    staff.may(Deed::Publish, About::default())?;
    let read = state
        .reader
        .read(|tx| desk::work(tx, &[FilingState::Submitted], &FilingKind::OF_BODIES, Whose::Anybodys, limit()));
    let rows = read.await?.iter().map(|work| Row::of_work(work, &state.site.zone)).collect();
    let list = ListPage::new(
        shell,
        "Updates and replies to read and publish",
        "That an update came is public already. Its words, and the words of a reply, become public when you publish them.",
        "Every update has been read. New ones stand here as soon as a body sends them.",
    );
    page(&list.with(rows))
}

/// `/staff/to-confirm`: findings, closings and words that wait for a second person.
///
/// # Errors
/// 403 for those who do not publish; when the database fails.
pub async fn to_confirm(state: web::Data<State>, staff: Staff, shell: Shell) -> Result<HttpResponse, Error> {
    staff.may(Deed::Publish, About::default())?;
    let read = state.reader.read(|tx| {
        let work = desk::work(tx, &[FilingState::Submitted], &CONFIRMED, Whose::Anybodys, limit())?;
        Ok::<_, Error>((work, setting::second_key(tx)?, accuracy::waiting(tx)?))
    });
    let (work, second_key, shown) = read.await?;
    let today = staff.today;
    let with_body = |work: &Work| {
        let check = shown.iter().find(|check| check.reference == work.reference);
        check.map(|check| check.period).filter(|period| period.runs_on(today))
    };
    let row = |work: &Work| {
        let mut row = Row::of_work(work, &state.site.zone);
        if let (Some(line), Some(period)) = (&mut row.line, with_body(work)) {
            line.push_str(&format!(". {}", words::with_body_until(period.until)));
        }
        row
    };
    let (own, others): (Vec<_>, Vec<_>) = work.iter().partition(|work| second_key && work.author == staff.actor.person);
    let rows = |work: Vec<&Work>| work.into_iter().map(row).collect();
    let list = ListPage::new(
        shell,
        "Waiting for a second person",
        "One person wrote each of these, and another one publishes it.",
        "Nothing that others wrote waits for you.",
    );
    page(&ListPage { own: rows(own), ..list.with(rows(others)) })
}

/// `/staff/sent-back`: what this person wrote, and got back with comments.
///
/// # Errors
/// When the database fails.
pub async fn sent_back(state: web::Data<State>, staff: Staff, shell: Shell) -> Result<HttpResponse, Error> {
    let me = staff.actor.person;
    let read =
        state.reader.read(move |tx| desk::work(tx, &[FilingState::SentBack], FilingKind::ALL, Whose::By(me), limit()));
    let rows = read.await?.iter().map(|work| Row::of_work(work, &state.site.zone)).collect();
    let list = ListPage::new(
        shell,
        "Sent back to you",
        "Each says what should be looked at again. Write what is right as a new one.",
        "Nothing was sent back to you.",
    );
    page(&list.with(rows))
}

/// `/staff/due`: updates due in the next days, the next first.
///
/// # Errors
/// 403 for contributors; when the database fails.
pub async fn due(state: web::Data<State>, staff: Staff, shell: Shell) -> Result<HttpResponse, Error> {
    staff.may(Deed::ReadUnpublished, About::default())?;
    let today = staff.today;
    let read = state.reader.read(move |tx| due::up_to(tx, &[DeadlineKind::Return], today.plus_days(DAYS_AHEAD)));
    let rows = read.await?.iter().filter(|date| date.on >= today).take(MOST + 1).map(Row::of_due).collect();
    let list = ListPage::new(
        shell,
        "Updates due in the next 30 days",
        "Each body is reminded by mail before its date and after it.",
        "No update is due in the next 30 days.",
    );
    page(&list.with(rows))
}

/// `/staff/to-look-at-again`: what oversight was to look at again by today, the longest due first.
///
/// # Errors
/// 403 for contributors; when the database fails.
pub async fn to_look_at_again(state: web::Data<State>, staff: Staff, shell: Shell) -> Result<HttpResponse, Error> {
    staff.may(Deed::ReadUnpublished, About::default())?;
    let today = staff.today;
    let read = state.reader.read(move |tx| due::up_to(tx, &[DeadlineKind::Recheck], today));
    let rows = read.await?.iter().take(MOST + 1).map(Row::of_due).collect();
    let list = ListPage::new(
        shell,
        "To be looked at again",
        "Open one and look whether it still holds. A new assessment says that it does; “It no longer holds” opens it again.",
        "Nothing is to be looked at again today.",
    );
    page(&list.with(rows))
}

/// `/staff/extensions`: requests of bodies for a later target date, the longest waiting first.
///
/// # Errors
/// 403 for contributors; when the database fails.
pub async fn extensions(state: web::Data<State>, staff: Staff, shell: Shell) -> Result<HttpResponse, Error> {
    staff.may(Deed::ReadUnpublished, About::default())?;
    let decides = staff.may(Deed::RecordFact, About::default()).is_ok();
    let rows = state.reader.read(|tx| target_ask::waiting(tx, limit())).await?;
    let row = |ask: &target_ask::Waiting| {
        let item = address::staff_answer(&ask.inquiry_slug, &ask.number, &ask.body_slug);
        let href = if decides { format!("{item}/extension-decision") } else { item };
        Row {
            title: Link::new(href, words::title(&ask.number, ask.title.as_deref())),
            place: words::item(Some(&ask.inquiry), Some(&ask.number), Some(&ask.body)),
            line: Some(words::asked_for_later(&ask.body, ask.asked_on, ask.wanted_on, ask.instead_of)),
        }
    };
    let list = ListPage::new(
        shell,
        "Requests for a later target date",
        "What a body asks for becomes public when it is decided, a refusal too.",
        "No body asks for a later target date.",
    );
    page(&list.with(rows.iter().map(row).collect()))
}

/// `/staff/to-compare`: recommendations whose words nobody has compared with their source.
///
/// # Errors
/// 403 for contributors; when the database fails.
pub async fn to_compare(state: web::Data<State>, staff: Staff, shell: Shell) -> Result<HttpResponse, Error> {
    staff.may(Deed::ReadUnpublished, About::default())?;
    let rows = state.reader.read(|tx| desk::uncompared(tx, limit())).await?;
    let rows = rows.iter().map(Row::of_uncompared).collect();
    let list = ListPage::new(
        shell,
        "Not compared with their source",
        "Open one, compare its words with the report, and say what you found. A second person confirms it.",
        "The words of every recommendation were compared with their source.",
    );
    page(&list.with(rows))
}
