//! What changed, newest first, and one change for ever: who did what in which role, why, and every row it published.

mod contents;
mod division;
mod list;
mod within;

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use askama::Template;

pub(super) use contents::contents_in_words;
use division::Divided;
pub use list::list;
pub use within::told_within;

use super::own::Own;
use super::timeline::{self, Naming};
use super::{edit, say, shown};
use crate::domain::address;
use crate::domain::change::{ChangeKind, Subject};
use crate::domain::id::Seq;
use crate::domain::words;
use crate::store::body::BodyName;
use crate::store::change::{Change, Contents};
use crate::store::event::{self, Event};
use crate::store::format_link::FormatLink;
use crate::store::inquiry::InquiryName;
use crate::store::operator_page::Version;
use crate::store::page::{Cursor, Page};
use crate::store::recommendation::Recommendation;
use crate::store::timeline::{self as ledger, Timeline};
use crate::store::withheld::Words;
use crate::store::withholding::{self, Record, Told};
use crate::store::{self, About, ReadTx};
use crate::web::error::Error;
use crate::web::part::Link;
use crate::web::part::follow::Follow;
use crate::web::part::timeline::Entry;
use crate::web::shell::Shell;
use crate::web::state::{Site, State};

/// How many rows of each kind are read for a list, and for the page of one change.
const MOST: i64 = 200;

type List = (Page<Change>, Vec<Entry>);

/// One page of the changes after `since`, as entries.
fn read_list(tx: &mut ReadTx<'_>, since: Seq, after: Option<Cursor<1>>, size: usize) -> Result<List, store::Error> {
    let page = store::change::list(tx, since, after, size)?;
    let entries = told(tx, &page.items)?;
    Ok((page, entries))
}

/// What these changes did, each in one line.
///
/// # Errors
/// When the database fails.
pub fn told(tx: &mut ReadTx<'_>, changes: &[Change]) -> Result<Vec<Entry>, store::Error> {
    let rows = timeline::list(&ledger::find(tx, &About::Changes(single(changes)), MOST)?, Naming::Everything);
    let named = Named::of(tx, changes)?;
    let mut entries = Vec::new();
    for change in changes {
        let of_change = rows.iter().filter(|row| row.seq == change.seq.0).cloned().collect();
        entries.push(in_full(tx, change, of_change, &named)?);
    }
    Ok(entries)
}

/// One change as an entry; of a load, what it brought, in numbers.
fn in_full(tx: &mut ReadTx<'_>, change: &Change, rows: Vec<Entry>, named: &Named) -> Result<Entry, store::Error> {
    let mut entry = entry(change, rows, named);
    if change.kind == ChangeKind::Load {
        let contents = contents_in_words(store::change::contents(tx, change.seq)?);
        entry.sentence = format!("{}: {contents}", entry.sentence);
    }
    Ok(entry)
}

/// A load is named by its numbers; only of single acts are the rows read.
pub(super) fn single(changes: &[Change]) -> Vec<Seq> {
    changes.iter().filter(|change| change.kind != ChangeKind::Load).map(|change| change.seq).collect()
}

/// The last few changes, for the home page.
///
/// # Errors
/// When the database fails.
pub fn glance(tx: &mut ReadTx<'_>, size: usize) -> Result<Vec<Entry>, store::Error> {
    Ok(read_list(tx, Seq(0), None, size)?.1)
}

/// What changes are named by that published no row of their own.
pub(super) struct Named {
    pub(super) recommendations: Vec<Recommendation>,
    taken: Told,
    /// What those of them did that divided a recommendation.
    divided: HashMap<Seq, Divided>,
}

impl Named {
    pub(super) fn of(tx: &mut ReadTx<'_>, changes: &[Change]) -> Result<Self, store::Error> {
        let about = changes.iter().filter_map(|change| change.recommendation).collect();
        let recommendations = store::recommendation::many(tx, about)?;
        Ok(Self { recommendations, taken: taken(tx, changes)?, divided: division::told(tx, changes)? })
    }
}

