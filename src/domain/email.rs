//! A mail address: what somebody signs in with, and where mail goes.

use std::fmt;
use std::str::FromStr;

use email_address::{EmailAddress, Options};

use super::id::PersonId;

/// Room for a mail address, as the mail protocol limits it.
pub const EMAIL_LIMIT: usize = 254;

/// A mail address that any mail server takes: plain letters, one `@`, nothing that could end a header line. Kept in
/// small letters, so that one person is found however they type it.
///
/// By the letter of the standard the part before the `@` is case sensitive, but no mail service that people use treats it
/// so, and two accounts for one person would be worse than one mail refused by a server that does. So one text is the key
/// that signs in, what a unique constraint compares, and where mail goes.
#[derive(
    Debug,
    Clone,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    serde::Serialize,
    diesel::expression::AsExpression,
    diesel::deserialize::FromSqlRow,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub struct Email(String);

/// Why an address was refused; the sentence is meant for the person who typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EmailFault {
    /// Nothing was typed.
    #[error("Enter an email address")]
    Empty,
    /// Not an address, or one of a form that mail servers refuse.
    #[error("Enter an email address in the correct format, like name@example.org")]
    Malformed,
    /// An address with letters that many mail servers do not take yet.
    #[error("Enter an email address with plain letters only: one with letters such as é or ø cannot be used here yet")]
    NotPlain,
    /// More characters than an address has room for.
    #[error("Email address must be 254 characters or fewer")]
    TooLong,
}

impl Email {
    /// What stands in the place of an address that was removed. No mail server has it: the top level is reserved for names
    /// that lead nowhere (RFC 2606).
    #[must_use]
    pub fn of_nobody() -> Self {
        Self("removed@removed.invalid".to_owned())
    }

    /// What stands in the place of the address of somebody who has left: each has another.
    #[must_use]
    pub fn of_former(person: PersonId) -> Self {
        Self(format!("former-{person}@removed.invalid"))
    }

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the `@`.
    #[must_use]
    pub fn local_part(&self) -> &str {
        self.0.rsplit_once('@').map_or(self.0.as_str(), |(local, _)| local)
    }

    /// What stands after the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl FromStr for Email {
    type Err = EmailFault;

    fn from_str(typed: &str) -> Result<Self, EmailFault> {
        let text = typed.trim();
        if text.is_empty() {
            return Err(EmailFault::Empty);
        }
        if text.len() > EMAIL_LIMIT {
            return Err(EmailFault::TooLong);
        }
        if !text.is_ascii() && text.contains('@') {
            return Err(EmailFault::NotPlain);
        }
        // A quoted name or a bracketed host is an address too, but one that half the mail servers refuse.
        let plain =
            text.bytes().all(|sign| sign.is_ascii_graphic()) && !text.contains(['"', '[', ']', '<', '>', '(', ')']);
        let options = Options::default().without_display_text().without_domain_literal();
        if !plain || EmailAddress::parse_with_options(text, options).is_err() {
            return Err(EmailFault::Malformed);
        }
        Ok(Self(text.to_ascii_lowercase()))
    }
}

impl TryFrom<String> for Email {
    type Error = EmailFault;

    fn try_from(text: String) -> Result<Self, EmailFault> {
        text.parse()
    }
}

impl<'de> serde::Deserialize<'de> for Email {
    fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        String::deserialize(source)?.parse().map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for Email {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_a_removed_address_can_be_read_back() {
        for email in [Email::of_nobody(), Email::of_former(PersonId(12))] {
            assert_eq!(email.as_str().parse::<Email>(), Ok(email.clone()));
        }
    }

    #[test]
    fn addresses_are_kept_in_small_letters_without_white_space() {
        let email: Email = " Overseer.One+register@Example.ORG ".parse().unwrap();
        assert_eq!(email.as_str(), "overseer.one+register@example.org");
        assert_eq!((email.local_part(), email.domain()), ("overseer.one+register", "example.org"));
        assert!("register@localhost".parse::<Email>().is_ok());
    }

    #[test]
    fn what_could_end_a_header_or_break_a_server_is_refused() {
        for bad in [
            "no-at",
            "@example.org",
            "a@",
            "a b@example.org",
            "a@b@example.org",
            "a@example.org\r\nBcc: b@example.org",
            "a@example.org\nX: y",
            "\"a b\"@example.org",
            "a@[127.0.0.1]",
            "A <a@example.org>",
            "a@example..org",
            ".a@example.org",
            "a.@example.org",
            "a@example.org,b@example.org",
            "a\0@example.org",
        ] {
            assert_eq!(bad.parse::<Email>(), Err(EmailFault::Malformed), "{bad:?}");
        }
        for foreign in ["é@example.org", "a@exämple.org", "名@例え.jp"] {
            assert_eq!(foreign.parse::<Email>(), Err(EmailFault::NotPlain), "{foreign}");
        }
        assert_eq!("é".parse::<Email>(), Err(EmailFault::Malformed), "no address at all");
        assert_eq!("  ".parse::<Email>(), Err(EmailFault::Empty));
        assert_eq!(format!("{}@example.org", "a".repeat(250)).parse::<Email>(), Err(EmailFault::TooLong));
    }
}
