//! What an earlier program left otherwise than this one works it out: put right once, when a register is served, when its jobs run,
//! and when its schema is brought up to date. Commands that look at a register leave it as it is.

use super::{Error, Service, search};
use crate::domain::moment::Moment;
use crate::store::ledger::lock_newest;
use crate::store::present::settle_addressee;
use crate::store::{Writer, setting, succession};

impl Service {
    /// Brings each answer of a body that ended to whoever answers now, and lets it be found by that body's names. An earlier
    /// program took the one successor that was recorded of a split for the one that answers, and knew no name but that of the
    /// body asked. It is done once for each register.
    ///
    /// # Errors
    /// When the database fails.
    pub fn settle_answerers(&self, now: Moment) -> Result<(), Error> {
        settle_answerers(&self.writer, now)
    }
}

/// The same of a register that is not opened for deeds.
///
/// # Errors
/// When the database fails.
pub fn settle_answerers(writer: &Writer, now: Moment) -> Result<(), Error> {
    if writer.read_now(|tx| Ok::<_, Error>(setting::are_answerers_settled(tx)?))? {
        return Ok(());
    }
    writer.write_now(|tx| {
        // Of two nodes that start at the same time the second waits here, however long that takes, and finds it done.
        tx.waits_for_others()?;
        lock_newest(tx)?;
        if setting::are_answerers_settled(tx)? {
            return Ok(());
        }
        let answers = succession::answers_of_ended(tx)?;
        for answer in &answers {
            settle_addressee(tx, *answer)?;
        }
        search::index_answers(tx, &answers)?;
        Ok(setting::answerers_settled(tx, now)?)
    })
}
