//! What became of a body, and who answers for what it was asked.

use super::numbers::count;
use super::{dates, list, succeeded_by, took_the_place_of};
use crate::domain::moment::Happened;
use crate::domain::succession::SuccessionKind;

/// Where several bodies took another's place.
pub const NOT_DECIDED: &str = "It is not decided here which body answers now";
/// Where it was decided that none did.
pub const NOBODY_ANSWERS: &str = "No body took this over";

/// To people of a body that ended, for whom nothing is open.
pub const OPEN_WITH_SUCCESSOR: &str = "Nothing is open for you here: what your organisation was asked is open with the body that \
    answers now. If you work for that body, ask an administrator of this register to say so in your account.";

/// What can have become of a body, as a choice.
#[must_use]
pub const fn succession_kind(kind: SuccessionKind) -> &'static str {
    match kind {
        SuccessionKind::Replaced => "Another body took its place, or it became that body",
        SuccessionKind::Merged => "It became part of another body",
        SuccessionKind::Split => "It was split: several bodies took over its work, each a part",
    }
}

/// On the page of a body that ended: `It became part of the Harbour Authority on 1 March 2027`.
#[must_use]
pub fn became(kind: SuccessionKind, name: &str, when: Happened) -> String {
    let on = dates::happened(when);
    match kind {
        SuccessionKind::Replaced => succeeded_by(name, when),
        SuccessionKind::Merged => format!("It became part of {name} {on}"),
        SuccessionKind::Split => format!("It was split: {name} took over a part of its work {on}"),
    }
}

/// On the page of its successor: `The Ferry Board became part of it on 1 March 2027`.
#[must_use]
pub fn came_from(kind: SuccessionKind, name: &str, when: Happened) -> String {
    let on = dates::happened(when);
    match kind {
        SuccessionKind::Replaced => took_the_place_of(name, when),
        SuccessionKind::Merged => format!("{name} became part of it {on}"),
        SuccessionKind::Split => format!("It took over a part of the work of {name} {on}"),
    }
}

/// The same as an entry of the record, of both by name.
#[must_use]
pub fn succession(kind: SuccessionKind, (from, to): (&str, &str), when: Happened) -> String {
    let on = dates::happened(when);
    match kind {
        SuccessionKind::Replaced => format!("The place of {from} was taken by {to} {on}"),
        SuccessionKind::Merged => format!("{from} became part of {to} {on}"),
        SuccessionKind::Split => format!("{from} was split: {to} took over a part of its work {on}"),
    }
}

/// That such an entry was wrong.
#[must_use]
pub fn succession_taken_back(from: &str, to: &str) -> String {
    format!("Taken back: that {to} took the place of {from} was recorded here in error")
}

/// That it takes the place of an earlier one.
#[must_use]
pub fn succession_corrected(said: &str) -> String {
    format!("Put right: {said}")
}

/// Which body took over what one that ended was asked; `None`: none did.
#[must_use]
pub fn passed_on(from: &str, to: Option<&str>) -> String {
    match to {
        Some(to) => format!("{to} took this over from {from}"),
        None => format!("{from} ended. {NOBODY_ANSWERS}"),
    }
}

/// On the card of an answer: `The Ferry Partnership took this over from the Ferry Board on 1 March 2027`.
#[must_use]
pub fn passed_on_when(from: &str, to: &str, when: Happened) -> String {
    format!("{to} took this over from {from} {}", dates::happened(when))
}

/// The same where nobody has decided: `The Ferry Board ended. It is not decided here which body answers now`.
#[must_use]
pub fn ended_not_decided(name: &str) -> String {
    format!("{name} ended. {NOT_DECIDED}")
}

/// In a list of one body's answers: `Taken over from the Ferry Board`.
#[must_use]
pub fn taken_over_from(name: &str) -> String {
    format!("Taken over from {name}")
}

/// Of two answers to one recommendation that one body gives: `Ferry Inquiry, recommendation 2, put to the Ferry Board`.
#[must_use]
pub fn asked_of(item: &str, asked: &str) -> String {
    format!("{item}, put to {asked}")
}

