//! What stands around the results: how many answers each further choice would leave, what was asked for in the words found, and
//! what may have been meant where nothing was.

use super::{Ask, Choices};
use crate::domain::moment::Day;
use crate::domain::words;
use crate::store::page::Capped;
use crate::store::recommendation::Recommendation;
use crate::store::search::{Counts, Cut, Found, Meant};
use crate::store::{self, ReadTx};
use crate::web::form::ChoiceField;
use crate::web::part::Link;
use crate::web::part::row::Stretch;
use crate::web::public::query::address;

/// What the page needs besides what was found.
pub struct Beside {
    choices: Choices,
    counts: Counts,
    /// What may have been meant, where nothing was found.
    pub meant: Option<Meant>,
}

impl Beside {
    /// Reads it.
    ///
    /// # Errors
    /// When the database fails.
    pub fn read(tx: &mut ReadTx<'_>, ask: &Ask, found: &Found, today: Day) -> Result<Self, store::Error> {
        let is_empty = found.recommendations.number + found.parts == 0;
        let meant = if is_empty && !ask.words.is_empty() {
            store::search::meant(tx, &ask.words, &ask.filter, today)?
        } else {
            None
        };
        let choices = Choices::read(tx)?;
        let sought = found.sought.as_ref();
        let counts = store::search::counts(tx, &ask.words, &ask.filter, today, &choices.bodies(), sought)?;
        Ok(Self { choices, counts, meant })
    }

    /// Every filter, without numbers: what was chosen is named so.
    pub fn fields(&self, ask: &Ask) -> Vec<ChoiceField> {
        self.choices.fields(ask)
    }

    /// The same with the number of answers beside each choice.
    pub fn counted(&self, mut fields: Vec<ChoiceField>) -> Vec<ChoiceField> {
        for field in &mut fields {
            let name = field.id.clone();
            for choice in &mut field.choices {
                if let Some(number) = self.choices.number(&self.counts, &name, &choice.value) {
                    choice.label = numbered(&choice.label, number).into();
                }
            }
        }
        fields
    }

    /// The box for what was not looked at lately, with the number of answers that fit it.
    pub fn looked(&self) -> String {
        let number = self.counts.not_lately;
        // What stopped being counted before any was met says nothing.
        if number.number == 0 && number.more {
            return words::NOT_LATELY_CHOICE.to_owned();
        }
        numbered(words::NOT_LATELY_CHOICE, number)
    }

    /// The same of what was entered in error. Where it is of no answer, it may be of a recommendation that was put to nobody.
    pub fn errors(&self) -> String {
        let number = self.counts.in_error;
        if number.number == 0 {
            words::ONLY_ERRORS_CHOICE.to_owned()
        } else {
            numbered(words::ONLY_ERRORS_CHOICE, number)
        }
    }
}

/// How far was looked, in words.
pub fn cut(cut: Cut, has_words: bool) -> &'static str {
    match cut {
        Cut::Short if has_words => words::CUT_SHORT,
        Cut::Short | Cut::Filtered => words::CUT_FILTERS,
        Cut::Ordered => words::CUT_ORDERED,
        Cut::Counted => words::CUT_COUNTED,
        Cut::Numbered => words::CUT,
    }
}

/// A choice with the number of answers that fit it.
fn numbered(label: &str, number: Capped) -> String {
    format!("{label} ({})", words::capped(number.number, number.more))
}

/// What may have been meant: the same search with the words of the register.
pub fn meant(meant: &Meant, given: &[(&str, &str)]) -> Link {
    let changed =
        given.iter().map(|(name, value)| (*name, if *name == "q" { meant.question.as_str() } else { *value }));
    let words: Vec<String> = meant.words.iter().map(|word| format!("\u{201c}{word}\u{201d}")).collect();
    Link::new(address("/recommendations", &changed.collect::<Vec<_>>()), words.join(", "))
}

/// Where a title says what was typed; nothing where it does not, or is too long to be said whole.
pub fn marked(typed: &str, title: &str) -> Vec<Stretch> {
    if typed.is_empty() {
        return Vec::new();
    }
    let pieces = store::search::snippet(typed, title);
    let is_whole = pieces.iter().map(|piece| piece.words.len()).sum::<usize>() == title.len();
    if !is_whole {
        return Vec::new();
    }
    pieces.into_iter().map(|piece| Stretch { words: piece.words, found: piece.found }).collect()
}

/// Where a recommendation's own words say what was typed; nothing where they do not, or may not be read.
pub fn snippet(typed: &str, of: &Recommendation) -> Vec<Stretch> {
    let said = of.text.as_ref().and_then(|words| words.said()).filter(|_| !typed.is_empty());
    let pieces = store::search::snippet(typed, said.unwrap_or_default()).into_iter();
    pieces.map(|piece| Stretch { words: piece.words, found: piece.found }).collect()
}
