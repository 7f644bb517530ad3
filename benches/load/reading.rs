//! What readers do: look at pages, lists and their depths, search, and take everything in pages of the API.

use std::io::{self, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use followthrough::domain::text::Slug;
use followthrough::store::page::Cursor;
use followthrough::web::public::place;
use serde_json::Value;
use url::form_urlencoded::Serializer;

use crate::chance::Chance;
use crate::plan::{Plan, THEMES, bodies, item};
use crate::support::line::{Question, read, status};
use crate::table::{Ran, Times};
use crate::words;

/// What a reader looks at next. `turn` makes each run ask for other things; the newest change is `seq`.
pub fn page(plan: Plan, turn: u64, number: u64, seq: i64) -> String {
    let mut chance = Chance::of(&[7, turn, number]);
    let (inquiry, at) = plan.any(&mut chance);
    let slug = &inquiry.slug;
    match chance.below(100) {
        0..4 => "/".to_owned(),
        4..8 => "/inquiries".to_owned(),
        8..18 => format!("/inquiries/{slug}"),
        18..32 => depth(&format!("/inquiries/{slug}"), at),
        32..66 => format!("/inquiries/{slug}/recommendations/{at}"),
        66..76 => answer(plan, &inquiry.slug, inquiry.index, at, &mut chance),
        76..80 => "/bodies".to_owned(),
        80..88 => {
            let all = bodies(inquiry.file);
            format!("/bodies/{}", chance.pick(&all).slug)
        }
        88..90 => "/themes".to_owned(),
        90..92 => format!("/themes/{}", theme(chance.below(THEMES))),
        92..94 => "/overdue".to_owned(),
        94..97 => {
            let newest = usize::try_from(seq).unwrap_or_default();
            format!("/changes?after={:x}", chance.between(2, newest.max(2)))
        }
        _ => "/recommendations".to_owned(),
    }
}

/// A list of an inquiry from some place on: the keys of the row before are its place and, whatever row that is, any number.
pub fn depth(list: &str, at: usize) -> String {
    let after = Cursor([i64::try_from(at).unwrap_or_default(), 0]);
    format!("{list}?after={}", place::sealed(after, list, &[]))
}

fn answer(plan: Plan, slug: &str, index: usize, at: usize, chance: &mut Chance) -> String {
    let all = bodies(plan.inquiry(index).file);
    let body = *chance.pick(&item(index, at, 0).bodies);
    format!("/inquiries/{slug}/recommendations/{at}/{}", all[body].slug)
}

fn theme(number: usize) -> String {
    Slug::from_words(&words::theme(number)).as_str().to_owned()
}

/// A search that finds something as a rule: words that stand somewhere, with a filter or two.
pub fn search(plan: Plan, turn: u64, number: u64) -> String {
    let mut chance = Chance::of(&[8, turn, number]);
    let (inquiry, at) = plan.any(&mut chance);
    let item = item(inquiry.index, at, 0);
    let mut given = Serializer::new(String::new());
    // Nine of ten type something; the others only choose.
    if chance.in_thousand(900)
        && let Some((title, text)) = &item.words
    {
        let from = if chance.in_thousand(300) { title } else { text };
        given.append_pair("q", &words::typed(&mut chance, from));
    }
    match chance.below(8) {
        0 => given.append_pair("inquiry", &inquiry.slug),
        1 => given.append_pair("body", &bodies(inquiry.file)[item.bodies[0]].slug),
        2 => given.append_pair("theme", &theme(item.themes[0])),
        3 => given.append_pair("response", "accepted"),
        4 => given.append_pair("response", "rejected").append_pair("lifecycle", "open"),
        5 => given.append_pair("reported", "under_way"),
        6 => given.append_pair("sort", "changed"),
        _ => given.append_pair("lifecycle", "open"),
    };
    format!("/recommendations?{}", given.finish())
}

/// Programs that take the register through the API, each page as soon as it has the one before, and begin again at the end.
pub fn walk(address: &str, seconds: u64) -> io::Result<Ran> {
    let lists = [
        "/api/v1/recommendations?limit=100",
        "/api/v1/changes?limit=100",
        "/api/v1/bodies?limit=100",
        "/api/v1/recommendations?lifecycle=open&limit=50",
    ];
    let begun = Instant::now();
    let walker = |list: &'static str| -> io::Result<(Vec<Duration>, usize)> {
        let (mut took, mut bytes) = (Vec::new(), 0);
        let mut path = list.to_owned();
        let mut line = TcpStream::connect(address)?;
        line.set_nodelay(true)?;
        while begun.elapsed().as_secs() < seconds {
            let asked = Instant::now();
            line.write_all(&Question::new(&path, "identity", "").bytes)?;
            let (head, body) = read(&mut line)?;
            took.push(asked.elapsed());
            bytes += body.len();
            if status(&head) != 200 {
                return Err(io::Error::other(format!("{path} answered {}", head.lines().next().unwrap_or_default())));
            }
            let page: Value = serde_json::from_slice(&body)?;
            let next = page["next"].as_str().and_then(|next| next.find("/api/").map(|at| next[at..].to_owned()));
            path = next.unwrap_or_else(|| list.to_owned());
        }
        Ok((took, bytes))
    };
    let parts = thread::scope(|scope| {
        let walking: Vec<_> = lists.into_iter().map(|list| scope.spawn(move || walker(list))).collect();
        walking.into_iter().map(|one| one.join()).collect::<Result<Vec<_>, _>>()
    });
    let (mut took, mut bytes, mut errors) = (Vec::new(), 0, 0);
    for part in parts.map_err(|_| io::Error::other("a program failed"))? {
        match part {
            Ok(part) => {
                took.extend(part.0);
                bytes += part.1;
            }
            Err(fault) => {
                eprintln!("{fault}");
                errors += 1;
            }
        }
    }
    Ok(Ran { times: Times::of(took), seconds: begun.elapsed().as_secs_f64(), errors, bytes })
}
