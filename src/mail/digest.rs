//! Tells somebody who works with the register what happened and what waits, as often as they chose.

use super::compose::{Desk, Error, Words, templates};
use crate::domain::mail::{Digest, Matter, Section};
use crate::domain::staff_digest::DigestCycle;
use crate::domain::words;

pub(super) fn words(letter: &Digest, desk: &Desk<'_>) -> Result<Words, Error> {
    Page { letter, desk }.words()
}

struct Page<'a> {
    letter: &'a Digest,
    desk: &'a Desk<'a>,
}

impl Page<'_> {
    fn from(&self) -> String {
        words::day(self.letter.from)
    }

    fn to(&self) -> String {
        words::day(self.letter.to)
    }

    /// `Weekly summary`, as the subject has it: neutral, for it is shown on locked screens.
    const fn name(&self) -> &'static str {
        match self.letter.cycle {
            DigestCycle::Daily => "Daily summary",
            DigestCycle::Weekly | DigestCycle::Never => "Weekly summary",
        }
    }

    fn sections(&self) -> Vec<&Section> {
        self.letter.sections.iter().filter(|section| section.count() > 0).collect()
    }

    /// `Waiting to be published: 3`.
    fn heading(&self, section: &Section) -> String {
        let heading = match section.matter {
            Matter::MailToDecide => "Mail to the public waits for a decision",
            Matter::ToPublish => "Waiting to be published",
            Matter::ToConfirm => "Waiting for a second person",
            Matter::Changed => "Published",
            Matter::Due => "Due soon",
            Matter::Overdue => "Dates that have passed",
            Matter::Silent => "No response received",
            Matter::Lapsed => "No longer holds",
            Matter::Moved => "Target dates moved",
            Matter::NoContributor => "No working contact",
            Matter::FromReaders => "What readers say is wrong, to be decided on",
            Matter::HoldToReview => "Holds to be reviewed",
            Matter::SupportToCheck => "Support to be checked again",
            Matter::HolidaysEnd => "Bank holidays to be entered",
            Matter::MailFailed => "Mail that failed",
        };
        format!("{heading}: {}", words::number(section.count()))
    }

    /// `and 12 more`.
    fn more(&self, section: &Section) -> Option<String> {
        (section.more > 0).then(|| words::more_in_list(section.more))
    }

    fn link(&self, path: &str) -> String {
        self.desk.link(path)
    }
}

templates!(Page, "mail/digest/subject.txt", "mail/digest/body.txt", "mail/digest/body.html");
