//! Who runs this register and by what right, how it decides, and what each word means.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use askama::Template;
use jiff::tz::TimeZone;

use super::own::Own;
use super::shown;
use crate::domain::assessed::Assessed;
use crate::domain::checked::Checked;
use crate::domain::complaint::ComplaintDecision;
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::Moment;
use crate::domain::operator::Operator;
use crate::domain::operator_page::OperatorPage;
use crate::domain::reported::Reported;
use crate::domain::response::Response;
use crate::domain::words::{self, Tag};
use crate::store::{self, complaint, setting, withholding};
use crate::web::error::Error;
use crate::web::part::SummaryRow;
use crate::web::shell::Shell;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "public/about/show.html")]
struct ShowPage {
    shell: Shell,
    operator: Option<Operator>,
    own: Own,
    complaints: Vec<String>,
    licence: String,
    second_key: &'static str,
    /// What was taken out, by year.
    taken_out: Vec<(String, String)>,
    definitions: [(&'static str, &'static str); 6],
    vocabularies: Vec<Vocabulary>,
    checked: Vec<SummaryRow>,
}

/// The words of one fact.
pub struct Vocabulary {
    /// Its anchor.
    pub id: &'static str,
    /// What the fact is called.
    pub heading: &'static str,
    /// Whose word it is.
    pub whose: &'static str,
    /// Each word and what it means.
    pub words: Vec<(Tag, &'static str)>,
}

/// Shows it.
///
/// # Errors
/// When the database fails.
pub async fn show(state: web::Data<State>, shell: Shell) -> Result<HttpResponse, Error> {
    let today = state.today();
    let (service, own, complaints, taken_out) = state
        .reader
        .read_or_again(move |tx| {
            let own = Own::read(tx, OperatorPage::About, today)?;
            let counted = (complaint::counted(tx)?, withholding::taken_out_on(tx)?);
            Ok::<_, store::Error>((setting::in_service(tx)?, own, counted.0, counted.1))
        })
        .await?;
    let page = ShowPage {
        taken_out: words::taken_out_by_year(&taken_out),
        operator: service.operator,
        own,
        complaints: by_year(&complaints, &state.site.zone),
        licence: service.licence.map_or_else(|| words::NO_DATA_LICENCE.to_owned(), words::data_licence_is),
        second_key: if service.second_key { words::SECOND_KEY_ON } else { words::SECOND_KEY_OFF },
        definitions: [
            ("Done", words::DONE),
            ("The gap", words::GAP),
            ("Not looked at lately", words::LOOKED_LATELY),
            ("What is counted", words::UNITS),
            ("Silence", words::SILENCE),
            ("Charts", words::CHARTS),
        ],
        vocabularies: vocabularies(),
        checked: Checked::ALL
            .iter()
            .map(|value| SummaryRow {
                name: words::checked_label(*value).to_owned(),
                value: words::claim_checked(*value).to_owned(),
                change: None,
            })
            .collect(),
        shell: shell.titled("About this register").crumb("/", "Home"),
    };
    shown(&page, &page.shell)
}

/// How many readers said that something is wrong, year by year, and what was decided: no words.
fn by_year(complaints: &[(Moment, Option<ComplaintDecision>)], zone: &TimeZone) -> Vec<String> {
    let mut years: BTreeMap<i16, BTreeMap<Option<ComplaintDecision>, u64>> = BTreeMap::new();
    for (at, decision) in complaints {
        *years.entry(at.day_in(zone).date().year()).or_default().entry(*decision).or_default() += 1;
    }
    let said = |(year, decisions): (&i16, &BTreeMap<_, u64>)| {
        let counts: Vec<_> = decisions.iter().map(|(decision, count)| (*decision, *count)).collect();
        words::complaints_of_year(*year, &counts)
    };
    years.iter().rev().map(said).collect()
}

fn vocabularies() -> Vec<Vocabulary> {
    let closed = Tag::new("Closed", words::Tone::Partly);
    vec![
        Vocabulary {
            id: "response",
            heading: "Answer",
            whose: "What the body said when it was asked.",
            words: Response::ALL.iter().map(|it| (words::response(*it), words::response_means(*it))).collect(),
        },
        Vocabulary {
            id: "reported",
            heading: "Reports",
            whose: "What the body says it has done. It is the body\u{2019}s own word, whoever typed it.",
            words: Reported::ALL.iter().map(|it| (words::reported(*it), words::reported_means(*it))).collect(),
        },
        Vocabulary {
            id: "assessed",
            heading: "What was found",
            whose: "What those who run this register found when they looked. Nobody assesses their own body.",
            words: Assessed::ALL.iter().map(|it| (words::assessed(*it), words::assessed_means(*it))).collect(),
        },
        Vocabulary {
            id: "lifecycle",
            heading: "Open or closed",
            whose: "Whether this register goes on following it.",
            words: Lifecycle::ALL
                .iter()
                .map(|it| match it {
                    Lifecycle::Closed => (closed.clone(), words::lifecycle_means(*it)),
                    value => (words::lifecycle(*value, None), words::lifecycle_means(*it)),
                })
                .collect(),
        },
    ]
}
