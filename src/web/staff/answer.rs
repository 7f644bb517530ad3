//! `/staff/inquiries/{inquiry}/recommendations/{number}/{body}`: one body's answer with every deed that may be done about it.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::recommendation::{waiting_links, way};
use super::row::Rows;
use super::{chase, evidence};
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::duty::{DutyKind, Held, contact_for, has_contact, leads_for};
use crate::domain::filing::FilingState;
use crate::domain::ladder::out_of_reach;
use crate::domain::lifecycle::{Closure, Lifecycle};
use crate::domain::person::Role;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::store::addressee::{self, Answer};
use crate::store::chase::Asking;
use crate::store::detail::{self, Details};
use crate::store::duty::{self, Duty};
use crate::store::exhibit::{self, Exhibit};
use crate::store::filing::{self, FilingRow, Unfinished};
use crate::store::hold::{self, Hold};
use crate::store::recommendation::{self, Recommendation, RecommendationView};
use crate::store::target_ask::{self, Ask};
use crate::store::timeline::{self as ledger, Timeline};
use crate::store::{self, ReadTx};
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::form::Keys;
use crate::web::part::Link;
use crate::web::part::card::Card;
use crate::web::part::hold::Notice;
use crate::web::part::timeline::Year;
use crate::web::public::card::{self, Light};
use crate::web::public::recommendation::{Said, said};
use crate::web::public::{query, say, timeline};
use crate::web::shell::Shell;
use crate::web::state::State;

/// How many rows of each kind a timeline shows.
const MOST: i64 = 300;

/// The page.
#[derive(Template)]
#[template(path = "staff/answer/show.html")]
struct ShowPage {
    shell: Shell,
    place: String,
    heading: String,
    public: String,
    /// The list of bodies, for those who read of all of them.
    bodies: Option<&'static str>,
    words: Said,
    deeds: Vec<Link>,
    holds: Vec<Notice>,
    waiting: Vec<Link>,
    card: Card,
    dates: Vec<String>,
    /// Updates that are with the body: when, never what they say.
    unfinished: Vec<String>,
    /// Who is asked, for those who ask.
    contact: Option<String>,
    /// Where that is changed.
    contacts: String,
    askings: Vec<chase::Line>,
    /// Those before the last ones.
    earlier: Option<chase::Earlier>,
    evidence: Vec<Link>,
    years: Vec<Year>,
    rows: Rows,
}

struct Read {
    view: RecommendationView,
    source_url: Option<String>,
    answer: Answer,
    details: Details,
    timeline: Timeline,
    waiting: Vec<FilingRow>,
    askings: Vec<Asking>,
    exhibits: Vec<Exhibit>,
    ask: Option<Ask>,
    holds: Vec<Hold>,
    unfinished: Vec<Unfinished>,
    duties: Vec<Duty>,
    /// Whether anybody files for the body.
    anybody: bool,
    /// Whether mail reaches any of them.
    reached: bool,
}

fn read(tx: &mut ReadTx<'_>, inquiry: &Slug, number: &str, body: &Slug) -> Result<Read, store::Error> {
    let view = recommendation::find(tx, inquiry, number)?;
    let answer = addressee::find(tx, view.recommendation.id, body)?;
    let colleagues = duty::colleagues(tx, answer.answerer.id)?;
    Ok(Read {
        source_url: store::inquiry::find(tx, inquiry)?.source_url,
        details: detail::of(tx, std::slice::from_ref(&answer))?,
        timeline: ledger::find(tx, &store::About::Answer(answer.id), MOST)?,
        waiting: filing::waiting_on(tx, view.recommendation.id)?,
        exhibits: exhibit::list(tx, answer.id, None)?,
        askings: store::chase::of_item(tx, answer.id)?,
        ask: target_ask::pending(tx, answer.id)?,
        holds: hold::in_force(tx, Some(answer.inquiry_id), Some(answer.recommendation_id))?,
        unfinished: filing::unfinished(tx, answer.id)?,
        duties: duty::of_body(tx, answer.answerer.id)?,
        anybody: colleagues.iter().any(|one| one.works),
        reached: colleagues.iter().any(|one| one.works && one.is_reached()),
        view,
        answer,
    })
}

