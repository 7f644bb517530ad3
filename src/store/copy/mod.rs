//! The whole register in one file: taken while it is served, and put into an empty place.
//!
//! An SQLite register is copied into another SQLite file by the database itself; a PostgreSQL one by the database's own
//! program into its archive format. Start with [`take`] and [`restore`].

mod fault;
mod held;
mod postgres;
mod sqlite;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub use fault::CopyError;
pub use held::{Held, held};
pub(super) use postgres::is_unfinished;

use super::Alone;
use super::conn::Address;

/// Copies the register at `address` into a new file, as it stands at one moment; whoever reads or writes goes on. The file
/// appears whole under its name or not at all, and only its owner may read it.
///
/// # Errors
/// A sentence for each way in which that can fail; nothing was written then.
pub fn take(address: &Address, to: &Path) -> Result<Held, CopyError> {
    if to.symlink_metadata().is_ok() {
        return Err(CopyError::Exists(to.to_owned()));
    }
    let folder = folder_of(to);
    if !folder.is_dir() {
        return Err(CopyError::NoFolder(folder));
    }
    let failed = |fault| CopyError::File(to.to_owned(), fault);
    let unfinished = tempfile::Builder::new().prefix(".unfinished-").tempfile_in(&folder).map_err(failed)?;
    let held = match address {
        Address::Sqlite(path) => sqlite::take(path, unfinished.path())?,
        Address::Postgres(url) => postgres::take(url, unfinished.path())?,
    };
    File::open(unfinished.path()).and_then(|file| file.sync_all()).map_err(failed)?;
    unfinished.persist_noclobber(to).map_err(|fault| match fault.error.kind() {
        io::ErrorKind::AlreadyExists => CopyError::Exists(to.to_owned()),
        _ => CopyError::File(to.to_owned(), fault.error),
    })?;
    sync_folder(&folder).map_err(failed)?;
    Ok(held)
}

/// Puts the copy in `file` into the empty place at `address`. `settle` does what must be done before anybody may see it; the
/// register is there when that has ended well, and nothing is there before.
///
/// # Errors
/// A sentence for each way in which that can fail, and what `settle` returns; the place is as empty as it was then.
pub fn restore<T, E: From<CopyError>>(
    file: &Path,
    address: &Address,
    settle: impl FnOnce(&mut Alone) -> Result<T, E>,
) -> Result<T, E> {
    match (kind_of(file)?, address) {
        (Kind::Sqlite, Address::Sqlite(path)) => sqlite::restore(file, path, settle),
        (Kind::Postgres, Address::Postgres(url)) => postgres::restore(file, url, settle),
        (Kind::Sqlite, Address::Postgres(_)) => {
            Err(CopyError::OtherDatabase { file: file.to_owned(), made_of: "SQLite", named: "PostgreSQL" }.into())
        }
        (Kind::Postgres, Address::Sqlite(_)) => {
            Err(CopyError::OtherDatabase { file: file.to_owned(), made_of: "PostgreSQL", named: "SQLite" }.into())
        }
    }
}

/// What a copy is a copy of.
enum Kind {
    Sqlite,
    Postgres,
}

/// Tells by the first bytes.
fn kind_of(file: &Path) -> Result<Kind, CopyError> {
    let mut start = Vec::new();
    let read = File::open(file).and_then(|open| open.take(16).read_to_end(&mut start));
    read.map_err(|fault| CopyError::File(file.to_owned(), fault))?;
    match start.as_slice() {
        b"SQLite format 3\0" => Ok(Kind::Sqlite),
        [b'P', b'G', b'D', b'M', b'P', ..] => Ok(Kind::Postgres),
        _ => Err(CopyError::NotACopy(file.to_owned())),
    }
}

/// Whether every step of a copy's schema is known here: in a table that this program does not know, it could remove
/// nothing.
fn refuse_newer(file: &Path, taken: &[String]) -> Result<(), CopyError> {
    if taken.is_empty() {
        return Err(CopyError::NotARegister(file.to_owned()));
    }
    let known = super::migrate::known()?;
    match taken.iter().filter(|step| !known.contains(step)).max() {
        Some(step) => Err(CopyError::Newer(file.to_owned(), step.clone())),
        None => Ok(()),
    }
}

fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// A new name lasts only when its folder has been written too.
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
