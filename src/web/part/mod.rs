//! The small pieces that pages are made of, one struct for each macro of `templates/part/`.
//!
//! They hold words that are ready to print: every date, plural and name of a fact comes from `domain::words`, and a
//! template only branches and loops. Start with `tag` and `card`.

pub mod card;
pub mod chart;
pub mod count;
pub mod follow;
pub mod gap;
pub mod hold;
pub mod pager;
pub mod row;
pub mod tag;
pub mod timeline;

/// A link and its words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Link {
    /// Where it leads.
    pub href: String,
    /// What it says.
    pub words: String,
}

impl Link {
    /// A link.
    pub fn new(href: impl Into<String>, words: impl Into<String>) -> Self {
        Self { href: href.into(), words: words.into() }
    }
}

/// A date for people and for machines: `<time datetime="2014-09-03">3 September 2014</time>`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct When {
    /// The day as ISO 8601 writes it.
    pub iso: String,
    /// The same in words, its precision included ("about 31 January 2015").
    pub words: String,
}

impl When {
    /// A date.
    pub fn new(iso: impl Into<String>, words: impl Into<String>) -> Self {
        Self { iso: iso.into(), words: words.into() }
    }
}

/// One row of a summary list: a name, its value, and a link that changes it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SummaryRow {
    /// What is named.
    pub name: String,
    /// What it is.
    pub value: String,
    /// Where it can be changed; the words name the row too ("Change the contact").
    pub change: Option<Link>,
}

impl SummaryRow {
    /// A row that cannot be changed from here.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into(), change: None }
    }
}
