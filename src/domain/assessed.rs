//! The third fact: what oversight found when it looked.

use super::text::text_enum;

text_enum! {
    /// The finding of oversight about one answer. Written by one person, published by another, never by the body's own.
    pub enum Assessed as "assessment" {
        /// The default: nobody has judged yet; it does not mean that nothing was done.
        NotAssessed = "not_assessed",
        /// On course.
        OnCourse = "on_course",
        /// Off course.
        OffCourse = "off_course",
        /// Not enough was shown to tell.
        NotShown = "not_shown",
        /// Something was done, not enough.
        NotEnoughDone = "not_enough_done",
        /// Part of it is done.
        PartlyImplemented = "partly_implemented",
        /// Done, confirmed.
        Implemented = "implemented",
        /// Its aim was reached in another way.
        ImplementedByOtherMeans = "implemented_by_other_means",
        /// Not done.
        NotImplemented = "not_implemented",
        /// Something was done against it.
        ContraryAction = "contrary_action",
        /// Nobody can tell.
        CannotDetermine = "cannot_determine",
    }
}

text_enum! {
    /// The five groups in which lists count assessments.
    pub enum AssessedGroup as "group of assessments" {
        /// Implemented, as made or by other means.
        Confirmed = "confirmed",
        /// Some of it, or on its way.
        Partly = "partly",
        /// Not done, off course, against it.
        Not = "not",
        /// Looked, and cannot tell.
        CannotTell = "cannot_tell",
        /// Nobody has looked.
        NotLookedAt = "not_looked_at",
    }
}

impl Assessed {
    /// Whether it is one of the two findings that make an answer done.
    #[must_use]
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Implemented | Self::ImplementedByOtherMeans)
    }

    /// The group that lists count it in.
    #[must_use]
    pub const fn group(self) -> AssessedGroup {
        match self {
            Self::Implemented | Self::ImplementedByOtherMeans => AssessedGroup::Confirmed,
            Self::OnCourse | Self::PartlyImplemented => AssessedGroup::Partly,
            Self::OffCourse | Self::NotEnoughDone | Self::NotImplemented | Self::ContraryAction => AssessedGroup::Not,
            Self::NotShown | Self::CannotDetermine => AssessedGroup::CannotTell,
            Self::NotAssessed => AssessedGroup::NotLookedAt,
        }
    }

    /// Values that a person may record.
    pub fn recordable() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|value| *value != Self::NotAssessed)
    }
}
