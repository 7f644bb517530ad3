//! The fields of a form as its page prints them: what was asked, what was sent, what is wrong with it.
//!
//! A form page holds these structs and its template prints them with the macros of `templates/part/form.html`. The `id` of
//! a field is its name in the form as well, and the name that a [`Problem`](crate::domain::problem::Problem) gives its
//! field, so that the error summary always leads to the right place: make the field, then call `checked(&problems)`.

use std::borrow::Cow;

use crate::domain::moment::Precision;
use crate::domain::problem::Problems;
use crate::domain::{publication, words};

/// Words that are mostly written in the program and sometimes made.
pub type Words = Cow<'static, str>;

/// What a posting form carries unseen: `csrf` always, `version` and `key` where two people or two sendings could collide.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keys {
    /// The session's token; the field is called `csrf`.
    pub csrf: String,
    /// The version of the record that the page showed; the field is called `version`.
    pub version: Option<i64>,
    /// The idempotency key, new for each page; the field is called `key`.
    pub key: Option<String>,
}

/// One line, several lines, a number, a password or a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Field {
    /// Its id and its name in the form.
    pub id: Words,
    /// What is asked.
    pub label: Words,
    /// How to answer, where it needs saying.
    pub hint: Option<Words>,
    /// What was sent, kept as it was.
    pub value: String,
    /// What is wrong with it.
    pub error: Option<String>,
}

impl Field {
    /// An empty field.
    pub fn new(id: impl Into<Words>, label: impl Into<Words>) -> Self {
        Self { id: id.into(), label: label.into(), ..Self::default() }
    }

    /// Says how to answer.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Words>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Says that what is entered stays private, and may have to be disclosed all the same: every field says so whose words
    /// are not published. Call it after `hint`.
    #[must_use]
    pub fn private(self) -> Self {
        let hint = self
            .hint
            .as_deref()
            .map_or_else(|| words::MAY_BE_DISCLOSED.to_owned(), |hint| format!("{hint} {}", words::MAY_BE_DISCLOSED));
        self.hint(hint)
    }

    /// Holds what was sent.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// Takes the first fault found at this field.
    #[must_use]
    pub fn checked(mut self, problems: &Problems) -> Self {
        self.error = problems.at(&self.id).map(str::to_owned);
        self
    }
}

/// One of several answers to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// What is sent.
    pub value: Words,
    /// What it is called.
    pub label: Words,
    /// What it means, where it needs saying.
    pub hint: Option<Words>,
    /// Whether it stands chosen.
    pub chosen: bool,
    /// The id of an element of the page that only this choice needs. Without scripts it is always shown.
    pub reveals: Option<Words>,
}

impl Choice {
    /// A choice that is not chosen.
    pub fn new(value: impl Into<Words>, label: impl Into<Words>) -> Self {
        Self { value: value.into(), label: label.into(), ..Self::default() }
    }

    /// Says what it means.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Words>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Names the element that only this choice needs.
    #[must_use]
    pub fn reveals(mut self, id: impl Into<Words>) -> Self {
        self.reveals = Some(id.into());
        self
    }

    /// Chooses it, or not.
    #[must_use]
    pub const fn chosen(mut self, chosen: bool) -> Self {
        self.chosen = chosen;
        self
    }
}

/// A question with listed answers: radios, a select, or checkboxes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChoiceField {
    /// Its name in the form, and the id of its first choice.
    pub id: Words,
    /// What is asked.
    pub label: Words,
    /// How to answer, where it needs saying.
    pub hint: Option<Words>,
    /// The answers, in order.
    pub choices: Vec<Choice>,
    /// What is wrong.
    pub error: Option<String>,
}

impl ChoiceField {
    /// A question with these answers.
    pub fn new(id: impl Into<Words>, label: impl Into<Words>, choices: impl IntoIterator<Item = Choice>) -> Self {
        Self { id: id.into(), label: label.into(), choices: choices.into_iter().collect(), ..Self::default() }
    }

