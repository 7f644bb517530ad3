//! Target dates: who set them, how they moved, and what is not known about those that passed before the register began.

use super::{dates, numbers};
use crate::domain::moment::Day;
use crate::domain::target_ask::AskDecision;

/// For a target that passed before this register took the answer in.
pub const PASSED_BEFORE_REGISTER: &str = "Whether it was met is not recorded here";

/// Why no target is set or moved on what is closed. A request that waits can be refused.
pub const TARGET_OF_CLOSED: &str =
    "This item is closed, so its target date does not move. Open it again first, or refuse what was asked";
/// Why a return gives no target on what is closed: whoever reads this is the body or the register.
pub const NO_TARGET_ON_CLOSED: &str =
    "This item is closed, so no target date is set on it. Clear the date, or have the item opened again first";
/// Why a return gives no other target where one was taken back: it would move with no reason and nobody agreeing.
pub const TARGET_WAS_TAKEN_BACK: &str = "A target date was set before and taken back. Clear this, and ask for another one, with the \
                                         reason, from the page of this item";
/// Why no updates are asked for on what is closed.
pub const NOTHING_ASKED_OF_CLOSED: &str = "It is closed, and nothing is asked about it";
/// Why nobody asks for a later date where the item is closed.
pub const NO_ASKING_CLOSED: &str = "This item is closed, so its target date does not move.";
/// Why nobody asks for a later date where there is none.
pub const NO_ASKING_BARE: &str = "There is no target date that could be later.";
/// Why there is nothing to decide on.
pub const NO_ASK_WAITS: &str = "No request waits here. It may have been decided already.";

/// Why a target is not set to a day that has passed without a word on it.
#[must_use]
pub fn target_has_passed(on: Day) -> String {
    format!("{} has passed already. Tick that this is the date that the body set, or enter another one", dates::day(on))
}

/// What is known about an answer's target.
#[derive(Debug, Clone, Copy)]
pub struct TargetFacts<'a> {
    /// The date that stands now.
    pub on: Day,
    /// The body that set it.
    pub set_by: &'a str,
    /// The first date ever set, where another one stands now.
    pub first: Option<Day>,
    /// Who set the first one, where that was somebody else.
    pub first_set_by: Option<&'a str>,
    /// How often it was moved.
    pub times_moved: i64,
    /// Days past the first target, where the register was there to see.
    pub days_past_first: Option<i64>,
    /// Whether it passed before the register took the answer in.
    pub passed_before_register: bool,
}

/// `Target 30 November 2014, set by Rotherham Council`.
#[must_use]
pub fn target(on: Day, set_by: &str) -> String {
    format!("Target {}, set by {set_by}", dates::day(on))
}

/// Everything about a target in one line: `Target 1 March 2028, set by the Ferry Authority, first target 14 January 2027,
/// moved 3 times, 412 days past the first target`.
#[must_use]
pub fn target_line(facts: &TargetFacts<'_>) -> String {
    let mut line = target(facts.on, facts.set_by);
    let by = facts.first_set_by.map_or_else(String::new, |setter| format!(", set by {setter}"));
    let first = facts.first.map(|first| format!("first target {}{by}", dates::day(first)));
    let moved = [first, times_moved(facts.times_moved), facts.days_past_first.and_then(days_past_first_target)];
    for more in moved.into_iter().flatten() {
        line.push_str(", ");
        line.push_str(&more);
    }
    if facts.passed_before_register {
        line.push_str(". ");
        line.push_str(PASSED_BEFORE_REGISTER);
    }
    line
}

/// A target that a body took back: `Target date taken back by the Ferry Authority; it was 1 March 2028`.
#[must_use]
pub fn target_taken_back(from: Option<Day>, by: &str) -> String {
    let was = from.map_or_else(String::new, |from| format!("; it was {}", dates::day(from)));
    format!("Target date taken back by {by}{was}")
}

/// `Target moved from 30 November 2014 to 31 March 2015 by Rotherham Council`.
#[must_use]
pub fn target_moved(from: Day, to: Day, set_by: &str) -> String {
    format!("Target moved from {} to {} by {set_by}", dates::day(from), dates::day(to))
}

/// Who agreed that a target moves: `agreed by the Scrutiny Committee`.
#[must_use]
pub fn agreed_by(whom: &str) -> String {
    format!("agreed by {whom}")
}

/// A body's request that waits: `Ashgrove Council asked on 3 March 2027 for 30 June 2028 in the place of 1 March 2028`.
#[must_use]
pub fn asked_for_later(body: &str, asked_on: Day, wanted: Day, instead_of: Option<Day>) -> String {
    let bare = asked_for_later_bare(asked_on, wanted, instead_of);
    format!("{body} a{}", bare.trim_start_matches('A'))
}

/// The same after the name of the body: `Asked on 3 March 2027 for the target date 30 June 2028`.
#[must_use]
pub fn asked_for_later_bare(asked_on: Day, wanted: Day, instead_of: Option<Day>) -> String {
    let instead = instead_of.map_or_else(String::new, |day| format!(" in the place of {}", dates::day(day)));
    format!("Asked on {} for the target date {}{instead}", dates::day(asked_on), dates::day(wanted))
}

