//! Composition: opens the register, then serves it. Knows every room, decides nothing.
//!
//! [`start`] is all that the program and the tests need; what it returns is a register being served, until it is stopped.

mod copy;
mod database;
mod demo;
mod fill;
mod jobs;
mod numbers;
mod serving;
mod watch;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::{HttpServer, web};

use crate::clock::{Chance, Clock};
use crate::config::{Config, DatabaseUrl};
use crate::domain::address;
use crate::domain::moment::{CLOCKS_APART_SECONDS, Moment};
use crate::domain::problem::Problems;
use crate::domain::secret::Secret;
use crate::domain::token::Token;
use crate::jobs::Jobs;
use crate::mail::send::BadUrl;
use crate::service::{self, Service};
use crate::store::{self, Address, Reader, ledger, migrate};
use crate::telemetry::numbers::Numbers;
use crate::web::cache::Pages;
use crate::web::ending::Ending;
use crate::web::state::{Site, State};

pub use copy::{CopyError, copy_site};
pub use database::prepare;
pub use demo::{demo_config, make_demo};
pub use jobs::{jobs, sender};
pub use numbers::{Answering, Watching};

use database::{place, replica, unusable};
pub use fill::{fill, read};
use jobs::JobsThread;
use watch::WatchThread;

/// How long requests in flight may take after the end was asked for.
const PATIENCE_SECONDS: u64 = 30;
/// Blocking threads for each worker: all readers, those of a replica and all writers, and some for what is not the database. A
/// database that gives no answer may hold every one of the first three kinds for a while.
const BLOCKING_THREADS: usize = 32;

/// What an empty database is filled with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum FirstRegister {
    /// The register inside the program.
    #[default]
    Ours,
    /// A file.
    File(PathBuf),
    /// Nothing.
    Empty,
}

/// How to serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// What an empty database is filled with.
    pub register: FirstRegister,
    /// Whether the jobs run in this process too.
    pub jobs: bool,
    /// Whether it is the demo's register, and says so everywhere.
    pub demo: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { register: FirstRegister::Ours, jobs: true, demo: false }
    }
}

