//! What the operator says in its own words on its pages: which parts each page has, which of them it cannot do without.

use super::email::Email;
use super::moment::Day;
use super::problem::Problems;
use super::text::text_enum;
use super::words;

text_enum! {
    /// A page that the operator completes with its own words.
    pub enum OperatorPage as "page of the operator" {
        /// Who runs this register and how it decides.
        About = "about",
        /// What data is held.
        Privacy = "privacy",
        /// The statement that the law asks of public bodies.
        Accessibility = "accessibility",
        /// Support for those affected.
        Help = "help",
    }
}

text_enum! {
    /// A part of such a page: its own field on the form, its own place on the page.
    pub enum Part as "part of a page" {
        /// Why the register is kept.
        Purpose = "purpose",
        /// Who decides, and how.
        Decisions = "decisions",
        /// How mistakes are put right.
        Corrections = "corrections",
        /// Who pays for it.
        Funding = "funding",
        /// Who answers for personal data.
        Controller = "controller",
        /// By what right it is held.
        LawfulBasis = "lawful_basis",
        /// What is held of people of bodies who have no account, and why.
        Contacts = "contacts",
        /// How long it is kept.
        Retention = "retention",
        /// Who else is given it.
        Sharing = "sharing",
        /// What somebody can ask for.
        Rights = "rights",
        /// Where to complain about how data is held.
        Authority = "authority",
        /// How far the pages meet the guidelines.
        Compliance = "compliance",
        /// What does not meet the guidelines.
        NonCompliance = "non_compliance",
        /// What would be a disproportionate burden to put right.
        Burden = "burden",
        /// What the regulations do not reach.
        OutOfScope = "out_of_scope",
        /// When the statement was prepared.
        PreparedOn = "prepared_on",
        /// When it was last reviewed.
        ReviewedOn = "reviewed_on",
        /// How the pages were tested.
        Tested = "tested",
        /// Whom to tell of a barrier.
        AccessContact = "access_contact",
        /// How soon they answer.
        ResponseTime = "response_time",
        /// Who enforces the regulations here.
        Enforcement = "enforcement",
        /// Before the list of support.
        Introduction = "introduction",
        /// One entry of the list of support.
        Support = "support",
    }
}

text_enum! {
    /// How far pages meet the guidelines, in the words of the model statement.
    pub enum Compliance as "compliance status" {
        /// Everything does.
        Full = "full",
        /// Most of it does.
        Partial = "partial",
        /// Most of it does not.
        Not = "not",
    }
}

text_enum! {
    /// Who enforces the accessibility regulations over this operator.
    pub enum Enforcement as "enforcement body" {
        /// In England, Scotland and Wales.
        GreatBritain = "great_britain",
        /// In Northern Ireland.
        NorthernIreland = "northern_ireland",
        /// Nobody: the operator is no public sector body.
        NotPublic = "not_public",
    }
}

/// How a part is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Markdown.
    Text,
    /// A day.
    Day,
    /// One of listed values.
    Choice,
    /// A list of entries.
    Entries,
}

impl Part {
    /// How it is entered.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::PreparedOn | Self::ReviewedOn => Kind::Day,
            Self::Compliance | Self::Enforcement => Kind::Choice,
            Self::Support => Kind::Entries,
            _ => Kind::Text,
        }
    }

    /// Whether its page can be published without it.
    #[must_use]
    pub const fn is_required(self) -> bool {
        !matches!(
            self,
            Self::Funding
                | Self::Sharing
                | Self::NonCompliance
                | Self::Burden
                | Self::OutOfScope
                | Self::Introduction
                | Self::Support
        )
    }
}

