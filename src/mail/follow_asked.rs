//! Asks somebody whether they want to follow the register by mail.

use super::compose::{Desk, Error, Words, templates};
use crate::domain::mail::FollowAsked;

pub(super) fn words(letter: &FollowAsked, desk: &Desk<'_>) -> Result<Words, Error> {
    Page { letter, desk }.words()
}

struct Page<'a> {
    letter: &'a FollowAsked,
    desk: &'a Desk<'a>,
}

impl Page<'_> {
    fn link(&self) -> String {
        self.desk.link(&self.letter.link)
    }

    fn expires(&self) -> String {
        self.desk.moment(self.letter.expires)
    }
}

templates!(Page, "mail/follow_asked/subject.txt", "mail/follow_asked/body.txt", "mail/follow_asked/body.html");
