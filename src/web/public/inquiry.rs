//! Inquiries: all of them, and one with its numbers, what they do not say, its recommendations and what happened around it.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use askama::Template;

use super::chart::OverTime;
use super::home::{Inquiries, InquiryRow, inquiries};
use super::past::{AsAt, Then};
use super::query::{self, Query};
use super::search::{Ask, Choices};
use super::{chart, look, place, say, shown, slug, total};
use crate::domain::address;
use crate::domain::denominators::Denominators;
use crate::domain::gap::Gap;
use crate::domain::hold::Reach;
use crate::domain::id::{RecommendationId, Seq};
use crate::domain::moment::Day;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::store::addressee::{self, Answer};
use crate::store::alias::AliasKind;
use crate::store::coverage::{self, Coverage};
use crate::store::detail::{self, Details};
use crate::store::event::{self, Event};
use crate::store::fairness::Rule;
use crate::store::family::{self, Families};
use crate::store::format_link::FormatLink;
use crate::store::hold::{self, Hold, InForce};
use crate::store::inquiry::{Held, InquiryView};
use crate::store::oldest::{self, Among, Oldest};
use crate::store::page::{Cursor, Page};
use crate::store::recommendation::Recommendation;
use crate::store::tally::{self, Counted, Scope, Tally};
use crate::store::timeline::Timeline;
use crate::store::{self, ReadTx};
use crate::web::error::Error;
use crate::web::form::ChoiceField;
use crate::web::part::chart::Bodies;
use crate::web::part::count::{Bar, Count};
use crate::web::part::follow::Follow;
use crate::web::part::gap::GapLine;
use crate::web::part::hold::Notice;
use crate::web::part::pager::Pager;
use crate::web::part::row::Row;
use crate::web::part::timeline::{Entry, Year};
use crate::web::part::{Link, SummaryRow};
use crate::web::shell::Shell;
use crate::web::state::{Site, State};

/// How many recommendations a page lists.
const SIZE: usize = 50;
/// How many events are shown.
const EVENTS: i64 = 100;
/// How many looks for answers and updates are shown.
const LOOKS: i64 = 200;

/// All inquiries.
#[derive(Template)]
#[template(path = "public/inquiry/list.html")]
struct ListPage {
    shell: Shell,
    ways: Follow,
    inquiries: Vec<InquiryRow>,
    /// Whether there are several, on this page or on others.
    several: bool,
    in_reports: String,
    oldest: Option<(Link, String)>,
    pager: Pager,
}

/// Lists them.
///
/// # Errors
/// 400 for a page that is not there.
pub async fn list(state: web::Data<State>, shell: Shell, mut query: Query) -> Result<HttpResponse, Error> {
    let after = query.one::<Cursor<2>>("after");
    query.finish()?;
    let today = state.today();
    let Inquiries { rows: inquiries, all, next, in_reports, oldest, .. } =
        state.reader.read_or_again(move |tx| inquiries(tx, today, after)).await?;
    let next = next.map(|next| query::address("/inquiries", &[("after", &next.to_string())]));
    let pager = Pager { previous: after.map(|_| "/inquiries".to_owned()), next };
    let shell = shell.titled("Inquiries").crumb("/", "Home");
    let page = ListPage { shell, ways: Follow::register(), inquiries, several: all > 1, in_reports, oldest, pager };
    shown(&page, &page.shell)
}

/// One inquiry.
#[derive(Template)]
#[template(path = "public/inquiry/show.html")]
struct ShowPage {
    shell: Shell,
    ways: Follow,
    slug: String,
    kind: String,
    made: Vec<String>,
    source: Option<Link>,
    source_note: Option<String>,
    says: String,
    responses: String,
    boxes: Vec<Count>,
    gap: Option<GapLine>,
    in_error: Option<Link>,
    coverage: String,
    looks: Vec<Entry>,
    accuracy: String,
    denominators: String,
    /// What the report itself counts, and what of it is not here and why.
    in_report: String,
    oldest: Option<(Link, String)>,
    total: String,
    fields: Vec<ChoiceField>,
    rows: Vec<Row>,
    pager: Pager,
    is_first: bool,
    bars: Vec<Bar>,
    /// Progress over time, and the bodies side by side: on the first page alone.
    over_time: OverTime,
    bodies: Option<Bodies>,
    about: Vec<SummaryRow>,
    formats: Vec<(Link, String)>,
    events: Vec<Year>,
    /// The holds in force, and the steps of all there were.
    holds: Vec<Notice>,
    held: Vec<Entry>,
    /// How the description was changed, with the words that stood before.
    described: Vec<Entry>,
    changed: String,
    cite: String,
    data: String,
}