impl OperatorPage {
    /// Where it stands.
    #[must_use]
    pub const fn address(self) -> &'static str {
        match self {
            Self::About => "/about",
            Self::Privacy => "/privacy",
            Self::Accessibility => "/accessibility",
            Self::Help => "/help",
        }
    }

    /// Its parts, in the order in which they are asked and shown.
    #[must_use]
    pub const fn parts(self) -> &'static [Part] {
        match self {
            Self::About => &[Part::Purpose, Part::Decisions, Part::Corrections, Part::Funding],
            Self::Privacy => &[
                Part::Controller,
                Part::LawfulBasis,
                Part::Contacts,
                Part::Retention,
                Part::Sharing,
                Part::Rights,
                Part::Authority,
            ],
            Self::Accessibility => &[
                Part::Compliance,
                Part::NonCompliance,
                Part::Burden,
                Part::OutOfScope,
                Part::Tested,
                Part::AccessContact,
                Part::ResponseTime,
                Part::Enforcement,
                Part::PreparedOn,
                Part::ReviewedOn,
            ],
            Self::Help => &[Part::Introduction, Part::Support],
        }
    }
}

/// One part, as it is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartText {
    /// Which.
    pub part: Part,
    /// Its words; of a choice the chosen word, of a day the day, of an entry of the list its JSON.
    pub text: String,
    /// The day on which an entry was last checked.
    pub checked_on: Option<Day>,
}

impl PartText {
    /// A part that was not checked on any day.
    #[must_use]
    pub const fn new(part: Part, text: String) -> Self {
        Self { part, text, checked_on: None }
    }
}

/// What is wrong with a page that consists of these parts, each fault at its field.
#[must_use]
pub fn problems(page: OperatorPage, texts: &[PartText], today: Day) -> Problems {
    let text = |part: Part| texts.iter().find(|one| one.part == part).map(|one| one.text.as_str());
    let mut problems = Problems::none();
    for part in page.parts().iter().copied().filter(|part| part.is_required() && text(*part).is_none()) {
        problems.add(part.as_str(), words::part_missing(part));
    }
    match page {
        OperatorPage::Accessibility => statement(&mut problems, text, today),
        OperatorPage::Help if text(Part::Support).is_none() => {
            problems.add("support_1_name", words::part_missing(Part::Support));
        }
        _ => {}
    }
    if text(Part::AccessContact).is_some_and(|text| !can_be_reached(text)) {
        problems.add(
            Part::AccessContact.as_str(),
            "Enter an email address, a telephone number or a postal address with its postcode: somebody must be able to reach you",
        );
    }
    problems
}

/// Whether words hold an address of mail, a telephone number or a postcode of the United Kingdom.
fn can_be_reached(text: &str) -> bool {
    let words: Vec<&str> = text.split(|sign: char| !sign.is_ascii_alphanumeric() && !"@.+-_".contains(sign)).collect();
    let mail = words.iter().any(|word| word.trim_matches('.').parse::<Email>().is_ok());
    let postcode = words.windows(2).any(|pair| is_postcode(pair[0], pair[1].trim_end_matches('.')));
    mail || postcode || has_telephone(text)
}

/// Ten digits or more with nothing between them but spaces, dashes and brackets: a date has eight.
fn has_telephone(text: &str) -> bool {
    text.split(|sign: char| !sign.is_ascii_digit() && !" ()-+".contains(sign))
        .any(|run| run.chars().filter(char::is_ascii_digit).count() >= 10)
}

/// `BT7 1NN`, in its two halves.
fn is_postcode(out: &str, inward: &str) -> bool {
    let inward = inward.as_bytes();
    let letters = out.chars().take_while(char::is_ascii_alphabetic).count();
    (2..=4).contains(&out.len())
        && (1..=2).contains(&letters)
        && out[letters..].starts_with(|sign: char| sign.is_ascii_digit())
        && matches!(inward, [digit, one, other] if digit.is_ascii_digit() && one.is_ascii_alphabetic() && other.is_ascii_alphabetic())
}

