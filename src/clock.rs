//! The one place that asks the time, and the one that asks for chance.
//!
//! Everything else is given `now: Moment` and random bytes as arguments, so that a day can be rehearsed and a test can
//! repeat itself. May import `domain`. Both values are cheap to clone and every clone shares one clock, one chance.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use jiff::{Span, SpanRelativeTo, Timestamp};
use sha2::{Digest, Sha256};

use crate::domain::moment::Moment;

/// What a clock holds while it follows the system: no moment lies there.
const RUNNING: i64 = i64::MIN;

/// Tells the moment: the system's, or one that was set and stands until it is moved.
#[derive(Clone, Debug)]
pub struct Clock {
    stands_at: Arc<AtomicI64>,
}

impl Clock {
    /// The clock of the machine.
    #[must_use]
    pub fn system() -> Self {
        Self { stands_at: Arc::new(AtomicI64::new(RUNNING)) }
    }

    /// A clock that stands at a moment: for tests, and for rehearsing a day with `jobs --once --now`.
    #[must_use]
    pub fn set_at(moment: Moment) -> Self {
        Self { stands_at: Arc::new(AtomicI64::new(moment.timestamp().as_second())) }
    }

    /// The moment it is now, in whole seconds.
    #[must_use]
    pub fn now(&self) -> Moment {
        let second = match self.stands_at.load(Ordering::SeqCst) {
            RUNNING => system_second(),
            second => second,
        };
        Moment::new(Timestamp::from_second(second).expect("a clock is only ever set to a second of the calendar"))
    }

    /// Stops the clock, and every clone of it, at a moment.
    pub fn set(&self, moment: Moment) {
        self.stands_at.store(moment.timestamp().as_second(), Ordering::SeqCst);
    }

    /// Moves the clock on and leaves it standing there. A day is 24 hours. Returns the moment it is then.
    ///
    /// # Panics
    /// When the span has months or years in it.
    pub fn advance(&self, span: Span) -> Moment {
        let by = span.to_duration(SpanRelativeTo::days_are_24_hours()).expect("a span of weeks, days, hours or less");
        let moment = self.now().plus_seconds(by.as_secs());
        self.set(moment);
        moment
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that asks the time")]
fn system_second() -> i64 {
    Timestamp::now().as_second()
}

/// Gives random bytes: the system's, or a repeatable sequence for tests.
#[derive(Clone, Debug)]
pub struct Chance {
    source: Source,
}

#[derive(Clone, Debug)]
enum Source {
    System,
    Seeded { seed: u64, drawn: Arc<AtomicU64> },
}

impl Chance {
    /// The operating system's random bytes: the only kind fit for tokens.
    #[must_use]
    pub fn system() -> Self {
        Self { source: Source::System }
    }

    /// The same bytes in the same order for the same seed. Never for tokens that guard anything.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self { source: Source::Seeded { seed, drawn: Arc::new(AtomicU64::new(0)) } }
    }

    /// The next `N` bytes.
    ///
    /// # Panics
    /// When the operating system has no random bytes to give: nothing safe can be done then.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match &self.source {
            Source::System => fill_from_system(&mut bytes),
            Source::Seeded { seed, drawn } => fill_from_seed(&mut bytes, *seed, drawn),
        }
        bytes
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that asks for chance")]
fn fill_from_system(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system gives random bytes");
}

fn fill_from_seed(bytes: &mut [u8], seed: u64, drawn: &AtomicU64) {
    for chunk in bytes.chunks_mut(32) {
        let block = drawn.fetch_add(1, Ordering::SeqCst);
        let hash = Sha256::new().chain_update(seed.to_be_bytes()).chain_update(block.to_be_bytes()).finalize();
        chunk.copy_from_slice(&hash[..chunk.len()]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;

    fn moment(text: &str) -> Moment {
        text.parse().unwrap()
    }

    #[test]
    fn a_clock_that_was_set_stands_until_it_is_moved() {
        let clock = Clock::set_at(moment("2026-11-23T08:30:00Z"));
        let same = clock.clone();
        assert_eq!(clock.now(), moment("2026-11-23T08:30:00Z"));
        assert_eq!(clock.advance(14.days().hours(1)), moment("2026-12-07T09:30:00Z"));
        assert_eq!(same.now(), moment("2026-12-07T09:30:00Z"));
        same.set(moment("2027-01-18T08:30:00Z"));
        assert_eq!(clock.now(), moment("2027-01-18T08:30:00Z"));
    }

    #[test]
    fn the_system_clock_goes_on() {
        let clock = Clock::system();
        let first = clock.now();
        assert!(clock.now() >= first);
        assert!(first > moment("2026-01-01T00:00:00Z"));
    }

    #[test]
    fn chance_repeats_itself_from_a_seed_and_never_within_it() {
        let (one, two, other) = (Chance::seeded(7), Chance::seeded(7), Chance::seeded(8));
        let first: [u8; 48] = one.bytes();
        assert_eq!(first, two.bytes());
        assert_ne!(first, one.clone().bytes());
        assert_ne!(first, other.bytes());
        assert_ne!(first[..16], first[32..]);
    }

    #[test]
    fn the_systems_chance_differs_each_time() {
        let chance = Chance::system();
        assert_ne!(chance.bytes::<32>(), chance.bytes::<32>());
    }
}
