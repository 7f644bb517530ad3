//! Dates that something is owed by, and the rule for when one of them counts as missed.

use super::checked::Checked;
use super::lifecycle::Lifecycle;
use super::moment::Day;
use super::reported::Reported;
use super::text::text_enum;

text_enum! {
    /// What is owed by a date.
    pub enum DeadlineKind as "kind of deadline" {
        /// An answer to the recommendation.
        Response = "response",
        /// The next return on a schedule.
        Return = "return",
        /// The day by which the body itself says it will be done.
        Target = "target",
        /// The day by which a body that is considering will decide.
        Decision = "decision",
        /// The day on which oversight looks again.
        Recheck = "recheck",
        /// The day by which the post that owns a body's plan is to have acted.
        Plan = "plan",
    }
}

impl DeadlineKind {
    /// The kinds that the register watches. A plan's own day is not among them: what a body promises is its target.
    pub const WATCHED: &'static [Self] = &[Self::Response, Self::Return, Self::Target, Self::Decision, Self::Recheck];
}

text_enum! {
    /// What happened to a date that was set. Each is a published row of its own; none edits the row before it.
    pub enum DeadlineAct as "what happened to a date" {
        /// More time was given.
        Extended = "extended",
        /// Time stopped, as it does while a court looks at the recommendation.
        Paused = "paused",
        /// Time runs again; the date lies later by the days for which it stood.
        Resumed = "resumed",
    }
}

/// What is needed to say whether silence about a date may be held against anybody.
#[derive(Debug, Clone, Copy)]
pub struct Owed {
    /// The date, where one is set.
    pub due_on: Option<Day>,
    /// How far the date itself was checked.
    pub checked: Checked,
    /// How far it was checked that the body was asked at all.
    pub asked: Checked,
    /// The day on which this register took the addressee in.
    pub taken_in_on: Day,
    /// The first day on which the register can say that nothing came; `None` where it cannot. See
    /// [`heard_on`](super::heard::heard_on).
    pub heard_on: Option<Day>,
    /// Whether what was owed has arrived, been reached, or been replaced by a later date.
    pub settled: bool,
    /// Whether a body answers for it. Where one ended and it is not decided who took this over, or nobody did, nothing is held
    /// against anybody.
    pub answered: bool,
    /// While a hold keeps silence from being told: since when. What had passed before counts as it did.
    pub quiet_since: Option<Day>,
}

impl Owed {
    /// Whether the register was there to hear: the date was set and checked, it is known that the body was asked, a body answers
    /// for it, the addressee was taken in before the date passed, and so was the date, or somebody has sought what is owed since.
    #[must_use]
    pub fn was_there_to_hear(&self) -> bool {
        self.due_on.is_some_and(|due| self.taken_in_on <= due)
            && self.heard_on.is_some()
            && self.checked.is_certain_enough_to_count_silence()
            && !self.asked.is_only_likely()
            && self.answered
    }

    /// Whether it counts as missed on `today`: the register was there to hear, the day is over, and nothing came; and it was
    /// over before a hold began, where one lasts.
    #[must_use]
    pub fn is_missed(&self, today: Day) -> bool {
        let told_until = self.quiet_since.map_or(today, |since| since.min(today));
        !self.settled
            && self.was_there_to_hear()
            && self.due_on.is_some_and(|due| due < told_until)
            && self.heard_on.is_some_and(|heard| heard <= told_until)
    }

    /// Whether the date has passed, what is owed by it has not come as far as is known here, and nobody has sought it since: it
    /// was recorded only after it had passed, and is held against nobody.
    #[must_use]
    pub fn is_unheard(&self, today: Day) -> bool {
        !self.settled && self.heard_on.is_none() && self.due_on.is_some_and(|due| due < today)
    }

    /// Days past the date, at least one; `None` where it does not count as missed.
    #[must_use]
    pub fn days_missed(&self, today: Day) -> Option<i64> {
        self.is_missed(today).then(|| self.due_on.map_or(0, |due| today.days_since(due)))
    }
}

/// From which day on silence may be held against a body: the day on which it was taken in, or on which it became known that
/// it was asked at all, where that was only likely before. `asked` is everything published about that, in order.
#[must_use]
pub fn listening_since(asked: &[(Day, Checked)]) -> Option<Day> {
    let known = asked.iter().rev().take_while(|(_, checked)| !checked.is_only_likely()).last();
    known.or(asked.first()).map(|(day, _)| *day)
}

/// Where an answer stands, as far as it settles what is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// What the body says it has done.
    pub reported: Reported,
    /// Whether it is done.
    pub done: bool,
    /// Open, closed or lapsed.
    pub lifecycle: Lifecycle,
}

