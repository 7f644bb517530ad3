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

    /// Whether it says of a body that it has not done, or not shown, what was recommended. Such a finding is shown to the body
    /// before anybody else reads it: what is wrong in it does harm from the first minute, and the body is the one that knows.
    /// "Cannot be determined" and "not enough shown" are among them, for they speak of what the body kept or handed over.
    #[must_use]
    pub const fn is_adverse(self) -> bool {
        match self {
            Self::OffCourse
            | Self::NotShown
            | Self::NotEnoughDone
            | Self::PartlyImplemented
            | Self::NotImplemented
            | Self::ContraryAction
            | Self::CannotDetermine => true,
            Self::NotAssessed | Self::OnCourse | Self::Implemented | Self::ImplementedByOtherMeans => false,
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_against_a_body_is_adverse_and_what_is_done_never_is() {
        for value in Assessed::ALL.iter().copied() {
            let against = matches!(value.group(), AssessedGroup::Not | AssessedGroup::CannotTell);
            assert!(!against || value.is_adverse(), "{value}");
            assert!(!(value.is_done() && value.is_adverse()), "{value}");
        }
        assert!(Assessed::PartlyImplemented.is_adverse() && !Assessed::OnCourse.is_adverse());
    }
}
