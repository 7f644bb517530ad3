//! Tells its author that whoever signs off for their body wants another look at it. Why is read after signing in.

use super::compose::{Desk, Error, Words, templates};
use crate::domain::mail::{SentToAuthor, Written};
use crate::domain::words;

pub(super) fn words(letter: &SentToAuthor, desk: &Desk<'_>) -> Result<Words, Error> {
    Page { letter, desk }.words()
}

struct Page<'a> {
    letter: &'a SentToAuthor,
    desk: &'a Desk<'a>,
}

impl Page<'_> {
    fn back(&self) -> String {
        words::count(self.letter.items.len() as u64, "item", "items")
    }

    fn kind(&self, written: &Written) -> &'static str {
        words::filing_kind(written.filing)
    }

    fn link(&self, path: &str) -> String {
        self.desk.link(path)
    }
}

templates!(Page, "mail/sent_to_author/subject.txt", "mail/sent_to_author/body.txt", "mail/sent_to_author/body.html");
