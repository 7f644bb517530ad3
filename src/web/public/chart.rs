//! Charts: a bar for each fact that has at least two values, progress over time, and the bodies of an inquiry side by side.
//!
//! What is drawn comes from the numbers that stand beside it, by `domain::chart`; what each chart counts is said on `/about`.

use super::query::address;
use super::total::behind;
use super::{say, total};
use crate::domain::assessed::AssessedGroup;
use crate::domain::chart::{LEAST_WIDTH, WIDTH, columns, hundredths, lengths};
use crate::domain::id::InquiryId;
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::Day;
use crate::domain::progress::Point;
use crate::domain::reported::Reported;
use crate::domain::response::Response;
use crate::domain::words::{self, Tag, Tone};
use crate::store::body::BodyName;
use crate::store::by_body::{self, ByBody, Numbers};
use crate::store::progress;
use crate::store::tally::{Counted, Tally};
use crate::store::theme_total::Total;
use crate::store::{Error, ReadTx};
use crate::web::part::Link;
use crate::web::part::chart::{Bodies, BodyRow, DayRow, Layer, Place, Progress, Share};
use crate::web::part::count::{Bar, Piece};

/// How many bodies a table has room for.
const MOST_BODIES: usize = 60;
/// What the columns of that table count.
const SHARES: [&str; 3] = ["Answers recorded", "Silent", "Target dates moved"];

/// The bars of an inquiry, a body, or the register.
pub fn bars(tally: &Tally, scope: Option<(&str, &str)>) -> Vec<Bar> {
    let of = |counted: Counted, value: &str| tally.of(counted, value);
    each_fact(tally.all(Counted::Answers), of, |group| tally.group(group), scope)
}

/// The bars of a theme.
pub fn of_theme(total: &Total, theme: &str) -> Vec<Bar> {
    let of = |counted: Counted, value: &str| total.of(counted, value);
    each_fact(total.answers, of, |group| total.group(group), Some(("theme", theme)))
}

/// A bar for each fact that has at least two values, in the order of the four facts.
fn each_fact(
    answers: u64,
    of: impl Fn(Counted, &str) -> u64,
    group: impl Fn(AssessedGroup) -> u64,
    scope: Option<(&str, &str)>,
) -> Vec<Bar> {
    let bar = |id: &str, caption: &str, pieces: Vec<(Tag, u64, &'static str)>| Bar {
        id: id.to_owned(),
        caption: format!("{caption}: {}", words::answers(answers, false)),
        heading: caption.to_owned(),
        unit: "Answers".to_owned(),
        pieces: pieces
            .into_iter()
            .filter(|(_, count, _)| *count > 0)
            .map(|(tag, count, value)| Piece {
                words: tag.words.to_string(),
                tone: tag.tone,
                count,
                href: Some(list(scope, (id, value))),
            })
            .collect(),
    };
    let responses = Response::ALL.iter().map(|v| (words::response(*v), of(Counted::Response, v.as_str()), v.as_str()));
    let reports = Reported::ALL.iter().map(|v| (words::reported(*v), of(Counted::Reported, v.as_str()), v.as_str()));
    let groups = AssessedGroup::ALL.iter().map(|v| (words::assessed_group(*v), group(*v), v.as_str()));
    let lifecycle = Lifecycle::ALL.iter().map(|v| {
        let words = match v {
            Lifecycle::Closed => Tag::new("Closed", Tone::Partly),
            value => words::lifecycle(*value, None),
        };
        (words, of(Counted::Lifecycle, v.as_str()), v.as_str())
    });
    let (answered, said) = match scope {
        Some(("body", _)) => ("What it answered", "What it reports"),
        _ => ("What bodies answered", "What bodies report"),
    };
    let mut bars = vec![
        bar("response", answered, responses.collect()),
        bar("reported", said, reports.collect()),
        bar("assessed", "What was found", groups.collect()),
        bar("lifecycle", "Open or closed", lifecycle.collect()),
    ];
    bars.retain(|bar| bar.pieces.len() > 1);
    bars
}

/// The list behind one piece.
fn list(scope: Option<(&str, &str)>, value: (&str, &str)) -> String {
    match scope {
        Some(scope) => behind(scope, &[value]),
        None => address("/recommendations", &[value]),
    }
}

/// What an inquiry's charts are drawn from.
pub struct Read {
    progress: progress::Progress,
    bodies: ByBody,
}

