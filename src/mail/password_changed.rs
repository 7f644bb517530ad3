//! Tells somebody that their password was changed.

use super::compose::{Desk, Error, Words, templates};
use crate::domain::mail::PasswordChanged;

pub(super) fn words(letter: &PasswordChanged, desk: &Desk<'_>) -> Result<Words, Error> {
    Page { letter, desk }.words()
}

struct Page<'a> {
    letter: &'a PasswordChanged,
    desk: &'a Desk<'a>,
}

impl Page<'_> {
    fn link(&self) -> String {
        self.desk.link(&self.letter.link)
    }

    fn at(&self) -> String {
        self.desk.moment(self.letter.at)
    }
}

templates!(
    Page,
    "mail/password_changed/subject.txt",
    "mail/password_changed/body.txt",
    "mail/password_changed/body.html"
);
