//! `followthrough restore FILE`: a copy put into an empty place.

use std::path::PathBuf;

use clap::Args;

use super::Failure;
use super::backup::holds;
use super::verify;
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::redaction::{Removal, joined};
use crate::domain::words;
use crate::server;
use crate::service::restore::{Settled, keep_list, read_list, settle};
use crate::store::Error;
use crate::store::copy::{self, held};

/// What the help says below the options.
const RESTORING: &str = "\
The place is the one that DATABASE_URL (or FOLLOWTHROUGH_DATA_DIR) names, of the same kind as the copy, and it must be empty. \
The register is there when everything below is done, and nothing is there before.

Words that were removed for legal reasons after the copy was taken are removed again, by the list of removals in the data \
folder (removals.toml) and by each --redactions FILE. Sessions and one-time links in the copy end. Mail that waited in it \
does not go: it may have gone after the copy was taken. The outbox page lists it, and an administrator asks for another try \
or lets it be; where words were removed again, that mail is cancelled. Reminders and the digest of the day may go once more.";

/// Puts a copy into an empty place.
#[derive(Args)]
#[command(after_help = RESTORING)]
pub struct Restore {
    /// The copy, as `followthrough backup` wrote it
    file: PathBuf,
    /// A list of removals to apply, beside the one in the data folder; may be given more than once
    #[arg(long, value_name = "FILE")]
    redactions: Vec<PathBuf>,
}

impl Restore {
    /// Restores it, applies the removals, verifies, and says what was done.
    pub fn run(self, config: &Config) -> Result<(), Failure> {
        let address = server::prepare(config)?;
        let list = self.list(config)?;
        let now = Clock::system().now();
        let day = now.day_in(&config.time_zone);
        let listed = list.len();
        let (settled, found, held) = copy::restore::<_, Failure>(&self.file, &address, |copy| {
            let settled = settle(copy, list, now, day)?;
            let found = copy.read_now::<_, Error>(verify::look)?;
            Ok((settled, found, copy.read_now::<_, Error>(held)?))
        })?;
        println!("Restored. {}", holds(&held));
        say(&settled, listed);
        keep_list(&config.removals_file(), settled.list)?;
        verify::say(&found)
    }

    /// Every list there is, put together. One that was named and is not there is an error; the data folder's own may be
    /// missing.
    fn list(&self, config: &Config) -> Result<Vec<Removal>, Failure> {
        let mut list = read_list(&config.removals_file())?;
        for file in &self.redactions {
            if !file.exists() {
                return Err(format!("there is no list of removals {}", file.display()).into());
            }
            list = joined(list, read_list(file)?);
        }
        Ok(list)
    }
}

fn say(settled: &Settled, listed: usize) {
    if listed == 0 {
        println!(
            "No list of removals was given or found in the data folder. If words were removed for legal reasons after this \
             copy was taken, they are public again: restore with --redactions FILE instead."
        );
    } else {
        println!(
            "The list names {}: words removed again {}, of a record that is not in this copy {}.",
            words::count(listed as u64, "removal", "removals"),
            settled.again.len(),
            settled.elsewhere
        );
    }
    for removal in &settled.again {
        println!(
            "Removed again: {} {}, published by change {}, first removed on {}. The file that was restored still has the words.",
            removal.subject,
            removal.row,
            removal.published,
            words::day(removal.removed_on)
        );
    }
    println!(
        "The copy’s own removals were looked through again: {}, of which {} had words all the same; those are removed.",
        settled.before, settled.put_back
    );
    println!("Ended: {} sessions, {} one-time links.", settled.sessions, settled.links);
    println!(
        "Mail that waited: {} held back until an administrator asks for another try, {} cancelled.",
        settled.held_back, settled.cancelled
    );
    println!(
        "What was published after this copy was taken is not in it: links to later changes lead nowhere, and later to others."
    );
    println!(
        "Look through before you serve it: words that were withheld, and holds that were placed, after the copy was taken are \
         undone; people who stopped their mail after it follow again, and their next mail goes at its time. `serve --no-jobs` \
         serves without sending anything."
    );
}
