//! What must hold for one recommendation: its words, the bodies it was put to, and their answers to it.

use std::collections::BTreeSet;

use super::check_dated::{dated, response};
use super::model::{AddresseeFile, RecommendationFile, TargetFile};
use super::place::{Known, Scope, short};
use super::raw;
use crate::domain::checked::{Checked, TextKind};
use crate::domain::moment::Day;
use crate::domain::response::Basis;
use crate::domain::text::{KIND_LIMIT, TITLE_LIMIT, WORDS_LIMIT};
use crate::domain::{numbering, part};

/// What a recommendation is checked against.
pub struct About<'a> {
    /// Every body of the file.
    pub bodies: &'a Known,
    /// Every number of the inquiry.
    pub numbers: &'a Known,
    /// The day on which the inquiry was published.
    pub published_on: Option<Day>,
}

/// The checked recommendation.
pub fn recommendation(
    table: &raw::Recommendation,
    about: &About<'_>,
    of: &mut Scope<'_, '_>,
) -> Option<RecommendationFile> {
    let number = number(&table.number, of);
    let text_kind: Option<TextKind> = of.word(&table.text_kind);
    let checked: Option<Checked> = of.word(&table.checked);
    let title = table.title.as_ref().and_then(|title| of.line(title, "Title", TITLE_LIMIT));
    let text = table.text.as_ref().and_then(|text| of.text(text, "Text", WORDS_LIMIT));
    words_fit(table, text_kind, checked, of);
    let source_url = of.link(table.source_url.as_ref());
    let themes = themes(&table.themes, of);
    let addressed_to_words =
        table.addressed_to_words.as_ref().and_then(|words| of.line(words, "Addressed to", TITLE_LIMIT));
    let may_repeat = table.may_repeat.as_ref().and_then(|other| repeated(other, table, about, of));
    let addressees = addressees(&table.addressees, about, of);
    let mut responses = Vec::new();
    for response_table in &table.response {
        let response = response(response_table, about.bodies, about.published_on, Basis::Own, of);
        let asked = |body: &str| table.addressees.iter().any(|addressee| addressee.body.get_ref() == body);
        if let Some(response) = &response
            && !asked(response.body.as_str())
        {
            let sentence = format!("{} answers here and is not among the addressees", response.body);
            of.at(&response_table.body.span(), sentence);
        }
        responses.extend(response);
    }
    let notes = table.note.iter().filter_map(|note| dated(note, of)).collect();
    let parts = table.part.iter().filter_map(|part| self::part(table, part, about, of)).collect();
    Some(RecommendationFile {
        number: number?,
        letter: None,
        title,
        text,
        text_kind: text_kind?,
        checked: checked?,
        source_url,
        themes,
        addressed_to_words,
        may_repeat,
        addressees,
        responses,
        notes,
        parts,
    })
}

/// A part: everything that holds for a recommendation holds for it, under the number of its whole and its letter.
fn part(
    whole: &raw::Recommendation,
    table: &raw::Part,
    about: &About<'_>,
    of: &mut Scope<'_, '_>,
) -> Option<RecommendationFile> {
    if let Some(inner) = &table.part {
        of.at(&inner.span(), "A part has no parts: write this one under the recommendation itself");
    }
    match part::number(whole.number.get_ref(), table.letter.get_ref()) {
        Ok(number) => {
            let read = recommendation(&table.numbered(number), about, of)?;
            Some(RecommendationFile { letter: Some(table.letter.get_ref().clone()), ..read })
        }
        Err(fault) => {
            of.at(&table.letter.span(), fault);
            None
        }
    }
}

fn number(given: &raw::Text, of: &mut Scope<'_, '_>) -> Option<String> {
    numbering::number(given.get_ref()).map_err(|fault| of.at(&given.span(), fault)).ok()
}

/// Words are there exactly where somebody transcribed or summarised them.
fn words_fit(table: &raw::Recommendation, kind: Option<TextKind>, checked: Option<Checked>, of: &mut Scope<'_, '_>) {
    match kind {
        Some(TextKind::NotTranscribed) => {
            if let Some(text) = &table.text {
                of.at(&text.span(), "text_kind says not_transcribed, and there is a text");
            }
        }
        Some(kind) => {
            for (there, what) in [(table.title.is_some(), "title"), (table.text.is_some(), "text")] {
                if !there {
                    of.at(&table.text_kind.span(), format!("text_kind says {kind}, and there is no {what}"));
                }
            }
            if checked == Some(Checked::Absent) {
                of.at(
                    &table.checked.span(),
                    format!("checked says absent, which goes only with not_transcribed, and text_kind says {kind}"),
                );
            }
        }
        None => {}
    }
}

fn themes(given: &[raw::Text], of: &mut Scope<'_, '_>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut themes = Vec::new();
    for theme in given {
        let Some(name) = of.line(theme, "Theme", KIND_LIMIT) else { continue };
        if seen.insert(name.to_lowercase()) {
            themes.push(name);
        } else {
            of.at(&theme.span(), format!("The theme \u{201c}{name}\u{201d} stands here twice"));
        }
    }
    themes
}

fn repeated(
    other: &raw::Text,
    table: &raw::Recommendation,
    about: &About<'_>,
    of: &mut Scope<'_, '_>,
) -> Option<String> {
    let number = other.get_ref();
    if number == table.number.get_ref() {
        of.at(&other.span(), "may_repeat names this recommendation itself");
    } else if about.numbers.contains(number) {
        return Some(number.clone());
    } else {
        of.at(&other.span(), format!("There is no recommendation \u{201c}{}\u{201d} in this inquiry", short(number)));
    }
    None
}

fn addressees(tables: &[raw::Addressee], about: &About<'_>, of: &mut Scope<'_, '_>) -> Vec<AddresseeFile> {
    let mut seen = BTreeSet::new();
    let mut addressees = Vec::new();
    for table in tables {
        let body = of.known(&table.body, "a body", about.bodies);
        if !seen.insert(table.body.get_ref().as_str()) {
            of.at(&table.body.span(), format!("{} stands here twice", short(table.body.get_ref())));
        }
        let checked = of.word(&table.checked);
        let target = table.target.as_ref().and_then(|target| target_date(target, about, of));
        if let (Some(body), Some(checked)) = (body, checked) {
            addressees.push(AddresseeFile { body, checked, target });
        }
    }
    addressees
}

fn target_date(table: &raw::Target, about: &About<'_>, of: &mut Scope<'_, '_>) -> Option<TargetFile> {
    let on = of.day(&table.on);
    of.not_before(on, about.published_on, &table.on.span(), "A target");
    let set_by = of.known(&table.set_by, "a body", about.bodies);
    let checked = of.word(&table.checked);
    let source_url = of.link(table.source_url.as_ref());
    Some(TargetFile { on: on?, set_by: set_by?, checked: checked?, source_url })
}
