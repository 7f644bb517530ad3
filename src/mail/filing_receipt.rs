//! Tells the other people of a body that somebody filed by the link of a reminder.

use super::compose::{Desk, Error, Words, templates};
use crate::domain::mail::FilingReceipt;
use crate::domain::words;

pub(super) fn words(letter: &FilingReceipt, desk: &Desk<'_>) -> Result<Words, Error> {
    Page { letter, desk }.words()
}

struct Page<'a> {
    letter: &'a FilingReceipt,
    desk: &'a Desk<'a>,
}

impl Page<'_> {
    fn filed(&self) -> String {
        words::count(self.letter.items.len() as u64, "item", "items")
    }

    fn on(&self) -> String {
        words::day(self.letter.on)
    }

    fn link(&self, path: &str) -> String {
        self.desk.link(path)
    }
}

templates!(Page, "mail/filing_receipt/subject.txt", "mail/filing_receipt/body.txt", "mail/filing_receipt/body.html");
