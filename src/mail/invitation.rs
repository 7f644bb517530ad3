//! Asks somebody to make an account.

use super::compose::{Desk, Error, Words, templates};
use crate::domain::mail::Invitation;
use crate::domain::words;

pub(super) fn words(letter: &Invitation, desk: &Desk<'_>) -> Result<Words, Error> {
    Page { letter, desk }.words()
}

struct Page<'a> {
    letter: &'a Invitation,
    desk: &'a Desk<'a>,
}

impl Page<'_> {
    fn role(&self) -> &'static str {
        words::role(self.letter.role)
    }

    fn role_means(&self) -> &'static str {
        words::role_means(self.letter.role)
    }

    fn link(&self) -> String {
        self.desk.link(&self.letter.link)
    }

    fn expires(&self) -> String {
        self.desk.moment(self.letter.expires)
    }
}

templates!(Page, "mail/invitation/subject.txt", "mail/invitation/body.txt", "mail/invitation/body.html");
