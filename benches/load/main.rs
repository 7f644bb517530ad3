//! A register of any size under load: `cargo bench --bench load -- [--size N] [--database postgres://…] [--scenario a,b] [--seconds S]`.
//!
//! Makes a made-up register (or takes the one that it made before), serves it with the release build, lets readers, programs, writers
//! and jobs come, and prints one table; with `--growth`, what pages, searches and writing cost from a thousand recommendations on.
//! `BENCHMARKS.md` says what each column means.

mod bare;
mod chance;
mod deeds;
mod digest;
mod file;
mod growth;
mod make;
mod meter;
mod open;
mod place;
mod plan;
mod reading;
#[path = "../support/mod.rs"]
mod support;
mod table;
mod tool;
mod visitor;
mod words;
mod writing;

use std::io;
use std::net::TcpStream;
use std::time::Instant;

use clap::{Parser, ValueEnum};
use followthrough::clock::Clock;
use jiff::tz::TimeZone;

use bare::Bare;
use meter::{Cluster, Used};
use open::{Pace, paced};
use place::Place;
use plan::Plan;
use support::line::ask;
use support::served::Served;
use table::{Ran, Row};
use tool::{Asked, Tool};
use writing::{Until, write};

/// Whatever went wrong.
type Fault = Box<dyn std::error::Error>;

/// How fast readers ask who browse.
const BROWSING: u32 = 200;
/// How fast they ask while overseers write.
const BESIDE_WRITERS: u32 = 100;
/// How fast they search.
const SEARCHING: u32 = 50;
/// How many overseers write at once.
const WRITERS: usize = 4;

#[derive(Parser)]
#[command(name = "load", about = "A register of any size under load")]
struct Arguments {
    /// How many recommendations
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(100..=2_000_000))]
    size: u64,
    /// `sqlite`, or the address of a PostgreSQL database whose user may make another one beside it
    #[arg(long, default_value = "sqlite")]
    database: String,
    /// What to measure: all of it, unless something is named
    #[arg(long, value_enum, value_delimiter = ',')]
    scenario: Vec<Scenario>,
    /// For how many seconds each
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3_600))]
    seconds: u64,
    /// Instead: pages, search and writing at 1,000, 10,000, 100,000 and 1,000,000 recommendations, up to --size
    #[arg(long)]
    growth: bool,
    /// What cargo says to each benchmark
    #[arg(long = "bench", hide = true)]
    _bench: bool,
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Scenario {
    /// Everybody on one page: as it is kept, known already, and made anew
    Crowd,
    /// Lists, details, bodies and changes at random, at a fixed pace
    Browsing,
    /// Words, phrases and filters at random, at a fixed pace
    Search,
    /// Overseers write while others read
    Writing,
    /// Programs take everything through the API
    Api,
    /// A digest to 50,000
    Digest,
}

fn main() -> Result<(), Fault> {
    let arguments = Arguments::parse();
    let server = (arguments.database != "sqlite").then_some(arguments.database.as_str());
    if server.is_some_and(|address| !address.starts_with("postgres")) {
        return Err("--database is sqlite, or an address that begins with postgres".into());
    }
    let size = usize::try_from(arguments.size)?;
    if arguments.growth {
        return growth::print(size, server, arguments.seconds);
    }
    let (place, plan) = (Place::of(size, server)?, Plan { size });
    make::made(&place, plan, server)?;
    let begun = Instant::now();
    let served = place.serve()?;
    let tool = Tool::found();
    println!(
        "{} recommendations on {}, listening after {:.0} ms. The crowd is asked by {}.\n",
        plan.size,
        if server.is_some() { "PostgreSQL" } else { "SQLite" },
        begun.elapsed().as_secs_f64() * 1000.0,
        tool.name()
    );
    let scenarios: &[Scenario] =
        if arguments.scenario.is_empty() { Scenario::value_variants() } else { &arguments.scenario };
    let (bare, cluster) = (Bare::of(&served, tool)?, place.cluster()?);
    if server.is_some() && cluster.is_none() {
        println!("PostgreSQL does not run on this machine: what it takes is not told.\n");
    }
    let mut bench = Bench { bare, cluster, place, plan, served, tool, seconds: arguments.seconds };
    table::head();
    for scenario in scenarios {
        for row in bench.measures(*scenario)? {
            table::line(&row);
        }
    }
    Ok(())
}

/// Something else each second: a run that follows another one does not find its pages in memory.
fn turn() -> u64 {
    Clock::system().now().timestamp().as_second().unsigned_abs()
}

/// The zone in which the register's days are counted.
fn zone() -> TimeZone {
    TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)
}

struct Bench {
    place: Place,
    plan: Plan,
    served: Served,
    tool: Tool,
    bare: Bare,
    /// The database server, where it is one and on this machine.
    cluster: Option<Cluster>,
    seconds: u64,
}

