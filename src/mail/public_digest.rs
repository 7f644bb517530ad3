//! Tells somebody who follows the register what changed. What was wrong in an earlier mail stands first.

use super::compose::{Desk, Error, Words, templates};
use crate::domain::mail::{News, PublicDigest, Section};
use crate::domain::words;

pub(super) fn words(letter: &PublicDigest, desk: &Desk<'_>) -> Result<Words, Error> {
    Page { letter, desk }.words()
}

struct Page<'a> {
    letter: &'a PublicDigest,
    desk: &'a Desk<'a>,
}

impl Page<'_> {
    fn to(&self) -> String {
        words::day(self.letter.to)
    }

    /// What it says; nothing before it was tried.
    fn news(&self) -> Option<&News> {
        self.letter.news.as_ref()
    }

    fn corrects(&self) -> bool {
        self.news().is_some_and(|news| !news.corrections.is_empty())
    }

    fn tells(&self) -> bool {
        self.news().is_some_and(|news| !news.lines.is_empty() || !news.counts.is_empty())
    }

    /// What the part on what no longer holds begins with.
    fn lapsed(&self, section: &Section) -> String {
        words::lapsed_of_followed(section.count())
    }

    /// How many of them are not named.
    fn more(&self, section: &Section) -> String {
        words::more_in_list(section.more)
    }

    fn link(&self, path: &str) -> String {
        self.desk.link(path)
    }
}

templates!(Page, "mail/public_digest/subject.txt", "mail/public_digest/body.txt", "mail/public_digest/body.html");
