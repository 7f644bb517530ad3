//! What takes minutes, and is played only when it is asked for: postmen, jobs and servers that are killed at random moments, a database
//! that is killed or gone while people write, pages under load while mail drains, fifty who write at once, requests to the API by the
//! thousand, and histories that are looked back to. `cargo test --test app -- --ignored --test-threads=1` plays it; each story prints a
//! table.
//!
//! Which process is killed when, what is asked for and what happens on which day is drawn from a seed, which is printed;
//! FOLLOWTHROUGH_SEED gives another run the same one.

mod acknowledged;
mod days;
mod failover;
mod fuzz;
mod gone;
mod histories;
pub mod killed;
mod load;
mod office;
mod postmen;
pub mod writers;

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::story::Story;

/// The stories of this folder.
pub fn stories() -> Vec<Story> {
    let keeping = [acknowledged::stories(), days::stories(), failover::stories(), gone::stories(), postmen::stories()];
    let speed = [fuzz::stories(), histories::stories(), load::stories(), writers::stories()];
    let all = keeping.into_iter().chain(speed);
    all.flatten().map(Story::only_when_asked).collect()
}

/// Waits until no other story of this folder runs: what one of them measures, another would disturb.
fn alone() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}
