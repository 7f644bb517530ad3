//! Under which licence words stand here, and in which other formats a report can be had.

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

text_enum! {
    /// The language of words, as BCP 47 writes it.
    pub enum Language as "language" {
        /// English, as it is written in Britain.
        English = "en-GB",
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
