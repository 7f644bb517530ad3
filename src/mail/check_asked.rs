//! Asks a body's contributor to check something before it is published.

use super::compose::{Desk, Error, Words, templates};
use crate::domain::mail::CheckAsked;
use crate::domain::words;

pub(super) fn words(letter: &CheckAsked, desk: &Desk<'_>) -> Result<Words, Error> {
    Page { letter, desk }.words()
}

struct Page<'a> {
    letter: &'a CheckAsked,
    desk: &'a Desk<'a>,
}

impl Page<'_> {
    fn until(&self) -> String {
        words::day(self.letter.until)
    }

    fn link(&self) -> String {
        self.desk.link(&self.letter.link)
    }
}

templates!(Page, "mail/check_asked/subject.txt", "mail/check_asked/body.txt", "mail/check_asked/body.html");
