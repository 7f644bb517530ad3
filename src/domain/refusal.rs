//! A mail server's refusal for good: what it was about, by the command at which it came and by its codes.

use super::bounce::StatusCode;

/// At which command of the conversation a mail server refused a mail (RFC 5321, 3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// `MAIL FROM`: who sends it.
    Sender,
    /// `RCPT TO`: who it is for.
    Recipient,
    /// `DATA` and the words of the mail.
    Words,
}

impl Stage {
    /// The command, as an administrator of a mail server knows it.
    #[must_use]
    pub const fn command(self) -> &'static str {
        match self {
            Self::Sender => "MAIL FROM",
            Self::Recipient => "RCPT TO",
            Self::Words => "DATA",
        }
    }
}

/// A refusal for good, as the server gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// At which command.
    pub stage: Stage,
    /// Its code of three digits.
    pub code: u16,
    /// Its enhanced code (RFC 3463), where it gave one.
    pub enhanced: Option<StatusCode>,
}

/// What a refusal says of the address that the mail was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfAddress {
    /// There is no such mailbox.
    Dead,
    /// There may be no such mailbox: the server named the recipient and no reason. One that lets nothing through at all says the
    /// same.
    PerhapsDead,
    /// The mailbox is there and does not take this mail: it is full, or disabled for now.
    NotReached,
    /// Nothing: it is about who sends, or about what the mail says.
    Nothing,
}

impl Refusal {
    /// The enhanced code with which a server's words begin (RFC 2034). Some set it between other signs.
    #[must_use]
    pub fn enhanced_in(words: &str) -> Option<StatusCode> {
        let first = words.split_whitespace().next()?;
        first.trim_matches(|sign: char| !sign.is_ascii_digit()).parse().ok()
    }

    /// What it says of the address. An enhanced code is believed before a plain one, and a plain one only of the recipient. Those about
    /// a mailbox speak of its owner (RFC 3463, 3.3), but for 5.2.3, which is about the length of this mail; 5.1.0 is about the address
    /// and gives no reason. 552 without such a code is a mailbox that is full (RFC 5321, 4.2.3).
    #[must_use]
    pub const fn of_address(self) -> OfAddress {
        match (self.stage, self.enhanced) {
            (Stage::Recipient | Stage::Words, Some(code)) if code.is_dead_address() => OfAddress::Dead,
            (Stage::Recipient | Stage::Words, Some(code)) if code.is_of_mailbox() => OfAddress::NotReached,
            (Stage::Recipient, None) if matches!(self.code, 550 | 551 | 553) => OfAddress::PerhapsDead,
            (Stage::Recipient, None) if self.code == 552 => OfAddress::NotReached,
            _ => OfAddress::Nothing,
        }
    }
}

/// So many addresses that one round finds refused alike, without a reason, say that mail is not let through, and nothing of any
/// of them.
pub const REFUSED_ALIKE: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_that_a_server_calls_dead_is_dead() {
        use OfAddress::{Dead, NotReached, Nothing, PerhapsDead};
        use Stage::{Recipient, Sender, Words};
        for (stage, code, words, expected) in [
            (Recipient, 550, "5.1.1 no such mailbox", Dead),
            (Recipient, 550, "#5.1.10 null MX", Dead),
            (Recipient, 550, "5.1.1: user unknown", Dead),
            (Words, 554, "5.1.1 no such mailbox", Dead),
            (Sender, 550, "5.1.1 who are you", Nothing),
            (Recipient, 550, "mailbox unavailable", PerhapsDead),
            (Recipient, 551, "not here", PerhapsDead),
            (Recipient, 553, "", PerhapsDead),
            (Recipient, 552, "full", NotReached),
            (Recipient, 552, "5.2.2 mailbox full", NotReached),
            (Words, 554, "5.2.1 disabled", NotReached),
            (Recipient, 550, "5.1.0 address rejected", NotReached),
            (Words, 552, "5.2.3 message too long", Nothing),
            (Words, 552, "too much", Nothing),
            (Sender, 550, "5.2.1 who are you", Nothing),
            (Recipient, 554, "transaction failed", Nothing),
            (Sender, 550, "relay not permitted", Nothing),
            (Words, 550, "looks like spam", Nothing),
            (Recipient, 550, "5.7.1 relaying denied", Nothing),
            (Recipient, 550, "5.1.8 we do not know your own domain", Nothing),
            (Words, 554, "5.6.0 refused", Nothing),
        ] {
            let refusal = Refusal { stage, code, enhanced: Refusal::enhanced_in(words) };
            assert_eq!(refusal.of_address(), expected, "{stage:?} {code} {words}");
        }
    }
}
