//! `followthrough bounces`: reports of mail that came back, taken in from the shell.

use std::fs;
use std::path::PathBuf;

use clap::Args;

use super::Failure;
use crate::clock::{Chance, Clock};
use crate::config::Config;
use crate::domain::evidence::FILE_LIMIT;
use crate::domain::words;
use crate::mail::bounce;
use crate::server;

/// The file.
#[derive(Args)]
pub struct Bounces {
    /// One report (.eml), or a mailbox of many (mbox), 10 MiB and 500 messages at most
    file: PathBuf,
}

impl Bounces {
    /// Takes the reports in, and prints a line for each.
    pub fn run(self, config: &Config) -> Result<(), Failure> {
        let name = self.file.display().to_string();
        let size = fs::metadata(&self.file).map_err(|fault| format!("{name}: {fault}"))?.len();
        if size > FILE_LIMIT as u64 {
            return Err(
                format!("{name} must be 10 MiB or smaller. Divide it, and take in one part after the other").into()
            );
        }
        let bytes = fs::read(&self.file).map_err(|fault| format!("{name}: {fault}"))?;
        let reports = bounce::read(&bytes).map_err(|fault| format!("{name}: {fault}"))?;
        let (clock, chance) = (Clock::system(), Chance::system());
        let opened = server::open_existing(config, &clock, &chance)?;
        let now = clock.now();
        let today = now.day_in(&config.time_zone);
        let outcomes = opened.service.take_reports_by_hand(reports, (now, today))?;
        for outcome in &outcomes {
            println!("{}", words::report_line(outcome));
        }
        println!("{}", words::reports_did(&outcomes));
        Ok(())
    }
}
