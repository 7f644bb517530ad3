//! Bodies: who was asked, and how each has answered. No rank. `list` has them all.

mod list;

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use askama::Template;

use super::ground::{self, Ground};
use super::past::{AsAt, Then};
use super::query::{self, Query};
use super::{chart, group, handed, judged, look, overdue, place, say, shown, slug, total};
use crate::domain::address;
use crate::domain::gap::Gap;
use crate::domain::id::{InquiryId, RecommendationId, Seq};
use crate::domain::moment::Day;
use crate::domain::response::Basis;
use crate::domain::succession::Handed;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::store::addressee::{self, Answer, OfBody};
use crate::store::alias::AliasKind;
use crate::store::body::BodyView;
use crate::store::detail::{self, Details};
use crate::store::event::{self, Event};
use crate::store::family::{self, Families};
use crate::store::inquiry::{InquiryName, Published};
use crate::store::overdue::{Narrow, Overdue};
use crate::store::page::{Capped, Cursor, Page};
use crate::store::recommendation::Recommendation;
use crate::store::succession::{self, Moves};
use crate::store::tally::{self, Counted, Scope, Tally};
use crate::store::withheld::Words;
use crate::store::{self, ReadTx};
use crate::web::error::Error;
use crate::web::part::Link;
use crate::web::part::count::{Bar, Count};
use crate::web::part::follow::Follow;
use crate::web::part::gap::GapLine;
use crate::web::part::pager::Pager;
use crate::web::part::row::{self, Row};
use crate::web::part::timeline::Entry;
use crate::web::shell::Shell;
use crate::web::state::{Site, State};

pub use list::list;

/// How many a page lists.
const SIZE: usize = 50;
/// How many inquiries of its own are named.
const MADE: i64 = 20;

/// How many events are shown.
const EVENTS: i64 = 200;

/// How many of its documents are named.
const REPORTS: i64 = 50;

/// Back to the first page and on to the next.
fn pager(here: &str, later: bool, next: Option<String>) -> Pager {
    Pager { previous: later.then(|| here.to_owned()), next: next.map(|next| query::address(here, &[("after", &next)])) }
}

/// One body.
#[derive(Template)]
#[template(path = "public/body/show.html")]
struct ShowPage {
    shell: Shell,
    ways: Follow,
    kind: String,
    site: Option<Link>,
    history: Vec<History>,
    /// What happened to it and is no succession.
    events: Vec<Entry>,
    /// Its members, where it is a group; and the groups that it belongs to.
    of_groups: group::Groups,
    made: Vec<Link>,
    /// Other names that people know it by.
    also: Option<String>,
    standing: String,
    /// What came from other bodies, what went to others, and what nobody has decided.
    moves: Vec<String>,
    boxes: Vec<Count>,
    /// What these numbers rest on.
    ground: Ground,
    in_error: Option<Link>,
    gap: Option<GapLine>,
    overdue: Option<Link>,
    /// First targets that passed though a later date stands.
    moved: Option<Link>,
    /// Its documents, each with how its items fare in it.
    reports: Vec<(Link, String)>,
    groups: Vec<Group>,
    bars: Vec<Bar>,
    pager: Pager,
    cite: String,
    data: String,
}

/// A sentence about names, with the other body's page.
pub struct History {
    /// The sentence.
    pub words: String,
    /// The other body.
    pub body: Option<Link>,
    /// The change that said so.
    pub change: Option<Link>,
}

/// What one inquiry asked of it.
pub struct Group {
    /// The inquiry.
    pub inquiry: Link,
    /// What it asked.
    pub rows: Vec<Row>,
}

struct Read {
    body: BodyView,
    of_groups: group::Groups,
    events: Vec<Event>,
    /// Why events were put right or taken back.
    why: HashMap<Seq, Words>,
    made: Vec<InquiryName>,
    tally: Tally,
    moves: Moves,
    gap: Gap,
    ground: ground::Read,
    overdue: Overdue,
    moved: Capped,
    reports: Vec<(Link, String)>,
    page: Page<Answer, 3>,
    recommendations: HashMap<RecommendationId, Recommendation>,
    published: HashMap<InquiryId, Published>,
    details: Details,
    families: Families,
}