/// What those of these changes were about that took words out, and for which kinds of reason.
pub(in crate::web) fn taken(tx: &mut ReadTx<'_>, changes: &[Change]) -> Result<Told, store::Error> {
    let acts: Vec<(Seq, ChangeKind)> = changes.iter().map(|change| (change.seq, change.kind)).collect();
    withholding::told(tx, &acts)
}

/// Whether a change takes words out, shows them again, or says why they were withheld.
const fn takes_out(kind: ChangeKind) -> bool {
    matches!(kind, ChangeKind::Withheld | ChangeKind::Grounds | ChangeKind::Shown | ChangeKind::Redacted)
}

/// The kind of reason of a withholding or a removal, in words; of other changes nothing.
fn grounds(kind: ChangeKind, seq: Seq, taken: &Told) -> Option<String> {
    match kind {
        ChangeKind::Withheld | ChangeKind::Grounds => Some(words::grounds(taken.kind(seq))),
        ChangeKind::Redacted => taken.kind(seq).map(|kind| words::grounds(Some(kind))),
        _ => None,
    }
}

/// From such a change to the one that it is about.
fn taken_of(seq: Seq, taken: &Told) -> Option<Link> {
    let of = |withholding| Link::new(address::change(withholding), words::were_withheld_by(withholding));
    let published =
        |record: Record| Link::new(address::change(record.published), words::were_published_by(record.published));
    taken.withholding(seq).map(of).or_else(|| taken.record(seq).map(published))
}

/// One change as an entry: what it says in its first row, and how many more there are.
pub(super) fn entry(change: &Change, mut rows: Vec<Entry>, named: &Named) -> Entry {
    if named.divided.contains_key(&change.seq) {
        rows.clear();
    }
    // The next date of a schedule follows from what came in: it is no news beside it.
    let news = rows.iter().filter(|row| row.by != words::SET_BY_SCHEDULE).count();
    let mut entry = if rows.is_empty() { without_rows(change, named) } else { rows.remove(0) };
    // Of an event its own day is told: the entry bears that of the publication.
    let own_day = entry.happened.take().filter(|day| day.iso != change.day.to_string());
    if let (Some((Subject::Event, _)), Some(day)) = (entry.record, own_day) {
        entry.sentence = words::event_on(&entry.sentence, &day.words);
    }
    if news > 1 {
        entry.sentence = words::with_more(&entry.sentence, news as u64 - 1);
    }
    entry.seq = change.seq.0;
    entry.href = address::change(change.seq);
    // A list of changes goes by the day of publication.
    entry.recorded = None;
    entry.happened = Some(say::on(change.day));
    entry.anchor = true;
    entry
}

/// A change that has no row of a timeline: what it did, and to what.
fn without_rows(change: &Change, named: &Named) -> Entry {
    let reason = change.reason.as_ref().and_then(Words::said).map(str::to_owned);
    let by = if change.kind == ChangeKind::Load { String::new() } else { say::published_by(change) };
    let entry = Entry { body: subject(change, named), by, ..Entry::default() };
    let mut entry = match (change.kind, reason) {
        (ChangeKind::Load, _) => Entry { sentence: words::change_kind(change.kind).to_owned(), ..entry },
        (ChangeKind::Register | ChangeKind::Page, Some(said)) => Entry { sentence: said, ..entry },
        (kind, reason) if takes_out(kind) => {
            let what = words::taken_out_what(kind, named.taken.record(change.seq).map(|record| record.what()));
            let grounds = grounds(kind, change.seq, &named.taken);
            let sentence = grounds.map_or(what.clone(), |grounds| words::and_then(&what, &grounds));
            Entry { sentence, corrects: taken_of(change.seq, &named.taken), reason, ..entry }
        }
        (kind, reason) => {
            let did = named.divided.get(&change.seq).map(|did| did.line.clone());
            Entry { sentence: did.unwrap_or_else(|| words::change_kind(kind).to_owned()), reason, ..entry }
        }
    };
    if let Some(Words::Withheld(gone)) = &change.reason {
        entry.sentence = words::and_then(&entry.sentence, &words::reason_taken_out(*gone));
    }
    entry
}

