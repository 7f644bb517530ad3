//! `followthrough held`: everything held about a person, an item or a body, as one file, for a request under the law.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::Failure;
use crate::clock::{Chance, Clock};
use crate::config::Config;
use crate::domain::disclosure::{Asked, Between, Held, Subject};
use crate::domain::moment::Day;
use crate::domain::words;
use crate::server;
use crate::store::Error;
use crate::store::disclosure::{LEFT_OUT, gather};

/// What is asked for, and where it goes.
#[derive(Args)]
pub struct Arguments {
    /// The file to write; one that is there already is left alone
    file: PathBuf,
    /// person:EMAIL (or the reference of their page), item:INQUIRY/NUMBER, or body:SLUG
    #[arg(long)]
    about: Asked,
    /// The first day, such as 2026-11-01; without it from the beginning
    #[arg(long)]
    from: Option<Day>,
    /// The last day; without it until now
    #[arg(long)]
    to: Option<Day>,
}

impl Arguments {
    /// Writes the file and says what it holds.
    pub fn run(self, config: &Config) -> Result<(), Failure> {
        let Self { file, about, from, to } = self;
        if let (Some(first), Some(last)) = (from, to)
            && first > last
        {
            return Err(format!("--from {first} is after --to {last}").into());
        }
        let (clock, between) = (Clock::system(), Between { from, to });
        let opened = server::open_existing(config, &clock, &Chance::system())?;
        let records = match opened.reader.read_now(|tx| gather(tx, &about, between, &config.time_zone)) {
            Ok(records) => records,
            Err(Error::NotFound) => return Err(nothing(&about).into()),
            Err(fault) => return Err(fault.into()),
        };
        let held = Held::new(&about, between, records, LEFT_OUT, (&config.site_name, clock.now()));
        write(&file, &held.to_json()?).map_err(|fault| format!("{} cannot be written: {fault}", file.display()))?;
        println!(
            "{}: {} about {} {}, {}. Look through the private ones before it is handed out.",
            file.display(),
            words::count(held.count as u64, "record", "records"),
            held.kind,
            held.about,
            words::count(held.private_fields as u64, "private field", "private fields"),
        );
        Ok(())
    }
}

fn nothing(about: &Asked) -> String {
    match about.kind {
        Subject::Person => format!("Nothing is held about the person {}; no file was written.", about.id),
        Subject::Item => format!("There is no item {} in this register; no file was written.", about.id),
        Subject::Body => format!("There is no body {} in this register; no file was written.", about.id),
    }
}

/// Writes a file that nobody else may read and that was not there before: whole, or not at all.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file: File = options.open(path)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).inspect_err(|_| {
        if let Err(fault) = fs::remove_file(path) {
            eprintln!("{} is not whole and cannot be removed: {fault}", path.display());
        }
    })
}