/// In a list of what is owed by several bodies: who owes it, and whom it was asked of where that was another one:
/// `Ferry Partnership, asked of the Ferry Board`.
#[must_use]
pub fn owed_by(now: &str, asked: &str) -> String {
    if now == asked { asked.to_owned() } else { format!("{now}, {}", was_asked(asked)) }
}

/// In a list of what one body owes: `asked of the Ferry Board`.
#[must_use]
pub fn was_asked(asked: &str) -> String {
    format!("asked of {asked}")
}

/// In the list of what a body was asked that has ended: `The Ferry Partnership answers now`.
#[must_use]
pub fn answers_now(name: &str) -> String {
    format!("{name} answers now")
}

/// Above that list: `7 answers asked for of it are counted under the Ferry Partnership, which answers now`.
#[must_use]
pub fn handed_on(answers: u64, to: &[String]) -> String {
    let asked = count(answers, "answer that it was asked for", "answers that it was asked for");
    let (are, answer) = (if answers == 1 { "is" } else { "are" }, if to.len() == 1 { "answers" } else { "answer" });
    format!("{asked} {are} counted under {}, which {answer} now", list(to))
}

/// How many answers wait for a decision: `2 answers: it is not decided here which body answers now`.
#[must_use]
pub fn undecided(answers: u64) -> String {
    format!("Of {}, it is not decided here which body answers now", count(answers, "answer", "answers"))
}

/// On the page of a successor: `7 of these answers were taken over from the Ferry Board`.
#[must_use]
pub fn of_these_taken_over(answers: u64, from: &[String]) -> String {
    let were = if answers == 1 { "was" } else { "were" };
    format!("{} of these {were} taken over from {}", count(answers, "answer", "answers"), list(from))
}

/// After a date that passed before the body took over that answers now.
#[must_use]
pub fn fell_due_while(name: &str) -> String {
    format!("It fell due while {name} answered")
}

/// The same where it is not known who answered then.
#[must_use]
pub fn fell_due_of_either(any: &[&str]) -> String {
    match any {
        [before @ .., last] if !before.is_empty() => {
            format!("It is not known here whether {} or {last} answered then", before.join(", "))
        }
        _ => "It is not known here who answered then".to_owned(),
    }
}

/// Who said something, where that is not the body that was asked.
#[must_use]
pub fn said_by(name: &str) -> String {
    format!("Said by {name}")
}

/// Under somebody whom a successor may keep: `Kept for the Ferry Board: clerk@example.org`.
#[must_use]
pub fn kept_at(body: &str, way: Option<&str>) -> String {
    match way {
        Some(way) => format!("Kept for {body}: {way}"),
        None => format!("Kept for {body}"),
    }
}

/// An entry of a form: whose answer to what.
#[must_use]
pub fn passing_item(inquiry: &str, number: &str, asked: &str, now: &str) -> String {
    format!("{inquiry}, recommendation {number}, put to {asked}. {now}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::{all_different, on};

    #[test]
    fn every_kind_says_what_it_is_and_when() {
        all_different(SuccessionKind::ALL, |kind| succession_kind(kind).to_owned());
        all_different(SuccessionKind::ALL, |kind| became(kind, "B", Happened::UNKNOWN));
        all_different(SuccessionKind::ALL, |kind| came_from(kind, "A", Happened::UNKNOWN));
        all_different(SuccessionKind::ALL, |kind| succession(kind, ("A", "B"), Happened::UNKNOWN));
        assert_eq!(
            succession(SuccessionKind::Merged, ("A", "B"), Happened::on(on("2027-03-01"))),
            "A became part of B on 1 March 2027"
        );
        assert_eq!(
            became(SuccessionKind::Replaced, "B", Happened::UNKNOWN),
            "Its place was taken by B on a date not known here"
        );
    }

    #[test]
    fn numbers_say_whom_they_are_counted_under() {
        assert_eq!(
            handed_on(7, &["B".to_owned()]),
            "7 answers that it was asked for are counted under B, which answers now"
        );
        assert_eq!(of_these_taken_over(1, &["A".to_owned()]), "1 answer of these was taken over from A");
        assert_eq!(passed_on("A", None), "A ended. No body took this over");
        assert_eq!((owed_by("B", "A"), owed_by("A", "A")), ("B, asked of A".to_owned(), "A".to_owned()));
    }
}
