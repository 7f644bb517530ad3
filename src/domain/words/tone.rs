//! The look of a tag, decided once for each value of the four facts.

use crate::domain::assessed::{Assessed, AssessedGroup};
use crate::domain::lifecycle::{Closure, Lifecycle};
use crate::domain::reported::Reported;
use crate::domain::response::Response;

/// What kind of thing a tag says: grey, or one of four muted hues, each with a shape of its own, so that nothing rests on
/// colour. A body's own word never wears the hue of something confirmed: `Yes` is for an acceptance and for what oversight
/// found; `No` says no calmly; `Unknown` that nothing is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Tone {
    /// Nothing is recorded, nobody has looked: grey, dashed, an open ring.
    #[default]
    Unknown,
    /// Said or going on, and not yet judged, or not to be told: blue, a half-filled ring.
    Going,
    /// Agreed to, or confirmed as done: green, a full disc.
    Yes,
    /// Partly, with conditions: ochre, a diamond.
    Partly,
    /// Refused, not done, stopped, not received: plum, a bar.
    No,
}

impl Tone {
    /// Every tone.
    pub const ALL: &'static [Self] = &[Self::Unknown, Self::Going, Self::Yes, Self::Partly, Self::No];

    /// The class that the style sheet knows it by.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Going => "going",
            Self::Yes => "yes",
            Self::Partly => "partly",
            Self::No => "no",
        }
    }

    /// The word for the shape that stands before the tag's words.
    #[must_use]
    pub const fn shape(self) -> &'static str {
        match self {
            Self::Unknown => "ring",
            Self::Going => "half ring",
            Self::Yes => "disc",
            Self::Partly => "diamond",
            Self::No => "bar",
        }
    }
}

impl From<Response> for Tone {
    fn from(response: Response) -> Self {
        match response {
            Response::NotRecorded | Response::NoneFound => Self::Unknown,
            Response::Accepted => Self::Yes,
            Response::UnderConsideration | Response::Replied => Self::Going,
            Response::Awaited
            | Response::AcceptedInPrinciple
            | Response::AcceptedInPart
            | Response::DisputesAddressee => Self::Partly,
            Response::Rejected => Self::No,
        }
    }
}

impl From<Reported> for Tone {
    /// The body's own word is never green: only a finding is.
    fn from(reported: Reported) -> Self {
        match reported {
            Reported::NotReported => Self::Unknown,
            Reported::Planned | Reported::UnderWay | Reported::ReportedComplete | Reported::InPlace => Self::Going,
            Reported::NotStarted => Self::Partly,
            Reported::Stopped => Self::No,
        }
    }
}

impl From<Assessed> for Tone {
    fn from(assessed: Assessed) -> Self {
        match assessed.group() {
            AssessedGroup::Partly if assessed == Assessed::OnCourse => Self::Going,
            group => group.into(),
        }
    }
}

impl From<AssessedGroup> for Tone {
    fn from(group: AssessedGroup) -> Self {
        match group {
            AssessedGroup::Confirmed => Self::Yes,
            AssessedGroup::Partly | AssessedGroup::CannotTell => Self::Partly,
            AssessedGroup::Not => Self::No,
            AssessedGroup::NotLookedAt => Self::Unknown,
        }
    }
}

impl From<(Lifecycle, Option<Closure>)> for Tone {
    fn from((lifecycle, closure): (Lifecycle, Option<Closure>)) -> Self {
        match (lifecycle, closure) {
            (Lifecycle::Open, _) => Self::Going,
            (Lifecycle::Lapsed, _) | (Lifecycle::Closed, Some(Closure::Rejected | Closure::NotImplemented)) => Self::No,
            (Lifecycle::Closed, Some(Closure::Implemented | Closure::OtherMeans)) => Self::Yes,
            (Lifecycle::Closed, Some(Closure::PartlyNoFurtherAction | Closure::OnTheBodysWord)) => Self::Partly,
            (Lifecycle::Closed, _) => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn only_a_finding_or_an_acceptance_is_green() {
        assert!(Reported::ALL.iter().all(|reported| Tone::from(*reported) != Tone::Yes));
        assert!(Assessed::ALL.iter().all(|found| (Tone::from(*found) == Tone::Yes) == found.is_done()));
    }

    #[test]
    fn what_nobody_recorded_is_grey() {
        assert_eq!(Tone::from(Response::NotRecorded), Tone::Unknown);
        assert_eq!(Tone::from(Reported::NotReported), Tone::Unknown);
        assert_eq!(Tone::from(Assessed::NotAssessed), Tone::Unknown);
    }

    #[test]
    fn a_closed_answer_is_green_only_where_oversight_confirmed_it() {
        for why in Closure::ALL.iter().copied() {
            assert_eq!(Tone::from((Lifecycle::Closed, Some(why))) == Tone::Yes, why.is_done(), "{why}");
        }
        assert_eq!(Tone::from((Lifecycle::Lapsed, Some(Closure::Implemented))), Tone::No);
    }

    #[test]
    fn every_tone_has_a_class_and_a_shape_of_its_own() {
        let classes: BTreeSet<_> = Tone::ALL.iter().map(|tone| tone.class()).collect();
        let shapes: BTreeSet<_> = Tone::ALL.iter().map(|tone| tone.shape()).collect();
        assert_eq!((classes.len(), shapes.len()), (Tone::ALL.len(), Tone::ALL.len()));
    }
}
