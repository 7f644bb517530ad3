//! Holds: that nothing new is published for now, neutrally, on every page that it bears on.

use super::dates;
use crate::domain::hold::{Fate, Held, HoldKind, HoldStep, Reach};
use crate::domain::moment::Day;

/// Why nothing new is published, as a choice and in the record.
#[must_use]
pub const fn hold_kind(kind: HoldKind) -> &'static str {
    match kind {
        HoldKind::Proceedings => "Legal proceedings",
        HoldKind::Election => "The weeks before an election",
        HoldKind::Legal => "Another legal reason",
    }
}

const fn of(reach: Reach) -> &'static str {
    match reach {
        Reach::Recommendation => "this recommendation",
        Reach::Inquiry => "this inquiry and its recommendations",
        Reach::Register => "any inquiry or body in this register",
    }
}

/// What a hold is on, for staff: `Hold on this recommendation`.
#[must_use]
pub const fn hold_on(reach: Reach) -> &'static str {
    match reach {
        Reach::Recommendation => "Hold on this recommendation",
        Reach::Inquiry => "Hold on this inquiry",
        Reach::Register => "Hold on the whole register",
    }
}

/// On public pages: that nothing new is published, since when, why and until when at the latest somebody looks again.
#[must_use]
pub fn held(held: Held) -> String {
    format!(
        "New information about {} has not been published since {}. Reason: {}. To be reviewed on {}.",
        of(held.reach),
        dates::day(held.since),
        lower(hold_kind(held.kind)),
        dates::day(held.review_on)
    )
}

/// Beside it: what the page can and cannot say meanwhile.
pub const HELD_MEANS: &str = "What stands here was published before. No conclusion follows from what is not here: what is received meanwhile is kept with its date and published later, and a date that passes meanwhile is not counted as missed.";

/// To somebody who would publish: which hold is in the way, since when, and what can still be done.
#[must_use]
pub fn held_back(held: Held) -> String {
    format!(
        "Nothing new is published about {} since {}: {}. The hold is reviewed on {}. Nothing of yours was recorded. Findings, closings and words for a second person and updates from bodies can still be handed in and wait here; words can be withheld or removed at any time; and the hold can be ended",
        of(held.reach),
        dates::day(held.since),
        lower(hold_kind(held.kind)),
        dates::day(held.review_on)
    )
}

/// At the top of a form, before it is filled in: which hold bears on it, and what becomes of what is written there.
#[must_use]
pub fn held_form(held: Held, fate: Fate) -> String {
    let becomes = match fate {
        Fate::Refused => {
            "What this form records cannot be published now: it is refused until the hold has ended, and nothing of it is kept"
        }
        Fate::Waits => "What you hand in here is kept. It can be published when the hold has ended",
        Fate::WaitsOrRefused => {
            "What needs a second person is kept, and can be published when the hold has ended. Anything else cannot be \
             published now: it is refused, and nothing of it is kept"
        }
        Fate::LeftOut => "What is held is left out, and the next page says so of each",
    };
    format!(
        "A hold is in force: nothing new is published about {} since {}. Reason: {}. It is reviewed on {}. {becomes}.",
        of(held.reach),
        dates::day(held.since),
        lower(hold_kind(held.kind)),
        dates::day(held.review_on)
    )
}

/// Beside the form that logs a document of a body, where everything that is open of it is held.
pub const DOCUMENT_HELD: &str = "A hold is in force on everything that is open of this body. What this form records cannot be published now: it is refused until the hold has ended, and nothing of it is kept.";
/// The same where some of it is.
pub const MARKS_HELD: &str = "A hold is in force on some of what is put to this body. A document can be logged; what is held cannot be marked in it before the hold has ended.";
/// Beside the form that confirms marks, where some of them are of what is held.
pub const CONFIRMING_HELD: &str = "A hold is in force on some of these items. Their marks cannot be confirmed now: the form is refused until the hold has ended.";
/// Beside the form that publishes the file of a document, where what it is about is held.
pub const FILE_HELD: &str = "A hold is in force on what this document is about. Its file cannot be published now: the form is refused until the hold has ended.";

/// What is held, by its name, in a list beside a form.
#[must_use]
pub fn held_named(name: &str, held: Held) -> String {
    format!(
        "{name}: nothing new is published since {}. Reason: {}. The hold is reviewed on {}.",
        dates::day(held.since),
        lower(hold_kind(held.kind)),
        dates::day(held.review_on)
    )
}

/// Beside one item of a form that marks several.
#[must_use]
pub fn held_mark(held: Held) -> String {
    format!(
        "A hold is in force: nothing new is published about this item since {}. Reason: {}. Leave it as it is until the hold has \
         ended: with a mark of it the whole form is refused. The hold is reviewed on {}.",
        dates::day(held.since),
        lower(hold_kind(held.kind)),
        dates::day(held.review_on)
    )
}