impl Standing {
    /// Whether a target is reached: the body says so (whether it is believed is another fact), or oversight found it done.
    #[must_use]
    pub const fn is_reached(self) -> bool {
        self.done || self.reported.claims_done()
    }
}

/// Whether a date that still stands in an answer's row is settled all the same: nothing is owed on what is closed, and a
/// target is owed no more once it is reached. What an arrival or an answer settles does not stand in the row any more.
#[must_use]
pub const fn is_settled(kind: DeadlineKind, standing: Standing) -> bool {
    // Oversight looks again at what is closed, too; which day is met is known to the row.
    if matches!(kind, DeadlineKind::Recheck) {
        return false;
    }
    matches!(standing.lifecycle, Lifecycle::Closed) || (matches!(kind, DeadlineKind::Target) && standing.is_reached())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_owed_on_what_is_closed_and_a_target_is_reached_when_the_body_says_so() {
        let open = Standing { reported: Reported::UnderWay, done: false, lifecycle: Lifecycle::Open };
        let says_done = Standing { reported: Reported::InPlace, ..open };
        for kind in DeadlineKind::ALL.iter().copied() {
            assert!(!is_settled(kind, open), "{kind}");
            let closed = is_settled(kind, Standing { lifecycle: Lifecycle::Closed, ..open });
            assert_eq!(closed, kind != DeadlineKind::Recheck, "{kind}");
            assert!(!is_settled(kind, Standing { lifecycle: Lifecycle::Lapsed, ..open }), "{kind}");
            assert_eq!(is_settled(kind, says_done), kind == DeadlineKind::Target, "{kind}");
        }
    }

    #[test]
    fn a_body_is_listened_for_from_the_day_on_which_it_is_known_that_it_was_asked() {
        let on = |day_of_may: u8, checked| (day(&format!("2027-05-{day_of_may:02}")), checked);
        let since = |asked: &[(Day, Checked)]| listening_since(asked);
        assert_eq!(since(&[]), None);
        assert_eq!(since(&[on(1, Checked::Secondary), on(9, Checked::Source)]), Some(day("2027-05-01")));
        assert_eq!(
            since(&[on(1, Checked::Probable), on(5, Checked::Quoted), on(9, Checked::Source)]),
            Some(day("2027-05-05"))
        );
        assert_eq!(since(&[on(1, Checked::Source), on(5, Checked::Probable)]), Some(day("2027-05-01")));
    }

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn silence_counts_only_where_the_register_was_there_to_hear() {
        let old = Owed {
            due_on: Some(day("2014-11-30")),
            checked: Checked::Source,
            asked: Checked::Secondary,
            taken_in_on: day("2026-11-23"),
            heard_on: Some(day("2014-12-01")),
            settled: false,
            answered: true,
            quiet_since: None,
        };
        assert!(!old.is_missed(day("2030-01-01")), "a date that passed before the register began is never missed");
        let heard = Owed { due_on: Some(day("2027-03-01")), heard_on: Some(day("2027-03-02")), ..old };
        assert!(!heard.is_missed(day("2027-03-01")), "the day itself still belongs to the body");
        assert_eq!(heard.days_missed(day("2027-03-02")), Some(1));
        let held_since = |since| Owed { quiet_since: Some(day(since)), ..heard };
        assert!(!held_since("2027-03-01").is_missed(day("2027-06-01")), "it passed under the hold");
        assert!(held_since("2027-03-02").is_missed(day("2027-06-01")), "it had passed before the hold");
        assert!(!Owed { settled: true, ..heard }.is_missed(day("2027-03-02")));
        assert!(!Owed { checked: Checked::Secondary, ..heard }.is_missed(day("2027-03-02")));
        assert!(!Owed { asked: Checked::Probable, ..heard }.is_missed(day("2027-03-02")));
        assert!(!Owed { due_on: None, ..heard }.is_missed(day("2027-03-02")));
        assert!(!Owed { answered: false, ..heard }.is_missed(day("2027-03-02")), "nobody owes it");
        let late = Owed { heard_on: None, ..heard };
        assert!(!late.is_missed(day("2030-01-01")) && late.is_unheard(day("2027-03-02")), "nobody has looked since");
        assert!(!late.is_unheard(day("2027-03-01")) && !Owed { settled: true, ..late }.is_unheard(day("2027-03-02")));
        let looked = Owed { heard_on: Some(day("2027-05-01")), ..heard };
        assert!(!looked.is_missed(day("2027-04-30")) && looked.is_missed(day("2027-05-01")));
        assert_eq!(looked.days_missed(day("2027-05-01")), Some(61), "counted from the date itself");
        let since = Owed { quiet_since: Some(day("2027-04-01")), ..looked };
        assert!(!since.is_missed(day("2027-06-01")), "it became known under the hold");
    }
}
