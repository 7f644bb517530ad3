//! `/staff/inquiries/{inquiry}/recommendations/{number}`: what everybody sees, what is not published yet, and what may be done.

use actix_web::{HttpResponse, web};
use askama::Template;
use jiff::tz::TimeZone;

use super::register::{mistaken, tie};
use super::row::Rows;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::id::AddresseeId;
use crate::domain::person::Role;
use crate::domain::tie::can_count;
use crate::domain::words;
use crate::store;
use crate::store::filing::{self, FilingRow};
use crate::store::recommendation::Recommendation;
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::form::Keys;
use crate::web::part::Link;
use crate::web::part::card::Card;
use crate::web::part::hold::Notice;
use crate::web::part::timeline::Year;
use crate::web::public::card::{self, Light};
use crate::web::public::recommendation::{self as public, Said, said};
use crate::web::public::{say, timeline};
use crate::web::shell::Shell;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "staff/recommendation/show.html")]
struct ShowPage {
    shell: Shell,
    place: String,
    heading: String,
    public: String,
    /// That it was entered in error.
    in_error: Option<&'static str>,
    words: Said,
    deeds: Vec<Link>,
    holds: Vec<Notice>,
    waiting: Vec<Link>,
    ties: Vec<Tied>,
    cards: Vec<Card>,
    /// What it is a part of.
    whole: Option<Link>,
    /// Its parts, with which of them are confirmed.
    parts: Vec<Link>,
    standing: Option<String>,
    years: Vec<Year>,
    rows: Rows,
}

/// A link to another recommendation.
struct Tied {
    line: String,
    /// The other's page.
    other: Link,
    /// That it claims something and counts nothing.
    not_counted: Option<String>,
    /// Where it is changed or taken back.
    change: Option<String>,
}

/// Shows it.
///
/// # Errors
/// 404 when there is none, 403 for people of a body that was not asked.
pub async fn show(
    state: web::Data<State>,
    staff: Staff,
    path: web::Path<(String, String)>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let inquiry = path.0.parse().map_err(|_| Error::NotFound)?;
    let number = path.1.clone();
    let (read, waiting) = state
        .reader
        .read(move |tx| {
            let read = public::read(tx, &inquiry, &number)?;
            let waiting = filing::waiting_on(tx, read.view.recommendation.id)?;
            Ok::<_, store::Error>((read, waiting))
        })
        .await?;
    if staff.actor.role == Role::Contributor {
        let own = read.answers.iter().find(|answer| Some(answer.answerer.id) == staff.actor.body);
        staff.may(Deed::ReadUnpublished, own.map_or_else(About::default, |answer| About::body(answer.answerer.id)))?;
    }
    let assessor = say::assessor(&shell);
    let light = Light { assessor: &assessor, today: staff.today };
    let one = &read.view.recommendation;
    let slug = one.inquiry.slug.as_str();
    let here = address::staff_recommendation(slug, &one.number);
    let heading = say::title(one);
    let cards = read.answers.iter().map(|answer| {
        let mut card = card::card(one, answer, &read.details, light);
        if staff.may(Deed::ReadUnpublished, About::body(answer.answerer.id)).is_ok() {
            card.body.href = address::staff_answer(slug, &one.number, answer.body.slug.as_str());
            card.deeds = super::answer::main_deeds(&staff, one, answer);
        }
        card
    });
    let cards = cards.collect();
    let mut deeds = Vec::new();
    let here_about = About::default().of(one.inquiry.id);
    if staff.may(Deed::Propose, here_about).is_ok() {
        deeds.push(Link::new(format!("{here}/wording"), "Enter or change the words"));
    }
    if staff.may(Deed::RecordFact, here_about).is_ok() {
        deeds.push(Link::new(format!("{here}/bodies"), "Put it to a body"));
        deeds.push(Link::new(format!("{here}/number"), "Change the number"));
        if one.parent_id.is_none() && !one.in_error {
            deeds.push(Link::new(format!("{here}/parts"), "Add a part"));
            deeds.push(Link::new(format!("{here}/division"), "Divide into parts"));
        }
        deeds.push(Link::new(format!("{here}/themes"), "Put themes on or take them off"));
        deeds.push(Link::new(format!("{here}/link"), "Link to another recommendation"));
        deeds.push(Link::new(format!("{here}/in-error"), mistaken::heading(one.in_error)));
    }
    let ties = ties(&read, &staff);
    let own = read
        .answers
        .iter()
        .find(|answer| staff.actor.body == Some(answer.answerer.id))
        .map(|answer| answer.answerer.id);
    if staff.may(Deed::Hold, About { body: own, ..here_about }).is_ok() {
        deeds.push(Link::new(format!("{here}/hold"), "Hold new information back"));
    }
    page(&ShowPage {
        place: say::place(one, read.all),
        public: address::recommendation(slug, &one.number),
        in_error: one.in_error.then_some(words::IN_ERROR_MEANS),
        words: said(&read.view, read.source_url.as_deref()),
        waiting: waiting_links(&waiting, &staff, &state.site.zone, |row| {
            let answer = row.addressee.and_then(|id| read.answers.iter().find(|answer| answer.id == id));
            let answer =
                answer.filter(|answer| staff.may(Deed::ReadUnpublished, About::body(answer.answerer.id)).is_ok());
            (row.addressee, answer.map(|answer| answer.body.short().to_owned()))
        }),
        years: timeline::years(&read.timeline, timeline::Naming::Bodies),
        shell: way(shell.titled(format!("{heading} ({})", one.number)), &staff, one),
        holds: Notice::of(&read.holds),
        whole: one
            .part_of
            .as_ref()
            .map(|whole| Link::new(address::staff_recommendation(slug, whole), format!("Recommendation {whole}"))),
        parts: read
            .view
            .parts
            .iter()
            .map(|part| Link::new(address::staff_recommendation(slug, &part.number), say::recommendation(part).words))
            .collect(),
        standing: words::parts_standing(&one.standing()),
        rows: Rows::new(read.timeline, one, &staff, keys),
        ties,
        deeds,
        cards,
        heading,
    })
}

