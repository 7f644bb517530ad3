//! The gap in its parts: of the answers where the body says complete or in place, how many were confirmed, how many nobody
//! has looked at, how many were not looked at lately, and of how many something else was found. Each claim is in one part.

use super::assessed::Assessed;
use super::lifecycle::{Lifecycle, is_done};
use super::reported::Reported;
use super::text::text_enum;

text_enum! {
    /// What became of a body's claim that something is complete or in place.
    pub enum GapPart as "part of the gap" {
        /// Oversight found it done, it holds, and that is not older than its schedule.
        Confirmed = "confirmed",
        /// Nobody has looked at it yet.
        NotLookedAt = "not_looked_at",
        /// Somebody looked, and what was found is older than its schedule.
        NotLately = "not_lately",
        /// Oversight found something else than done, or that it no longer holds.
        Disputed = "disputed",
    }
}

/// The part that an answer is in; none where the body makes no such claim. `lately`: see
/// [`is_lately`](super::looked::is_lately).
#[must_use]
pub fn part(reported: Reported, assessed: Assessed, lifecycle: Lifecycle, lately: bool) -> Option<GapPart> {
    if !reported.claims_done() {
        return None;
    }
    Some(match (assessed, lifecycle) {
        (Assessed::NotAssessed, Lifecycle::Open | Lifecycle::Closed) => GapPart::NotLookedAt,
        (found, _) if found != Assessed::NotAssessed && !lately => GapPart::NotLately,
        (found, lifecycle) if is_done(found, lifecycle) => GapPart::Confirmed,
        _ => GapPart::Disputed,
    })
}

/// The numbers, in answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Gap {
    /// All answers that were looked through: what the claims are counted out of.
    pub answers: u64,
    /// See [`GapPart::Confirmed`].
    pub confirmed: u64,
    /// See [`GapPart::NotLookedAt`].
    pub not_looked_at: u64,
    /// See [`GapPart::NotLately`].
    pub not_lately: u64,
    /// See [`GapPart::Disputed`].
    pub disputed: u64,
    /// Whether there are more answers than were looked through.
    pub more: bool,
}

impl Gap {
    /// How many say complete or in place: the sum of the parts.
    #[must_use]
    pub const fn claims(&self) -> u64 {
        self.confirmed + self.not_looked_at + self.not_lately + self.disputed
    }

    /// One part.
    #[must_use]
    pub const fn of(&self, part: GapPart) -> u64 {
        match part {
            GapPart::Confirmed => self.confirmed,
            GapPart::NotLookedAt => self.not_looked_at,
            GapPart::NotLately => self.not_lately,
            GapPart::Disputed => self.disputed,
        }
    }

    /// One answer more.
    pub const fn count(&mut self, part: Option<GapPart>) {
        self.answers += 1;
        match part {
            Some(GapPart::Confirmed) => self.confirmed += 1,
            Some(GapPart::NotLookedAt) => self.not_looked_at += 1,
            Some(GapPart::NotLately) => self.not_lately += 1,
            Some(GapPart::Disputed) => self.disputed += 1,
            None => {}
        }
    }

    /// So many findings grew older than their schedule: of those that confirmed, and of those that found something else.
    pub const fn age(&mut self, confirmed: u64, disputed: u64) {
        let (confirmed, disputed) = (min(confirmed, self.confirmed), min(disputed, self.disputed));
        self.confirmed -= confirmed;
        self.disputed -= disputed;
        self.not_lately += confirmed + disputed;
    }

    /// Two sets that share no answer, together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            answers: self.answers + other.answers,
            confirmed: self.confirmed + other.confirmed,
            not_looked_at: self.not_looked_at + other.not_looked_at,
            not_lately: self.not_lately + other.not_lately,
            disputed: self.disputed + other.disputed,
            more: self.more || other.more,
        }
    }
}

const fn min(one: u64, other: u64) -> u64 {
    if one < other { one } else { other }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::lifecycle::is_gap;

    fn any_answer() -> impl Strategy<Value = (Reported, Assessed, Lifecycle, bool)> {
        (
            prop::sample::select(Reported::ALL.to_vec()),
            prop::sample::select(Assessed::ALL.to_vec()),
            prop::sample::select(Lifecycle::ALL.to_vec()),
            any::<bool>(),
        )
    }

    proptest! {
        #[test]
        fn the_parts_sum_to_the_claims_and_nothing_is_counted_twice(
            answers in prop::collection::vec(any_answer(), 0..60),
            cut in 0_usize..60,
        ) {
            let count = |some: &[(Reported, Assessed, Lifecycle, bool)]| {
                let mut gap = Gap::default();
                for (reported, assessed, lifecycle, lately) in some.iter().copied() {
                    gap.count(part(reported, assessed, lifecycle, lately));
                }
                gap
            };
            let gap = count(&answers);
            let claims = answers.iter().filter(|one| one.0.claims_done()).count() as u64;
            prop_assert_eq!(gap.claims(), claims);
            prop_assert_eq!(GapPart::ALL.iter().map(|part| gap.of(*part)).sum::<u64>(), claims);
            prop_assert_eq!(gap.answers, answers.len() as u64);
            // Counted in two halves it comes to the same.
            let (one, other) = answers.split_at(cut.min(answers.len()));
            prop_assert_eq!(count(one).and(count(other)), gap);
            // Counted as if all were looked at lately, and aged after, it comes to the same.
            let fresh: Vec<_> = answers.iter().map(|one| (one.0, one.1, one.2, true)).collect();
            let mut aged = count(&fresh);
            let old = |done: bool| {
                let is_old = |one: &&(Reported, Assessed, Lifecycle, bool)| {
                    let (reported, assessed, lifecycle, lately) = **one;
                    reported.claims_done() && assessed != Assessed::NotAssessed && !lately
                        && is_done(assessed, lifecycle) == done
                };
                answers.iter().filter(is_old).count() as u64
            };
            aged.age(old(true), old(false));
            prop_assert_eq!(aged, gap);
        }
    }

    #[test]
    fn a_claim_is_in_the_gap_unless_it_was_confirmed_and_age_changes_no_finding() {
        for reported in Reported::ALL.iter().copied() {
            for assessed in Assessed::ALL.iter().copied() {
                for lifecycle in Lifecycle::ALL.iter().copied() {
                    let fresh = part(reported, assessed, lifecycle, true);
                    assert_eq!(fresh.is_some(), reported.claims_done());
                    assert_ne!(fresh, Some(GapPart::NotLately));
                    let outside = fresh == Some(GapPart::Confirmed);
                    assert_eq!(reported.claims_done() && !outside, is_gap(reported, assessed, lifecycle));
                    let old = part(reported, assessed, lifecycle, false);
                    // What nobody has looked at cannot have been looked at too long ago.
                    let alike = assessed == Assessed::NotAssessed || !reported.claims_done();
                    assert_eq!(old, if alike { fresh } else { Some(GapPart::NotLately) });
                }
            }
        }
    }
}
