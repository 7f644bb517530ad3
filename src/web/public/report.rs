//! One document that a body sent or published: what it is, where it can be read, and how each item fares in it.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use askama::Template;

use super::change::numbered;
use super::judged;
use super::past::{AsAt, find_then};
use super::query::Query;
use super::{say, shown};
use crate::domain::address;
use crate::domain::id::{AddresseeId, Seq};
use crate::domain::report::{Marked, Marks};
use crate::domain::words;
use crate::store::addressee::{self, AddresseeName};
use crate::store::change::{self, Change};
use crate::store::mark::{self, Mark};
use crate::store::recommendation::{self, Recommendation};
use crate::store::report::{self, Report};
use crate::store::withheld::Words;
use crate::store::{self, ReadTx};
use crate::web::error::Error;
use crate::web::part::Link;
use crate::web::part::follow::Follow;
use crate::web::part::timeline::Entry;
use crate::web::public::say::published_by;
use crate::web::shell::Shell;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "public/report/show.html")]
struct ShowPage {
    shell: Shell,
    ways: Follow,
    kind: String,
    heading: String,
    body: Link,
    received: String,
    source: Option<Link>,
    seen: Option<String>,
    file: Option<Link>,
    rights: Option<String>,
    summary: Option<String>,
    counts: String,
    groups: Vec<Group>,
    entries: Vec<Entry>,
}

/// The items that bear one mark.
struct Group {
    heading: String,
    items: Vec<Item>,
}

/// One item.
struct Item {
    link: Link,
    line: String,
    words: Option<String>,
}

struct Read {
    versions: Vec<Report>,
    marks: HashMap<AddresseeId, Mark>,
    answers: HashMap<AddresseeId, AddresseeName>,
    recommendations: Vec<Recommendation>,
    changes: Vec<Change>,
}

/// Shows it.
///
/// # Errors
/// 404 when there is none.
pub async fn show(
    state: web::Data<State>,
    shell: Shell,
    path: web::Path<String>,
    mut query: Query,
) -> Result<HttpResponse, Error> {
    let as_at = AsAt::of(&mut query, state.today());
    query.finish()?;
    let began = numbered(&path)?;
    let (then, read) = state
        .reader
        .read_or_again(move |tx| {
            let then = as_at.open(tx)?;
            Ok::<_, Error>((then, find_then(tx, |tx| read(tx, began))?))
        })
        .await?;
    let page = page(then.around(shell, &state.site), &read).ok_or(Error::NotFound)?;
    shown(&page, &page.shell)
}

fn read(tx: &mut ReadTx<'_>, began: Seq) -> Result<Read, store::Error> {
    let versions = report::versions(tx, began)?;
    if versions.is_empty() {
        return Err(store::Error::NotFound);
    }
    let marks = mark::of_report(tx, began)?;
    let answers = addressee::names(tx, marks.keys().copied().collect())?;
    let recommendations = answers.values().map(|answer| answer.recommendation).collect();
    let seqs = versions.iter().map(|one| one.seq).chain(marks.values().map(|mark| mark.place.seq)).collect();
    Ok(Read {
        recommendations: recommendation::many(tx, recommendations)?,
        changes: change::many(tx, seqs)?,
        versions,
        marks,
        answers,
    })
}

fn page(shell: Shell, read: &Read) -> Option<ShowPage> {
    let report = read.versions.first()?;
    let document = words::document(report.kind, report.happened);
    let heading = say::read(&report.title);
    let mut counted = Marks::default();
    read.marks.values().for_each(|mark| counted.add(mark.value));
    let file = report.file.as_ref().map(|file| {
        let line = words::file_line(file.kind, file.bytes);
        Link::new(address::evidence(&file.reference, file.kind), format!("the document ({line})"))
    });
    let received = words::report_received(&document, report.received_on);
    Some(ShowPage {
        ways: Follow::body(report.body.slug.as_str()),
        kind: words::report_kind(report.kind).to_owned(),
        body: say::body(&report.body),
        source: say::source(report.url.as_deref()),
        seen: report.seen_on.map(words::seen_on),
        rights: words::rights(report.rights).filter(|_| report.title.said().is_some()),
        summary: report.summary.clone(),
        counts: words::marks(counted),
        groups: Marked::SAID.into_iter().chain([Marked::Unread]).filter_map(|value| group(read, value)).collect(),
        entries: entries(read),
        shell: shell
            .titled(format!("{document}: {heading}"))
            .crumb("/", "Home")
            .crumb("/bodies", "Bodies")
            .crumb(address::body(report.body.slug.as_str()), report.body.short().to_owned()),
        heading,
        received,
        file,
    })
}

/// The items that bear a mark, in the order of their inquiries.
fn group(read: &Read, value: Marked) -> Option<Group> {
    let mut found: Vec<(&Recommendation, &AddresseeName, &Mark)> = read
        .marks
        .values()
        .filter(|mark| mark.value == value)
        .filter_map(|mark| {
            let answer = read.answers.get(&mark.place.addressee)?;
            let one = read.recommendations.iter().find(|one| one.id == answer.recommendation)?;
            Some((one, answer, mark))
        })
        .collect();
    found.sort_by_key(|(one, answer, _)| (one.inquiry.id, one.id, answer.id));
    let items: Vec<Item> = found.into_iter().map(|(one, answer, mark)| item(one, answer, mark)).collect();
    (!items.is_empty()).then(|| Group { heading: words::mark_choice(value).to_owned(), items })
}

fn item(one: &Recommendation, answer: &AddresseeName, mark: &Mark) -> Item {
    let mut line = match mark.value {
        Marked::Unread | Marked::NotMentioned => String::new(),
        value => words::mark(value, mark.page.as_deref()),
    };
    if mark.value != Marked::Unread {
        let read = if mark.confirmed { words::READ_TWICE } else { words::READ_ONCE };
        line = if line.is_empty() { read.to_owned() } else { format!("{line}. {read}") };
    }
    if let Some(Words::Withheld(taken)) = &mark.words {
        line = format!("{line}. {}", words::withheld_on(*taken));
    }
    let named = words::warned(&say::recommendation_of(one).words, one.checked);
    Item {
        link: Link::new(say::answer(one, &answer.body).href, named),
        line,
        words: mark.words.as_ref().and_then(Words::said).map(str::to_owned),
    }
}

/// The versions of what is said of it, and the changes that marked something, the last first.
fn entries(read: &Read) -> Vec<Entry> {
    let change = |seq: Seq| read.changes.iter().find(|change| change.seq == seq);
    let dated = |seq: Seq, entry: Entry| {
        let change = change(seq);
        Entry {
            seq: seq.0,
            href: address::change(seq),
            happened: change.map(|change| say::on(change.day)),
            by: change.map(published_by).unwrap_or_default(),
            reason: change.and_then(|change| change.reason.as_ref()?.said().map(str::to_owned)),
            body: None,
            ..entry
        }
    };
    let mut all: Vec<Entry> =
        read.versions.iter().map(|version| dated(version.seq, judged::report_entry(version))).collect();
    let mut marked: HashMap<Seq, u64> = HashMap::new();
    for mark in read.marks.values().filter(|mark| mark.value != Marked::Unread) {
        *marked.entry(mark.place.seq).or_default() += 1;
    }
    all.extend(marked.into_iter().map(|(seq, number)| {
        let sentence = words::count(number, "mark that stands", "marks that stand");
        dated(seq, Entry { sentence, ..Entry::default() })
    }));
    all.sort_by_key(|entry| std::cmp::Reverse(entry.seq));
    all
}
