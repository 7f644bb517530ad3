//! Tells the post at the top of a body what was asked for and has not come.

use super::compose::{Desk, Error, Words, templates};
use crate::domain::deadline::DeadlineKind;
use crate::domain::mail::{ReminderItem, TopAsked};
use crate::domain::words;

pub(super) fn words(letter: &TopAsked, desk: &Desk<'_>) -> Result<Words, Error> {
    Page { letter, desk }.words()
}

struct Page<'a> {
    letter: &'a TopAsked,
    desk: &'a Desk<'a>,
}

impl Page<'_> {
    fn asked(&self) -> String {
        words::count(self.letter.items.len() as u64, "item", "items")
    }

    fn missed(&self, item: &ReminderItem) -> String {
        words::missed(DeadlineKind::Return, item.due)
    }

    fn link(&self, path: &str) -> String {
        self.desk.link(path)
    }
}

templates!(Page, "mail/top_asked/subject.txt", "mail/top_asked/body.txt", "mail/top_asked/body.html");
