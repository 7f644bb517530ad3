//! The operator's own words, part by part, ready to print: what was entered, or that it was not.

use crate::domain::moment::Day;
use crate::domain::operator_page::{Compliance, Enforcement, Kind, OperatorPage, Part};
use crate::domain::support::{self, Nation, Support};
use crate::domain::words;
use crate::store::operator_page::{self, PartSaid, Version};
use crate::store::withheld::Words;
use crate::store::{self, ReadTx};
use crate::web::markdown::to_html;
use crate::web::part::Link;

/// The level of the headings under which parts stand.
const BELOW: u8 = 2;

/// One part of a page.
#[derive(Debug, Clone)]
pub struct OwnPart {
    /// Its anchor.
    pub id: &'static str,
    /// What it is called.
    pub heading: &'static str,
    /// The operator's words, cleaned.
    pub html: Option<String>,
    /// What stands in their place.
    pub instead: String,
    /// Whether the operator has entered it, withheld or not.
    pub is_entered: bool,
}

/// One entry of the list of support.
#[derive(Debug, Clone)]
pub struct SupportLine {
    /// Its name.
    pub name: String,
    /// What it does.
    pub does: String,
    /// Its number: as it is read, and as it is dialled.
    pub phone: Option<Link>,
    /// Its site.
    pub web: Option<String>,
    /// When somebody last made sure of it.
    pub checked: Option<String>,
}

/// The entries of one nation.
#[derive(Debug, Clone)]
pub struct NationList {
    /// Its name.
    pub name: &'static str,
    /// What helps there.
    pub lines: Vec<SupportLine>,
    /// What stands there where nothing does.
    pub instead: String,
    /// Beside what came with the program, where the operator has entered nothing.
    pub came_with: Option<&'static str>,
}

/// The operator's words on one page.
#[derive(Debug, Clone)]
pub struct Own {
    parts: Vec<OwnPart>,
    /// Whether anything was entered.
    pub is_entered: bool,
    /// When it was published, and where the earlier versions are.
    pub published: Option<(String, Link, Link)>,
    /// Support, by nation.
    pub support: Vec<NationList>,
}

impl Own {
    /// What stands on a page now.
    ///
    /// # Errors
    /// When the database fails.
    pub fn read(tx: &mut ReadTx<'_>, page: OperatorPage, today: Day) -> Result<Self, store::Error> {
        Ok(Self::of(page, operator_page::current(tx, page)?.as_ref(), today))
    }

    /// A version of a page, or nothing yet.
    #[must_use]
    pub fn of(page: OperatorPage, version: Option<&Version>, today: Day) -> Self {
        let said = |part: Part| version.and_then(|version| version.parts.iter().find(|one| one.part == part));
        let parts = page.parts().iter().filter(|part| part.kind() != Kind::Entries);
        Self {
            parts: parts.map(|part| own_part(*part, said(*part))).collect(),
            is_entered: version.is_some(),
            published: version.map(|version| {
                let versions = format!("{}/versions", page.address());
                (
                    words::own_words_of(version.day),
                    Link::new(crate::domain::address::change(version.seq), words::change(version.seq)),
                    Link::new(versions, "Every version of these words"),
                )
            }),
            support: support_lists(version, today),
        }
    }

    /// One part, by its name.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<&OwnPart> {
        self.parts.iter().find(|part| part.id == name)
    }

    /// What was entered of a part that is one sentence.
    #[must_use]
    pub fn html(&self, name: &str) -> Option<&str> {
        self.part(name)?.html.as_deref()
    }

    /// Every part.
    #[must_use]
    pub fn parts(&self) -> &[OwnPart] {
        &self.parts
    }

    /// The nations with an entry of the operator’s.
    #[must_use]
    pub fn nations(&self) -> Vec<&NationList> {
        self.support.iter().filter(|nation| !nation.lines.is_empty() && nation.came_with.is_none()).collect()
    }
}

fn own_part(part: Part, said: Option<&PartSaid>) -> OwnPart {
    let html = said.and_then(|said| said.text.said()).map(|text| in_public(part, text));
    let instead = match said.map(|said| &said.text) {
        Some(Words::Withheld(on)) => words::withheld_on(*on),
        _ => words::not_entered(part),
    };
    OwnPart { id: part.as_str(), heading: words::part(part), html, instead, is_entered: said.is_some() }
}

/// What everybody reads of a part: a choice is said in a sentence, a day in words.
fn in_public(part: Part, text: &str) -> String {
    let sentence = match part {
        Part::Compliance => text.parse::<Compliance>().ok().map(|it| words::compliance_said(it).to_owned()),
        Part::Enforcement => text.parse::<Enforcement>().ok().map(|it| words::enforcement_said(it).to_owned()),
        Part::PreparedOn | Part::ReviewedOn => text.parse::<Day>().ok().map(words::day),
        _ => None,
    };
    to_html(sentence.as_deref().unwrap_or(text), BELOW)
}

/// Support by nation, in the order in which nations are named.
fn support_lists(version: Option<&Version>, today: Day) -> Vec<NationList> {
    let entries = version.map(Version::support).unwrap_or_default();
    let of = |nation: Nation| {
        entries.iter().filter(move |(entry, _)| entry.nation == nation).map(|(entry, on)| line(entry, *on, today))
    };
    let list = |nation: &Nation| {
        let entered: Vec<SupportLine> = of(*nation).collect();
        // One entry for one nation takes nothing away from the others.
        let given = if entered.is_empty() { support::built_in(*nation) } else { Vec::new() };
        NationList {
            name: words::nation(*nation),
            came_with: (!given.is_empty()).then_some(words::SUPPORT_BUILT_IN),
            lines: entered.into_iter().chain(given.iter().map(|entry| line(entry, None, today))).collect(),
            instead: words::no_support(*nation),
        }
    };
    Nation::ALL.iter().map(list).collect()
}

fn line(entry: &Support, checked_on: Option<Day>, today: Day) -> SupportLine {
    let dialled = entry.dialled().map(|number| format!("tel:{number}"));
    SupportLine {
        name: entry.name.clone(),
        does: entry.does.clone(),
        phone: dialled.map(|href| Link::new(href, entry.phone.clone().unwrap_or_default())),
        web: entry.web.clone(),
        checked: checked_on.map(|on| words::support_checked(on, support::is_stale(on, today))),
    }
}
