//! `followthrough register load`: puts what a file holds into the register.

use std::path::PathBuf;

use clap::Subcommand;

use super::Failure;
use crate::clock::{Chance, Clock};
use crate::config::Config;
use crate::server;
use crate::service::Load;

/// What can be done with register files.
#[derive(Subcommand)]
pub enum Register {
    /// Add what is new in a register file. Safe to run again: overwrites nothing, says what differs
    Load {
        /// The file, such as data/rotherham.toml
        file: PathBuf,
        /// Say what would happen, and change nothing
        #[arg(long)]
        dry_run: bool,
    },
}

impl Register {
    /// Does as told.
    pub fn run(self, config: &Config) -> Result<(), Failure> {
        let Self::Load { file, dry_run } = self;
        // Read before anything is opened: a faulty file changes nothing, not even the schema.
        let file = server::read(&file)?;
        let clock = Clock::system();
        let opened = server::open(config, &clock, &Chance::system())?;
        let now = clock.now();
        let load =
            Load { now, day: now.day_in(&config.time_zone), dry_run, only_if_empty: false, unless_left_empty: false };
        let loaded = opened.service.load_now(load, &file)?;
        for line in &loaded.differs {
            println!("{line}");
        }
        match (loaded.seq, dry_run) {
            (None, _) => println!("Nothing is new in this file."),
            (Some(_), true) => println!("Would add: {}. Nothing was changed.", loaded.summary()),
            (Some(seq), false) => println!("Added, as change {seq}: {}.", loaded.summary()),
        }
        Ok(())
    }
}
