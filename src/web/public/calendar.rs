//! Targets, deadlines and meetings as a calendar that others can subscribe to (RFC 5545). Each date keeps its name whatever happens to
//! it: one that moves has a higher number in its sequence, one that is taken back or no longer owed is said to be cancelled.

mod fold;

use std::collections::HashMap;

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use icalendar::{Calendar, Component, Event, EventStatus, Parameter, Property};

use fold::fold;

use super::{DataFrame, FRESH, look, say, slug};
use crate::domain::address;
use crate::domain::deadline::DeadlineKind;
use crate::domain::event::EventKind;
use crate::domain::id::{AddresseeId, InquiryId, Seq};
use crate::domain::meeting::MeetingState;
use crate::domain::moment::{Day, Moment};
use crate::domain::words;
use crate::store::alias::AliasKind;
use crate::store::dates::{self, Dated};
use crate::store::meeting::{self, Meeting};
use crate::store::{self, ReadTx, change, setting};
use crate::web::error::Error;
use crate::web::state::State;

/// Of how many answers dates are read at once.
const SIZE: usize = 500;
/// How many dates a calendar holds; a longer one is told to be cut.
const MOST: usize = 5000;
/// How many meetings it holds, the last of them.
const MEETINGS: i64 = 500;

/// Every date.
///
/// # Errors
/// When the database fails.
pub async fn register(state: web::Data<State>) -> Result<HttpResponse, Error> {
    answer(&state, |_| Ok((None, "Dates".to_owned()))).await
}

/// The dates of one inquiry.
///
/// # Errors
/// 404 when there is none.
pub async fn inquiry(state: web::Data<State>, path: web::Path<String>) -> Result<HttpResponse, Error> {
    let name = slug(&path)?;
    answer(&state, move |tx| {
        let moved = |to: &str| format!("{}/calendar.ics", address::inquiry(to));
        let found = look(tx, (AliasKind::Inquiry, "", name.as_str()), moved, |tx| store::inquiry::name(tx, &name))?;
        Ok((Some(found.id), found.short_title))
    })
    .await
}

async fn answer(
    state: &State,
    find: impl FnOnce(&mut ReadTx<'_>) -> Result<(Option<InquiryId>, String), Error> + Clone + Send + 'static,
) -> Result<HttpResponse, Error> {
    let (title, all, is_cut, meetings, service) = state
        .reader
        .read_or_again(move |tx| {
            let (inquiry, title) = find(tx)?;
            let (all, is_cut) = read(tx, inquiry)?;
            let meetings = meetings(tx, inquiry)?;
            Ok::<_, Error>((title, all, is_cut, meetings, setting::in_service(tx)?))
        })
        .await?;
    let unlisted = all.iter().any(|date| date.recommendation.checked.needs_warning());
    let frame = DataFrame::of(&service, unlisted);
    let maker = Maker { base: &state.site.base_url, today: state.today() };
    let mut calendar = Calendar::new();
    calendar.name(&format!("{title} - {}", state.site.name));
    let mut about = vec![state.site.name.clone()];
    about.extend((!frame.in_service).then(|| words::NOT_IN_SERVICE.to_owned()));
    about.extend(is_cut.then(|| format!("Only the first {MOST} dates are here: subscribe to one inquiry instead")));
    about.push(frame.licence.map_or_else(|| words::NO_DATA_LICENCE.to_owned(), words::data_licence_is));
    calendar.description(&about.join(". "));
    calendar.append_property(Property::new("METHOD", "PUBLISH"));
    calendar.extend(all.iter().map(|date| maker.event(date)));
    calendar.extend(meetings.iter().map(|(meeting, at)| maker.meeting(meeting, *at)));
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::CACHE_CONTROL, FRESH)).content_type("text/calendar; charset=utf-8");
    if frame.is_unlisted() {
        answer.insert_header(("x-robots-tag", "noindex"));
    }
    Ok(answer.body(fold(&calendar.to_string())))
}

fn read(tx: &mut ReadTx<'_>, inquiry: Option<InquiryId>) -> Result<(Vec<Dated>, bool), store::Error> {
    let mut all = Vec::new();
    let mut after = AddresseeId(0);
    loop {
        let (some, next) = dates::page(tx, inquiry, after, SIZE)?;
        all.extend(some);
        if all.len() > MOST {
            all.truncate(MOST);
            return Ok((all, true));
        }
        match next {
            Some(next) => after = next,
            None => return Ok((all, false)),
        }
    }
}

/// The meetings of an inquiry, or of all of them, each with the moment at which it was last published how it stands.
fn meetings(tx: &mut ReadTx<'_>, inquiry: Option<InquiryId>) -> Result<Vec<(Meeting, Moment)>, store::Error> {
    let of: Vec<InquiryId> = inquiry.into_iter().collect();
    let all = meeting::list(tx, &of, MEETINGS)?;
    let seqs = all.iter().filter_map(|one| one.events.first()).map(|event| event.seq).collect();
    let at: HashMap<Seq, Moment> = change::many(tx, seqs)?.into_iter().map(|change| (change.seq, change.at)).collect();
    let each = all.into_iter().filter_map(|one| {
        let moment = at.get(&one.events.first()?.seq).copied()?;
        Some((one, moment))
    });
    Ok(each.collect())
}