    /// Says how to answer.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Words>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Chooses the answer with this value and no other.
    #[must_use]
    pub fn value(mut self, value: &str) -> Self {
        for choice in &mut self.choices {
            choice.chosen = choice.value == value;
        }
        self
    }

    /// Chooses every answer whose value is among these (checkboxes).
    #[must_use]
    pub fn values<S: AsRef<str>>(mut self, values: &[S]) -> Self {
        for choice in &mut self.choices {
            choice.chosen = values.iter().any(|value| choice.value == value.as_ref());
        }
        self
    }

    /// Takes the first fault found at this question.
    #[must_use]
    pub fn checked(mut self, problems: &Problems) -> Self {
        self.error = problems.at(&self.id).map(str::to_owned);
        self
    }
}

/// A day in three boxes, and how exactly it is known where that is asked.
///
/// The fields are called `{id}_day`, `{id}_month`, `{id}_year` and `{id}_precision`; a problem is noted at `{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DateField {
    /// The stem of its names, and the id of the first box.
    pub id: Words,
    /// What is asked.
    pub label: Words,
    /// How to answer; an example is always given.
    pub hint: Option<Words>,
    /// What was sent as the day.
    pub day: String,
    /// What was sent as the month.
    pub month: String,
    /// What was sent as the year.
    pub year: String,
    /// How exactly it is known, asked as a select with the name `{id}_precision`.
    pub precision: Option<ChoiceField>,
    /// What is wrong with it.
    pub error: Option<String>,
}

impl DateField {
    /// An empty day.
    pub fn new(id: impl Into<Words>, label: impl Into<Words>) -> Self {
        Self { id: id.into(), label: label.into(), ..Self::default() }
    }

    /// Says how to answer.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Words>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Holds what was sent, each box as it was.
    #[must_use]
    pub fn value(mut self, day: impl Into<String>, month: impl Into<String>, year: impl Into<String>) -> Self {
        (self.day, self.month, self.year) = (day.into(), month.into(), year.into());
        self
    }

    /// Asks how exactly the day is known, with the precision of this word standing chosen, else an exact one. Where a day is
    /// needed, that it is not known is no choice.
    #[must_use]
    pub fn precision(mut self, chosen: &str, is_needed: bool) -> Self {
        let chosen = chosen.parse().unwrap_or(Precision::On);
        let choices = Precision::ALL
            .iter()
            .copied()
            .filter(|value| !(is_needed && *value == Precision::Unknown))
            .map(|value| Choice::new(value.as_str(), words::precision(value)).chosen(value == chosen));
        self.precision = Some(ChoiceField::new(format!("{}_precision", self.id), "How exact is this date?", choices));
        self
    }

    /// Takes the first fault found at this day.
    #[must_use]
    pub fn checked(mut self, problems: &Problems) -> Self {
        self.error = problems.at(&self.id).map(str::to_owned);
        self
    }
}

/// The four questions that each act of publishing asks. The fields are called as `domain` calls them and send `yes`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FourQuestions {
    /// The answers, kept as they were sent.
    pub answers: publication::FourQuestions,
    /// What is wrong: the first that is not answered with yes.
    pub error: Option<String>,
}

impl FourQuestions {
    /// Takes the fault noted at the first question that has one.
    #[must_use]
    pub fn checked(mut self, problems: &Problems) -> Self {
        let asked = publication::FourQuestions::ASKED.iter();
        self.error = asked.filter_map(|(field, _)| problems.at(field)).next().map(str::to_owned);
        self
    }

    /// Each question: its field, its statement, and whether it is ticked.
    #[must_use]
    pub fn asked(&self) -> [(&'static str, &'static str, bool); 4] {
        let publication::FourQuestions { names_nobody, no_live_case, not_marked, files_seen } = self.answers;
        let [nobody, case, marked, files] = publication::FourQuestions::ASKED;
        [
            (nobody.0, nobody.1, names_nobody),
            (case.0, case.1, no_live_case),
            (marked.0, marked.1, not_marked),
            (files.0, files.1, files_seen),
        ]
    }
}