impl Bench {
    fn measures(&mut self, scenario: Scenario) -> Result<Vec<Row>, Fault> {
        let (plan, turn, seconds) = (self.plan, turn(), self.seconds);
        let pace = |rate| Pace { rate, seconds };
        Ok(match scenario {
            Scenario::Crowd => self.crowd()?,
            Scenario::Browsing => {
                let (seq, pace) = (self.newest()?, pace(BROWSING));
                let asked = |number: u64| reading::page(plan, turn, number, seq);
                let ran = self.used(|bench| paced(&bench.served.address, pace, "br", &asked))?;
                vec![self.bare.row(&self.served, &format!("browsing at {BROWSING} a second"), ran, false)?]
            }
            Scenario::Search => {
                let pace = pace(SEARCHING);
                let asked = |number: u64| reading::search(plan, turn, number);
                let ran = self.used(|bench| paced(&bench.served.address, pace, "br", &asked))?;
                vec![self.bare.row(&self.served, &format!("search at {SEARCHING} a second"), ran, false)?]
            }
            Scenario::Writing => self.writing(turn)?,
            Scenario::Api => {
                let ran = self.used(|bench| reading::walk(&bench.served.address, bench.seconds))?;
                vec![self.bare.row(&self.served, "API, page by page", ran, true)?]
            }
            Scenario::Digest => {
                let row = digest::digest(&self.place, plan, &self.served, turn, self.cluster)?;
                vec![self.bare.beside(&self.served, row, true)?]
            }
        })
    }

    /// What came of something, and what the server took for it.
    fn used<T>(&self, work: impl FnOnce(&Self) -> io::Result<T>) -> io::Result<(T, Used)> {
        let before = Used::by(self.served.child.id())?;
        let at_first = self.cluster.map(Cluster::taken).transpose()?;
        let done = work(self)?;
        let database = self.cluster.zip(at_first).map(|(cluster, before)| cluster.since(before)).transpose()?;
        Ok((done, Used { database, ..Used::since(self.served.child.id(), before)? }))
    }

    fn newest(&self) -> Result<i64, Fault> {
        self.place.number("select seq from counter")
    }

    fn crowd(&mut self) -> Result<Vec<Row>, Fault> {
        let inquiry = self.plan.inquiry(0);
        let page = format!("/inquiries/{}/recommendations/{}", inquiry.slug, inquiry.count / 2 + 1);
        let anew = format!("{page}?as-at=&as-at=");
        let asked = |path: &str, tag: &str| Asked { path: path.to_owned(), coding: "br", tag: tag.to_owned() };
        let once = |asked: &Asked| ask(&mut TcpStream::connect(&self.served.address)?, &asked.question());
        let tag = once(&asked(&page, ""))?.tag;
        let crowds = [
            ("crowd on one page, kept", asked(&page, "")),
            ("the same, known already (304)", asked(&page, &tag)),
            ("the same, made anew each time", asked(&anew, "")),
        ];
        let mut rows = Vec::new();
        for (name, asked) in crowds {
            let length = once(&asked)?.length;
            let (tool, seconds) = (self.tool, self.seconds);
            let ran = self.used(|bench| tool.asks(&bench.served.address, &asked, length, seconds))?;
            rows.push((name, ran));
        }
        Ok(rows
            .into_iter()
            .map(|(name, ran)| self.bare.row(&self.served, name, ran, true))
            .collect::<io::Result<_>>()?)
    }

    /// The server's time is shared out among all requests: nobody can tell whose was what.
    fn writing(&mut self, turn: u64) -> Result<Vec<Row>, Fault> {
        let (plan, seq, seconds) = (self.plan, self.newest()?, self.seconds);
        let pace = Pace { rate: BESIDE_WRITERS, seconds };
        let asked = |number: u64| reading::page(plan, turn, number, seq);
        let ((read, wrote), used) = self.used(|bench| {
            let address = bench.served.address.as_str();
            std::thread::scope(|scope| {
                let writing = scope.spawn(move || write(address, plan, turn, WRITERS, Until::Seconds(seconds)));
                let read = paced(address, pace, "br", &asked)?;
                let wrote = writing.join().map_err(|_| io::Error::other("the writers failed"))??;
                Ok::<_, io::Error>((read, wrote))
            })
        })?;
        let all = read.times.count + wrote.forms.times.count + wrote.published.times.count;
        let row = |name: String, ran: Ran| Row { name, ran, used, shared_by: all, bare: None };
        let rows = [
            row(format!("reading at {BESIDE_WRITERS} a second while {WRITERS} write"), read),
            row(format!("{WRITERS} write: the form"), wrote.forms),
            row(format!("{WRITERS} write: a response published"), wrote.published),
        ];
        // Each asks for the next thing when the last is there, but for a form and for its answer in turn, and beside readers.
        Ok(rows.into_iter().map(|row| self.bare.beside(&self.served, row, false)).collect::<io::Result<_>>()?)
    }
}
