//! Fairness to bodies: how long they may check a finding, what they replied, and who decided.

use super::dates;
use crate::domain::fairness::{Approval, Decided, Replied};
use crate::domain::moment::{Day, Happened};

/// Said where somebody would publish a finding that the body still may check.
#[must_use]
pub fn still_with_body(until: Day) -> String {
    format!(
        "It is with the body for accuracy until {}. It can be published after that day, or once the body has replied",
        dates::day(until)
    )
}

/// `With the body for accuracy until 7 December 2026`.
#[must_use]
pub fn with_body_until(until: Day) -> String {
    format!("With the body for accuracy until {}", dates::day(until))
}

/// What became of the time that a body had: `The body had until 7 December 2026 and did not reply`.
#[must_use]
pub fn checked_by_body(until: Day, replied: Option<(Day, Replied)>) -> String {
    match replied {
        None => format!("The body had until {} and did not reply", dates::day(until)),
        Some((on, Replied::Words)) => {
            format!("The body replied on {}. Its reply is published with the finding", dates::day(on))
        }
        Some((on, Replied::NothingToCorrect)) => {
            format!("The body said on {} that there is nothing to correct", dates::day(on))
        }
        Some((on, Replied::Removed)) => {
            format!("The body replied on {}. What it said was removed since, and is kept nowhere", dates::day(on))
        }
    }
}

/// The same of a correction to which the body has not replied: what it said of the finding that is corrected is another thing.
#[must_use]
pub fn correction_unanswered(until: Day) -> String {
    format!("The body had until {} to reply to this correction, and sent nothing", dates::day(until))
}

/// Who was told: `2 people of the body were told by mail on 23 November 2026`; or that nobody could be.
#[must_use]
pub fn told_by_mail(told: u64, on: Day) -> String {
    if told == 0 {
        return format!(
            "Nobody of this body has an account here, so nobody was told by mail on {}. The time runs all the same: tell them \
             by letter or telephone, and log that",
            dates::day(on)
        );
    }
    let people = super::numbers::count(told, "person", "people");
    format!("{people} of the body {} told by mail on {}", if told == 1 { "was" } else { "were" }, dates::day(on))
}

/// To a body that replies when its time is over: why not, and what to do.
#[must_use]
pub fn too_late_to_reply(until: Day) -> String {
    format!(
        "The time to reply ended on {}. Write to the register’s office: what is wrong can still be corrected, beside the finding",
        dates::day(until)
    )
}

/// `Ashgrove Council replied on 3 December 2026`.
#[must_use]
pub fn replied_on(body: &str, on: Day) -> String {
    format!("{body} replied on {}", dates::day(on))
}

/// The same of a day that may not be exact.
#[must_use]
pub fn replied(body: &str, when: Happened) -> String {
    format!("{body} replied {}", dates::happened(when))
}

/// The same after the name of the body: `Replied on 3 December 2026`.
#[must_use]
pub fn replied_bare(when: Happened) -> String {
    format!("Replied {}", dates::happened(when))
}

/// A reply to a finding that says no more than that.
pub const NOTHING_TO_CORRECT: &str = "There is nothing to correct.";
/// Said once a reply to a finding went to whoever signs off for the body.
pub const REPLY_FOR_SIGN_OFF: &str = "Your reply waits for your own organisation\u{2019}s sign-off. It counts once it is signed off, and the time for it runs on.";

/// A reply to a finding that waits for the body's own sign-off: who wrote it, and until when it can be signed off.
#[must_use]
pub fn reply_unsigned(by: Option<&str>, on: Day, until: Day) -> String {
    let by = by.unwrap_or("a colleague");
    format!(
        "Written by {by} on {}. It is no reply yet: unless it is signed off by the end of {}, the finding can be published without it.",
        dates::day(on),
        dates::day(until)
    )
}

/// The same once it can be signed off no more: what becomes of it.
#[must_use]
pub fn reply_not_signed(by: Option<&str>, on: Day, until: Day) -> String {
    let by = by.unwrap_or("a colleague");
    format!(
        "Written by {by} on {}. It was not signed off by the end of {}, so it is no reply and nobody else reads it. It stays here for \
         as long as drafts are kept. Once the finding is published you can reply beside it, beginning with these words.",
        dates::day(on),
        dates::day(until)
    )
}

