//! Connections: one type for both databases, opened by the scheme of an address that we match ourselves.

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::pg::PgConnection;
use diesel::r2d2::ManageConnection;
use diesel::sqlite::SqliteConnection;
use diesel::{Connection, ConnectionError, QueryResult};

use super::patience::{WRITER_PATIENCE, patient};

/// One connection to either database. Every query is written once against it.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    /// A connection to a PostgreSQL server.
    Postgres(PgConnection),
    /// A connection to an SQLite file.
    Sqlite(SqliteConnection),
}

/// The backend of [`Conn`], as diesel names it.
pub type Multi = <Conn as Connection>::Backend;

/// Runs the same expression on the concrete connection, for what the common subset refuses: upserts, batch inserts.
macro_rules! each {
    ($conn:expr, $inner:ident => $body:expr) => {
        match $conn {
            $crate::store::conn::Conn::Postgres($inner) => $body,
            $crate::store::conn::Conn::Sqlite($inner) => $body,
        }
    };
}
pub(crate) use each;

/// How many rows one statement of many puts in. The widest table has fifty columns: 12,500 values, of the 32,766 that SQLite takes
/// in one statement and the 65,535 that PostgreSQL takes.
pub(super) const ROWS: usize = 250;

/// Puts in rows that name the same columns by one statement: give it at least one, and no more than [`ROWS`].
macro_rules! put {
    ($conn:expr, $table:ident, $rows:expr) => {{
        let rows: Vec<_> = $rows.collect();
        $crate::store::conn::each!($conn, inner => diesel::insert_into($table::table).values(rows).execute(inner))
    }};
}
pub(crate) use put;

/// Where a database is. Which variant it is decides everything that differs between the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// The path of an SQLite file; `:memory:` is not supported, for each connection would see its own.
    Sqlite(std::path::PathBuf),
    /// A `postgres://` address, with its password.
    Postgres(String),
}

/// Opens connections for a pool and asks whether they still live.
#[derive(Clone)]
pub(super) struct Opener {
    pub address: Address,
    /// Whether the connections only read. On SQLite they then refuse to write.
    pub read_only: bool,
}

/// `synchronous = full`: a commit is answered once the write-ahead log is on the disk, so that what was acknowledged outlives not only
/// a killed program but a power cut. With `normal` only a checkpoint waits for the disk: a power cut could take the last commits with
/// it, each of them whole. What that would save is one wait for the disk a commit, which those who write at once share: see
/// `group_commit`.
const SQLITE_PRAGMAS: &str = "pragma busy_timeout = 10000; pragma journal_mode = wal; pragma synchronous = full; \
    pragma foreign_keys = on; pragma secure_delete = on; pragma temp_store = memory; pragma mmap_size = 268435456;";

/// What is asked here reads few rows by conditions that look dear: to compile one first takes longer than all of them take to run.
const POSTGRES_SETTINGS: &str = "set jit = off";

impl Opener {
    /// Opens one connection.
    ///
    /// # Errors
    /// What the database's own library says.
    pub fn open(&self) -> Result<Conn, ConnectionError> {
        match &self.address {
            Address::Postgres(url) => {
                let mut conn = PgConnection::establish(&patient(url))?;
                conn.batch_execute(POSTGRES_SETTINGS).map_err(ConnectionError::CouldntSetupConfiguration)?;
                Ok(Conn::Postgres(conn))
            }
            Address::Sqlite(path) => {
                make_private(path).map_err(|fault| ConnectionError::BadConnection(fault.to_string()))?;
                let mut conn = SqliteConnection::establish(&path.to_string_lossy())?;
                conn.batch_execute(SQLITE_PRAGMAS).map_err(ConnectionError::CouldntSetupConfiguration)?;
                if self.read_only {
                    conn.batch_execute("pragma query_only = on;")
                        .map_err(ConnectionError::CouldntSetupConfiguration)?;
                }
                Ok(Conn::Sqlite(conn))
            }
        }
    }

    /// Opens one more connection to a register that is there already: where its file is gone, none is made in its place, for some
    /// would then read and write the one and some the other.
    ///
    /// # Errors
    /// As [`Opener::open`], and when there is no file.
    pub fn open_again(&self) -> Result<Conn, ConnectionError> {
        match &self.address {
            Address::Sqlite(path) if !path.exists() => {
                Err(ConnectionError::BadConnection(format!("{} is not there", path.display())))
            }
            _ => self.open(),
        }
    }
}

