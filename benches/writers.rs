//! What SQLite takes from 1, 10 and 50 who write at once, with a commit for each write and with commits that those who wait share:
//! `cargo bench --bench writers [-- FOLDER]`.
//!
//! Makes a fictional register in a throwaway folder (within the one that is named: what counts is the disk under it) and publishes
//! looks by the deed that the page does, in turns of some seconds. Prints one table. Bounded in time: about a minute.

use std::error::Error;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use followthrough::clock::{Chance, Clock};
use followthrough::config::Config;
use followthrough::domain::coverage::{Found, Sought};
use followthrough::domain::email::Email;
use followthrough::domain::moment::{Day, Moment};
use followthrough::domain::person::{Actor, Reach, Role};
use followthrough::domain::problem::Problems;
use followthrough::domain::publication::FourQuestions;
use followthrough::domain::secret::Secret;
use followthrough::domain::text::Slug;
use followthrough::domain::token::Token;
use followthrough::server;
use followthrough::service::{self, Act, Invite, Invited, Load, RecordCoverage, Service};
use followthrough::store::{self, Address, person};

const WRITERS: [usize; 3] = [1, 10, 50];
/// Both ways are measured in turns, so that whatever else the machine does meets both.
const TURNS: usize = 3;
const TURN: Duration = Duration::from_secs(3);
/// When the register is written on.
const NOW: &str = "2026-11-23T09:00:00Z";
const EMAIL: &str = "overseer@example.org";

type Fault = Box<dyn Error + Send + Sync>;

/// Somebody who writes.
#[derive(Clone)]
struct Desk {
    actor: Actor,
    now: Moment,
    day: Day,
    inquiry: Slug,
}

fn main() -> Result<(), Fault> {
    let within = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let folder = match within {
        Some(within) => tempfile::tempdir_in(within)?,
        None => tempfile::tempdir()?,
    };
    let file = folder.path().join("register.db");
    let (desk, shared) = register(folder.path(), &file)?;
    let (_, writer) = store::open(&Address::Sqlite(file))?;
    let single = Service::open(writer.one_by_one(), &Secret::new([0; 32]), desk.now)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;

    println!("In {}", folder.path().display());
    println!("| writers | a commit each: writes/s | p99 ms | shared commits: writes/s | p99 ms | ratio |");
    println!("|---:|---:|---:|---:|---:|---:|");
    for writers in WRITERS {
        let mut took = [Vec::new(), Vec::new()];
        for _ in 0..TURNS {
            for (service, took) in [&single, &shared].into_iter().zip(&mut took) {
                took.extend(runtime.block_on(turn(service, &desk, writers))?);
            }
        }
        let seconds = TURN.as_secs_f64() * TURNS as f64;
        let [(each, late), (together, latest)] =
            took.map(|mut took| (took.len() as f64 / seconds, last_but_one_percent(&mut took)));
        println!("| {writers} | {each:.0} | {late:.1} | {together:.0} | {latest:.1} | {:.2} |", together / each);
    }
    Ok(())
}

/// A register of the fictional inquiry and somebody who writes on it.
fn register(folder: &Path, file: &Path) -> Result<(Desk, Service), Fault> {
    let setting = |name: &str| match name {
        "DATABASE_URL" => Some(format!("sqlite:{}", file.display())),
        "FOLLOWTHROUGH_DATA_DIR" => Some(folder.display().to_string()),
        _ => None,
    };
    let config = Config::read(setting)?;
    let now: Moment = NOW.parse()?;
    let day = now.day_in(&config.time_zone);
    let opened = server::open(&config, &Clock::set_at(now), &Chance::system())?;
    let first = server::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/app/ashgrove.toml"))?;
    let load = Load { now, day, dry_run: false, only_if_empty: true, unless_left_empty: false };
    opened.service.load_now(load, &first)?;
    let invited = Invited { person: "person".to_owned(), mail: "mail".to_owned(), token: Token::new([7; 32]) };
    let invite = Invite {
        email: EMAIL.to_owned(),
        name: "Overseer".to_owned(),
        role: Role::Overseer.as_str().to_owned(),
        body: String::new(),
        chance: invited,
    };
    opened.service.invite_by_hand(&invite, now)?;
    let email: Email = EMAIL.parse()?;
    let found = opened.reader.read_now(|tx| person::find_by_email(tx, &email))?;
    let person = found.ok_or("nobody was invited")?.id;
    let actor = Actor { person, role: Role::Overseer, body: None, reach: Reach::default() };
    Ok((Desk { actor, now, day, inquiry: "ashgrove".parse()? }, opened.service))
}

/// How long each write took.
async fn turn(service: &Service, desk: &Desk, writers: usize) -> Result<Vec<Duration>, Fault> {
    let begun = Instant::now();
    let writing = |_| {
        let (service, desk) = (service.clone(), desk.clone());
        tokio::spawn(async move {
            let mut took = Vec::new();
            while begun.elapsed() < TURN {
                let sent = Instant::now();
                let (act, look) = desk.look();
                service.record_coverage(act, look).await?;
                took.push(sent.elapsed());
            }
            Ok::<_, service::Error>(took)
        })
    };
    let all: Vec<_> = (0..writers).map(writing).collect();
    let mut took = Vec::new();
    for one in all {
        took.extend(one.await??);
    }
    Ok(took)
}

fn last_but_one_percent(took: &mut [Duration]) -> f64 {
    took.sort_unstable();
    let at = took.len().saturating_sub(1) * 99 / 100;
    took.get(at).map_or(0.0, |took| took.as_secs_f64() * 1000.0)
}

impl Desk {
    /// A form as it is sent: what was looked for, and where.
    fn look(&self) -> (Act, RecordCoverage) {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let act = Act {
            actor: self.actor,
            now: self.now,
            day: self.day,
            key: Some(format!("key-{number}")),
            fresh: format!("fresh-{number}"),
            questions: FourQuestions { names_nobody: true, no_live_case: true, not_marked: true, files_seen: true },
            faults: Problems::none(),
        };
        let look = RecordCoverage {
            inquiry: self.inquiry.clone(),
            body: None,
            what: Sought::Both,
            place: Some(format!("Minute book {number}")),
            source_url: None,
            looked_on: Some(self.day),
            by_post: Some("scrutiny officer".to_owned()),
            found: Found::Nothing,
            corrects: None,
            correction: None,
        };
        (act, look)
    }
}
