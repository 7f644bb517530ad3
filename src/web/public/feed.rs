//! Feeds: what changed in the register, an inquiry, a body or a recommendation, for feed readers (Atom, RFC 4287; pages of it
//! as in RFC 5005). Each entry is a change, with its number for ever in its name and its address.

use std::collections::HashMap;

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use askama::Template;
use atom_syndication as atom;
use percent_encoding::percent_decode_str;

use super::change::{self, Named};
use super::query::{self, Query};
use super::timeline::{self, Naming};
use super::{DataFrame, FRESH, look, number, place, slug};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::id::Seq;
use crate::domain::licence::DataLicence;
use crate::domain::moment::Moment;
use crate::domain::words;
use crate::store::alias::AliasKind;
use crate::store::change::Change;
use crate::store::news::{self, Concern};
use crate::store::page::Cursor;
use crate::store::recommendation::Recommendation;
use crate::store::setting::{self, Service};
use crate::store::timeline as ledger;
use crate::store::{self, About, ReadTx};
use crate::web::error::Error;
use crate::web::held;
use crate::web::part::Link;
use crate::web::part::timeline::Entry;
use crate::web::state::State;

/// How many changes a page of a feed holds.
const SIZE: usize = 30;
/// How many rows of each kind are read for it.
const MOST: i64 = 300;
/// How many rows of one change an entry tells.
const ROWS: usize = 20;

/// Every change.
///
/// # Errors
/// 400 for a place that is not in the list.
pub async fn register(state: web::Data<State>, query: Query) -> Result<HttpResponse, Error> {
    answer(state, query, address::CHANGES, |_| {
        Ok((Concern::Register, "What changed".to_owned(), address::CHANGES.to_owned()))
    })
    .await
}

/// What changed in one inquiry.
///
/// # Errors
/// 404 when there is none, 400 for a place that is not in the list.
pub async fn inquiry(state: web::Data<State>, path: web::Path<String>, query: Query) -> Result<HttpResponse, Error> {
    let name = slug(&path)?;
    answer(state, query, &address::inquiry(name.as_str()), move |tx| {
        let moved = |to: &str| address::feed(&address::inquiry(to));
        let found = look(tx, (AliasKind::Inquiry, "", name.as_str()), moved, |tx| store::inquiry::name(tx, &name))?;
        Ok((Concern::Inquiry(found.id), found.title, address::inquiry(found.slug.as_str())))
    })
    .await
}

/// What changed about one recommendation.
///
/// # Errors
/// 404 when there is none, 400 for a place that is not in the list.
pub async fn recommendation(
    state: web::Data<State>,
    path: web::Path<(String, String)>,
    query: Query,
) -> Result<HttpResponse, Error> {
    let inquiry = slug(&path.0)?;
    let number = number(&path.1)?.to_owned();
    answer(state, query, &address::recommendation(inquiry.as_str(), &number), move |tx| {
        let moved = |to: &str| address::feed(&address::recommendation(inquiry.as_str(), to));
        let alias = (AliasKind::Recommendation, inquiry.as_str(), number.as_str());
        let view = look(tx, alias, moved, |tx| store::recommendation::find(tx, &inquiry, &number))?;
        let one = view.recommendation;
        let title = words::warned(&super::say::recommendation_of(&one).words, one.checked);
        Ok((Concern::Recommendation(one.id), title, address::recommendation(inquiry.as_str(), &number)))
    })
    .await
}

/// What changed about one body.
///
/// # Errors
/// 404 when there is none, 400 for a place that is not in the list.
pub async fn body(state: web::Data<State>, path: web::Path<String>, query: Query) -> Result<HttpResponse, Error> {
    let name = slug(&path)?;
    answer(state, query, &address::body(name.as_str()), move |tx| {
        let moved = |to: &str| address::feed(&address::body(to));
        let found = look(tx, (AliasKind::Body, "", name.as_str()), moved, |tx| store::body::name(tx, &name))?;
        Ok((Concern::Body(found.id), found.name, address::body(found.slug.as_str())))
    })
    .await
}

/// What is followed, its title, and its page.
type Followed = (Concern, String, String);

async fn answer(
    state: web::Data<State>,
    mut query: Query,
    page: &str,
    find: impl FnOnce(&mut ReadTx<'_>) -> Result<Followed, Error> + Clone + Send + 'static,
) -> Result<HttpResponse, Error> {
    query.once(&["after"]);
    let after = place::asked(&mut query, "after", &address::feed(page), &[]);
    query.finish()?;
    let read = state
        .reader
        .read_or_again(move |tx| {
            let (concern, title, page) = find(tx)?;
            Ok::<_, Error>(read(tx, concern, title, page, after)?)
        })
        .await?;
    let frame = DataFrame::of(&read.service, read.is_unlisted());
    let holds = held::standing(&state).await?;
    let (inquiry, number) = place_of(&read.page);
    let held = holds.of_address(inquiry.as_deref(), number.as_deref()).next().map(|hold| words::held(hold.held()));
    let written = Maker { base: &state.site.base_url, name: &state.site.name, held }.feed(read, after)?;
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::CACHE_CONTROL, FRESH)).content_type("application/atom+xml; charset=utf-8");
    if frame.is_unlisted() {
        answer.insert_header(("x-robots-tag", "noindex"));
    }
    Ok(answer.body(written))
}