/// Makes the file of a new register, readable by its owner alone; the files that SQLite keeps beside it are as readable as it
/// is. A file that is there already keeps the rights that its owner gave it.
fn make_private(path: &std::path::Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(fault) if fault.kind() != std::io::ErrorKind::AlreadyExists => Err(fault),
        _ => Ok(()),
    }
}

impl ManageConnection for Opener {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Conn, Self::Error> {
        let mut conn = self.open_again().map_err(diesel::r2d2::Error::ConnectionError)?;
        if let Conn::Postgres(inner) = &mut conn
            && !self.read_only
        {
            inner.batch_execute(WRITER_PATIENCE).map_err(diesel::r2d2::Error::QueryError)?;
        }
        Ok(conn)
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), Self::Error> {
        match conn {
            Conn::Sqlite(_) => Ok(()),
            Conn::Postgres(inner) => inner.batch_execute("select 1").map_err(diesel::r2d2::Error::QueryError),
        }
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        std::thread::panicking() || each!(conn, inner => AnsiTransactionManager::is_broken_transaction_manager(inner))
    }
}

/// Begins a transaction that writes. SQLite takes the lock at once: a transaction that reads first and then wants to write
/// fails under load, whatever it is told to wait.
///
/// # Errors
/// What the database says.
pub(super) fn begin_write(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(inner) => AnsiTransactionManager::begin_transaction_sql(inner, "BEGIN IMMEDIATE"),
        Conn::Postgres(inner) => AnsiTransactionManager::begin_transaction(inner),
    }
}

/// What has a transaction of PostgreSQL read from one snapshot, and only read; each of SQLite's reads from one as it is.
pub(super) const ONE_SNAPSHOT: &str = "set transaction isolation level repeatable read, read only";

/// Begins a transaction that reads. Neither database takes the snapshot before something is read.
///
/// # Errors
/// What the database says.
pub(super) fn begin_read(conn: &mut Conn) -> QueryResult<()> {
    each!(&mut *conn, inner => AnsiTransactionManager::begin_transaction(inner))?;
    match conn {
        Conn::Sqlite(_) => Ok(()),
        Conn::Postgres(inner) => inner.batch_execute(ONE_SNAPSHOT),
    }
}

/// Begins a part of a transaction, which can be taken back alone: [`commit`] and [`roll_back`] end the innermost that has begun.
///
/// # Errors
/// What the database says.
pub(super) fn begin_within(conn: &mut Conn) -> QueryResult<()> {
    each!(conn, inner => AnsiTransactionManager::begin_transaction(inner))
}

/// How many transactions and parts of them have begun; none where the connection cannot be used any more.
pub(super) fn depth(conn: &mut Conn) -> u32 {
    let depth = each!(conn, inner => AnsiTransactionManager::transaction_manager_status_mut(inner).transaction_depth());
    match depth {
        Ok(Some(depth)) => depth.get(),
        _ => 0,
    }
}

/// Makes everything since [`begin_write`] lasting.
///
/// # Errors
/// What the database says; nothing was written then.
pub(super) fn commit(conn: &mut Conn) -> QueryResult<()> {
    each!(conn, inner => AnsiTransactionManager::commit_transaction(inner))
}

/// Takes everything since [`begin_write`] back.
///
/// # Errors
/// What the database says.
pub(super) fn roll_back(conn: &mut Conn) -> QueryResult<()> {
    each!(conn, inner => AnsiTransactionManager::rollback_transaction(inner))
}

/// How much of its file SQLite keeps in memory for a writer: usually, and while much is put in. Where a transaction changes more
/// pages than that, they are written out before it ends, and again when they are changed again.
const CACHE: &str = "pragma cache_size = -2000";
const WIDE_CACHE: &str = "pragma cache_size = -65536";

/// Makes room for a transaction that puts in much; takes it back afterwards.
///
/// # Errors
/// What the database says.
pub(super) fn make_room(conn: &mut Conn, wide: bool) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(inner) => inner.batch_execute(if wide { WIDE_CACHE } else { CACHE }),
        Conn::Postgres(_) => Ok(()),
    }
}

