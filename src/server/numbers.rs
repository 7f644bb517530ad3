//! The counts, on a port of their own and never on that of the pages: what this process has counted, and what the database says
//! of mail and jobs when somebody asks. A database that is gone makes its numbers absent and never fails the answer; one that takes
//! long about them is no database that is gone.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use actix_web::dev::ServerHandle;
use actix_web::http::header;
use actix_web::{App, HttpResponse, HttpServer, web};
use jiff::tz::TimeZone;
use tokio::sync::Mutex;

use super::database::{prepare, unusable};
use super::{StartError, serving::serve};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::moment::Moment;
use crate::domain::outbox::MailState;
use crate::store::{self, ReadTx, Reader, Reads, Waits, holiday, job, ledger, outbox};
use crate::telemetry::numbers::{
    BUILD, CACHE_BYTES, CACHE_ENTRIES, DATABASE_UP, JOB_SUCCESS, MEMORY, Number, Numbers, OUTBOX, OUTBOX_OLDEST,
    POOL_SECONDS, PUBLIC_READS, STARTED,
};
use crate::web::cache::Pages;

/// What Prometheus's text format is called.
const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";
/// For how long what the database said is told again: several who ask at once cost one question.
const TOLD_FOR: Duration = Duration::from_secs(5);
/// How long the database may take; whoever asks for the counts has little patience.
const PATIENCE: Duration = Duration::from_secs(3);
/// How often what was noted one by one is added up.
const SETTLE_EVERY: Duration = Duration::from_secs(5);

/// The counts of this process, and the place from which they will be given: taken first of all, so that a port that is in use is
/// known before anything is opened.
pub struct Watching {
    numbers: Numbers,
    listener: Option<TcpListener>,
}

impl Watching {
    /// Listens where the settings say so; nobody is answered yet. Without the setting nothing is counted.
    ///
    /// # Errors
    /// When somebody else listens there.
    pub fn bind(config: &Config) -> Result<Self, StartError> {
        let Some(at) = config.metrics_listen else { return Ok(Self { numbers: Numbers::default(), listener: None }) };
        let listener = TcpListener::bind(at).map_err(|fault| StartError::Listen(at, fault))?;
        Ok(Self { numbers: Numbers::on(), listener: Some(listener) })
    }

    /// Where this process counts.
    #[must_use]
    pub const fn numbers(&self) -> &Numbers {
        &self.numbers
    }

    /// Answers from now on, if anybody is to be answered. `pages` are those that this process keeps.
    ///
    /// # Errors
    /// When the thread does not start.
    pub fn answer(self, config: &Config, clock: &Clock, pages: Option<Pages>) -> Result<Option<Answering>, StartError> {
        let Some(listener) = self.listener else { return Ok(None) };
        let address = listener.local_addr().map_err(StartError::Thread)?;
        let place = prepare(config)?;
        let aside = || store::open_aside(&place).map_err(|fault| unusable(config, &fault));
        let (reader, looker) = (aside()?, aside()?);
        let asked = Asked {
            counted: self.numbers,
            pages,
            reader,
            looker,
            zone: config.time_zone.clone(),
            started: clock.now(),
            clock: clock.clone(),
            told: Mutex::new(None),
        };
        let (handle, thread) = serve("numbers", move || {
            let asked = web::Data::new(asked);
            actix_web::rt::spawn(keep_settling(asked.counted.clone()));
            let app = move || App::new().app_data(asked.clone()).route("/metrics", web::get().to(show));
            Ok(HttpServer::new(app).workers(1).disable_signals().listen(listener)?.run())
        })?;
        Ok(Some(Answering { address, handle, thread: Some(thread) }))
    }
}

/// Where work that waits for its turn at the database is noted.
pub(super) fn waits(numbers: &Numbers) -> Waits {
    let of = |pool| numbers.histogram(POOL_SECONDS, &[("pool", pool)]);
    Waits { readers: of("readers"), writer: of("writer") }
}

/// Where it is noted who answered those without a session.
pub(super) fn reads(numbers: &Numbers) -> Reads {
    let of = |from, why| numbers.counter(PUBLIC_READS, &[("from", from), ("why", why)]);
    Reads {
        replica: of("replica", "current"),
        behind: of("primary", "behind"),
        away: of("primary", "away"),
        crowded: of("primary", "crowded"),
        unsure: of("primary", "unsure"),
    }
}

async fn keep_settling(numbers: Numbers) {
    loop {
        tokio::time::sleep(SETTLE_EVERY).await;
        numbers.settle();
    }
}

/// The counts being given, until this is dropped.
pub struct Answering {
    address: SocketAddr,
    handle: ServerHandle,
    thread: Option<JoinHandle<io::Result<()>>>,
}