/// Shows it.
///
/// # Errors
/// 404 when there is none, 403 for people of another body.
pub async fn show(
    state: web::Data<State>,
    staff: Staff,
    path: web::Path<(String, String, String)>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let inquiry = path.0.parse().map_err(|_| Error::NotFound)?;
    let body = path.2.parse().map_err(|_| Error::NotFound)?;
    let number = path.1.clone();
    let read = state.reader.read(move |tx| read(tx, &inquiry, &number, &body)).await?;
    let contact = contact(&read, &staff);
    let Read { view, source_url, answer, details, timeline: record, waiting, askings, exhibits, ask, holds, .. } = read;
    let unfinished_work = read.unfinished;
    staff.may(Deed::ReadUnpublished, About::body(answer.answerer.id).of(answer.inquiry_id))?;
    let assessor = say::assessor(&shell);
    let one = &view.recommendation;
    let (slug, body) = (one.inquiry.slug.as_str(), answer.body.slug.as_str());
    let heading = format!("{}: {}", answer.body.short(), say::title(one));
    let shown = card::card(one, &answer, &details, Light { assessor: &assessor, today: staff.today });
    let mut links = waiting_links(&waiting, &staff, &state.site.zone, |row| {
        let own = row.addressee.filter(|id| *id == answer.id);
        (row.addressee, own.map(|_| answer.body.short().to_owned()))
    });
    // What the body asks for, with the way to decide on it.
    links.extend(ask.as_ref().map(|ask| {
        let here = address::staff_answer(slug, &one.number, body);
        let decides = staff.may(Deed::RecordFact, About::body(answer.answerer.id).of(answer.inquiry_id)).is_ok();
        let href = if decides { format!("{here}/extension-decision") } else { here };
        let path = details.path(answer.id);
        let line = say::waits_for_later(&answer.body, path, (ask.asked_on, ask.wanted_on), ask.instead_of);
        Link::new(href, format!("{line}; not decided yet"))
    }));
    let (askings, earlier) = lines(&askings, &staff);
    let unfinished = unfinished_work.iter().map(|one| {
        let zone = &state.site.zone;
        let for_sign_off = one.state == FilingState::ForSignOff;
        words::unfinished(for_sign_off, one.begun_at.day_in(zone), one.last_at.day_in(zone))
    });
    page(&ShowPage {
        unfinished: unfinished.collect(),
        contact,
        contacts: address::contacts(answer.answerer.slug.as_str()),
        place: format!("{}, recommendation {}", one.inquiry.short_title, one.number),
        public: address::answer(slug, &one.number, body),
        bodies: staff.may(Deed::ReadUnpublished, About::default()).is_ok().then_some(address::STAFF_BODIES),
        words: said(&view, source_url.as_deref()),
        deeds: deeds(&staff, one, &answer),
        holds: Notice::of(&holds),
        waiting: links,
        dates: dates(&answer, &shown),
        evidence: evidence::list(&exhibits, &staff),
        askings,
        earlier,
        years: timeline::years(&record, timeline::Naming::Nothing),
        shell: way(shell.titled(heading.clone()), &staff, one)
            .crumb(address::staff_recommendation(slug, &one.number), format!("Recommendation {}", one.number)),
        rows: Rows::new(record, one, &staff, keys).of_body(body),
        card: shown,
        heading,
    })
}

/// Who is asked about it, for whoever keeps the record about the body.
fn contact(read: &Read, staff: &Staff) -> Option<String> {
    staff.may(Deed::RecordFact, About::body(read.answer.answerer.id).of(read.answer.inquiry_id)).ok()?;
    let held: Vec<Held> = read.duties.iter().map(Duty::held).collect();
    let found = contact_for(read.answer.id, &held);
    let of = |person| read.duties.iter().find(|one| one.holder.person == person && one.kind != DutyKind::SignOff);
    let back = out_of_reach(read.answer.id, &held).and_then(of);
    let leads: Vec<String> =
        leads_for(read.answer.id, &held).filter_map(of).map(|one| one.holder.name.clone()).collect();
    Some(match (found.and_then(of), back) {
        (Some(instead), Some(contact)) => {
            words::with_leads(&words::asked_instead(&contact.holder.name, &instead.holder.name), &leads)
        }
        (Some(duty), None) => words::with_leads(&format!("{}: {}", words::duty(duty.kind), duty.holder.name), &leads),
        (None, _) if !read.anybody => format!("{}: nobody files for this body here", words::NO_CONTACT),
        (None, _) if !read.reached => {
            format!("{}: no mail reaches those who file for this body here", words::NO_CONTACT)
        }
        (None, _) if has_contact(read.answer.id, &held) => {
            format!("{}: everybody who files for this body is asked", words::NO_CONTACT)
        }
        (None, _) => "Nobody in particular: everybody who files for this body is asked".to_owned(),
    })
}

