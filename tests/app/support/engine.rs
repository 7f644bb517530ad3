//! The program's own server on a thread of its own: the one file of the stories that knows how it is started.

use followthrough::clock::Clock;

use super::app::Person;
use super::place::Place;
use super::visitor::Visitor;

/// A running server.
pub struct Engine {
    address: String,
}

impl Engine {
    /// Starts it on a free port.
    pub fn start(_place: &Place, _clock: &Clock) -> Self {
        unimplemented!("the server cannot be started yet")
    }

    /// Where it listens.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Runs every job that is due.
    pub fn run_jobs_once(&self) -> String {
        unimplemented!("there are no jobs yet")
    }

    /// Invites somebody and leads them through the invitation, until they are signed in.
    pub fn admit(&self, person: &Person, _visitor: &Visitor) {
        unimplemented!("nobody can be invited yet: {person:?}")
    }

    /// Stops it.
    pub fn stop(&mut self) {}
}
