//! Filing by a link in a mail: whoever reads that mailbox enters a code that was sent there too, and files once on exactly the items
//! of the mail. What the link shows before the code is public already.

use std::fmt;

use super::id::TokenId;
use super::secret::Secret;

/// Seconds for which a code works.
pub const CODE_SECONDS: i64 = 10 * 60;
/// Seconds in which whoever entered it may file.
pub const PASS_SECONDS: i64 = 4 * 60 * 60;

/// So many wrong codes end a link: of a million codes these are one in twenty thousand. Signing in still works.
pub const WRONG_CODES: i64 = 50;

/// Why nothing can be filed by a link on an item that it asks about: something that the body wrote is not filed yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barred {
    /// The reader has begun an update.
    BegunByYou,
    /// Somebody else of the body has begun one.
    BegunByColleague,
    /// An update waits for whoever signs off for the body.
    ForSignOff,
}

const PURPOSE: &str = "filing link, code";
const DIGITS: usize = 6;

/// A code of six digits. Stored only as a signature, never logged.
#[derive(Clone)]
pub struct Code(String);

impl Code {
    /// A code of these bytes, which must come from chance.
    #[must_use]
    pub fn new(chance: [u8; 8]) -> Self {
        Self(format!("{:06}", u64::from_be_bytes(chance) % 1_000_000))
    }

    /// A code as somebody typed it, spaces and hyphens left out; `None` for what can be none.
    #[must_use]
    pub fn typed(text: &str) -> Option<Self> {
        let signs: String = text.chars().filter(|sign| !sign.is_whitespace() && *sign != '-').collect();
        (signs.len() == DIGITS && signs.bytes().all(|sign| sign.is_ascii_digit())).then_some(Self(signs))
    }

    /// What is kept of it: a signature that only the register can make, for this link alone.
    #[must_use]
    pub fn sealed(&self, secret: &Secret, link: TokenId) -> String {
        secret.sign(PURPOSE, self.of(link).as_bytes())
    }

    /// Whether what is kept is this code's; takes the same time wherever they differ.
    #[must_use]
    pub fn is_sealed_in(&self, secret: &Secret, link: TokenId, kept: &str) -> bool {
        secret.signed(PURPOSE, self.of(link).as_bytes(), kept)
    }

    fn of(&self, link: TokenId) -> String {
        format!("{link} {}", self.0)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Code(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_six_digits_and_is_read_as_people_type_it() {
        assert_eq!(Code::new([0; 8]).to_string(), "000000");
        assert_eq!(Code::new(1_234_567_u64.to_be_bytes()).to_string(), "234567");
        for typed in ["012345", " 012 345 ", "012-345"] {
            assert_eq!(Code::typed(typed).map(|code| code.to_string()).as_deref(), Some("012345"), "{typed}");
        }
        for typed in ["", "12345", "1234567", "12345a", "１２３４５６"] {
            assert!(Code::typed(typed).is_none(), "{typed}");
        }
        assert_eq!(format!("{:?}", Code::new([7; 8])), "Code(..)");
    }

    #[test]
    fn a_code_holds_for_one_link_and_one_register() {
        let (secret, link) = (Secret::new([1; 32]), TokenId(5));
        let [code, other] = [1_u64, 2].map(|number| Code::new(number.to_be_bytes()));
        let kept = code.sealed(&secret, link);
        assert!(code.is_sealed_in(&secret, link, &kept));
        assert!(!other.is_sealed_in(&secret, link, &kept) && !code.is_sealed_in(&secret, TokenId(6), &kept));
        assert!(!code.is_sealed_in(&Secret::new([2; 32]), link, &kept) && !code.is_sealed_in(&secret, link, ""));
    }
}
