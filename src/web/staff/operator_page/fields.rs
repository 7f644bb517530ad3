//! The fields of a page of the operator's, filled with what stands or with what was sent.

use crate::domain::licence::Licence;
use crate::domain::operator_page::{Compliance, Enforcement, Kind, OperatorPage, Part};
use crate::domain::problem::Problems;
use crate::domain::support::{MOST, Nation};
use crate::domain::words;
use crate::store::operator_page::Version;
use crate::web::form::{Choice, ChoiceField, DateField, Field};
use crate::web::staff::deed::piece::Piece;
use crate::web::staff::form_sent::Sent;

/// How many empty entries stand below those that are filled.
const SPARE: usize = 2;

/// One entry of the list of support.
pub struct SupportFields {
    /// Its place in the list.
    pub number: usize,
    /// Its name.
    pub name: Field,
    /// Where it helps.
    pub nation: ChoiceField,
    /// What it does.
    pub does: Field,
    /// Its number.
    pub phone: Field,
    /// Its site.
    pub web: Field,
    /// When it was checked.
    pub checked_on: DateField,
}

/// The name of a field of an entry.
pub fn at(number: usize, what: &str) -> String {
    format!("support_{number}_{what}")
}

/// A form that shows what stands.
pub fn filled(version: Option<&Version>) -> Sent {
    let version_number = version.map_or(0, |version| version.seq.0);
    let mut sent =
        Sent::default().filled("version", version_number.to_string()).filled("licence", Licence::Own.as_str());
    let Some(version) = version else { return sent };
    for one in version.parts.iter().filter(|one| one.part != Part::Support) {
        let text = one.text.said().unwrap_or_default();
        sent = match one.part.kind() {
            Kind::Day => sent.filled_day(one.part.as_str(), text.parse().ok()),
            _ => sent.filled(one.part.as_str(), text),
        };
    }
    if let Some(licence) = version.parts.first().and_then(|one| one.licence) {
        sent = sent.filled("licence", licence.as_str());
    }
    for (number, (entry, checked_on)) in (1..).zip(version.support()) {
        sent = sent
            .filled(&at(number, "nation"), entry.nation.as_str())
            .filled(&at(number, "name"), entry.name)
            .filled(&at(number, "does"), entry.does)
            .filled(&at(number, "phone"), entry.phone.unwrap_or_default())
            .filled(&at(number, "web"), entry.web.unwrap_or_default())
            .filled_day(&at(number, "checked_on"), checked_on);
    }
    sent
}

/// The parts that are one field each.
pub fn pieces(page: OperatorPage, sent: &Sent, problems: &Problems) -> Vec<Piece> {
    let parts = page.parts().iter().copied().filter(|part| part.kind() != Kind::Entries);
    let licences = Licence::ALL.iter().map(|one| Choice::new(one.as_str(), words::licence(*one)));
    let licence = sent.choices("licence", "Under which licence do these words stand?", licences, problems);
    parts.map(|part| piece(part, sent, problems)).chain([Piece::Select(licence)]).collect()
}

fn piece(part: Part, sent: &Sent, problems: &Problems) -> Piece {
    let (name, label, hint) = (part.as_str(), words::part(part), words::part_hint(part));
    match part {
        Part::Compliance => {
            let choices = Compliance::ALL.iter().map(|one| Choice::new(one.as_str(), words::compliance(*one)));
            Piece::Radios(sent.choices(name, label, choices, problems).hint(hint))
        }
        Part::Enforcement => {
            let choices = Enforcement::ALL.iter().map(|one| Choice::new(one.as_str(), words::enforcement(*one)));
            Piece::Radios(sent.choices(name, label, choices, problems).hint(hint))
        }
        _ if part.kind() == Kind::Day => Piece::Date(sent.date(name, label, problems).hint(hint)),
        _ => Piece::Words(sent.field(name, label, problems).hint(hint)),
    }
}

/// The entries that are filled, and a few empty ones.
pub fn support(sent: &Sent, problems: &Problems) -> Vec<SupportFields> {
    let is_filled = |number: &usize| {
        ["name", "does", "phone", "web"].iter().any(|what| !sent.get(&at(*number, what)).trim().is_empty())
    };
    let last = (1..=MOST).rev().find(is_filled).unwrap_or(0);
    (1..=(last + SPARE).min(MOST)).map(|number| entry(number, sent, problems)).collect()
}

fn entry(number: usize, sent: &Sent, problems: &Problems) -> SupportFields {
    let field = |what: &str, label: &'static str| {
        let name = at(number, what);
        let value = sent.get(&name).to_owned();
        Field::new(name, label).value(value).checked(problems)
    };
    let nations = Nation::ALL.iter().map(|one| Choice::new(one.as_str(), words::nation(*one)));
    let nation = at(number, "nation");
    let chosen = sent.get(&nation).to_owned();
    let day = at(number, "checked_on");
    let part = |part: &str| sent.get(&format!("{day}_{part}")).to_owned();
    let boxes = (part("day"), part("month"), part("year"));
    SupportFields {
        number,
        name: field("name", "Name of the organisation"),
        nation: ChoiceField::new(nation, "Where does it help?", nations).value(&chosen).checked(problems),
        does: field("does", "What does it do, for whom, and when?"),
        phone: field("phone", "Telephone number"),
        web: field("web", "Web address"),
        checked_on: DateField::new(day, "When did you check this entry?")
            .value(boxes.0, boxes.1, boxes.2)
            .checked(problems),
    }
}