/// Every link, also one that counts nothing at present. To change one takes the right to write about both inquiries.
fn ties(read: &public::Read, staff: &Staff) -> Vec<Tied> {
    let one = &read.view.recommendation;
    let may_write = |side: &Recommendation| staff.may(Deed::RecordFact, About::default().of(side.inquiry.id)).is_ok();
    let each = read.families.ties_of(one.id).map(|(found, other, counts)| {
        let side = [one, other].into_iter().find(|side| !can_count(side.checked, side.in_error));
        let side = side.filter(|_| found.kind.is_claim() && !counts);
        let named = |side: &Recommendation| words::tied_name(&side.inquiry.short_title, &side.number);
        let suspected = !found.kind.is_claim() && read.families.can_be_said(found);
        let suspected = suspected.then(|| words::COMPARED_AND_NOT_SAID.to_owned());
        let slug = other.inquiry.slug.as_str();
        Tied {
            line: tie::line(found, one, other),
            other: Link::new(address::staff_recommendation(slug, &other.number), say::recommendation_of(other).words),
            not_counted: side.map(|side| words::tie_not_counted(&named(side))).or(suspected),
            change: (may_write(one) && may_write(other)).then(|| tie::change_of(one, found)),
        }
    });
    each.collect()
}

/// The way to an inquiry's items; people of a body have none but their own.
pub(super) fn way(shell: Shell, staff: &Staff, one: &Recommendation) -> Shell {
    let shell = shell.crumb("/staff", "Your work");
    if staff.may(Deed::ReadUnpublished, About::default()).is_err() {
        return shell.crumb("/staff/inquiries", "Your items");
    }
    let inquiry = format!("/staff{}", address::inquiry(one.inquiry.slug.as_str()));
    shell.crumb("/staff/inquiries", "Inquiries").crumb(inquiry, one.inquiry.short_title.clone())
}

/// What waits and this person may know of, each with its page. A body learns of a finding when it is published.
pub(super) fn waiting_links(
    waiting: &[FilingRow],
    staff: &Staff,
    zone: &TimeZone,
    whose: impl Fn(&FilingRow) -> (Option<AddresseeId>, Option<String>),
) -> Vec<Link> {
    let outside = staff.actor.role == Role::Contributor;
    waiting
        .iter()
        .filter(|row| !outside || row.proposal.kind().is_of_body())
        .filter_map(|row| {
            let (addressee, body) = whose(row);
            if addressee.is_some() && body.is_none() {
                return None;
            }
            let since = row.submitted_at.map(|at| at.day_in(zone));
            let line = words::waiting(row.proposal.kind(), row.state, since);
            let line = body.map_or(line.clone(), |body| format!("{body}: {line}"));
            Some(Link::new(address::filing(&row.reference), line))
        })
        .collect()
}
