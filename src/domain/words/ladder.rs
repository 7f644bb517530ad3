//! What follows a reminder where nothing is received.

use super::{NO_CONTACT, dates, numbers};
use crate::domain::ladder::{AtTop, Next};
use crate::domain::moment::Day;

/// Of the contact of a body whose address is that of the whole of it.
pub const POST_AT_TOP: &str = "The post at the top of this body";
/// Where nobody is kept of whom that is known.
pub const NO_POST_AT_TOP: &str =
    "Nobody is kept as the post at the top of this body. Keep it among the contacts first, with an address.";
/// Where mail to the contact comes back.
pub const LADDER_STOPPED: &str = "No working contact: mail to the contact comes back. Whoever is next is asked in their place, but nothing \
    goes further up by itself, and no notice can be published, until a contact works again or another is named.";
/// The same in short, of a body.
pub const MAIL_COMES_BACK: &str = "No working contact: mail to the contact comes back";
/// The same after a sentence that says who is asked now.
pub const NO_NOTICE: &str = "Mail comes back, so nothing goes further up by itself and no notice can be published.";
/// Of somebody whose address is not on the list of dead ones, and yet nothing gets there.
pub const LAST_MAIL_CAME_BACK: &str = "The last mail to them came back or was refused";
/// Of a notice before the post at the top was written to.
pub const TOP_FIRST: &str =
    "Write to the post at the top about each of these first. A notice follows on a later day at the earliest";

/// Where no notice can follow today.
pub const NO_NOTICE_YET: &str = "Not yet: nothing of what is overdue was written about to the post at the top on an earlier day, and \
    since the last notice.";

/// To somebody who may take no next step about what is overdue.
pub const OVERDUE_ELSEWHERE: &str =
    "What is overdue here is of inquiries that others oversee. They take the next step.";

/// Of a second notice about the same date without a new letter.
pub const NOTICED_ALREADY: &str = "A notice about one of these is published already. Write to the post at the top again first; another \
    follows on a later day";

/// In a reminder: `another reminder on 9 February 2027; from 9 March 2027 on the alternate contact is written to as well; …`. What
/// follows by the hand of a person is said also where nobody is kept yet as the post at the top.
#[must_use]
pub fn comes_next(next: Next, today: Day) -> String {
    let alternate = match next.alternate {
        None => String::new(),
        Some(from) if from <= today => "; the alternate contact is written to as well".to_owned(),
        Some(from) => format!("; from {} on the alternate contact is written to as well", dates::day(from)),
    };
    let decided = "only if a named person here who has looked at what was sent decides so";
    let top = match next.letter {
        Some(on) => {
            format!(
                "the post at the top of this body was written to on {}; now, {decided}, a published notice",
                dates::day(on)
            )
        }
        None if next.top => {
            format!("then, {decided}, a letter to the post at the top of this body, and after that a published notice")
        }
        None => format!(
            "then, {decided}, a letter to the post at the top of this body, once it is kept here which that is, and after that a \
             published notice"
        ),
    };
    format!("another reminder on {}{alternate}; {top}", dates::day(next.reminder))
}

/// To the alternate: why they are written to about so many of the items of a reminder.
#[must_use]
pub const fn asked_as_alternate(items: usize, of_them: usize) -> Option<&'static str> {
    match of_them {
        0 => None,
        _ if of_them == items => Some(
            "You are written to as the alternate contact: the main contact was asked before, and nothing was received.",
        ),
        _ => Some(
            "About some of these you are written to as the alternate contact: the main contact was asked before, and nothing was \
             received.",
        ),
    }
}

/// In public, before the reason: `No update received by 1 March 2027. Asked for by 3 reminders, and by a letter to the post at the top
/// of the body on 12 April 2027.`
#[must_use]
pub fn notice_after_letter(missed: &str, reminders: u64, letter: Day) -> String {
    let reminded = match reminders {
        0 => String::new(),
        _ => format!("{}, and by ", numbers::count(reminders, "reminder", "reminders")),
    };
    let letter = dates::day(letter);
    format!("{missed}. Asked for by {reminded}a letter to the post at the top of the body on {letter}.")
}