/// The inquiry and the number of the recommendation that a page is about, by its address.
fn place_of(page: &str) -> (Option<String>, Option<String>) {
    let mut steps = page.trim_start_matches('/').split('/');
    let mut after = |name: &str| {
        let step = steps.next().filter(|step| *step == name).and_then(|_| steps.next())?;
        Some(percent_decode_str(step).decode_utf8_lossy().into_owned())
    };
    let inquiry = after("inquiries");
    let number = inquiry.as_ref().and_then(|_| after("recommendations"));
    (inquiry, number)
}

/// One page of a feed as it was read.
struct Read {
    title: String,
    page: String,
    changes: Vec<Change>,
    next: Option<Cursor<1>>,
    /// What each change says in one line, and all that it says.
    entries: HashMap<Seq, (Entry, Vec<Entry>)>,
    /// How far the recommendations were compared that the entries are about, by their pages.
    about: Vec<Recommendation>,
    touched: HashMap<Seq, Moment>,
    service: Service,
}

fn read(
    tx: &mut ReadTx<'_>,
    concern: Concern,
    title: String,
    page: String,
    after: Option<Cursor<1>>,
) -> Result<Read, store::Error> {
    let found = news::list(tx, concern, after, SIZE)?;
    let seqs: Vec<Seq> = found.items.iter().map(|change| change.seq).collect();
    let rows = match concern {
        Concern::Recommendation(id) => {
            let mut rows = ledger::find(tx, &About::Recommendation(id), MOST)?;
            // That a body took another's place is no row of the recommendation that it came to answer.
            let of_bodies = found.items.iter().filter(|change| change.kind == ChangeKind::Succession);
            let untold = |seq: &Seq| rows.edits.iter().all(|edit| edit.seq != *seq);
            let of_bodies: Vec<Seq> = of_bodies.map(|change| change.seq).filter(untold).collect();
            if !of_bodies.is_empty() {
                let more = ledger::find(tx, &About::Changes(of_bodies), MOST)?;
                rows.edits.extend(more.edits);
                rows.changes.extend(more.changes);
            }
            rows
        }
        _ => ledger::find(tx, &About::Changes(change::single(&found.items)), MOST)?,
    };
    let named = Named::of(tx, &found.items)?;
    let told = timeline::list(&rows, Naming::Everything);
    let mut entries = HashMap::new();
    for one in &found.items {
        let rows: Vec<Entry> = told.iter().filter(|row| row.seq == one.seq.0).cloned().collect();
        let mut entry = change::entry(one, rows.clone(), &named);
        if one.kind == ChangeKind::Load && rows.is_empty() {
            let contents = change::contents_in_words(store::change::contents(tx, one.seq)?);
            entry.sentence = format!("{}: {contents}", entry.sentence);
        }
        let rows = if rows.is_empty() { vec![Entry { happened: None, ..entry.clone() }] } else { rows };
        entries.insert(one.seq, (entry, rows));
    }
    let mut about: Vec<Recommendation> = rows.recommendations.into_values().collect();
    about.extend(named.recommendations);
    Ok(Read {
        touched: news::touched(tx, &seqs)?,
        service: setting::in_service(tx)?,
        changes: found.items,
        next: found.next,
        title,
        page,
        entries,
        about,
    })
}

impl Read {
    /// Whether any of it is about what nobody has compared with a source.
    fn is_unlisted(&self) -> bool {
        self.about.iter().any(|one| one.checked.needs_warning())
    }

    /// Words that name a recommendation, with the warning that they must carry.
    fn warned(&self, link: &Link) -> String {
        let of = self.about.iter().find(|one| {
            let page = address::recommendation(one.inquiry.slug.as_str(), &one.number);
            link.href == page || link.href.strip_prefix(&page).is_some_and(|rest| rest.starts_with('/'))
        });
        of.map_or_else(|| link.words.clone(), |one| words::warned(&link.words, one.checked))
    }
}

/// What an entry says, as HTML.
#[derive(Template)]
#[template(path = "public/feed/entry.html")]
struct Content {
    rows: Vec<Entry>,
    more: usize,
}

/// Writes a feed.
struct Maker<'a> {
    base: &'a str,
    name: &'a str,
    /// That nothing new is published for now, where a hold bears on what is followed.
    held: Option<String>,
}

