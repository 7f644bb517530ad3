//! The form of a body's update: what it says now, since when, what was done. The same when it is written for the first time
//! and when it is written again after it was sent back.

use crate::domain::filing::ReturnFiled;
use crate::domain::licence::{Language, Licence};
use crate::domain::problem::Problems;
use crate::domain::reported::Reported;
use crate::domain::words;
use crate::web::form::{Choice, ChoiceField, DateField, Field};
use crate::web::staff::deed::piece::rights_of_body;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;

/// The id of the block that only stopped work needs.
const STOPPED: &str = "stopped";

/// The fields as the page prints them.
#[derive(Debug, Clone)]
pub struct ReturnFields {
    /// What the body says now.
    pub value: ChoiceField,
    /// Since when.
    pub happened: DateField,
    /// What was done.
    pub words: Field,
    /// Why it stopped.
    pub reason: Field,
    /// By which date it will be done.
    pub target: DateField,
    /// Where it can be read.
    pub source_url: Field,
    /// In which language its words are.
    pub language: ChoiceField,
    /// Under which licence.
    pub licence: ChoiceField,
}

impl ReturnFields {
    /// The fields, holding what was sent.
    #[must_use]
    pub fn new(sent: &Sent, problems: &Problems) -> Self {
        let said = Reported::ALL.iter().copied().filter(|value| *value != Reported::NotReported);
        let choices = said.map(|value| {
            let choice = Choice::new(value.as_str(), words::reported(value).words);
            let choice = match value {
                Reported::InPlace => choice.hint("It is done, and has to be kept up"),
                Reported::ReportedComplete => choice.hint("It is done, and nothing more is needed"),
                _ => choice,
            };
            if value.needs_reason() { choice.reveals(STOPPED) } else { choice }
        });
        let [language, licence] = rights_of_body(sent, problems);
        Self {
            language,
            licence,
            value: sent.choices("value", "Where does it stand now?", choices, problems),
            happened: sent
                .date("happened", "As of which date is that so?", problems)
                .hint("For example, 27 3 2024. If you do not know the exact day, give the nearest and say so below."),
            words: sent
                .field("words", "What was done, or what is planned", problems)
                .hint("This will be public, in your words. Name no victim, no suspect and no private person."),
            reason: sent.field("reason", "Why it stopped", problems),
            target: sent.date("target", "By which date will it be done? (optional)", problems).hint(
                "Only where no target date was ever recorded. To move one that stands, or set another after one was taken back, ask for it.",
            ),
            source_url: sent
                .field("source_url", "Link to where it can be read (optional)", problems)
                .hint("A page or a document that anybody can open, such as minutes or a published report."),
        }
    }
}

impl ReturnFields {
    /// The same with this before each name, for a page that asks about several items.
    #[must_use]
    pub fn prefixed(mut self, prefix: &str) -> Self {
        let ids = [
            &mut self.value.id,
            &mut self.happened.id,
            &mut self.words.id,
            &mut self.reason.id,
            &mut self.target.id,
            &mut self.source_url.id,
            &mut self.language.id,
            &mut self.licence.id,
        ];
        let revealed = self.value.choices.iter_mut().filter_map(|choice| choice.reveals.as_mut());
        for id in ids.into_iter().chain(revealed) {
            *id = format!("{prefix}{id}").into();
        }
        self
    }
}

/// The form filled with what was filed before.
#[must_use]
pub fn filled(filed: &ReturnFiled) -> Sent {
    Sent::default()
        .filled("value", filed.value.as_str())
        .filled_happened("happened", filed.happened)
        .filled("words", filed.words.clone())
        .filled("reason", filed.reason.clone().unwrap_or_default())
        .filled_day("target", filed.target)
        .filled("source_url", filed.source_url.clone().unwrap_or_default())
        .filled("language", filed.rights.language.map_or("", Language::as_str))
        .filled("licence", filed.rights.licence.map_or("", Licence::as_str))
}

/// Reads what was written so far, and what of it could not be read. What is missing is no fault.
#[must_use]
pub fn read_unfinished(sent: &Sent) -> (ReturnFiled, Problems) {
    let (filed, faults) = read(sent);
    let chosen = ["value", "language", "licence"].map(|field| (field, sent.get(field).is_empty()));
    let mut left = Problems::none();
    for fault in faults.iter() {
        if !chosen.contains(&(fault.field.as_str(), true)) {
            left.add(fault.field.as_str(), fault.sentence.clone());
        }
    }
    (filed, left)
}

/// Reads what was sent, and what of it could not be read. What was not chosen is a fault then, and nothing is filed.
#[must_use]
pub fn read(sent: &Sent) -> (ReturnFiled, Problems) {
    let mut read = Reading::of(sent);
    let value = read.choice::<Reported>("value", "Choose where it stands now");
    let happened = read.happened("happened");
    let words = read.words("words", "What was done");
    let reason = read.words("reason", "Why it stopped");
    let source_url = read.link("source_url");
    let target = read.day("target");
    let rights = read.rights_of_body();
    let value = value.unwrap_or(Reported::NotReported);
    let reason = reason.filter(|_| value.needs_reason() || value == Reported::NotReported);
    (
        ReturnFiled { value, happened, words: words.unwrap_or_default(), reason, source_url, rights, target },
        read.problems,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::licence::Rights;

    #[test]
    fn what_was_filed_fills_the_form_and_reads_the_same() {
        let filed = ReturnFiled {
            value: Reported::Stopped,
            happened: crate::domain::moment::Happened::on("2027-03-03".parse().unwrap()),
            words: "First line\nSecond line".to_owned(),
            reason: Some("No money".to_owned()),
            source_url: Some("https://ashgrove.example/minutes/3".to_owned()),
            rights: Rights { language: Some(Language::Welsh), licence: Some(Licence::OpenGovernment) },
            target: Some("2027-11-30".parse().unwrap()),
        };
        assert_eq!(read(&filled(&filed)), (filed, Problems::none()));
    }
}
