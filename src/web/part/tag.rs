//! A tag: the words for one fact, with a colour and a shape that repeat what the words say.

use std::borrow::Cow;

use crate::domain::assessed::{Assessed, AssessedGroup};
use crate::domain::lifecycle::{Closure, Lifecycle};
use crate::domain::reported::Reported;
use crate::domain::response::Response;

/// What kind of thing a tag says. Each kind has a muted hue and a shape of its own; the words alone are enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Nothing is recorded, nobody has looked: grey, dashed, an open ring.
    #[default]
    Unknown,
    /// Said or going on, and not yet judged: blue, a half-filled ring.
    Going,
    /// Agreed to, or confirmed as done: green, a full disc.
    Yes,
    /// Partly, with conditions, or waiting: ochre, a diamond.
    Partly,
    /// Refused, not done, stopped: plum, a bar.
    No,
}

impl Tone {
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
}

/// The words of one fact and their tone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tag {
    /// The exact words of `domain::words`.
    pub words: Cow<'static, str>,
    /// How it looks.
    pub tone: Tone,
}

impl Tag {
    /// A tag.
    pub fn new(words: impl Into<Cow<'static, str>>, tone: Tone) -> Self {
        Self { words: words.into(), tone }
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
}
