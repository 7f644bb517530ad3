//! The headings of the operator's own pages, what each part asks for, and what stands where nothing was entered.

use super::{dates, numbers};
use crate::domain::id::Seq;
use crate::domain::moment::Day;
use crate::domain::operator_page::{Compliance, Enforcement, OperatorPage, Part};
use crate::domain::support::Nation;

/// The first sentence of the list of support, always.
pub const NO_REPORTS: &str = "We cannot take reports here. In danger, call 999.";

/// Above helplines that the operator has neither entered nor replaced.
pub const SUPPORT_BUILT_IN: &str =
    "These helplines came with the program. The operator has not entered its own, and has not checked these.";

/// On the form of the list of support: what becomes of those that came with the program.
pub const SUPPORT_REPLACES: &str = "The page names four helplines for the whole of the United Kingdom that came with the \
    program: Childline, NSPCC, NAPAC and Samaritans. They stay until you enter something for the whole of the United \
    Kingdom: then your entries take their place, so enter those of them that you want to keep. What you enter for one \
    nation stands beside them.";

/// What programs are told of limits: there is none on how often anybody asks, but only so many downloads are made at once.
#[must_use]
pub fn limits(downloads: u64) -> String {
    format!(
        "There is no limit on how often you ask. For all readers together, at most {} of many rows (archives and tables) \
         are made at the same moment: one more is answered with 503. So is whatever is asked while the register is busy or \
         cannot reach its database. Retry-After then says after how many seconds to ask again.",
        numbers::count(downloads, "download", "downloads")
    )
}

/// What a page is called.
#[must_use]
pub const fn operator_page(page: OperatorPage) -> &'static str {
    match page {
        OperatorPage::About => "About this register",
        OperatorPage::Privacy => "Privacy",
        OperatorPage::Accessibility => "Accessibility",
        OperatorPage::Help => "Help and support",
    }
}

/// The heading of a part.
#[must_use]
pub const fn part(part: Part) -> &'static str {
    match part {
        Part::Purpose => "Why this register is kept",
        Part::Decisions => "Who decides, and how",
        Part::Corrections => "How mistakes are put right",
        Part::Funding => "Who pays for it",
        Part::Controller => "Who answers for personal data",
        Part::LawfulBasis => "By what right it is held",
        Part::Contacts => "Why we hold contacts at the bodies asked",
        Part::Retention => "How long it is kept",
        Part::Sharing => "Who else we give it to",
        Part::Rights => "What you can ask for",
        Part::Authority => "If you are not happy with how data is held",
        Part::Compliance => "How far this website meets the guidelines",
        Part::NonCompliance => "What does not meet the guidelines",
        Part::Burden => "What would be a disproportionate burden",
        Part::OutOfScope => "What the regulations do not cover",
        Part::PreparedOn => "When this statement was prepared",
        Part::ReviewedOn => "When it was last reviewed",
        Part::Tested => "How this website was tested",
        Part::AccessContact => "If something does not work for you",
        Part::ResponseTime => "How soon you get an answer",
        Part::Enforcement => "If you are not happy with the answer",
        Part::Introduction => "Before you read on",
        Part::Support => "Support near you",
    }
}

/// What somebody who enters a part is told.
#[must_use]
pub const fn part_hint(part: Part) -> &'static str {
    match part {
        Part::Purpose => "What the register is for, and whom it serves.",
        Part::Decisions => "The post, committee or office that decides what a finding says.",
        Part::Corrections => "How somebody can have an entry put right, and how soon you look into it.",
        Part::Funding => "Optional.",
        Part::Controller => "The organisation that is the controller, and how to reach its data protection officer.",
        Part::LawfulBasis => "The article of the law that you rely on for each kind of data.",
        Part::Contacts => {
            "People of bodies who have no account: by what right you hold their name, post, address and telephone number, where \
             you have them from, and how they can object."
        }
        Part::Retention => "For each kind of data: how long, and what happens then.",
        Part::Sharing => "Optional. Say who, and why.",
        Part::Rights => "Access, correction, erasure, restriction, objection: how to ask, and how soon you answer.",
        Part::Authority => {
            "How to complain to you, and to the supervisory authority: in the United Kingdom the Information \
             Commissioner\u{2019}s Office (ICO)."
        }
        Part::Compliance => "Against the Web Content Accessibility Guidelines version 2.2 AA.",
        Part::NonCompliance => "Each fault, which success criterion it fails, and by when it will be put right.",
        Part::Burden => "Optional. What you have assessed as a disproportionate burden, and when you assessed it.",
        Part::OutOfScope => "Optional. For example documents published before 23 September 2018.",
        Part::PreparedOn => "The day on which the first statement was ready.",
        Part::ReviewedOn => "The same day, if nobody has reviewed it since.",
        Part::Tested => "Who tested it, when, with what, and which pages.",
        Part::AccessContact => {
            "How to ask for a page in another form, and how to report a barrier. Give an email address, a telephone number \
             or a postal address."
        }
        Part::ResponseTime => "For example: within 10 working days.",
        Part::Enforcement => "Which body enforces the accessibility regulations where you are.",
        Part::Introduction => "Optional. A few calm words above the list.",
        Part::Support => "Check each entry yourself before you enter it.",
    }
}

