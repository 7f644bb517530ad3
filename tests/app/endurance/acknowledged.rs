//! What a person was told is recorded is there, whoever dies: the program, or PostgreSQL under it, killed at random moments while ten
//! people write. What nobody was told of is sent again as it stands, as a browser does, and stands once.

use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::alone;
use super::killed::Begun;
use super::office::{newest, published_since, staffed};
use crate::deeds_record::confirmed;
use crate::servers::postgres::Postgres;
use crate::stories;
use crate::support::luck::Luck;
use crate::support::process::until;
use crate::support::visitor::Visitor;
use crate::support::{DatabaseKind, Place};

stories![ten_thousand_acknowledged_writes_outlive_forty_kills];

const WRITES: usize = 10_000;
const WRITERS: usize = 10;
const KILLS: usize = 40;
/// By when the last falls: each falls while people write.
const SHARE: usize = WRITES * 9 / 10;
/// One kill in so many is PostgreSQL's own.
const DATABASE: usize = 4;
/// What is not so by then is not so.
const PATIENCE: Duration = Duration::from_secs(120);
/// So long a person waits before they send again.
const PAUSE: Duration = Duration::from_millis(20);
const SERVE: [&str; 2] = ["serve", "--no-jobs"];
/// A form that publishes one change, and needs not be opened anew for the next.
const FORM: &str = "/staff/inquiries/long/coverage";

type Fields = Vec<(String, String)>;

fn ten_thousand_acknowledged_writes_outlive_forty_kills(place: &Place) {
    let _alone = alone();
    let luck = Luck::drawn("acknowledged writes");
    let cluster = cluster_of_its_own(place);
    let people = staffed(place, WRITERS, 1);
    let before = newest(place);
    let port = port(&luck);
    place.set("FOLLOWTHROUGH_LISTEN", &format!("127.0.0.1:{port}"));
    let address = format!("http://127.0.0.1:{port}");
    let people: Vec<Visitor> = people.iter().map(|one| one.at(&address)).collect();
    let mut serving = Some(Begun::start(place, &SERVE));
    until(PATIENCE, "it serves", || {
        people[0].try_send("GET", "/healthz", &[], &[]).is_ok_and(|page| page.status() == 200)
    });
    let forms: Vec<(Visitor, Fields)> = people.into_iter().map(|one| (one.clone(), filled(&one))).collect();

    let begun = Instant::now();
    let (next, acknowledged) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let (next, acknowledged) = (&next, &acknowledged);
    let mut kills = [0, 0];
    let sent_again: usize = std::thread::scope(|scope| {
        let write =
            |(visitor, fields): (Visitor, Fields)| scope.spawn(move || writes(&visitor, &fields, next, acknowledged));
        let writing: Vec<_> = forms.into_iter().map(write).collect();
        for kill in 1..=KILLS {
            until(PATIENCE, "more was written", || {
                assert!(!writing.iter().any(|writer| writer.is_finished()), "a writer has given up");
                acknowledged.load(Ordering::SeqCst) >= kill * SHARE / KILLS
            });
            luck.waits_below(50);
            match &cluster {
                Some(cluster) if kill % DATABASE == 0 => {
                    cluster.kill_and_start_again().unwrap_or_else(|fault| panic!("{fault}"));
                    kills[1] += 1;
                }
                _ => {
                    let ran = serving.take().is_some_and(Begun::kill);
                    assert!(ran, "the program ended by itself; see begun.log");
                    serving = Some(Begun::start(place, &SERVE));
                    kills[0] += 1;
                }
            }
        }
        writing.into_iter().map(|writer| writer.join().expect("a writer")).sum()
    });
    let seconds = begun.elapsed().as_secs_f64();
    assert!(serving.is_some_and(Begun::terminate), "the program did not end as it should; see begun.log");

    let mut found = place.rows("select where_looked as value from coverage");
    let mut told: Vec<String> = (0..WRITES).map(mark).collect();
    found.sort();
    told.sort();
    let lost = told.iter().filter(|mark| found.binary_search(mark).is_err()).count();
    let there = found.len();
    found.dedup();
    let doubled = there - found.len();
    println!(
        "| acknowledged writes | writes | kill -9 of the program | of PostgreSQL | sent again | lost | doubled | seconds |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|");
    println!(
        "| {} | {WRITES} | {} | {} | {sent_again} | {lost} | {doubled} | {seconds:.0} |",
        place.database().as_str(),
        kills[0],
        kills[1]
    );
    assert_eq!((lost, doubled), (0, 0));
    assert!(found == told, "what nobody sent is there");
    published_since(place, before, WRITES);
}

/// On PostgreSQL, a cluster for this story alone, for the one that all share keeps nothing when it dies.
fn cluster_of_its_own(place: &Place) -> Option<Postgres> {
    (place.database() == DatabaseKind::Postgres).then(|| {
        let cluster = Postgres::start_for_good(place.servers().folder()).unwrap_or_else(|fault| panic!("{fault}"));
        place.set("DATABASE_URL", &cluster.empty());
        cluster
    })
}

/// A free port, the same however often the program begins anew. Below those that a system gives to whoever asks for any: one of the
/// writers, who try while nobody listens there, would be given it.
fn port(luck: &Luck) -> u16 {
    let drawn = (0..100).map(|_| 20_000 + u16::try_from(luck.below(10_000)).expect("a small number"));
    let mut free = drawn.filter(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok());
    free.next().expect("a free port")
}

/// The form as this person fills it, but for the words that each write is known by.
fn filled(visitor: &Visitor) -> Fields {
    let form = visitor.open(FORM).form("Publish where it was looked");
    let form = form
        .choose_in("What was looked for?", "Answers and updates")
        .fill("By which post?", "scrutiny officer")
        .choose_in("What was found?", "Nothing");
    let fields = confirmed(form).fields();
    fields.into_iter().filter(|(name, _)| name != "place").collect()
}

fn mark(number: usize) -> String {
    format!("Minute book {number}.")
}

/// Takes one number after another and writes it; answers how often something was sent again.
fn writes(visitor: &Visitor, fields: &[(String, String)], next: &AtomicUsize, acknowledged: &AtomicUsize) -> usize {
    let mut again = 0;
    loop {
        let number = next.fetch_add(1, Ordering::SeqCst);
        if number >= WRITES {
            return again;
        }
        let mark = mark(number);
        let pairs = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let pairs: Vec<(&str, &str)> = pairs.chain([("place", mark.as_str())]).collect();
        let begun = Instant::now();
        while !is_acknowledged(visitor, &pairs) {
            assert!(begun.elapsed() < PATIENCE, "{mark} is not taken");
            again += 1;
            std::thread::sleep(PAUSE);
        }
        acknowledged.fetch_add(1, Ordering::SeqCst);
    }
}

/// Sends it; whether the answer that it is recorded has come back.
fn is_acknowledged(visitor: &Visitor, pairs: &[(&str, &str)]) -> bool {
    match visitor.try_post_with(FORM, &[("sec-fetch-site", "same-origin")], pairs) {
        Ok(page) if page.status() >= 500 => false,
        Ok(page) => {
            page.is(303);
            assert_eq!(page.redirects_to(), FORM);
            true
        }
        Err(_) => false,
    }
}
