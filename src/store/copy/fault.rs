//! Why a copy was not made or not restored, as a sentence for whoever runs the command.

use std::io;
use std::path::PathBuf;

use crate::store::migrate::MigrateError;
use crate::store::{Error, conn::Conn};

/// Why there is no copy, or no register from one.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// Something has that name.
    #[error("{0} is there already, and a backup overwrites nothing: name another file")]
    Exists(PathBuf),
    /// The folder for it is not there.
    #[error("the folder {0} does not exist: make it first, or name another")]
    NoFolder(PathBuf),
    /// The file cannot be read or written.
    #[error("the file {0} cannot be read or written: {1}")]
    File(PathBuf, io::Error),
    /// It is something else.
    #[error("{0} is no copy of a register: it begins neither as an SQLite database nor as an archive of pg_dump")]
    NotACopy(PathBuf),
    /// It is a copy of the other kind of database.
    #[error(
        "{file} is a copy of a register kept in {made_of}, and DATABASE_URL names a place in {named}: name one in {made_of}"
    )]
    OtherDatabase {
        /// The copy.
        file: PathBuf,
        /// What it is a copy of.
        made_of: &'static str,
        /// What the settings name.
        named: &'static str,
    },
    /// It is not whole.
    #[error("{0} is damaged; nothing was restored: {1}")]
    Damaged(PathBuf, String),
    /// It holds something else.
    #[error("{0} is a database in which no register was ever kept; nothing was restored")]
    NotARegister(PathBuf),
    /// A later program made it.
    #[error(
        "{0} was made by a newer version of Followthrough (it has taken the step {1}, which this version does not know); \
         nothing was restored. Run that version"
    )]
    Newer(PathBuf, String),
    /// The place is not empty.
    #[error(
        "{place} is not empty: it holds {what}. A copy is restored into an empty place only, which DATABASE_URL names"
    )]
    Occupied {
        /// The place, without a password.
        place: String,
        /// What is there.
        what: String,
    },
    /// Another restore is at work there.
    #[error(
        "another restore into {place} is under way; nothing was changed. Wait until it has ended, and look first whether \
         the register is there then"
    )]
    UnderWay {
        /// The place, without a password.
        place: String,
    },
    /// A program of the database's is not there.
    #[error(
        "{0} was not found. It belongs to PostgreSQL's client programs, which must be as new as the server: install them \
         (on Debian: apt-get install postgresql-client)"
    )]
    NoProgram(&'static str),
    /// A program of the database's failed.
    #[error("{0} failed: {1}")]
    Program(&'static str, String),
    /// The schema cannot be brought up to date.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] Error),
}

/// What is in a place that should be empty, as far as it can be told.
pub(super) fn what_is_in(conn: &mut Conn) -> Option<String> {
    let held = super::held::held(&mut crate::store::ReadTx { conn, past: None }).ok()?;
    Some(format!("a register that stands at change {}", held.seq))
}
