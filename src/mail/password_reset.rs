//! Lets somebody choose a new password.

use super::compose::{Desk, Error, Words, templates};
use crate::domain::mail::PasswordReset;

pub(super) fn words(letter: &PasswordReset, desk: &Desk<'_>) -> Result<Words, Error> {
    Page { letter, desk }.words()
}

struct Page<'a> {
    letter: &'a PasswordReset,
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

templates!(Page, "mail/password_reset/subject.txt", "mail/password_reset/body.txt", "mail/password_reset/body.html");
