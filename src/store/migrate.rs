//! The schema, brought up to date by the program itself, and the check that a program may use what it finds. Where nothing is missing
//! nothing is written and nobody is waited for.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::migration::MigrationSource;
use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::conn::{Address, Conn, Opener};
use super::error::Error;
use super::schema::schema_floor;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Chosen once; every node of every version takes the same lock before it migrates.
const ADVISORY_LOCK: i64 = 0x666f_6c6c_6f77;

/// How long a step waits for whoever uses a table that it changes: all who come later wait behind it. Then it lets them pass and tries
/// again, so often.
const STEP_PATIENCE: &str = "set lock_timeout = '3s'";
const WAITED: &str = "due to lock timeout";
const PAUSE: Duration = Duration::from_secs(2);
const TRIES: usize = 60;
/// What was read before the steps counts no more: above all, a replica that has not followed yet lacks what they made. Whoever holds
/// the counter is waited for.
const TELL: &str = "update counter set stamp = stamp + 1";

/// This program's version.
const THIS: &str = env!("CARGO_PKG_VERSION");

/// What bringing the schema up to date found and did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migrated {
    /// The newest step that was there before; `None` in an empty database.
    pub from: Option<String>,
    /// The newest step now.
    pub to: Option<String>,
    /// How many steps were taken.
    pub steps: usize,
}

/// Why the schema cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The database belongs to a newer program.
    #[error(
        "this database was made by a newer version of Followthrough (it asks for {needs} or later, this is {this}). \
         Run that version."
    )]
    Newer {
        /// The oldest program that may use the database.
        needs: String,
        /// This program's version.
        this: String,
    },
    /// A copy was being put into the database, and that never came to its end.
    #[error(
        "a copy was being restored into this database and that did not come to its end. Run `followthrough restore` again: \
         it clears what is there and begins anew"
    )]
    Unfinished,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] Error),
    /// A step failed; it was taken back.
    #[error("the schema could not be brought up to date: {0}")]
    Step(String),
}

/// Whether a register was ever made in this database; asking makes nothing.
///
/// # Errors
/// When the database cannot be reached.
pub fn is_made(address: &Address) -> Result<bool, Error> {
    let opener = Opener { address: address.clone(), read_only: true };
    let mut conn = opener.open().map_err(|fault| Error::Failed(fault.to_string()))?;
    // A database that was never used lacks the table itself.
    let steps: QueryResult<i64> = __diesel_schema_migrations::table.count().get_result(&mut conn);
    Ok(steps.is_ok_and(|steps| steps > 0))
}

/// Takes every step that is missing, one node at a time.
///
/// # Errors
/// When the database is newer than the program, cannot be reached, or a step fails.
pub fn bring_up_to_date(address: &Address) -> Result<Migrated, MigrateError> {
    let opener = Opener { address: address.clone(), read_only: false };
    let mut conn = opener.open().map_err(|fault| Error::Failed(fault.to_string()))?;
    if let Some(found) = complete(&mut conn)? {
        return Ok(found);
    }
    match &mut conn {
        Conn::Sqlite(inner) => {
            let done = migrate(inner, || SQLITE)?;
            told(inner, done)
        }
        Conn::Postgres(inner) => {
            // Released with the session, so also when this process dies half-way.
            inner.batch_execute(&format!("select pg_advisory_lock({ADVISORY_LOCK})")).map_err(Error::from)?;
            if super::copy::is_unfinished(inner)? {
                return Err(MigrateError::Unfinished);
            }
            inner.batch_execute(STEP_PATIENCE).map_err(Error::from)?;
            let done = migrate(inner, || POSTGRES)?;
            inner.batch_execute("set lock_timeout = 0").map_err(Error::from)?;
            told(inner, done)
        }
    }
}

/// What there is, where no step is missing.
fn complete(conn: &mut Conn) -> Result<Option<Migrated>, MigrateError> {
    // A database that was never used lacks the table itself.
    let Ok(taken) = taken_in(conn) else { return Ok(None) };
    if let Conn::Postgres(inner) = conn
        && super::copy::is_unfinished(inner)?
    {
        return Ok(None);
    }
    if !lacks_none(&taken)? {
        return Ok(None);
    }
    demand(schema_floor::table.select(schema_floor::program).load(conn).map_err(Error::from)?)?;
    let newest = taken.into_iter().max();
    Ok(Some(Migrated { from: newest.clone(), to: newest, steps: 0 }))
}

/// Raises the stamp where steps were taken.
fn told(conn: &mut impl SimpleConnection, done: Migrated) -> Result<Migrated, MigrateError> {
    if done.steps > 0 {
        conn.batch_execute(TELL).map_err(Error::from)?;
    }
    Ok(done)
}

/// The same for a copy that is being restored: nobody else uses the database yet.
///
/// # Errors
/// As [`bring_up_to_date`].
pub(super) fn bring_copy_up_to_date(conn: &mut Conn) -> Result<Migrated, MigrateError> {
    match conn {
        Conn::Sqlite(inner) => migrate(inner, || SQLITE),
        Conn::Postgres(inner) => migrate(inner, || POSTGRES),
    }
}

