//! Fifty overseers who all write at once: nobody is told of a lock, and whoever was second on the same item is told so, sees what
//! stands and sends again.

use std::time::{Duration, Instant};

use followthrough::clock::Clock;

use super::alone;
use super::load::part;
use super::office::{answer, newest, published_since, staffed};
use crate::deeds_record::{confirmed, response};
use crate::public::long_file;
use crate::stories;
use crate::support::Place;
use crate::support::form::Form;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

stories![
    fifty_overseers_write_at_once_and_nobody_is_told_of_a_lock,
    fifty_overseers_wait_for_a_load_and_nobody_is_told_of_a_lock,
];

const WRITERS: usize = 50;
const TURNS: usize = 20;
/// So many have one item in common, beside their own.
const SHARING: usize = 5;
/// How many recommendations somebody loads in the middle of it.
const LOADED: usize = 1_000;
const DAY: i64 = 24 * 60 * 60;

fn fifty_overseers_write_at_once_and_nobody_is_told_of_a_lock(place: &Place) {
    let _alone = alone();
    prints("writers at once", place, &all_at_once(place, WRITERS, TURNS, None));
}

fn fifty_overseers_wait_for_a_load_and_nobody_is_told_of_a_lock(place: &Place) {
    let _alone = alone();
    prints("the same, and a load", place, &all_at_once(place, WRITERS, TURNS, Some(LOADED)));
}

