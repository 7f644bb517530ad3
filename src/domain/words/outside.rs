//! What others found, and what a body replied to a judgement.

use super::dates;
use crate::domain::id::Seq;
use crate::domain::moment::Happened;
use crate::domain::outside::{Beside, Gist};

/// The heading over what outside bodies found.
pub const OTHERS_FOUND: &str = "Others found";
/// Beside a judgement that the body has not replied to.
pub const NO_REPLY: &str = "No reply recorded here";
/// In a mail about a finding: that the body's reply is published with it.
pub const REPLY_BESIDE: &str = "The body\u{2019}s reply stands beside it";
/// To a body that writes while its last reply has not been read.
pub const REPLY_WAITS: &str =
    "A reply of yours to this waits already: it is being read, waits for your own sign-off, or was sent back to you";
/// Said when a body's reply to a published judgement is handed in.
pub const REPLY_TAKEN: &str = "Your reply is received. Oversight reads it, and then publishes it or sends it back";

/// What an outside finding comes to, in this register's words.
#[must_use]
pub const fn gist(gist: Gist) -> &'static str {
    match gist {
        Gist::Done => "Done",
        Gist::Partly => "Done in part",
        Gist::NotDone => "Not done",
        Gist::Other => "It does not say whether it is done",
    }
}

/// An outside finding in a sentence: `Coastal Inspectorate found on 3 March 2027: not done`.
#[must_use]
pub fn outside_line(by: &str, when: Happened, of: Gist) -> String {
    let said = match of {
        Gist::Done => "done",
        Gist::Partly => "done in part",
        Gist::NotDone => "not done",
        Gist::Other => "something that does not say whether it is done",
    };
    match when.day {
        Some(_) => format!("{by} found {}: {said}", dates::happened(when)),
        None => format!("{by} found, on a day that is not known: {said}"),
    }
}

/// How an outside finding stands to the register's own.
#[must_use]
pub fn beside(beside: Beside, assessor: &str, own: &str) -> String {
    match beside {
        Beside::Differs => {
            format!("This differs from what {assessor} found ({own}). Both stand; neither is averaged with the other")
        }
        Beside::Same => format!("{assessor} found the same ({own})"),
        Beside::NeitherDone => {
            format!("{assessor} found in other words that it is not done ({own}). They do not contradict each other")
        }
        Beside::NotCompared => format!("Nothing that {assessor} found can be held against it ({own})"),
    }
}

/// To whoever publishes a reply to a finding that no longer stands.
pub const FINDING_REPLACED: &str = "A later finding has taken its place since";

/// Which finding of this register a reply answers: `To the finding of change 14`.
#[must_use]
pub fn answers_finding(seq: Seq) -> String {
    format!("To the finding of change {seq}")
}

/// What a reply answers, as a heading of the timeline: `, to what Coastal Inspectorate found`.
#[must_use]
pub fn replied_to(by: &str) -> String {
    format!(", to what {by} found")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::{all_different, on};

    #[test]
    fn a_difference_is_said_and_not_averaged() {
        let line = outside_line("Coastal Inspectorate", Happened::on(on("2027-03-03")), Gist::NotDone);
        assert_eq!(line, "Coastal Inspectorate found on 3 March 2027: not done");
        let differs = beside(Beside::Differs, "Ashgrove Oversight Office", "Confirmed implemented");
        assert!(differs.contains("Both stand; neither is averaged"));
        assert_eq!(
            beside(Beside::NeitherDone, "Ashgrove Oversight Office", "Not enough done"),
            "Ashgrove Oversight Office found in other words that it is not done (Not enough done). They do not contradict each \
             other"
        );
        all_different(Gist::ALL, |value| gist(value).to_owned());
        all_different(Gist::ALL, |value| outside_line("A", Happened::UNKNOWN, value));
    }
}
