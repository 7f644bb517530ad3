//! What is kept for a time only, removed when the time is over.

use super::job::Cycle;
use super::{Error, Service};
use crate::domain::complaint::{EMAIL_KEPT_DAYS, EMAIL_KEPT_UNDECIDED_DAYS};
use crate::domain::outbox::CONTENT_KEPT;
use crate::domain::session::{ABSOLUTE_SECONDS, IDLE_SECONDS};
use crate::domain::subscription::{ENDED_KEPT_DAYS, SUPPRESSED_KEPT_DAYS, UNCONFIRMED_KEPT_DAYS};
use crate::store::{complaint, outbox, passing, subscriber, suppression};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// How long a one-time link's row stays after it was used or ended, so that its page can say what became of it.
const TOKEN_AFTERLIFE: i64 = 7 * DAY;
/// How long failed sign-ins are remembered; the delays that they cause are over long before.
const THROTTLE_KEPT: i64 = DAY;
/// How long a form's answer is kept.
const RECEIPT_KEPT: i64 = 7 * DAY;

/// What was removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tidied {
    /// Sessions that had ended.
    pub sessions: usize,
    /// One-time links that were used or had ended.
    pub tokens: usize,
    /// Counts of failed sign-ins.
    pub throttles: usize,
    /// Answers to forms.
    pub receipts: usize,
    /// Mails whose words were removed.
    pub mails: usize,
    /// Addresses of readers who said that something is wrong.
    pub addresses: usize,
    /// Addresses of people who never confirmed, or stopped, and of dead mailboxes.
    pub followers: usize,
}

impl Service {
    /// Removes what has been kept long enough.
    ///
    /// # Errors
    /// When the database fails, or another process has taken the run over.
    pub async fn tidy(&self, cycle: Cycle) -> Result<Tidied, Error> {
        let tidied = self
            .writer
            .write(move |tx| {
                let ago = |seconds: i64| cycle.now.plus_seconds(-seconds);
                let tidied = Tidied {
                    sessions: passing::remove_sessions(tx, ago(IDLE_SECONDS), ago(ABSOLUTE_SECONDS))?,
                    tokens: passing::remove_tokens(tx, ago(TOKEN_AFTERLIFE))?,
                    throttles: passing::remove_throttles(tx, ago(THROTTLE_KEPT))?,
                    receipts: passing::remove_receipts(tx, ago(RECEIPT_KEPT))?,
                    mails: outbox::remove_words(tx, ago(CONTENT_KEPT))?,
                    addresses: complaint::forget_addresses(
                        tx,
                        cycle.today.plus_days(-EMAIL_KEPT_DAYS),
                        ago(EMAIL_KEPT_UNDECIDED_DAYS * DAY),
                    )?,
                    followers: subscriber::forget(
                        tx,
                        cycle.now,
                        ago(UNCONFIRMED_KEPT_DAYS * DAY),
                        ago(ENDED_KEPT_DAYS * DAY),
                    )? + suppression::forget(tx, ago(SUPPRESSED_KEPT_DAYS * DAY))?,
                };
                cycle.finish(tx, &format!("{tidied:?}"))?;
                Ok::<_, Error>(tidied)
            })
            .await?;
        // What another node removed comes onto the list in this one's data folder too.
        self.list_removals_meanwhile().await;
        Ok(tidied)
    }
}
