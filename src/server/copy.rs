//! A copy of the whole public site, made by the application itself without anybody listening.

use std::path::Path;

use actix_web::web;

use super::{StartError, open_existing, site};
use crate::clock::{Chance, Clock};
use crate::config::Config;
use crate::domain::id::Seq;
use crate::store::{self, ledger};
use crate::web::copy::{self, Copied, Fault};
use crate::web::state::State;

/// Why no copy was made.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// There is no register to be read.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The register cannot be read.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The site cannot be written.
    #[error(transparent)]
    Site(#[from] Fault),
}

/// Writes the public site, as it stands at this moment, into an empty folder. Answers what was written, and the newest change
/// there is when that is done.
///
/// # Errors
/// A sentence for each way in which that can fail; the folder is not complete then.
pub fn copy_site(config: Config, folder: &Path, clock: &Clock, chance: Chance) -> Result<(Copied, Seq), CopyError> {
    let opened = open_existing(&config, clock, &chance)?;
    let still = opened.for_everybody().still()?;
    let standing = Clock::set_at(clock.now());
    let state = State::new(still, opened.service, standing, chance, site(config, false));
    let written = actix_web::rt::System::new().block_on(copy::write(web::Data::new(state), folder))?;
    let newest = opened.reader.read_now(ledger::newest)?;
    Ok((written, newest))
}
