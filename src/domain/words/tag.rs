//! The tags: the exact words for each value of the four facts, and the hue and shape that go with them.

use std::borrow::Cow;
use std::fmt;

use super::dates;
use super::tone::Tone;
use crate::domain::assessed::{Assessed, AssessedGroup};
use crate::domain::change::Fact;
use crate::domain::lifecycle::{Closure, Lifecycle};
use crate::domain::moment::Day;
use crate::domain::reported::Reported;
use crate::domain::response::Response;

/// A value as people read it: its words, and its hue and shape.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Tag {
    /// The words, exactly as designed.
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

impl fmt::Display for Tag {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.words)
    }
}

/// The heading of each fact's row on a card. The third is headed with the assessor's own name, never "we".
#[must_use]
pub fn fact(fact: Fact, assessor: &str) -> String {
    match fact {
        Fact::Response => "Answer".to_owned(),
        Fact::Reported => "Reports".to_owned(),
        Fact::Assessed => format!("{assessor} found"),
        Fact::Lifecycle => "Open or closed".to_owned(),
    }
}

/// What the body answered.
#[must_use]
pub fn response(value: Response) -> Tag {
    let words = match value {
        Response::NotRecorded => "No answer recorded here",
        Response::Awaited => "Asked, awaiting answer",
        Response::Accepted => "Accepted",
        Response::AcceptedInPrinciple => "Accepted in principle",
        Response::AcceptedInPart => "Accepted in part",
        Response::UnderConsideration => "Under consideration",
        Response::Rejected => "Rejected",
        Response::Replied => "Replied, neither accepting nor rejecting",
        Response::DisputesAddressee => "Says it is not theirs",
        Response::NoneFound => "None found",
    };
    Tag::new(words, value.into())
}

/// What stands in the place of "Asked, awaiting answer" once the deadline that the register heard has passed.
#[must_use]
pub fn no_response_by(due: Day) -> Tag {
    Tag::new(format!("No response by {}", dates::day(due)), Tone::No)
}

/// What the body says it has done.
#[must_use]
pub fn reported(value: Reported) -> Tag {
    let words = match value {
        Reported::NotReported => "No update recorded here",
        Reported::NotStarted => "Not started",
        Reported::Planned => "Planned",
        Reported::UnderWay => "Under way",
        Reported::ReportedComplete => "Reported complete",
        Reported::InPlace => "Says it is in place and goes on",
        Reported::Stopped => "Stopped",
    };
    Tag::new(words, value.into())
}

/// What oversight found.
#[must_use]
pub fn assessed(value: Assessed) -> Tag {
    let words = match value {
        Assessed::NotAssessed => "Not yet assessed",
        Assessed::OnCourse => "On course",
        Assessed::OffCourse => "Off course",
        Assessed::NotShown => "Not enough shown",
        Assessed::NotEnoughDone => "Not enough done",
        Assessed::PartlyImplemented => "Partly implemented",
        Assessed::Implemented => "Confirmed implemented",
        Assessed::ImplementedByOtherMeans => "Implemented by other means",
        Assessed::NotImplemented => "Not implemented",
        Assessed::ContraryAction => "Action against the recommendation",
        Assessed::CannotDetermine => "Cannot be determined",
    };
    Tag::new(words, value.into())
}

/// One of the five groups in which lists count findings.
#[must_use]
pub fn assessed_group(group: AssessedGroup) -> Tag {
    let words = match group {
        AssessedGroup::Confirmed => "Confirmed",
        AssessedGroup::Partly => "Partly",
        AssessedGroup::Not => "Found not done",
        AssessedGroup::CannotTell => "Cannot tell",
        AssessedGroup::NotLookedAt => "Not looked at",
    };
    Tag::new(words, group.into())
}

/// Open or closed, and why. A closed answer without a recorded reason says so.
#[must_use]
pub fn lifecycle(value: Lifecycle, why: Option<Closure>) -> Tag {
    let words = match (value, why) {
        (Lifecycle::Open, _) => "Open".into(),
        (Lifecycle::Lapsed, _) => "No longer holds: open again".into(),
        (Lifecycle::Closed, None) => "Closed, not done: reason not recorded here".into(),
        (Lifecycle::Closed, Some(why)) if why.is_done() => "Closed, done".into(),
        (Lifecycle::Closed, Some(Closure::PartlyNoFurtherAction)) => "Closed, partly done".into(),
        (Lifecycle::Closed, Some(why)) if why.is_error() => super::IN_ERROR.into(),
        (Lifecycle::Closed, Some(Closure::InParts)) => "Followed in its parts".into(),
        // Neither is known to be not done.
        (Lifecycle::Closed, Some(Closure::OnTheBodysWord)) => "Closed: not confirmed".into(),
        (Lifecycle::Closed, Some(Closure::CannotDetermine)) => "Closed: cannot be determined".into(),
        (Lifecycle::Closed, Some(why)) => Cow::Owned(format!("Closed, not done: {}", closure(why))),
    };
    Tag::new(words, (value, why).into())
}

