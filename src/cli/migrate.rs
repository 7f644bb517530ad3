//! `followthrough migrate`: the schema, brought up to date, and what an earlier program worked out otherwise.

use super::Failure;
use crate::clock::Clock;
use crate::config::Config;
use crate::server;

/// Takes every step that is missing and says from what to what.
pub fn run(config: &Config) -> Result<(), Failure> {
    let address = server::prepare(config)?;
    let done = server::bring_up_to_date(config, &address)?;
    server::settle(config, &address, Clock::system().now())?;
    let to = done.to.as_deref().unwrap_or("nothing");
    match (done.steps, done.from.as_deref()) {
        (0, _) => println!("The schema is up to date: {to}."),
        (steps, None) => println!("The schema was made: {to} ({steps} taken)."),
        (steps, Some(from)) => println!("The schema was brought from {from} to {to} ({steps} taken)."),
    }
    Ok(())
}
