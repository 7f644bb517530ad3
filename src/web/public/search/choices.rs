//! The filters of a search as questions with listed answers.

use std::str::FromStr;

use super::{Ask, NOT_KNOWN};
use crate::domain::assessed::{Assessed, AssessedGroup};
use crate::domain::checked::{Checked, TextKind};
use crate::domain::id::{BodyId, InquiryId};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::reported::Reported;
use crate::domain::response::Response;
use crate::domain::words;
use crate::store::body::BodyName;
use crate::store::inquiry::InquiryName;
use crate::store::page::Capped;
use crate::store::search::{Counts, Due, GapAsked, Sort, Values};
use crate::store::theme::Theme;
use crate::store::{self, ReadTx};
use crate::web::form::{Choice, ChoiceField};

/// How many inquiries, bodies and themes a list of choices holds; a search by words finds the rest.
const MOST: i64 = 100;

/// What can be chosen from.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    inquiries: Vec<InquiryName>,
    bodies: Vec<BodyName>,
    themes: Vec<Theme>,
}

impl Choices {
    /// Reads the lists.
    ///
    /// # Errors
    /// When the database fails.
    pub fn read(tx: &mut ReadTx<'_>) -> Result<Self, store::Error> {
        Ok(Self {
            inquiries: store::inquiry::list(tx, MOST)?.into_iter().map(|(inquiry, _)| inquiry).collect(),
            bodies: store::body::answering(tx, MOST)?,
            themes: store::theme::choices(tx, MOST)?,
        })
    }

    /// Reads the lists that make sense within one inquiry.
    ///
    /// # Errors
    /// When the database fails.
    pub fn within(tx: &mut ReadTx<'_>, inquiry: InquiryId) -> Result<Self, store::Error> {
        Ok(Self { bodies: store::body::asked_in(tx, inquiry, MOST)?, ..Self::default() })
    }

    /// Every filter, with what the address asks for standing chosen.
    pub fn fields(&self, ask: &Ask) -> Vec<ChoiceField> {
        let inquiries = self.inquiries.iter().map(|it| Choice::new(it.slug.to_string(), it.short_title.clone()));
        let mut fields = vec![chosen(&ask.given, "inquiry", "Inquiry", "Any inquiry", inquiries)];
        fields.extend(self.of_one_inquiry(ask));
        let themes = self.themes.iter().map(|it| Choice::new(it.slug.to_string(), it.name.clone()));
        fields.push(chosen(&ask.given, "theme", "Theme", "Any theme", themes));
        let due = [
            Choice::new(Due::Passed.as_str(), "A date has passed"),
            Choice::new(Due::Soon.as_str(), "A date is in the next 30 days"),
        ];
        fields.push(chosen(&ask.given, "due", "Dates", "Any or none", due));
        let checked = Checked::ALL.iter().map(|it| Choice::new(it.as_str(), words::checked_label(*it)));
        fields.push(chosen(&ask.given, "checked", "How far it was compared", "Anything or nothing", checked));
        let kinds = TextKind::ALL.iter().map(|it| Choice::new(it.as_str(), words::text_kind(*it)));
        fields.push(chosen(&ask.given, "text_kind", "Whose words", "Anybody\u{2019}s", kinds));
        let sort = [
            Choice::new(Sort::Best.as_str(), "Words in the title first"),
            Choice::new(Sort::Register.as_str(), "By inquiry and number"),
            Choice::new(Sort::Changed.as_str(), "Last changed first"),
        ];
        fields.push(ChoiceField::new("sort", "Order", sort).value(ask.order().as_str()));
        fields
    }

    /// The bodies that can be chosen.
    pub fn bodies(&self) -> Vec<BodyId> {
        self.bodies.iter().map(|it| it.id).collect()
    }