struct Read {
    inquiry: InquiryView,
    tally: Tally,
    gap: Gap,
    oldest: Option<Oldest>,
    page: Page<Recommendation, 2>,
    answers: HashMap<RecommendationId, Vec<Answer>>,
    families: Families,
    details: Details,
    events: Vec<Event>,
    formats: Vec<FormatLink>,
    choices: Choices,
    recorded_on: Option<Day>,
    looks: Vec<Coverage>,
    rule: Rule,
    holds: Vec<Hold>,
    held_items: InForce,
    held: Timeline,
    described: Timeline,
    /// Why events were put right or taken back, and meetings changed.
    why: HashMap<Seq, String>,
    /// What is drawn on the first page.
    charts: Option<chart::Read>,
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
    let after = place::asked(&mut query, "after", &address::inquiry(name.as_str()), &[]);
    query.finish()?;
    let (then, read) = state
        .reader
        .read_or_again(move |tx| {
            let then = as_at.open(tx)?;
            let alias = (AliasKind::Inquiry, "", name.as_str());
            let read = look(tx, alias, address::inquiry, |tx| read(tx, &name, after, then.day))?;
            Ok::<_, Error>((then, read))
        })
        .await?;
    let page = page(then.around(shell, &state.site), read, after, &then, &state.site);
    shown(&page, &page.shell)
}

fn read(tx: &mut ReadTx<'_>, name: &Slug, after: Option<Cursor<2>>, today: Day) -> Result<Read, store::Error> {
    let inquiry = store::inquiry::find(tx, name)?;
    let id = inquiry.name.id;
    let page = store::recommendation::list(tx, id, after, SIZE)?;
    let answers = addressee::of_recommendations(tx, page.items.iter().map(|one| one.id).collect())?;
    let tally = tally::find(tx, Scope::Inquiry(id))?;
    let events = event::find(tx, &event::Of::Inquiry(id), EVENTS)?;
    let anew = |event: &&Event| event.corrects.is_some() || event.replaces.is_some();
    let right = events.iter().filter(anew).map(|event| event.seq).collect();
    let why = store::change::many(tx, right)?.into_iter();
    let why = why.filter_map(|change| Some((change.seq, change.reason?.said()?.to_owned())));
    Ok(Read {
        why: why.collect(),
        charts: if after.is_none() { Some(chart::Read::of(tx, id, &tally, today)?) } else { None },
        details: detail::dates_of(tx, answers.values().flatten())?,
        families: family::of(tx, &page.items.iter().map(|one| one.id).collect::<Vec<_>>())?,
        gap: store::gap::find(tx, Scope::Inquiry(id), &tally, today)?,
        tally,
        oldest: oldest::find(tx, Among::Inquiries(&[id]))?,
        events,
        described: store::timeline::of_descriptions(tx, id, EVENTS)?,
        formats: store::format_link::of_inquiry(tx, id)?,
        recorded_on: store::change::recorded_on(tx, id)?,
        looks: store::coverage::find(tx, &coverage::Of::Inquiry(id), LOOKS)?,
        rule: store::fairness::rule(tx, id)?,
        holds: hold::in_force(tx, Some(id), None)?,
        held_items: InForce::read(tx)?,
        held: store::timeline::of_holds(tx, id)?,
        choices: Choices::within(tx, id)?,
        inquiry,
        page,
        answers,
    })
}

/// A link to another format, and which it is.
fn format(link: &FormatLink) -> (Link, String) {
    (say::format(link), words::format_line(link.kind, link.language))
}

fn page(shell: Shell, read: Read, after: Option<Cursor<2>>, then: &Then, site: &Site) -> ShowPage {
    let today = then.day;
    let Read { inquiry, tally, .. } = &read;
    let name = inquiry.name.slug.as_str();
    let here = address::inquiry(name);
    let scope = ("inquiry", name);
    let assessor = say::assessor(&shell);
    let put = |one: &Recommendation| read.answers.get(&one.id).map_or(&[][..], Vec::as_slice);
    let row = |one: &Recommendation| {
        let held = read.held_items.bearing_on(Some(one.inquiry.id), Some(one.id));
        let held = held.map(Hold::held).find(|held| held.reach == Reach::Recommendation);
        let row = say::row(one, put(one), &read.details, &assessor, today);
        Row { held: held.map(words::held_since), family: read.families.of(one.id).map(say::family), ..row }
    };
    let next = read.page.next.map(|next| query::address(&here, &[("after", &place::sealed(next, &here, &[]))]));
    ShowPage {
        slug: name.to_owned(),
        ways: Follow::inquiry(name),
        kind: say::capital(&inquiry.name.kind),
        made: made(inquiry),
        source: say::source(inquiry.source_url.as_deref()),
        source_note: inquiry.source_note.clone(),
        says: words::inquiry_box(&total::inquiry(tally)),
        responses: words::responses_box(&total::responses(tally)),
        boxes: total::boxes(tally, scope),
        gap: (read.gap.answers > 0).then(|| total::gap(&read.gap, &[scope])),
        in_error: total::in_error(tally, &[scope]),
        coverage: words::coverage(last_looked(&read.looks), read.recorded_on),
        looks: read.looks.iter().map(|look| super::timeline::look(look, super::timeline::Naming::Nothing)).collect(),
        accuracy: words::accuracy_rule(read.rule.working_days),
        denominators: words::denominators(&denominators(&read)),
        in_report: words::in_the_report(&denominators(&read), inquiry.not_tracked_why.as_deref()),
        oldest: total::oldest(read.oldest.as_ref()),
        total: words::recommendations(tally.all(Counted::Recommendations), false),
        rows: read.page.items.iter().map(row).collect(),
        pager: Pager { previous: after.map(|_| here.clone()), next },
        is_first: after.is_none(),
        bars: chart::bars(tally, Some(scope)),
        over_time: read.charts.as_ref().map(chart::Read::over_time).unwrap_or_default(),
        bodies: read.charts.as_ref().and_then(|charts| charts.side_by_side(name)),
        about: about(inquiry),
        formats: read.formats.iter().map(format).collect(),
        events: events(&read, today),
        holds: Notice::narrower(&read.holds),
        held: super::timeline::list(&read.held, super::timeline::Naming::Nothing),
        described: super::timeline::list(&read.described, super::timeline::Naming::Nothing),
        changed: words::last_changed(inquiry.changed_on),
        cite: then.cite(&inquiry.name.title, &here, site),
        data: format!("{here}.json"),
        shell: shell.titled(inquiry.name.title.clone()).crumb("/", "Home").crumb("/inquiries", "Inquiries"),
        fields: read.choices.of_one_inquiry(&Ask::default()),
    }
}

