//! Whether this register can say that nothing came by a date. This is the one place that says so; `/about` says it in words, and
//! `store::heard` says it to the database.
//!
//! Who wrote a date down before it had passed was waiting for what is owed, and hears that nothing comes. A date that was
//! recorded only after it had passed was waited for by nobody: of what came by then nobody here knows, until somebody has looked
//! for it on that day or later and found nothing, or the body was asked for it and has not answered.

use super::deadline::DeadlineKind;
use super::moment::Day;

/// What somebody did by which they would have come upon what is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought {
    /// Looked for it and found nothing; or heard from the body, which told of something else.
    Looked(Day),
    /// Asked the body.
    Asked(Day),
}

/// The first day on which this register can say that nothing came by `due`; `None` where it cannot say so. `waited_since` is the
/// day on which the date was recorded here, or the first of the dates that it took the place of or put right.
#[must_use]
pub fn heard_on(due: Day, waited_since: Day, sought: impl IntoIterator<Item = Sought>) -> Option<Day> {
    let over = due.plus_days(1);
    if waited_since <= due {
        return Some(over);
    }
    let from = |one| match one {
        // What is looked for earlier may come later on the same day; nothing can come late by a look after it.
        Sought::Looked(on) => (on >= due).then(|| on.max(over)),
        // The day on which it is asked is the body's, as the last day of any date is.
        Sought::Asked(on) => Some(on.plus_days(1).max(over)),
    };
    sought.into_iter().filter_map(from).min()
}

/// Whether the rule is asked of a kind of date: oversight itself looks again, and knows whether it did.
#[must_use]
pub const fn is_waited_for(kind: DeadlineKind) -> bool {
    !matches!(kind, DeadlineKind::Recheck)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_date_that_was_recorded_late_is_heard_once_somebody_has_looked_or_asked() {
        let (due, late) = (day("2026-02-09"), day("2026-11-29"));
        let heard = |sought: &[Sought]| heard_on(due, late, sought.iter().copied());
        assert_eq!(heard_on(due, due, []), Some(day("2026-02-10")), "recorded while it could still be met");
        assert_eq!(heard(&[]), None, "nobody has looked");
        assert_eq!(heard(&[Sought::Looked(day("2026-02-08"))]), None, "it could still come on the next day");
        assert_eq!(heard(&[Sought::Looked(due)]), Some(day("2026-02-10")));
        assert_eq!(heard(&[Sought::Looked(day("2026-11-30"))]), Some(day("2026-11-30")));
        assert_eq!(
            heard(&[Sought::Asked(day("2026-01-05"))]),
            Some(day("2026-02-10")),
            "asked before, and it never came"
        );
        assert_eq!(heard(&[Sought::Asked(day("2026-11-30"))]), Some(day("2026-12-01")), "that day is the body's");
        let both = [Sought::Asked(day("2026-12-20")), Sought::Looked(day("2026-12-01"))];
        assert_eq!(heard(&both), Some(day("2026-12-01")));
        assert!(DeadlineKind::ALL.iter().all(|kind| is_waited_for(*kind) == (*kind != DeadlineKind::Recheck)));
    }

    proptest! {
        #[test]
        fn nothing_is_heard_before_the_day_is_over_and_late_only_by_somebody_who_sought(
            due in 0_i64..400,
            since in 0_i64..400,
            sought in prop::collection::vec((any::<bool>(), 0_i64..400), 0..6),
        ) {
            let on = |days| day("2026-01-01").plus_days(days);
            let sought: Vec<Sought> = sought
                .into_iter()
                .map(|(asked, days)| if asked { Sought::Asked(on(days)) } else { Sought::Looked(on(days)) })
                .collect();
            let heard = heard_on(on(due), on(since), sought.iter().copied());
            prop_assert!(heard.is_none_or(|day| day > on(due)));
            prop_assert!(since > due || heard == Some(on(due + 1)));
            let none = sought.iter().all(|one| matches!(one, Sought::Looked(day) if *day < on(due)));
            prop_assert_eq!(heard.is_none(), since > due && none);
            // More that was done takes nothing back.
            let more = sought.iter().copied().chain([Sought::Looked(on(399))]);
            let later = heard_on(on(due), on(since), more);
            prop_assert!(heard.is_none_or(|day| later.is_some_and(|later| later <= day)));
        }
    }
}
