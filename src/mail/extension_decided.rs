//! Tells a body what was decided on its requests for a later target date. The decisions are public, with their reasons.

use super::compose::{Desk, Error, Words, templates};
use crate::domain::mail::{Decision, ExtensionDecided};
use crate::domain::words;

pub(super) fn words(letter: &ExtensionDecided, desk: &Desk<'_>) -> Result<Words, Error> {
    Page { letter, desk }.words()
}

struct Page<'a> {
    letter: &'a ExtensionDecided,
    desk: &'a Desk<'a>,
}

impl Page<'_> {
    fn decided(&self) -> String {
        words::count(self.letter.items.len() as u64, "request", "requests")
    }

    fn said(&self, decision: &Decision) -> String {
        words::extension_decided(decision.decision, decision.target)
    }

    fn link(&self, path: &str) -> String {
        self.desk.link(path)
    }
}

templates!(
    Page,
    "mail/extension_decided/subject.txt",
    "mail/extension_decided/body.txt",
    "mail/extension_decided/body.html"
);
