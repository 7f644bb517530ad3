//! Overseers who record what bodies answered, through the same forms as people do.

use std::io;
use std::thread;
use std::time::{Duration, Instant};

use followthrough::clock::Clock;
use followthrough::demo::PASSWORD;

use crate::chance::Chance;
use crate::deeds::{OVERSEERS, overseer};
use crate::plan::{Plan, bodies, item};
use crate::table::{Ran, Times};
use crate::visitor::{Page, Visitor};
use crate::words::sentences;
use crate::zone;

/// The first of the overseers who write here: those before them made the register's histories.
const FIRST: usize = 3;
/// How many can write at once.
pub const MOST: usize = OVERSEERS - FIRST + 1;

/// What came of writing for a while.
#[derive(Debug, Clone, Copy)]
pub struct Wrote {
    /// The forms that were opened.
    pub forms: Ran,
    /// The responses that were published with them.
    pub published: Ran,
}

/// For how long somebody writes.
#[derive(Debug, Clone, Copy)]
pub enum Until {
    /// So many seconds.
    Seconds(u64),
    /// So many responses each.
    Responses(usize),
}

#[derive(Default)]
struct Took {
    forms: Vec<Duration>,
    published: Vec<Duration>,
    errors: usize,
    /// Of all forms.
    bytes: usize,
}

/// So many overseers write at once, each about recommendations that no other one of them writes about. `turn` makes each run choose
/// others.
pub fn write(address: &str, plan: Plan, turn: u64, writers: usize, until: Until) -> io::Result<Wrote> {
    let mut signed_in = Vec::new();
    for writer in 0..writers.min(MOST) {
        let mut visitor = Visitor::new(address);
        visitor.sign_in(&overseer(FIRST + writer), PASSWORD)?;
        signed_in.push(visitor);
    }
    let begun = Instant::now();
    let writers = signed_in.len();
    let parts = thread::scope(|scope| {
        let writing: Vec<_> = signed_in
            .into_iter()
            .enumerate()
            .map(|(writer, visitor)| scope.spawn(move || one(visitor, plan, turn, (writer, writers), until)))
            .collect();
        writing.into_iter().map(|one| one.join()).collect::<Result<Vec<_>, _>>()
    });
    let seconds = begun.elapsed().as_secs_f64();
    let mut all = Took::default();
    for part in parts.map_err(|_| io::Error::other("an overseer failed"))? {
        let part = part?;
        all.forms.extend(part.forms);
        all.published.extend(part.published);
        all.errors += part.errors;
        all.bytes += part.bytes;
    }
    let ran = |took: Vec<Duration>, errors: usize| Ran { times: Times::of(took), seconds, errors, bytes: 0 };
    let forms = Ran { bytes: all.bytes, ..ran(all.forms, 0) };
    Ok(Wrote { forms, published: ran(all.published, all.errors) })
}

fn one(
    mut visitor: Visitor,
    plan: Plan,
    turn: u64,
    (writer, writers): (usize, usize),
    until: Until,
) -> io::Result<Took> {
    let mut chance = Chance::of(&[9, turn, writer as u64]);
    let (begun, mut took) = (Instant::now(), Took::default());
    loop {
        let goes_on = match until {
            Until::Seconds(seconds) => begun.elapsed().as_secs() < seconds,
            Until::Responses(count) => took.published.len() < count,
        };
        if !goes_on {
            return Ok(took);
        }
        let (inquiry, number) = plan.any(&mut chance);
        if number % writers != writer {
            continue;
        }
        let body = *chance.pick(&item(inquiry.index, number, 0).bodies);
        let body = &bodies(inquiry.file)[body].slug;
        let path = format!("/staff/inquiries/{}/recommendations/{number}/{body}/response", inquiry.slug);
        let asked = Instant::now();
        let page = visitor.get(&path)?;
        took.forms.push(asked.elapsed());
        took.bytes += page.body.len();
        let length = chance.between(12, 60);
        let sent = send(&mut visitor, &path, &page, &sentences(&mut chance, length));
        match sent {
            Ok((time, answer)) => {
                took.published.push(time);
                if answer.status != 303 {
                    eprintln!("{path} answered {}: {}", answer.status, answer.complaint());
                    took.errors += 1;
                }
            }
            Err(fault) => {
                eprintln!("{path}: {fault}");
                took.errors += 1;
                // A page without the form would be asked for again and again.
                if took.errors > 100 {
                    return Err(fault);
                }
            }
        }
    }
}

fn send(visitor: &mut Visitor, path: &str, page: &Page, words: &str) -> io::Result<(Duration, Page)> {
    let mut form = page.form("value")?;
    let today = Clock::system().now().day_in(&zone()).date();
    form.set("value", "accepted")
        .set("happened_day", &today.day().to_string())
        .set("happened_month", &today.month().to_string())
        .set("happened_year", &today.year().to_string())
        .set("happened_precision", "on")
        .set("basis", "own")
        .set("words", words)
        .set("source_url", "https://ashgrove.example/answers/later")
        .set("checked", "source");
    for (question, _) in followthrough::domain::publication::FourQuestions::ASKED {
        form.set(question, "yes");
    }
    let asked = Instant::now();
    let answer = visitor.post(path, &form)?;
    Ok((asked.elapsed(), answer))
}
