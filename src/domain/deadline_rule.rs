//! Rules of law by which the day of an answer is reckoned. Each is a row with its source; a rule that somebody needs is one
//! more row here, once its own words have been read.

use super::moment::Day;

/// A rule that sets a time for answering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeadlineRule {
    /// The word that stands for it in the ledger.
    pub slug: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// How many days it gives.
    pub days: i64,
    /// Whether the day from which it counts is the first of them ("beginning with").
    pub first_day_counts: bool,
    /// What happened on the day from which it counts.
    pub counted_from: &'static str,
    /// Where it can be read.
    pub source_url: &'static str,
}

/// The rules.
pub const RULES: &[DeadlineRule] = &[
    // Paragraph 28B(2). (3) lets the period be extended; by (4) it is longer by the days of a judicial review.
    DeadlineRule {
        slug: "police-reform-act-28b",
        name: "Police Reform Act 2002, Schedule 3, paragraph 28B",
        days: 56,
        first_day_counts: true,
        counted_from: "the day on which the recommendation was made",
        source_url: "https://www.legislation.gov.uk/ukpga/2002/30/schedule/3/paragraph/28B",
    },
];

/// The rule of that word.
#[must_use]
pub fn find(slug: &str) -> Option<&'static DeadlineRule> {
    RULES.iter().find(|rule| rule.slug == slug)
}

impl DeadlineRule {
    /// The last day for the answer, counted from this day.
    #[must_use]
    pub fn due(&self, from: Day) -> Day {
        from.plus_days(if self.first_day_counts { self.days - 1 } else { self.days })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::link::web_address;

    #[test]
    fn fifty_six_days_beginning_with_a_day_end_on_the_fifty_fifth_after_it() {
        let rule = find("police-reform-act-28b").unwrap();
        assert_eq!(rule.due("2027-01-21".parse().unwrap()).to_string(), "2027-03-17");
    }

    #[test]
    fn every_rule_has_a_word_of_its_own_and_a_source() {
        let slugs: BTreeSet<_> = RULES.iter().map(|rule| rule.slug).collect();
        assert_eq!(slugs.len(), RULES.len());
        for rule in RULES {
            assert!(rule.days > 0 && !rule.name.is_empty(), "{rule:?}");
            assert!(matches!(web_address(rule.source_url), Ok(Some(_))), "{rule:?}");
        }
    }
}