/// How often readers that may still see removed words are waited for, and for how long each time: two seconds at most.
const SCRUB_TRIES: usize = 10;
const SCRUB_PAUSE: std::time::Duration = std::time::Duration::from_millis(200);
/// For how long a table's readers are waited for, and others wait behind that.
const SCRUB_LOCK: &str = "set lock_timeout = '1s'";

/// See [`Writer::scrub`](super::Writer::scrub). The names of the tables are the program's own.
///
/// # Errors
/// What the database says.
pub(super) fn scrub(conn: &mut Conn, tables: &[&str]) -> Result<bool, super::Error> {
    match conn {
        Conn::Sqlite(inner) => {
            // Without this each try would wait for as long as a deed waits, and all deeds behind it.
            inner.batch_execute("pragma busy_timeout = 0")?;
            let done = emptied(inner);
            inner.batch_execute("pragma busy_timeout = 10000")?;
            Ok(done?)
        }
        Conn::Postgres(inner) => {
            if !nobody_sees_what_is_gone(inner)? {
                return Ok(false);
            }
            inner.batch_execute(SCRUB_LOCK)?;
            let done = written_anew(inner, tables);
            inner.batch_execute(WRITER_PATIENCE)?;
            Ok(done?)
        }
    }
}

/// Writes out the write-ahead log and empties it, unless a reader holds it.
fn emptied(conn: &mut SqliteConnection) -> QueryResult<bool> {
    #[derive(diesel::QueryableByName)]
    struct Checkpoint {
        #[diesel(sql_type = diesel::sql_types::Integer)]
        busy: i32,
    }
    for _ in 0..SCRUB_TRIES {
        let done: Checkpoint =
            diesel::RunQueryDsl::get_result(diesel::sql_query("pragma wal_checkpoint(truncate)"), conn)?;
        if done.busy == 0 {
            return Ok(true);
        }
        std::thread::sleep(SCRUB_PAUSE);
    }
    Ok(false)
}

/// Whether every transaction that began before now has ended: for those that have not, what was removed is kept, however often
/// its table is written anew.
fn nobody_sees_what_is_gone(conn: &mut PgConnection) -> QueryResult<bool> {
    #[derive(diesel::QueryableByName)]
    struct Number {
        #[diesel(sql_type = diesel::sql_types::Text)]
        value: String,
    }
    let now: Number = diesel::RunQueryDsl::get_result(
        diesel::sql_query("select cast(cast(pg_current_xact_id() as xid) as text) as value"),
        conn,
    )?;
    let older = format!(
        "select cast(count(*) as text) as value from pg_stat_activity \
         where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend' \
         and (age(backend_xmin) > age(cast('{0}' as xid)) or age(backend_xid) > age(cast('{0}' as xid)))",
        now.value
    );
    for _ in 0..SCRUB_TRIES {
        let left: Number = diesel::RunQueryDsl::get_result(diesel::sql_query(&older), conn)?;
        if left.value == "0" {
            return Ok(true);
        }
        std::thread::sleep(SCRUB_PAUSE);
    }
    Ok(false)
}

/// Writes the tables anew, up to the first that somebody does not let go of.
fn written_anew(conn: &mut PgConnection, tables: &[&str]) -> QueryResult<bool> {
    for table in tables {
        match conn.batch_execute(&format!("vacuum full {table}")) {
            Err(diesel::result::Error::DatabaseError(_, said)) if said.message().contains("lock timeout") => {
                return Ok(false);
            }
            done => done?,
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(diesel::QueryableByName)]
    struct Settings {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        synchronous: i64,
    }

    #[derive(diesel::QueryableByName)]
    struct Journal {
        #[diesel(sql_type = diesel::sql_types::Text)]
        journal_mode: String,
    }

    #[test]
    fn what_is_committed_is_on_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let opener = Opener { address: Address::Sqlite(folder.path().join("register.db")), read_only: false };
        let Ok(Conn::Sqlite(mut conn)) = opener.open() else { panic!("no SQLite file was opened") };
        let found: Settings =
            diesel::RunQueryDsl::get_result(diesel::sql_query("pragma synchronous"), &mut conn).unwrap();
        assert_eq!(found.synchronous, 2, "2 is `full`");
        let found: Journal =
            diesel::RunQueryDsl::get_result(diesel::sql_query("pragma journal_mode"), &mut conn).unwrap();
        assert_eq!(found.journal_mode, "wal");
    }
}
