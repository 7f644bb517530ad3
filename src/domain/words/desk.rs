//! What staff read about work that is not public yet: how long it waits, what publishing it will say, who did what to it.

use jiff::tz::TimeZone;

use super::changes::change_kind;
use super::checked::entry_checked;
use super::dates;
use super::lines::{assessed_line, lifecycle_line, reported_line};
use super::numbers;
use crate::domain::change::ChangeKind;
use crate::domain::charge::ChargePart;
use crate::domain::filing::{FilingState, Proposal};
use crate::domain::moment::{Day, Moment};

/// What something is called of which nothing is known.
pub const AN_ITEM: &str = "An item";
/// Why nothing was done with it.
pub const NOT_FOUND_HERE: &str = "Not found: there is no such item to do this with.";
/// Said on every form of a body's update, before it is sent.
pub const RETURN_RULE: &str =
    "That an update came is public at once. Its words become public when an overseer has read them.";
/// The same where a hold bears on the item.
pub const RETURN_RULE_HELD: &str = "That an update came becomes public when the hold has ended. Its words become public when an overseer has read them after that.";
/// Said once a body's update was taken in.
pub const RETURN_TAKEN: &str =
    "Your update has arrived, and that it came is public. Its words become public when an overseer has read them.";
/// Said once a body's update was handed in again.
pub const RETURN_AGAIN: &str = "Sent again. Its words become public when an overseer has read them.";
/// Said once a body has reported that nothing changed.
pub const NO_CHANGE_TAKEN: &str = "That nothing has changed is recorded, and public as of today.";

/// Said where "no change" is sent in a second time on one day.
pub const NO_CHANGE_TODAY: &str =
    "That nothing has changed was filed today already. It is counted once, so nothing more is needed";

/// Said where an update is sent in on an item that is closed.
pub const CLOSED_TO_RETURNS: &str = "This item is closed, so no update is needed. Write to the register's office";

/// Said where an update gives another target date than the one that stands.
#[must_use]
pub fn target_stands(on: Day) -> String {
    format!("The target date is {}. Clear this, and ask for a later one from the page of this item", dates::day(on))
}

/// `The oldest has waited since 3 March 2027`.
#[must_use]
pub fn oldest_since(day: Day) -> String {
    format!("The oldest has waited since {}", dates::day(day))
}

/// `The first of them passed on 3 March 2027`.
#[must_use]
pub fn oldest_passed(day: Day) -> String {
    format!("The first of them passed on {}", dates::day(day))
}

/// `The next is due on 3 March 2027`.
#[must_use]
pub fn next_on(day: Day) -> String {
    format!("The next is due on {}", dates::day(day))
}

/// `Handed in on 3 March 2027 at 10:15 by Overseer One`. Names are for staff alone.
#[must_use]
pub fn handed_in(at: Moment, zone: &TimeZone, name: &str) -> String {
    format!("Handed in on {} by {name}", dates::moment(at, zone))
}

/// Whose an update is that was not handed in: `By Contributor One`. Names are for the body's own people alone.
#[must_use]
pub fn written_by(name: &str) -> String {
    format!("By {name}")
}

/// One step in the life of a piece of work: `Sent back on 3 March 2027 at 10:15 by Overseer One`.
#[must_use]
pub fn step(state: FilingState, at: Moment, zone: &TimeZone, by: &str) -> String {
    let what = match state {
        FilingState::Draft => "Saved unfinished",
        FilingState::ForSignOff => "Handed over for sign-off",
        FilingState::Submitted => "Handed in",
        FilingState::SentBack => "Sent back",
        FilingState::Published => "Published",
        FilingState::Withdrawn => "Taken back",
    };
    format!("{what} on {} by {by}", dates::moment(at, zone))
}

/// An update went back to its author within the body: `Sent back to its author on 3 March 2027 at 10:15 by Contributor Two`.
#[must_use]
pub fn step_to_author(at: Moment, zone: &TimeZone, by: &str) -> String {
    format!("Sent back to its author on {} by {by}", dates::moment(at, zone))
}

/// An update was given to somebody else of the body: `Handed over on 3 March 2027 at 10:15 by Overseer One`.
#[must_use]
pub fn step_handed_over(at: Moment, zone: &TimeZone, by: &str) -> String {
    format!("Handed over on {} by {by}", dates::moment(at, zone))
}

