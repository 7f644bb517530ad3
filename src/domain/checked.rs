//! How far a claim was compared with its source, and what kind of words a recommendation's words are.

use super::text::text_enum;

text_enum! {
    /// How far a claim was compared with a source when it was entered, the strongest first.
    pub enum Checked as "degree of checking" {
        /// The issuer's or the body's own wording was seen.
        Source = "source",
        /// The wording was seen as quoted by an official body or a newspaper.
        Quoted = "quoted",
        /// Only minutes, press or another secondary account was seen.
        Secondary = "secondary",
        /// It follows from an account without being said in it.
        Probable = "probable",
        /// A source confirms that a recommendation on this subject exists, no more.
        Topic = "topic",
        /// General knowledge, not yet compared with any source.
        Unverified = "unverified",
        /// A source says that it exists; its content has not been transcribed.
        Absent = "absent",
    }
}

text_enum! {
    /// Whose words a recommendation's words are.
    pub enum TextKind as "kind of text" {
        /// The report's own.
        Verbatim = "verbatim",
        /// Ours, in summary.
        Summary = "summary",
        /// Nobody has transcribed them.
        NotTranscribed = "not_transcribed",
    }
}

impl Checked {
    /// Whether the entry carries a warning inside its words and is kept out of search engines until compared.
    #[must_use]
    pub const fn needs_warning(self) -> bool {
        matches!(self, Self::Topic | Self::Unverified | Self::Absent)
    }

    /// Whether the words themselves were seen, in the source or quoted from it. Only then can it be claimed that two say the
    /// same: what somebody tells of them is not what they ask for.
    #[must_use]
    pub const fn wording_was_seen(self) -> bool {
        matches!(self, Self::Source | Self::Quoted)
    }

    /// Whether it is only likely that a body was asked: nothing is asked of it by a date, and no silence is held against it,
    /// until somebody has found where it is said.
    #[must_use]
    pub const fn is_only_likely(self) -> bool {
        matches!(self, Self::Probable | Self::Topic | Self::Unverified | Self::Absent)
    }

    /// The degrees at which it is known that a body was asked: for a database, which cannot call [`Self::is_only_likely`].
    #[must_use]
    pub fn known() -> Vec<Self> {
        Self::ALL.iter().copied().filter(|degree| !degree.is_only_likely()).collect()
    }

    /// Whether a wrong date or body is so possible that nothing may be counted against anybody on it.
    #[must_use]
    pub const fn is_certain_enough_to_count_silence(self) -> bool {
        matches!(self, Self::Source | Self::Quoted)
    }
}
