//! The list of removals, kept as a file outside the database: a copy taken before words were removed still has them, and
//! restoring it removes them again by this list.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Error, Service};
use crate::domain::redaction::{Removal, joined, parse_list, write_list};
use crate::store::redaction;

/// Why the list could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// The file.
    #[error("the list of removals {0} cannot be read or written: {1}")]
    File(PathBuf, io::Error),
    /// What stands in it.
    #[error("{0} is no list of removals: {1}")]
    Content(PathBuf, String),
    /// The register.
    #[error(transparent)]
    Service(#[from] Error),
}

impl Service {
    /// The same, and every removal is put on the list in this file too.
    #[must_use]
    pub fn listing_removals_in(self, file: PathBuf) -> Self {
        Self { removals: Some(file), ..self }
    }

    /// What was removed from this register.
    ///
    /// # Errors
    /// When the database fails.
    pub fn removals(&self) -> Result<Vec<Removal>, Error> {
        self.writer.read_now(|tx| Ok(redaction::removals(tx)?))
    }

    /// Brings the list in the data folder up to date. Each node has a folder of its own and writes the whole list, also what
    /// another node removed.
    ///
    /// # Errors
    /// When the database fails, or the file cannot be read or written.
    pub fn list_removals(&self) -> Result<(), ListError> {
        match &self.removals {
            Some(file) => keep(file, self.removals()?).map(drop),
            None => Ok(()),
        }
    }

    /// The same where something else was done already: what fails is said in the log.
    pub(super) async fn list_removals_meanwhile(&self) {
        let service = self.clone();
        let listed = tokio::task::spawn_blocking(move || service.list_removals()).await;
        if let Ok(Err(fault)) = listed {
            tracing::error!(source = %fault, "the list of removals is not complete: keep it with `followthrough redactions FILE`");
        }
    }
}

/// Reads a list; an empty one where there is no file.
///
/// # Errors
/// When the file cannot be read, or holds something else.
pub fn read(file: &Path) -> Result<Vec<Removal>, ListError> {
    match fs::read_to_string(file) {
        Ok(text) => parse_list(&text).map_err(|fault| ListError::Content(file.to_owned(), fault)),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(fault) => Err(ListError::File(file.to_owned(), fault)),
    }
}

/// Adds to the list in a file what is missing there. What stands there stays, also where this register no longer knows of
/// it. The file is whole at every moment. Answers how long the list is now.
///
/// # Errors
/// When the file cannot be read or written, or holds something else: then it is left as it is.
pub fn keep(file: &Path, list: Vec<Removal>) -> Result<usize, ListError> {
    let there = read(file)?;
    let before = there.len();
    let all = joined(there, list);
    if all.len() == before {
        return Ok(before);
    }
    let text = write_list(&all).map_err(|fault| ListError::Content(file.to_owned(), fault))?;
    replace(file, text.as_bytes()).map_err(|fault| ListError::File(file.to_owned(), fault))?;
    Ok(all.len())
}

fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let mut new = tempfile::Builder::new().prefix(".unfinished-").tempfile_in(folder)?;
    new.write_all(bytes)?;
    new.as_file().sync_all()?;
    new.persist(file).map_err(|fault| fault.error)?;
    fs::File::open(folder)?.sync_all()
}
