//! What is said of a document, as fields of the form that logs it and of the one that puts it right.

use crate::domain::licence::{Language, Licence};
use crate::domain::moment::Happened;
use crate::domain::problem::Problems;
use crate::domain::report::ReportKind;
use crate::domain::words;
use crate::service::ReportWords;
use crate::store::report::Report;
use crate::store::withheld::Words;
use crate::web::form::{Choice, ChoiceField, DateField, Field};
use crate::web::staff::deed::piece::rights_fields;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;

/// The fields as the page prints them.
pub struct Fields {
    pub kind: ChoiceField,
    pub title: Field,
    pub happened: DateField,
    pub received: DateField,
    pub url: Field,
    pub seen_on: DateField,
    pub file: Field,
    pub summary: Field,
    pub language: ChoiceField,
    pub licence: ChoiceField,
}

impl Fields {
    /// The fields, holding what was sent.
    #[must_use]
    pub fn new(sent: &Sent, problems: &Problems) -> Self {
        let kinds = ReportKind::ALL.iter().copied().map(|kind| Choice::new(kind.as_str(), words::report_kind(kind)));
        let asked = ["In which language is it?", "Under which licence do its words stand?"];
        let [language, licence] = rights_fields(asked, Licence::ALL, sent, problems);
        Self {
            kind: sent.choices("kind", "What is it?", kinds, problems),
            title: sent
                .field("title", "Its title", problems)
                .hint("As it stands on it. Never the name of a person who wrote it."),
            happened: sent.happened("happened", "Its own date", problems),
            received: sent.date("received", "When was it received?", problems).hint("For example, 27 3 2024."),
            url: sent.field("url", "A link to it", problems).hint("A page or a document that anybody can open."),
            seen_on: sent.date("seen_on", "When did you see it there?", problems),
            file: Field::new("file", "The document itself, as a file (optional)")
                .hint(
                    "It is private until somebody publishes it. PDF, DOCX, XLSX, ODT, ODS, CSV, plain text, PNG or JPEG, 10 MiB \
                     at most. Its name is not kept. If something is wrong above, the file has to be chosen again.",
                )
                .checked(problems),
            summary: sent
                .field("summary", "What does it say? (optional)", problems)
                .hint("In plain words, for whoever cannot open it or read it. It is needed before a file is published."),
            language,
            licence,
        }
    }
}

/// The form filled with what stands.
#[must_use]
pub fn filled(report: &Report) -> Sent {
    Sent::default()
        .filled("kind", report.kind.as_str())
        .filled("title", report.title.said().unwrap_or_default())
        .filled_happened("happened", report.happened)
        .filled_day("received", Some(report.received_on))
        .filled("url", report.url.clone().unwrap_or_default())
        .filled_day("seen_on", report.seen_on)
        .filled("summary", report.summary.clone().unwrap_or_default())
        .filled("language", report.rights.language.map_or("", Language::as_str))
        .filled("licence", report.rights.licence.map_or("", Licence::as_str))
}

/// Reads what was sent.
#[must_use]
pub fn read(read: &mut Reading<'_>) -> ReportWords {
    ReportWords {
        kind: read.chosen("kind"),
        title: read.line("title", "The title"),
        happened: read.happened("happened"),
        received_on: read.day("received"),
        url: read.link("url"),
        seen_on: read.day("seen_on"),
        summary: read.words("summary", "What it says"),
        rights: read.rights(),
    }
}

/// A document in one line, with its title.
#[must_use]
pub fn line(report: &Report) -> String {
    let title = match &report.title {
        Words::Said(title) => title.clone(),
        Words::Withheld(taken) => words::withheld_on(*taken),
    };
    format!("{}: {title}", words::document(report.kind, report.happened))
}

/// Of the first showing: the day that it is as the day of its coming.
#[must_use]
pub fn start(today: crate::domain::moment::Day) -> Sent {
    Sent::default()
        .filled_happened("happened", Happened::UNKNOWN)
        .filled("happened_precision", "on")
        .filled_day("received", Some(today))
}