impl Read {
    /// Reads it, on a day; the inquiry's counts of that day were read.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of(tx: &mut ReadTx<'_>, inquiry: InquiryId, tally: &Tally, today: Day) -> Result<Self, Error> {
        let progress = progress::find(tx, Some(inquiry), tally, today)?;
        Ok(Self { progress, bodies: by_body::find(tx, inquiry, today)? })
    }

    /// The chart of progress, or why there is none.
    pub fn over_time(&self) -> OverTime {
        OverTime::of(&self.progress)
    }

    /// The bodies side by side, where any was asked.
    pub fn side_by_side(&self, inquiry: &str) -> Option<Bodies> {
        let ByBody { bodies, unread } = &self.bodies;
        let rows: Vec<BodyRow> =
            bodies.iter().take(MOST_BODIES).map(|(name, of)| row(inquiry, name, of, *unread)).collect();
        let mut notes = Vec::new();
        if bodies.len() > MOST_BODIES {
            notes.push(words::first_bodies(rows.len() as u64, bodies.len() as u64));
        }
        if *unread {
            notes.push(words::SILENCE_NOT_COUNTED.to_owned());
        }
        (!rows.is_empty()).then_some(Bodies { rows, notes })
    }
}

/// Progress over time as a page shows it.
#[derive(Default)]
pub struct OverTime {
    /// The chart.
    pub chart: Option<Progress>,
    /// Why there is none, where that must be said.
    pub why_not: Option<String>,
}

impl OverTime {
    /// As it was read.
    pub fn of(read: &progress::Progress) -> Self {
        match read {
            progress::Progress::Young => Self::default(),
            progress::Progress::NotYet => {
                Self { chart: None, why_not: Some(words::progress_not_yet(progress::MOST as u64)) }
            }
            progress::Progress::Known(points) => Self { chart: drawn(points), why_not: None },
        }
    }
}

fn drawn(points: &[Point]) -> Option<Progress> {
    let (first, last) = (points.first()?, points.last()?);
    let counts: Vec<[u64; 3]> = points.iter().map(|it| [it.confirmed, it.gap(), it.others()]).collect();
    let columns = columns(&counts);
    let layer = |at: usize, tone: Tone, is_shaded: bool| {
        let places = columns.iter().filter_map(|column| {
            let block = column.blocks.get(at).filter(|block| block.height > 0)?;
            Some(Place {
                start: hundredths(column.start),
                width: hundredths(column.width),
                top: block.top,
                height: block.height,
            })
        });
        Layer { words: words::PROGRESS_PIECES[at], tone: tone.class(), is_shaded, places: places.collect() }
    };
    let row = |it: &Point| DayRow {
        day: words::day(it.day),
        claims: words::out_of(it.claims, it.answers),
        confirmed: of_these(it.confirmed, it.claims),
        gap: of_these(it.gap(), it.claims),
    };
    Some(Progress {
        said: words::progress_said(first, last),
        now: words::progress_now(last),
        rule: words::progress_rule(first.day, points.iter().map(|it| it.answers).max().unwrap_or(0)),
        ends: [words::day(first.day), words::day(last.day)],
        layers: vec![layer(0, Tone::Yes, false), layer(1, Tone::Going, true), layer(2, Tone::Unknown, false)],
        rows: points.iter().rev().map(row).collect(),
    })
}

/// Of none there is no share.
fn of_these(n: u64, all: u64) -> String {
    if all == 0 { words::number(n) } else { words::out_of(n, all) }
}

fn row(inquiry: &str, name: &BodyName, of: &Numbers, unread: bool) -> BodyRow {
    let body = name.slug.as_str();
    let share = |at: usize, n: u64, all: u64, href: String| Share {
        heading: SHARES[at],
        number: Link::new(href, words::out_of(n, all)),
        width: lengths(&[n, all.saturating_sub(n)], WIDTH, LEAST_WIDTH).first().map(|width| hundredths(*width)),
    };
    let untold = |at: usize, why: &str| Share { heading: SHARES[at], number: Link::new("", why), width: None };
    let recorded = total::all_of(Response::ALL, Response::is_answer);
    let recorded = behind(("inquiry", inquiry), &[("body", body), ("response", &recorded)]);
    // Nothing is behind a nought; the list holds dates that are not the body's to keep as well.
    let overdue =
        if of.silent == 0 { String::new() } else { address("/overdue", &[("inquiry", inquiry), ("body", body)]) };
    BodyRow {
        body: say::body(name),
        shares: [
            share(0, of.responded, of.answers, recorded),
            if unread { untold(1, words::NOT_TOLD) } else { share(1, of.silent, of.answers, overdue) },
            if of.aimed == 0 { untold(2, words::NO_TARGET) } else { share(2, of.moved, of.aimed, String::new()) },
        ],
    }
}