/// What the body was asked about this item: the last times, and those before them.
fn lines(askings: &[Asking], staff: &Staff) -> (Vec<chase::Line>, Option<chase::Earlier>) {
    // What the register's staff noted of a call is not for the body's own people.
    if staff.actor.role == Role::Contributor {
        return (Vec::new(), None);
    }
    chase::last(askings.iter().map(|asking| chase::Line::new(asking, Vec::new())).collect())
}

/// The schedule, where the card does not tell it already, and since when the register listens.
fn dates(answer: &Answer, card: &Card) -> Vec<String> {
    let schedule = words::schedule(answer.return_every, answer.return_due.map(|due| due.on));
    let untold = (card.next.as_ref() != Some(&schedule)).then_some(schedule);
    untold.into_iter().chain([words::taken_in(answer.taken_in_on)]).collect()
}

/// Everything that this person may do about an answer, in words.
fn deeds(staff: &Staff, one: &Recommendation, answer: &Answer) -> Vec<Link> {
    let slug = one.inquiry.slug.as_str();
    let here = address::staff_answer(slug, &one.number, answer.body.slug.as_str());
    let about = About::body(answer.answerer.id).of(answer.inquiry_id);
    let may = |deed, about| staff.may(deed, about).is_ok();
    let is_open = answer.lifecycle.value != Lifecycle::Closed;
    let mut deeds = Vec::new();
    let mut offer = |form: &str, words: &str| deeds.push(Link::new(format!("{here}/{form}"), words));
    if may(Deed::FileReturn, about) {
        offer("return", "File an update");
        offer("own-reply", "Reply to what was found");
        if let Some(target) = answer.target.as_ref().filter(|_| is_open) {
            offer("extension", words::ask_for_target(target.on.is_some()));
        }
    }
    if may(Deed::RecordFact, about) {
        offer("response", "Record a response");
        offer("reported", "Record what the body says it has done");
    }
    if may(Deed::RecordFact, about) {
        if !answer.response.value.is_answer() {
            offer("deadline", "Set when an answer is owed");
        }
        if answer.response.value.accepts() {
            offer("plan", "Record the body’s plan");
        }
    }
    let judges = may(Deed::Propose, About { judges: true, ..about });
    if judges {
        offer("assessment", "Assess");
    }
    if may(Deed::RecordFact, about) {
        // Nothing is promised or asked anew on what is closed; what was recorded wrongly is put right from its own row.
        if is_open {
            let has_target = answer.target.as_ref().is_some_and(|target| target.on.is_some());
            offer("target", if has_target { "Move the target date" } else { "Set the target date" });
            offer("schedule", "Set when updates are asked for");
        }
        offer("recheck", "Set when it is looked at again");
        offer("others", "Record what others found");
        offer("reply", "Record what the body replied");
        offer("minute", "Minute what a meeting decided");
    }
    if may(Deed::AttachEvidence, about) && staff.actor.role != Role::Contributor {
        offer("evidence", "Attach evidence");
    }
    if may(Deed::RecordFact, about) {
        offer("agreement", "Agree what would show that it is done");
    }
    if judges && !is_open {
        offer("closure?value=open", "Open again");
        if answer.closure.is_some_and(Closure::is_done) {
            offer("closure?value=lapsed", "It no longer holds");
        }
    } else if judges {
        offer("closure", "Close");
    }
    if may(Deed::RecordFact, about) {
        // Both lie with whoever answers now; the body asked says which answer of theirs is meant.
        let (asked, now) = (answer.body.slug.as_str(), answer.answerer.slug.as_str());
        let item = format!("{}/{}/{asked}", one.inquiry.slug, one.number);
        let query = query::address(&address::chases(now), &[("item", &item)]);
        deeds.push(Link::new(query, "Log a letter, a call or a meeting"));
        deeds.push(Link::new(address::body_reports(now), "Documents of this body"));
    }
    deeds
}

/// The deeds that stand on a card among others: the rest is one step further.
pub(super) fn main_deeds(staff: &Staff, one: &Recommendation, answer: &Answer) -> Vec<Link> {
    let mut deeds = deeds(staff, one, answer);
    deeds.truncate(3);
    deeds
}
