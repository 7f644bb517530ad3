//! Under which licence words stand here, and in which other formats a report can be had.

use serde::{Deserialize, Serialize};

use super::text::text_enum;

text_enum! {
    /// The licence of words that were taken from a source or written here.
    pub enum Licence as "licence" {
        /// The United Kingdom's licence for public sector information.
        OpenGovernment = "ogl_3",
        /// All rights reserved; quoted within what the law allows.
        Quoted = "quoted_s30",
        /// The operator's own words.
        Own = "own",
        /// Nobody has found out.
        Unknown = "unknown",
    }
}

impl Licence {
    /// Under which a body's words can stand. They are never the operator's own.
    pub const OF_BODIES: [Self; 3] = [Self::OpenGovernment, Self::Quoted, Self::Unknown];
}

text_enum! {
    /// The language of words, as BCP 47 writes it.
    pub enum Language as "language" {
        /// English.
        English = "en",
        /// Welsh.
        Welsh = "cy",
        /// British Sign Language.
        BritishSign = "bfi",
        /// Irish Sign Language.
        IrishSign = "isg",
        /// Irish.
        Irish = "ga",
        /// Scottish Gaelic.
        Gaelic = "gd",
        /// Urdu.
        Urdu = "ur",
        /// Punjabi.
        Punjabi = "pa",
        /// Polish.
        Polish = "pl",
    }
}

text_enum! {
    /// In which other format a report can be had.
    pub enum FormatKind as "format" {
        /// Short sentences and pictures.
        EasyRead = "easy_read",
        /// In another language.
        Translation = "translation",
        /// In sign language.
        Signed = "signed",
        /// In large print.
        LargePrint = "large_print",
        /// To listen to.
        Audio = "audio",
        /// Written for children and young people.
        Young = "young",
    }
}

text_enum! {
    /// Under which licence the operator gives the register's data to everybody.
    pub enum DataLicence as "licence of the data" {
        /// The United Kingdom's licence for public sector information.
        OpenGovernment = "ogl_3",
        /// Creative Commons Attribution.
        Attribution = "cc_by_4",
        /// Creative Commons Zero: no condition at all.
        Zero = "cc0_1",
        /// None: whoever wants to use it asks.
        Reserved = "reserved",
    }
}

/// What is known of words that were taken from a source: nothing, until somebody has said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Rights {
    /// In which language they are.
    #[serde(default)]
    pub language: Option<Language>,
    /// Under which licence they stand here.
    #[serde(default)]
    pub licence: Option<Licence>,
}

impl Rights {
    /// The language as a page says it of a part of itself (WCAG 2.2, 3.1.2): none for English, in which every page is.
    #[must_use]
    pub fn lang(self) -> Option<&'static str> {
        self.language.filter(|one| *one != Language::English).map(Language::as_str)
    }
}
