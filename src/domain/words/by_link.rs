//! Filing by the link of a reminder.

use super::dates;
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
/// Of an item on which somebody of the body has written something that is not filed.
pub const BEGUN_BY_A_COLLEAGUE: &str = "A colleague has begun an update on this item that is not filed. Leave it out, or sign in and go on \
    with theirs";
/// Once it is filed.
pub const FILED_BY_LINK: &str = "Filed. Thank you";
/// The same where it goes to whoever signs off first.
pub const SENT_BY_LINK: &str = "Sent to whoever signs off for your body. It is filed once they have signed it";
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
}
