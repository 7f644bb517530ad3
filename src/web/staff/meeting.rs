//! `/staff/meetings`: meetings of whoever monitors inquiries, with their papers' deadline and the updates that go with it.

pub mod edit;
pub mod updates;

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::id::{AddresseeId, BodyId};
use crate::domain::meeting::MeetingState;
use crate::domain::words;
use crate::store::addressee::{self, AddresseeName};
use crate::store::meeting::{self, Hung, Meeting};
use crate::store::recommendation::{self, Recommendation};
use crate::store::succession::{self, Path};
use crate::store::{self, ReadTx};
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::part::{Link, SummaryRow};
use crate::web::public::say;
use crate::web::shell::Shell;
use crate::web::state::State;

/// How many meetings are listed.
const MOST: i64 = 500;

/// The list.
#[derive(Template)]
#[template(path = "staff/meeting/list.html")]
struct ListPage {
    shell: Shell,
    meetings: Vec<Line>,
    /// Whether this person may call one.
    calls: bool,
}

/// A meeting in the list.
struct Line {
    title: Link,
    inquiries: String,
    words: String,
}

/// What is said of a meeting in public; that it is withheld, else.
pub(super) fn said(of: &Meeting) -> String {
    of.words().map(say::read).unwrap_or_default()
}

fn names(of: &Meeting) -> String {
    let names: Vec<&str> = of.inquiries().map(|inquiry| inquiry.short_title.as_str()).collect();
    words::list(&names)
}

/// Every meeting, the last first.
///
/// # Errors
/// 403 for people of a body; when the database fails.
pub async fn list(state: web::Data<State>, staff: Staff, shell: Shell) -> Result<HttpResponse, Error> {
    staff.may(Deed::ReadPack, About::default())?;
    let all = state.reader.read(|tx| meeting::list(tx, &[], MOST)).await?;
    let line = |of: &Meeting| Line {
        title: Link::new(
            address::meeting(&of.reference),
            words::meeting_line(of.held_on, of.state, Some(of.papers_due_on)),
        ),
        inquiries: names(of),
        words: said(of),
    };
    page(&ListPage {
        shell: shell.titled("Meetings").crumb(address::STAFF, "Your work").unlisted(),
        meetings: all.iter().map(line).collect(),
        calls: staff.may(Deed::RecordFact, About::default()).is_ok(),
    })
}

/// One meeting.
#[derive(Template)]
#[template(path = "staff/meeting/show.html")]
struct ShowPage {
    shell: Shell,
    rows: Vec<SummaryRow>,
    inquiries: Vec<Link>,
    note: Option<String>,
    /// Where this person changes it, and asks for updates before it.
    change: Option<String>,
    updates: Option<String>,
    /// The updates that go with it, and what is said of them; that there are none.
    dates: Vec<Date>,
    of_dates: &'static str,
    no_dates: &'static str,
}

/// A date that goes with a meeting.
struct Date {
    item: Link,
    place: String,
    line: String,
}

struct Read {
    found: Meeting,
    dates: Vec<(Hung, AddresseeName, Recommendation)>,
    /// The ways of those whose body has ended.
    paths: HashMap<AddresseeId, Path>,
}

impl Read {
    /// The dates, ready to print.
    fn listed(&self) -> Vec<Date> {
        self.dates.iter().filter_map(|hung| date(hung, &self.paths)).collect()
    }
}

fn read(tx: &mut ReadTx<'_>, reference: &str) -> Result<Read, store::Error> {
    let found = meeting::find(tx, reference)?;
    let dates = dates(tx, &found)?;
    let asked: Vec<(AddresseeId, BodyId)> = dates.iter().map(|(_, answer, _)| (answer.id, answer.body.id)).collect();
    Ok(Read { found, paths: succession::paths(tx, asked)?, dates })
}

/// The dates that go with a meeting and stand, each with its answer.
fn dates(tx: &mut ReadTx<'_>, of: &Meeting) -> Result<Vec<(Hung, AddresseeName, Recommendation)>, store::Error> {
    let mut hung = meeting::dates(tx, of.id)?;
    hung.retain(Hung::stands);
    let answers = addressee::names(tx, hung.iter().map(|date| date.addressee).collect())?;
    let of = recommendation::many(tx, answers.values().map(|answer| answer.recommendation).collect())?;
    let each = hung.into_iter().filter_map(|date| {
        let answer = answers.get(&date.addressee)?;
        let one = of.iter().find(|one| one.id == answer.recommendation)?;
        Some((date, answer.clone(), one.clone()))
    });
    Ok(each.collect())
}

fn date(
    (date, answer, one): &(Hung, AddresseeName, Recommendation),
    paths: &HashMap<AddresseeId, Path>,
) -> Option<Date> {
    let slug = one.inquiry.slug.as_str();
    let days = u32::try_from(date.working_days).unwrap_or_default();
    let now = paths.get(&answer.id).map_or(&answer.body, |path| &path.now);
    let owed_by = words::owed_by(now.short(), answer.body.short());
    Some(Date {
        item: Link::new(address::staff_answer(slug, &one.number, answer.body.slug.as_str()), say::title(one)),
        place: words::item(Some(&one.inquiry.short_title), Some(&one.number), Some(&owed_by)),
        line: words::hangs(date.due_on?, days),
    })
}

/// Shows it.
///
/// # Errors
/// 404 when there is none, 403 for people of a body.
pub async fn show(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    shell: Shell,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ReadPack, About::default())?;
    let name = reference.into_inner();
    let read = state.reader.read(move |tx| read(tx, &name)).await?;
    let (dates, found) = (read.listed(), read.found);
    let here = address::meeting(&found.reference);
    let records = found.inquiries().all(|one| staff.may(Deed::RecordFact, About::default().of(one.id)).is_ok());
    let title = format!("Meeting on {}", words::day(found.held_on));
    let inquiry = |one: &store::inquiry::InquiryName| {
        Link::new(address::staff_inquiry(one.slug.as_str()), one.short_title.clone())
    };
    let mut rows = vec![
        SummaryRow::new("Stands as", words::meeting_state(found.state)),
        SummaryRow::new("Day", words::day(found.held_on)),
        SummaryRow::new("Papers due", words::day(found.papers_due_on)),
        SummaryRow::new("Who meets, in public", said(&found)),
    ];
    rows.extend(found.source_url().map(|url| SummaryRow::new("Where it can be read", url)));
    page(&ShowPage {
        shell: shell.titled(title).crumb(address::STAFF, "Your work").crumb(address::MEETINGS, "Meetings").unlisted(),
        rows,
        inquiries: found.inquiries().map(inquiry).collect(),
        note: found.private_note.clone(),
        change: records.then(|| format!("{here}/change")),
        updates: (records && found.state == MeetingState::Planned).then(|| format!("{here}/updates")),
        of_dates: words::meeting_dates(found.state),
        no_dates: words::no_meeting_dates(found.state),
        dates,
    })
}
