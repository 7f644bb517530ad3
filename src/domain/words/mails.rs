//! Words of the mails that go by the timetable, and of the page that lists all mails.

use super::numbers;
use crate::domain::mail_counts::MailCounts;
use crate::domain::outbox::MailState;
use crate::domain::staff_digest::DigestCycle;

/// What stands beside a mail that a restored copy still had to send.
pub const MAIL_HELD_BACK: &str = "Held back when a copy of the register was restored: it may have gone after the copy was \
    taken. Ask for another try only if it has not.";

/// What stands beside a mail of a restored copy that is not sent any more.
pub const MAIL_NOT_IN_COPY: &str = "Cancelled when a copy of the register was restored: its one-time link has ended, or it \
    may repeat words that were removed since the copy was taken.";

/// What stands before the words of a mail that is kept as it was composed.
pub const MAIL_AS_COMPOSED: &str = "This is the mail as it was composed at its first try. Each try sends these words.";

/// What stands before the words of a mail whose reader can do something by its link.
pub const MAIL_BUT_LINK: &str = "This is the mail as it was composed when it was tried, without what its link lets its reader do: \
    that is not shown.";

/// What stands before the words of a mail with a link or a code that lets somebody in.
pub const MAIL_WITHOUT_LINK: &str = "A link or a code in this mail lets its reader in. So the mail itself is not shown, and is \
    not kept once it has gone. These are its words as they would be composed now, without what lets somebody in.";

/// What stands before the words of a mail that is not kept as it was composed.
pub const MAIL_NOT_COMPOSED: &str =
    "No composed mail is kept of this one. These are its words as they would be composed now.";

/// Why a mail is not tried again: its link, or its code, is for one time.
pub const MAIL_WITH_DEAD_LINK: &str =
    "The link or the code in this mail does not work any more, so it is not sent again.";

/// The same of a mail that asks whether somebody wants mail.
pub const ASKS_WITH_DEAD_LINK: &str =
    "Its link is not sent a second time: whoever still wants mail asks for it anew and gets another link.";

/// Which item something is about: `Jay report, recommendation 4, Rotherham Council`. What is not known is left out.
#[must_use]
pub fn item(inquiry: Option<&str>, number: Option<&str>, body: Option<&str>) -> String {
    let number = number.map(|number| format!("recommendation {number}"));
    let parts = [inquiry, number.as_deref(), body];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// How many items one line names before it says how many more there are.
const NAMED: usize = 5;

/// Several items in one line: `Jay report, recommendation 4, IOPC; Jay report, recommendation 5, Rotherham Council; and 12 more`.
#[must_use]
pub fn items(each: &[String]) -> String {
    let more = u64::try_from(each.len().saturating_sub(NAMED)).unwrap_or(u64::MAX);
    let named = each.iter().take(NAMED).cloned();
    named.chain((more > 0).then(|| more_in_list(more))).collect::<Vec<_>>().join("; ")
}

/// `Rotherham Council: 3 updates due, no contributor to write to`.
#[must_use]
pub fn no_contributor(body: &str, updates: u64) -> String {
    format!("{body}: {} due, no contributor to write to", numbers::count(updates, "update", "updates"))
}

/// `Rotherham Council: 3 updates due, no working contact: mail to the contact comes back`.
#[must_use]
pub fn mail_to_contact(body: &str, updates: u64) -> String {
    let due = numbers::count(updates, "update", "updates");
    format!("{body}: {due} due, no working contact: mail to the contact comes back")
}

/// To somebody who follows the register: `Of what you follow, 3 answers were closed as done and no longer hold:`.
#[must_use]
pub fn lapsed_of_followed(answers: u64) -> String {
    let what = numbers::count(answers, "answer was", "answers were");
    format!("Of what you follow, {what} closed as done and no longer {}:", if answers == 1 { "holds" } else { "hold" })
}

/// Below a list that does not name all: `and 12 more`.
#[must_use]
pub fn more_in_list(more: u64) -> String {
    format!("and {} more", numbers::number(more))
}

/// How often somebody who works with the register is mailed of its work.
#[must_use]
pub const fn digest_cycle(cycle: DigestCycle) -> &'static str {
    match cycle {
        DigestCycle::Daily => "On each working day on which there is something new",
        DigestCycle::Weekly => "Once a week, on Monday",
        DigestCycle::Never => "Never",
    }
}

/// A kind of letter, by its name in the outbox.
#[must_use]
pub fn letter_kind(kind: &str) -> &str {
    match kind {
        "invitation" => "Invitation",
        "password_reset" => "Password reset",
        "password_changed" => "Password changed",
        "reminder" => "Reminder",
        "digest" => "Digest for staff",
        "return_sent_back" => "Sent back",
        "check_asked" => "Something to check",
        "sign_off_asked" => "Something to sign off",
        "sent_to_author" => "Sent back within a body",
        "extension_decided" => "Request for a later date decided",
        "follow_asked" => "Asks somebody who wants to follow by mail",
        "public_digest" => "Summary for somebody who follows by mail",
        "filing_code" => "Code for the link of a reminder",
        "filing_receipt" => "Filed by the link of a reminder",
        "top_asked" => "Letter to the post at the top of a body",
        other => other,
    }
}

