//! What readers say is wrong: where it stands and what was decided.

use super::numbers;
use crate::domain::complaint::{ComplaintDecision, ComplaintState};
use crate::domain::retention::{Kept, Periods};

/// Where one stands.
#[must_use]
pub const fn complaint_state(state: ComplaintState) -> &'static str {
    match state {
        ComplaintState::Received => "Received",
        ComplaintState::LookedInto => "Being looked into",
        ComplaintState::Decided => "Decided",
    }
}

/// What was decided, as it is counted in public too.
#[must_use]
pub const fn complaint_decision(decision: ComplaintDecision) -> &'static str {
    match decision {
        ComplaintDecision::Corrected => "Corrected",
        ComplaintDecision::Withheld => "Words withheld",
        ComplaintDecision::Kept => "Looked into, and left as it is",
        ComplaintDecision::Elsewhere => "Not about what this register says",
        ComplaintDecision::NotGenuine => "Not a real message",
    }
}

/// Under the field for an address.
#[must_use]
pub fn complaint_email_hint(periods: &Periods) -> String {
    format!(
        "Optional, if you would like an answer. It is never published. It is removed {} after a decision, and {} after it \
         came in at the latest. It may have to be disclosed under the law, for example to a court or to whoever asks what \
         is held about them.",
        numbers::days(periods.days(Kept::ComplaintAddress)),
        numbers::days(periods.days(Kept::ComplaintUndecided)),
    )
}

/// To somebody whose form stood open for too long.
pub const FORM_EXPIRED: &str =
    "This page was open for a long time, so nothing has been sent yet. What you wrote is below: send it again.";

/// To somebody who has to wait.
#[must_use]
pub fn complaints_too_many(seconds: i64) -> String {
    let minutes = seconds.unsigned_abs().div_ceil(60);
    format!(
        "Too many messages came in at once. Wait {}, then send it again. What you wrote is below.",
        numbers::count(minutes, "minute", "minutes")
    )
}

/// How many came in a year and what was decided: "2026: 4 messages. 2 corrected, 1 not decided yet".
#[must_use]
pub fn complaints_of_year(year: i16, decisions: &[(Option<ComplaintDecision>, u64)]) -> String {
    let all: u64 = decisions.iter().map(|(_, count)| count).sum();
    let parts: Vec<String> = decisions
        .iter()
        .map(|(decision, count)| {
            let what = decision.map_or("Not decided yet", complaint_decision);
            format!("{what}: {}", numbers::number(*count))
        })
        .collect();
    format!("{year}: {}. {}", numbers::count(all, "message", "messages"), parts.join("; "))
}

/// In the staff's digest: `3 messages from readers wait to be decided on`.
#[must_use]
pub fn messages_waiting(number: u64) -> String {
    let wait = if number == 1 { "waits" } else { "wait" };
    format!(
        "{} {wait} to be decided on",
        super::numbers::count(number, "message from a reader", "messages from readers")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::all_different;

    #[test]
    fn every_step_and_every_decision_has_its_words() {
        all_different(ComplaintState::ALL, |state| complaint_state(state).to_owned());
        all_different(ComplaintDecision::ALL, |decision| complaint_decision(decision).to_owned());
        let counted = [(None, 1), (Some(ComplaintDecision::Corrected), 2)];
        assert_eq!(complaints_of_year(2026, &counted), "2026: 3 messages. Not decided yet: 1; Corrected: 2");
        assert!(complaints_too_many(61).contains("Wait 2 minutes"));
        assert!(complaint_email_hint(&Periods::default()).contains("90 days after a decision, and 365 days"));
    }
}
