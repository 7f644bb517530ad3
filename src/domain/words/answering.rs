//! When an answer is owed, by which rule, what became of that date, how often a body renewed its thinking, and its plan.

use super::{dates, numbers};
use crate::domain::deadline::{DeadlineAct, DeadlineKind};
use crate::domain::deadline_rule::{DeadlineRule, Unit};
use crate::domain::moment::Day;

/// Of an answer under consideration: `renewed once`, `renewed twice`, `renewed 3 times`; nothing where it was not.
#[must_use]
pub fn renewed(times: i64) -> Option<String> {
    match times {
        1 => Some("renewed once".to_owned()),
        2 => Some("renewed twice".to_owned()),
        times => u64::try_from(times).ok().filter(|n| *n > 0).map(|n| format!("renewed {} times", numbers::number(n))),
    }
}

/// A rule as a form offers it: `56 days beginning with the day on which the recommendation was made (Police Reform Act …)`.
#[must_use]
pub fn rule_choice(rule: &DeadlineRule) -> String {
    format!("{} {} ({})", span(rule), rule.counted_from, rule.name)
}

fn span(rule: &DeadlineRule) -> String {
    let length = u64::try_from(rule.length).unwrap_or(0);
    let days = match rule.unit {
        Unit::Days => numbers::count(length, "day", "days"),
        Unit::Months => numbers::count(length, "month", "months"),
    };
    if rule.first_day_counts { format!("{days} beginning with") } else { format!("{days} after") }
}

/// By which rule a date was reckoned: `56 days beginning with 21 January 2027, under Police Reform Act 2002, …`.
#[must_use]
pub fn reckoned(rule: &DeadlineRule, from: Option<Day>) -> String {
    let from = from.map_or_else(|| rule.counted_from.clone(), dates::day);
    format!("{} {from}, under {}", span(rule), rule.name)
}

/// The same of a rule of which no more than its word is known here.
#[must_use]
pub fn reckoned_by_unknown(rule: &str) -> String {
    format!("by a rule that is called {rule}")
}

/// That a rule was added, in public.
#[must_use]
pub fn rule_added(rule: &DeadlineRule) -> String {
    format!("Answers can be owed by another rule of law: {}", rule_choice(rule))
}

/// That a rule is offered no more, in public.
#[must_use]
pub fn rule_ended(rule: &DeadlineRule) -> String {
    format!("No more answers are put under this rule of law: {}. Days reckoned by it stay", rule_choice(rule))
}

/// What happened to the day by which an answer is owed.
#[must_use]
pub fn deadline_act(act: DeadlineAct, on: Option<Day>, due: Option<Day>) -> String {
    let on = on.map_or_else(String::new, |on| format!(" on {}", dates::day(on)));
    let due = due.map(|due| super::due(DeadlineKind::Response, due).to_lowercase_first());
    match (act, due) {
        (DeadlineAct::Extended, Some(due)) => format!("More time to answer was given{on}: {due}"),
        (DeadlineAct::Paused, _) => format!("Time to answer stopped{on}"),
        (DeadlineAct::Resumed, Some(due)) => format!("Time to answer runs again{on}: {due}"),
        (DeadlineAct::Extended, None) => format!("More time to answer was given{on}"),
        (DeadlineAct::Resumed, None) => format!("Time to answer runs again{on}"),
    }
}

/// While time stands still: `Time to answer stopped on 3 March 2027 and does not run`.
#[must_use]
pub fn paused_since(on: Option<Day>) -> String {
    format!("{} and does not run", deadline_act(DeadlineAct::Paused, on, None))
}

/// Why more time cannot have been given on that day.
#[must_use]
pub fn given_before_set(given: Day, set: Day) -> String {
    format!(
        "More time cannot have been given on {}: the day that it extends was set on {} or later",
        dates::day(given),
        dates::day(set)
    )
}

/// Why an entry cannot be changed or taken out as somebody means to: what was recorded after it would not fit any more.
#[must_use]
pub fn fits_no_more(after: &str) -> String {
    format!(
        "\u{201c}{after}\u{201d} was recorded after it and would not fit any more: first correct that, or take it out"
    )
}

/// Whom an answer is owed to: `owed to the Harbour Inspectorate`.
#[must_use]
pub fn owed_to(whom: &str) -> String {
    format!("owed to {whom}")
}

/// A plan: `Plan: by 30 June 2027 the harbour master is to name an inspector`.
#[must_use]
pub fn plan(owner: &str, action: &str, by: Day) -> String {
    format!("Plan: by {} {owner} is to do this: {}", dates::day(by), action.trim_end_matches('.'))
}

/// A plan whose words are out of sight: `Plan for 30 June 2027`.
#[must_use]
pub fn plan_for(by: Day) -> String {
    format!("Plan for {}", dates::day(by))
}

/// That a body took its plan back.
pub const PLAN_TAKEN_BACK: &str = "The body took its plan back; no plan is recorded here";

/// Beside the note that a day passed: `An answer came on 31 March 2027, 14 days after that day`.
#[must_use]
pub fn came_late(came: Day, due: Day) -> String {
    format!("An answer came on {}, {} after that day", dates::day(came), numbers::days(came.days_since(due)))
}

trait LowerFirst {
    fn to_lowercase_first(&self) -> String;
}

impl LowerFirst for String {
    fn to_lowercase_first(&self) -> String {
        let mut signs = self.chars();
        signs.next().map_or_else(String::new, |first| first.to_lowercase().chain(signs).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::deadline_rule::built_in;
    use crate::domain::words::tests::{all_different, on};

    #[test]
    fn renewals_are_numbered() {
        assert_eq!(renewed(0), None);
        assert_eq!(renewed(-1), None);
        assert_eq!(renewed(1).as_deref(), Some("renewed once"));
        assert_eq!(renewed(2).as_deref(), Some("renewed twice"));
        assert_eq!(renewed(3).as_deref(), Some("renewed 3 times"));
    }

    #[test]
    fn a_date_says_by_which_rule_and_what_became_of_it() {
        let (from, due) = (on("2027-01-21"), on("2027-03-17"));
        assert_eq!(
            reckoned(&built_in()[0], Some(from)),
            "56 days beginning with 21 January 2027, under Police Reform Act 2002, Schedule 3, paragraph 28B"
        );
        assert_eq!(reckoned_by_unknown("another"), "by a rule that is called another");
        let months = DeadlineRule { length: 1, unit: Unit::Months, first_day_counts: false, ..built_in().remove(0) };
        assert!(
            reckoned(&months, None).starts_with("1 month after the day on which the recommendation was made, under")
        );
        assert!(rule_added(&months).contains("1 month after") && rule_ended(&months).contains("1 month after"));
        assert_eq!(
            deadline_act(DeadlineAct::Extended, Some(from), Some(due)),
            "More time to answer was given on 21 January 2027: response due 17 March 2027"
        );
        assert_eq!(paused_since(Some(from)), "Time to answer stopped on 21 January 2027 and does not run");
        all_different(DeadlineAct::ALL, |act| deadline_act(act, Some(from), Some(due)));
        assert_eq!(came_late(on("2027-03-31"), due), "An answer came on 31 March 2027, 14 days after that day");
        assert_eq!(
            plan("the harbour master", "Name an inspector.", due),
            "Plan: by 17 March 2027 the harbour master is to do this: Name an inspector"
        );
    }
}
