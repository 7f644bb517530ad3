//! Mail that comes back: what a delivery status notification says of one recipient (RFC 3464), and what follows from it.

use std::fmt;
use std::str::FromStr;

use super::text::text_enum;

text_enum! {
    /// How an address came to be known as dead.
    pub enum DeadOrigin as "origin of a dead address" {
        /// A mail server refused it.
        Refused = "refused",
        /// Somebody of the staff said so.
        ByHand = "by_hand",
        /// A report of a mail that came back said so.
        Bounce = "bounce",
    }
}

text_enum! {
    /// What became of a mail, by the word of a report (RFC 3464, 2.3.3).
    pub enum ReportAction as "action of a report" {
        /// It will not be delivered.
        Failed = "failed",
        /// It has not been delivered yet; it is still tried.
        Delayed = "delayed",
        /// It was put into a mailbox.
        Delivered = "delivered",
        /// It went on to a server that sends no reports.
        Relayed = "relayed",
        /// It went on to several addresses.
        Expanded = "expanded",
    }
}

/// A status code of RFC 3463: class, subject, detail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusCode(u16, u16, u16);

impl fmt::Display for StatusCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}.{}", self.0, self.1, self.2)
    }
}

/// A text that is no status code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is no status code")]
pub struct NoStatusCode;

impl FromStr for StatusCode {
    type Err = NoStatusCode;

    /// Three numbers with dots between; what follows them after a space is a comment.
    fn from_str(text: &str) -> Result<Self, NoStatusCode> {
        let code = text.split_whitespace().next().ok_or(NoStatusCode)?;
        let number = |part: &str| {
            let good = (1..=3).contains(&part.len()) && part.bytes().all(|sign| sign.is_ascii_digit());
            if good { part.parse::<u16>().map_err(|_| NoStatusCode) } else { Err(NoStatusCode) }
        };
        let parts: Vec<u16> = code.split('.').map(number).collect::<Result<_, _>>()?;
        match parts[..] {
            [class @ (2 | 4 | 5), subject, detail] => Ok(Self(class, subject, detail)),
            _ => Err(NoStatusCode),
        }
    }
}

impl StatusCode {
    /// Whether it says for good that there is no such mailbox: of the codes about addresses exactly these (RFC 3463, 3.2) say it of the
    /// recipient's: 5.1.1 (no such mailbox), 5.1.2 (no such system), 5.1.3 (no address at all), 5.1.6 (the mailbox has moved, and it
    /// is not known where to), and 5.1.10 (a domain that takes no mail, RFC 7505).
    ///
    /// The others do not: 5.1.0 gives no reason, 5.1.4 says that several mailboxes fit, 5.1.5 that the address is good, 5.1.7 and 5.1.8
    /// are about whoever sends, and 5.1.9 says that a mail went on to a server that sends no reports (RFC 3886).
    #[must_use]
    pub const fn is_dead_address(self) -> bool {
        self.0 == 5 && self.1 == 1 && matches!(self.2, 1 | 2 | 3 | 6 | 10)
    }

    /// Whether it says for good that a mailbox is there and does not take mail: these codes are about what its owner sees to (RFC 3463,
    /// 3.3), but for 5.2.3, which is about the length of a mail.
    #[must_use]
    pub const fn is_of_mailbox(self) -> bool {
        self.0 == 5 && self.1 == 2 && self.2 != 3
    }

    /// Whether it says for good that a mailbox is disabled (5.2.1) or full (5.2.2).
    #[must_use]
    pub const fn is_disabled_or_full(self) -> bool {
        self.0 == 5 && self.1 == 2 && matches!(self.2, 1 | 2)
    }
}

/// What follows from a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// There is no such mailbox: nothing goes there any more.
    Dead,
    /// This mail will not arrive.
    Failed,
    /// Not yet, or not now: it is noted.
    Noted,
    /// Nothing failed.
    Nothing,
}

/// What follows from what a report says; `None` where its two words contradict each other.
#[must_use]
pub const fn verdict(action: ReportAction, status: StatusCode) -> Option<Verdict> {
    match (action, status.0) {
        (ReportAction::Failed, 5) if status.is_dead_address() => Some(Verdict::Dead),
        (ReportAction::Failed, 5) => Some(Verdict::Failed),
        (ReportAction::Failed | ReportAction::Delayed, 4) => Some(Verdict::Noted),
        (ReportAction::Delivered | ReportAction::Relayed | ReportAction::Expanded, 2) => Some(Verdict::Nothing),
        _ => None,
    }
}

/// The longest name of a mail.
const REFERENCE_LIMIT: usize = 100;

/// What one report says of one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The Message-ID of the mail that it is about, without brackets, as it stands in what was returned of it.
    pub message_id: String,
    /// The address that the mail was for in the end.
    pub recipient: String,
    /// The address that it was for at first, where it went on from there.
    pub original: Option<String>,
    /// What became of it.
    pub action: ReportAction,
    /// Why.
    pub status: StatusCode,
}

impl Said {
    /// The name of the mail in the outbox, if it is one of ours: what stands before the `@` of its Message-ID. Empty where no
    /// mail of ours is called so: a stranger wrote it.
    #[must_use]
    pub fn reference(&self) -> &str {
        let fits = |sign: u8| sign.is_ascii_alphanumeric() || matches!(sign, b'-' | b'.' | b'_');
        let reference = self.message_id.rsplit_once('@').map_or("", |(reference, _)| reference);
        if reference.len() <= REFERENCE_LIMIT && reference.bytes().all(fits) { reference } else { "" }
    }
}