/// For staff: `Signed in last on 3 March 2027`.
#[must_use]
pub fn signed_in_last(on: Option<Day>) -> String {
    on.map_or_else(|| "Has never signed in".to_owned(), |on| format!("Signed in last on {}", dates::day(on)))
}

/// For staff: `No mail reaches them: their address is dead (known since 3 March 2027)`.
#[must_use]
pub fn address_dead(since: Day) -> String {
    format!("No mail reaches them: their address is dead (known since {})", dates::day(since))
}

/// For staff, of an item: `No working contact: mail to Contributor One comes back, so Contributor Two is asked in their place`.
#[must_use]
pub fn asked_instead(contact: &str, instead: &str) -> String {
    format!("{NO_CONTACT}: mail to {contact} comes back, so {instead} is asked in their place")
}

/// For staff, of an item: `Due 1 March 2027; 3 reminders were handed over`.
#[must_use]
pub fn overdue_item(due: Day, reminders: u64, at_top: AtTop, noticed: Option<Day>) -> String {
    let reminders = numbers::count(reminders, "reminder was", "reminders were");
    let letter = match at_top {
        AtTop::NotWritten => String::new(),
        AtTop::Waits => "; a letter to the post at the top is on its way".to_owned(),
        AtTop::CameBack => "; the letter to the post at the top came back".to_owned(),
        AtTop::Written(on) => format!("; the post at the top was written to on {}", dates::day(on)),
    };
    let noticed = noticed.map_or_else(String::new, |on| format!("; a notice was published on {}", dates::day(on)));
    format!("Due {}; {reminders} handed over{letter}{noticed}", dates::day(due))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::on;

    #[test]
    fn the_steps_are_said_with_their_days() {
        let next = Next { reminder: on("2027-02-09"), alternate: Some(on("2027-03-09")), top: true, letter: None };
        let said = comes_next(next, on("2027-01-18"));
        assert!(
            said.starts_with("another reminder on 9 February 2027; from 9 March 2027 on the alternate contact"),
            "{said}"
        );
        assert!(comes_next(next, on("2027-03-09")).contains("; the alternate contact is written to as well;"));
        let alone = Next { alternate: None, top: false, ..next };
        assert_eq!(
            comes_next(alone, on("2027-01-18")),
            "another reminder on 9 February 2027; then, only if a named person here who has looked at what was sent decides so, a \
             letter to the post at the top of this body, once it is kept here which that is, and after that a published notice"
        );
        let written = Next { alternate: None, letter: Some(on("2027-02-03")), ..next };
        assert_eq!(
            comes_next(written, on("2027-02-05")),
            "another reminder on 9 February 2027; the post at the top of this body was written to on 3 February 2027; now, only if a \
             named person here who has looked at what was sent decides so, a published notice"
        );
        assert_eq!(
            notice_after_letter("No update received by 1 March 2027", 1, on("2027-04-12")),
            "No update received by 1 March 2027. Asked for by 1 reminder, and by a letter to the post at the top of the body on \
             12 April 2027."
        );
        assert_eq!(asked_as_alternate(2, 0), None);
        assert!(asked_as_alternate(2, 1).is_some_and(|said| said.starts_with("About some of these")));
        assert!(asked_as_alternate(2, 2).is_some_and(|said| said.starts_with("You are written to as the alternate")));
        assert_eq!(signed_in_last(None), "Has never signed in");
        let item = |at_top, noticed| overdue_item(on("2027-03-01"), 2, at_top, noticed);
        assert_eq!(item(AtTop::NotWritten, None), "Due 1 March 2027; 2 reminders were handed over");
        assert_eq!(
            item(AtTop::Written(on("2027-03-02")), Some(on("2027-03-15"))),
            "Due 1 March 2027; 2 reminders were handed over; the post at the top was written to on 2 March 2027; a notice was \
             published on 15 March 2027"
        );
    }
}
