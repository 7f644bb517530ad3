//! Filing by the link of a reminder.

use super::changes::lower_first;
use super::dates;
use crate::domain::by_link::Barred;
use crate::domain::moment::Day;

/// At an item: `An update was asked for by 1 March 2027`.
#[must_use]
pub fn asked_by(on: Day) -> String {
    format!("An update was asked for by {}", dates::day(on))
}

/// Of a code that is wrong, was used or has run out.
pub const CODE_NOT_RIGHT: &str = "This is not the code that was sent last, or it does not work any more. Look into the mailbox again, or \
    have another one sent";
/// Of a form that says nothing on any item.
pub const NOTHING_SAID_BY_LINK: &str = "Say at least on one item that nothing has changed, or what has";
/// Of an item that the link is not about, or not any more.
pub const NOT_ASKED_BY_LINK: &str = "You are not asked about this item any more, so leave it out";
/// Of an item that changed while the form was filled in.
pub const CHANGED_BY_LINK: &str =
    "Something was published about this item while you were writing. Look at it, then send this again";
/// Of "no change" on all items, where none is left on which it can be said.
pub const NONE_LEFT_BY_LINK: &str = "Nothing can be filed here on any of these: each has an update that is not filed yet. Sign in and go on \
    with it there";
/// Once it is filed.
const FILED_BY_LINK: &str = "Filed. Thank you";
/// The same where it goes to whoever signs off first.
const SENT_BY_LINK: &str = "Sent to whoever signs off for your body. It is filed once they have signed it";
/// Of a mailbox that mail does not reach.
pub const MAILBOX_NOT_REACHED: &str = "No code can be sent: mail to this mailbox comes back, as far as we know. Sign in and file there, or \
    write to whoever runs this register";
/// Of a link at which too many wrong codes were entered.
pub const LINK_GUESSED: &str = "This link was ended, because too many wrong codes were entered.";
/// Of a link with which something was filed.
pub const LINK_USED: &str = "This link has been used: it works for one filing.";
/// Of one in the place of which a newer one was sent.
pub const LINK_REPLACED: &str = "This link was taken back, or a newer mail holds a newer one.";
/// Of one that never was, or works for nobody any more.
pub const LINK_GONE: &str = "This link does not work, or not any more.";

/// So many of what was filed are named.
const NAMED: usize = 4;

/// Once something is filed by the link: `Filed. Thank you. It is about: Ferry Inquiry, recommendation 2: Post the timetable`.
#[must_use]
pub fn filed_by_link(waits: bool, items: &[String]) -> String {
    let done = if waits { SENT_BY_LINK } else { FILED_BY_LINK };
    let named = items.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join("; ");
    let more = match items.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    format!("{done}. It is about: {named}{more}")
}

/// Why nothing is filed by the link on an item: `You have begun an update on it that is not sent yet`.
#[must_use]
pub const fn barred(why: Barred) -> &'static str {
    match why {
        Barred::BegunByYou => "You have begun an update on it that is not sent yet",
        Barred::BegunByColleague => "A colleague of yours has begun an update on it that is not sent yet",
        Barred::ForSignOff => "An update on it waits for whoever signs off for your body",
    }
}

/// Of an item on which something was said, and nothing can be filed by the link: names it.
#[must_use]
pub fn barred_by_link(item: &str, why: Barred) -> String {
    format!("{item}: {}. Leave this one out, or sign in and go on with it there", lower_first(barred(why)))
}

/// Of one whose time has passed.
#[must_use]
pub fn link_expired(on: Day) -> String {
    format!("This link worked until {}.", dates::day(on))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_links_are_said() {
        let day = "2027-03-01".parse().unwrap();
        assert_eq!(asked_by(day), "An update was asked for by 1 March 2027");
        assert_eq!(link_expired(day), "This link worked until 1 March 2027.");
    }

    #[test]
    fn what_was_filed_is_named() {
        let items: Vec<String> =
            (1..=6).map(|number| format!("Ferry Inquiry, recommendation {number}: Rafts")).collect();
        assert_eq!(
            filed_by_link(false, &items[..2]),
            "Filed. Thank you. It is about: Ferry Inquiry, recommendation 1: Rafts; Ferry Inquiry, recommendation 2: Rafts"
        );
        let all = filed_by_link(true, &items);
        assert!(all.starts_with(SENT_BY_LINK) && all.ends_with("recommendation 4: Rafts; and 2 more"), "{all}");
    }

    #[test]
    fn an_item_that_is_left_out_is_named() {
        assert_eq!(
            barred_by_link("Ferry Inquiry, recommendation 2", Barred::BegunByYou),
            "Ferry Inquiry, recommendation 2: you have begun an update on it that is not sent yet. Leave this one out, or sign in and \
             go on with it there"
        );
    }
}
