//! What changed, newest first, and one change for ever: who did what in which role, why, and every row it published.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::query::{self, Query};
use super::timeline::{self, Naming};
use super::{say, shown};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::id::Seq;
use crate::domain::words;
use crate::store::change::{Change, Contents};
use crate::store::page::{Cursor, Page};
use crate::store::timeline::{self as ledger, Timeline};
use crate::store::withheld::Words;
use crate::store::{self, About, ReadTx};
use crate::web::error::Error;
use crate::web::part::Link;
use crate::web::part::pager::Pager;
use crate::web::part::timeline::{Entry, Year};
use crate::web::shell::Shell;
use crate::web::state::State;

/// How many changes a page lists.
const SIZE: usize = 30;
/// How many rows of each kind are read for a list, and for the page of one change.
const MOST: i64 = 200;

/// What changed.
#[derive(Template)]
#[template(path = "public/change/list.html")]
struct ListPage {
    shell: Shell,
    years: Vec<Year>,
    pager: Pager,
}

/// Lists it.
///
/// # Errors
/// 400 for a place that is not in the list.
pub async fn list(state: web::Data<State>, shell: Shell, mut query: Query) -> Result<HttpResponse, Error> {
    let after = query.one::<Cursor<1>>("after");
    query.finish()?;
    let read = state.reader.read(move |tx| read_list(tx, after, SIZE)).await?;
    let next = read.0.next.map(|next| next.to_string());
    let page = ListPage {
        years: by_year(&read.0.items, &read.1),
        pager: Pager {
            previous: after.map(|_| "/changes".to_owned()),
            next: next.map(|next| query::address("/changes", &[("after", &next)])),
        },
        shell: shell.titled("What changed").crumb("/", "Home"),
    };
    shown(&page, &page.shell)
}

type List = (Page<Change>, Vec<Entry>);

fn read_list(tx: &mut ReadTx<'_>, after: Option<Cursor<1>>, size: usize) -> Result<List, store::Error> {
    let page = store::change::list(tx, after, size)?;
    // A load is named by its numbers; only of single acts are the rows read.
    let single: Vec<Seq> =
        page.items.iter().filter(|change| change.kind != ChangeKind::Load).map(|change| change.seq).collect();
    let timeline = ledger::find(tx, &About::Changes(single), MOST)?;
    let mut entries = Vec::new();
    for change in &page.items {
        let contents =
            if change.kind == ChangeKind::Load { Some(store::change::contents(tx, change.seq)?) } else { None };
        entries.push(entry(change, contents, &timeline));
    }
    Ok((page, entries))
}

/// The last few changes, for the home page.
///
/// # Errors
/// When the database fails.
pub fn glance(tx: &mut ReadTx<'_>, size: usize) -> Result<Vec<Entry>, store::Error> {
    Ok(read_list(tx, None, size)?.1)
}

/// One change as an entry: what it says in its first rows, and how many more there are.
fn entry(change: &Change, contents: Option<Contents>, timeline: &Timeline) -> Entry {
    let rows: Vec<Entry> =
        timeline::list(timeline, Naming::Everything).into_iter().filter(|row| row.seq == change.seq.0).collect();
    let mut entry = match (rows.len(), rows.into_iter().next()) {
        (1, Some(row)) => row,
        (0, _) => Entry { sentence: said(change, contents), ..Entry::default() },
        (all, Some(row)) => {
            let mut row = row;
            row.sentence.push_str(&format!(". {}", words::and_more(all as u64 - 1)));
            row
        }
        (_, None) => Entry::default(),
    };
    entry.seq = change.seq.0;
    entry.href = address::change(change.seq);
    // A list of changes goes by the day of publication.
    entry.recorded = None;
    entry.happened = Some(say::on(change.day));
    entry.by = timeline::published_by(change);
    entry.anchor = true;
    entry
}

/// A change that has no row of a timeline: what kind it is, and what it holds.
fn said(change: &Change, contents: Option<Contents>) -> String {
    let kind = words::change_kind(change.kind);
    match contents {
        Some(contents) => format!("{kind}: {}", contents_in_words(contents)),
        None => kind.to_owned(),
    }
}

