//! Tells its author that a piece of work needs another look before it can be published.

use super::compose::{Desk, Error, Words, templates};
use crate::domain::filing::FilingKind;
use crate::domain::mail::ReturnSentBack;

pub(super) fn words(letter: &ReturnSentBack, desk: &Desk<'_>) -> Result<Words, Error> {
    Page { letter, desk }.words()
}

struct Page<'a> {
    letter: &'a ReturnSentBack,
    desk: &'a Desk<'a>,
}

impl Page<'_> {
    /// An update can be changed and sent again; whatever else, only taken back and proposed anew.
    fn is_update(&self) -> bool {
        self.letter.filing == FilingKind::Return
    }

    /// What it is called where it is spoken of: a body's own people may get this for whoever wrote it.
    fn sent(&self) -> &'static str {
        match self.letter.filing {
            FilingKind::Return => "An update that your organisation sent",
            FilingKind::Reply => "A reply that your organisation sent",
            FilingKind::Assessment | FilingKind::Closure | FilingKind::Wording => "What you proposed",
        }
    }

    /// What is done anew once it was taken back.
    fn anew(&self) -> &'static str {
        if self.letter.filing == FilingKind::Reply { "write it anew" } else { "propose it anew" }
    }

    fn kind(&self) -> &'static str {
        crate::domain::words::filing_kind(self.letter.filing)
    }

    fn link(&self, path: &str) -> String {
        self.desk.link(path)
    }
}

templates!(
    Page,
    "mail/return_sent_back/subject.txt",
    "mail/return_sent_back/body.txt",
    "mail/return_sent_back/body.html"
);
