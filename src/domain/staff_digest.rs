//! The mail that tells those who work with the register of its work: how often, and on which days.

use jiff::civil::Weekday;

use super::calendar::Calendar;
use super::moment::Day;
use super::person::Role;
use super::text::text_enum;

text_enum! {
    /// How often somebody is mailed what happened and what waits.
    pub enum DigestCycle as "how often a digest comes" {
        /// On each working day on which there is something new to say.
        Daily = "daily",
        /// On Mondays, or on the first working day of the week.
        Weekly = "weekly",
        /// Never.
        Never = "never",
    }
}

impl DigestCycle {
    /// What somebody in this role gets who has chosen nothing.
    #[must_use]
    pub const fn usual(role: Role) -> Self {
        if role.oversees() { Self::Weekly } else { Self::Never }
    }

    /// Whether a digest is due on `today`, a working day, for somebody who was last told on `told_on`. One that could not be
    /// made on its day is made up for once. A day that has not come yet was a rehearsal, and counts as none.
    #[must_use]
    pub fn is_due(self, told_on: Option<Day>, today: Day, calendar: &Calendar) -> bool {
        match self {
            Self::Never => false,
            Self::Daily => told_on != Some(today),
            Self::Weekly => {
                let monday = today.plus_days(-i64::from(today.date().weekday().since(Weekday::Monday)));
                let first = calendar.working_from(monday);
                today >= first && told_on.is_none_or(|on| on < first || on > today)
            }
        }
    }
}

/// Whether somebody in this role can have a digest at all. Those of a body are told of their own items, by other mails.
#[must_use]
pub const fn is_for(role: Role) -> bool {
    !matches!(role, Role::Contributor)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::calendar::england;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_digest_is_due_on_its_day_or_made_up_for() {
        let calendar = england();
        for (cycle, told_on, today, due) in [
            (DigestCycle::Daily, "2027-01-18", "2027-01-18", false),
            (DigestCycle::Daily, "2027-01-18", "2027-01-19", true),
            (DigestCycle::Weekly, "2027-01-18", "2027-01-18", false),
            (DigestCycle::Weekly, "2027-01-18", "2027-01-22", false),
            (DigestCycle::Weekly, "2027-01-15", "2027-01-18", true),
            // Nothing ran on Monday.
            (DigestCycle::Weekly, "2027-01-11", "2027-01-21", true),
            // Easter Monday; Tuesday makes up for it.
            (DigestCycle::Weekly, "2027-03-22", "2027-03-29", false),
            (DigestCycle::Weekly, "2027-03-22", "2027-03-30", true),
            (DigestCycle::Weekly, "2027-03-30", "2027-03-31", false),
            // A rehearsal of a day far ahead keeps nothing back.
            (DigestCycle::Weekly, "2028-01-03", "2027-01-18", true),
            (DigestCycle::Daily, "2028-01-03", "2027-01-18", true),
            (DigestCycle::Never, "2020-01-01", "2027-01-18", false),
        ] {
            assert_eq!(cycle.is_due(Some(day(told_on)), day(today), &calendar), due, "{cycle} {told_on} {today}");
        }
        assert!(DigestCycle::Weekly.is_due(None, day("2027-01-20"), &calendar));
    }

    proptest! {
        #[test]
        fn each_week_with_a_working_day_has_one_weekly_digest(start in 0_i64..400) {
            let calendar = england();
            let begin = day("2026-12-07").plus_days(start);
            let begin = begin.plus_days(-i64::from(begin.date().weekday().since(Weekday::Monday)));
            let mut told_on = Some(begin.plus_days(-7));
            for week in 0..10 {
                let mut told = 0;
                for step in 0..7 {
                    let today = begin.plus_days(week * 7 + step);
                    if calendar.is_working(today) && DigestCycle::Weekly.is_due(told_on, today, &calendar) {
                        (told_on, told) = (Some(today), told + 1);
                    }
                }
                prop_assert_eq!(told, 1);
            }
        }
    }

    #[test]
    fn whoever_oversees_has_a_weekly_one_and_nobody_of_a_body_has_any() {
        for role in Role::ALL.iter().copied() {
            assert_eq!(DigestCycle::usual(role) == DigestCycle::Weekly, role.oversees(), "{role}");
            assert!(is_for(role) || DigestCycle::usual(role) == DigestCycle::Never, "{role}");
        }
        assert!(is_for(Role::Observer) && !is_for(Role::Contributor));
    }
}