fn prints(what: &str, place: &Place, written: &Written) {
    let [half, most, nearly_all] = [50, 95, 99].map(|percent| part(&written.took, percent).as_secs_f64() * 1000.0);
    println!(
        "| {what} | writers | writes | writes a second | p50 ms | p95 ms | p99 ms | lock errors shown | lawful conflicts |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
    // Any answer but a 303 and a 409 has ended the story.
    println!(
        "| {} | {WRITERS} | {} | {:.0} | {half:.0} | {most:.0} | {nearly_all:.0} | 0 | {} |",
        place.database().as_str(),
        written.took.len(),
        written.took.len() as f64 / written.time.as_secs_f64(),
        written.conflicts
    );
}

/// What came of it.
pub struct Written {
    /// How long each write took that was taken, from sending the form to the answer.
    pub took: Vec<Duration>,
    /// How often somebody else had been first on the same item.
    pub conflicts: usize,
    /// How long all of it took, the forms' opening included.
    pub time: Duration,
}

/// So many overseers write at once, each in so many turns, and somebody loads an inquiry of so many recommendations in the middle of it;
/// demands that each write stands in the ledger once.
pub fn all_at_once(place: &Place, writers: usize, turns: usize, loaded: Option<usize>) -> Written {
    let people = staffed(place, writers, writers + writers.div_ceil(SHARING));
    let before = newest(place);
    let serving = place.spawn(&["serve", "--no-jobs"]);
    let people: Vec<Visitor> = people.iter().map(|one| one.at(serving.address())).collect();
    let begun = Instant::now();
    let writer = |number: usize| Writer {
        one: people[number].clone(),
        other: people[(number + 1) % writers].clone(),
        own: answer(number + 1),
        shared: answer(writers + number / SHARING + 1),
        number,
        took: Vec::new(),
        conflicts: 0,
    };
    let all: Vec<Writer> = (0..writers).map(writer).collect();
    let done: Vec<Writer> = std::thread::scope(|scope| {
        let writing: Vec<_> = all.into_iter().map(|one| scope.spawn(move || one.writes_all(turns))).collect();
        let loading = loaded.map(|recommendations| scope.spawn(move || loads(place, recommendations)));
        let done = writing.into_iter().map(|one| one.join().expect("a writer")).collect();
        if let Some(loading) = loading {
            loading.join().expect("a load");
        }
        done
    });
    let time = begun.elapsed();
    let log = serving.log();
    assert!(!["locked", "busy", "deadlock"].iter().any(|word| log.contains(word)), "the log says:\n{log}");
    assert_eq!(serving.terminate(), 0, "SIGTERM ends it cleanly");

    let mut wanted: Vec<String> =
        (0..writers).flat_map(|number| (0..turns).map(move |turn| mark(number, turn))).collect();
    let mut marks = place.rows(
        "select words as value from fact_update where words like 'Mark %'
         union all select reason as value from deadline where reason like 'Mark %'",
    );
    wanted.sort();
    marks.sort();
    let first = marks.iter().zip(&wanted).find(|(is, should)| is != should);
    assert!(marks == wanted, "{} of {} writes, first {first:?}", marks.len(), wanted.len());
    if loaded.is_some() {
        let load: usize = place.value("select max(seq) from wording").parse().expect("a number");
        assert!(load > before && load < newest(place), "nobody wrote after the load, which is change {load}");
    }
    // A load is one change.
    published_since(place, before, writers * turns + usize::from(loaded.is_some()));
    let conflicts = done.iter().map(|one| one.conflicts).sum();
    Written { took: done.into_iter().flat_map(|one| one.took).collect(), conflicts, time }
}

/// One deed that takes long, by another process: all of it is one transaction.
fn loads(place: &Place, recommendations: usize) {
    let register = long_file(recommendations).replace("slug = \"long\"", "slug = \"beside\"");
    let file = place.file("beside.toml", &register);
    place.run(&["register", "load", file.to_str().expect("a path in UTF-8")]).succeeds();
}

/// The words that one write is known by.
fn mark(number: usize, turn: usize) -> String {
    format!("Mark {number}-{turn}.")
}

struct Writer {
    one: Visitor,
    /// Whoever publishes what this one finds.
    other: Visitor,
    /// An item that nobody else writes on.
    own: String,
    /// One that others write on too.
    shared: String,
    number: usize,
    took: Vec<Duration>,
    conflicts: usize,
}

impl Writer {
    fn writes_all(mut self, turns: usize) -> Self {
        for turn in 0..turns {
            self.writes(turn);
        }
        self
    }

    fn writes(&mut self, turn: usize) {
        let mark = mark(self.number, turn);
        match turn % 5 {
            0 => self.records_response(self.own.clone(), &mark),
            1 => self.moves_target(turn, &mark),
            2 => self.records_response(self.shared.clone(), &mark),
            3 => self.finds(&mark),
            _ => self.sets_schedule(turn, &mark),
        }
    }

    fn records_response(&mut self, item: String, mark: &str) {
        const BUTTON: &str = "Publish the response";
        let form = self.one.open(&format!("{item}/response")).form(BUTTON);
        let form = response(form, "Accepted", mark).date("When did it answer?", "2026-01-06");
        self.sends(form, BUTTON);
    }

    fn moves_target(&mut self, turn: usize, mark: &str) {
        const BUTTON: &str = "Publish the target date";
        let form = self.one.open(&format!("{}/target", self.own)).form(BUTTON);
        let form = form.date("The target date", &in_days(turn)).choose("Compared with the source");
        let form = form.fill("Why is it set or moved", mark).fill("Who agreed to it?", "nobody");
        self.sends(confirmed(form), BUTTON);
    }

    fn sets_schedule(&mut self, turn: usize, mark: &str) {
        const BUTTON: &str = "Publish the schedule";
        let form = self.one.open(&format!("{}/schedule", self.own)).form(BUTTON);
        let form = form.date("The next date", &in_days(turn)).fill("Why?", mark);
        self.sends(confirmed(form), BUTTON);
    }

    /// Hands a finding in, which the other one publishes: two writes.
    fn finds(&mut self, mark: &str) {
        const BUTTON: &str = "Hand in the assessment";
        let form = self.one.open(&format!("{}/assessment", self.own)).form(BUTTON);
        let form = form.choose_in("What do you find?", "On course").fill("What does the finding rest on?", mark);
        let filing = self.sends(form, BUTTON).redirects_to();
        let form = self.other.open(&filing).form("Publish this");
        self.sends(confirmed(form), "Publish this");
    }

    /// Sends a form as a person would: where somebody was first, what was written is confirmed beside what stands, and sent again.
    fn sends(&mut self, mut form: Form, button: &str) -> Page {
        loop {
            let begun = Instant::now();
            let answer = form.submit();
            let took = begun.elapsed();
            match answer.status() {
                303 => {
                    self.took.push(took);
                    return answer;
                }
                409 => {
                    answer.sees("What stands now").sees("Nothing of yours has been recorded yet");
                    self.conflicts += 1;
                    form = confirmed(answer.form(button));
                }
                status => panic!("{} answered {status}:\n{}", answer.name(), answer.text()),
            }
        }
    }
}

/// A day to come, another one each turn.
fn in_days(turn: usize) -> String {
    let days = 30 + i64::try_from(turn).expect("a small number");
    Clock::system().now().plus_seconds(days * DAY).to_string()[..10].to_owned()
}
