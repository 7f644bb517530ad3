//! Every SQL statement, for both databases; the only room that says diesel. May import domain only.
//!
//! `Reader::read` gives a read-only snapshot, `Writer::write` one transaction; pages hold a `Reader`, only `service` holds
//! the `Writer`. Start with `conn` (one connection type), then a noun's file, such as `recommendation`.

pub mod about;
pub mod accuracy;
pub mod addressee;
pub mod agreement;
pub mod alias;
mod alone;
pub mod arrival;
pub mod asking;
pub mod body;
pub mod change;
pub mod chase;
pub mod complaint;
#[expect(missing_docs, reason = "the derive that joins the two connections writes helpers without docs")]
pub mod conn;
pub mod contact;
pub mod copy;
pub mod coverage;
pub mod dates;
pub mod deadline;
pub mod desk;
pub mod detail;
pub mod digest;
pub mod disclosure;
pub mod due;
mod error;
pub mod evidence;
pub mod exhibit;
pub mod fairness;
pub mod file;
pub mod filing;
pub mod format_link;
pub mod held;
pub mod held_back;
pub mod hold;
pub mod holiday;
pub mod inquiry;
pub mod job;
pub mod ledger;
pub mod mailing;
pub mod migrate;
pub mod news;
pub mod operator_page;
pub mod outbox;
pub mod overdue;
pub mod page;
pub mod passing;
pub mod past;
pub mod person;
pub mod present;
pub mod reach;
pub mod receipt;
pub mod recipient;
pub mod recommendation;
pub mod redaction;
pub mod remark;
mod schema;
pub mod search;
pub mod session;
pub mod setting;
pub mod stamp;
pub mod subscriber;
pub mod subscription;
pub mod suppression;
pub mod tally;
pub mod target_ask;
pub mod theme;
pub mod throttle;
pub mod timeline;
pub mod token;
mod types;
mod unseen;
pub mod update;
pub mod withheld;
pub mod wording;

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::r2d2::{Pool, PooledConnection};
use diesel::result::Error as Fault;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

pub use about::About;
pub use alone::Alone;
pub use conn::{Address, Conn};
pub use error::{Constraint, Error};
pub use past::Past;

use conn::Opener;
use stamp::{Known, Latest, Watch};
use unseen::Guard;

/// How long a request waits for a connection before it is told that the register is busy.
const PATIENCE: Duration = Duration::from_secs(10);

/// Connections of one kind, and as many permits, so that a request waits without holding a thread.
#[derive(Clone)]
struct Line {
    opener: Opener,
    pool: Pool<Opener>,
    permits: Arc<Semaphore>,
    latest: Arc<Latest>,
}

impl Line {
    fn open(address: &Address, read_only: bool, size: u32, latest: Arc<Latest>) -> Result<Self, Error> {
        let opener = Opener { address: address.clone(), read_only };
        // The first connection is tried by hand, because the pool would hide the reason why it fails.
        drop(opener.open().map_err(|fault| Error::Failed(fault.to_string()))?);
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .test_on_check_out(true)
            .connection_timeout(PATIENCE)
            .build(opener.clone())
            .map_err(|fault| Error::Failed(fault.to_string()))?;
        Ok(Self { opener, pool, permits: Arc::new(Semaphore::new(size as usize)), latest })
    }

    fn take(&self) -> Result<PooledConnection<Opener>, Error> {
        self.pool.get().map_err(|fault| Error::Failed(fault.to_string()))
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit, Error> {
        let waiting = Arc::clone(&self.permits).acquire_owned();
        tokio::time::timeout(PATIENCE, waiting).await.map_err(|_| Error::Busy)?.map_err(|_| Error::Busy)
    }

    /// Runs `work` on a blocking thread once a permit is free.
    async fn run<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&Self) -> Result<T, E> + Send + 'static,
    {
        let permit = self.permit().await?;
        let line = self.clone();
        let done = tokio::task::spawn_blocking(move || {
            let answer = work(&line);
            drop(permit);
            answer
        });
        match done.await {
            Ok(answer) => answer,
            Err(fault) if fault.is_panic() => std::panic::resume_unwind(fault.into_panic()),
            Err(_) => Err(E::from(Error::Busy)),
        }
    }
}

/// Reads, each from one snapshot. All that `web` and `jobs` are given.
#[derive(Clone)]
pub struct Reader(Line);

/// Writes, each in one transaction. Only `service` is given it.
#[derive(Clone)]
pub struct Writer(Line);

/// Opens a database for reading and writing. Call [`migrate::bring_up_to_date`] before the first use.
///
/// # Errors
/// [`Error::Failed`] with the library's reason when it cannot be reached.
pub fn open(address: &Address) -> Result<(Reader, Writer), Error> {
    let writers = match address {
        Address::Sqlite(_) => 1,
        Address::Postgres(_) => 8,
    };
    let latest = Arc::new(Latest::unknown());
    let writer = Writer(Line::open(address, false, writers, Arc::clone(&latest))?);
    Ok((Reader(Line::open(address, true, 8, latest)?), writer))
}

impl Reader {
    /// Reads from one snapshot, on a blocking thread.
    ///
    /// # Errors
    /// What `work` returns, or that the database is busy or has failed.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&mut ReadTx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.0.run(move |line| read_on(line, work)).await
    }

    /// The same on this thread: for commands and jobs.
    ///
    /// # Errors
    /// As [`Reader::read`].
    pub fn read_now<T, E: From<Error>>(&self, work: impl FnOnce(&mut ReadTx<'_>) -> Result<T, E>) -> Result<T, E> {
        read_on(&self.0, work)
    }

    /// What this process knows of the register's [stamp](mod@stamp), without asking the database.
    #[must_use]
    pub fn known(&self) -> Known {
        self.0.latest.known()
    }

    /// What asks the database for it.
    #[must_use]
    pub fn watch(&self) -> Watch {
        Watch::new(self.0.opener.clone(), Arc::clone(&self.0.latest))
    }
}

