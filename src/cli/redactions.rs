//! `followthrough redactions FILE`: the list of removals, to be kept beside the backups.

use std::path::PathBuf;

use clap::Args;

use super::Failure;
use crate::clock::{Chance, Clock};
use crate::config::Config;
use crate::domain::words;
use crate::server;
use crate::service::restore::keep_list;

/// Writes which records lost their words for legal reasons, never what they said. A file that is there is added to.
#[derive(Args)]
pub struct Redactions {
    /// The file to write, or to bring up to date
    file: PathBuf,
}

impl Redactions {
    /// Does as told.
    pub fn run(self, config: &Config) -> Result<(), Failure> {
        let opened = server::open_existing(config, &Clock::system(), &Chance::system())?;
        let list = opened.service.removals()?;
        if list.is_empty() && !self.file.exists() {
            println!("No words were ever removed from this register for legal reasons: there is no list to keep.");
            return Ok(());
        }
        let length = keep_list(&self.file, list)?;
        println!("{} lists {}.", self.file.display(), words::count(length as u64, "removal", "removals"));
        Ok(())
    }
}
