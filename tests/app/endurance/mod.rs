//! What takes minutes, and is played only when it is asked for: postmen and jobs that are killed at random moments, pages under load
//! while mail drains, and a minute without the database. `cargo test --test app -- --ignored --test-threads=1` plays it; each story prints a table.
//!
//! Which process is killed when is drawn from a seed, which is printed; FOLLOWTHROUGH_SEED gives another run the same one.

mod days;
mod gone;
pub mod killed;
mod load;
mod postmen;

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::story::Story;

/// The stories of this folder.
pub fn stories() -> Vec<Story> {
    let all = [days::stories(), gone::stories(), load::stories(), postmen::stories()];
    all.into_iter().flatten().map(Story::only_when_asked).collect()
}

/// Waits until no other story of this folder runs: what one of them measures, another would disturb.
fn alone() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}
