//! `followthrough verify`: does what people are shown follow from what was published?

use super::Failure;
use crate::clock::{Chance, Clock};
use crate::config::Config;
use crate::server;
use crate::store::Error;
use crate::store::present::{Verified, verify};

/// Prints every difference, then what was compared and what that proves.
pub fn run(config: &Config) -> Result<(), Failure> {
    let opened = server::open_existing(config, &Clock::system(), &Chance::system())?;
    say(&opened.reader.read_now::<_, Error>(verify)?)
}

/// Prints what was found; a failure where the current rows do not follow.
pub(super) fn say(found: &Verified) -> Result<(), Failure> {
    for difference in &found.differences {
        println!("{difference}");
    }
    println!(
        "Replayed {} changes: {} answers, {} recommendations, {} inquiries and bodies, {} counts.",
        found.changes, found.answers, found.recommendations, found.others, found.counts
    );
    if !found.differences.is_empty() {
        return Err(
            format!("{} differences: the current rows do not follow from the ledger", found.differences.len()).into()
        );
    }
    println!(
        "The current values and counts follow from the ledger, its numbers have no gap, and the search index holds the \
         published words and no others. This does not prove that the ledger itself was never altered by somebody with \
         access to the database."
    );
    Ok(())
}