/// The reason for closing: what follows the colon in "Closed, not done: …", and the choice in a form.
#[must_use]
pub const fn closure(why: Closure) -> &'static str {
    match why {
        Closure::Implemented => "confirmed implemented",
        Closure::OtherMeans => "confirmed implemented by other means",
        Closure::OnTheBodysWord => "on the body's own word, which nobody has confirmed",
        Closure::PartlyNoFurtherAction => "part was done and no more will be asked",
        Closure::Rejected => "the body rejected it and no more will be asked",
        Closure::NotImplemented => "not implemented and no more will be asked",
        Closure::CannotDetermine => "whether it was done cannot be determined",
        Closure::Superseded => "another recommendation took its place",
        Closure::InParts => "it was divided, and is followed in its parts",
        Closure::NoLongerApplicable => "what it was about no longer exists",
        Closure::WithdrawnByIssuer => "withdrawn by those who made it",
        Closure::RecordedInError => "entered in error, and counted nowhere",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::{all_different, on};

    #[test]
    fn every_value_has_its_own_tag() {
        all_different(Response::ALL, |value| response(value).to_string());
        all_different(Reported::ALL, |value| reported(value).to_string());
        all_different(Assessed::ALL, |value| assessed(value).to_string());
        all_different(AssessedGroup::ALL, |value| assessed_group(value).to_string());
        all_different(Lifecycle::ALL, |value| lifecycle(value, None).to_string());
        all_different(Closure::ALL, |value| closure(value).to_owned());
        all_different(Fact::ALL, |value| fact(value, "The board"));
        let undone: Vec<Closure> = Closure::ALL.iter().copied().filter(|why| !why.is_done()).collect();
        all_different(&undone, |why| lifecycle(Lifecycle::Closed, Some(why)).to_string());
    }

    #[test]
    fn the_words_are_those_of_the_design() {
        let said = |tags: Vec<Tag>| tags.iter().map(Tag::to_string).collect::<Vec<_>>().join(" \u{b7} ");
        assert_eq!(
            said(Response::ALL.iter().map(|value| response(*value)).collect()),
            "No answer recorded here · Asked, awaiting answer · Accepted · Accepted in principle · Accepted in part · \
             Under consideration · Rejected · Replied, neither accepting nor rejecting · Says it is not theirs · None found"
        );
        assert_eq!(no_response_by(on("2027-01-17")).to_string(), "No response by 17 January 2027");
        assert_eq!(
            said(Reported::ALL.iter().map(|value| reported(*value)).collect()),
            "No update recorded here · Not started · Planned · Under way · Reported complete · \
             Says it is in place and goes on · Stopped"
        );
        assert_eq!(
            said(Assessed::ALL.iter().map(|value| assessed(*value)).collect()),
            "Not yet assessed · On course · Off course · Not enough shown · Not enough done · Partly implemented · \
             Confirmed implemented · Implemented by other means · Not implemented · Action against the recommendation · \
             Cannot be determined"
        );
        assert_eq!(
            said(AssessedGroup::ALL.iter().map(|value| assessed_group(*value)).collect()),
            "Confirmed · Partly · Found not done · Cannot tell · Not looked at"
        );
    }

    #[test]
    fn what_nobody_knows_is_not_said_to_be_not_done() {
        let closed = |why| lifecycle(Lifecycle::Closed, Some(why)).to_string();
        assert_eq!(closed(Closure::OnTheBodysWord), "Closed: not confirmed");
        assert_eq!(closed(Closure::CannotDetermine), "Closed: cannot be determined");
    }

    #[test]
    fn closed_says_done_only_where_oversight_confirmed_it() {
        for why in Closure::ALL.iter().copied() {
            let tag = lifecycle(Lifecycle::Closed, Some(why));
            assert_eq!(tag.words == "Closed, done", why.is_done(), "{why}");
            assert!(
                [
                    "Closed, done",
                    "Closed, partly done",
                    "Closed: not confirmed",
                    "Closed: cannot be determined",
                    "Entered in error",
                    "Followed in its parts"
                ]
                .contains(&&*tag.words)
                    || tag.words.starts_with("Closed, not done: "),
                "{tag}"
            );
        }
        assert_eq!(lifecycle(Lifecycle::Open, None).to_string(), "Open");
        assert_eq!(lifecycle(Lifecycle::Lapsed, Some(Closure::Implemented)).to_string(), "No longer holds: open again");
    }
}