/// Writes dates.
struct Maker<'a> {
    base: &'a str,
    today: Day,
}

impl Maker<'_> {
    fn event(&self, date: &Dated) -> Event {
        let one = &date.recommendation;
        let kind = date.last.kind;
        let inquiry = one.inquiry.slug.as_str();
        let page = format!("{}{}", self.base, address::answer(inquiry, &one.number, date.answer.body.slug.as_str()));
        let title = words::warned(&say::recommendation_of(one).words, one.checked);
        let is_over = date.is_taken_back || (!date.is_owed && date.on > self.today);
        let change = format!("{}{}", self.base, address::change(date.last.place.seq));
        let mut event = Event::new();
        event
            .uid(&self.name_of(date))
            .summary(&format!("{}: {}: {title}", words::deadline_kind(kind), date.answer.answerer.short()))
            .description(&format!("{}\n{page}\n{change}", said(date, is_over).join(". ")))
            .url(&page)
            .status(if is_over { EventStatus::Cancelled } else { EventStatus::Confirmed })
            .append_property(day("DTSTART", date.on))
            .append_property(day("DTEND", date.on.plus_days(1)))
            .add_property("SEQUENCE", (date.times + usize::from(is_over && !date.is_taken_back)).to_string())
            .add_property("DTSTAMP", moment(date.at))
            .add_property("LAST-MODIFIED", moment(date.at))
            .add_property("TRANSP", "TRANSPARENT");
        event.done()
    }

    fn meeting(&self, of: &Meeting, at: Moment) -> Event {
        let names: Vec<&str> = of.inquiries().map(|inquiry| inquiry.short_title.as_str()).collect();
        let page = of.inquiries().next().map(|one| format!("{}{}", self.base, address::inquiry(one.slug.as_str())));
        let page = page.unwrap_or_default();
        let mut said = of.words().map(say::read).unwrap_or_default();
        if let Some(stands) = words::meeting_stands(of.state, Some(of.papers_due_on)) {
            said = words::and_then(&said, &stands);
        }
        let is_over = of.state == MeetingState::Cancelled;
        let mut event = Event::new();
        event
            .uid(&format!("meeting-{}@{}", of.reference, self.host()))
            .summary(&format!("{}: {}", words::event_kind(EventKind::Meeting), words::list(&names)))
            .description(&format!("{said}\n{page}"))
            .url(&page)
            .status(if is_over { EventStatus::Cancelled } else { EventStatus::Confirmed })
            .append_property(day("DTSTART", of.held_on))
            .append_property(day("DTEND", of.held_on.plus_days(1)))
            .add_property("SEQUENCE", (of.version - 1).to_string())
            .add_property("DTSTAMP", moment(at))
            .add_property("LAST-MODIFIED", moment(at))
            .add_property("TRANSP", "TRANSPARENT");
        event.done()
    }

    fn host(&self) -> String {
        let host = url::Url::parse(self.base).ok().and_then(|url| url.host_str().map(str::to_owned));
        host.unwrap_or_default()
    }

    /// The name of a date that stays however often it moves: what it is a date of, at this host.
    fn name_of(&self, date: &Dated) -> String {
        let one = &date.recommendation;
        let page = address::answer(one.inquiry.slug.as_str(), &one.number, date.answer.body.slug.as_str());
        format!("{}{page}@{}", date.last.kind, self.host())
    }
}

/// What is said of a date.
fn said(date: &Dated, is_over: bool) -> Vec<String> {
    let last = &date.last;
    let set_by = last.setter();
    let mut said = vec![match (last.kind, last.due_on, last.replaces.flatten()) {
        (DeadlineKind::Target, Some(to), Some(from)) if from != to => words::target_moved(from, to, set_by),
        (DeadlineKind::Target, Some(on), _) => words::target(on, set_by),
        (DeadlineKind::Target, None, from) => words::target_taken_back(from, set_by),
        (kind, Some(on), _) => words::due(kind, on),
        (kind, None, _) => format!("{}: {}", words::deadline_kind(kind), words::TAKEN_BACK),
    }];
    if is_over && !date.is_taken_back {
        said.push("Nothing is owed by this date any more".to_owned());
    }
    said.extend(words::asked_in_doubt(date.answer.checked).map(|doubt| format!("This body: {doubt}")));
    said.push(words::claim_checked(last.checked).trim_end_matches('.').to_owned());
    said
}

/// A whole day, in nobody's zone.
fn day(name: &str, on: Day) -> Property {
    let mut property = Property::new(name, on.to_string().replace('-', ""));
    property.append_parameter(Parameter::new("VALUE", "DATE"));
    property
}

fn moment(at: Moment) -> String {
    at.to_string().replace(['-', ':'], "")
}
