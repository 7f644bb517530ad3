//! Where the register is kept, by the settings.

use std::io;

use secrecy::ExposeSecret;

use super::{StartError, numbers};
use crate::config::{Config, DatabaseUrl};
use crate::store::{Address, Reader};
use crate::telemetry::numbers::Numbers;

/// A fault of the database, as a sentence that says where it is.
pub(super) fn unusable(config: &Config, fault: &dyn std::error::Error) -> StartError {
    let fault = fault.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
    StartError::Database { place: place(config), fault }
}

/// Where the database is.
pub(super) fn place(config: &Config) -> String {
    match &config.database {
        DatabaseUrl::Sqlite(path) => path.display().to_string(),
        DatabaseUrl::Postgres(url) => without_password(url.expose_secret()),
    }
}

/// The server and the database of an address.
fn without_password(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
    format!("postgres://{}", rest.split('?').next().unwrap_or_default())
}

/// Makes the data folder and says where the database is.
///
/// # Errors
/// When the folder cannot be made, or the one named for the database does not exist.
pub fn prepare(config: &Config) -> Result<Address, StartError> {
    let folder = &config.data_dir;
    make_folder(folder).map_err(|fault| StartError::Folder(folder.clone(), fault))?;
    match &config.database {
        DatabaseUrl::Postgres(url) => Ok(Address::Postgres(url.expose_secret().to_owned())),
        // A folder that is not there is more often a slip of the pen than a wish for a second, empty register.
        DatabaseUrl::Sqlite(path) => match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            Some(folder) if !folder.is_dir() => Err(StartError::NoFolder(folder.to_owned())),
            _ => Ok(Address::Sqlite(path.clone())),
        },
    }
}

/// What reads from the replica that the settings name; `None` without one. That it is away is no reason not to begin.
///
/// # Errors
/// When the address of the replica cannot be used at all.
pub(super) fn replica(config: &Config, reader: &Reader, counts: &Numbers) -> Result<Option<Reader>, StartError> {
    let Some(url) = &config.replica else { return Ok(None) };
    let opened = reader.or_replica(url.expose_secret(), numbers::reads(counts));
    opened.map(Some).map_err(|fault| unusable(config, &fault))
}

/// Makes a folder that nobody else on the machine may read.
fn make_folder(folder: &std::path::Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    if folder.as_os_str().is_empty() { Ok(()) } else { builder.create(folder) }
}
