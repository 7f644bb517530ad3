//! The holds in force, as every page says them: read once for each state of the register and kept, so that no page asks for them
//! again.

use std::sync::{Arc, RwLock};

use super::state::State;
use crate::store::hold::Standing;
use crate::store::stamp::{self, Known, Stamp};
use crate::store::{self, ReadTx};

/// What was read last, and from which state of the register.
#[derive(Default)]
pub struct Kept(RwLock<Option<(Stamp, Arc<Standing>)>>);

impl Kept {
    /// What was read from the newest state that is known, where that can be relied on.
    #[must_use]
    pub fn of(&self, known: &Known) -> Option<Arc<Standing>> {
        let kept = self.0.read().ok()?;
        let current = known.standing() == stamp::Standing::Current;
        kept.as_ref().filter(|(stamp, _)| current && *stamp == known.stamp).map(|(_, holds)| Arc::clone(holds))
    }

    /// Keeps what was read after this stamp was known.
    pub fn keep(&self, stamp: Stamp, holds: &Arc<Standing>) {
        if let Ok(mut kept) = self.0.write() {
            *kept = Some((stamp, Arc::clone(holds)));
        }
    }
}

/// What is kept, or what this snapshot shows.
///
/// # Errors
/// When the database fails.
pub fn read(tx: &mut ReadTx<'_>, kept: Option<Arc<Standing>>) -> Result<Arc<Standing>, store::Error> {
    kept.map_or_else(|| Standing::read(tx).map(Arc::new), Ok)
}

/// The holds in force.
///
/// # Errors
/// When the database cannot be asked.
pub async fn standing(state: &State) -> Result<Arc<Standing>, store::Error> {
    let known = state.reader.known();
    if let Some(kept) = state.holds.of(&known) {
        return Ok(kept);
    }
    let holds = state.reader.read_or_again(|tx| read(tx, None)).await?;
    state.holds.keep(known.stamp, &holds);
    Ok(holds)
}
