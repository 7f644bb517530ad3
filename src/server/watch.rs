//! What keeps this process informed of what other processes write: it asks for the stamp twice a second.

use std::io;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::store::stamp::Watch;

/// How often the database is asked: well within the two seconds in which others' writes must be seen.
const EVERY: Duration = Duration::from_millis(500);
/// How often, and how many times, a question under way is looked at before it is left alone at the end.
const LOOK: Duration = Duration::from_millis(20);
const LOOKS: usize = 100;

/// The thread that asks.
pub(super) struct WatchThread {
    tell: Sender<()>,
    thread: JoinHandle<()>,
}

impl WatchThread {
    /// Asks once, and then goes on asking.
    pub(super) fn start(mut watch: Watch) -> io::Result<Self> {
        let (tell, end) = channel::<()>();
        let mut is_silent = !heard(&mut watch, false);
        let run = move || {
            while end.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
                is_silent = !heard(&mut watch, is_silent);
            }
        };
        let thread = thread::Builder::new().name("watch".to_owned()).spawn(run)?;
        Ok(Self { tell, thread })
    }

    /// Ends it. A database that gives no answer does not hold up the end.
    pub(super) fn stop(self) {
        drop(self.tell);
        for _ in 0..LOOKS {
            if self.thread.is_finished() {
                break;
            }
            thread::sleep(LOOK);
        }
        if self.thread.is_finished() && self.thread.join().is_err() {
            tracing::error!("the thread that watches the register panicked");
        }
    }
}

/// Asks once; what changes about the database is said in the log.
fn heard(watch: &mut Watch, is_silent: bool) -> bool {
    match watch.ask() {
        Ok(()) => {
            if is_silent {
                tracing::info!("the database answers again");
            }
            true
        }
        Err(fault) => {
            if !is_silent {
                tracing::error!(source = %fault, "the database does not answer: pages are shown as they were kept");
            }
            false
        }
    }
}