impl Writer {
    /// Writes in one transaction, on a blocking thread: everything or nothing. Public pages are made anew afterwards.
    ///
    /// # Errors
    /// What `work` returns (then nothing was written), or that the database is busy or has failed.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.0.run(move |line| write_on(line, true, work)).await
    }

    /// The same for what no public page shows, such as sessions and mail: pages stay as they are. See `unseen` for the tables.
    ///
    /// # Errors
    /// As [`Writer::write`].
    pub async fn write_unseen<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.0.run(move |line| write_on(line, false, work)).await
    }

    /// Overwrites what removed words have left behind in the database's own files, as far as the database can: SQLite's
    /// write-ahead log is written out and emptied (what was freed in the file is overwritten as it is freed), PostgreSQL's
    /// tables are written anew. Its write-ahead log and its backups are the operator's.
    ///
    /// # Errors
    /// When the database is busy or fails; the words themselves are gone all the same.
    pub async fn scrub(&self, tables: &'static [&'static str]) -> Result<(), Error> {
        self.0.run(move |line| conn::scrub(&mut *line.take()?, tables)).await
    }

    /// The same on this thread: for commands and jobs.
    ///
    /// # Errors
    /// As [`Writer::write`].
    pub fn write_now<T, E: From<Error>>(&self, work: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E>) -> Result<T, E> {
        write_on(&self.0, true, work)
    }

    /// As [`Writer::write_unseen`], on this thread.
    ///
    /// # Errors
    /// As [`Writer::write`].
    pub fn write_unseen_now<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        write_on(&self.0, false, work)
    }
}

/// A read-only snapshot.
pub struct ReadTx<'c> {
    pub(crate) conn: &'c mut Conn,
    /// What is looked back to; nothing: the register is read as it stands.
    past: Option<Past>,
}

/// A transaction that writes. Reads with everything that [`ReadTx`] has.
pub struct WriteTx<'c> {
    tx: ReadTx<'c>,
    /// Whether public pages have to be made anew for what is written.
    is_seen: bool,
}

impl WriteTx<'_> {
    /// Says that public pages show what is written, where that was not certain from the start.
    const fn is_seen(&mut self) {
        self.is_seen = true;
    }
}

impl<'c> Deref for WriteTx<'c> {
    type Target = ReadTx<'c>;

    fn deref(&self) -> &ReadTx<'c> {
        &self.tx
    }
}

impl DerefMut for WriteTx<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.tx
    }
}

/// Carries the caller's own error through diesel's transaction, which wants one that holds diesel's.
enum Carried<E> {
    Own(E),
    Fault(Fault),
}

impl<E> From<Fault> for Carried<E> {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

fn unwrap<T, E: From<Error>>(answer: Result<T, Carried<E>>) -> Result<T, E> {
    answer.map_err(|carried| match carried {
        Carried::Own(own) => own,
        Carried::Fault(fault) => E::from(Error::from(fault)),
    })
}

fn read_on<T, E: From<Error>>(line: &Line, work: impl FnOnce(&mut ReadTx<'_>) -> Result<T, E>) -> Result<T, E> {
    read_with(&mut *line.take()?, work)
}

fn read_with<T, E: From<Error>>(conn: &mut Conn, work: impl FnOnce(&mut ReadTx<'_>) -> Result<T, E>) -> Result<T, E> {
    unwrap(diesel::Connection::transaction(conn, |conn| {
        if let Conn::Postgres(inner) = conn {
            inner.batch_execute("set transaction isolation level repeatable read, read only")?;
        }
        work(&mut ReadTx { conn, past: None }).map_err(Carried::Own)
    }))
}

/// A panic in `work` leaves the transaction open; the pool then sees a panicking thread and throws the connection away.
fn write_on<T, E: From<Error>>(
    line: &Line,
    is_seen: bool,
    work: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let (done, raised) = write_with(&mut *line.take()?, is_seen, work)?;
    if let Some(number) = raised {
        line.latest.raised_to(number);
    }
    Ok(done)
}

/// Answers what `work` did, and the stamp where it was raised.
fn write_with<T, E: From<Error>>(
    conn: &mut Conn,
    is_seen: bool,
    work: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E>,
) -> Result<(T, Option<i64>), E> {
    conn::begin_write(conn).map_err(Error::from)?;
    let guard = (cfg!(debug_assertions) && !is_seen).then(|| Guard::on(conn));
    let mut tx = WriteTx { tx: ReadTx { conn, past: None }, is_seen };
    let done = work(&mut tx);
    let is_seen = tx.is_seen;
    let missed = guard.and_then(|guard| guard.end(conn)).filter(|_| !is_seen && done.is_ok());
    assert!(missed.is_none(), "{missed:?} was written unseen, and public pages read it");
    let raised = match &done {
        Ok(_) if is_seen => stamp::raise(conn).map(Some).map_err(E::from),
        _ => Ok(None),
    };
    match done.and_then(|done| Ok((done, raised?))) {
        Ok(done) => {
            conn::commit(conn).map_err(Error::from)?;
            Ok(done)
        }
        Err(own) => {
            conn::roll_back(conn).map_err(Error::from)?;
            Err(own)
        }
    }
}
