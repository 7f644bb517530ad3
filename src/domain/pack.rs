//! A scrutiny pack: what a committee is told of some inquiries since its last meeting. What a pack lists is frozen when it is made:
//! rows, values and days. Its words are read from the ledger as it stood then, so that words taken out since are nowhere.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::assessed::Assessed;
use super::deadline::DeadlineKind;
use super::id::{AddresseeId, BodyId, InquiryId, RecommendationId, Seq};
use super::lifecycle::{Closure, Lifecycle};
use super::moment::{Day, Moment};
use super::problem::Problems;
use super::reported::Reported;
use super::response::Response;
use super::text::{text_enum, tidy};

text_enum! {
    /// One of the ten lines of a pack's first page, with the section behind it.
    pub enum PackSection as "section of a pack" {
        /// A target date was moved in the time that the pack covers.
        Moved = "moved",
        /// The last document of the body that was looked through does not mention it.
        NotMentioned = "not_mentioned",
        /// Nobody files for the body whom mail reaches.
        NoContact = "no_contact",
        /// The body sent an update, and oversight has not read it for longer than it allows itself.
        WithUs = "with_us_too_long",
        /// Something is due before the next meeting.
        Due = "due",
        /// A date passed with nothing received.
        Silent = "silent",
        /// Oversight found something else than the body says, or the body says that it is not theirs.
        Disputed = "disputed",
        /// It was closed as done, and does not hold any more.
        Lapsed = "no_longer_holds",
        /// It was found done in the time that the pack covers.
        Confirmed = "newly_confirmed",
        /// The body says complete or in place, and that is not confirmed.
        Gap = "gap",
    }
}

/// How many questions a pack asks.
pub const QUESTIONS: usize = 4;
/// The most characters of a question.
const QUESTION_LIMIT: usize = 200;
/// For so many days ahead a pack without a meeting says what is due.
pub const DAYS_AHEAD: i64 = 90;
/// The most inquiries that one pack is about.
pub const MOST_INQUIRIES: usize = 50;

/// Four questions, each of them asked. The fields are `question_1` to `question_4`.
///
/// # Errors
/// A fault at the field of each that is missing or too long.
pub fn questions(asked: [&str; QUESTIONS]) -> Result<[String; QUESTIONS], Problems> {
    let mut problems = Problems::none();
    let each = std::array::from_fn(|at| {
        let field = format!("question_{}", at + 1);
        let said = problems.take(&field, tidy(asked[at], "A question", QUESTION_LIMIT)).flatten();
        if said.is_none() && problems.at(&field).is_none() {
            problems.add(field, "Enter the question: a pack asks four");
        }
        said.unwrap_or_default()
    });
    problems.into_result()?;
    Ok(each)
}

/// What an answer that is minuted at a meeting answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerTo {
    /// A question of a pack, in the words in which it is asked.
    Question(String),
    /// Another matter than any that the pack asks about.
    AnotherMatter,
}

/// The question that a minute answers, in its words, for it to be kept with the minute; none for another matter. Where a pack
/// asks nothing yet, nothing is to be chosen.
///
/// # Errors
/// Why not, in words: nobody has said so, or nothing asks that.
pub fn answered(to: Option<AnswerTo>, asked: &[&str]) -> Result<Option<String>, &'static str> {
    match to {
        None if asked.is_empty() => Ok(None),
        None => Err("Choose which question of the pack it answers, or another matter"),
        Some(AnswerTo::AnotherMatter) => Ok(None),
        Some(AnswerTo::Question(words)) if asked.contains(&words.as_str()) => Ok(Some(words)),
        Some(AnswerTo::Question(_)) => {
            Err("No pack asks that any more: choose one of these questions, or another matter")
        }
    }
}

/// See [`Listed::name`].
type Name = (Option<AddresseeId>, Option<BodyId>, Option<DeadlineKind>, Option<Seq>);

/// One row of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The answer; none where the row is about a body as a whole.
    pub answer: Option<AddresseeId>,
    /// The body that answers now.
    pub body: BodyId,
    /// What is owed, where something is.
    pub kind: Option<DeadlineKind>,
    /// The day that the row is about: due, passed, received, found.
    pub day: Option<Day>,
    /// Of a date that moved: what it was. Of a target that passed while an update is being read: when that came.
    pub before: Option<Day>,
    /// The change that says so.
    pub seq: Option<Seq>,
}

impl Listed {
    /// A row about an answer.
    #[must_use]
    pub const fn of(answer: AddresseeId, body: BodyId) -> Self {
        Self { answer: Some(answer), body, kind: None, day: None, before: None, seq: None }
    }

    /// What makes two rows of two packs the same row: whose, and what is owed. An answer stays the same one when another body
    /// takes it over. Of a date that moved each move is a row of its own.
    const fn name(&self) -> Name {
        let moved = if self.before.is_some() { self.seq } else { None };
        match self.answer {
            Some(answer) => (Some(answer), None, self.kind, moved),
            None => (None, Some(self.body), self.kind, moved),
        }
    }
}

