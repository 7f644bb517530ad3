//! Until which day a finding counts as looked at lately. This is the one place that says so; `/about` says it in words.
//!
//! The rule follows the register's own schedules and invents no other. Oversight's days for looking again rule where they are
//! set (they are asked for when an answer is closed, after 6, 18 and 36 months where nobody says otherwise). Where there is
//! none, a finding is good for as long as one return: the body is asked so often because things change so often. Where
//! neither is set there is no schedule, and age alone is held against no finding. It never changes the finding itself.

use super::assessed::Assessed;
use super::lifecycle::Lifecycle;
use super::moment::{Day, Happened};
use super::record::State;

/// The last day on which the finding counts as looked at lately; `None` where nothing was found, or no schedule says.
#[must_use]
pub fn looked_until(state: &State) -> Option<Day> {
    if !state.is_counted() {
        return None;
    }
    let schedule = Schedule {
        again_on: state.recheck_due.map(|due| due.on),
        every_months: state.return_every.filter(|_| state.lifecycle.value != Lifecycle::Closed),
    };
    schedule.until(state.assessed.value, state.assessed.happened)
}

/// What says how long a finding holds good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Schedule {
    /// The next day on which oversight looks again.
    pub again_on: Option<Day>,
    /// Every so many months the body is asked for a return; nothing is asked on what is closed.
    pub every_months: Option<i64>,
}

impl Schedule {
    /// The last day for a finding made then. Nothing is reckoned from a day that is not exact.
    #[must_use]
    pub fn until(self, found: Assessed, when: Happened) -> Option<Day> {
        if found == Assessed::NotAssessed {
            return None;
        }
        let one_return = || Some(when.exact()?.plus_months(self.every_months?));
        self.again_on.or_else(one_return)
    }
}

/// Whether a finding that counts until then was looked at lately.
#[must_use]
pub fn is_lately(until: Option<Day>, today: Day) -> bool {
    until.is_none_or(|until| until >= today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moment::Precision;

    fn on(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn oversights_own_days_rule_then_one_return_then_nothing() {
        let found = Happened::on(on("2026-08-31"));
        let until = |again: Option<&str>, every_months| {
            Schedule { again_on: again.map(on), every_months }.until(Assessed::OnCourse, found)
        };
        assert_eq!(until(Some("2027-05-23"), Some(3)), Some(on("2027-05-23")));
        assert_eq!(until(None, Some(6)), Some(on("2027-02-28")));
        assert_eq!(until(None, None), None);
        let schedule = Schedule { again_on: Some(on("2027-05-23")), every_months: Some(3) };
        assert_eq!(schedule.until(Assessed::NotAssessed, Happened::UNKNOWN), None);
        let about = Happened::new(Some(on("2026-08-31")), Precision::About);
        assert_eq!(Schedule { again_on: None, ..schedule }.until(Assessed::OnCourse, about), None);
    }

    #[test]
    fn the_day_itself_still_counts() {
        assert!(is_lately(Some(on("2027-05-23")), on("2027-05-23")));
        assert!(!is_lately(Some(on("2027-05-23")), on("2027-05-24")));
        assert!(is_lately(None, on("2027-05-24")));
    }
}
