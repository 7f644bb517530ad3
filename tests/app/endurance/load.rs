//! Pages under a steady load: without mail, while thousands of mails drain from the same process, and while the mail server is a
//! black hole.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use followthrough::clock::Clock;

use super::alone;
use crate::mail::ashgrove::waits;
use crate::servers::smtp::SmtpServer;
use crate::stories;
use crate::support::Place;
use crate::support::place::BASE_URL;
use crate::support::process::Process;
use crate::support::visitor::Visitor;

stories![pages_are_as_fast_while_mail_drains_and_while_nobody_takes_it];

/// So many people read at once.
const READERS: usize = 3;
/// Each asks for the next page so long after they asked for the last, whether or not it came quickly.
const EVERY: Duration = Duration::from_millis(100);
/// How long they read where nothing else says when they stop.
const SPAN: Duration = Duration::from_secs(30);
/// A server that has just begun is not measured yet.
const WARM_UP: Duration = Duration::from_secs(3);
/// What has not drained by then does not.
const PATIENCE: Duration = Duration::from_secs(240);
/// The last one is made anew each time; the others come from memory.
const PAGES: [&str; 5] =
    ["/", "/inquiries/jay", "/inquiries/jay/recommendations/4", "/bodies", "/inquiries/jay?as-at=&as-at="];
/// Fewer than a thousand: each of them is to be handed over within a minute (95 in 100).
const FEW: usize = 900;
const MINUTE: f64 = 60.0;
/// Enough that they take about as long as everything else here.
const MANY: usize = 9_000;
/// So many mails are to go in a second at least.
const MAILS_A_SECOND: f64 = 50.0;
/// 95 in 100 pages may take so many times as long as without mail, and so much more: mail and pages share two cores with the readers,
/// the mail server and the database.
const TIMES: u32 = 2;
const MORE: Duration = Duration::from_millis(5);

fn pages_are_as_fast_while_mail_drains_and_while_nobody_takes_it(place: &Place) {
    let _alone = alone();
    let smtp = SmtpServer::start().unwrap_or_else(|fault| panic!("{fault}"));
    let serving = served(place, &smtp.url());
    let without = read_for(place, &serving, SPAN);

    let now = Clock::system().now();
    waits(place, FEW, "few@example.org", &now.to_string());
    let few = read_until(place, &serving, &|| smtp.count() >= FEW);
    // In whole seconds cut down: each mail is said to be up to a second later than it is.
    let queued = now.timestamp().as_second() * 1000;
    let late: Vec<f64> = smtp.times().iter().map(|at| (at - queued) as f64 / 1000.0).collect();

    waits(place, MANY, "many@example.org", &Clock::system().now().to_string());
    let many = read_until(place, &serving, &|| smtp.count() >= FEW + MANY);
    let times = smtp.times();
    let drained = &times[FEW..];
    let took = (drained[drained.len() - 1] - drained[0]) as f64 / 1000.0;
    let rate = drained.len() as f64 / took;
    drop(serving);

    // It takes connections and never says a word.
    let hole = TcpListener::bind("127.0.0.1:0").expect("a port");
    waits(place, MANY, "nobody@example.org", &Clock::system().now().to_string());
    let serving = served(place, &format!("smtp://{}", hole.local_addr().expect("an address")));
    let silent = read_for(place, &serving, SPAN);
    assert_ne!(
        place.value("select count(*) from outbox where state = 'sending'"),
        "0",
        "nobody tried the silent server"
    );
    drop(serving);
    assert_eq!(smtp.count(), FEW + MANY);

    println!("| pages, {} | pages | p50 ms | p95 ms | p99 ms | p95 to that without mail |", place.database().as_str());
    println!("|---|---:|---:|---:|---:|---:|");
    let phases = [
        ("without mail", &without),
        ("while 900 mails go", &few),
        ("while 9,000 mails go", &many),
        ("while nobody takes mail", &silent),
    ];
    let base = part(&without, 95);
    for (what, took) in phases {
        let [half, most, nearly_all] = [50, 95, 99].map(|percent| part(took, percent).as_secs_f64() * 1000.0);
        let ratio = most / (base.as_secs_f64() * 1000.0);
        println!("| {what} | {} | {half:.1} | {most:.1} | {nearly_all:.1} | {ratio:.2} |", took.len());
    }
    let within = nearest(&late, 95);
    println!("{FEW} mails: 95 in 100 handed over within {within:.1} s. {MANY} mails: {rate:.0} a second.");
    assert!(within <= MINUTE, "95 in 100 of {FEW} mails within {within:.1} s");
    assert!(rate >= MAILS_A_SECOND, "{rate:.0} mails a second");
    for (what, took) in phases {
        let most = part(took, 95);
        assert!(most <= base * TIMES + MORE, "{what}: p95 is {most:?}, without mail {base:?}");
    }
}

/// A server with its jobs and this mail server, warm.
fn served(place: &Place, mail: &str) -> Process {
    place.set("SMTP_URL", mail);
    let serving = place.spawn(&["serve"]);
    read_for(place, &serving, WARM_UP);
    serving
}

fn read_for(place: &Place, serving: &Process, time: Duration) -> Vec<Duration> {
    let begun = Instant::now();
    read(place, serving.address(), &|| begun.elapsed() >= time)
}

fn read_until(place: &Place, serving: &Process, is_so: &(dyn Fn() -> bool + Sync)) -> Vec<Duration> {
    let begun = Instant::now();
    read(place, serving.address(), &|| {
        assert!(begun.elapsed() < PATIENCE, "the mail does not drain");
        is_so()
    })
}

/// All of them read until that is so. Answers how long each page took, counted from when it should have been asked for: a server that
/// keeps readers waiting does not hide it by being asked less.
fn read(place: &Place, address: &str, is_so: &(dyn Fn() -> bool + Sync)) -> Vec<Duration> {
    let one = |number: usize| {
        let reader = Visitor::unseen(place.servers(), address, BASE_URL);
        let begun = Instant::now();
        let mut took = Vec::new();
        for turn in 0_u32.. {
            let due = begun + EVERY * turn;
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            if is_so() {
                break;
            }
            reader.get(PAGES[(number + turn as usize) % PAGES.len()]).is(200);
            took.push(due.elapsed());
        }
        took
    };
    std::thread::scope(|scope| {
        let reading: Vec<_> = (0..READERS).map(|number| scope.spawn(move || one(number))).collect();
        reading.into_iter().flat_map(|one| one.join().expect("a reader")).collect()
    })
}

/// So many in a hundred took no longer than this.
pub fn part(took: &[Duration], percent: usize) -> Duration {
    let mut sorted = took.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len().saturating_sub(1) * percent / 100).copied().expect("something was measured")
}

fn nearest(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len().saturating_sub(1) * percent / 100).copied().expect("mails")
}