impl Answering {
    /// Where.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        // The order is given at once; what it returns would only wait, which joining the thread does.
        drop(self.handle.stop(false));
        match self.thread.take().map(JoinHandle::join) {
            None | Some(Ok(Ok(()))) => {}
            Some(Ok(Err(fault))) => tracing::error!(source = %fault, "the counts' server ended badly"),
            Some(Err(_)) => tracing::error!("the counts' thread panicked"),
        }
    }
}

/// What the answer is made from.
struct Asked {
    counted: Numbers,
    pages: Option<Pages>,
    reader: Reader,
    /// Sees whether the database answers at all, whatever the other one waits for.
    looker: Reader,
    zone: TimeZone,
    clock: Clock,
    started: Moment,
    /// What the database said last, and when.
    told: Mutex<Option<(Instant, Answered)>>,
}

/// Whether the database answers, and what it says of mail and jobs where it does so in time.
#[derive(Clone)]
struct Answered {
    is_up: bool,
    told: Option<Told>,
}

/// What the database says.
#[derive(Clone)]
struct Told {
    mails: Vec<(MailState, i64)>,
    waiting_since: Option<Moment>,
    jobs: Vec<(String, Moment)>,
}

async fn show(asked: web::Data<Asked>) -> HttpResponse {
    let text = asked.counted.text() + &asked.now().await.text();
    HttpResponse::Ok().content_type(TEXT).insert_header((header::CACHE_CONTROL, "no-store")).body(text)
}

impl Asked {
    /// What is looked up when somebody asks. Noted anew each time, so that what cannot be said this time is absent.
    async fn now(&self) -> Numbers {
        let numbers = Numbers::on();
        let set =
            |number: Number, labels: &[(&'static str, &str)], value: f64| numbers.gauge(number, labels).set(value);
        set(BUILD, &[("version", env!("CARGO_PKG_VERSION"))], 1.0);
        set(STARTED, &[], seconds(self.started));
        if let Some(bytes) = memory() {
            set(MEMORY, &[], bytes);
        }
        if let Some(held) = self.pages.as_ref().map(Pages::held) {
            set(CACHE_ENTRIES, &[], held.answers as f64);
            set(CACHE_BYTES, &[], held.bytes as f64);
        }
        let Answered { is_up, told } = self.told().await;
        set(DATABASE_UP, &[], f64::from(u8::from(is_up)));
        let Some(told) = told else { return numbers };
        for state in MailState::ALL.iter().copied() {
            let mails = told.mails.iter().find(|(of, _)| *of == state).map_or(0, |(_, mails)| *mails);
            set(OUTBOX, &[("state", state.as_str())], mails as f64);
        }
        let waits = told.waiting_since.map_or(0, |since| self.clock.now().seconds_since(since));
        set(OUTBOX_OLDEST, &[], waits.max(0) as f64);
        for (job, at) in &told.jobs {
            set(JOB_SUCCESS, &[("task", job.as_str())], seconds(*at));
        }
        numbers
    }

    /// What the database says, or said a moment ago.
    async fn told(&self) -> Answered {
        let mut told = self.told.lock().await;
        if let Some((at, said)) = &*told
            && at.elapsed() < TOLD_FOR
        {
            return said.clone();
        }
        let (now, zone) = (self.clock.now(), self.zone.clone());
        let asking = tokio::time::timeout(PATIENCE, self.reader.read(move |tx| ask(tx, now, zone)));
        let looking = tokio::time::timeout(PATIENCE, self.looker.read(ledger::newest));
        let (asked, looked) = tokio::join!(asking, looking);
        let is_up = matches!(looked, Ok(Ok(_)));
        let said = match asked {
            Ok(Ok(said)) => Some(said),
            Ok(Err(fault)) => {
                tracing::warn!(source = %fault, "the counts of the database cannot be read");
                None
            }
            Err(_) => {
                tracing::warn!("the counts of the database were not read in time");
                None
            }
        };
        let answered = Answered { is_up, told: said };
        *told = Some((Instant::now(), answered.clone()));
        answered
    }
}

fn ask(tx: &mut ReadTx<'_>, now: Moment, zone: TimeZone) -> Result<Told, store::Error> {
    let calendar = holiday::calendar(tx, zone)?;
    let (mails, waiting_since) = (outbox::counts_lately(tx, now)?, outbox::waiting_since(tx, now, &calendar)?);
    Ok(Told { mails, waiting_since, jobs: job::last_finished(tx)? })
}

fn seconds(at: Moment) -> f64 {
    at.timestamp().as_second() as f64
}

/// How many bytes of memory this process takes, where the machine says so.
fn memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024.0)
}
