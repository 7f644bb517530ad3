//! Every SQL statement, for both databases; the only room that says diesel. May import domain only.
//!
//! `Reader::read` gives a read-only snapshot, `Writer::write` one transaction; pages hold a `Reader`, only `service` holds
//! the `Writer`. Start with `conn` (one connection type), then a noun's file, such as `recommendation`.

pub mod about;
pub mod accuracy;
pub mod addressee;
pub mod agreement;
pub mod alias;
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
pub mod edit;
pub mod entry;
mod error;
pub mod event;
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
pub use conn::{Address, Conn};
pub use error::{Constraint, Error};
pub use past::Past;

use conn::Opener;

/// How long a request waits for a connection before it is told that the register is busy.
const PATIENCE: Duration = Duration::from_secs(10);

/// Connections of one kind, and as many permits, so that a request waits without holding a thread.
#[derive(Clone)]
struct Line {
    pool: Pool<Opener>,
    permits: Arc<Semaphore>,
}

impl Line {
    fn open(address: &Address, read_only: bool, size: u32) -> Result<Self, Error> {
        let opener = Opener { address: address.clone(), read_only };
        // The first connection is tried by hand, because the pool would hide the reason why it fails.
        drop(opener.open().map_err(|fault| Error::Failed(fault.to_string()))?);
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .test_on_check_out(true)
            .connection_timeout(PATIENCE)
            .build(opener)
            .map_err(|fault| Error::Failed(fault.to_string()))?;
        Ok(Self { pool, permits: Arc::new(Semaphore::new(size as usize)) })
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
    let writer = Writer(Line::open(address, false, writers)?);
    Ok((Reader(Line::open(address, true, 8)?), writer))
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
}

impl Writer {
    /// Writes in one transaction, on a blocking thread: everything or nothing.
    ///
    /// # Errors
    /// What `work` returns (then nothing was written), or that the database is busy or has failed.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.0.run(move |line| write_on(line, work)).await
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
        write_on(&self.0, work)
    }
}

/// A read-only snapshot.
pub struct ReadTx<'c> {
    pub(crate) conn: &'c mut Conn,
    /// What is looked back to; nothing: the register is read as it stands.
    past: Option<Past>,
}

/// A transaction that writes. Reads with everything that [`ReadTx`] has.
pub struct WriteTx<'c>(ReadTx<'c>);

impl<'c> Deref for WriteTx<'c> {
    type Target = ReadTx<'c>;

    fn deref(&self) -> &ReadTx<'c> {
        &self.0
    }
}

impl DerefMut for WriteTx<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
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

/// One connection of one's own, which reads and writes: for a copy that is being restored, and that nobody else may see yet.
pub struct Alone(Conn);

impl Alone {
    /// Opens it. The schema must be up to date.
    ///
    /// # Errors
    /// [`Error::Failed`] with the library's reason when the database cannot be reached.
    pub fn open(address: &Address) -> Result<Self, Error> {
        let opener = Opener { address: address.clone(), read_only: false };
        opener.open().map(Self).map_err(|fault| Error::Failed(fault.to_string()))
    }

    /// Reads from one snapshot.
    ///
    /// # Errors
    /// As [`Reader::read`].
    pub fn read_now<T, E: From<Error>>(&mut self, work: impl FnOnce(&mut ReadTx<'_>) -> Result<T, E>) -> Result<T, E> {
        read_with(&mut self.0, work)
    }

    /// Writes in one transaction.
    ///
    /// # Errors
    /// As [`Writer::write`].
    pub fn write_now<T, E: From<Error>>(
        &mut self,
        work: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        write_with(&mut self.0, work)
    }

    /// As [`Writer::scrub`].
    ///
    /// # Errors
    /// As [`Writer::scrub`].
    pub fn scrub(&mut self, tables: &[&str]) -> Result<(), Error> {
        conn::scrub(&mut self.0, tables)
    }
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
fn write_on<T, E: From<Error>>(line: &Line, work: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E>) -> Result<T, E> {
    write_with(&mut *line.take()?, work)
}

fn write_with<T, E: From<Error>>(conn: &mut Conn, work: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E>) -> Result<T, E> {
    conn::begin_write(conn).map_err(Error::from)?;
    match work(&mut WriteTx(ReadTx { conn, past: None })) {
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
