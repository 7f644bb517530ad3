//! The first fact: what the body answered.

use super::text::text_enum;

text_enum! {
    /// What a body answered to one recommendation. Recorded by oversight, in the body's name; "not recorded" is never a refusal.
    pub enum Response as "response" {
        /// The default: this register has not looked or not asked.
        NotRecorded = "not_recorded",
        /// Asked, and the asking is recorded; its deadline has not passed.
        Awaited = "awaited",
        /// Accepted.
        Accepted = "accepted",
        /// Accepted in principle.
        AcceptedInPrinciple = "accepted_in_principle",
        /// Accepted in part.
        AcceptedInPart = "accepted_in_part",
        /// Being considered, until a day that the body names.
        UnderConsideration = "under_consideration",
        /// Rejected, with a reason. Never done by that alone.
        Rejected = "rejected",
        /// Answered, neither accepting nor rejecting.
        Replied = "replied",
        /// Says that the recommendation is not for this body.
        DisputesAddressee = "disputes_addressee",
        /// A person looked and found none; where and when are kept.
        NoneFound = "none_found",
    }
}

text_enum! {
    /// Whether an answer was given to this recommendation itself or to all of them at once.
    pub enum Basis as "basis of a response" {
        /// To this recommendation.
        Own = "own",
        /// To all the recommendations in one statement.
        Block = "block",
    }
}

impl Response {
    /// Whether the body has answered at all, in whatever sense.
    #[must_use]
    pub const fn is_answer(self) -> bool {
        !matches!(self, Self::NotRecorded | Self::Awaited | Self::NoneFound)
    }

    /// Whether it accepts, in full, in principle or in part: to such an answer belongs a plan.
    #[must_use]
    pub const fn accepts(self) -> bool {
        matches!(self, Self::Accepted | Self::AcceptedInPrinciple | Self::AcceptedInPart)
    }

    /// Whether a reason must stand beside it (pages and `service` ask).
    #[must_use]
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Rejected)
    }

    /// Whether it says what will not be done, and so must name it.
    #[must_use]
    pub const fn needs_limits(self) -> bool {
        matches!(self, Self::AcceptedInPrinciple | Self::AcceptedInPart)
    }

    /// Whether it must come with the day by which the body will decide.
    #[must_use]
    pub const fn needs_decide_by(self) -> bool {
        matches!(self, Self::UnderConsideration)
    }

    /// Values that a person may record; the default is what stands where nobody did.
    pub fn recordable() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|value| *value != Self::NotRecorded)
    }
}
