//! One-time links and session cookies: 256 random bits that are given out once, and the hash of them that is kept.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::text::text_enum;

text_enum! {
    /// What a one-time link is for.
    pub enum TokenKind as "kind of one-time link" {
        /// Makes somebody's account.
        Invitation = "invitation",
        /// Makes the first administrator.
        FirstAdministrator = "first_administrator",
        /// Chooses a new password.
        PasswordReset = "password_reset",
        /// Files once on the items of a reminder.
        Filing = "filing",
    }
}

impl TokenKind {
    /// For how many seconds such a link works.
    #[must_use]
    pub const fn lasts(self) -> i64 {
        match self {
            Self::Invitation | Self::FirstAdministrator => 72 * 60 * 60,
            Self::PasswordReset => 30 * 60,
            Self::Filing => 28 * 24 * 60 * 60,
        }
    }
}

/// 256 random bits, as they stand in a link or a cookie. Never stored, never logged.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl Token {
    /// A token of these bytes, which must come from chance.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The token with which a link ends; `None` where it ends otherwise.
    #[must_use]
    pub fn in_link(link: &str) -> Option<Self> {
        link.rsplit('/').next()?.parse().ok()
    }

    /// What is kept of it.
    #[must_use]
    pub fn hash(&self) -> TokenHash {
        TokenHash(Sha256::digest(self.0).iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

impl fmt::Display for Token {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Token(..)")
    }
}

/// A text that is no token: of a wrong length, or with other signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a token")]
pub struct NotAToken;

impl FromStr for Token {
    type Err = NotAToken;

    fn from_str(text: &str) -> Result<Self, NotAToken> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| NotAToken)?;
        bytes.try_into().map(Self).map_err(|_| NotAToken)
    }
}

/// The hash of a token: what finds it, and from which nobody gets it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenHash(String);

impl TokenHash {
    /// The hash as it stands in a column.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_back_and_shows_nothing() {
        let token = Token::new([7; 32]);
        let text = token.to_string();
        assert_eq!(text.len(), 43);
        assert_eq!(text.parse::<Token>(), Ok(token.clone()));
        assert_eq!(format!("{token:?}"), "Token(..)");
        assert_eq!(token.hash().as_str().len(), 64);
        for bad in ["", "abc", &text[1..], &format!("{text}A"), "../../../../../../../../../../../../../../etc/pa"] {
            assert!(bad.parse::<Token>().is_err(), "{bad}");
        }
    }
}
