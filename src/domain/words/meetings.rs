//! Words for meetings and for what they decide.

use super::dates;
use crate::domain::fairness::Decided;
use crate::domain::id::Seq;
use crate::domain::meeting::{MeetingState, Released};
use crate::domain::moment::Day;

/// Why a meeting that is to come is no event alone.
pub const CALL_IT_UNDER_MEETINGS: &str = "A meeting to come is called under Meetings, where its papers and the dates before them are kept: \
    call it there. Here, enter one that was held";

/// Where a meeting stands.
#[must_use]
pub const fn meeting_state(state: MeetingState) -> &'static str {
    match state {
        MeetingState::Planned => "To be held",
        MeetingState::Held => "Held",
        MeetingState::Cancelled => "Cancelled",
    }
}

/// What is said of a meeting beside its words: `Papers are due by 26 February 2027`, that it was cancelled, or that it was held.
#[must_use]
pub fn meeting_stands(state: MeetingState, papers_due_on: Option<Day>) -> Option<String> {
    match state {
        MeetingState::Cancelled => Some("Cancelled: it is not held".to_owned()),
        MeetingState::Held => Some("It was held".to_owned()),
        MeetingState::Planned => papers_due_on.map(|day| format!("Papers are due by {}", dates::day(day))),
    }
}

/// The meeting in a line: `12 March 2027: To be held. Papers are due by 26 February 2027`.
#[must_use]
pub fn meeting_line(held_on: Day, state: MeetingState, papers_due_on: Option<Day>) -> String {
    let stands = meeting_stands(state, papers_due_on).filter(|_| state == MeetingState::Planned);
    let state = meeting_state(state);
    let day = dates::day(held_on);
    stands.map_or_else(|| format!("{day}: {state}"), |stands| format!("{day}: {state}. {stands}"))
}

/// From a meeting or a minute to how it stood before: `Takes the place of change 14`.
#[must_use]
pub fn takes_place_of(seq: Seq) -> String {
    format!("Takes the place of change {seq}")
}

/// From a meeting or a minute to how it stands now: `Change 16 has taken its place`.
#[must_use]
pub fn place_taken_by(seq: Seq) -> String {
    format!("Change {seq} has taken its place")
}

/// What a meeting decided, by whom and where it is minuted, and which question of its scrutiny pack that answers: `Decided by the
/// Scrutiny Committee on 20 November 2026, minute 12, approved. Answers the question “What will show that it is done?”`.
#[must_use]
pub fn minuted(decided: &Decided, question: Option<&str>) -> String {
    let said = super::decided(decided);
    match question {
        Some(question) => super::and_then(&said, &format!("Answers the question \u{201c}{question}\u{201d}")),
        None => said,
    }
}

/// The reason with which a body is asked before a meeting, in public.
#[must_use]
pub fn asked_before(working_days: u32, papers_due_on: Day, held_on: Day) -> String {
    let days = super::count(u64::from(working_days), "working day", "working days");
    format!("{days} before papers are due on {} for the meeting on {}", dates::day(papers_due_on), dates::day(held_on))
}

/// A return date that goes with a meeting: `12 February 2027, 10 working days before papers are due`.
#[must_use]
pub fn hangs(asked_by: Day, working_days: u32) -> String {
    let days = super::count(u64::from(working_days), "working day", "working days");
    format!("{}, {days} before papers are due", dates::day(asked_by))
}

/// What becomes of the dates that go with a meeting which is cancelled, to choose from.
#[must_use]
pub const fn released(becomes: Released) -> &'static str {
    match becomes {
        Released::Back => "Each goes back to the date or the schedule that it had before; where it had none, it ends",
        Released::End => "Each ends: no update is asked for until somebody sets a date",
    }
}

/// Why a date is another one once its meeting is cancelled, in public: `The meeting on 12 March 2027 is cancelled, and the date that
/// went with it has ended`.
#[must_use]
pub fn released_date(held_on: Day, goes_back: bool) -> String {
    let then = if goes_back { "updates are asked for as before it" } else { "the date that went with it has ended" };
    format!("The meeting on {} is cancelled, and {then}", dates::day(held_on))
}

/// Said once a meeting was changed: what that did to the dates that went with it.
#[must_use]
pub const fn meeting_saved(state: MeetingState) -> &'static str {
    match state {
        MeetingState::Planned => "Saved. What moved with it stands below",
        MeetingState::Held => "Saved. Its dates stay as they are",
        MeetingState::Cancelled => {
            "Saved. It is not held. What was asked for before it has ended, or is asked for as it was before"
        }
    }
}

/// Of a meeting, what is said above the dates that go with it: that they move with it, or why they stand still.
#[must_use]
pub const fn meeting_dates(state: MeetingState) -> &'static str {
    match state {
        MeetingState::Planned => "When the meeting or its papers move, these dates move with it, in the open.",
        MeetingState::Held => "The meeting was held. These dates were asked for before it, and stand.",
        MeetingState::Cancelled => {
            "The meeting is cancelled. These dates stand still: they are under a hold, or the meeting was cancelled before this \
             register asked what becomes of them. Change the meeting again to end them, once no hold keeps them."
        }
    }
}

/// Of a meeting with which no date goes: that none does, or that none does any more.
#[must_use]
pub const fn no_meeting_dates(state: MeetingState) -> &'static str {
    match state {
        MeetingState::Planned | MeetingState::Held => "No update is asked for before this meeting.",
        MeetingState::Cancelled => {
            "No update is asked for before this meeting: it is cancelled. What was asked for before it has ended, or is asked for as \
             it was before."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::{all_different, on};

    #[test]
    fn a_meeting_says_where_it_stands() {
        all_different(MeetingState::ALL, |state| meeting_state(state).to_owned());
        all_different(MeetingState::ALL, |state| meeting_saved(state).to_owned());
        all_different(MeetingState::ALL, |state| meeting_dates(state).to_owned());
        all_different(Released::ALL, |becomes| released(becomes).to_owned());
        let ended = "The meeting on 12 March 2027 is cancelled, and the date that went with it has ended";
        assert_eq!(released_date(on("2027-03-12"), false), ended);
        assert_ne!(released_date(on("2027-03-12"), true), ended);
        assert_ne!(no_meeting_dates(MeetingState::Cancelled), no_meeting_dates(MeetingState::Held));
        let (day, papers) = (on("2027-03-12"), Some(on("2027-02-26")));
        assert_eq!(
            meeting_line(day, MeetingState::Planned, papers),
            "12 March 2027: To be held. Papers are due by 26 February 2027"
        );
        assert_eq!(meeting_line(day, MeetingState::Cancelled, papers), "12 March 2027: Cancelled");
        assert_eq!(meeting_stands(MeetingState::Planned, None), None);
        let decided = Decided { by: "the Scrutiny Committee".to_owned(), on: None, minute: None, approval: None };
        assert_eq!(minuted(&decided, None), "Decided by the Scrutiny Committee");
        let answers = minuted(&decided, Some("Is it done?"));
        assert_eq!(answers, "Decided by the Scrutiny Committee. Answers the question \u{201c}Is it done?\u{201d}");
        assert_eq!(hangs(on("2027-02-12"), 1), "12 February 2027, 1 working day before papers are due");
    }
}
