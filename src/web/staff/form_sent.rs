//! What a staff form sent, field by field: kept as it was for the page that shows it again, and made into fields.
//!
//! Take it as `Protected<Sent>`, read it with [`Reading`](super::form_reading::Reading), and make the page's fields with
//! `sent.field(..)`, `sent.date(..)`, `sent.choices(..)`: a form that is shown for the first time is an empty `Sent`, or one
//! [`filled`](Sent::filled) with what stands.

use std::borrow::Cow;

use serde::Deserialize;

use crate::domain::moment::{Day, Happened};
use crate::domain::problem::Problems;
use crate::domain::publication;
use crate::web::form::{Choice, ChoiceField, DateField, Field, FourQuestions};

/// The fields of a form, in the order in which they were sent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(transparent)]
pub struct Sent(Vec<(String, String)>);

impl Sent {
    /// A field as it was sent; empty where it was not.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// Every value of a field that may be sent more than once: boxes of one question.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
    }

    /// The fields whose names begin so, without that beginning: those of one item among several.
    #[must_use]
    pub fn under(&self, prefix: &str) -> Self {
        let own = |(name, value): &(String, String)| Some((name.strip_prefix(prefix)?.to_owned(), value.clone()));
        Self(self.0.iter().filter_map(own).collect())
    }

    /// Whether a box was ticked.
    #[must_use]
    pub fn is_ticked(&self, name: &str) -> bool {
        self.get(name) == "yes"
    }

    /// The version of the record that the form was made from; one that never was where none was sent.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.get("version").parse().unwrap_or(-1)
    }

    /// The idempotency key.
    #[must_use]
    pub fn key(&self) -> &str {
        self.get("key")
    }

    /// Puts a value into a field, as if it had been sent: what stands, for a form that changes it.
    #[must_use]
    pub fn filled(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value.into()));
        self
    }

    /// Ticks one more box of a question.
    #[must_use]
    pub fn ticking(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.push((name.to_owned(), value.into()));
        self
    }

    /// Puts a day into the three boxes.
    #[must_use]
    pub fn filled_day(self, name: &str, day: Option<Day>) -> Self {
        let Some(date) = day.map(Day::date) else { return self };
        self.filled(&format!("{name}_day"), date.day().to_string())
            .filled(&format!("{name}_month"), date.month().to_string())
            .filled(&format!("{name}_year"), date.year().to_string())
    }

    /// Puts a day and its precision in.
    #[must_use]
    pub fn filled_happened(self, name: &str, happened: Happened) -> Self {
        self.filled_day(name, happened.day).filled(&format!("{name}_precision"), happened.precision.as_str())
    }

    /// A field of one line or several.
    #[must_use]
    pub fn field(&self, name: &'static str, label: impl Into<Cow<'static, str>>, problems: &Problems) -> Field {
        Field::new(name, label).value(self.get(name)).checked(problems)
    }

    /// A question with listed answers.
    pub fn choices(
        &self,
        name: &'static str,
        label: impl Into<Cow<'static, str>>,
        choices: impl IntoIterator<Item = Choice>,
        problems: &Problems,
    ) -> ChoiceField {
        ChoiceField::new(name, label, choices).value(self.get(name)).checked(problems)
    }

    /// A day in three boxes.
    #[must_use]
    pub fn date(&self, name: &'static str, label: impl Into<Cow<'static, str>>, problems: &Problems) -> DateField {
        let part = |part| self.get(&format!("{name}_{part}"));
        DateField::new(name, label).value(part("day"), part("month"), part("year")).checked(problems)
    }

    /// The same, and how exactly it is known.
    #[must_use]
    pub fn happened(&self, name: &'static str, label: impl Into<Cow<'static, str>>, problems: &Problems) -> DateField {
        self.date(name, label, problems).precision(self.get(&format!("{name}_precision")), false)
    }

    /// The same where a day is needed: it may be a bound, or be about right.
    #[must_use]
    pub fn happened_then(
        &self,
        name: &'static str,
        label: impl Into<Cow<'static, str>>,
        problems: &Problems,
    ) -> DateField {
        self.date(name, label, problems).precision(self.get(&format!("{name}_precision")), true)
    }

    /// The four questions, as ticked.
    #[must_use]
    pub fn answers(&self) -> publication::FourQuestions {
        publication::FourQuestions {
            names_nobody: self.is_ticked("names_nobody"),
            no_live_case: self.is_ticked("no_live_case"),
            not_marked: self.is_ticked("not_marked"),
            files_seen: self.is_ticked("files_seen"),
        }
    }

    /// The four questions for the page.
    #[must_use]
    pub fn questions(&self, problems: &Problems) -> FourQuestions {
        FourQuestions { answers: self.answers(), error: None }.checked(problems)
    }

    /// Takes the ticks out of the four questions: they are about what is published, so they are asked anew when that has
    /// changed meanwhile.
    #[must_use]
    pub fn unconfirmed(mut self) -> Self {
        let asked = publication::FourQuestions::ASKED;
        self.0.retain(|(name, _)| asked.iter().all(|(field, _)| name != field));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_is_kept_as_it_was() {
        let sent: Sent =
            serde_html_form::from_str("words=a%0D%0Ab&on_day=31&on_month=2&names_nobody=yes&version=x").unwrap();
        assert_eq!(sent.get("words"), "a\r\nb");
        assert_eq!(sent.version(), -1);
        let field = sent.date("on", "When?", &Problems::none());
        assert_eq!((field.day.as_str(), field.month.as_str(), field.year.as_str()), ("31", "2", ""));
        assert!(sent.answers().names_nobody && !sent.answers().files_seen);
        assert!(!sent.unconfirmed().answers().names_nobody);
    }

    #[test]
    fn what_stands_fills_a_form() {
        let day: Day = "2014-09-03".parse().unwrap();
        let sent = Sent::default().filled_happened("happened", Happened::on(day));
        assert_eq!(sent.get("happened_month"), "9");
        assert_eq!(sent.get("happened_precision"), "on");
    }
}
