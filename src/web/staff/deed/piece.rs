//! One thing that a form asks, so that one template prints every form.

use super::item::Item;
use crate::domain::checked::Checked;
use crate::domain::licence::{Language, Licence};
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::web::form::{Choice, ChoiceField, DateField, Field};
use crate::web::part::SummaryRow;
use crate::web::staff::form_sent::Sent;

/// One thing that a form asks.
#[derive(Debug, Clone)]
pub enum Piece {
    /// One line.
    Line(Field),
    /// Several lines.
    Words(Field),
    /// The address of a source.
    Link(Field),
    /// A small number.
    Number(Field),
    /// One of a few.
    Radios(ChoiceField),
    /// One of many.
    Select(ChoiceField),
    /// Any of many.
    Boxes(ChoiceField),
    /// A day.
    Date(DateField),
    /// What is settled already: its name and value.
    Settled(&'static str, &'static str),
}

impl Piece {
    /// The name of its field.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Line(field) | Self::Words(field) | Self::Link(field) | Self::Number(field) => &field.id,
            Self::Radios(field) | Self::Select(field) | Self::Boxes(field) => &field.id,
            Self::Date(date) => &date.id,
            Self::Settled(name, _) => name,
        }
    }

    /// What was written or chosen, where anything was.
    #[must_use]
    pub fn written(&self) -> Option<SummaryRow> {
        let (name, value) = match self {
            Self::Line(field) | Self::Words(field) | Self::Link(field) | Self::Number(field) => {
                (&field.label, field.value.clone())
            }
            Self::Radios(field) | Self::Select(field) => {
                let chosen = field.choices.iter().find(|choice| choice.chosen && !choice.value.is_empty());
                (&field.label, chosen.map(|choice| choice.label.to_string()).unwrap_or_default())
            }
            Self::Boxes(field) => {
                let chosen = field.choices.iter().filter(|choice| choice.chosen).map(|choice| choice.label.to_string());
                (&field.label, chosen.collect::<Vec<_>>().join(", "))
            }
            Self::Settled(..) => return None,
            Self::Date(date) => (&date.label, [&*date.day, &*date.month, &*date.year].join(" ").trim().to_owned()),
        };
        (!value.is_empty()).then(|| SummaryRow { name: name.to_string(), value, change: None })
    }
}

/// How far a claim can be said to have been compared with its source by somebody who enters it here.
pub fn comparisons() -> impl Iterator<Item = Choice> {
    let degrees = [Checked::Source, Checked::Quoted, Checked::Secondary, Checked::Probable, Checked::Unverified];
    degrees
        .into_iter()
        .map(|degree| Choice::new(degree.as_str(), words::checked_label(degree)).hint(words::claim_checked(degree)))
}

/// How far the words of a recommendation can be said to have been compared by somebody who enters them here.
pub fn wording_degrees() -> [Choice; 5] {
    let degrees = [Checked::Source, Checked::Quoted, Checked::Secondary, Checked::Topic, Checked::Unverified];
    degrees.map(|degree| Choice::new(degree.as_str(), words::checked_label(degree)))
}

/// How it can be known that a recommendation was put to a body.
pub fn asked_degrees() -> [Choice; 4] {
    let degrees = [Checked::Source, Checked::Quoted, Checked::Secondary, Checked::Probable];
    degrees
        .map(|degree| Choice::new(degree.as_str(), words::checked_label(degree)).hint(words::addressee_checked(degree)))
}

/// In which language the words are that were taken from a source, and under which licence they stand here. Until somebody
/// has found out, it is said that nobody knows.
pub fn rights(sent: &Sent, problems: &Problems) -> [Piece; 2] {
    let asked =
        ["In which language are the source\u{2019}s words?", "Under which licence do the source\u{2019}s words stand?"];
    rights_fields(asked, Licence::ALL, sent, problems).map(Piece::Select)
}

/// The same of a body's own words.
pub fn rights_of_body(sent: &Sent, problems: &Problems) -> [ChoiceField; 2] {
    let asked = ["In which language are your words?", "Under which licence do your words stand?"];
    rights_fields(asked, &Licence::OF_BODIES, sent, problems)
}

/// The language and the licence of words, each with its question; of these licences one can be chosen.
pub fn rights_fields(
    asked: [&'static str; 2],
    licences: &[Licence],
    sent: &Sent,
    problems: &Problems,
) -> [ChoiceField; 2] {
    let languages = Language::ALL.iter().map(|one| Choice::new(one.as_str(), words::language(*one)));
    let licences = licences.iter().map(|one| Choice::new(one.as_str(), words::licence(*one)));
    let or = |name: &str, otherwise: &'static str| match sent.get(name) {
        "" => otherwise.to_owned(),
        chosen => chosen.to_owned(),
    };
    let language = ChoiceField::new("language", asked[0], languages);
    let licence = ChoiceField::new("licence", asked[1], licences);
    [
        language.value(&or("language", Language::English.as_str())).checked(problems),
        licence.value(&or("licence", Licence::Unknown.as_str())).checked(problems),
    ]
}

/// Where an earlier entry is corrected: why it was wrong. It stands beside the correction, and apart from the body's reason.
pub fn why_wrong(item: &Item, sent: &Sent, problems: &Problems) -> Option<Piece> {
    let asked = sent.field("correction", "Why was the earlier entry wrong?", problems).hint("Everybody will read it.");
    item.corrects.is_some().then_some(Piece::Words(asked))
}

/// Yes or no, as a question of its own.
pub fn yes_or_no(yes: &'static str, no: &'static str) -> [Choice; 2] {
    [Choice::new("yes", yes), Choice::new("no", no)]
}