/// Why serving could not begin.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder cannot be made.
    #[error("the data folder {0} cannot be made: {1}")]
    Folder(PathBuf, io::Error),
    /// The schema cannot be brought up to date.
    #[error(transparent)]
    Migrate(migrate::MigrateError),
    /// The database cannot be used.
    #[error(
        "the database at {place} cannot be used: {fault} (DATABASE_URL, or FOLLOWTHROUGH_DATA_DIR, says where it is)"
    )]
    Database {
        /// Where it is, without a password.
        place: String,
        /// What the database says, on one line.
        fault: String,
    },
    /// There is no database to look at.
    #[error("there is no register at {0} (DATABASE_URL, or FOLLOWTHROUGH_DATA_DIR, says where it is)")]
    NoRegister(String),
    /// The folder named for the database is not there.
    #[error("the folder {0}, named in DATABASE_URL, does not exist: make it first, or name another")]
    NoFolder(PathBuf),
    /// What the register keeps of itself cannot be read or written.
    #[error(transparent)]
    Service(#[from] service::Error),
    /// Mail cannot be handed to anybody.
    #[error(transparent)]
    Mail(#[from] BadUrl),
    /// The register file cannot be read.
    #[error("the register file {0} cannot be read: {1}")]
    File(PathBuf, io::Error),
    /// The register file has faults; nothing of it was loaded.
    #[error("the register file {0} has faults; nothing was loaded:\n{1}")]
    Register(PathBuf, Problems),
    /// Nobody can be served at that address.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, io::Error),
    /// The demo's history could not be played.
    #[error(transparent)]
    Demo(#[from] crate::demo::Error),
    /// The server's thread did not start.
    #[error("the server did not start: {0}")]
    Thread(io::Error),
}

/// An opened register: what commands and the server work on.
pub struct Opened {
    /// Reads.
    pub reader: Reader,
    /// Reads for those who have no session, where the settings name a replica for them.
    pub replica: Option<Reader>,
    /// Does what may be done.
    pub service: Service,
    /// Where this process counts what it does.
    pub numbers: Numbers,
}

impl Opened {
    /// What a command reads that writes down what is public: the replica, where there is one as new as the register is now.
    #[must_use]
    pub fn for_everybody(&self) -> Reader {
        let Some(replica) = &self.replica else { return self.reader.clone() };
        // What it is measured by. Where that cannot be asked, the primary is read, and says why it does not answer.
        if let Some(mut watch) = replica.watch()
            && let Err(fault) = watch.ask()
        {
            tracing::error!(source = %fault, "the database does not answer");
        }
        replica.clone()
    }
}

/// Makes the data folder, brings the schema up to date and opens the database.
///
/// # Errors
/// A sentence for each way in which that can fail.
pub fn open(config: &Config, clock: &Clock, chance: &Chance) -> Result<Opened, StartError> {
    open_counted(config, clock, chance, Numbers::default())
}

/// The same, for a process that counts what it does.
///
/// # Errors
/// As [`open`].
pub fn open_counted(config: &Config, clock: &Clock, chance: &Chance, numbers: Numbers) -> Result<Opened, StartError> {
    let address = prepare(config)?;
    let is_new = bring_up_to_date(config, &address)?.from.is_none();
    let opened = store::open_counted(&address, numbers::waits(&numbers));
    let (reader, writer) = opened.map_err(|fault| unusable(config, &fault))?;
    let service = Service::open(writer, &Secret::new(chance.bytes()), clock.now())?;
    let service = service.listing_removals_in(config.removals_file());
    service.fill_holidays()?;
    // In a register that has only just been made, no earlier program left anything.
    if is_new {
        service.settle_answerers(clock.now())?;
    }
    // A folder that cannot be written is no reason not to serve.
    if let Err(fault) = service.list_removals() {
        tracing::error!(source = %fault, "the list of removals is not complete: keep it with `followthrough redactions FILE`");
    }
    let replica = replica(config, &reader, &numbers)?;
    Ok(Opened { reader, replica, service, numbers })
}

/// The same, where there must be a register already: for commands that only look at it.
///
/// # Errors
/// As [`open`], and when there is none.
pub fn open_existing(config: &Config, clock: &Clock, chance: &Chance) -> Result<Opened, StartError> {
    existing(config)?;
    open(config, clock, chance)
}

/// Where the register is that there must be already. Nothing is changed about it, not even its schema.
///
/// # Errors
/// When there is none, or it cannot be reached.
pub fn existing(config: &Config) -> Result<Address, StartError> {
    let missing = || StartError::NoRegister(place(config));
    if matches!(&config.database, DatabaseUrl::Sqlite(path) if !path.exists()) {
        return Err(missing());
    }
    let address = prepare(config)?;
    let made = migrate::is_made(&address).map_err(|fault| unusable(config, &fault))?;
    if made { Ok(address) } else { Err(missing()) }
}

/// Takes every step of the schema that is missing.
///
/// # Errors
/// A sentence that says where the database is and why it cannot be used.
pub fn bring_up_to_date(config: &Config, address: &Address) -> Result<migrate::Migrated, StartError> {
    migrate::bring_up_to_date(address).map_err(|fault| match fault {
        migrate::MigrateError::Newer { .. } | migrate::MigrateError::Unfinished => StartError::Migrate(fault),
        migrate::MigrateError::Store(_) | migrate::MigrateError::Step(_) => unusable(config, &fault),
    })
}

/// Brings who answers for bodies that ended to what this program works out, once for each register.
///
/// # Errors
/// When the database cannot be used.
pub fn settle(config: &Config, address: &Address, now: Moment) -> Result<(), StartError> {
    let (_, writer) = store::open(address).map_err(|fault| unusable(config, &fault))?;
    Ok(service::settle_answerers(&writer, now)?)
}

/// A register being served.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// While there is no administrator: the one-time link that makes the first.
    pub first_administrator: Option<String>,
    /// The jobs of this register: a story runs them when it wants them run.
    pub jobs: Arc<Jobs>,
    /// The pages kept in memory.
    pub pages: Pages,
    /// Where the counts are given, if they are.
    pub metrics: Option<SocketAddr>,
    answering: Option<Answering>,
    watch_thread: Option<WatchThread>,
    jobs_thread: Option<JobsThread>,
    ending: Ending,
    drain: Duration,
    handle: ServerHandle,
    thread: JoinHandle<io::Result<()>>,
}

/// Opens the register and serves it on a thread of its own.
///
/// # Errors
/// A sentence for each way in which that can fail; nothing goes on running then.
pub fn start(config: Config, options: &Options, clock: Clock, chance: Chance) -> Result<Running, StartError> {
    // First of all: where somebody else listens already, nothing is made or loaded.
    let listener = TcpListener::bind(config.listen).map_err(|fault| StartError::Listen(config.listen, fault))?;
    let watching = Watching::bind(&config)?;
    let opened = open_counted(&config, &clock, &chance, watching.numbers().clone())?;
    opened.service.settle_answerers(clock.now())?;
    let loaded = fill(&opened, &options.register, &config, clock.now())?;
    if let Some(loaded) = loaded {
        tracing::info!(seq = loaded.seq.map(|seq| seq.0), added = %loaded.summary(), "register loaded");
    }
    let newest = opened.reader.read_now(ledger::newest_at).map_err(|fault: store::Error| unusable(&config, &fault))?;
    if let Some(seconds) = newest.map(|at| at.seconds_since(clock.now())).filter(|ahead| *ahead > CLOCKS_APART_SECONDS)
    {
        tracing::warn!(seconds, "the last change is dated later than this machine's clock: one of the two is wrong");
    }
    let address = listener.local_addr().map_err(|fault| StartError::Listen(config.listen, fault))?;
    let jobs = Arc::new(jobs::jobs(&config, &opened, clock.clone(), chance.clone())?);
    let run_jobs = options.jobs;
    let first_administrator = first_administrator(&opened.service, &config, &clock, &chance)?;
    let watch_thread = opened.reader.watch().map(WatchThread::start).transpose().map_err(StartError::Thread)?;
    let (watched, watched_by, drain) = (config.clone(), clock.clone(), config.drain);
    let state = State::new(opened.reader, opened.service, clock, chance, site(config, options.demo));
    let state = state.counting(opened.numbers).with_replica(opened.replica);
    let (pages, ending) = (state.pages.clone(), state.ending.clone());
    let answering = watching.answer(&watched, &watched_by, Some(pages.clone()))?;
    let (handle, thread) = serve(listener, state)?;
    let started = run_jobs.then(|| JobsThread::start(Arc::clone(&jobs))).transpose();
    let jobs_thread = started.map_err(|fault| {
        drop(handle.stop(false));
        StartError::Thread(fault)
    })?;
    let metrics = answering.as_ref().map(Answering::address);
    Ok(Running {
        address,
        first_administrator,
        jobs,
        pages,
        metrics,
        answering,
        watch_thread,
        jobs_thread,
        ending,
        drain,
        handle,
        thread,
    })
}

/// The settings that pages depend on.
fn site(config: Config, demo: bool) -> Site {
    Site {
        demo,
        sender: sender(&config),
        name: config.site_name,
        base_url: config.base_url.as_str().to_owned(),
        secure: config.base_url.is_secure(),
        zone: config.time_zone,
        trusts: Box::new(move |address| config.trusted_proxies.trust(address)),
    }
}

/// A link that makes the first administrator, while there is none.
fn first_administrator(
    service: &Service,
    config: &Config,
    clock: &Clock,
    chance: &Chance,
) -> Result<Option<String>, StartError> {
    let token = Token::new(chance.bytes());
    let needed = service.first_administrator(&token, clock.now())?;
    let path = address::invitation(&token.to_string());
    Ok(needed.then(|| format!("{}{path}", config.base_url.as_str())))
}

fn serve(listener: TcpListener, state: State) -> Result<(ServerHandle, JoinHandle<io::Result<()>>), StartError> {
    let workers = thread::available_parallelism().map_or(2, usize::from);
    serving::serve("server", move || {
        let state = web::Data::new(state);
        let server = HttpServer::new(move || crate::web::app(state.clone()))
            .workers(workers)
            .worker_max_blocking_threads(BLOCKING_THREADS)
            .shutdown_timeout(PATIENCE_SECONDS)
            .disable_signals()
            .listen(listener)?;
        Ok(server.run())
    })
}

impl Running {
    /// Says that it is about to end, for as long as the settings ask for that; then takes no more requests, lets those in flight finish,
    /// and returns when the last has.
    pub fn stop(self) {
        self.end(true);
    }

    /// The same without waiting for anybody: for tests.
    pub fn stop_at_once(self) {
        self.end(false);
    }

    fn end(self, graceful: bool) {
        if let Some(jobs) = &self.jobs_thread {
            jobs.tell();
        }
        self.ending.begin();
        if graceful && !self.drain.is_zero() && !self.has_ended() {
            tracing::info!(seconds = self.drain.as_secs(), "about to end: nobody should be sent here any more");
            thread::sleep(self.drain);
        }
        // The order is given at once; what it returns would only wait, which joining the thread does.
        drop(self.handle.stop(graceful));
        match self.thread.join() {
            Ok(Ok(())) => {}
            Ok(Err(fault)) => tracing::error!(source = %fault, "the server ended badly"),
            Err(_) => tracing::error!("the server's thread panicked"),
        }
        if let Some(jobs) = self.jobs_thread {
            jobs.join();
        }
        if let Some(watch) = self.watch_thread {
            watch.stop();
        }
        drop(self.answering);
    }

    /// Whether the server has ended by itself.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.thread.is_finished()
    }
}