/// On the page of work that could be published if it were not for a hold.
#[must_use]
pub fn waits_under(held: Held) -> String {
    format!(
        "A hold is in force: nothing new is published about {} since {}. Reason: {}. It is reviewed on {}. This waits here, and \
         can be published when the hold has ended.",
        of(held.reach),
        dates::day(held.since),
        lower(hold_kind(held.kind)),
        dates::day(held.review_on)
    )
}

/// Beside one of several updates, before they are chosen: that a hold keeps this one back.
#[must_use]
pub fn left_out(held: Held) -> String {
    format!(
        "Held back: {} since {}. It is left out if you choose it, and can be published when the hold has ended",
        lower(hold_on(held.reach)),
        dates::day(held.since)
    )
}

/// In a list, of what a hold is on: `Held back since 3 March 2027`.
#[must_use]
pub fn held_since(held: Held) -> String {
    format!("Held back since {}", dates::day(held.since))
}

/// On the staff's pages: that publishing is refused, in a line.
#[must_use]
pub fn hold_line(held: Held, today: Day) -> String {
    format!(
        "{} since {}: {}. {}",
        hold_on(held.reach),
        dates::day(held.since),
        lower(hold_kind(held.kind)),
        review(held.review_on, today)
    )
}

/// `Review on 1 March 2027`, or that the day has passed.
#[must_use]
pub fn review(on: Day, today: Day) -> String {
    if on < today {
        format!("Its review date, {}, has passed", dates::day(on))
    } else {
        format!("To be reviewed on {}", dates::day(on))
    }
}

/// The heading of a step of a hold, where a list or a mail names it: which of the three it was.
#[must_use]
pub const fn hold_heading(step: HoldStep) -> &'static str {
    match step {
        HoldStep::Placed => "Hold on new information placed",
        HoldStep::Renewed => "Hold on new information reviewed, and goes on",
        HoldStep::Ended => "Hold on new information ended",
    }
}

/// A step of a hold in the timeline.
#[must_use]
pub fn hold_step(step: HoldStep, reach: Reach, kind: HoldKind, review_on: Day) -> String {
    let (of, kind, review) = (of(reach), lower(hold_kind(kind)), dates::day(review_on));
    match step {
        HoldStep::Placed => {
            format!("Nothing new is published about {of} for now. Reason: {kind}. To be reviewed on {review}")
        }
        HoldStep::Renewed => {
            format!("Still nothing new is published about {of}. Reason: {kind}. To be reviewed on {review}")
        }
        HoldStep::Ended => {
            format!("New information about {of} is published again, except where another hold is in force")
        }
    }
}

/// To a body before it sends anything under a hold.
pub const RETURN_HELD: &str = "Nothing new is published about this item for now: there is a hold on publication. You can send your update all the same. It is kept with the day on which it came, so it is not late, and nothing of it is public until the hold has ended.";

/// Said once a body's update was taken in under a hold.
pub const RETURN_KEPT: &str = "Your update has arrived and is kept with today’s date. Nothing new is published about this item for now: that it came becomes public when the hold has ended.";

/// Of what a body sent in and the public is not told yet: `Received on 3 March 2027. It becomes public when the hold has ended`.
#[must_use]
pub fn kept_back(on: Day) -> String {
    format!("Received on {}. That it came becomes public when the hold has ended", dates::day(on))
}

fn lower(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| first.to_lowercase().chain(signs).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::{all_different, on};

    #[test]
    fn a_hold_says_since_when_why_and_when_it_is_reviewed_and_nothing_of_the_matter() {
        all_different(HoldKind::ALL, |kind| hold_kind(kind).to_owned());
        all_different(HoldStep::ALL, |step| hold_heading(step).to_owned());
        all_different(Reach::ALL, |reach| hold_on(reach).to_owned());
        let one = Held {
            reach: Reach::Recommendation,
            kind: HoldKind::Proceedings,
            since: on("2026-11-23"),
            review_on: on("2027-03-01"),
        };
        assert_eq!(
            held(one),
            "New information about this recommendation has not been published since 23 November 2026. Reason: legal proceedings. \
             To be reviewed on 1 March 2027."
        );
        assert!(
            held_back(one).starts_with("Nothing new is published about this recommendation since 23 November 2026")
        );
        let form = held_form(one, Fate::Waits);
        assert!(form.starts_with("A hold is in force: nothing new is published about this recommendation"), "{form}");
        assert!(
            form.ends_with("What you hand in here is kept. It can be published when the hold has ended."),
            "{form}"
        );
        assert_eq!(review(on("2027-03-01"), on("2027-03-01")), "To be reviewed on 1 March 2027");
        assert_eq!(review(on("2027-03-01"), on("2027-03-02")), "Its review date, 1 March 2027, has passed");
        for step in HoldStep::ALL.iter().copied() {
            let said = hold_step(step, Reach::Register, HoldKind::Election, on("2027-03-01"));
            assert!(said.contains("about any inquiry or body in this register"), "{said}");
        }
    }
}