/// An answer that a pack lists, with the four facts as they stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackItem {
    /// The answer.
    pub answer: AddresseeId,
    /// Its recommendation.
    pub recommendation: RecommendationId,
    /// The inquiry.
    pub inquiry: InquiryId,
    /// The body that was asked: under its address the answer stands.
    pub body: BodyId,
    /// What the body answered.
    pub response: Response,
    /// What it says it has done.
    pub reported: Reported,
    /// What oversight found.
    pub assessed: Assessed,
    /// Open or closed.
    pub lifecycle: Lifecycle,
    /// Why it is closed.
    pub closure: Option<Closure>,
}

text_enum! {
    /// Why something stands in the private paper alone.
    pub enum PrivateKind as "kind of private item" {
        /// It was handed in, and nobody has published it.
        Unpublished = "unpublished",
        /// It was handed in, and went back to its body with questions.
        SentBack = "sent_back",
        /// A finding that the body may check before it is published.
        WithBody = "with_body",
        /// It came in under a hold, and nobody is told of it yet.
        HeldBack = "held_back",
        /// Evidence that is kept here, and nobody has published.
        Evidence = "evidence",
    }
}

/// Something that is not public, for the separate paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivateItem {
    /// Why it is private.
    pub kind: PrivateKind,
    /// The piece of work that holds its words; its words are read from there, and are gone with them.
    pub filing: Option<String>,
    /// Of evidence: the piece, from which what is said of it is read.
    #[serde(default)]
    pub exhibit: Option<String>,
    /// The recommendation.
    pub recommendation: RecommendationId,
    /// The body that answers now, where it is about one.
    pub body: Option<BodyId>,
    /// Since when it is there.
    pub since: Option<Day>,
    /// When its words were handed in as they stood then: words that are written again are handed in again.
    #[serde(default)]
    pub handed_in: Option<Moment>,
}

impl PrivateItem {
    /// Whether its words are other ones than those that the paper was made of: they were handed in again since, at this moment, which
    /// was on this day.
    #[must_use]
    pub fn is_changed(&self, handed_in: Moment, day: Day) -> bool {
        match self.handed_in {
            Some(then) => then != handed_in,
            // A paper of before the moment was kept with it.
            None => self.since != Some(day),
        }
    }
}

/// Of how many open answers somebody looked through a document of their body.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    /// The open answers.
    pub open: u64,
    /// Those of them that were looked for.
    pub looked_for: u64,
}

/// What a pack lists.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// The rows of each section.
    pub sections: BTreeMap<PackSection, Vec<Listed>>,
    /// Every answer that counts, and that stands in a section, is open with a body that nobody can be reached at, or that a change was
    /// about; what a load brought is old.
    pub items: Vec<PackItem>,
    /// What is open with each body that nobody can be reached at, by the body that answers now.
    #[serde(default)]
    pub out_of_reach: Vec<(BodyId, AddresseeId)>,
    /// Targets that passed while an update of their body is being read: none of them is silent.
    #[serde(default)]
    pub being_read: Vec<Listed>,
    /// How many answers are open, and of how many of these somebody looked through a document; a pack of before this was kept does
    /// not say.
    #[serde(default)]
    pub looked: Option<Looked>,
    /// The changes of the time that it covers, oldest first.
    pub changes: Vec<Seq>,
    /// How many more there were than are listed.
    pub more_changes: u64,
    /// How many answers of its inquiries count: neither what was entered in error, nor what is followed in parts.
    pub answers: u64,
    /// Until which day it says what is due.
    pub due_until: Option<Day>,
    /// What is not public.
    pub private: Vec<PrivateItem>,
}

impl Contents {
    /// The rows of one section.
    #[must_use]
    pub fn of(&self, section: PackSection) -> &[Listed] {
        self.sections.get(&section).map_or(&[], Vec::as_slice)
    }

    /// Every answer that the sections list, and that a body is asked for which they list as a whole; once.
    #[must_use]
    pub fn listed(&self) -> BTreeSet<AddresseeId> {
        let rows = self.sections.values().flatten().chain(&self.being_read).filter_map(|row| row.answer);
        rows.chain(self.out_of_reach.iter().map(|(_, answer)| *answer)).collect()
    }

    /// What is open with a body that nobody can be reached at.
    pub fn open_with(&self, body: BodyId) -> impl Iterator<Item = AddresseeId> + '_ {
        self.out_of_reach.iter().filter(move |(of, _)| *of == body).map(|(_, answer)| *answer)
    }
}

/// How one section differs between two packs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compared {
    /// What stood in the earlier one and does not in the later one.
    pub left: Vec<Listed>,
    /// What stands in the later one and did not in the earlier one.
    pub entered: Vec<Listed>,
    /// What stands in both.
    pub stayed: Vec<Listed>,
}

/// Holds one section of two packs against each other. Rows are the same where they are about the same answer, or body, and the
/// same kind of date.
#[must_use]
pub fn compared(earlier: &[Listed], later: &[Listed]) -> Compared {
    let names = |rows: &[Listed]| -> BTreeSet<_> { rows.iter().map(Listed::name).collect() };
    let (before, after) = (names(earlier), names(later));
    let mut seen = BTreeSet::new();
    let mut once = |row: &&Listed| seen.insert(row.name());
    let left: Vec<Listed> =
        earlier.iter().filter(|row| !after.contains(&row.name())).filter(&mut once).copied().collect();
    let (stayed, entered) = later.iter().filter(&mut once).copied().partition(|row| before.contains(&row.name()));
    Compared { left, entered, stayed }
}

#[cfg(test)]
#[path = "pack_tests.rs"]
mod tests;
