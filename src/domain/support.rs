//! One entry of the list of support for those affected: who helps, with what, how to reach them, and when somebody last
//! made sure of it.

use serde::{Deserialize, Serialize};

use super::link::web_address;
use super::moment::Day;
use super::problem::Problems;
use super::text::{TITLE_LIMIT, text_enum, tidy};

/// After so many months somebody has to look again.
const GOOD_FOR_MONTHS: i64 = 6;
/// How many entries a page may have.
pub const MOST: usize = 40;
/// Room for what an organisation does, in a line or two.
const DOES_LIMIT: usize = 600;

text_enum! {
    /// Where an organisation helps.
    pub enum Nation as "nation" {
        /// In all four.
        UnitedKingdom = "united_kingdom",
        /// In England.
        England = "england",
        /// In Scotland.
        Scotland = "scotland",
        /// In Wales.
        Wales = "wales",
        /// In Northern Ireland.
        NorthernIreland = "northern_ireland",
    }
}

/// Who helps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Support {
    /// Where.
    pub nation: Nation,
    /// Its name.
    pub name: String,
    /// What it does, for whom, and when.
    pub does: String,
    /// Its number.
    pub phone: Option<String>,
    /// Its site.
    pub web: Option<String>,
}

/// Whom the program names where the operator has named nobody for that nation: name, what it does, number. Nobody here has
/// checked them.
const BUILT_IN: [(Nation, &str, &str, &str); 4] = [
    (Nation::UnitedKingdom, "Childline", "If you are under 19.", "0800 1111"),
    (Nation::UnitedKingdom, "NSPCC", "If you are worried about a child.", "0808 800 5000"),
    (Nation::UnitedKingdom, "NAPAC", "If you were abused as a child and are grown up now.", "0808 801 0331"),
    (Nation::UnitedKingdom, "Samaritans", "About anything, at any hour.", "116 123"),
];

/// Those that came with the program for a nation; the operator’s own entries for it take their place.
#[must_use]
pub fn built_in(nation: Nation) -> Vec<Support> {
    let of_nation = BUILT_IN.iter().filter(|entry| entry.0 == nation);
    let entry = |(nation, name, does, phone): &(Nation, &str, &str, &str)| Support {
        nation: *nation,
        name: (*name).to_owned(),
        does: (*does).to_owned(),
        phone: Some((*phone).to_owned()),
        web: None,
    };
    of_nation.map(entry).collect()
}

impl Support {
    /// The number as a telephone dials it.
    #[must_use]
    pub fn dialled(&self) -> Option<String> {
        let phone = self.phone.as_ref()?;
        Some(phone.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+').collect())
    }
}

/// Whether somebody has to check an entry again.
#[must_use]
pub fn is_stale(checked_on: Day, today: Day) -> bool {
    checked_on.plus_months(GOOD_FOR_MONTHS) <= today
}

/// The day up to which what was checked has to be checked again today.
#[must_use]
pub fn stale_up_to(today: Day) -> Day {
    today.plus_months(-GOOD_FOR_MONTHS)
}

/// An entry as typed.
#[derive(Debug, Clone, Default)]
pub struct SupportTyped<'a> {
    /// Where.
    pub nation: &'a str,
    /// Its name.
    pub name: &'a str,
    /// What it does.
    pub does: &'a str,
    /// Its number.
    pub phone: &'a str,
    /// Its site.
    pub web: &'a str,
}