/// Where a mail stands.
#[must_use]
pub const fn mail_state(state: MailState) -> &'static str {
    match state {
        MailState::Queued => "Waiting to be sent",
        MailState::Sending => "Being sent",
        MailState::Accepted => "Handed over",
        MailState::TemporaryFailure => "Failed for now, will be tried again",
        MailState::PermanentFailure => "Failed for good",
        MailState::Cancelled => "Taken back, not sent",
        MailState::Suppressed => "Not sent: its reader gets no mail",
    }
}

/// For how long something has waited: `7 minutes`, `3 hours`, `2 days`.
#[must_use]
pub fn waited(seconds: i64) -> String {
    let minutes = seconds.max(0).unsigned_abs() / 60;
    match minutes {
        0..120 => numbers::count(minutes, "minute", "minutes"),
        120..2_880 => numbers::count(minutes / 60, "hour", "hours"),
        _ => numbers::count(minutes / 1_440, "day", "days"),
    }
}

/// Where mails stand, and for how long the oldest of them: `Waiting to be sent, the oldest for 3 hours`.
#[must_use]
pub fn mail_state_since(state: MailState, seconds: Option<i64>) -> String {
    let said = mail_state(state);
    seconds.map_or_else(|| said.to_owned(), |seconds| format!("{said}, the oldest for {}", waited(seconds)))
}

/// How mail stands: `3 waiting, 0 being sent, 1 failed for now, the oldest due for 2 hours; in the last 7 days 0 failed for good and
/// 2 were not sent`.
#[must_use]
pub fn mail_counts(counts: &MailCounts) -> String {
    let oldest = counts.oldest.map_or_else(String::new, |seconds| format!(", the oldest due for {}", waited(seconds)));
    let MailCounts { waiting, sending, for_now, for_good, suppressed, .. } = *counts;
    let [waiting, sending, for_now, for_good] = [waiting, sending, for_now, for_good].map(numbers::number);
    let not_sent = numbers::count(suppressed, "was not sent", "were not sent");
    format!(
        "{waiting} waiting, {sending} being sent, {for_now} failed for now{oldest}; in the last 7 days {for_good} failed for \
         good and {not_sent}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::all_different;

    #[test]
    fn items_and_states_have_words() {
        assert_eq!(item(Some("Jay report"), Some("4"), None), "Jay report, recommendation 4");
        assert_eq!(item(None, None, None), "");
        let each = |most: u8| (1..=most).map(|number| number.to_string()).collect::<Vec<_>>();
        assert_eq!(items(&each(0)), "");
        assert_eq!(items(&each(5)), "1; 2; 3; 4; 5");
        assert_eq!(items(&each(7)), "1; 2; 3; 4; 5; and 2 more");
        assert_eq!(no_contributor("IOPC", 1), "IOPC: 1 update due, no contributor to write to");
        let back = "IOPC: 2 updates due, no working contact: mail to the contact comes back";
        assert_eq!(mail_to_contact("IOPC", 2), back);
        assert_eq!(lapsed_of_followed(1), "Of what you follow, 1 answer was closed as done and no longer holds:");
        assert_eq!(lapsed_of_followed(3), "Of what you follow, 3 answers were closed as done and no longer hold:");
        all_different(MailState::ALL, |state| mail_state(state).to_owned());
        all_different(DigestCycle::ALL, |cycle| digest_cycle(cycle).to_owned());
        for (seconds, said) in [
            (-5, "0 minutes"),
            (60, "1 minute"),
            (7_199, "119 minutes"),
            (7_200, "2 hours"),
            (172_799, "47 hours"),
            (172_800, "2 days"),
        ] {
            assert_eq!(waited(seconds), said);
        }
        let said = mail_state_since(MailState::Queued, Some(7_200));
        assert_eq!(said, "Waiting to be sent, the oldest for 2 hours");
        assert_eq!(mail_state_since(MailState::Accepted, None), "Handed over");
    }

    #[test]
    fn what_is_watched_is_one_sentence() {
        let none =
            "0 waiting, 0 being sent, 0 failed for now; in the last 7 days 0 failed for good and 0 were not sent";
        assert_eq!(mail_counts(&MailCounts::default()), none);
        let some = MailCounts { waiting: 1200, oldest: Some(7_200), suppressed: 1, ..MailCounts::default() };
        let said = mail_counts(&some);
        assert!(
            said.starts_with("1,200 waiting, 0 being sent, 0 failed for now, the oldest due for 2 hours;"),
            "{said}"
        );
        assert!(said.ends_with("0 failed for good and 1 was not sent"), "{said}");
    }
}
