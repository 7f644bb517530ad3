//! The code that opens the form behind the link of a reminder.

use super::compose::{Desk, Error, Words, templates};
use crate::domain::mail::FilingCode;

pub(super) fn words(letter: &FilingCode, desk: &Desk<'_>) -> Result<Words, Error> {
    Page { letter, desk }.words()
}

struct Page<'a> {
    letter: &'a FilingCode,
    desk: &'a Desk<'a>,
}

impl Page<'_> {
    fn expires(&self) -> String {
        self.desk.moment(self.letter.expires)
    }
}

templates!(Page, "mail/filing_code/subject.txt", "mail/filing_code/body.txt", "mail/filing_code/body.html");