impl Maker<'_> {
    fn feed(&self, read: Read, after: Option<Cursor<1>>) -> Result<Vec<u8>, Error> {
        let feed = address::feed(&read.page);
        let here = format!("{}{feed}", self.base);
        let from = |after: Cursor<1>| query::address(&here, &[("after", &place::sealed(after, &feed, &[]))]);
        let mut links = vec![
            link("self", after.map_or_else(|| here.clone(), from), "application/atom+xml"),
            link("alternate", format!("{}{}", self.base, read.page), "text/html"),
            link("first", here.clone(), "application/atom+xml"),
        ];
        links.extend(read.next.map(|next| link("next", from(next), "application/atom+xml")));
        let entries: Result<Vec<_>, Error> = read.changes.iter().map(|change| self.entry(change, &read)).collect();
        let entries = entries?;
        let operator = read.service.operator.as_ref();
        let author = operator.map_or_else(|| self.name.to_owned(), |operator| operator.name.clone());
        let subtitle = match operator {
            Some(_) => format!("What changed, newest first, in: {}", self.name),
            None => format!("{}. What changed, newest first, in: {}", words::NOT_IN_SERVICE, self.name),
        };
        let feed = atom::Feed {
            id: here,
            title: text(format!("{} - {}", read.title, self.name)),
            subtitle: Some(text(self.held.as_ref().map_or(subtitle.clone(), |held| words::and_then(&subtitle, held)))),
            rights: Some(text(read.service.licence.map_or_else(
                || words::NO_DATA_LICENCE.to_owned(),
                |licence: DataLicence| words::data_licence_is(licence),
            ))),
            updated: entries.iter().map(|entry| entry.updated).max().unwrap_or_default(),
            authors: vec![atom::Person { name: plain(&author), ..atom::Person::default() }],
            generator: Some(atom::Generator { value: "Followthrough".to_owned(), ..atom::Generator::default() }),
            lang: Some("en-GB".to_owned()),
            links,
            entries,
            ..atom::Feed::default()
        };
        feed.write_to(Vec::new()).map_err(|fault| Error::Failed(format!("a feed could not be written: {fault}")))
    }

    fn entry(&self, change: &Change, read: &Read) -> Result<atom::Entry, Error> {
        let (entry, rows) = read.entries.get(&change.seq).cloned().unwrap_or_default();
        let about = entry.body.as_ref().map(|body| format!("{}: ", read.warned(body))).unwrap_or_default();
        let more = rows.len().saturating_sub(ROWS);
        let rows = rows.into_iter().take(ROWS).map(|row| self.whole(row, read)).collect();
        let content = Content { rows, more }.render()?;
        let updated = read.touched.get(&change.seq).copied().unwrap_or(change.at);
        Ok(atom::Entry {
            id: self.name_of(change),
            title: text(format!("{about}{}", entry.sentence)),
            updated: moment(updated)?,
            published: Some(moment(change.at)?),
            categories: vec![atom::Category {
                term: change.kind.as_str().to_owned(),
                label: Some(words::change_kind(change.kind).to_owned()),
                scheme: None,
            }],
            links: vec![link("alternate", format!("{}{}", self.base, address::change(change.seq)), "text/html")],
            content: Some(atom::Content {
                value: Some(plain(&content)),
                content_type: Some("html".to_owned()),
                ..atom::Content::default()
            }),
            ..atom::Entry::default()
        })
    }

    /// The name of a change that stays whatever becomes of addresses (RFC 4151): the host, the day of publication, its number.
    fn name_of(&self, change: &Change) -> String {
        let host = url::Url::parse(self.base).ok().and_then(|url| url.host_str().map(str::to_owned));
        format!("tag:{},{}:change/{}", host.unwrap_or_default(), change.day, change.seq)
    }

    /// A row that is read away from its page: with whole addresses, and its warning inside the words.
    fn whole(&self, row: Entry, read: &Read) -> Entry {
        let whole = |link: Link| {
            let href = if link.href.starts_with('/') { format!("{}{}", self.base, link.href) } else { link.href };
            Link { href, ..link }
        };
        let body = row.body.map(|body| Link { words: read.warned(&body), ..body });
        Entry {
            body: body.map(whole),
            taken_by: row.taken_by.map(|(before, link)| (before, whole(link))),
            corrects: row.corrects.map(whole),
            corrected_by: row.corrected_by.map(whole),
            ..row
        }
    }
}

fn link(rel: &str, href: String, kind: &str) -> atom::Link {
    atom::Link { rel: rel.to_owned(), href, mime_type: Some(kind.to_owned()), ..atom::Link::default() }
}

fn text(words: String) -> atom::Text {
    atom::Text::plain(plain(&words))
}

/// Without the signs that XML cannot hold.
fn plain(words: &str) -> String {
    let held =
        |sign: char| !matches!(sign, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    words.chars().filter(|sign| held(*sign)).collect()
}

fn moment(at: Moment) -> Result<atom::FixedDateTime, Error> {
    at.to_string().parse().map_err(|fault| Error::Failed(format!("{at} is no moment of a feed: {fault}")))
}
