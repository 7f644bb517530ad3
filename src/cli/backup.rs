//! `followthrough backup FILE`: the whole register in one file, taken while it is served.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use sha2::{Digest, Sha256};

use super::Failure;
use crate::config::Config;
use crate::domain::words;
use crate::server;
use crate::store::copy::{self, Held};

/// What the help says below the options.
const KEEPING: &str = "\
The copy is consistent: it holds the register as it stood at one moment, unpublished work, people and queued mail included, \
so keep it as safely as the register itself. It overwrites nothing and appears under its name only when it is whole. \
An SQLite register gives an SQLite file; a PostgreSQL one an archive of pg_dump, which must be installed here.

Not in it: the settings, mails written as files, and the list of removals in the data folder (removals.toml). Keep that list \
beside the copies, newer than any of them: `followthrough redactions FILE` writes it, and `restore` applies it.";

/// Copies the register into a new file.
#[derive(Args)]
#[command(after_help = KEEPING)]
pub struct Backup {
    /// The file to write; nothing may have that name yet
    file: PathBuf,
}

impl Backup {
    /// Writes it and says what it holds.
    pub fn run(self, config: &Config) -> Result<(), Failure> {
        let address = server::existing(config)?;
        let held = copy::take(&address, &self.file)?;
        println!("{}", holds(&held));
        let (size, sum) = size_and_sum(&self.file)?;
        println!("{}: {} bytes, SHA-256 {sum}", self.file.display(), words::number(size));
        println!("Keep the list of removals beside it: followthrough redactions FILE");
        Ok(())
    }
}

/// What a copy holds, as one sentence.
pub(super) fn holds(held: &Held) -> String {
    let newest = match held.day {
        Some(day) => format!("up to change {} of {}", held.seq, words::day(day)),
        None => "with nothing published".to_owned(),
    };
    let parts = [
        words::count(held.inquiries, "inquiry", "inquiries"),
        words::count(held.recommendations, "recommendation", "recommendations"),
        words::count(held.answers, "answer", "answers"),
        words::count(held.people, "person with an account", "people with an account"),
        words::count(held.removals, "removal for legal reasons", "removals for legal reasons"),
    ];
    format!("The register {newest}: {}.", words::list(&parts))
}

fn size_and_sum(file: &Path) -> io::Result<(u64, String)> {
    let mut sum = Sha256::new();
    let size = io::copy(&mut File::open(file)?, &mut Feeding(&mut sum))?;
    Ok((size, sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect()))
}

/// Feeds a checksum with what is written.
struct Feeding<'s>(&'s mut Sha256);

impl io::Write for Feeding<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
