//! The card of one body asked: four facts, always in the same order, then what was promised and what is next.

use super::tag::Tag;
use super::{Link, When};

/// One fact on a card. What nobody recorded is said in `line`, never left blank.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FactRow {
    /// "Answer", "Reports", "Ashgrove Council found", "Open or closed".
    pub heading: String,
    /// The fact's value.
    pub tag: Tag,
    /// When it happened, if it did.
    pub when: Option<When>,
    /// One line about it ("Accepted on 3 September 2014, with all the others").
    pub line: String,
    /// The reason that was given, after the line, and its language as an attribute where that is not English.
    pub reason: Option<String>,
    /// See there.
    pub lang: Option<&'static str>,
    /// How the sentence ends, and what it leads to ("; source:").
    pub ends: &'static str,
    /// The language and the licence of the words that it rests on, where that must be said.
    pub rights: Option<String>,
    /// What must be said beside the tag where it stands without its line ("with all the others").
    pub mark: Option<&'static str>,
    /// How old it is, beside the tag ("as at May 2027"); the line says the day.
    pub age: Option<String>,
    /// Where that is written.
    pub source: Option<Link>,
    /// How far that was compared.
    pub checked: Option<String>,
    /// What it rests on.
    pub evidence: Vec<Piece>,
    /// Of a judgement: what the body replied to it, each in its turn, or that it has not.
    pub replies: Vec<Reply>,
}

/// What a body replied to a judgement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reply {
    /// That it replied, and when; or that no reply is recorded.
    pub line: String,
    /// Its words.
    pub words: Option<String>,
    /// Their language as an attribute, where it is not English.
    pub lang: Option<&'static str>,
    /// Their language and licence in words; none where there are no words to read.
    pub rights: Option<String>,
    /// Where they can be read.
    pub source: Option<Link>,
}

/// What an outside body found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Under whose name, when, and what it comes to.
    pub line: String,
    /// Its own words; none where they are withheld, which the line says.
    pub words: Option<String>,
    /// Their language as an attribute, where it is not English.
    pub lang: Option<&'static str>,
    /// Where in it, and in which language and under which licence.
    pub notes: Vec<String>,
    /// Where it is published.
    pub source: Option<Link>,
    /// How far that was compared.
    pub checked: Option<String>,
    /// How it stands to this register's own finding.
    pub beside: String,
    /// Whether it differs from that.
    pub differs: bool,
    /// What the body replied to it, likewise.
    pub replies: Vec<Reply>,
}

/// A piece of evidence, ready to print.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Piece {
    /// "Rests on: a document exists".
    pub rests_on: String,
    /// Its title, or that it is withheld.
    pub title: String,
    /// Where it can be read; none where it may not be.
    pub href: Option<String>,
    /// "PDF, 120 KB", or "seen on 3 March 2027".
    pub about: String,
    /// What it is, and the page that is relied on.
    pub notes: Vec<String>,
    /// The words that are relied on.
    pub quote: Option<String>,
    /// Their language as an attribute, where it is not English.
    pub lang: Option<&'static str>,
    /// What it says, for whoever cannot read it.
    pub summary: Option<String>,
}

impl FactRow {
    /// The tag's words with their mark, where there is no tag to show.
    #[must_use]
    pub fn in_words(&self) -> String {
        self.mark.map_or_else(|| self.tag.words.to_string(), |mark| format!("{} ({mark})", self.tag.words))
    }
}

/// The card of one body asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Card {
    /// The card's own anchor on the page: the body's slug.
    pub id: String,
    /// The body, with a link to its answer's own page.
    pub body: Link,
    /// How far it was checked that this body was asked, where that needs saying ("Probably put to this body; …").
    pub doubt: Option<String>,
    /// Who answers now, where that is not this body, and how it came to that: one sentence each.
    pub handed: Vec<String>,
    /// Answer, Reports, Found, Open or closed.
    pub facts: Vec<FactRow>,
    /// The dates that the body set and how they moved, and when it was last asked: one sentence each.
    pub targets: Vec<String>,
    /// What outside bodies found.
    pub others: Vec<Found>,
    /// How it fares in the last document of the body that somebody looked through.
    pub mark: Option<Link>,
    /// Whether that document only mentions it, under a theme.
    pub only_mentioned: bool,
    /// What would show that it is done, as agreed.
    pub agreed: Option<String>,
    /// What is next and when ("Next return due 1 March 2027").
    pub next: Option<String>,
    /// What staff may do here; empty on public pages.
    pub deeds: Vec<Link>,
}
