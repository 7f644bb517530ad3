//! `followthrough verify`: does what people are shown follow from what was published?

use super::Failure;
use crate::clock::{Chance, Clock};
use crate::config::Config;
use crate::server;
use crate::store::present::{Verified, verify};
use crate::store::{Error, ReadTx, setting, succession};

/// Where an earlier program worked out who answers for bodies that ended, and nothing has been put right since.
const NOT_SETTLED: &str = "Who answers for what bodies that ended were asked was worked out here by an earlier program. Run \
    `followthrough migrate`, or serve the register, and then run this again: what differs until then may be no fault.";

/// Prints every difference, then what was compared and what that proves.
pub fn run(config: &Config) -> Result<(), Failure> {
    let opened = server::open_existing(config, &Clock::system(), &Chance::system())?;
    say(&opened.reader.read_now::<_, Error>(look)?)
}

/// Compares everything; and whether nothing is left as an earlier program worked it out.
pub(super) fn look(tx: &mut ReadTx<'_>) -> Result<(Verified, bool), Error> {
    let is_settled = setting::are_answerers_settled(tx)? || succession::answers_of_ended(tx)?.is_empty();
    Ok((verify(tx)?, is_settled))
}

/// Prints what was found; a failure where the current rows do not follow.
pub(super) fn say((found, is_settled): &(Verified, bool)) -> Result<(), Failure> {
    if !is_settled {
        println!("{NOT_SETTLED}");
    }
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
