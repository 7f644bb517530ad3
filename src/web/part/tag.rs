//! A tag: the words for one fact, with a colour and a shape that repeat what the words say.

use std::borrow::Cow;

/// What kind of thing a tag says. Each kind has a muted hue and a shape of its own; the words alone are enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Nothing is recorded, nobody has looked: grey, dashed, an open ring.
    #[default]
    Unknown,
    /// Said or going on, and not yet judged: blue, a half-filled ring.
    Going,
    /// Agreed to, or confirmed as done: green, a full disc.
    Yes,
    /// Partly, with conditions, or waiting: ochre, a diamond.
    Partly,
    /// Refused, not done, stopped: plum, a bar.
    No,
}

impl Tone {
    /// The class that the style sheet knows it by.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Going => "going",
            Self::Yes => "yes",
            Self::Partly => "partly",
            Self::No => "no",
        }
    }
}

/// The words of one fact and their tone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tag {
    /// The exact words of `domain::words`.
    pub words: Cow<'static, str>,
    /// How it looks.
    pub tone: Tone,
}

impl Tag {
    /// A tag.
    pub fn new(words: impl Into<Cow<'static, str>>, tone: Tone) -> Self {
        Self { words: words.into(), tone }
    }
}