/// Shows it.
///
/// # Errors
/// 404 when there is none, 400 for a page that is not there.
pub async fn show(
    state: web::Data<State>,
    shell: Shell,
    path: web::Path<String>,
    mut query: Query,
) -> Result<HttpResponse, Error> {
    let name = slug(&path)?;
    let as_at = AsAt::of(&mut query, state.today());
    let after = place::asked(&mut query, "after", &address::body(name.as_str()), &[]);
    query.finish()?;
    let (then, read) = state
        .reader
        .read_or_again(move |tx| {
            let then = as_at.open(tx)?;
            let alias = (AliasKind::Body, "", name.as_str());
            let read = look(tx, alias, address::body, |tx| read(tx, &name, after, then.day))?;
            Ok::<_, Error>((then, read))
        })
        .await?;
    let page = page(then.around(shell, &state.site), read, after.is_some(), &then, &state.site);
    shown(&page, &page.shell)
}

fn read(tx: &mut ReadTx<'_>, name: &Slug, after: Option<Cursor<3>>, today: Day) -> Result<Read, store::Error> {
    let body = store::body::find(tx, name)?;
    let id = body.name.id;
    // The address of a body that ended still shows what it was asked, whoever answers that now.
    let which = if body.after.is_empty() { OfBody::Answers } else { OfBody::Ever };
    let page = addressee::of_body(tx, (id, which), after, SIZE)?;
    let recommendations =
        store::recommendation::many(tx, page.items.iter().map(|answer| answer.recommendation_id).collect())?;
    let tally = tally::find(tx, Scope::Body(id))?;
    let events = event::find(tx, &event::Of::Body(id), EVENTS)?;
    let right = events.iter().filter(|event| event.corrects.is_some()).map(|event| event.seq).collect();
    let right = store::change::many(tx, right)?;
    Ok(Read {
        of_groups: group::read(tx, id, today)?,
        why: right.into_iter().filter_map(|change| Some((change.seq, change.reason?))).collect(),
        events,
        gap: store::gap::find(tx, Scope::Body(id), &tally, today)?,
        ground: ground::Read::of_body(tx, id, &tally)?,
        tally,
        moves: succession::moves(tx, id)?,
        made: store::inquiry::made_by(tx, id, MADE)?,
        overdue: store::overdue::count(tx, today, Narrow { body: Some(id), ..Narrow::default() })?,
        moved: store::first_target::count(tx, today, Narrow { body: Some(id), ..Narrow::default() })?,
        details: detail::dates_of(tx, &page.items)?,
        families: family::of(tx, &recommendations.iter().map(|one| one.id).collect::<Vec<_>>())?,
        reports: judged::reports(tx, id, REPORTS)?,
        published: store::inquiry::published(tx, page.items.iter().map(|answer| answer.inquiry_id).collect())?,
        recommendations: recommendations.into_iter().map(|one| (one.id, one)).collect(),
        body,
        page,
    })
}

fn page(shell: Shell, read: Read, later: bool, then: &Then, site: &Site) -> ShowPage {
    let today = then.day;
    let name = read.body.name.slug.as_str();
    let here = address::body(name);
    let scope = ("body", name);
    let overdue = Link::new(query::address("/overdue", &[("body", name)]), overdue::found(read.overdue));
    let moved = Link::new(
        format!("{}#moved", query::address("/overdue", &[("body", name)])),
        words::first_targets_passed(read.moved.number, read.moved.more),
    );
    ShowPage {
        kind: say::capital(&read.body.name.kind),
        ways: Follow::body(name),
        site: say::source(read.body.link.as_deref()),
        made: read.made.iter().map(say::inquiry).collect(),
        history: history(&read.body),
        events: events(&read, today),
        standing: handed::standing(&read.tally, &read.moves),
        moves: handed::moves(&read.tally, &read.moves),
        also: (!read.body.also.is_empty()).then(|| words::also_known_as(&read.body.also)),
        boxes: if read.tally.all(Counted::Answers) > 0 { total::boxes(&read.tally, scope) } else { Vec::new() },
        reports: read.reports.clone(),
        in_error: total::in_error(&read.tally, &[scope]),
        gap: (read.gap.answers > 0).then(|| total::gap(&read.gap, &[scope])),
        overdue: (read.overdue.dates.number > 0).then_some(overdue),
        moved: (read.moved.number > 0).then_some(moved),
        bars: chart::bars(&read.tally, Some(scope)),
        groups: groups(&read, &say::assessor(&shell), today),
        pager: pager(&here, later, read.page.next.map(|next| place::sealed(next, &here, &[]))),
        cite: then.cite(&read.body.name.name, &here, site),
        data: format!("{here}.json"),
        shell: shell.titled(read.body.name.name.clone()).crumb("/", "Home").crumb("/bodies", "Bodies"),
        of_groups: read.of_groups,
        ground: Ground::of(&read.ground),
    }
}

