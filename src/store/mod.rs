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
pub mod body_desk;
pub mod bulk;
pub mod by_body;
pub mod by_link;
pub mod change;
pub mod charge;
pub mod chase;
pub mod complaint;
#[expect(missing_docs, reason = "the derive that joins the two connections writes helpers without docs")]
pub mod conn;
pub mod contact;
pub mod copy;
pub mod coverage;
pub mod dates;
pub mod deadline;
pub mod denominators;
pub mod desk;
pub mod detail;
pub mod digest;
pub mod disclosure;
pub mod documents;
pub mod due;
pub mod duty;
pub mod edit;
pub mod entry;
mod error;
pub mod event;
pub mod evidence;
pub mod exhibit;
pub mod fairness;
pub mod family;
pub mod file;
pub mod filing;
pub mod first_target;
mod fitness;
pub mod format_link;
pub mod gap;
pub mod group;
mod group_commit;
pub mod heard;
pub mod held;
pub mod held_back;
pub mod hold;
pub mod holiday;
pub mod inquiry;
pub mod intake;
pub mod job;
pub mod ledger;
mod line;
pub mod mailing;
pub mod mark;
pub mod meeting;
pub mod migrate;
pub mod month_end;
mod neighbour;
pub mod news;
pub mod nothing_new;
pub mod oldest;
pub mod operator_page;
pub mod outbox;
pub mod outside;
pub mod overdue;
pub mod pack;
pub mod page;
pub mod part;
pub mod passing;
pub mod past;
mod patience;
pub mod person;
pub mod person_digest;
pub mod present;
pub mod progress;
mod public_reads;
pub mod reach;
mod reader;
pub mod receipt;
pub mod recipient;
pub mod recommendation;
pub mod redaction;
pub mod remark;
mod replica;
pub mod report;
mod schema;
pub mod search;
pub mod session;
pub mod setting;
pub mod stamp;
mod still;
pub mod subscriber;
pub mod subscription;
pub mod succession;
pub mod suppression;
pub mod suspicion;
pub mod tally;
pub mod target_ask;
pub mod target_moved;
pub mod theme;
pub mod theme_total;
pub mod throttle;
pub mod tie;
pub mod timeline;
pub mod to_top;
pub mod token;
mod transaction;
mod types;
mod unseen;
pub mod update;
pub mod waiting;
pub mod withheld;
pub mod withholding;
pub mod wording;

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

pub use about::About;
pub use alone::Alone;
pub use conn::{Address, Conn};
pub use error::{Constraint, Error};
pub use line::Waits;
pub use past::Past;
pub use public_reads::Reads;

use conn::Opener;
use group_commit::Group;
use line::Line;
use replica::Replica;
use stamp::Latest;
use still::Still;
use transaction::{read_on, write_on};

/// How many values one statement names when it asks for rows by a list of them; longer lists are asked for in pieces. SQLite
/// holds 32,766 values in one statement, PostgreSQL 65,535: so a statement may name each several times.
const AT_ONCE: usize = 500;

/// Reads, each from one snapshot. All that `web` and `jobs` are given.
#[derive(Clone)]
pub struct Reader(Source);

/// Where snapshots come from: a new one for each read, from a replica where that is as new, or one and the same for all.
#[derive(Clone)]
enum Source {
    Line(Line),
    Replica(Box<Replica>),
    Still(Still),
}

/// Writes, each in one transaction. Only `service` is given it.
#[derive(Clone)]
pub struct Writer {
    line: Line,
    /// Where those who write at once share a commit.
    group: Option<Group>,
}

/// Opens a database for reading and writing. Call [`migrate::bring_up_to_date`] before the first use.
///
/// # Errors
/// [`Error::Failed`] with the library's reason when it cannot be reached.
pub fn open(address: &Address) -> Result<(Reader, Writer), Error> {
    open_counted(address, Waits::default())
}

/// The same, and notes how long work waits for its turn.
///
/// # Errors
/// As [`open`].
pub fn open_counted(address: &Address, waits: Waits) -> Result<(Reader, Writer), Error> {
    let (writers, group) = match address {
        Address::Sqlite(_) => (1, Some(Group::default())),
        Address::Postgres(_) => (8, None),
    };
    // The first connection is tried by hand, because a pool would hide the reason why it fails.
    let first = Opener { address: address.clone(), read_only: false }.open();
    drop(first.map_err(|fault| Error::Failed(fault.to_string()))?);
    let latest = Arc::new(Latest::unknown());
    let line = Line::open(address, false, writers, Arc::clone(&latest), waits.writer)?;
    let writer = Writer { line, group };
    Ok((Reader(Source::Line(Line::open(address, true, 8, latest, waits.readers)?)), writer))
}

/// Opens a database for one who looks on: over a connection that nobody else waits for, and that waits no longer than some seconds for
/// the database itself.
///
/// # Errors
/// When the settings of the connection are not accepted. Whether the database can be reached is seen at the first read.
pub fn open_aside(address: &Address) -> Result<Reader, Error> {
    Ok(Reader(Source::Line(Line::aside(address)?)))
}

impl Writer {
    /// The same writer with a commit for each write, whoever waits beside it: to measure what sharing one saves.
    #[must_use]
    pub fn one_by_one(self) -> Self {
        Self { group: None, ..self }
    }

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
        self.run(true, work).await
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
        self.run(false, work).await
    }

    async fn run<T, E, F>(&self, is_seen: bool, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
    {
        match &self.group {
            Some(group) => group.write(&self.line, is_seen, work).await,
            None => self.line.run(move |line| write_on(line, is_seen, work)).await,
        }
    }

    /// Reads from one snapshot, on this thread, takes no lock and waits for no other process that writes (on SQLite it needs this
    /// process's one writing connection): to see whether there is anything to write.
    ///
    /// # Errors
    /// As [`Writer::write`].
    pub fn read_now<T, E: From<Error>>(&self, work: impl FnOnce(&mut ReadTx<'_>) -> Result<T, E>) -> Result<T, E> {
        read_on(&self.line, work)
    }

    /// As [`Writer::write`], on this thread: for commands and at a start.
    ///
    /// # Errors
    /// As [`Writer::write`].
    pub fn write_now<T, E: From<Error>>(&self, work: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E>) -> Result<T, E> {
        write_on(&self.line, true, work)
    }

    /// As [`Writer::write_unseen`], on this thread.
    ///
    /// # Errors
    /// As [`Writer::write`].
    pub fn write_unseen_now<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        write_on(&self.line, false, work)
    }

    /// Overwrites what removed words have left behind in the database's own files, as far as the database can: SQLite's
    /// write-ahead log is written out and emptied (what was freed in the file is overwritten as it is freed), PostgreSQL's
    /// tables are written anew. Its write-ahead log and its backups are the operator's. Answers whether it could be done:
    /// not while somebody reads from a snapshot of before, who is waited for no longer than a few seconds.
    ///
    /// # Errors
    /// When the database is busy or fails; the words themselves are gone all the same.
    pub async fn scrub(&self, tables: &'static [&'static str]) -> Result<bool, Error> {
        self.line.run(move |line| conn::scrub(&mut *line.take()?, tables)).await
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
