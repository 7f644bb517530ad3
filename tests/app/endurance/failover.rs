//! A primary that is killed while people write, and its replica made the primary in its place: what was acknowledged is there, what was
//! not was refused on a page that says whether it is certain that it was not saved, and nobody begins the program anew.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::alone;
use crate::deeds_record::confirmed;
use crate::servers::pair::Pair;
use crate::stories;
use crate::support::page::Page;
use crate::support::process::until;
use crate::support::visitor::Visitor;

stories![a_primary_that_is_killed_takes_no_acknowledged_write_with_it];

const WRITERS: [&str; 4] = ["overseer", "overseer two", "overseer three", "overseer four"];
/// How many writes are acknowledged before the primary is killed, and how many more by the one that takes its place.
const BEFORE: usize = 400;
const AFTER: usize = 100;
/// For how long there is no primary at all.
const WITHOUT: Duration = Duration::from_secs(5);
/// What has not happened by then does not.
const PATIENCE: Duration = Duration::from_secs(240);
/// What somebody reads meanwhile.
const FORM: &str = "/staff/register/theme";
const READ: &str = "/inquiries/ashgrove";

/// What the writers and the reader saw.
#[derive(Default)]
struct Seen {
    acknowledged: AtomicUsize,
    refused: AtomicUsize,
    read: AtomicUsize,
    read_as_old: AtomicUsize,
    broken: AtomicUsize,
    slowest: AtomicUsize,
    is_over: AtomicBool,
}

fn a_primary_that_is_killed_takes_no_acknowledged_write_with_it(pair: &Pair) {
    let _alone = alone();
    pair.waits_for_the_replica();
    pair.place.set("DATABASE_URL", &pair.both()).set("DATABASE_READ_URL", &pair.replica.url());
    let app = &pair.place.app();
    let people: Vec<Visitor> = WRITERS.iter().map(|who| app.person(who)).collect();
    let public = &app.public();
    public.open(READ);
    let seen = &Seen::default();
    let (names, down) = std::thread::scope(|scope| {
        let writers: Vec<_> =
            people.iter().enumerate().map(|(number, who)| scope.spawn(move || write(number, who, seen))).collect();
        let reader = scope.spawn(move || read(public, seen));
        // Whatever fails here, the others stop, and the story ends.
        let down = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| fails_over(pair, seen)));
        seen.is_over.store(true, Ordering::SeqCst);
        let names = writers.into_iter().flat_map(|one| one.join().expect("a writer")).collect::<BTreeSet<String>>();
        reader.join().expect("the reader");
        (names, down.unwrap_or_else(|fault| std::panic::resume_unwind(fault)))
    });

    let kept: BTreeSet<String> = pair.place.rows("select name as value from theme").into_iter().collect();
    let lost: Vec<&String> = names.difference(&kept).collect();
    assert!(lost.is_empty(), "acknowledged, and lost: {lost:?}");
    assert_eq!(names.len(), seen.acknowledged.load(Ordering::SeqCst));
    pair.place.run(&["verify"]).succeeds();
    let count = |what: &AtomicUsize| what.load(Ordering::SeqCst);
    println!(
        "| a primary killed | acknowledged | lost | refused | no writes for | pages read | as old | broke off | slowest |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
    println!(
        "| postgres | {} | 0 | {} | {:.1} s | {} | {} | {} | {} ms |",
        names.len(),
        count(&seen.refused),
        down.as_secs_f64(),
        count(&seen.read),
        count(&seen.read_as_old),
        count(&seen.broken),
        count(&seen.slowest)
    );
    assert!(count(&seen.refused) > 0, "nobody noticed");
    assert!(count(&seen.broken) <= 2, "only what is being read at that moment breaks off");
}

/// Kills the primary amid the writes, and makes the replica the primary some seconds later. Answers for how long nobody could write.
fn fails_over(pair: &Pair, seen: &Seen) -> Duration {
    let acknowledged = || seen.acknowledged.load(Ordering::SeqCst);
    until(PATIENCE, "enough is written", || acknowledged() >= BEFORE);
    pair.primary.kill();
    let begun = Instant::now();
    std::thread::sleep(WITHOUT);
    let before = acknowledged();
    pair.replica.promote();
    until(PATIENCE, "somebody writes again", || acknowledged() > before);
    let down = begun.elapsed();
    until(PATIENCE, "enough is written again", || acknowledged() >= before + AFTER);
    down
}

/// Adds one theme after another, and answers the names of those whose form was acknowledged.
fn write(number: usize, who: &Visitor, seen: &Seen) -> Vec<String> {
    let mut names = Vec::new();
    for turn in 0.. {
        if seen.is_over.load(Ordering::SeqCst) {
            break;
        }
        let form = who.get(FORM);
        if form.status() != 200 {
            refused(&form, seen);
            continue;
        }
        // Never the same again: what was refused may have been written all the same, for nobody heard how it ended.
        let name = format!("Writer {number} turn {turn}");
        let answer = confirmed(form.form("Publish the theme").fill("What is it called?", &name)).submit();
        if answer.status() == 303 {
            names.push(name);
            seen.acknowledged.fetch_add(1, Ordering::SeqCst);
        } else {
            refused(&answer, seen);
        }
    }
    names
}

/// What cannot be done says so on a page of its own, with the number of the request.
fn refused(page: &Page, seen: &Seen) {
    assert!(matches!(page.status(), 500 | 503), "{} answered {}", page.name(), page.status());
    let said = ["nothing has been half-saved", "Nothing has been saved", "cannot be reached"];
    assert!(said.iter().any(|words| page.text().contains(words)), "{}", page.text());
    page.sees("give them this number");
    seen.refused.fetch_add(1, Ordering::SeqCst);
    std::thread::sleep(Duration::from_millis(100));
}

/// Reads one page again and again: it is there every time, unless it was being read at the very moment.
fn read(public: &Visitor, seen: &Seen) {
    while !seen.is_over.load(Ordering::SeqCst) {
        let begun = Instant::now();
        let page = public.get(READ);
        if page.status() == 200 {
            page.sees("Ashgrove Ferry Inquiry");
            seen.read.fetch_add(1, Ordering::SeqCst);
        } else {
            page.sees("give them this number");
            seen.broken.fetch_add(1, Ordering::SeqCst);
        }
        seen.read_as_old.fetch_add(usize::from(page.header("warning").is_some()), Ordering::SeqCst);
        let took = usize::try_from(begun.elapsed().as_millis()).unwrap_or(usize::MAX);
        seen.slowest.fetch_max(took, Ordering::SeqCst);
        std::thread::sleep(Duration::from_millis(100));
    }
}
