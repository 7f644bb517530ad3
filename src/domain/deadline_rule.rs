//! Rules of law by which the day of an answer is reckoned, as data. One comes with the program; an administrator adds others,
//! each with its source. A rule is never changed, for days were reckoned by it: it is ended, and another one is added.

use serde::{Deserialize, Serialize};

use super::moment::Day;
use super::problem::Problems;
use super::text::{Slug, text_enum};

text_enum! {
    /// In what a rule counts.
    pub enum Unit as "unit of a rule" {
        /// Days.
        Days = "days",
        /// Calendar months.
        Months = "months",
    }
}

/// A rule that sets a time for answering.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadlineRule {
    /// The word that stands for it in the ledger.
    pub slug: String,
    /// What it is called: the law and its section.
    pub name: String,
    /// How many days or months it gives.
    pub length: i64,
    /// Which of them.
    pub unit: Unit,
    /// Whether the day from which it counts is the first of them ("beginning with").
    pub first_day_counts: bool,
    /// What happened on the day from which it counts.
    pub counted_from: String,
    /// Where it can be read.
    pub source_url: String,
    /// Whether it is offered no more.
    #[serde(default)]
    pub ended: bool,
}

/// What every rule counts from where nobody says otherwise.
pub const FROM_MADE: &str = "the day on which the recommendation was made";

/// The rules that come with the program.
#[must_use]
pub fn built_in() -> Vec<DeadlineRule> {
    // Paragraph 28B(2). (3) lets the period be extended; by (4) it is longer by the days of a judicial review.
    vec![DeadlineRule {
        slug: "police-reform-act-28b".to_owned(),
        name: "Police Reform Act 2002, Schedule 3, paragraph 28B".to_owned(),
        length: 56,
        unit: Unit::Days,
        first_day_counts: true,
        counted_from: FROM_MADE.to_owned(),
        source_url: "https://www.legislation.gov.uk/ukpga/2002/30/schedule/3/paragraph/28B".to_owned(),
        ended: false,
    }]
}

/// The rule of that word among those that are known.
#[must_use]
pub fn find<'a>(rules: &'a [DeadlineRule], slug: &str) -> Option<&'a DeadlineRule> {
    rules.iter().find(|rule| rule.slug == slug)
}

/// A rule as somebody enters it.
#[derive(Debug, Clone, Default)]
pub struct RuleTyped {
    /// What it is called.
    pub name: Option<String>,
    /// How many days or months.
    pub length: Option<i64>,
    /// Which of them.
    pub unit: Option<Unit>,
    /// Whether the first day counts.
    pub first_day_counts: Option<bool>,
    /// What happened on the day from which it counts.
    pub counted_from: Option<String>,
    /// Where it can be read.
    pub source_url: Option<String>,
}

/// The most that a rule can give.
const MOST: i64 = 1000;

impl RuleTyped {
    /// The rule, with a word that none of those known has.
    ///
    /// # Errors
    /// What is missing or cannot be; the fields are those of the form.
    pub fn parse(self, known: &[DeadlineRule]) -> Result<DeadlineRule, Problems> {
        let mut problems = Problems::none();
        let name = self.name.unwrap_or_default();
        if name.is_empty() {
            problems.add("name", "Enter the law and its section, such as \u{201c}Ferries Act 2020, section 12\u{201d}");
        } else if known.iter().any(|rule| !rule.ended && rule.name == name) {
            problems.add("name", "A rule of this name is there already");
        }
        let length = self.length.filter(|length| (1..=MOST).contains(length));
        if length.is_none() {
            problems.add("length", format!("Enter a number from 1 to {MOST}"));
        }
        if self.unit.is_none() {
            problems.add("unit", "Choose days or months");
        }
        if self.first_day_counts.is_none() {
            problems.add("counts", "Choose how the law counts");
        }
        if self.counted_from.is_none() {
            problems.add("counted_from", "Enter what happened on the day from which it counts");
        }
        if self.source_url.is_none() {
            problems.add("source_url", "Enter the link to where the law can be read");
        }
        problems.into_result()?;
        let base = Slug::from_words(&name);
        let mut slugs = std::iter::once(base.to_string()).chain((2..).map(|n| format!("{base}-{n}")));
        let slug = slugs.find(|slug| find(known, slug).is_none());
        Ok(DeadlineRule {
            slug: slug.unwrap_or_default(),
            name,
            length: length.unwrap_or_default(),
            unit: self.unit.unwrap_or(Unit::Days),
            first_day_counts: self.first_day_counts.unwrap_or_default(),
            counted_from: self.counted_from.unwrap_or_default(),
            source_url: self.source_url.unwrap_or_default(),
            ended: false,
        })
    }
}

impl DeadlineRule {
    /// The last day for the answer, counted from this day.
    #[must_use]
    pub fn due(&self, from: Day) -> Day {
        let after = match self.unit {
            Unit::Days => from.plus_days(self.length),
            Unit::Months => from.plus_months(self.length),
        };
        if self.first_day_counts { after.plus_days(-1) } else { after }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::link::web_address;

    #[test]
    fn days_and_months_beginning_with_a_day_end_one_day_before_those_after_it() {
        let rule = built_in().remove(0);
        let from = "2027-01-21".parse().unwrap();
        assert_eq!(rule.due(from).to_string(), "2027-03-17");
        assert_eq!(DeadlineRule { first_day_counts: false, ..rule.clone() }.due(from).to_string(), "2027-03-18");
        let months = DeadlineRule { length: 6, unit: Unit::Months, ..rule };
        assert_eq!(months.due(from).to_string(), "2027-07-20");
        assert_eq!(DeadlineRule { first_day_counts: false, ..months }.due(from).to_string(), "2027-07-21");
    }

    #[test]
    fn every_rule_has_a_word_of_its_own_and_a_source() {
        let rules = built_in();
        let slugs: BTreeSet<_> = rules.iter().map(|rule| &rule.slug).collect();
        assert_eq!(slugs.len(), rules.len());
        for rule in &rules {
            assert!(rule.length > 0 && !rule.name.is_empty(), "{rule:?}");
            assert!(matches!(web_address(&rule.source_url), Ok(Some(_))), "{rule:?}");
        }
    }

    #[test]
    fn what_somebody_enters_is_whole_and_gets_a_word_that_nothing_has() {
        let mut known = built_in();
        let empty = RuleTyped::default().parse(&known).unwrap_err();
        let fields: Vec<&str> = empty.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["name", "length", "unit", "counts", "counted_from", "source_url"]);
        let typed = RuleTyped {
            name: Some("Ferries Act 2020, section 12".to_owned()),
            length: Some(28),
            unit: Some(Unit::Days),
            first_day_counts: Some(false),
            counted_from: Some(FROM_MADE.to_owned()),
            source_url: Some("https://ashgrove.example/act".to_owned()),
        };
        let rule = typed.clone().parse(&known).unwrap();
        assert_eq!(rule.slug, "ferries-act-2020-section-12");
        known.push(rule);
        assert_eq!(typed.clone().parse(&known).unwrap_err().at("name"), Some("A rule of this name is there already"));
        known.iter_mut().for_each(|rule| rule.ended = true);
        assert_eq!(typed.clone().parse(&known).unwrap().slug, "ferries-act-2020-section-12-2");
        assert!(RuleTyped { length: Some(0), ..typed }.parse(&known).is_err());
    }
}
