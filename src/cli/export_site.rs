//! `followthrough export-site`: the whole public site as static files.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Failure;
use crate::clock::{Chance, Clock};
use crate::config::Config;
use crate::domain::words;
use crate::server;

/// What the help says below the options.
const KEEPING: &str = "\
Every public page, list, feed, calendar, table, archive and file, as it stands at one moment, with relative links: open \
DIR/index.html, put the folder on any web server, or hand it to a web archive. DIR/READ-ME.txt says of which change and day it \
is. What a copy cannot do (search, filters, earlier days, following by mail, forms) leads to the register at \
FOLLOWTHROUGH_BASE_URL. The register may be served meanwhile.";

/// Writes the whole public site as files with working links.
#[derive(Args)]
#[command(after_help = KEEPING)]
pub struct ExportSite {
    /// An empty folder, or one that is not there yet
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl ExportSite {
    /// Writes the files beside the folder, puts them in its place when they are whole, and says what they are.
    pub fn run(self, config: Config) -> Result<(), Failure> {
        let folder = self.folder;
        free(&folder)?;
        let Some(name) = folder.file_name() else {
            return Err(Failure(format!("{} has no name of its own: name another folder", folder.display())));
        };
        let beside = folder.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let failed = |fault| Failure(format!("{} cannot be made: {fault}", folder.display()));
        fs::create_dir_all(beside).map_err(failed)?;
        let prefix = format!(".unfinished-{}-", name.to_string_lossy());
        let unfinished = tempfile::Builder::new().prefix(&prefix).tempdir_in(beside).map_err(failed)?;
        // Within it, for a temporary folder is closed to everybody else, and this one is to be served.
        let site = unfinished.path().join("site");
        fs::create_dir(&site).map_err(failed)?;
        let (copied, newest) = server::copy_site(config, &site, &Clock::system(), Chance::system())?;
        fs::rename(&site, &folder).map_err(failed)?;
        let written = words::copy_written(copied.pages, copied.files, copied.bytes);
        println!("{}: {written}.", folder.display());
        println!("Made on {} at change {}.", words::day(copied.day), copied.seq);
        if newest > copied.seq {
            println!("{}", words::copy_outdated(newest));
        }
        println!("{}", words::KEEPS_WORDS);
        Ok(())
    }
}

/// Finds nothing there, or an empty folder.
fn free(folder: &Path) -> Result<(), Failure> {
    match fs::read_dir(folder) {
        Ok(mut found) => match found.next() {
            None => Ok(()),
            Some(_) => Err(Failure(format!("{} is not empty: name another folder", folder.display()))),
        },
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(fault) => Err(Failure(format!("{}: {fault}", folder.display()))),
    }
}
