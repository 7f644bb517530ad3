//! Files: their bytes in pieces, so that one transaction and one backup hold everything, and no reader needs a whole file at once.

use diesel::prelude::*;

use super::schema::{file, file_chunk};
use super::{Error, ReadTx, WriteTx};
use crate::domain::evidence::{FileKind, Hidden, Looked};
use crate::domain::id::FileId;
use crate::domain::moment::Moment;

/// The bytes of one piece.
const CHUNK: usize = 256 * 1024;

/// A file to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewFile<'a> {
    /// Its own random name.
    pub reference: &'a str,
    /// What it was found to be.
    pub looked: &'a Looked,
    /// The hash of its bytes, in hexadecimal digits.
    pub sha256: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// When it came.
    pub at: Moment,
}

/// A file, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its row.
    pub id: FileId,
    /// Its own random name: how it stands in addresses.
    pub reference: String,
    /// What it is.
    pub kind: FileKind,
    /// How many bytes it has, or had.
    pub bytes: u64,
    /// The hash of its bytes; `None` once they were removed for good.
    pub sha256: Option<String>,
    /// What was found in it that is easily overlooked.
    pub hidden: Vec<Hidden>,
}

type Row = (FileId, String, FileKind, i64, Option<String>, String);

macro_rules! columns {
    () => {
        (file::id, file::reference, file::kind, file::bytes, file::sha256, file::hidden)
    };
}

/// Keeps a file.
///
/// # Errors
/// When the database fails.
pub fn keep(tx: &mut WriteTx<'_>, new: &NewFile<'_>) -> Result<FileId, Error> {
    let hidden = serde_json::to_string(&new.looked.hidden).map_err(|fault| Error::Failed(fault.to_string()))?;
    let size = i64::try_from(new.bytes.len()).map_err(|fault| Error::Failed(fault.to_string()))?;
    let id: FileId = diesel::insert_into(file::table)
        .values((
            file::reference.eq(new.reference),
            file::kind.eq(new.looked.kind),
            file::bytes.eq(size),
            file::sha256.eq(new.sha256),
            file::hidden.eq(hidden),
            file::created_at.eq(new.at),
        ))
        .returning(file::id)
        .get_result(tx.conn)?;
    for (position, data) in (0_i64..).zip(new.bytes.chunks(CHUNK)) {
        diesel::insert_into(file_chunk::table)
            .values((file_chunk::file_id.eq(id), file_chunk::position.eq(position), file_chunk::data.eq(data)))
            .execute(tx.conn)?;
    }
    Ok(id)
}

/// These files.
///
/// # Errors
/// When the database fails.
pub fn many(tx: &mut ReadTx<'_>, ids: Vec<FileId>) -> Result<Vec<File>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = file::table.filter(file::id.eq_any(ids)).select(columns!()).load(tx.conn)?;
    rows.into_iter().map(read).collect()
}

/// The file of that name, as long as its bytes are here.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn find(tx: &mut ReadTx<'_>, reference: &str) -> Result<File, Error> {
    let named = file::table.filter(file::reference.eq(reference).and(file::sha256.is_not_null()));
    read(named.select(columns!()).first(tx.conn)?)
}

fn read((id, reference, kind, bytes, sha256, hidden): Row) -> Result<File, Error> {
    let hidden = serde_json::from_str(&hidden).map_err(|fault| Error::Failed(fault.to_string()))?;
    Ok(File { id, reference, kind, bytes: bytes.unsigned_abs(), sha256, hidden })
}

/// One piece of a file, counted from 0; `None` after the last, or once the bytes are gone.
///
/// # Errors
/// When the database fails.
pub fn chunk(tx: &mut ReadTx<'_>, id: FileId, position: i64) -> Result<Option<Vec<u8>>, Error> {
    let piece: Option<Option<Vec<u8>>> = file_chunk::table
        .filter(file_chunk::file_id.eq(id).and(file_chunk::position.eq(position)))
        .select(file_chunk::data)
        .first(tx.conn)
        .optional()?;
    Ok(piece.flatten())
}

/// Removes the bytes of a file for good, and what tells one file from another.
///
/// # Errors
/// When the database fails.
pub(super) fn erase(tx: &mut WriteTx<'_>, id: FileId) -> Result<(), Error> {
    diesel::update(file_chunk::table.filter(file_chunk::file_id.eq(id)))
        .set(file_chunk::data.eq(None::<Vec<u8>>))
        .execute(tx.conn)?;
    diesel::update(file::table.find(id))
        .set((file::sha256.eq(None::<String>), file::hidden.eq("[]")))
        .execute(tx.conn)?;
    Ok(())
}
