//! The file as it is written: every name that may stand in it, and nothing else. Values keep their place in the text, so
//! that a fault can name its line; words of closed vocabularies stay text until `check` reads them, so that one wrong word
//! hides no other.

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

/// A text with its place.
pub type Text = Spanned<String>;
/// A date with its place.
pub type Date = Spanned<Datetime>;

/// `[[body]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    pub slug: Text,
    pub name: Text,
    pub short_name: Option<Text>,
    pub kind: Text,
    #[serde(default)]
    pub also: Vec<Text>,
    pub succeeded_by: Option<Text>,
    pub succession: Option<Text>,
    pub succeeded: Option<Spanned<Happened>>,
}

/// `[[inquiry]]`; its recommendations are read one by one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inquiry {
    pub slug: Text,
    pub kind: Text,
    pub title: Text,
    pub short_title: Text,
    pub chair: Option<Text>,
    pub commissioned_by: Option<Text>,
    pub issued_by: Option<Text>,
    pub legal_basis: Option<Text>,
    pub source_url: Option<Text>,
    pub source_note: Option<Text>,
    pub own_references: bool,
    pub monitored_by: Option<Text>,
    pub note: Option<Text>,
    pub published_on: Option<Date>,
    #[serde(default)]
    pub counts_in_source: Vec<Count>,
    pub not_tracked: Option<NotTracked>,
    #[serde(default)]
    pub event: Vec<Dated>,
    #[serde(default)]
    pub block_response: Vec<Response>,
}

/// An element of `counts_in_source`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Count {
    pub count: u32,
    pub on: Date,
    pub note: Option<Text>,
}

/// `not_tracked = { count = 2, why = "They are addressed to courts." }`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotTracked {
    pub count: u32,
    pub why: Text,
}

/// `happened = { date = 2014-09-03, precision = "on" }`; absent where the date is not known.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Happened {
    pub date: Option<Date>,
    pub precision: Option<Text>,
}

/// `[[inquiry.event]]` and `[[inquiry.recommendation.note]]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dated {
    pub happened: Option<Spanned<Happened>>,
    pub words: Text,
    pub source_url: Option<Text>,
    pub checked: Text,
}

/// `[[inquiry.block_response]]` and `[[inquiry.recommendation.response]]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Response {
    pub body: Text,
    pub value: Text,
    pub basis: Text,
    pub happened: Option<Spanned<Happened>>,
    pub words: Text,
    pub source_url: Option<Text>,
    pub checked: Text,
    pub decide_by: Option<Date>,
}

/// `[[inquiry.recommendation]]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recommendation {
    pub number: Text,
    pub title: Option<Text>,
    pub text_kind: Text,
    pub text: Option<Text>,
    pub checked: Text,
    pub source_url: Option<Text>,
    #[serde(default)]
    pub themes: Vec<Text>,
    pub addressed_to_words: Option<Text>,
    pub may_repeat: Option<Text>,
    pub addressees: Vec<Addressee>,
    #[serde(default)]
    pub response: Vec<Response>,
    #[serde(default)]
    pub note: Vec<Dated>,
    #[serde(default)]
    pub part: Vec<Part>,
}

/// `[[inquiry.recommendation.part]]`: as a recommendation, with a letter in the place of the number.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub letter: Text,
    pub title: Option<Text>,
    pub text_kind: Text,
    pub text: Option<Text>,
    pub checked: Text,
    pub source_url: Option<Text>,
    #[serde(default)]
    pub themes: Vec<Text>,
    pub addressed_to_words: Option<Text>,
    pub may_repeat: Option<Text>,
    pub addressees: Vec<Addressee>,
    #[serde(default)]
    pub response: Vec<Response>,
    #[serde(default)]
    pub note: Vec<Dated>,
    /// Read only so that it can be said that there is no such thing.
    pub part: Option<Spanned<toml::Value>>,
}

impl Part {
    /// The same as a recommendation of its own, under its number.
    pub fn numbered(&self, number: String) -> Recommendation {
        Recommendation {
            number: Spanned::new(self.letter.span(), number),
            title: self.title.clone(),
            text_kind: self.text_kind.clone(),
            text: self.text.clone(),
            checked: self.checked.clone(),
            source_url: self.source_url.clone(),
            themes: self.themes.clone(),
            addressed_to_words: self.addressed_to_words.clone(),
            may_repeat: self.may_repeat.clone(),
            addressees: self.addressees.clone(),
            response: self.response.clone(),
            note: self.note.clone(),
            part: Vec::new(),
        }
    }
}

/// An element of `addressees`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Addressee {
    pub body: Text,
    pub checked: Text,
    pub target: Option<Target>,
}

/// `target = { … }`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    pub on: Date,
    pub set_by: Text,
    pub checked: Text,
    pub source_url: Option<Text>,
}

/// `[[link]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    pub from: Spanned<Item>,
    pub to: Spanned<Item>,
    pub kind: Text,
}

/// `{ inquiry = "ferry", number = "4" }`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub inquiry: Text,
    pub number: Text,
}
