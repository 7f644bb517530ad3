//! A mail server's refusal for good: what it was about, by the command at which it came and by its codes.
//!
//! A server that lets nothing through refuses everybody as if they were not there, in one round or one by one over a day. So refusals of
//! recipients are judged together ([`Judgement::of`]): [`REFUSED_ALIKE`] addresses that were refused in a row, within
//! [`REFUSED_WITHIN`] and with no mail handed over between them, are none of them taken for dead or for one that mail does not reach,
//! whatever the server called them; nor are so many of one round that were refused without a reason, even where others got through: a
//! server may let only its own people's mail in. Those that were put on the list of dead addresses earlier in such a row are taken off it
//! again. Fewer are taken at the server's word. What goes to strangers who sign up ([`TO_STRANGERS`]) is not counted. Each refusal is
//! judged when its round is over, or, where that round ended before, by the next one.

use std::collections::HashSet;

use super::bounce::StatusCode;
use super::email::Email;
use super::text::text_enum;

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

text_enum! {
    /// What a refusal says of the address that the mail was for.
    pub enum OfAddress as "what a refusal says of an address" {
        /// There is no such mailbox.
        Dead = "dead",
        /// There may be no such mailbox: the server named the recipient and no reason. One that lets nothing through at all says the
        /// same.
        PerhapsDead = "perhaps_dead",
        /// The mail does not get there, which says nothing of whether the mailbox is: it is full, or disabled for now, or something is
        /// wrong with the address.
        NotReached = "not_reached",
        /// Nothing: it is about who sends, or about what the mail says.
        Nothing = "nothing",
    }
}

impl OfAddress {
    /// Whether it says anything, and so is judged together with the others: it may be the server's own fault.
    #[must_use]
    pub const fn is_judged(self) -> bool {
        !matches!(self, Self::Nothing)
    }

    /// Whether an address of which it is believed is taken for dead. Of any other the mail counts as one that came back.
    #[must_use]
    pub const fn silences(self) -> bool {
        matches!(self, Self::Dead | Self::PerhapsDead)
    }
}

impl Refusal {
    /// The enhanced code with which a server's words begin (RFC 2034). Some set it between other signs.
    #[must_use]
    pub fn enhanced_in(words: &str) -> Option<StatusCode> {
        let first = words.split_whitespace().next()?;
        first.trim_matches(|sign: char| !sign.is_ascii_digit()).parse().ok()
    }

    /// What it says of the address. An enhanced code is believed before a plain one, and a plain one only of the recipient. 5.1.0 says
    /// nothing: servers give it at `RCPT TO` of a sender whom they do not know; nor does 5.2.0 once they have seen the words, for they give
    /// it of words that they do not like. 552 without such a code is a mailbox that is full (RFC 5321, 4.2.3).
    #[must_use]
    pub const fn of_address(self) -> OfAddress {
        match (self.stage, self.enhanced) {
            (Stage::Recipient | Stage::Words, Some(code)) if code.is_dead_address() => OfAddress::Dead,
            (Stage::Recipient, Some(code)) if code.is_of_mailbox() => OfAddress::NotReached,
            (Stage::Words, Some(code)) if code.is_disabled_or_full() => OfAddress::NotReached,
            (Stage::Recipient, None) if matches!(self.code, 550 | 551 | 553) => OfAddress::PerhapsDead,
            (Stage::Recipient, None) if self.code == 552 => OfAddress::NotReached,
            _ => OfAddress::Nothing,
        }
    }
}

/// So many addresses that were refused alike say that mail is not let through, and nothing of any of them.
pub const REFUSED_ALIKE: usize = 3;

/// The kind of letter that goes to whatever address a stranger entered: what is refused of it is not counted, or anybody could have a
/// server's word not believed.
pub const TO_STRANGERS: &str = "follow_asked";

/// Within how many seconds refusals are a row.
pub const REFUSED_WITHIN: i64 = 24 * 60 * 60;

/// What the refusals of a round are taken for, together with those before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    /// Those that stand in the row say nothing of their addresses.
    pub row_is_spared: bool,
    /// Those of this round that came without a reason say nothing either.
    pub unexplained_are_spared: bool,
}

impl Judgement {
    /// By the addresses that were refused in a row, and by those that this round found refused without a reason, both without what goes
    /// to strangers ([`TO_STRANGERS`]). An address may be named more than once.
    #[must_use]
    pub fn of<'a>(row: impl Iterator<Item = &'a Email>, unexplained: impl Iterator<Item = &'a Email>) -> Self {
        Self { row_is_spared: are_alike(row), unexplained_are_spared: are_alike(unexplained) }
    }
}

fn are_alike<'a>(addresses: impl Iterator<Item = &'a Email>) -> bool {
    addresses.collect::<HashSet<_>>().len() >= REFUSED_ALIKE
}

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
            (Recipient, 550, "5.2.0 not taken", NotReached),
            (Words, 552, "5.2.2 mailbox full", NotReached),
            (Words, 554, "5.2.0 content rejected", Nothing),
            (Recipient, 550, "5.1.0 address rejected", Nothing),
            (Words, 550, "5.1.0 address rejected", Nothing),
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

    #[test]
    fn so_many_addresses_refused_alike_say_nothing_of_any_of_them() {
        let [one, two, three]: [Email; 3] =
            ["one", "two", "three"].map(|name| format!("{name}@a.example").parse().unwrap());
        let judged = |row: &[&Email], unexplained: &[&Email]| {
            let judgement = Judgement::of(row.iter().copied(), unexplained.iter().copied());
            (judgement.row_is_spared, judgement.unexplained_are_spared)
        };
        assert_eq!(judged(&[&one, &two], &[&two]), (false, false));
        assert_eq!(judged(&[&one, &two, &two], &[]), (false, false), "one address twice is one");
        assert_eq!(judged(&[&one, &two, &three], &[&three]), (true, false));
        assert_eq!(judged(&[], &[&one, &two, &three]), (false, true));
    }
}
