//! Whether the clock goes as time does. One that leaps ahead would have the register publish silence that has not happened, mail it,
//! and remove what is still to be kept: none of that can be taken back.

use std::time::{Duration, Instant};

use crate::domain::moment::{CLOCKS_APART_SECONDS, Moment};

/// So long a clock that has leapt ahead is doubted. Then it is believed: the machine may have slept, or the clock was set right.
const DOUBTED_FOR: Duration = Duration::from_secs(60 * 60);

/// A clock, held against the time that passes meanwhile.
#[derive(Debug)]
pub(super) struct Steady {
    seen: (Instant, Moment),
    doubted_since: Option<Instant>,
}

impl Steady {
    /// From here on. What the clock says now is believed.
    pub const fn since(at: Instant, said: Moment) -> Self {
        Self { seen: (at, said), doubted_since: None }
    }

    /// By how many seconds the clock is ahead of the time that has passed, where that is more than clocks differ and it is doubted
    /// still.
    pub fn doubts(&mut self, at: Instant, said: Moment) -> Option<i64> {
        let passed = at.saturating_duration_since(self.seen.0).as_secs();
        let ahead = said.seconds_since(self.seen.1).saturating_sub(i64::try_from(passed).unwrap_or(i64::MAX));
        if ahead > CLOCKS_APART_SECONDS {
            let since = *self.doubted_since.get_or_insert(at);
            if at.saturating_duration_since(since) < DOUBTED_FOR {
                return Some(ahead);
            }
        }
        *self = Self::since(at, said);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is doubted where the clock says that, so many seconds after the beginning: each with how far it is ahead then.
    fn doubted(said: &[(u64, i64)]) -> Vec<Option<i64>> {
        let (begun, nine) = (Instant::now(), "2026-11-23T09:00:00Z".parse::<Moment>().unwrap());
        let mut steady = Steady::since(begun, nine);
        let doubts = |(passed, ahead): &(u64, i64)| {
            let at = begun + Duration::from_secs(*passed);
            steady.doubts(at, nine.plus_seconds(i64::try_from(*passed).unwrap() + ahead))
        };
        said.iter().map(doubts).collect()
    }

    #[test]
    fn a_clock_that_goes_as_time_does_is_believed() {
        assert_eq!(doubted(&[(30, 0), (60, 1), (90, -1), (4000, 200), (4030, 400)]), [None; 5], "little by little");
        assert_eq!(doubted(&[(30, -86_400), (60, -86_400), (90, -86_399)]), [None; 3], "set back");
    }

    #[test]
    fn a_clock_that_leaps_ahead_is_doubted_until_it_is_right_or_an_hour_has_passed() {
        let month = 30 * 86_400;
        assert_eq!(doubted(&[(30, month), (60, month), (90, 0), (120, 0)]), [Some(month), Some(month), None, None]);
        assert_eq!(doubted(&[(30, 301), (3629, 301), (3630, 301), (3660, 301)]), [Some(301), Some(301), None, None]);
        assert_eq!(doubted(&[(30, 300), (60, 600), (90, 901)]), [None, None, Some(301)]);
    }
}