/// The sentence that publishing a proposal puts into the timeline. `assessor` is who findings are made by, in public.
#[must_use]
pub fn published_as(proposal: &Proposal, assessor: &str) -> String {
    match proposal {
        Proposal::Return(filed) => reported_line(filed.value, filed.happened),
        Proposal::NoChange => super::NIL_RETURN.to_owned(),
        Proposal::Assessment(finding) => {
            let decided = finding.decided.as_ref().map(|decided| format!(". {}", super::decided(decided)));
            let found = assessed_line(finding.value, finding.happened);
            format!("{assessor}: {found}{}", decided.unwrap_or_default())
        }
        Proposal::Closure(closing) => {
            let line = lifecycle_line(closing.value, closing.closure, closing.happened);
            match &closing.found {
                Some(found) => format!("{line}. {assessor}: {}", assessed_line(found.value, closing.happened)),
                None => line,
            }
        }
        Proposal::Reply(filed) => format!("The body replied on {}", dates::day(filed.on)),
        Proposal::Wording(wording) => {
            format!("{}: {}", change_kind(ChangeKind::Wording), entry_checked(wording.text_kind, wording.checked))
        }
    }
}

/// When an update came last, in a body's list of its own items: `Last update received 3 March 2027`.
#[must_use]
pub fn last_arrival(on: Option<Day>) -> String {
    on.map_or_else(
        || "No update has been received here".to_owned(),
        |on| format!("Last update received {}", dates::day(on)),
    )
}

/// Of an answer that is to be assessed: `The body said so, as of 3 March 2027`.
#[must_use]
pub fn said_so_on(day: Day) -> String {
    if day.date().year() <= 1 {
        return "The body said so on a date not known here".to_owned();
    }
    format!("The body said so, as of {}", dates::day(day))
}

/// Of a target: `Moved on 3 March 2027 to 30 November 2027, moved 2 times in all`.
#[must_use]
pub fn moved_on(on: Day, to: Option<Day>, times: i64) -> String {
    let to = to.map_or_else(|| " and taken back".to_owned(), |to| format!(" to {}", dates::day(to)));
    let times = numbers::count(times.unsigned_abs(), "time", "times");
    format!("Moved on {}{to}, moved {times} in all", dates::day(on))
}

/// Why something is with us too long: `For more than 10 working days`.
#[must_use]
pub fn longer_than(working_days: u32) -> String {
    format!("For more than {}", numbers::count(u64::from(working_days), "working day", "working days"))
}

/// In which part somebody is in charge.
#[must_use]
pub const fn charge_part(part: ChargePart) -> &'static str {
    match part {
        ChargePart::Lead => "Lead",
        ChargePart::Deputy => "Deputy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::filing::ReturnFiled;
    use crate::domain::licence::Rights;
    use crate::domain::moment::Happened;
    use crate::domain::reported::Reported;
    use crate::domain::words::tests::{all_different, on};

    #[test]
    fn work_says_what_became_of_it_and_what_it_will_say() {
        let at: Moment = "2027-03-03T10:15:00Z".parse().unwrap();
        assert_eq!(oldest_since(on("2027-03-03")), "The oldest has waited since 3 March 2027");
        assert_eq!(handed_in(at, &TimeZone::UTC, "Overseer One"), "Handed in on 3 March 2027 at 10:15 by Overseer One");
        assert_eq!(oldest_passed(on("2027-03-03")), "The first of them passed on 3 March 2027");
        assert_eq!(next_on(on("2027-03-03")), "The next is due on 3 March 2027");
        all_different(FilingState::ALL, |state| step(state, at, &TimeZone::UTC, "Overseer One"));
        let filed = ReturnFiled {
            value: Reported::UnderWay,
            happened: Happened::on(on("2027-03-03")),
            words: "Begun".to_owned(),
            reason: None,
            source_url: None,
            rights: Rights::default(),
            target: None,
        };
        assert_eq!(
            published_as(&Proposal::Return(filed), "Ashgrove Council"),
            "The body says that work is under way, as of 3 March 2027"
        );
        assert_eq!(last_arrival(Some(on("2027-03-03"))), "Last update received 3 March 2027");
    }
}
