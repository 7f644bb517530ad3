//! What each word means, as `/about` explains it: one sentence for each value of the four facts, and the definitions.

use crate::domain::assessed::Assessed;
use crate::domain::lifecycle::Lifecycle;
use crate::domain::reported::Reported;
use crate::domain::response::Response;

/// When something is done.
pub const DONE: &str = "An answer is done when the latest published assessment says that the recommendation, as it was made, \
    was implemented, or implemented by other means, and it has not since been found to hold no longer. A refusal alone is \
    never done. What is not known is never done. What a body says of itself is never done until somebody has confirmed it. A \
    recommendation is done when the answer of each body asked is, and each of its lettered parts.";
/// The gap.
pub const GAP: &str = "The gap is the number of answers where the body says that it is complete, or in place, and nobody has \
    confirmed it, or it was found to hold no longer. On every list it is said in parts, each answer in one: of those that say \
    complete or in place, how many were confirmed, how many nobody has looked at yet, how many were not looked at lately, and how \
    many are disputed, because something else was found than that it is done.";
/// The two units.
pub const UNITS: &str = "There are two units. A recommendation is one numbered item. An answer is one recommendation put to one \
    body: a recommendation put to three bodies has three answers. Each number on this site says which unit it counts, and out \
    of how many. Where it is not known who was asked, that is counted too. A lettered part of a recommendation has answers of \
    its own, which are counted; it is no recommendation of its own, and what is not confirmed is said by its letter, never as a \
    share alone.";
/// Silence.
pub const SILENCE: &str = "This register speaks of silence only where it was there to hear: a source shows that a date was \
    set, somebody checked the date, and the register was already following the answer when the date passed. A date that was \
    recorded here only after it had passed counts once somebody has looked on that day or later and found nothing, or has asked \
    the body. What nobody has looked for reads \u{201c}not recorded here\u{201d}. It does not mean late, silent, refused or not \
    done.";

/// What an answer means.
#[must_use]
pub const fn response_means(value: Response) -> &'static str {
    match value {
        Response::NotRecorded => "This register has not looked for an answer, or has not asked for one.",
        Response::Awaited => "The body was asked, that is recorded, and the date for its answer has not passed.",
        Response::Accepted => {
            "The body says that it accepts the recommendation. It may have said so of this one, or of all in one statement: the \
             entry says which."
        }
        Response::AcceptedInPrinciple => {
            "The body agrees with the aim and not, or not yet, with all of what was asked."
        }
        Response::AcceptedInPart => "The body accepts some of it and says which part it does not.",
        Response::UnderConsideration => "The body has not decided and has named a day by which it will.",
        Response::Rejected => "The body says that it will not do it, with its reason.",
        Response::Replied => "The body answered, and said neither that it accepts nor that it rejects.",
        Response::DisputesAddressee => "The body says that the recommendation is not for it.",
        Response::NoneFound => {
            "A person looked for an answer and found none. Where and when is recorded with it, or on the page of the inquiry."
        }
    }
}

/// What a report means.
#[must_use]
pub const fn reported_means(value: Reported) -> &'static str {
    match value {
        Reported::NotReported => "No update from the body is held here.",
        Reported::NotStarted => "The body says that it has not begun.",
        Reported::Planned => "The body says that it has a plan.",
        Reported::UnderWay => "The body says that work is going on.",
        Reported::ReportedComplete => "The body says that it is complete. Nobody else need have confirmed it.",
        Reported::InPlace => "The body says that it is done and goes on being done.",
        Reported::Stopped => "The body says that it has stopped, with its reason.",
    }
}

/// What a finding means.
#[must_use]
pub const fn assessed_means(value: Assessed) -> &'static str {
    match value {
        Assessed::NotAssessed => "Nobody has judged yet. It does not mean that nothing was done.",
        Assessed::OnCourse => "Not done yet; what was shown is on the way to it.",
        Assessed::OffCourse => "Not done yet; what was shown will not get there.",
        Assessed::NotShown => "Too little was shown to tell.",
        Assessed::NotEnoughDone => "Something was done, and it falls short of what was asked.",
        Assessed::PartlyImplemented => "Part of what was asked is done.",
        Assessed::Implemented => "What was asked is done, and that was confirmed.",
        Assessed::ImplementedByOtherMeans => "Its aim was reached in another way, and that was confirmed.",
        Assessed::NotImplemented => "It was looked at and is not done.",
        Assessed::ContraryAction => "Something was done that goes against it.",
        Assessed::CannotDetermine => "It was looked at, and nobody can tell.",
    }
}

/// What open and closed mean.
#[must_use]
pub const fn lifecycle_means(value: Lifecycle) -> &'static str {
    match value {
        Lifecycle::Open => "This register goes on following the answer.",
        Lifecycle::Closed => {
            "This register no longer follows it. The entry says why, and whether it was done, partly done or not."
        }
        Lifecycle::Lapsed => "It was closed as done and was found to hold no longer. It is open again.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::all_different;

    #[test]
    fn every_value_is_explained() {
        all_different(Response::ALL, |value| response_means(value).to_owned());
        all_different(Reported::ALL, |value| reported_means(value).to_owned());
        all_different(Assessed::ALL, |value| assessed_means(value).to_owned());
        all_different(Lifecycle::ALL, |value| lifecycle_means(value).to_owned());
    }
}
