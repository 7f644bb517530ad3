//! What bodies were asked again, by mail or by hand.

use super::dates;
use crate::domain::chase::ChaseKind;
use crate::domain::moment::Day;

/// Beside each private field that a request under the law may reach.
pub const MAY_BE_DISCLOSED: &str = "Private. It may be disclosed to somebody who asks for it under the law (Freedom of \
    Information Act 2000; UK GDPR, article 15).";

/// The same once, for a form all of which is private until it is published.
pub const FORM_MAY_BE_DISCLOSED: &str = "What is not published is private. It may be disclosed to somebody who asks for it under the \
    law (Freedom of Information Act 2000; UK GDPR, article 15).";

/// How a body was asked by hand.
#[must_use]
pub const fn chase_kind(kind: ChaseKind) -> &'static str {
    match kind {
        ChaseKind::Letter => "Letter",
        ChaseKind::Call => "Telephone call",
        ChaseKind::Meeting => "Meeting",
        ChaseKind::Mail => "Mail written by hand",
    }
}

/// One chase, for staff: `Letter on 3 March 2027 to the clerk, by the scrutiny officer`.
#[must_use]
pub fn chase(kind: ChaseKind, on: Day, whom: &str, by_post: &str) -> String {
    let with = match kind {
        ChaseKind::Letter | ChaseKind::Mail => "to",
        ChaseKind::Call | ChaseKind::Meeting => "with",
    };
    format!("{} on {} {with} {whom}, by {by_post}", chase_kind(kind), dates::day(on))
}

/// At an address that is kept already: `This address is kept here already, for Contact One, clerk`.
#[must_use]
pub fn contact_known(called: &str) -> String {
    format!("This address is kept here already, for {called}. Enter another address, or note first that they have left")
}

/// At the address of somebody who signs in here: `Contributor One has an account here with this address`.
#[must_use]
pub fn contact_has_account(name: &str) -> String {
    format!("{name} has an account here with this address, so they are asked by mail already")
}

/// One reminder by mail, for staff: `Reminder by mail on 3 March 2027 to 2 people`; where a mail was not handed over, that too.
#[must_use]
pub fn reminder_sent(on: Day, people: u64, accepted: u64) -> String {
    let to = super::numbers::count(people, "person", "people");
    let left = if accepted == people {
        String::new()
    } else {
        format!("; handed over to {} of them", super::numbers::number(accepted))
    };
    format!("Reminder by mail on {} to {to}{left}", dates::day(on))
}

/// Over the times before the last ones that a body was asked: `9 earlier times, of 12 in all`.
#[must_use]
pub fn asked_earlier(earlier: u64, all: u64) -> String {
    format!(
        "{}, of {} in all",
        super::numbers::count(earlier, "earlier time", "earlier times"),
        super::numbers::number(all)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::{all_different, on};

    #[test]
    fn mails_and_chases_are_told_alike() {
        let day = on("2027-03-03");
        assert_eq!(
            chase(ChaseKind::Letter, day, "the clerk", "the scrutiny officer"),
            "Letter on 3 March 2027 to the clerk, by the scrutiny officer"
        );
        assert_eq!(reminder_sent(day, 1, 1), "Reminder by mail on 3 March 2027 to 1 person");
        assert_eq!(reminder_sent(day, 2, 0), "Reminder by mail on 3 March 2027 to 2 people; handed over to 0 of them");
        assert_eq!(asked_earlier(9, 12), "9 earlier times, of 12 in all");
        all_different(ChaseKind::ALL, |kind| chase_kind(kind).to_owned());
    }
}