/// What a change is about, as nearly as it is known: the answer, the recommendation, the inquiry.
fn subject(change: &Change, named: &Named) -> Option<Link> {
    let one = named.recommendations.iter().find(|one| Some(one.id) == change.recommendation);
    match (one, &change.addressee) {
        (Some(one), Some(answer)) => {
            let named = say::recommendation_of(one).words;
            Some(Link::new(say::answer(one, &answer.body).href, format!("{named}: {}", answer.body.short())))
        }
        (Some(one), None) => Some(say::recommendation_of(one)),
        (None, _) => change.inquiry.as_ref().map(say::inquiry),
    }
}

/// One change.
#[derive(Template)]
#[template(path = "public/change/show.html")]
struct ShowPage {
    shell: Shell,
    ways: Follow,
    heading: String,
    when: String,
    by: String,
    says: Option<String>,
    reason: Option<String>,
    /// That the reason is out of sight.
    reason_gone: Option<String>,
    /// Of a withholding: its kind of reason.
    grounds: Option<String>,
    about: Vec<Link>,
    contents: String,
    entries: Vec<Entry>,
    events: Vec<Entry>,
    bodies: Vec<Link>,
    inquiries: Vec<Link>,
    taken_of: Option<Link>,
    own: Option<Own>,
    formats: Vec<(Link, String)>,
    is_cut: bool,
    cite: String,
    previous: Option<Link>,
    next: Option<Link>,
}

struct Read {
    change: Change,
    recommendation: Option<Link>,
    contents: Contents,
    timeline: Timeline,
    named: (Vec<BodyName>, Vec<InquiryName>),
    events: Vec<Event>,
    taken: Told,
    divided: Option<Divided>,
    own: Option<Version>,
    formats: Vec<FormatLink>,
    latest: Seq,
}

/// Shows it.
///
/// # Errors
/// 404 when there is none.
pub async fn show(state: web::Data<State>, shell: Shell, path: web::Path<String>) -> Result<HttpResponse, Error> {
    let seq = numbered(&path)?;
    let read = state.reader.read_or_again(move |tx| read(tx, seq)).await?;
    let page = page(shell, read, &state.site);
    shown(&page, &page.shell)
}

/// A change's number as it stands in an address: digits, no sign, no leading nought.
///
/// # Errors
/// 404 where it is none.
pub fn numbered(text: &str) -> Result<Seq, Error> {
    let seq: i64 = text.parse().map_err(|_| Error::NotFound)?;
    if seq > 0 && seq.to_string() == text { Ok(Seq(seq)) } else { Err(Error::NotFound) }
}

fn read(tx: &mut ReadTx<'_>, seq: Seq) -> Result<Read, store::Error> {
    let change = store::change::find(tx, seq)?;
    let recommendation = match change.recommendation {
        Some(id) => store::recommendation::many(tx, vec![id])?.first().map(say::recommendation_of),
        None => None,
    };
    let named = store::change::named(tx, seq, MOST)?;
    // What a single act told stands among its rows.
    let events = match change.kind {
        ChangeKind::Load => event::find(tx, &event::Of::Changes(vec![seq]), MOST)?,
        _ => Vec::new(),
    };
    Ok(Read {
        recommendation,
        contents: store::change::contents(tx, seq)?,
        timeline: ledger::find(tx, &About::Changes(vec![seq]), MOST)?,
        taken: taken(tx, std::slice::from_ref(&change))?,
        divided: division::told(tx, std::slice::from_ref(&change))?.remove(&seq),
        own: store::operator_page::of_change(tx, seq)?,
        formats: store::format_link::of_change(tx, seq)?,
        latest: store::ledger::newest(tx)?,
        named,
        events,
        change,
    })
}

