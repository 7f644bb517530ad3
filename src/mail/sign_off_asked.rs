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

    /// What it is and which recommendation it is about: the words of its link.
    fn line(&self, written: &Written) -> String {
        format!("{}: {}", words::filing_kind(written.filing), written.item.line())
    }

    /// Each reply in words that tell it from the others and nothing of what it is about, with where it is read.
    fn checks(&self) -> Vec<(String, &str)> {
        let checks = &self.letter.checks;
        let line = |(at, check): (usize, &CheckReply)| {
            let reply = if checks.len() > 1 { format!("Reply {}", at + 1) } else { "A reply".to_owned() };
            let until = words::day(check.until);
            format!("{reply} to something that is not public yet, to be sent by the end of {until}")
        };
        checks.iter().enumerate().map(|(at, check)| (line((at, check)), check.link.as_str())).collect()
    }

    fn link(&self, path: &str) -> String {
        self.desk.link(path)
    }
}

templates!(Page, "mail/sign_off_asked/subject.txt", "mail/sign_off_asked/body.txt", "mail/sign_off_asked/body.html");
