//! How long a session lives.

use super::moment::Moment;

/// Seconds without a request after which a session has ended.
pub const IDLE_SECONDS: i64 = 60 * 60;
/// Seconds after sign-in at which a session has ended, whatever was done.
pub const ABSOLUTE_SECONDS: i64 = 12 * 60 * 60;
/// Seconds that pass before a request is noted as the last one seen: a write for each request would be too many.
pub const NOTED_EVERY_SECONDS: i64 = 60;

/// Whether a session that was begun at `created` and last seen at `seen` is still one at `now`.
#[must_use]
pub fn is_live(created: Moment, seen: Moment, now: Moment) -> bool {
    now.seconds_since(seen) < IDLE_SECONDS && now.seconds_since(created) < ABSOLUTE_SECONDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_after_an_hour_of_silence_and_after_half_a_day() {
        let begun: Moment = "2026-11-23T09:00:00Z".parse().unwrap();
        let after = |seconds| begun.plus_seconds(seconds);
        assert!(is_live(begun, begun, after(3599)));
        assert!(!is_live(begun, begun, after(3600)));
        assert!(is_live(begun, after(43_000), after(43_199)));
        assert!(!is_live(begun, after(43_000), after(43_200)));
    }
}
