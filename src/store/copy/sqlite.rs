//! A register in an SQLite file.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::{CopyError, Held, fault, folder_of, held, refuse_newer, sync_folder};
use crate::store::conn::{Address, Conn, Opener};
use crate::store::{Alone, Error, ReadTx, migrate};

/// The files that SQLite keeps beside its own; one of them left from another database would be taken for part of ours.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Writes a copy into an empty file, from one snapshot. What was freed in the register is not in it.
pub(super) fn take(register: &Path, to: &Path) -> Result<Held, CopyError> {
    let opener = Opener { address: Address::Sqlite(register.to_owned()), read_only: false };
    let mut conn = opener.open().map_err(|fault| Error::Failed(fault.to_string()))?;
    let into = diesel::sql_query("vacuum into ?").bind::<Text, _>(to.to_string_lossy());
    each_sqlite(&mut conn, |inner| into.execute(inner).map(drop))?;
    drop(conn);
    // Counted in the copy itself: while it was made, the register went on.
    let mut copy = plain(to)?;
    Ok(held(&mut ReadTx { conn: &mut copy, past: None })?)
}

/// Puts a copy under the register's name, once it is whole, up to date and settled.
pub(super) fn restore<T, E: From<CopyError>>(
    file: &Path,
    register: &Path,
    settle: impl FnOnce(&mut Alone) -> Result<T, E>,
) -> Result<T, E> {
    refuse_occupied(register)?;
    let folder = folder_of(register);
    let failed = |fault| CopyError::File(register.to_owned(), fault);
    // A folder of its own, which goes with everything in it, however this ends.
    let aside = tempfile::Builder::new().prefix(".unfinished-").tempdir_in(&folder).map_err(failed)?;
    let path = aside.path().join("register.db");
    copied(file, &path).map_err(failed)?;
    check(file, &path)?;
    let address = Address::Sqlite(path.clone());
    let opener = Opener { address: address.clone(), read_only: false };
    let mut conn = opener.open().map_err(|fault| CopyError::from(Error::Failed(fault.to_string())))?;
    migrate::bring_copy_up_to_date(&mut conn).map_err(CopyError::from)?;
    let mut alone = Alone(conn);
    let settled = settle(&mut alone)?;
    // Nothing freed stays in the file, and no log beside it.
    let whole = "vacuum; pragma wal_checkpoint(truncate); pragma journal_mode = delete;";
    each_sqlite(&mut alone.0, |inner| inner.batch_execute(whole)).map_err(CopyError::from)?;
    drop(alone);
    File::open(&path).and_then(|file| file.sync_all()).map_err(failed)?;
    refuse_occupied(register)?;
    // A link refuses a name that is taken; a renaming would not.
    std::fs::hard_link(&path, register).map_err(failed)?;
    sync_folder(&folder).map_err(failed)?;
    Ok(settled)
}

fn copied(from: &Path, to: &Path) -> io::Result<()> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    io::copy(&mut File::open(from)?, &mut options.open(to)?).map(drop)
}

/// Whether the copy is whole and of a register that this program knows. `file` is what the sentences call it.
fn check(file: &Path, copy: &Path) -> Result<(), CopyError> {
    #[derive(diesel::QueryableByName)]
    struct Line {
        #[diesel(sql_type = Text)]
        integrity_check: String,
    }
    #[derive(diesel::QueryableByName)]
    struct Broken {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        number: i64,
    }
    let damaged = |said: String| CopyError::Damaged(file.to_owned(), said);
    let mut conn = plain(copy).map_err(|fault| damaged(fault.to_string()))?;
    let asked = each_sqlite(&mut conn, |inner| {
        let lines: Vec<Line> = diesel::sql_query("pragma integrity_check(5)").load(inner)?;
        let orphans = diesel::sql_query("select count(*) as number from pragma_foreign_key_check");
        let broken: Broken = orphans.get_result(inner)?;
        Ok((lines, broken.number))
    });
    let (lines, orphans) = asked.map_err(|fault| damaged(fault.to_string()))?;
    let said: Vec<String> = lines.into_iter().map(|line| line.integrity_check).collect();
    if said != ["ok"] {
        return Err(damaged(said.join("; ")));
    }
    if orphans > 0 {
        return Err(damaged(format!("{orphans} rows name a row that is not there")));
    }
    let taken = migrate::taken_in(&mut conn).unwrap_or_default();
    refuse_newer(file, &taken)
}

/// A connection that changes nothing about the file that it opens.
fn plain(path: &Path) -> Result<Conn, Error> {
    let opened = SqliteConnection::establish(&path.to_string_lossy());
    opened.map(Conn::Sqlite).map_err(|fault| Error::Failed(fault.to_string()))
}

/// Both kinds of connection come this way; here it is always this one.
fn each_sqlite<T>(conn: &mut Conn, work: impl FnOnce(&mut SqliteConnection) -> QueryResult<T>) -> Result<T, Error> {
    match conn {
        Conn::Sqlite(inner) => Ok(work(inner)?),
        Conn::Postgres(_) => Err(Error::Failed("an SQLite file was expected".to_owned())),
    }
}

/// Says what is in the way.
fn refuse_occupied(register: &Path) -> Result<(), CopyError> {
    let occupied = |what: String| CopyError::Occupied { place: register.display().to_string(), what };
    if let Ok(there) = register.symlink_metadata() {
        let known = there.is_file().then(|| plain(register).ok()).flatten();
        let what = known.and_then(|mut conn| fault::what_is_in(&mut conn));
        return Err(occupied(what.unwrap_or_else(|| "a file that is no register".to_owned())));
    }
    let beside = BESIDE.map(|end| PathBuf::from(format!("{}{end}", register.display())));
    match beside.iter().find(|path| path.symlink_metadata().is_ok()) {
        Some(path) => Err(occupied(format!("{}, left from another database", path.display()))),
        None => Ok(()),
    }
}
