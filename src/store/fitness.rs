//! Whether a replica is fit to be asked: one that did not answer is left alone for some seconds, then tried once, aside. What
//! changes about it is said in the log, once.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// For how long one that did not answer is left alone.
const LEFT_ALONE_FOR: Duration = Duration::from_secs(3);
/// For how long it may be behind before the log says so: after each write it is for a moment.
const BEHIND_FOR: Duration = Duration::from_secs(10);
/// By when the primary has what a replica shows: where each commit waits for the replica, that one shows it a moment earlier.
const PRIMARY_HAS_IT_BY: Duration = Duration::from_secs(5);

/// What whoever wants to read does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// Ask the replica.
    Ask,
    /// Have it tried aside, and ask the primary.
    TryAside,
    /// Ask the primary.
    Leave,
}

/// Whether a replica has nothing but what its primary has, sooner or later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// As far as is known.
    Follows,
    /// It has what the primary has not: it follows another server, or one that was restored from an earlier day. `is_news`: it was not
    /// known until now, so something may have been read there.
    Astray {
        /// Whether this was not known.
        is_news: bool,
    },
}

#[derive(Default)]
struct Condition {
    /// Until when it is left alone, where it did not answer.
    away: Option<Instant>,
    /// Since when it is behind, and whether the log has said so.
    behind: Option<(Instant, bool)>,
    /// The number that it showed before the primary was known to have it, and by when it did.
    ahead: Option<(i64, Instant)>,
    /// The number that it showed when it was found to have gone its own way.
    astray: Option<i64>,
}

/// What is known of a replica. Nothing bad to begin with.
#[derive(Default)]
pub(super) struct Fitness(Mutex<Condition>);

impl Fitness {
    /// What whoever comes at this moment is to do.
    pub fn turn(&self, now: Instant) -> Turn {
        let mut condition = self.lock();
        match &mut condition.away {
            None => Turn::Ask,
            // The next one to come leaves it alone again while this one tries.
            Some(until) if *until <= now => {
                *until = now + LEFT_ALONE_FOR;
                Turn::TryAside
            }
            Some(_) => Turn::Leave,
        }
    }

    /// It did not answer.
    pub fn is_away(&self, now: Instant, fault: &str) {
        let was = self.lock().away.replace(now + LEFT_ALONE_FOR);
        if was.is_none() {
            tracing::warn!(source = fault, "the replica cannot be read: public pages come from the primary");
        }
    }

    /// It answers.
    pub fn answers(&self) {
        let was = self.lock().away.take();
        if was.is_some() {
            tracing::info!("the replica answers again: public pages come from it");
        }
    }

    /// It has what this process knows of.
    pub fn has_it(&self) {
        let was = self.lock().behind.take();
        if was.is_some_and(|(_, is_said)| is_said) {
            tracing::info!("the replica has caught up");
        }
    }

    /// It lacks something that this process knows of.
    pub fn lacks_it(&self, now: Instant) {
        let mut condition = self.lock();
        let (since, is_said) = condition.behind.get_or_insert((now, false));
        if !*is_said && now.saturating_duration_since(*since) >= BEHIND_FOR {
            *is_said = true;
            drop(condition);
            tracing::warn!("the replica has been behind for some seconds: public pages come from the primary");
        }
    }

    /// It showed a number, at this moment at the latest. `known`: the number that the primary is known to have, and when it was asked
    /// for it last. What a replica shows that the primary, asked some seconds later, has not, did not come from there; one whose number
    /// stands still after that is not read again, for the primary comes to that number by another way.
    pub fn shows(&self, number: i64, at: Instant, (primary, asked): (i64, Option<Instant>)) -> Way {
        let mut condition = self.lock();
        let is_due = |then: Instant| asked.is_some_and(|asked| asked > then + PRIMARY_HAS_IT_BY);
        if let Some((ahead, _)) = condition.ahead.filter(|(_, then)| is_due(*then)) {
            condition.ahead = None;
            if ahead > primary {
                condition.astray = Some(ahead);
                return Way::Astray { is_news: true };
            }
        }
        if condition.astray == Some(number) {
            return Way::Astray { is_news: false };
        }
        condition.astray = None;
        if number > primary {
            condition.ahead.get_or_insert((number, at));
        }
        Way::Follows
    }

    fn lock(&self) -> MutexGuard<'_, Condition> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_does_not_answer_is_left_alone_and_tried_by_one_at_a_time() {
        let (fitness, now) = (Fitness::default(), Instant::now());
        assert_eq!(fitness.turn(now), Turn::Ask);
        fitness.is_away(now, "gone");
        assert_eq!(fitness.turn(now + Duration::from_secs(1)), Turn::Leave);
        let later = now + LEFT_ALONE_FOR;
        assert_eq!((fitness.turn(later), fitness.turn(later)), (Turn::TryAside, Turn::Leave));
        fitness.is_away(later, "gone");
        assert_eq!(fitness.turn(later + Duration::from_secs(1)), Turn::Leave);
        fitness.answers();
        assert_eq!(fitness.turn(later), Turn::Ask);
    }

    #[test]
    fn one_that_has_what_the_primary_has_not_is_not_read() {
        let (fitness, begun) = (Fitness::default(), Instant::now());
        let at = |seconds| begun + Duration::from_secs(seconds);
        let shows = |number, when, primary, asked| fitness.shows(number, at(when), (primary, Some(at(asked))));
        // Another node has written: the primary says so when it is asked next.
        assert_eq!(shows(8, 2, 7, 1), Way::Follows);
        assert_eq!(shows(9, 3, 7, 1), Way::Follows);
        assert_eq!(shows(9, 5, 7, 4), Way::Follows, "a commit may wait until the replica shows it");
        assert_eq!(shows(9, 9, 9, 8), Way::Follows);
        // It does not: what the replica has never came from there.
        assert_eq!(shows(11, 10, 9, 9), Way::Follows);
        assert_eq!(shows(11, 18, 9, 17), Way::Astray { is_news: true });
        assert_eq!(shows(11, 19, 9, 17), Way::Astray { is_news: false });
        assert_eq!(shows(11, 25, 11, 24), Way::Astray { is_news: false }, "the primary came to that number by itself");
        // Made anew.
        assert_eq!(shows(12, 31, 12, 30), Way::Follows);
        assert_eq!(shows(13, 32, 13, 31), Way::Follows);
    }

    #[test]
    fn one_that_is_behind_is_asked_all_the_same() {
        let (fitness, now) = (Fitness::default(), Instant::now());
        let is_said = |fitness: &Fitness| fitness.lock().behind.is_some_and(|(_, is_said)| is_said);
        fitness.lacks_it(now);
        assert_eq!((fitness.turn(now), is_said(&fitness)), (Turn::Ask, false));
        fitness.lacks_it(now + BEHIND_FOR);
        assert!(is_said(&fitness));
        fitness.has_it();
        fitness.lacks_it(now + BEHIND_FOR);
        assert!(!is_said(&fitness), "it is behind anew");
    }
}