/// What was decided on a request: `Refused by the Scrutiny Committee`.
#[must_use]
pub fn ask_decision(decision: AskDecision, by: Option<&str>) -> String {
    let what = match decision {
        AskDecision::Granted => "Granted",
        AskDecision::Refused => "Refused",
    };
    by.map_or_else(|| what.to_owned(), |by| format!("{what} by {by}"))
}

/// What a body's request is called where a date stands, and where it was taken back.
#[must_use]
pub const fn ask_for_target(stands: bool) -> &'static str {
    if stands { "Ask for a later target date" } else { "Ask for another target date" }
}

/// `moved once`, `moved 3 times`; nothing where it was never moved.
#[must_use]
pub fn times_moved(times: i64) -> Option<String> {
    match times {
        1 => Some("moved once".to_owned()),
        times => u64::try_from(times).ok().filter(|n| *n > 0).map(|n| format!("moved {} times", numbers::number(n))),
    }
}

/// `412 days past the first target`; nothing before or on the day itself.
#[must_use]
pub fn days_past_first_target(days: i64) -> Option<String> {
    (days > 0).then(|| format!("{} past the first target", numbers::days(days)))
}

/// A first target that passed though a later date stands: `First target 2 July 2024, moved 3 times, 880 days past the first
/// target; now due 1 March 2028`. Where none stands it was taken back.
#[must_use]
pub fn first_target_passed(first: Day, times: i64, days: i64, now: Option<Day>) -> String {
    let now = now.map_or_else(|| "taken back since".to_owned(), |now| format!("now due {}", dates::day(now)));
    format!("{}; {now}", first_target(first, times, days))
}

/// The first target of one that was moved: `First target 2 July 2024, moved 3 times, 880 days past the first target`.
#[must_use]
pub fn first_target(first: Day, times: i64, days: i64) -> String {
    let first = format!("First target {}", dates::day(first));
    let line: Vec<String> =
        [Some(first), times_moved(times), days_past_first_target(days)].into_iter().flatten().collect();
    line.join(", ")
}

/// How many of them there are: `2 first target dates have passed though they were moved`.
#[must_use]
pub fn first_targets_passed(n: u64, more: bool) -> String {
    match (n, more) {
        (1, false) => "1 first target date has passed though it was moved".to_owned(),
        (n, false) => format!("{} first target dates have passed though they were moved", numbers::number(n)),
        (n, true) => format!("{}+ first target dates have passed though they were moved", numbers::number(n)),
    }
}

/// A decision on a request for a later target date, to the body: `Granted: the target date is now 31 May 2027`.
#[must_use]
pub fn extension_decided(decision: AskDecision, target: Option<Day>) -> String {
    match (decision, target) {
        (AskDecision::Granted, Some(on)) => format!("Granted: the target date is now {}", dates::day(on)),
        (AskDecision::Granted, None) => "Granted".to_owned(),
        (AskDecision::Refused, Some(on)) => format!("Refused: the target date stays {}", dates::day(on)),
        (AskDecision::Refused, None) => "Refused".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::on;

    #[test]
    fn targets_say_who_set_them_and_how_they_moved() {
        let facts = TargetFacts {
            on: on("2014-11-30"),
            set_by: "Rotherham Council",
            first: None,
            first_set_by: None,
            times_moved: 0,
            days_past_first: None,
            passed_before_register: true,
        };
        assert_eq!(
            target_line(&facts),
            "Target 30 November 2014, set by Rotherham Council. Whether it was met is not recorded here"
        );
        let moved = TargetFacts {
            on: on("2028-03-01"),
            set_by: "the Ferry Authority",
            first: Some(on("2027-01-14")),
            first_set_by: Some("the Home Office"),
            times_moved: 3,
            days_past_first: Some(412),
            passed_before_register: false,
        };
        assert_eq!(
            target_line(&moved),
            "Target 1 March 2028, set by the Ferry Authority, first target 14 January 2027, set by the Home Office, moved 3 times, 412 days past the first target"
        );
        let (asked, wanted) = (on("2027-03-03"), on("2028-06-30"));
        assert_eq!(
            asked_for_later("The authority", asked, wanted, Some(on("2028-03-01"))),
            "The authority asked on 3 March 2027 for the target date 30 June 2028 in the place of 1 March 2028"
        );
        assert_eq!(ask_decision(AskDecision::Refused, Some("the committee")), "Refused by the committee");
        assert_eq!(
            first_target_passed(on("2024-07-02"), 3, 880, Some(on("2028-03-01"))),
            "First target 2 July 2024, moved 3 times, 880 days past the first target; now due 1 March 2028"
        );
        assert_eq!(
            first_target_passed(on("2024-07-02"), 1, 1, None),
            "First target 2 July 2024, moved once, 1 day past the first target; taken back since"
        );
        assert_eq!(first_targets_passed(1, false), "1 first target date has passed though it was moved");
        assert_eq!(times_moved(0), None);
        assert_eq!(times_moved(1).as_deref(), Some("moved once"));
        assert_eq!(days_past_first_target(0), None);
        assert_eq!(days_past_first_target(1).as_deref(), Some("1 day past the first target"));
        assert_eq!(
            target_moved(on("2014-11-30"), on("2015-03-31"), "Rotherham Council"),
            "Target moved from 30 November 2014 to 31 March 2015 by Rotherham Council"
        );
    }
}
