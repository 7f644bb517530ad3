//! The timeline: every published change, newest first, grouped by year.

use super::tag::Tag;
use super::{Link, When};
use crate::domain::change::Subject;
use crate::domain::id::DeadlineId;

/// One year of a timeline.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Year {
    /// "2026", or "Date not known".
    pub words: String,
    /// What happened, newest first.
    pub entries: Vec<Entry>,
}

/// One published change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Its number.
    pub seq: i64,
    /// Whether the number is its anchor on the page, `change-12`: of several entries of one change the first has it.
    pub anchor: bool,
    /// The row of the ledger that it shows, where that holds words: for staff, who may withhold them.
    pub record: Option<(Subject, i64)>,
    /// The date that it shows, where it is one: for staff, who may put it right.
    pub date: Option<DeadlineId>,
    /// Its own address, for ever.
    pub href: String,
    /// When it happened, if that is known.
    pub happened: Option<When>,
    /// When it was recorded here, if on another day.
    pub recorded: Option<When>,
    /// What happened, in a sentence.
    pub sentence: String,
    /// The value it set.
    pub tag: Option<Tag>,
    /// Which body it is about, where the page is about several.
    pub body: Option<Link>,
    /// The words of the answer or the finding, quoted.
    pub words: Option<String>,
    /// Their language as an attribute, where it is not English.
    pub lang: Option<&'static str>,
    /// Their language and licence in words, where that must be said.
    pub rights: Option<String>,
    /// What took its place, where that stands in this register: what comes before its name, and its name.
    pub taken_by: Option<(&'static str, Link)>,
    /// Why.
    pub reason: Option<String>,
    /// The language of that, likewise.
    pub reason_lang: Option<&'static str>,
    /// The finding that it replies to.
    pub answers: Option<Link>,
    /// What it rests on, a line each.
    pub evidence: Vec<Link>,
    /// Where it is written, where it came from outside.
    pub source: Option<Link>,
    /// How far that was compared ("Seen in a secondary source only.").
    pub checked: Option<String>,
    /// Who published it, as a role ("Published by an overseer").
    pub by: String,
    /// What it puts right.
    pub corrects: Option<Link>,
    /// Why that was wrong.
    pub why_wrong: Option<String>,
    /// What puts it right.
    pub corrected_by: Option<Link>,
}
