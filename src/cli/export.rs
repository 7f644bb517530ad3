//! `followthrough export`: the register as files, for whoever wants to count for themselves.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::Failure;
use crate::clock::{Chance, Clock};
use crate::config::Config;
use crate::server;
use crate::store::search::{Errors, Filter, Sort};
use crate::web::Error;
use crate::web::public::pack::{self, Choice, Shelf};

/// Writes what is published as CSV and JSON, with what each column means and the licence.
#[derive(Args)]
pub struct Export {
    /// An empty folder, or one that is not there yet
    folder: PathBuf,
}

/// A folder that files are put into; knows which, so that a failure leaves none behind.
struct Folder<'a> {
    path: &'a Path,
    made: Vec<PathBuf>,
}

impl Shelf for Folder<'_> {
    fn put(&mut self, name: &str, write: &mut dyn FnMut(&mut dyn Write) -> Result<(), Error>) -> Result<(), Error> {
        let path = self.path.join(name);
        let mut out = BufWriter::new(File::create_new(&path)?);
        self.made.push(path);
        write(&mut out)?;
        Ok(out.flush()?)
    }
}

impl Export {
    /// Writes the files and says which.
    pub fn run(self, config: &Config) -> Result<(), Failure> {
        let clock = Clock::system();
        let opened = server::open_existing(config, &clock, &Chance::system())?;
        make_empty(&self.folder)?;
        let choice = Choice {
            words: String::new(),
            filter: Filter { errors: Errors::Among, ..Filter::default() },
            sort: Sort::Register,
            today: clock.now().day_in(&config.time_zone),
            base: config.base_url.as_str().to_owned(),
            name: config.site_name.clone(),
        };
        let mut folder = Folder { path: &self.folder, made: Vec::new() };
        let written = opened.for_everybody().read_now::<_, Error>(|tx| pack::write(tx, &choice, &mut folder));
        let written = written.inspect_err(|_| {
            for file in &folder.made {
                if let Err(fault) = fs::remove_file(file) {
                    eprintln!("{} is not complete and could not be removed: {fault}", file.display());
                }
            }
        })?;
        for (name, rows) in &written.files {
            let rows = rows.map(|rows| format!(" ({rows} rows)")).unwrap_or_default();
            println!("{}{rows}", self.folder.join(name).display());
        }
        println!("Everything that was published up to change {}.", written.seq);
        Ok(())
    }
}

/// Makes the folder, or finds it empty.
pub(super) fn make_empty(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|fault| Failure(format!("{} cannot be made: {fault}", folder.display())))?;
    let mut found = fs::read_dir(folder).map_err(|fault| Failure(format!("{}: {fault}", folder.display())))?;
    match found.next() {
        None => Ok(()),
        Some(_) => Err(Failure(format!("{} is not empty: name another folder", folder.display()))),
    }
}
