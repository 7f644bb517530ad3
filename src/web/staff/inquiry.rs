//! `/staff/inquiries`: the way to every item. For people of a body: the items that were put to it.

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::change::Subject;
use crate::domain::id::RecommendationId;
use crate::domain::person::Role;
use crate::store::page::{Cursor, Page};
use crate::store::recommendation::Recommendation;
use crate::store::tally::{self, Scope};
use crate::store::withheld::Words;
use crate::store::{
    self, ReadTx, addressee, change, coverage, detail, edit, event, family, format_link, hold, inquiry, recommendation,
};
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::form::Keys;
use crate::web::part::Link;
use crate::web::part::gap::GapLine;
use crate::web::part::hold::Notice;
use crate::web::part::pager::Pager;
use crate::web::part::row::Row;
use crate::web::public::ground::{self, Ground};
use crate::web::public::{say, total};
use crate::web::shell::Shell;
use crate::web::staff::row::Withhold;
use crate::web::state::State;

/// How many inquiries the list holds.
const INQUIRIES: i64 = 500;
/// How many recommendations a page holds.
const SIZE: usize = 50;

/// How many events are shown.
const EVENTS: i64 = 100;

/// The page.
#[derive(Template)]
#[template(path = "staff/inquiry/list.html")]
struct ListPage {
    shell: Shell,
    inquiries: Vec<Link>,
    own: Option<Vec<Row>>,
    pager: Pager,
}

/// One inquiry's recommendations.
#[derive(Template)]
#[template(path = "staff/inquiry/show.html")]
struct ShowPage {
    shell: Shell,
    public: String,
    holds: Vec<Notice>,
    gap: Option<GapLine>,
    /// What that rests on.
    ground: Ground,
    deeds: Vec<Link>,
    rows: Vec<Row>,
    pager: Pager,
    /// What can be withheld that is about the inquiry itself, with its button for those who may.
    kept: Vec<Kept>,
    /// Whether this person may link the report in other formats.
    records: bool,
}

/// Words about the inquiry itself.
struct Kept {
    /// What they say, with their change.
    line: Link,
    /// The button that withholds them.
    button: Option<Withhold>,
    /// Where an event is put right.
    correct: Option<String>,
}

/// Where in a list an address is.
#[derive(Debug, Default, Deserialize)]
pub struct Place {
    after: Option<String>,
}

impl Place {
    fn cursor<const N: usize>(&self) -> Result<Option<Cursor<N>>, Error> {
        self.after.as_deref().map(|after| after.parse().map_err(|_| Error::NotFound)).transpose()
    }
}

/// Every inquiry; for people of a body, its own items.
///
/// # Errors
/// When the database fails.
pub async fn list(
    state: web::Data<State>,
    staff: Staff,
    place: web::Query<Place>,
    shell: Shell,
) -> Result<HttpResponse, Error> {
    let assessor = say::assessor(&shell);
    let shell = shell.titled("Inquiries").crumb("/staff", "Your work");
    let here = "/staff/inquiries";
    if staff.actor.role == Role::Contributor {
        let body = staff.actor.body.ok_or(Error::NotFound)?;
        let after = place.cursor::<3>()?;
        let today = staff.today;
        let (rows, next) = state.reader.read(move |tx| own(tx, body, after, &assessor, today)).await?;
        let pager = pager(here, after.is_some(), next);
        return page(&ListPage { shell: shell.titled("Your items"), inquiries: Vec::new(), own: Some(rows), pager });
    }
    let found = state.reader.read(|tx| inquiry::list(tx, INQUIRIES)).await?;
    let inquiries = found
        .into_iter()
        .map(|(name, _)| Link::new(format!("/staff{}", address::inquiry(name.slug.as_str())), name.title));
    page(&ListPage { shell, inquiries: inquiries.collect(), own: None, pager: Pager::default() })
}

fn own(
    tx: &mut ReadTx<'_>,
    body: crate::domain::id::BodyId,
    after: Option<Cursor<3>>,
    assessor: &str,
    today: crate::domain::moment::Day,
) -> Result<(Vec<Row>, Option<String>), store::Error> {
    let Page { items, next } = addressee::of_body(tx, (body, addressee::OfBody::Answers), after, SIZE)?;
    let details = detail::of(tx, &items)?;
    let known = recommendation::many(tx, items.iter().map(|answer| answer.recommendation_id).collect())?;
    let families = family::of(tx, &known.iter().map(|one| one.id).collect::<Vec<_>>())?;
    let rows = items.iter().filter_map(|answer| {
        let one = known.iter().find(|one| one.id == answer.recommendation_id)?;
        let mut row = say::row(one, std::slice::from_ref(answer), &details, assessor, today);
        row.line.clone_from(&one.inquiry.short_title);
        row.family = families.of(one.id).map(say::family);
        to_staff(&mut row);
        Some(row)
    });
    Ok((rows.collect(), next.map(|next| next.to_string())))
}