/// Why a message says nothing that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unusable {
    /// It cannot be read as a mail.
    NoMail,
    /// It is a mail, and no report of what became of another.
    NoReport,
    /// It has more parts, or names more recipients, than such a report has.
    TooMuch,
    /// It does not say for whom the mail was.
    NoRecipient,
    /// It does not say what became of it in words of the standard.
    NoStatus,
    /// It brings nothing of the mail back by which it could be known.
    NoOriginal,
}

/// A report, or what was found in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its place in the file, from 1.
    pub number: usize,
    /// A name made from all that it holds: the same report has the same one.
    pub name: String,
    /// What it says, of each recipient.
    pub said: Result<Vec<Said>, Unusable>,
}

/// What a report did, or why it did nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// The address is known as dead now.
    Dead,
    /// The mail counts as failed for good now.
    Failed,
    /// It was noted beside the mail.
    Noted,
    /// Nothing failed, so nothing was done.
    Nothing,
    /// This report was taken before.
    TakenBefore,
    /// It says what stands already: the mail had failed, or was taken back.
    StandsAlready,
    /// No mail of this register has that Message-ID.
    NotOurs,
    /// That mail was for another address.
    OtherRecipient,
    /// That mail was never handed over to anybody.
    NeverSent,
    /// Its words contradict each other.
    Contradicts,
    /// It cannot be used.
    Unusable(Unusable),
}

impl Effect {
    /// Whether anything is otherwise than before.
    #[must_use]
    pub const fn changed(self) -> bool {
        matches!(self, Self::Dead | Self::Failed | Self::Noted)
    }

    /// Whether the report was not believed, or could not be read.
    #[must_use]
    pub const fn is_refused(self) -> bool {
        matches!(self, Self::NotOurs | Self::OtherRecipient | Self::NeverSent | Self::Contradicts | Self::Unusable(_))
    }
}

/// A line of the result: what became of what a report says of one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The report's place in the file.
    pub number: usize,
    /// What it said, where it could be read.
    pub said: Option<Said>,
    /// What it did.
    pub effect: Effect,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(text: &str) -> StatusCode {
        text.parse().unwrap()
    }

    #[test]
    fn a_report_says_what_follows_from_it() {
        use ReportAction::{Delayed, Delivered, Expanded, Failed, Relayed};
        for (action, status, verdict_expected) in [
            (Failed, "5.1.1", Some(Verdict::Dead)),
            (Failed, "5.1.10", Some(Verdict::Dead)),
            (Failed, "5.1.8", Some(Verdict::Failed)),
            (Failed, "5.2.2 (mailbox full)", Some(Verdict::Failed)),
            (Failed, "5.7.1", Some(Verdict::Failed)),
            (Failed, "4.4.7", Some(Verdict::Noted)),
            (Delayed, "4.4.1", Some(Verdict::Noted)),
            (Delivered, "2.0.0", Some(Verdict::Nothing)),
            (Relayed, "2.1.9", Some(Verdict::Nothing)),
            (Expanded, "2.0.0", Some(Verdict::Nothing)),
            (Failed, "2.0.0", None),
            (Delivered, "5.1.1", None),
            (Delayed, "5.1.1", None),
        ] {
            assert_eq!(verdict(action, code(status)), verdict_expected, "{action} {status}");
        }
    }

    #[test]
    fn five_codes_say_that_an_address_is_dead() {
        let dead: Vec<String> =
            (0..=12).map(|detail| format!("5.1.{detail}")).filter(|text| code(text).is_dead_address()).collect();
        assert_eq!(dead, ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"]);
        for other in ["4.1.1", "2.1.5", "5.2.1", "5.0.1", "5.7.1"] {
            assert!(!code(other).is_dead_address(), "{other}");
        }
    }

    #[test]
    fn a_status_code_has_three_short_numbers() {
        assert_eq!(code(" 5.1.1 (bad mailbox)").to_string(), "5.1.1");
        for bad in ["", "5", "5.1", "5.1.1.1", "3.1.1", "5.1.1111", "5..1", "+5.1.1", "5.-1.1", "x.y.z"] {
            assert_eq!(bad.parse::<StatusCode>(), Err(NoStatusCode), "{bad}");
        }
    }

    #[test]
    fn the_name_of_a_mail_stands_before_the_last_at() {
        let said = |id: &str| Said {
            message_id: id.to_owned(),
            recipient: String::new(),
            original: None,
            action: ReportAction::Failed,
            status: code("5.1.1"),
        };
        assert_eq!(said("abc-1@register.example").reference(), "abc-1");
        for strange in ["abc", "@a", "a b@c", "a\0b@c", "a/../b@c", &format!("{}@c", "a".repeat(101))] {
            assert_eq!(said(strange).reference(), "", "{strange:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_read_otherwise_than_it_is_written(text in ".{0,20}") {
            if let Ok(read) = text.parse::<StatusCode>() {
                prop_assert_eq!(read.to_string().parse::<StatusCode>(), Ok(read));
            }
        }
    }
}