/// A statement that contradicts itself is not one.
fn statement<'a>(problems: &mut Problems, text: impl Fn(Part) -> Option<&'a str>, today: Day) {
    let gaps = [Part::NonCompliance, Part::Burden, Part::OutOfScope];
    let named = gaps.iter().any(|part| text(*part).is_some());
    match text(Part::Compliance).and_then(|word| word.parse().ok()) {
        Some(Compliance::Full) if text(Part::NonCompliance).is_some() || text(Part::Burden).is_some() => problems
            .add(Part::Compliance.as_str(), "What is named below does not meet the guidelines: choose partly or not"),
        Some(Compliance::Partial | Compliance::Not) if !named => {
            problems.add(Part::NonCompliance.as_str(), "Enter what is not accessible, and why");
        }
        _ => {}
    }
    let day = |part: Part| text(part).and_then(|day| day.parse::<Day>().ok());
    for part in [Part::PreparedOn, Part::ReviewedOn] {
        if day(part).is_some_and(|day| day > today) {
            problems.add(part.as_str(), "The date must be today or earlier");
        }
    }
    if let (Some(prepared), Some(reviewed)) = (day(Part::PreparedOn), day(Part::ReviewedOn))
        && reviewed < prepared
    {
        problems.add(Part::ReviewedOn.as_str(), "It cannot have been reviewed before it was prepared");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn today() -> Day {
        "2026-11-23".parse().unwrap()
    }

    fn whole(page: OperatorPage) -> Vec<PartText> {
        let parts = page.parts().iter().filter(|part| part.is_required() || **part == Part::Support);
        let text = |part: &Part| match part.kind() {
            Kind::Day => "2026-11-01".to_owned(),
            Kind::Choice if *part == Part::Compliance => "full".to_owned(),
            Kind::Choice => "great_britain".to_owned(),
            _ if *part == Part::AccessContact => "Write to access@example.org.".to_owned(),
            _ => "Words.".to_owned(),
        };
        parts.map(|part| PartText::new(*part, text(part))).collect()
    }

    fn fields(page: OperatorPage, texts: &[PartText]) -> Vec<String> {
        problems(page, texts, today()).iter().map(|problem| problem.field.clone()).collect()
    }

    #[test]
    fn each_part_belongs_to_one_page() {
        let all: Vec<Part> = OperatorPage::ALL.iter().flat_map(|page| page.parts()).copied().collect();
        assert_eq!(all.len(), Part::ALL.len());
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    }

    #[test]
    fn a_missing_part_is_a_fault_at_its_field() {
        for page in OperatorPage::ALL.iter().copied() {
            assert_eq!(fields(page, &whole(page)), Vec::<String>::new(), "{page}");
            for (at, left_out) in whole(page).iter().enumerate() {
                let mut texts = whole(page);
                texts.remove(at);
                let field = if left_out.part == Part::Support { "support_1_name" } else { left_out.part.as_str() };
                assert_eq!(fields(page, &texts), [field], "{page}");
            }
        }
    }

    #[test]
    fn whom_to_tell_of_a_barrier_can_be_reached() {
        for reached in [
            "Write to <mailto:access@ashgrove.example>.",
            "Ring (01632) 960 001 on weekdays.",
            "Ring +44 1632 960001.",
            "The Ferry Office, 1 Quay Street, Ashgrove ZZ1 1AA.",
        ] {
            assert!(can_be_reached(reached), "{reached}");
        }
        for lost in
            ["Ask the office.", "Since 2 November 2026, ask at desk 12.", "On 02 11 2026 at 9.", "We use @ signs."]
        {
            assert!(!can_be_reached(lost), "{lost}");
        }
    }

    #[test]
    fn a_statement_does_not_contradict_itself() {
        let with = |part: Part, text: &str| {
            let mut texts = whole(OperatorPage::Accessibility);
            texts.retain(|one| one.part != part);
            texts.push(PartText::new(part, text.to_owned()));
            texts
        };
        let page = OperatorPage::Accessibility;
        assert_eq!(fields(page, &with(Part::Burden, "A scan.")), ["compliance"]);
        assert_eq!(fields(page, &with(Part::Compliance, "partial")), ["non_compliance"]);
        assert_eq!(fields(page, &with(Part::PreparedOn, "2026-11-24")), ["prepared_on", "reviewed_on"]);
        assert_eq!(fields(page, &with(Part::ReviewedOn, "2026-10-31")), ["reviewed_on"]);
    }
}
