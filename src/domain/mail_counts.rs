//! How mail stands, in numbers that somebody watches: on the page of all mail, in what a run prints, and in the log.

use super::moment::Moment;

/// How far back mail is counted that will not go, in seconds: seven days.
const COUNTED_BACK: i64 = 7 * 24 * 60 * 60;

/// How mail stands at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MailCounts {
    /// Mails that wait for their first try.
    pub waiting: u64,
    /// For how many seconds that mail could have gone which has waited longest, for its first try or another one; scheduled mail only
    /// while such mail may go, and since that hour.
    pub oldest: Option<i64>,
    /// Mails that a postman holds.
    pub sending: u64,
    /// Mails that failed for now.
    pub for_now: u64,
    /// Mails that failed for good since [`counted_from`].
    pub for_good: u64,
    /// Mails that were not sent since then, because their reader gets no mail.
    pub suppressed: u64,
}

/// Since when mail is counted that failed for good or was not sent.
#[must_use]
pub fn counted_from(now: Moment) -> Moment {
    now.plus_seconds(-COUNTED_BACK)
}