/// One inquiry.
///
/// # Errors
/// 404 when there is none, 403 for people of a body.
pub async fn show(
    state: web::Data<State>,
    staff: Staff,
    name: web::Path<String>,
    place: web::Query<Place>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ReadUnpublished, About::default())?;
    let slug = name.parse().map_err(|_| Error::NotFound)?;
    let after = place.cursor::<2>()?;
    let assessor = say::assessor(&shell);
    let today = staff.today;
    let (found, rows, next, (events, described), reasons, looks, formats, holds, (gap, ground)) = state
        .reader
        .read(move |tx| {
            let found = inquiry::find(tx, &slug)?;
            let Page { items, next } = recommendation::list(tx, found.name.id, after, SIZE)?;
            let rows = of_inquiry(tx, &items, &assessor, today)?;
            let events = event::find(tx, &event::Of::Inquiry(found.name.id), EVENTS)?;
            let described = edit::all(tx, &edit::Of::Inquiry(found.name.id), EVENTS)?;
            let reasons = change::withholdings(tx, found.name.id, EVENTS)?;
            let looks = coverage::find(tx, &coverage::Of::Inquiry(found.name.id), EVENTS)?;
            let formats = format_link::all_of_inquiry(tx, found.name.id, EVENTS)?;
            let holds = hold::in_force(tx, Some(found.name.id), None)?;
            let next = next.map(|next| next.to_string());
            let scope = Scope::Inquiry(found.name.id);
            let counts = tally::find(tx, scope)?;
            let gap = store::gap::find(tx, scope, &counts, today)?;
            let gap = (gap, ground::Read::of_register(tx, Some(found.name.id))?);
            let events = (events, described);
            Ok::<_, store::Error>((found.name, rows, next, events, reasons, looks, formats, holds, gap))
        })
        .await?;
    let public = address::inquiry(&name);
    let pager = pager(&format!("/staff{public}"), after.is_some(), next);
    let may = staff.may(Deed::Withhold, About::default()).is_ok();
    let may_remove = staff.may(Deed::ProposeRedaction, About::default()).is_ok();
    let may_show = staff.may(Deed::Publish, About::default().of(found.id)).is_ok();
    let action = format!("/staff{public}/withhold");
    let kept = |subject: Subject, row: i64, seq, words: &Words| {
        let button =
            may.then(|| Withhold::new(&action, (subject, row), words, (may_remove, may_show), &keys)).flatten();
        Kept { line: Link::new(address::change(seq), say::read(words)), button, correct: None }
    };
    let records = staff.may(Deed::RecordFact, About::default().of(found.id)).is_ok();
    let events = events.iter().filter(|event| event.present).map(|event| {
        let correct = (records && event.stands() && event.meeting.is_none())
            .then(|| format!("/staff{public}/events?row={}", event.id));
        Kept { correct, ..kept(Subject::Event, event.id.0, event.seq, &event.words) }
    });
    let described = described.iter().filter_map(|edit| {
        let (subject, row, words) = edit.words()?;
        Some(kept(subject, row, edit.seq, &words))
    });
    let reasons = reasons
        .iter()
        .filter_map(|change| Some(kept(Subject::Change, change.seq.0, change.seq, change.reason.as_ref()?)));
    let looks = looks.iter().map(|look| kept(Subject::Coverage, look.id.0, look.seq, &look.place));
    let formats = formats.iter().map(|one| kept(Subject::Format, one.id, one.seq, &one.label));
    let kept = events.chain(described).chain(looks).chain(formats).chain(reasons).collect();
    let form = |what: &str| format!("/staff{public}/{what}");
    let deeds = if records {
        vec![
            Link::new(form("description"), "Change the description"),
            Link::new(form("events"), "Add an event"),
            Link::new(address::new_meeting(&name), "Call a meeting"),
            Link::new(form("meetings"), "Add a meeting that was held"),
            Link::new(address::MEETINGS, "Meetings with papers, and the updates asked for before them"),
            Link::new(address::PACKS, "Scrutiny packs"),
            Link::new(form("recommendations"), "Add a recommendation"),
            Link::new(form("schedule"), "Set when updates are asked for"),
            Link::new(address::coverage(&name), "Record where answers were looked for"),
            Link::new(address::accuracy(&name), "Set how long bodies may check a finding"),
            Link::new(address::schedule_several(&name), "Set when updates are asked for, on several answers"),
            Link::new(address::lead_of_inquiry(&name), "Say who leads"),
            Link::new(address::stages_of_inquiry(&name), "Choose when bodies are reminded"),
            Link::new(address::staff_hold(Some(&name), None), "Hold new information back"),
        ]
    } else {
        Vec::new()
    };
    let shell = shell.titled(found.title).crumb("/staff", "Your work").crumb("/staff/inquiries", "Inquiries");
    let holds = Notice::of(&holds);
    let gap = (gap.answers > 0).then(|| total::gap(&gap, &[("inquiry", name.as_str())]));
    let ground = Ground::of(&ground);
    page(&ShowPage { shell, public, holds, gap, ground, deeds, rows, pager, kept, records })
}

fn of_inquiry(
    tx: &mut ReadTx<'_>,
    items: &[Recommendation],
    assessor: &str,
    today: crate::domain::moment::Day,
) -> Result<Vec<Row>, store::Error> {
    let ids: Vec<RecommendationId> = items.iter().map(|one| one.id).collect();
    let families = family::of(tx, &ids)?;
    let answers = addressee::of_recommendations(tx, ids)?;
    let mut rows = Vec::new();
    for one in items {
        let of_this = answers.get(&one.id).map_or(&[][..], Vec::as_slice);
        let details = detail::dates_of(tx, of_this)?;
        let mut row = say::row(one, of_this, &details, assessor, today);
        row.family = families.of(one.id).map(say::family);
        to_staff(&mut row);
        rows.push(row);
    }
    Ok(rows)
}

/// Leads to the staff's pages.
fn to_staff(row: &mut Row) {
    row.title.href.insert_str(0, "/staff");
    for answer in &mut row.answers {
        answer.body.href.insert_str(0, "/staff");
    }
}

fn pager(here: &str, later: bool, next: Option<String>) -> Pager {
    Pager { previous: later.then(|| here.to_owned()), next: next.map(|next| format!("{here}?after={next}")) }
}
