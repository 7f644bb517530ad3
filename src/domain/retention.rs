//! How long personal data is kept: one table of kinds, each with its reason, the usual period and the limits within which
//! an administrator chooses another.
//!
//! To keep a new kind of data for a time only, add an entry to the table below and an arm to `remove` in
//! `service/tidy.rs`, without which it does not compile. The staff page, the page on privacy, the setting, the job's
//! report and what it printed about its last run follow from the table.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::problem::Problems;
use super::text::text_enum;

/// What is said of one kind, and how long it may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// What is kept, for the public too.
    pub what: &'static str,
    /// From when the period is counted: "after the session has ended".
    pub after: &'static str,
    /// What happens then.
    pub then: &'static str,
    /// Why it is kept until then.
    pub why: &'static str,
    /// One of them, and several, as the job counts them.
    pub counted: (&'static str, &'static str),
    /// The days for which it is kept where nobody chose otherwise.
    pub usual: i64,
    /// The fewest days that may be chosen.
    pub least: i64,
    /// The most.
    pub most: i64,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $word:literal {
        what: $what:literal, after: $after:literal, then: $then:literal, why: $why:literal, counted: $counted:expr,
        days: $usual:literal in $least:literal..=$most:literal $(,)?
    })+) => {
        text_enum! {
            /// A kind of personal data that is kept for a time only.
            pub enum Kept as "kind of what is kept" { $($(#[$doc])* $kind = $word),+ }
        }

        impl Kept {
            /// The line of the table.
            #[must_use]
            pub const fn rule(self) -> Rule {
                match self {
                    $(Self::$kind => Rule {
                        what: $what, after: $after, then: $then, why: $why, counted: $counted,
                        usual: $usual, least: $least, most: $most,
                    }),+
                }
            }
        }
    };
}

kinds! {
    /// Sessions that have ended.
    Session = "session" {
        what: "When somebody was signed in, and when they were last seen",
        after: "after the session has ended",
        then: "The record is removed. The day of the last sign-in stays with the account.",
        why: "So that misuse of an account can be looked into.",
        counted: ("session", "sessions"),
        days: 1 in 1..=90,
    }
    /// One-time links that were used or have ended.
    Link = "link" {
        what: "One-time links, such as an invitation",
        after: "after the link was used or has ended",
        then: "The record is removed.",
        why: "So that the page behind an old link can say what became of it.",
        counted: ("one-time link", "one-time links"),
        days: 7 in 1..=90,
    }
    /// Counts of tries.
    Limit = "limit" {
        what: "How often something was tried from a network address",
        after: "after the first try that was counted",
        then: "The count is removed.",
        why: "To hold off floods and guesses at passwords. It is kept under a code, not under the address itself.",
        counted: ("count of failed sign-ins", "counts of failed sign-ins"),
        days: 1 in 1..=7,
    }
    /// Answers to forms.
    Receipt = "receipt" {
        what: "Who sent a form, when, and where it led",
        after: "after the form was sent",
        then: "The record is removed. What the form did stays.",
        why: "So that a form sent twice is done once.",
        counted: ("form receipt", "form receipts"),
        days: 7 in 1..=30,
    }
    /// What the jobs wrote about their runs.
    JobRun = "job_run" {
        what: "When a job ran, and how much it did",
        after: "after the run",
        then: "The record is removed. It names nobody.",
        why: "So that it can be shown that periods were kept.",
        counted: ("record of a job", "records of jobs"),
        days: 400 in 60..=3650,
    }
    /// To whom mail went.
    MailRecord = "mail_record" {
        what: "To whom a mail went, and under which subject",
        after: "after the mail went or was given up",
        then: "Address, subject and the mail server\u{2019}s answers are removed. That there was a mail of its kind, and when, stays.",
        why: "To show that somebody was told or reminded.",
        counted: ("record of a mail", "records of mails"),
        days: 730 in 90..=3650,
    }
    /// The address of a reader whose message was decided on.
    ComplaintAddress = "complaint_address" {
        what: "The address of a reader who said that something is wrong",
        after: "after the decision",
        then: "The address is removed.",
        why: "To answer, and to answer questions about the decision.",
        counted: ("reader\u{2019}s address", "readers\u{2019} addresses"),
        days: 90 in 28..=365,
    }
    /// The address of a reader whose message nobody decided on.
    ComplaintUndecided = "complaint_undecided" {
        what: "The same address, whatever became of the message",
        after: "after the message came in",
        then: "The address is removed.",
        why: "Nobody\u{2019}s address is kept without end because nobody decided.",
        counted: ("reader\u{2019}s address that waited", "readers\u{2019} addresses that waited"),
        days: 365 in 90..=730,
    }
    /// What readers wrote.
    ComplaintWords = "complaint_words" {
        what: "What a reader wrote, and what staff wrote about it",
        after: "after the decision",
        then: "The words are removed. That there was a message, when, and what was decided stays.",
        why: "To account for the decision as long as somebody may bring a claim about it.",
        counted: ("reader\u{2019}s message", "readers\u{2019} messages"),
        days: 2190 in 365..=3650,
    }
    /// What readers wrote, where nobody decided. Twice the year for which the address is kept: whoever looks at the open
    /// messages once a year has seen each of them twice by then, and a person whom the words are about need not wait for staff.
    ComplaintWordsUndecided = "complaint_words_undecided" {
        what: "The same words, where nobody has decided",
        after: "after the last thing that was done about the message",
        then: "The words are removed. That there was a message, when, and that nobody decided stays.",
        why: "So that somebody can still decide. Words that may be about people are not kept without end because nobody did.",
        counted: ("reader\u{2019}s message that waited", "readers\u{2019} messages that waited"),
        days: 730 in 365..=3650,
    }
    /// Work that was not published.
    Withdrawn = "withdrawn" {
        what: "The words and files of work that was taken back, left as a draft, or not signed off in time",
        after: "after the last thing that was done to it",
        then: "The words and files are removed, with what was said about them. That it was handed in and taken back stays.",
        why: "So that its author can look it up and write it anew.",
        counted: ("unpublished piece of work", "unpublished pieces of work"),
        days: 365 in 28..=3650,
    }
    /// Evidence that nobody published. As long as work that was taken back: a year covers what waits for a report or for the
    /// end of a hold, and a file may hold anything about anybody.
    PrivateEvidence = "private_evidence" {
        what: "Evidence that was attached to an answer, or to work that is published, and was never published itself; the file of a document of a body, likewise",
        after: "after it was attached or kept, or after the last thing that was done to the work",
        then: "The file is removed, with what was said of a piece of evidence. That there was one, and when, stays.",
        why: "So that it can still be published.",
        counted: ("piece of evidence never published", "pieces of evidence never published"),
        days: 365 in 28..=3650,
    }
    /// The same behind findings. A finding can be questioned for years, and then it must be possible to say what it rests on.
    JudgingEvidence = "judging_evidence" {
        what: "The same, where it supports a finding, or closing as done",
        after: "after it was attached, or after the last thing that was done to the work",
        then: "The file is removed, with what was said of it. That there was a piece of evidence, and when, stays.",
        why: "So that it can still be said what a published finding rests on.",
        counted: ("piece of evidence behind a finding", "pieces of evidence behind findings"),
        days: 2557 in 365..=7305,
    }
    /// People whose account was disabled.
    Leaver = "leaver" {
        what: "Name and email address of somebody who has left",
        after: "after their account was disabled",
        then: "They are replaced by a role and a number, such as \u{201c}Former overseer 12\u{201d}. What was done stays under that number, so that it can still be shown that two people did it.",
        why: "To ask somebody about what they did.",
        counted: ("person who has left", "people who have left"),
        days: 730 in 28..=3650,
    }
    /// People of bodies without an account who have left.
    Contact = "contact" {
        what: "Name and contact details of somebody of a body, without an account, who has left",
        after: "after they left",
        then: "They are replaced by a number, such as \u{201c}Former contact 12\u{201d}. The post stays.",
        why: "To say with whom a letter or a call was.",
        counted: ("contact who has left", "contacts who have left"),
        days: 365 in 28..=3650,
    }
    /// The address of somebody who never confirmed that they want mail.
    UnconfirmedFollower = "unconfirmed_follower" {
        what: "The address of a reader who was asked whether they want mail, and did not say so",
        after: "after they were asked",
        then: "The address is removed.",
        why: "As long as the link in the mail works.",
        counted: ("follower\u{2019}s address never confirmed", "followers\u{2019} addresses never confirmed"),
        days: 7 in 7..=7,
    }
    /// The address of somebody who has stopped all mail.
    FormerFollower = "former_follower" {
        what: "The address of a reader who has stopped all mail, and that mails to readers were sent",
        after: "after they stopped, or after the mail went or was given up",
        then: "They are removed.",
        why: "To look into a complaint about mail that was not wanted.",
        counted: ("former follower\u{2019}s address", "former followers\u{2019} addresses"),
        days: 28 in 1..=28,
    }
    /// That an address is dead.
    DeadAddress = "dead_address" {
        what: "A scrambled form of an address to which mail cannot be delivered",
        after: "after that became known",
        then: "It is removed; that of an account, or of a contact who is kept here, once that is gone too.",
        why: "So that nobody signs the address up again, and no mail is sent to it.",
        counted: ("dead address", "dead addresses"),
        days: 365 in 28..=365,
    }
    /// The words of mails.
    MailWords = "mail_words" {
        what: "What a mail says, and its file where mails are written into files",
        after: "after the mail went or was given up",
        then: "The words and the file are removed.",
        why: "So that staff can see what was sent, and send it again.",
        counted: ("mail's words", "mails' words"),
        days: 7 in 1..=28,
    }
}

/// The periods in force, in days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Periods(BTreeMap<Kept, i64>);

impl Periods {
    /// For how many days a kind is kept: as chosen, else as usual.
    #[must_use]
    pub fn days(&self, kind: Kept) -> i64 {
        let rule = kind.rule();
        self.0.get(&kind).copied().unwrap_or(rule.usual).clamp(rule.least, rule.most)
    }

    /// The periods as typed, by the words of the kinds.
    ///
    /// # Errors
    /// Each that is no number of days within its limits; the field is the word of its kind.
    pub fn parse<'a>(typed: impl Fn(Kept) -> &'a str) -> Result<Self, Problems> {
        let (mut chosen, mut problems) = (BTreeMap::new(), Problems::none());
        for kind in Kept::ALL.iter().copied() {
            let Rule { least, most, .. } = kind.rule();
            match typed(kind).trim().parse::<i64>() {
                Ok(days) if (least..=most).contains(&days) => {
                    chosen.insert(kind, days);
                }
                _ => problems.add(kind.as_str(), format!("Enter a number of days from {least} to {most}")),
            }
        }
        problems.into_result().map(|()| Self(chosen))
    }

    /// The periods as they are kept. A kind that this program does not know is left out.
    ///
    /// # Errors
    /// When it is no table of numbers.
    pub fn stored(text: &str) -> Result<Self, serde_json::Error> {
        let kept: BTreeMap<String, i64> = serde_json::from_str(text)?;
        Ok(Self(kept.into_iter().filter_map(|(kind, days)| Some((kind.parse().ok()?, days))).collect()))
    }

    /// As they are kept.
    #[must_use]
    pub fn to_store(&self) -> String {
        let all: BTreeMap<&str, i64> = Kept::ALL.iter().map(|kind| (kind.as_str(), self.days(*kind))).collect();
        serde_json::to_string(&all).unwrap_or_default()
    }

    /// The kinds for which these differ from others.
    #[must_use]
    pub fn differing(&self, other: &Self) -> Vec<Kept> {
        Kept::ALL.iter().copied().filter(|kind| self.days(*kind) != other.days(*kind)).collect()
    }

    /// A number that differs where any period does: what a form shows, to see whether it still holds.
    #[must_use]
    pub fn fingerprint(&self) -> i64 {
        let hash = Sha256::digest(self.to_store());
        hash.iter().take(7).fold(0, |number, byte| number * 256 + i64::from(*byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::subscription::CONFIRM_DAYS;

    #[test]
    fn every_kind_says_all_that_it_must_and_its_usual_period_is_allowed() {
        for kind in Kept::ALL.iter().copied() {
            let rule = kind.rule();
            assert!(1 <= rule.least && rule.least <= rule.usual && rule.usual <= rule.most, "{kind}");
            assert!(rule.after.starts_with("after "), "{kind}: {}", rule.after);
            for sentence in [rule.then, rule.why] {
                assert!(sentence.ends_with('.'), "{kind}: {sentence}");
            }
            assert!(!rule.what.ends_with('.') && rule.counted.0 != rule.counted.1, "{kind}");
        }
        // What the design promises of mail and of readers' addresses.
        assert_eq!(Kept::MailWords.rule().usual, 7);
        assert!(Kept::Limit.rule().most <= 7);
        // The pages say how long the link works, and that the address is gone after it.
        let unconfirmed = Kept::UnconfirmedFollower.rule();
        assert_eq!((unconfirmed.least, unconfirmed.most), (CONFIRM_DAYS, CONFIRM_DAYS));
    }

    #[test]
    fn a_period_outside_its_limits_is_refused_at_its_field() {
        let typed = |kind: Kept| match kind {
            Kept::Limit => "8",
            Kept::Leaver => "soon",
            Kept::Link => " 14 ",
            _ => "100",
        };
        let problems = Periods::parse(typed).unwrap_err();
        assert_eq!(problems.at("limit"), Some("Enter a number of days from 1 to 7"));
        assert_eq!(problems.at("leaver"), Some("Enter a number of days from 28 to 3650"));
        assert_eq!(problems.at("link"), None);
    }

    #[test]
    fn what_is_kept_is_read_back_and_what_is_not_known_left_out() {
        let usual = Periods::default();
        assert_eq!(Periods::stored(&usual.to_store()).unwrap().differing(&usual), []);
        let other = Periods::stored(r#"{"mail_words": 3, "limit": 99, "gone": 1}"#).unwrap();
        assert_eq!(other.days(Kept::MailWords), 3);
        assert_eq!(other.days(Kept::Limit), 7, "never more than is allowed");
        assert_eq!(other.differing(&usual), [Kept::Limit, Kept::MailWords]);
        assert_ne!(other.fingerprint(), usual.fingerprint());
    }
}