fn contents_in_words(contents: Contents) -> String {
    words::contents(&[
        (contents.inquiries, "inquiry", "inquiries"),
        (contents.bodies, "body", "bodies"),
        (contents.wordings, "recommendation", "recommendations"),
        (contents.asked, "body asked", "bodies asked"),
        (contents.updates, "update", "updates"),
        (contents.dates, "date", "dates"),
        (contents.arrivals, "update received", "updates received"),
        (contents.remarks, "remark", "remarks"),
        (contents.events, "event", "events"),
        (contents.looks, "look for answers", "looks for answers"),
    ])
}

fn by_year(changes: &[Change], entries: &[Entry]) -> Vec<Year> {
    let mut years: Vec<Year> = Vec::new();
    for (change, entry) in changes.iter().zip(entries) {
        let words = change.day.date().year().to_string();
        match years.last_mut().filter(|year| year.words == words) {
            Some(year) => year.entries.push(entry.clone()),
            None => years.push(Year { words, entries: vec![entry.clone()] }),
        }
    }
    years
}

/// One change.
#[derive(Template)]
#[template(path = "public/change/show.html")]
struct ShowPage {
    shell: Shell,
    kind: &'static str,
    when: String,
    by: String,
    reason: Option<String>,
    about: Vec<Link>,
    contents: String,
    entries: Vec<Entry>,
    is_cut: bool,
    previous: Option<Link>,
    next: Option<Link>,
}

struct Read {
    change: Change,
    recommendation: Option<Link>,
    contents: Contents,
    timeline: Timeline,
    latest: Seq,
}

/// Shows it.
///
/// # Errors
/// 404 when there is none.
pub async fn show(state: web::Data<State>, shell: Shell, path: web::Path<String>) -> Result<HttpResponse, Error> {
    let seq = seq(&path)?;
    let read = state.reader.read(move |tx| read(tx, seq)).await?;
    let page = page(shell, read, &state.site.zone);
    shown(&page, &page.shell)
}

/// A change's number as it stands in an address: digits, no sign, no leading nought.
fn seq(text: &str) -> Result<Seq, Error> {
    let seq: i64 = text.parse().map_err(|_| Error::NotFound)?;
    if seq > 0 && seq.to_string() == text { Ok(Seq(seq)) } else { Err(Error::NotFound) }
}

fn read(tx: &mut ReadTx<'_>, seq: Seq) -> Result<Read, store::Error> {
    let change = store::change::find(tx, seq)?;
    let recommendation = match change.recommendation {
        Some(id) => store::recommendation::many(tx, vec![id])?.first().map(say::recommendation_of),
        None => None,
    };
    Ok(Read {
        recommendation,
        contents: store::change::contents(tx, seq)?,
        timeline: ledger::find(tx, &About::Changes(vec![seq]), MOST)?,
        latest: store::ledger::newest(tx)?,
        change,
    })
}

fn page(shell: Shell, read: Read, zone: &jiff::tz::TimeZone) -> ShowPage {
    let Read { change, contents, .. } = &read;
    let entries = timeline::list(&read.timeline, Naming::Everything);
    let mut about: Vec<Link> = change.inquiry.iter().map(say::inquiry).collect();
    about.extend(read.recommendation.clone());
    about.extend(change.addressee.as_ref().map(|answer| say::body(&answer.body)));
    let neighbour = |seq: i64, latest: i64| {
        (1..=latest).contains(&seq).then(|| Link::new(address::change(Seq(seq)), format!("Change {seq}")))
    };
    ShowPage {
        kind: words::change_kind(change.kind),
        when: words::moment(change.at, zone),
        by: timeline::published_by(change),
        reason: match &change.reason {
            None => None,
            Some(Words::Said(reason)) => Some(reason.clone()),
            Some(Words::Withheld(on)) => Some(words::withheld_on(*on)),
        },
        about,
        contents: contents_in_words(*contents),
        is_cut: [
            contents.updates,
            contents.wordings,
            contents.asked,
            contents.dates,
            contents.remarks,
            contents.arrivals,
        ]
        .iter()
        .any(|count| *count > MOST.unsigned_abs()),
        previous: neighbour(change.seq.0 - 1, read.latest.0),
        next: neighbour(change.seq.0 + 1, read.latest.0),
        entries,
        shell: shell.titled(format!("Change {}", change.seq)).crumb("/", "Home").crumb("/changes", "What changed"),
    }
}
