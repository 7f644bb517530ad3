//! Where it is counted who answered those without a session.

use metrics::Counter;

/// Where it is counted who answered those without a session, and why not the replica.
#[derive(Clone)]
pub struct Reads {
    /// The replica.
    pub replica: Counter,
    /// The primary: the replica was behind what this process knows.
    pub behind: Counter,
    /// The primary: the replica does not answer, is left alone for not having done so, or broke off.
    pub away: Counter,
    /// The primary: all connections to the replica were in use.
    pub crowded: Counter,
    /// The primary: nothing was heard of the stamp for too long to measure the replica by.
    pub unsure: Counter,
}

impl Default for Reads {
    /// Nowhere.
    fn default() -> Self {
        let nowhere = Counter::noop;
        Self { replica: nowhere(), behind: nowhere(), away: nowhere(), crowded: nowhere(), unsure: nowhere() }
    }
}