/// The fault of a page without one of its parts.
#[must_use]
pub const fn part_missing(part: Part) -> &'static str {
    match part {
        Part::Purpose => "Enter why this register is kept",
        Part::Decisions => "Enter who decides, and how",
        Part::Corrections => "Enter how mistakes are put right",
        Part::Controller => "Enter who the controller is",
        Part::LawfulBasis => "Enter the lawful basis",
        Part::Contacts => "Enter why you hold contacts at the bodies asked",
        Part::Retention => "Enter how long data is kept",
        Part::Rights => "Enter what people can ask for",
        Part::Authority => "Enter how to complain to the supervisory authority",
        Part::Compliance => "Choose how far the website meets the guidelines",
        Part::PreparedOn => "Enter when the statement was prepared",
        Part::ReviewedOn => "Enter when the statement was last reviewed",
        Part::Tested => "Enter how the website was tested",
        Part::AccessContact => "Enter whom to tell of a barrier",
        Part::ResponseTime => "Enter how soon people get an answer",
        Part::Enforcement => "Choose which body enforces the regulations",
        Part::Support => "Enter at least one organisation that helps",
        Part::Funding | Part::Sharing | Part::NonCompliance | Part::Burden | Part::OutOfScope | Part::Introduction => {
            "Enter these words"
        }
    }
}

/// Where nothing stands: "The operator has not entered who pays for it."
#[must_use]
pub fn not_entered(one: Part) -> String {
    let what = match one {
        Part::NonCompliance => "anything that does not meet the guidelines",
        Part::Burden => "anything that would be a disproportionate burden",
        Part::OutOfScope => "anything that the regulations do not cover",
        Part::Purpose => "why this register is kept",
        Part::Decisions => "who decides, and how",
        Part::Corrections => "how mistakes are put right",
        Part::Funding => "who pays for it",
        Part::Controller => "who answers for personal data",
        Part::LawfulBasis => "by what right personal data is held",
        Part::Contacts => "why it holds contacts at the bodies asked",
        Part::Retention => "how long personal data is kept",
        Part::Sharing => "anybody else who is given personal data",
        Part::Rights => "how to ask for what is held about you",
        Part::Authority => "where to complain about how data is held",
        Part::Compliance => "how far this website meets the guidelines",
        Part::PreparedOn => "when a statement was prepared",
        Part::ReviewedOn => "when a statement was reviewed",
        Part::Tested => "how it tested this website",
        Part::AccessContact => "whom to tell if something does not work for you",
        Part::ResponseTime => "how soon you get an answer",
        Part::Enforcement => "who enforces the regulations here",
        Part::Introduction => "words of its own",
        Part::Support => "support for those affected",
    };
    format!("The operator has not entered {what}.")
}

/// Where a nation has no entry: "The operator has not entered support in Wales."
#[must_use]
pub fn no_support(nation: Nation) -> String {
    match nation {
        Nation::UnitedKingdom => "The operator has not entered support for the whole of the United Kingdom.".to_owned(),
        nation => format!("The operator has not entered support in {}.", self::nation(nation)),
    }
}

/// The name of a nation.
#[must_use]
pub const fn nation(nation: Nation) -> &'static str {
    match nation {
        Nation::UnitedKingdom => "The whole of the United Kingdom",
        Nation::England => "England",
        Nation::Scotland => "Scotland",
        Nation::Wales => "Wales",
        Nation::NorthernIreland => "Northern Ireland",
    }
}

