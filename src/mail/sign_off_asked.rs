//! Asks whoever signs off for a body to read what its people wrote: one mail, all that waits in it.

use super::compose::{Desk, Error, Words, templates};
use crate::domain::mail::{CheckReply, SignOffAsked, Written};
use crate::domain::words;

pub(super) fn words(letter: &SignOffAsked, desk: &Desk<'_>) -> Result<Words, Error> {
    Page { letter, desk }.words()
}

struct Page<'a> {
    letter: &'a SignOffAsked,
    desk: &'a Desk<'a>,
}

impl Page<'_> {
    fn waits(&self) -> String {
        let waits = self.letter.items.len() + self.letter.checks.len();
        words::count(waits as u64, "item", "items")
    }

    fn kind(&self, written: &Written) -> &'static str {
        words::filing_kind(written.filing)
    }

    fn until(&self, check: &CheckReply) -> String {
        words::day(check.until)
    }

    fn link(&self, path: &str) -> String {
        self.desk.link(path)
    }
}

templates!(Page, "mail/sign_off_asked/subject.txt", "mail/sign_off_asked/body.txt", "mail/sign_off_asked/body.html");