    /// How many answers a choice of a filter would leave, where that is counted.
    pub fn number(&self, counts: &Counts, name: &str, value: &str) -> Option<Capped> {
        let number = match name {
            "inquiry" => {
                let inquiry = self.inquiries.iter().find(|it| it.slug.as_str() == value)?;
                Some(counts.inquiry.number(&[inquiry.id]))
            }
            "body" => {
                let body = self.bodies.iter().find(|it| it.slug.as_str() == value)?;
                Some(counts.body.number(&[body.id]))
            }
            "response" => of_word(&counts.response, value),
            "reported" => of_word(&counts.reported, value),
            "assessed" => match value.parse::<AssessedGroup>() {
                Ok(group) => {
                    let of: Vec<Assessed> =
                        Assessed::ALL.iter().copied().filter(|value| value.group() == group).collect();
                    Some(counts.assessed.number(&of))
                }
                Err(_) => of_word(&counts.assessed, value),
            },
            "lifecycle" => of_word(&counts.lifecycle, value),
            "theme" => {
                let theme = self.themes.iter().find(|it| it.slug.as_str() == value)?;
                Some(counts.theme.number(&[theme.id]))
            }
            "gap" => of_word(&counts.gap, value),
            "due" => of_word(&counts.due, value),
            "checked" => of_word(&counts.checked, value),
            "text_kind" => of_word(&counts.text_kind, value),
            _ => None,
        };
        // What stopped being counted before any was met says nothing.
        number.filter(|number| number.number > 0 || !number.more)
    }

    /// The filters that make sense within one inquiry: the body asked and the four facts.
    pub fn of_one_inquiry(&self, ask: &Ask) -> Vec<ChoiceField> {
        let mut bodies: Vec<Choice> =
            self.bodies.iter().map(|it| Choice::new(it.slug.to_string(), it.name.clone())).collect();
        bodies.push(Choice::new(NOT_KNOWN, "Not known"));
        let mut fields = vec![chosen(&ask.given, "body", "Body asked", "Any body", bodies)];
        fields.extend(Self::of_facts(ask));
        let gap = GapAsked::all().into_iter().map(|it| {
            let words = match it {
                GapAsked::Claimed => "It says so",
                GapAsked::Yes => "And it is not confirmed",
                GapAsked::Part(part) => words::gap_choice(part),
            };
            Choice::new(it.as_str(), words)
        });
        fields.push(chosen(&ask.given, "gap", "It says complete or in place", "Whether or not it says so", gap));
        fields
    }

    /// The filters that make sense within one recommendation: the four facts.
    pub fn of_facts(ask: &Ask) -> Vec<ChoiceField> {
        let responses = Response::ALL.iter().map(|it| Choice::new(it.as_str(), words::response(*it).words));
        let reported = Reported::ALL.iter().map(|it| Choice::new(it.as_str(), words::reported(*it).words));
        let groups = AssessedGroup::ALL.iter().map(|it| Choice::new(it.as_str(), words::assessed_group(*it).words));
        let findings = Assessed::ALL
            .iter()
            .filter(|it| **it != Assessed::NotAssessed)
            .map(|it| Choice::new(it.as_str(), format!("Only: {}", words::assessed(*it).words)));
        let lifecycle = Lifecycle::ALL.iter().map(|it| {
            let words = match it {
                Lifecycle::Closed => "Closed".into(),
                value => words::lifecycle(*value, None).words,
            };
            Choice::new(it.as_str(), words)
        });
        vec![
            chosen(&ask.given, "response", "Answer", "Any answer", responses),
            chosen(&ask.given, "reported", "What the body reports", "Anything or nothing", reported),
            chosen(&ask.given, "assessed", "What was found", "Anything or nothing", groups.chain(findings)),
            chosen(&ask.given, "lifecycle", "Open or closed", "Either", lifecycle),
        ]
    }
}

/// The number of one value of a closed vocabulary.
fn of_word<V: FromStr + Ord + Copy>(values: &Values<V>, word: &str) -> Option<Capped> {
    Some(values.number(&[word.parse().ok()?]))
}

/// One question; what the address asks for that is in no list, such as several values at once or a body that ended, stands as one
/// more choice.
pub fn chosen(
    given: &[(&'static str, String)],
    id: &'static str,
    label: &'static str,
    any: &'static str,
    choices: impl IntoIterator<Item = Choice>,
) -> ChoiceField {
    let given = given.iter().find(|(name, _)| *name == id).map_or("", |(_, value)| value.as_str());
    let mut all = vec![Choice::new("", any)];
    all.extend(choices);
    if !all.iter().any(|choice| choice.value == given) {
        let labels: Vec<&str> = given
            .split(',')
            .filter_map(|value| all.iter().find(|choice| choice.value == value))
            .map(|choice| choice.label.as_ref())
            .collect();
        let label =
            if labels.is_empty() { words::AS_IN_ADDRESS.to_owned() } else { format!("One of {}", labels.len()) };
        all.push(Choice::new(given.to_owned(), label));
    }
    ChoiceField::new(id, label, all).value(given)
}
