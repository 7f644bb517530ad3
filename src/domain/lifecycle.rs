//! The fourth fact: whether an answer is open, closed (and why), or was closed as done and no longer holds.

use super::assessed::Assessed;
use super::reported::Reported;
use super::text::text_enum;

text_enum! {
    /// Where an answer stands in its life.
    pub enum Lifecycle as "lifecycle" {
        /// Being followed.
        Open = "open",
        /// No longer followed, for the reason in [`Closure`].
        Closed = "closed",
        /// Was closed as done, no longer holds: open again.
        Lapsed = "lapsed",
    }
}

text_enum! {
    /// Why an answer was closed.
    pub enum Closure as "reason for closing" {
        /// Oversight confirmed that it was done.
        Implemented = "implemented",
        /// Oversight confirmed that its aim was reached in another way.
        OtherMeans = "other_means",
        /// Closed on the body's own word: nobody confirmed it.
        OnTheBodysWord = "on_the_bodys_word",
        /// Part was done and nothing more will be asked.
        PartlyNoFurtherAction = "partly_no_further_action",
        /// The body rejected it and oversight asks no more.
        Rejected = "rejected",
        /// Oversight found that it was not done and asks no more.
        NotImplemented = "not_implemented",
        /// Nobody can tell whether it was done.
        CannotDetermine = "cannot_determine",
        /// Another recommendation took its place.
        Superseded = "superseded",
        /// The recommendation was divided: its parts took its place, and are answered each for itself.
        InParts = "in_parts",
        /// What it was about no longer exists.
        NoLongerApplicable = "no_longer_applicable",
        /// The issuer took it back.
        WithdrawnByIssuer = "withdrawn_by_issuer",
        /// It should not have been in the register.
        RecordedInError = "recorded_in_error",
    }
}

impl Closure {
    /// Whether it closes as done, which needs the second key and a confirming assessment.
    #[must_use]
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Implemented | Self::OtherMeans)
    }

    /// Whether it rests on what oversight found, which then came no later.
    #[must_use]
    pub const fn rests_on_finding(self) -> bool {
        matches!(
            self,
            Self::Implemented
                | Self::OtherMeans
                | Self::PartlyNoFurtherAction
                | Self::NotImplemented
                | Self::CannotDetermine
        )
    }

    /// Whether it takes what was never one out of every number: it should not have been entered.
    #[must_use]
    pub const fn is_error(self) -> bool {
        matches!(self, Self::RecordedInError)
    }

    /// Whether it takes the answer out of every number: it never was one, or its parts are counted in its place.
    #[must_use]
    pub const fn is_uncounted(self) -> bool {
        matches!(self, Self::RecordedInError | Self::InParts)
    }
}

/// **Done**: the latest published assessment is implemented, or implemented by other means, and it has not lapsed.
/// Refusal alone is never done, unknown is never done, and the body's own word never is.
#[must_use]
pub const fn is_done(assessed: Assessed, lifecycle: Lifecycle) -> bool {
    assessed.is_done() && !matches!(lifecycle, Lifecycle::Lapsed)
}

/// **Gap**: the body says complete or in place, and it is not done.
#[must_use]
pub const fn is_gap(reported: Reported, assessed: Assessed, lifecycle: Lifecycle) -> bool {
    reported.claims_done() && !is_done(assessed, lifecycle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_and_the_bodys_word_are_never_done() {
        for reported in Reported::ALL.iter().copied() {
            for lifecycle in Lifecycle::ALL.iter().copied() {
                assert!(!is_done(Assessed::NotAssessed, lifecycle));
                assert_eq!(is_gap(reported, Assessed::NotAssessed, lifecycle), reported.claims_done());
            }
        }
        assert!(is_done(Assessed::ImplementedByOtherMeans, Lifecycle::Open));
        assert!(!is_done(Assessed::Implemented, Lifecycle::Lapsed));
    }
}
