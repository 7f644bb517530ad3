//! Asks a body's contributor for the updates that are due: one mail, all their items in it.

use super::compose::{Desk, Error, Words, templates};
use crate::domain::deadline::DeadlineKind;
use crate::domain::ladder::Next;
use crate::domain::mail::{Reminder, ReminderItem};
use crate::domain::moment::Moment;
use crate::domain::words;

pub(super) fn words(letter: &Reminder, desk: &Desk<'_>) -> Result<Words, Error> {
    Page { letter, desk }.words()
}

struct Page<'a> {
    letter: &'a Reminder,
    desk: &'a Desk<'a>,
}

impl Page<'_> {
    fn asked(&self) -> String {
        words::count(self.letter.items.len() as u64, "item", "items")
    }

    fn is_one(&self) -> bool {
        self.letter.items.len() == 1
    }

    /// `3 of them are overdue`, where any is.
    fn overdue(&self) -> Option<String> {
        let overdue = self.letter.items.iter().filter(|item| item.due < self.desk.today).count();
        words::overdue_among(self.letter.items.len() as u64, overdue as u64)
    }

    /// `No update received by 1 March 2027`, or `Due 1 March 2027, in 14 days`.
    fn due(&self, item: &ReminderItem) -> String {
        if item.due < self.desk.today {
            words::missed(DeadlineKind::Return, item.due)
        } else {
            format!("Due {}, {}", words::day(item.due), words::distance(item.due, self.desk.today))
        }
    }

    /// Why the alternate is written to, where its reader is.
    fn as_alternate(&self) -> Option<&'static str> {
        let items = &self.letter.items;
        let of = items.iter().filter(|item| item.as_alternate).count();
        words::asked_as_alternate(items.len(), of)
    }

    fn next(&self, next: &Next) -> String {
        words::comes_next(*next, self.desk.today)
    }

    fn moment(&self, moment: &Moment) -> String {
        self.desk.moment(*moment)
    }

    fn link(&self, path: &str) -> String {
        self.desk.link(path)
    }
}

templates!(Page, "mail/reminder/subject.txt", "mail/reminder/body.txt", "mail/reminder/body.html");