/// What happened to it, the last first.
fn events(read: &Read, today: Day) -> Vec<Entry> {
    let entry = |event: &Event| {
        let reason = read.why.get(&event.seq).and_then(Words::said).map(str::to_owned);
        let entry = super::edit::event(event, Some(today));
        Entry { seq: event.seq.0, href: address::change(event.seq), body: None, reason, ..entry }
    };
    read.events.iter().map(entry).collect()
}

/// Its names over time, and the bodies before and after it.
fn history(body: &BodyView) -> Vec<History> {
    let told = |seq| Some(Link::new(address::change(seq), words::change(seq)));
    let mut history = Vec::new();
    for before in &body.before {
        let words = words::came_from(before.kind, &before.body.name, before.happened);
        history.push(History { words, body: Some(say::body(&before.body)), change: told(before.seq) });
    }
    for after in &body.after {
        let words = words::became(after.kind, &after.body.name, after.happened);
        let words = format!("{words}. {}", words::STAYS_LISTED);
        history.push(History { words, body: Some(say::body(&after.body)), change: told(after.seq) });
    }
    for pair in body.names.windows(2) {
        if let [old, new] = pair
            && old.name != new.name
        {
            let change = Some(Link::new(address::change(new.seq), words::change(new.seq)));
            let words = match new.since {
                since if since.day.is_some() => words::named_before(&old.name, since),
                _ => words::named_until(&old.name, new.day),
            };
            history.push(History { words, body: None, change });
        }
    }
    history
}

/// What was asked, by inquiry; each with how long the first answer took, where both days are exact.
fn groups(read: &Read, assessor: &str, today: Day) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for answer in &read.page.items {
        let Some(one) = read.recommendations.get(&answer.recommendation_id) else { continue };
        let taken = answer
            .response
            .when
            .exact()
            .filter(|_| answer.response.value.is_answer())
            .zip(read.published.get(&answer.inquiry_id).and_then(|of| of.made_on))
            .and_then(|(answered, published)| words::days_taken(answered.days_since(published)));
        let basis = answer.response_basis.unwrap_or(Basis::Own);
        let mut line = words::response_line(answer.response.value, answer.response.when, basis);
        if !answer.response.value.is_answer() {
            line = String::new();
        } else if let Some(taken) = taken {
            line = format!("{line}, {taken}");
        }
        if let Some(whole) = &one.part_of {
            line = format!("{}. {line}", words::part_of(whole)).trim_end_matches(['.', ' ']).to_owned();
        }
        let here = read.body.name.id;
        let moved = match answer.handed {
            _ if answer.answerer.id != here => Some(words::answers_now(&answer.answerer.name)),
            Handed::NotDecided => Some(words::NOT_DECIDED.to_owned()),
            Handed::Nobody => Some(words::NOBODY_ANSWERS.to_owned()),
            _ if answer.body.id != here => Some(words::taken_over_from(&answer.body.name)),
            Handed::Asked | Handed::TakenOver => None,
        };
        if let Some(moved) = moved {
            line = if line.is_empty() { moved } else { words::and_then(&line, &moved) };
        }
        let row = Row {
            title: say::recommendation(one),
            line,
            marked: Vec::new(),
            whose: None,
            found: Vec::new(),
            warning: words::warning(one.checked).map(str::to_owned),
            held: None,
            parts: words::parts_standing(&one.standing()),
            family: read.families.of(one.id).map(say::family),
            answers: vec![row::Answer {
                doubt: words::asked_in_doubt(answer.checked),
                body: Link::new(say::answer(one, &answer.body).href, words::ITS_ANSWER),
                of: words::by_number(&one.number),
                facts: say::tags(answer, &read.details, assessor, today),
            }],
        };
        let inquiry = say::inquiry(&one.inquiry);
        match groups.last_mut().filter(|group| group.inquiry == inquiry) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { inquiry, rows: vec![row] }),
        }
    }
    groups
}