/// "Checked on 1 November 2026", or for what waits to be checked again "Last checked on 1 March 2026".
#[must_use]
pub fn support_checked(on: Day, is_stale: bool) -> String {
    format!("{} on {}", if is_stale { "Last checked" } else { "Checked" }, dates::day(on))
}

/// A line for whoever has to check it again.
#[must_use]
pub fn support_to_check(name: &str, on: Day) -> String {
    format!("{name}, last checked on {}", dates::day(on))
}

/// A choice, as its radio button says it.
#[must_use]
pub const fn compliance(status: Compliance) -> &'static str {
    match status {
        Compliance::Full => "Fully compliant",
        Compliance::Partial => "Partially compliant",
        Compliance::Not => "Not compliant",
    }
}

/// The sentence of the model statement.
#[must_use]
pub const fn compliance_said(status: Compliance) -> &'static str {
    match status {
        Compliance::Full => {
            "This website is fully compliant with the Web Content Accessibility Guidelines version 2.2 AA standard."
        }
        Compliance::Partial => {
            "This website is partially compliant with the Web Content Accessibility Guidelines version 2.2 AA standard, \
             due to what is listed below."
        }
        Compliance::Not => {
            "This website is not compliant with the Web Content Accessibility Guidelines version 2.2 AA standard. What \
             is not accessible is listed below."
        }
    }
}

/// A choice, as its radio button says it.
#[must_use]
pub const fn enforcement(body: Enforcement) -> &'static str {
    match body {
        Enforcement::GreatBritain => "England, Scotland or Wales: the Equality and Human Rights Commission",
        Enforcement::NorthernIreland => "Northern Ireland: the Equality Commission for Northern Ireland",
        Enforcement::NotPublic => "The operator is not a public sector body",
    }
}

/// The enforcement procedure of the model statement.
#[must_use]
pub const fn enforcement_said(body: Enforcement) -> &'static str {
    match body {
        Enforcement::GreatBritain => {
            "The Equality and Human Rights Commission (EHRC) is responsible for enforcing the Public Sector Bodies \
             (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018 (the accessibility regulations). \
             If you are not happy with the answer to your complaint, contact the Equality Advisory and Support Service \
             (EASS)."
        }
        Enforcement::NorthernIreland => {
            "The Equality Commission for Northern Ireland (ECNI) is responsible for enforcing the Public Sector Bodies \
             (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018 (the accessibility regulations) \
             in Northern Ireland. If you are not happy with the answer to your complaint, contact the ECNI."
        }
        Enforcement::NotPublic => {
            "The operator of this register says that it is not a public sector body, so it does not have to follow the \
             accessibility regulations of 2018. It has made this statement all the same."
        }
    }
}

/// The sentence under which a version is published.
#[must_use]
pub fn page_published(page: OperatorPage, first: bool) -> String {
    let name = operator_page(page);
    if first {
        format!("The operator entered its own words on the page “{name}”.")
    } else {
        format!("The operator changed its own words on the page “{name}”.")
    }
}

/// Under the operator's words: "The operator's own words, as published on 1 November 2026".
#[must_use]
pub fn own_words_of(on: Day) -> String {
    format!("The operator\u{2019}s own words on this page were published on {}.", dates::day(on))
}

/// One version in the list of them: "22 November 2026, change 12".
#[must_use]
pub fn version_of(on: Day, seq: Seq) -> String {
    format!("{}, change {seq}", dates::day(on))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::{all_different, on};

    #[test]
    fn every_part_has_its_words() {
        all_different(OperatorPage::ALL, |page| operator_page(page).to_owned());
        all_different(Part::ALL, |one| part(one).to_owned());
        all_different(Part::ALL, not_entered);
        all_different(Nation::ALL, |one| nation(one).to_owned());
        all_different(Nation::ALL, no_support);
        all_different(Compliance::ALL, |one| format!("{}: {}", compliance(one), compliance_said(one)));
        all_different(Enforcement::ALL, |one| format!("{}: {}", enforcement(one), enforcement_said(one)));
        let required: Vec<Part> = Part::ALL.iter().copied().filter(|part| part.is_required()).collect();
        all_different(&required, |one| part_missing(one).to_owned());
        assert!(Part::ALL.iter().all(|part| !part_hint(*part).is_empty()));
    }

    #[test]
    fn what_was_not_checked_lately_says_so() {
        assert_eq!(support_checked(on("2026-11-01"), false), "Checked on 1 November 2026");
        assert_eq!(support_checked(on("2026-03-01"), true), "Last checked on 1 March 2026");
    }
}