fn migrate<C, DB>(conn: &mut C, steps: fn() -> EmbeddedMigrations) -> Result<Migrated, MigrateError>
where
    DB: diesel::backend::Backend,
    C: MigrationHarness<DB> + diesel::connection::LoadConnection<Backend = DB>,
    for<'q> diesel::dsl::Select<schema_floor::table, schema_floor::program>:
        diesel::query_dsl::LoadQuery<'q, C, String>,
{
    let step = |fault: Box<dyn std::error::Error + Send + Sync>| MigrateError::Step(fault.to_string());
    let before = conn.applied_migrations().map_err(step)?;
    let from = before.iter().map(ToString::to_string).max();
    if from.is_some() {
        demand(schema_floor::table.select(schema_floor::program).load(conn).map_err(Error::from)?)?;
    }
    let mut tries = 1;
    while let Err(fault) = conn.run_pending_migrations(steps()).map(drop) {
        let fault = fault.to_string();
        if tries == TRIES || !fault.contains(WAITED) {
            return Err(MigrateError::Step(fault));
        }
        tracing::info!(tries, "somebody uses a table that a step of the schema changes: it is tried again");
        tries += 1;
        std::thread::sleep(PAUSE);
    }
    let after = conn.applied_migrations().map_err(step)?;
    let to = after.iter().map(ToString::to_string).max();
    Ok(Migrated { from, to, steps: after.len() - before.len() })
}

/// Refuses a schema that names a later program than this as the oldest that may use it.
fn demand(oldest: Vec<String>) -> Result<(), MigrateError> {
    match oldest.into_iter().find(|oldest| !allows(oldest)) {
        Some(needs) => Err(MigrateError::Newer { needs, this: THIS.to_owned() }),
        None => Ok(()),
    }
}

/// Whether a schema that names this program as the oldest that may use it lets this one do so. Steps that it does not know are no
/// reason against it: what a newer program added, an older one leaves alone.
fn allows(oldest: &str) -> bool {
    version(oldest) <= version(THIS)
}

/// `1.10.0` after `1.9.3`: the three numbers of a version, for comparing.
fn version(text: &str) -> (u32, u32, u32) {
    let mut parts = text.split(['.', '-']).map(|part| part.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    (next(), next(), next())
}

mod taken {
    diesel::table! {
        /// The steps taken, as the migration library keeps them.
        __diesel_schema_migrations (version) {
            version -> Text,
        }
    }
}
use taken::__diesel_schema_migrations;

/// Whether every step that this program knows has been taken: what `/readyz` asks.
///
/// # Errors
/// When the database cannot be asked, and when it was never migrated.
pub fn is_current(tx: &mut super::ReadTx<'_>) -> Result<bool, Error> {
    // Not `has_pending_migration`: it begins by making this table, which a reader may not.
    let taken = taken_in(tx.conn)?;
    lacks_none(&taken)
}

/// Whether every step that this program knows is among these.
fn lacks_none(taken: &[String]) -> Result<bool, Error> {
    Ok(known()?.iter().all(|step| taken.contains(step)))
}

/// Whether the schema still allows this program: a newer one may have taken out what this one uses, while this one served.
///
/// # Errors
/// When the database cannot be asked, and when it was never migrated.
pub fn is_allowed(tx: &mut super::ReadTx<'_>) -> Result<bool, Error> {
    let oldest: Vec<String> = schema_floor::table.select(schema_floor::program).load(tx.conn)?;
    Ok(oldest.iter().all(|oldest| allows(oldest)))
}

/// The steps that a database has taken.
///
/// # Errors
/// When the database cannot be asked, and when it was never migrated.
pub(super) fn taken_in(conn: &mut Conn) -> Result<Vec<String>, Error> {
    Ok(__diesel_schema_migrations::table.select(__diesel_schema_migrations::version).load(conn)?)
}

/// The steps that this program knows; they have the same names for both databases.
///
/// # Errors
/// When a step in the program has no name, which the build does not let through.
pub(super) fn known() -> Result<Vec<String>, Error> {
    let known = MigrationSource::<diesel::sqlite::Sqlite>::migrations(&SQLITE);
    let known = known.map_err(|fault| Error::Failed(fault.to_string()))?;
    Ok(known.iter().map(|step| step.name().version().to_string()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::schema::counter;

    #[test]
    fn steps_raise_the_stamp_and_where_none_is_missing_nothing_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let address = Address::Sqlite(folder.path().join("register.db"));
        let stamp_after = || {
            let done = bring_up_to_date(&address).unwrap();
            let mut conn = Opener { address: address.clone(), read_only: true }.open().unwrap();
            let stamp: i64 = counter::table.select(counter::stamp).first(&mut conn).unwrap();
            (done.steps > 0, done.to, stamp)
        };
        let newest = known().unwrap().into_iter().max();
        assert_eq!(stamp_after(), (true, newest.clone(), 1));
        assert_eq!(stamp_after(), (false, newest, 1));
    }

    #[test]
    fn versions_compare_by_number() {
        assert!(version("0.10.0") > version("0.9.9"));
        assert!(version("1.0.0-rc.1") >= version("1.0.0"));
    }

    #[test]
    fn a_schema_allows_the_program_it_names_and_newer_ones() {
        assert!(allows(THIS) && allows("0.0.9"));
        assert!(!allows("99.0.0"));
    }
}
