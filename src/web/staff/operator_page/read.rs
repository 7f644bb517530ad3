//! Reading the form of a page of the operator's: strings become its parts, and every fault is noted at its field.

use super::fields::at;
use crate::domain::licence::Licence;
use crate::domain::moment::Day;
use crate::domain::operator_page::{Compliance, Enforcement, Kind, OperatorPage, Part, PartText};
use crate::domain::problem::Problems;
use crate::domain::support::{MOST, SupportTyped};
use crate::domain::words;
use crate::web::markdown;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;

/// A page as it was sent.
pub struct Read {
    /// Its parts.
    pub texts: Vec<PartText>,
    /// Under which licence they stand.
    pub licence: Option<Licence>,
    /// What cannot be read.
    pub problems: Problems,
}

/// Reads it.
pub fn page(page: OperatorPage, sent: &Sent, today: Day) -> Read {
    let mut read = Reading::of(sent);
    let mut texts = Vec::new();
    for part in page.parts().iter().copied() {
        let name = part.as_str();
        let text = match part.kind() {
            Kind::Text => {
                let text = read.words(name, words::part(part));
                if let Some(reason) = text.as_deref().and_then(markdown::not_taken) {
                    read.problems.add(name, reason);
                }
                text
            }
            Kind::Day => read.day(name).map(|day| day.to_string()),
            Kind::Choice => chosen(part, sent.get(name)),
            Kind::Entries => {
                texts.extend(entries(&mut read, sent, today));
                None
            }
        };
        texts.extend(text.map(|text| PartText::new(part, text)));
    }
    let licence = read.choice("licence", "Choose under which licence these words stand");
    Read { texts, licence, problems: read.problems }
}

/// A word of the part's own vocabulary.
fn chosen(part: Part, word: &str) -> Option<String> {
    match part {
        Part::Compliance => word.parse::<Compliance>().ok().map(|it| it.to_string()),
        _ => word.parse::<Enforcement>().ok().map(|it| it.to_string()),
    }
}

fn entries(read: &mut Reading<'_>, sent: &Sent, today: Day) -> Vec<PartText> {
    let mut entries = Vec::new();
    for number in 1..=MOST {
        let typed = |what: &str| sent.get(&at(number, what));
        let typed = SupportTyped {
            nation: typed("nation"),
            name: typed("name"),
            does: typed("does"),
            phone: typed("phone"),
            web: typed("web"),
        };
        if typed.is_empty() {
            continue;
        }
        let day = at(number, "checked_on");
        let checked_on = read.day(&day);
        match checked_on {
            Some(on) if on > today => read.problems.add(day, "The date must be today or earlier"),
            None if read.problems.at(&day).is_none() => {
                read.problems.add(day, "Enter the day on which you checked this entry");
            }
            _ => {}
        }
        // An entry with a fault holds its place: nothing is published, and the list is not called empty.
        let text = match typed.parse(|what| at(number, what)) {
            Ok(entry) => serde_json::to_string(&entry).unwrap_or_default(),
            Err(problems) => {
                read.problems.extend(problems);
                String::new()
            }
        };
        entries.push(PartText { part: Part::Support, text, checked_on });
    }
    entries
}