impl SupportTyped<'_> {
    /// Whether nobody wrote anything into it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        [self.name, self.does, self.phone, self.web].iter().all(|typed| typed.trim().is_empty())
    }

    /// The entry, where nothing is wrong with it; `at` makes the name of a field out of what it is about.
    ///
    /// # Errors
    /// Every fault, each at its field.
    pub fn parse(&self, at: impl Fn(&str) -> String) -> Result<Support, Problems> {
        let mut problems = Problems::none();
        let nation = self.nation.parse::<Nation>().ok();
        if nation.is_none() {
            problems.add(at("nation"), "Choose where it helps");
        }
        let name = problems.take(&at("name"), tidy(self.name, "Name", TITLE_LIMIT)).flatten();
        if name.is_none() && problems.at(&at("name")).is_none() {
            problems.add(at("name"), "Enter the name of the organisation");
        }
        let does = problems.take(&at("does"), tidy(self.does, "What it does", DOES_LIMIT)).flatten();
        if does.is_none() && problems.at(&at("does")).is_none() {
            problems.add(at("does"), "Enter what it does, and for whom");
        }
        let phone = problems.take(&at("phone"), phone(self.phone)).flatten();
        let web = problems.take(&at("web"), web_address(self.web)).flatten();
        let reached = [at("phone"), at("web")].iter().any(|field| problems.at(field).is_some());
        if phone.is_none() && web.is_none() && !reached {
            problems.add(at("phone"), "Enter a telephone number or a web address");
        }
        match (nation, name, does) {
            (Some(nation), Some(name), Some(does)) if problems.is_empty() => {
                Ok(Support { nation, name, does, phone, web })
            }
            _ => Err(problems),
        }
    }
}

fn phone(typed: &str) -> Result<Option<String>, &'static str> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    let rest = typed.trim_start_matches('+').chars();
    let known = rest.clone().all(|sign| sign.is_ascii_digit() || matches!(sign, ' ' | '(' | ')' | '-'));
    if known && (3..=15).contains(&digits) && typed.len() <= 30 {
        Ok(Some(typed.to_owned()))
    } else {
        Err("Enter a telephone number of digits and spaces, such as 01632 960 001")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPED: SupportTyped<'static> = SupportTyped {
        nation: "wales",
        name: " Ashgrove Listening Line ",
        does: "Listens.",
        phone: "01632 960 001",
        web: "https://listening.example",
    };

    #[test]
    fn a_whole_entry_is_taken() {
        let entry = TYPED.parse(str::to_owned).unwrap();
        assert_eq!(entry.name, "Ashgrove Listening Line");
        assert_eq!(entry.dialled().as_deref(), Some("01632960001"));
    }

    #[test]
    fn each_gap_is_a_fault_at_its_field() {
        let fields = |typed: SupportTyped<'_>| -> Vec<String> {
            let found = typed.parse(|what| format!("support_3_{what}")).unwrap_err();
            found.iter().map(|problem| problem.field.trim_start_matches("support_3_").to_owned()).collect()
        };
        assert_eq!(fields(SupportTyped::default()), ["nation", "name", "does", "phone"]);
        assert_eq!(fields(SupportTyped { phone: "call us", web: "", ..TYPED }), ["phone"]);
        assert_eq!(fields(SupportTyped { web: "javascript:x", phone: "", ..TYPED }), ["web"]);
    }

    #[test]
    fn what_came_with_the_program_would_be_taken_as_an_entry() {
        for nation in Nation::ALL.iter().copied() {
            for entry in built_in(nation) {
                assert_eq!(entry.nation, nation);
                let phone = entry.phone.as_deref().unwrap();
                let typed =
                    SupportTyped { nation: nation.as_str(), name: &entry.name, does: &entry.does, phone, web: "" };
                assert_eq!(typed.parse(str::to_owned).unwrap(), entry);
            }
        }
        assert!(!built_in(Nation::UnitedKingdom).is_empty(), "whoever the operator forgets finds somebody");
    }

    #[test]
    fn after_six_months_somebody_looks_again() {
        let (checked, day) = ("2026-05-23".parse().unwrap(), |text: &str| text.parse::<Day>().unwrap());
        assert!(!is_stale(checked, day("2026-11-22")));
        assert!(is_stale(checked, day("2026-11-23")));
        assert!(checked <= stale_up_to(day("2026-11-23")) && checked > stale_up_to(day("2026-11-22")));
    }
}