/// Above a body's own reply that begins with what was not signed off in time.
pub const BEGINS_UNSIGNED: &str = "Below is what your organisation wrote about this finding and did not sign off in time. Change it, or send it as it is: your \
     reply stands beside the finding, in your words, and changes nothing in it.";

/// To whoever would reply to a finding: that `other` signs off, or that what they send is signed off.
#[must_use]
pub fn reply_signed_by(other: Option<&str>, until: Day) -> String {
    let until = dates::day(until);
    match other {
        Some(name) => format!(
            "What you send goes to {name} first, who signs off for your organisation. The time runs on meanwhile: it must be signed \
             off by the end of {until}."
        ),
        None => format!(
            "You sign off for your organisation: what you send is its reply. It must be sent by the end of {until}."
        ),
    }
}

/// How long the bodies of an inquiry may check a finding against them, in public.
#[must_use]
pub fn accuracy_rule(working_days: u32) -> String {
    if working_days == 0 {
        return "Bodies are not shown findings about them before they are published.".to_owned();
    }
    format!(
        "A body is shown a finding against it first, and has {} to reply. Its reply is published with the finding.",
        super::numbers::count(u64::from(working_days), "working day", "working days")
    )
}

/// Whether a minute is approved, as part of a sentence.
#[must_use]
pub const fn approval(approval: Approval) -> &'static str {
    match approval {
        Approval::Approved => "approved",
        Approval::Draft => "decision in draft, not approved yet",
    }
}

/// Asked of whoever publishes a finding whose decision is a draft.
pub const DRAFT_ACCEPTED: &str = "The decision is still a draft; publish it all the same";
/// The fault where they have not said so.
pub const DRAFT_TO_ACCEPT: &str = "The decision on this finding is still a draft. Wait until it is approved, or say that it is published all \
     the same: everybody will read \u{201c}decision in draft\u{201d}";

/// Who decided: `Decided by the Scrutiny Committee on 3 March 2027, minute 12, approved`.
#[must_use]
pub fn decided(decided: &Decided) -> String {
    let mut sentence = format!("Decided by {}", decided.by);
    if let Some(on) = decided.on {
        sentence.push_str(&format!(" on {}", dates::day(on)));
    }
    if let Some(minute) = &decided.minute {
        sentence.push_str(&format!(", minute {minute}"));
    }
    if let Some(state) = decided.approval {
        sentence.push_str(&format!(", {}", approval(state)));
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::{all_different, on};

    #[test]
    fn a_finding_says_who_decided_it() {
        let whole = Decided {
            by: "the Scrutiny Committee".to_owned(),
            on: Some(on("2027-03-03")),
            minute: Some("12".to_owned()),
            approval: Some(Approval::Approved),
        };
        assert_eq!(decided(&whole), "Decided by the Scrutiny Committee on 3 March 2027, minute 12, approved");
        let bare = Decided { on: None, minute: None, approval: None, ..whole };
        assert_eq!(decided(&bare), "Decided by the Scrutiny Committee");
        all_different(Approval::ALL, |state| approval(state).to_owned());
    }

    #[test]
    fn what_a_body_may_do_is_said_with_its_end() {
        let until = on("2026-12-07");
        assert!(still_with_body(until).contains("until 7 December 2026"));
        assert!(too_late_to_reply(until).contains("ended on 7 December 2026"));
        assert_eq!(told_by_mail(1, until), "1 person of the body was told by mail on 7 December 2026");
        assert!(told_by_mail(0, until).contains("Nobody of this body has an account"));
        assert_eq!(checked_by_body(until, None), "The body had until 7 December 2026 and did not reply");
        let replied = |said| checked_by_body(until, Some((on("2026-12-01"), said)));
        assert!(replied(Replied::NothingToCorrect).contains("nothing to correct"));
        assert!(!replied(Replied::Removed).contains("nothing to correct"), "nobody said so");
        assert!(accuracy_rule(0).contains("not shown") && accuracy_rule(10).contains("10 working days"));
    }
}
