//! Connections: one type for both databases, opened by the scheme of an address that we match ourselves.

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::pg::PgConnection;
use diesel::r2d2::{CustomizeConnection, ManageConnection};
use diesel::sqlite::SqliteConnection;
use diesel::{Connection, ConnectionError, QueryResult};

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

/// Where a database is. Which variant it is decides everything that differs between the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// The path of an SQLite file; `:memory:` is not supported, for each connection would see its own.
    Sqlite(std::path::PathBuf),
    /// A `postgres://` address, with its password.
    Postgres(String),
}

/// What a connection to PostgreSQL of one who is in a hurry does not wait longer for: to be let in, for a network that takes nothing
/// away, for a statement.
const HURRY: &str = "connect_timeout=5&tcp_user_timeout=5000";
const HURRY_STATEMENTS: &str = "set statement_timeout = '5s'";

impl Address {
    /// The same database, for one who does not wait for it longer than some seconds.
    pub(super) fn in_a_hurry(mut self) -> Self {
        if let Self::Postgres(url) = &mut self {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(HURRY);
        }
        self
    }
}

/// Lets no statement of a connection take longer than some seconds. A file answers.
///
/// # Errors
/// What the database says.
pub(super) fn hurry(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        Conn::Postgres(inner) => inner.batch_execute(HURRY_STATEMENTS),
        Conn::Sqlite(_) => Ok(()),
    }
}

/// Has each connection of a pool hurry.
#[derive(Debug)]
pub(super) struct InAHurry;

impl CustomizeConnection<Conn, diesel::r2d2::Error> for InAHurry {
    fn on_acquire(&self, conn: &mut Conn) -> Result<(), diesel::r2d2::Error> {
        hurry(conn).map_err(diesel::r2d2::Error::QueryError)
    }
}

/// Opens connections for a pool and asks whether they still live.
#[derive(Clone)]
pub(super) struct Opener {
    pub address: Address,
    /// Whether the connections only read. On SQLite they then refuse to write.
    pub read_only: bool,
}

/// What no connection to PostgreSQL waits longer for, where its address does not say otherwise: to be let in, for a network that takes
/// nothing away, for one that says nothing.
const PATIENCE: [(&str, &str); 5] = [
    ("connect_timeout", "10"),
    ("tcp_user_timeout", "30000"),
    ("keepalives_idle", "10"),
    ("keepalives_interval", "5"),
    ("keepalives_count", "4"),
];
/// What one that writes waits no longer for, and what it may not do longer: a node that vanishes in the middle of a write holds up
/// all others until the server ends its connection.
const WRITER_PATIENCE: &str = "set lock_timeout = '10s'; set idle_in_transaction_session_timeout = '60s'";

/// The address with what it does not say itself.
fn patient(url: &str) -> String {
    PATIENCE.iter().fold(url.to_owned(), |url, (name, value)| {
        if url.contains(&format!("{name}=")) {
            return url;
        }
        let joint = if url.contains('?') { '&' } else { '?' };
        format!("{url}{joint}{name}={value}")
    })
}

/// `synchronous = full`: a commit is answered once the write-ahead log is on the disk, so that what was acknowledged outlives not only
/// a killed program but a power cut. With `normal` only a checkpoint waits for the disk: a power cut could take the last commits with
/// it, each of them whole. What that would save is one wait for the disk a commit, which those who write at once share: see
/// `group_commit`.
const SQLITE_PRAGMAS: &str = "pragma busy_timeout = 10000; pragma journal_mode = wal; pragma synchronous = full; \
    pragma foreign_keys = on; pragma secure_delete = on; pragma temp_store = memory; pragma mmap_size = 268435456;";

impl Opener {
    /// Opens one connection.
    ///
    /// # Errors
    /// What the database's own library says.
    pub fn open(&self) -> Result<Conn, ConnectionError> {
        match &self.address {
            Address::Postgres(url) => Ok(Conn::Postgres(PgConnection::establish(&patient(url))?)),
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
}

impl Opener {
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

    #[test]
    fn only_a_server_is_not_waited_for() {
        let hurried = |url: &str| match Address::Postgres(url.to_owned()).in_a_hurry() {
            Address::Postgres(url) => url,
            Address::Sqlite(_) => panic!("another database"),
        };
        assert_eq!(hurried("postgres://a/b"), "postgres://a/b?connect_timeout=5&tcp_user_timeout=5000");
        assert_eq!(
            hurried("postgres:///b?host=%2Ftmp"),
            "postgres:///b?host=%2Ftmp&connect_timeout=5&tcp_user_timeout=5000"
        );
        let file = Address::Sqlite("register.db".into());
        assert_eq!(file.clone().in_a_hurry(), file);
    }

    #[test]
    fn an_address_keeps_what_it_says_and_is_told_the_rest() {
        let told = patient("postgres://register@db/register?connect_timeout=2");
        assert_eq!(told.matches("connect_timeout=").count(), 1, "{told}");
        assert!(told.contains("&tcp_user_timeout=30000&keepalives_idle=10"), "{told}");
        assert!(patient("postgres://db/register").contains("/register?connect_timeout=10&"));
    }
}