/// The last day on which somebody looked. An entry that was put right says nothing any more.
fn last_looked(looks: &[Coverage]) -> Option<Day> {
    looks.iter().filter(|look| look.corrected_by.is_none()).map(|look| look.looked_on).max()
}

/// Who made it and when, a sentence each.
fn made(inquiry: &InquiryView) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(body) = &inquiry.commissioned_by {
        said.push(format!("Commissioned by {}", body.name));
    }
    if let Some(body) = &inquiry.issued_by {
        said.push(format!("Issued by the {}", body.name));
    }
    if let Some(chair) = &inquiry.chair {
        said.push(format!("Led by {chair}"));
    }
    said.extend(inquiry.published_on.map(words::published));
    said
}

/// What its numbers rest on.
fn denominators(read: &Read) -> Denominators {
    let of = &read.inquiry;
    store::denominators::of(&read.tally, &Held::of(&of.counts_in_source, of.not_tracked, None))
}

/// What kind of thing it is, who monitors it, and what else a reader must know.
fn about(inquiry: &InquiryView) -> Vec<SummaryRow> {
    let row = |name: &str, value: String| SummaryRow { name: name.to_owned(), value, change: None };
    let mut rows = vec![row("What it is", say::capital(&inquiry.name.kind))];
    rows.extend(inquiry.withheld.map(|taken| row("Description", words::withheld_on(taken))));
    rows.extend(inquiry.legal_basis.clone().map(|value| row("By what right", value)));
    let monitored = inquiry.monitored_by.clone().unwrap_or_else(|| words::NOT_MONITORED.to_owned());
    rows.push(row("Who monitors it", monitored));
    if inquiry.counts_in_source.len() > 1 {
        let counts: Vec<String> = inquiry
            .counts_in_source
            .iter()
            .map(|count| format!("{} ({}, {})", count.count, count.note, words::day(count.on)))
            .collect();
        rows.push(row("How many there are", words::counts_in_source(&counts)));
    }
    if inquiry.own_references {
        rows.push(row("Numbers", words::OWN_REFERENCE.to_owned()));
    }
    rows.extend(inquiry.note.clone().map(|value| row("Note", value)));
    let said = words::rights(inquiry.rights).filter(|_| inquiry.withheld.is_none());
    rows.extend(said.map(|value| row("Words of the source", value)));
    rows
}

/// What happened around it, by year.
fn events(read: &Read, today: Day) -> Vec<Year> {
    let mut years: Vec<Year> = Vec::new();
    for (words, entry) in entries(read, today) {
        match years.last_mut().filter(|year| year.words == words) {
            Some(year) => year.entries.push(entry),
            None => years.push(Year { words, entries: vec![entry] }),
        }
    }
    years
}

/// Events as entries of a timeline, each with its year.
fn entries(read: &Read, today: Day) -> Vec<(String, Entry)> {
    read.events
        .iter()
        .map(|event| {
            let entry = super::edit::event(event, Some(today));
            let reason = read.why.get(&event.seq).cloned();
            let entry = Entry { seq: event.seq.0, href: address::change(event.seq), body: None, reason, ..entry };
            let year = event.happened.day.map(|day| day.date().year().to_string());
            (year.unwrap_or_else(|| "Date not known".to_owned()), entry)
        })
        .collect()
}
