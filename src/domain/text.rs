//! Words as values: closed vocabularies kept as text, address parts, and text that people typed.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A word that is not in a closed vocabulary: says which vocabulary and what was found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\u{201c}{found}\u{201d} is not a known {vocabulary}; known are: {known}")]
pub struct UnknownWord {
    /// What was being read, for instance `response`.
    pub vocabulary: &'static str,
    /// The word as found.
    pub found: String,
    /// Every word that would have been right.
    pub known: String,
}

/// Declares an enum that is stored, sent and read as a fixed word, so that both databases, the pages and the data files
/// say the same thing. The columns hold the word; no database check list repeats it.
macro_rules! text_enum {
    ($(#[$meta:meta])* pub enum $name:ident as $vocabulary:literal {
        $($(#[$inner:meta])* $variant:ident = $text:literal),+ $(,)?
    }) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
            diesel::expression::AsExpression, diesel::deserialize::FromSqlRow,
        )]
        #[diesel(sql_type = diesel::sql_types::Text)]
        pub enum $name { $($(#[$inner])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every value, in the order in which people are shown them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that stands for the value in columns, addresses and data.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { out.write_str(self.as_str()) }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::text::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|value| value.as_str() == word).ok_or_else(|| {
                    $crate::domain::text::UnknownWord {
                        vocabulary: $vocabulary,
                        found: word.chars().take(60).collect(),
                        known: Self::ALL.iter().map(|value| value.as_str()).collect::<Vec<_>>().join(", "),
                    }
                })
            }
        }
    };
}
pub(crate) use text_enum;

/// Why a typed text was refused; the sentence is meant for the person who typed it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextFault {
    /// Nothing but white space.
    #[error("Enter {0}")]
    Empty(&'static str),
    /// More characters than the place has room for.
    #[error("{what} must be {limit} characters or fewer; this has {found}")]
    TooLong {
        /// The name of the field, beginning with a capital letter.
        what: String,
        /// The greatest number of characters.
        limit: usize,
        /// How many there were.
        found: usize,
    },
    /// A control character that no keyboard writes, such as NUL.
    #[error("{0} contains a character that cannot be shown; type it again")]
    Unprintable(String),
    /// An address part with other signs than small letters, digits and hyphens.
    #[error("\u{201c}{0}\u{201d} may hold only small letters, digits and single hyphens")]
    Slug(String),
}

/// Tidies what somebody typed: composed Unicode, one kind of line end, no white space around it.
///
/// # Errors
/// When it is longer than `limit` characters or holds a control character. `what` names the field, as in "Reason".
pub fn tidy(typed: &str, what: &str, limit: usize) -> Result<Option<String>, TextFault> {
    let lines = if typed.contains('\r') {
        Cow::Owned(typed.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(typed)
    };
    let trimmed = lines.trim();
    // To see that nothing is to be put together costs far less than to do it.
    let text: String = if is_nfc(trimmed) { trimmed.to_owned() } else { trimmed.nfc().collect() };
    if text.chars().any(|sign| (sign.is_control() && sign != '\n' && sign != '\t') || is_bidi_override(sign)) {
        return Err(TextFault::Unprintable(what.to_owned()));
    }
    let found = text.chars().count();
    if found > limit {
        return Err(TextFault::TooLong { what: what.to_owned(), limit, found });
    }
    Ok((!text.is_empty()).then_some(text))
}

/// Signs that turn the reading direction of what follows: they can make a published sentence read as another one.
fn is_bidi_override(sign: char) -> bool {
    matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Room for a kind in plain words, a theme.
pub const KIND_LIMIT: usize = 60;
/// Room for a title, a name of a body or a post: one line.
pub const TITLE_LIMIT: usize = 300;
/// Room for a reason, a comment, an answer's words.
pub const WORDS_LIMIT: usize = 20_000;

/// A part of an address: small letters, digits and single hyphens. Made once and kept; a replaced one lives on as alias.
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
pub struct Slug(String);

impl Slug {
    /// A slug made from any words, never empty: signs that have no letter are left out.
    #[must_use]
    pub fn from_words(words: &str) -> Self {
        let made = slug::slugify(words);
        let cut: String = made.chars().take(80).collect();
        let cut = cut.trim_matches('-');
        Self(if cut.is_empty() { "item".to_owned() } else { cut.to_owned() })
    }

    /// The slug as it stands in an address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = TextFault;

    fn from_str(text: &str) -> Result<Self, TextFault> {
        let good = !text.is_empty()
            && text.len() <= 80
            && text.bytes().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !text.contains("--");
        if good { Ok(Self(text.to_owned())) } else { Err(TextFault::Slug(text.chars().take(60).collect())) }
    }
}

impl TryFrom<String> for Slug {
    type Error = TextFault;

    fn try_from(text: String) -> Result<Self, TextFault> {
        text.parse()
    }
}

impl<'de> serde::Deserialize<'de> for Slug {
    fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        String::deserialize(source)?.parse().map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_text_is_tidied_and_bounded() {
        assert_eq!(tidy("  a\r\nb ", "Reason", 10), Ok(Some("a\nb".to_owned())));
        assert_eq!(tidy("cafe\u{301}\r", "Reason", 10), Ok(Some("caf\u{e9}".to_owned())));
        assert_eq!(tidy(" \t ", "Reason", 10), Ok(None));
        assert!(matches!(tidy("abc", "Reason", 2), Err(TextFault::TooLong { found: 3, .. })));
        assert!(tidy("a\0b", "Reason", 10).is_err());
        assert!(tidy("a\u{202e}b", "Reason", 10).is_err());
    }

    #[test]
    fn slugs_are_small_letters_digits_and_single_hyphens() {
        for good in ["jay", "operation-linden", "a1"] {
            assert!(good.parse::<Slug>().is_ok(), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "A", "a b", "a/b", "é", &"a".repeat(81)] {
            assert!(bad.parse::<Slug>().is_err(), "{bad}");
        }
        assert_eq!(Slug::from_words("Support for Victims!").as_str(), "support-for-victims");
        assert_eq!(Slug::from_words("???").as_str(), "item");
    }
}