fn page(shell: Shell, read: Read, site: &Site) -> ShowPage {
    let Read { change, contents, .. } = &read;
    let mut entries = timeline::list(&read.timeline, Naming::Everything);
    let corrects = read.timeline.updates.iter().any(|row| row.corrects.is_some())
        || read.timeline.deadlines.iter().any(|row| row.corrects.is_some())
        || read.timeline.evidence.iter().any(|row| row.corrects.is_some())
        || read.timeline.marks.iter().any(|row| row.corrects.is_some())
        || read.timeline.reports.iter().any(|row| row.corrects.is_some())
        || read.timeline.outside.iter().any(|row| row.corrects.is_some());
    let by = match (change.kind, entries.first()) {
        (ChangeKind::Load, _) => String::new(),
        (_, Some(row)) => row.by.clone(),
        (_, None) => say::published_by(change),
    };
    let why = change.reason.as_ref().and_then(Words::said);
    for entry in &mut entries {
        // A date that goes with a meeting says for itself why it moved, went back or ended.
        let own = |said: &String| change.kind == ChangeKind::Meeting && why != Some(said.as_str());
        entry.reason = entry.reason.take().filter(own);
        // Said once above; a row says it again only where it came about in another way.
        if change.kind == ChangeKind::Load || entry.by == by {
            entry.by = String::new();
        }
    }
    let about_itself = matches!(change.kind, ChangeKind::Register | ChangeKind::Page);
    let (reason, says) = (change.reason.as_ref(), change.reason.as_ref().filter(|_| about_itself));
    let reason = reason.filter(|_| !about_itself);
    let mut about: Vec<Link> = change.inquiry.iter().map(say::inquiry).collect();
    about.extend(read.recommendation.clone());
    about.extend(change.addressee.as_ref().map(|answer| say::body(&answer.body)));
    about.extend(read.own.iter().map(|own| Link::new(own.page.address(), words::operator_page(own.page))));
    let neighbour = |seq: i64, latest: i64| {
        (1..=latest).contains(&seq).then(|| Link::new(address::change(Seq(seq)), words::change(Seq(seq))))
    };
    let heading = match change.kind {
        kind if takes_out(kind) => {
            words::taken_out_what(kind, read.taken.record(change.seq).map(|record| record.what()))
        }
        kind => words::change_heading(kind, corrects),
    };
    let here = format!("{}{}", site.base_url, address::change(change.seq));
    ShowPage {
        ways: Follow::register(),
        cite: words::cite_change(&heading, &site.name, (change.seq, change.day), &here),
        heading,
        when: words::moment(change.at, &site.zone),
        by,
        says: says.map(say::read).or_else(|| read.divided.as_ref().map(|did| did.carried.clone())),
        reason_gone: match reason {
            Some(Words::Withheld(gone)) => Some(words::reason_taken_out(*gone)),
            _ => None,
        },
        reason: reason.and_then(Words::said).map(str::to_owned),
        grounds: grounds(change.kind, change.seq, &read.taken),
        about,
        contents: contents_in_words(*contents),
        is_cut: [
            contents.responses.number + contents.reported.number + contents.assessed.number + contents.lifecycle.number,
            contents.wordings.number,
            contents.asked.number,
            contents.dates.number,
            contents.remarks.number,
            contents.arrivals.number,
        ]
        .iter()
        .any(|count| *count > MOST.unsigned_abs()),
        events: read.events.iter().map(|event| edit::event(event, None)).collect(),
        bodies: read.named.0.iter().map(say::body).collect(),
        inquiries: read.named.1.iter().map(say::inquiry).collect(),
        taken_of: taken_of(change.seq, &read.taken),
        own: read.own.as_ref().map(|own| Own::of(own.page, Some(own), own.day)),
        formats: read.formats.iter().map(format).collect(),
        previous: neighbour(change.seq.0 - 1, read.latest.0),
        next: neighbour(change.seq.0 + 1, read.latest.0),
        entries,
        shell: shell.titled(words::change(change.seq)).crumb("/", "Home").crumb("/changes", "What changed"),
    }
}

/// What was said of a link to another format, and what became of it.
fn format(link: &FormatLink) -> (Link, String) {
    let line = words::format_line(link.kind, link.language);
    (say::format(link), format!("{}: {line}", words::format_linked(link.present)))
}
