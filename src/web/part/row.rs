//! One row of a list of recommendations.

use super::Link;
use super::card::FactRow;

/// One recommendation in a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Its number and title, with a link to its page.
    pub title: Link,
    /// The words of the title once more, where some of them were searched for.
    pub marked: Vec<Stretch>,
    /// Where it is from, where the list holds several inquiries.
    pub line: String,
    /// Where its words say what was searched for.
    pub found: Vec<Stretch>,
    /// Whose words these are.
    pub whose: Option<&'static str>,
    /// Which of its parts are confirmed and which are not, where it has parts.
    pub parts: Option<String>,
    /// How little was compared, where that must be said with the words.
    pub warning: Option<String>,
    /// That a hold is on it, and since when.
    pub held: Option<String>,
    /// What can be said of the family that it is in, with its page.
    pub family: Option<Link>,
    /// Who was asked.
    pub answers: Vec<Answer>,
}

/// Some of its words, and whether they were searched for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stretch {
    /// The words, with the signs between them.
    pub words: String,
    /// Whether they were searched for.
    pub found: bool,
}

/// One body asked, in such a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// The body, with a link to its answer's own page.
    pub body: Link,
    /// Of which recommendation, for those who hear the link without what stands around it.
    pub of: String,
    /// How it is known that it was asked, where that is only likely.
    pub doubt: Option<&'static str>,
    /// The four facts; only their headings and tags are shown.
    pub facts: Vec<FactRow>,
}
