//! How long a session lives, and what it is called where it is ended from another place.

use super::id::SessionId;
use super::moment::{CLOCKS_APART_SECONDS, Moment};
use super::secret::Secret;

/// Seconds without a request after which a session has ended.
pub const IDLE_SECONDS: i64 = 60 * 60;
/// Seconds after sign-in at which a session has ended, whatever was done.
pub const ABSOLUTE_SECONDS: i64 = 12 * 60 * 60;
/// Seconds that pass before a request is noted as the last one seen: a write for each request would be too many.
pub const NOTED_EVERY_SECONDS: i64 = 60;

/// Whether a session that was begun at `created` and last seen at `seen` is still one at `now`. One that was begun later than clocks
/// differ from now was begun by a clock that has been set back since: how old it is nobody knows, so it has ended.
#[must_use]
pub fn is_live(created: Moment, seen: Moment, now: Moment) -> bool {
    let age = now.seconds_since(created);
    now.seconds_since(seen) < IDLE_SECONDS && (-CLOCKS_APART_SECONDS..ABSOLUTE_SECONDS).contains(&age)
}

/// Whether what works until a moment, and was made to work for so many seconds, works at `now`. What would work for longer than that
/// from now was made by a clock that has been set back since: how old it is nobody knows, so its time has passed.
#[must_use]
pub fn is_in_time(until: Moment, seconds: i64, now: Moment) -> bool {
    (1..=seconds + CLOCKS_APART_SECONDS).contains(&until.seconds_since(now))
}

const NAME: &str = "session, name";

/// What a session is called in an address: its inner number never stands there.
#[must_use]
pub fn name(secret: &Secret, id: SessionId) -> String {
    secret.sign(NAME, &id.0.to_be_bytes())
}

/// Whether a session has this name.
#[must_use]
pub fn is_named(secret: &Secret, id: SessionId, name: &str) -> bool {
    secret.signed(NAME, &id.0.to_be_bytes(), name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_works_for_a_time_works_for_no_longer_however_the_clock_was_set() {
        let now: Moment = "2026-11-23T09:00:00Z".parse().unwrap();
        for (made, works) in
            [(-1801, false), (-1800, false), (-1799, true), (0, true), (300, true), (301, false), (86_400 * 30, false)]
        {
            let until = now.plus_seconds(made + 1800);
            assert_eq!(is_in_time(until, 1800, now), works, "made {made} seconds from now");
        }
    }

    #[test]
    fn a_session_ends_after_an_hour_of_silence_and_after_half_a_day() {
        let begun: Moment = "2026-11-23T09:00:00Z".parse().unwrap();
        let after = |seconds| begun.plus_seconds(seconds);
        assert!(is_live(begun, begun, after(3599)));
        assert!(!is_live(begun, begun, after(3600)));
        assert!(is_live(begun, after(43_000), after(43_199)));
        assert!(!is_live(begun, after(43_000), after(43_200)));
        assert!(is_live(begun, begun, after(-300)), "another node's clock is a little behind");
        assert!(!is_live(begun, begun, after(-301)), "a clock that was set back does not lengthen a session");
        assert!(is_live(begun, after(1800), after(600)));
    }

    #[test]
    fn a_name_is_that_of_one_session() {
        let secret = Secret::new([1; 32]);
        let one = name(&secret, SessionId(1));
        assert!(is_named(&secret, SessionId(1), &one));
        assert!(!is_named(&secret, SessionId(2), &one) && !is_named(&secret, SessionId(1), "1"));
    }
}
