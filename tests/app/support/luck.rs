//! Chance that can be had again: of a seed that is printed, and that the next run can be given.

use std::time::Duration;

use followthrough::clock::{Chance, Clock};

use crate::servers::environment;

/// Chance of one seed.
pub struct Luck(Chance);

impl Luck {
    /// The seed that the environment names, or this second; prints it.
    pub fn seed(story: &str) -> u64 {
        let given = environment("FOLLOWTHROUGH_SEED").and_then(|seed| seed.to_str()?.parse().ok());
        let seed = given.unwrap_or_else(|| Clock::system().now().timestamp().as_second().unsigned_abs());
        println!("{story}: FOLLOWTHROUGH_SEED={seed}");
        seed
    }

    /// Of the seed that the environment names, or of this second; prints it.
    pub fn drawn(story: &str) -> Self {
        Luck::of(Luck::seed(story))
    }

    /// Of this seed.
    pub fn of(seed: u64) -> Self {
        Luck(Chance::seeded(seed))
    }

    /// One of the numbers below a limit.
    pub fn below(&self, limit: usize) -> usize {
        let drawn = u64::from(u32::from_be_bytes(self.0.bytes()));
        usize::try_from(drawn % limit as u64).expect("a small number")
    }

    /// One of these words.
    pub fn one<'a>(&self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    /// Waits for a random time, less than so many milliseconds.
    pub fn waits_below(&self, milliseconds: usize) {
        std::thread::sleep(Duration::from_millis(self.below(milliseconds) as u64));
    }
}
