//! What a register file holds once it is known to be right.

use crate::domain::checked::{Checked, TextKind};
use crate::domain::moment::{Day, Happened};
use crate::domain::response::{Basis, Response};
use crate::domain::succession::SuccessionKind;
use crate::domain::text::{Slug, text_enum};

/// A whole register file, in the order in which it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterFile {
    /// Every body that the inquiries name.
    pub bodies: Vec<BodyFile>,
    /// The inquiries with their recommendations.
    pub inquiries: Vec<InquiryFile>,
    /// Ties between recommendations.
    pub links: Vec<LinkFile>,
}

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyFile {
    /// Its part of an address.
    pub slug: Slug,
    /// Its full name.
    pub name: String,
    /// The name that lists use.
    pub short_name: Option<String>,
    /// What kind of organisation, in plain words.
    pub kind: String,
    /// Other names that people know it by.
    pub also: Vec<String>,
    /// The body that took its place, in what way, and when.
    pub succeeded_by: Option<(Slug, SuccessionKind, Happened)>,
}

/// An inquiry, and everything that the file says about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InquiryFile {
    /// Its part of an address.
    pub slug: Slug,
    /// What kind of thing it is, in plain words.
    pub kind: String,
    /// Its full title.
    pub title: String,
    /// What people call it.
    pub short_title: String,
    /// Who led it.
    pub chair: Option<String>,
    /// The body that asked for it.
    pub commissioned_by: Option<Slug>,
    /// The body that made it.
    pub issued_by: Option<Slug>,
    /// By what right it was made, and what it obliges anybody to.
    pub legal_basis: Option<String>,
    /// Where it can be read.
    pub source_url: Option<String>,
    /// What is to be said about that source.
    pub source_note: Option<String>,
    /// Whether the numbers or letters are ours.
    pub own_references: bool,
    /// Who monitors it, under what.
    pub monitored_by: Option<String>,
    /// What else a reader should know.
    pub note: Option<String>,
    /// The day on which it was published.
    pub published_on: Option<Day>,
    /// How many recommendations the source itself says there are.
    pub counts_in_source: Vec<CountInSource>,
    /// How many of them are not tracked in this register, and why.
    pub not_tracked: Option<(u32, String)>,
    /// Its own dated events.
    pub events: Vec<DatedWords>,
    /// Answers that a body gave to all the recommendations in one statement.
    pub block_responses: Vec<ResponseFile>,
    /// Its recommendations.
    pub recommendations: Vec<RecommendationFile>,
}

/// How many recommendations the source counts, and when it said so.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CountInSource {
    /// How many.
    pub count: u32,
    /// When the source said so.
    pub on: Day,
    /// In what connection.
    pub note: Option<String>,
}

/// A dated, sourced fact in words: an inquiry's event, or a note that sets no status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedWords {
    /// When.
    pub happened: Happened,
    /// What.
    pub words: String,
    /// Where that can be read.
    pub source_url: Option<String>,
    /// How far it was compared.
    pub checked: Checked,
}

/// One recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecommendationFile {
    /// Its number or letter, as it stands in addresses.
    pub number: String,
    /// The letter, where it is a part.
    pub letter: Option<String>,
    /// Its short name; absent only where nobody has transcribed it.
    pub title: Option<String>,
    /// Its words; absent only where nobody has transcribed it.
    pub text: Option<String>,
    /// Whose words they are.
    pub text_kind: TextKind,
    /// How far the entry was compared.
    pub checked: Checked,
    /// Where it can be read.
    pub source_url: Option<String>,
    /// What it is about.
    pub themes: Vec<String>,
    /// To whom it says that it is addressed, where that names no body.
    pub addressed_to_words: Option<String>,
    /// The number of another one of the same inquiry that may say the same.
    pub may_repeat: Option<String>,
    /// To whom it was put; empty where that is not known.
    pub addressees: Vec<AddresseeFile>,
    /// Answers to this one alone.
    pub responses: Vec<ResponseFile>,
    /// Dated notes that set no status.
    pub notes: Vec<DatedWords>,
    /// Its lettered parts, each under its number; of a part none.
    pub parts: Vec<RecommendationFile>,
}

impl RecommendationFile {
    /// Itself and its parts.
    pub fn with_parts(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.parts)
    }
}

/// One body that a recommendation was put to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddresseeFile {
    /// The body.
    pub body: Slug,
    /// How it is known that it was put to this body.
    pub checked: Checked,
    /// The date by which it is to be done.
    pub target: Option<TargetFile>,
}

/// A target date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetFile {
    /// The date.
    pub on: Day,
    /// The body that set it.
    pub set_by: Slug,
    /// How far the date was compared.
    pub checked: Checked,
    /// Where it can be read.
    pub source_url: Option<String>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseFile {
    /// Who answered.
    pub body: Slug,
    /// What.
    pub value: Response,
    /// To this recommendation, or to all in one statement.
    pub basis: Basis,
    /// When.
    pub happened: Happened,
    /// The answer in words, with its reason or its limits where it has them.
    pub words: String,
    /// Where it can be read.
    pub source_url: Option<String>,
    /// How far it was compared.
    pub checked: Checked,
    /// The day by which the body will decide, where it is still considering.
    pub decide_by: Option<Day>,
}

/// A recommendation of an inquiry of the same file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemRef {
    /// The inquiry.
    pub inquiry: Slug,
    /// The number within it.
    pub number: String,
}

text_enum! {
    /// How a file may tie one recommendation to another. What claims more than a suspicion is made by a person, with a reason.
    pub enum LinkKind as "kind of link" {
        /// Somebody thinks so and nobody has compared them.
        MayBeRelated = "may_be_related",
    }
}

/// A tie between two recommendations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkFile {
    /// The one that says so.
    pub from: ItemRef,
    /// The other.
    pub to: ItemRef,
    /// How they are tied.
    pub kind: LinkKind,
}

/// One body's answer to one recommendation: where the four facts live.
#[derive(Debug, Clone)]
pub struct Answer<'a> {
    /// The recommendation.
    pub recommendation: &'a RecommendationFile,
    /// The body, and how it is known that it was asked.
    pub addressee: &'a AddresseeFile,
    /// What it answered: what it said to all at once (its basis is `block`), then what it said to this one.
    pub responses: Vec<&'a ResponseFile>,
}

impl InquiryFile {
    /// Every answer of the inquiry. A block response stands for each addressee of its body whose link is not merely
    /// probable: what is only probably asked was not certainly answered.
    pub fn answers(&self) -> impl Iterator<Item = Answer<'_>> {
        self.recommendations.iter().flat_map(RecommendationFile::with_parts).flat_map(move |recommendation| {
            recommendation.addressees.iter().map(move |addressee| self.answer(recommendation, addressee))
        })
    }

    /// One answer, with the responses that stand for it.
    #[must_use]
    pub fn answer<'a>(&'a self, recommendation: &'a RecommendationFile, addressee: &'a AddresseeFile) -> Answer<'a> {
        let certain = addressee.checked != Checked::Probable;
        let block = self.block_responses.iter().filter(move |_| certain);
        let responses =
            block.chain(&recommendation.responses).filter(|response| response.body == addressee.body).collect();
        Answer { recommendation, addressee, responses }
    }
}
