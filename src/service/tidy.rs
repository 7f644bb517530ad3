//! What is kept for a time only, removed when the time is over.

use std::collections::BTreeMap;

use super::job::Cycle;
use super::{Error, Service, former};
use crate::domain::email::Email;
use crate::domain::moment::Moment;
use crate::domain::retention::Kept;
use crate::domain::session::{ABSOLUTE_SECONDS, IDLE_SECONDS};
use crate::store::{
    WriteTx, accuracy, bulk, complaint, exhibit, filing, outbox, passing, report, setting, subscriber, suppression,
};

/// The job's name, in the table of runs.
pub const TIDY: &str = "tidy";

const DAY: i64 = 24 * 3600;

/// What was removed, by kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tidied(BTreeMap<Kept, usize>);

impl Tidied {
    /// How much of one kind.
    #[must_use]
    pub fn of(&self, kind: Kept) -> usize {
        self.0.get(&kind).copied().unwrap_or(0)
    }

    /// What a run wrote about itself; `None` for what an earlier version of this program wrote.
    #[must_use]
    pub fn read(summary: &str) -> Option<Self> {
        let counts: BTreeMap<String, usize> = serde_json::from_str(summary).ok()?;
        Some(Self(counts.into_iter().filter_map(|(kind, count)| Some((kind.parse().ok()?, count))).collect()))
    }

    fn summary(&self) -> String {
        let counts: BTreeMap<&str, usize> = self.0.iter().map(|(kind, count)| (kind.as_str(), *count)).collect();
        serde_json::to_string(&counts).unwrap_or_default()
    }
}

impl Service {
    /// Removes what has been kept long enough.
    ///
    /// # Errors
    /// When the database fails, or another process has taken the run over.
    pub async fn tidy(&self, cycle: Cycle) -> Result<Tidied, Error> {
        let tidied = self
            .writer
            .write_long(move |tx| {
                let periods = setting::periods(tx)?;
                let mut tidied = Tidied::default();
                for kind in Kept::ALL.iter().copied() {
                    tidied.0.insert(kind, remove(tx, kind, periods.days(kind), &cycle)?);
                }
                cycle.finish(tx, &tidied.summary())?;
                Ok::<_, Error>(tidied)
            })
            .await?;
        // What another node removed comes onto the list in this one's data folder too.
        self.list_removals_meanwhile().await;
        self.overwrite_traces().await;
        Ok(tidied)
    }
}

/// Removes what is older than so many days; answers how much that was.
fn remove(tx: &mut WriteTx<'_>, kind: Kept, days: i64, cycle: &Cycle) -> Result<usize, Error> {
    let before: Moment = cycle.now.plus_seconds(-days * DAY);
    let day = cycle.today.plus_days(-days);
    Ok(match kind {
        Kept::Session => {
            let ended = |after: i64| before.plus_seconds(-after);
            passing::remove_sessions(tx, ended(IDLE_SECONDS), ended(ABSOLUTE_SECONDS))?
        }
        Kept::Link => passing::remove_tokens(tx, before)?,
        Kept::Limit => passing::remove_throttles(tx, before)?,
        // What an act on several items came to is the answer to a form, as its receipt is.
        Kept::Receipt => passing::remove_receipts(tx, before)? + bulk::remove(tx, before)?,
        Kept::JobRun => passing::remove_job_runs(tx, before)?,
        Kept::MailWords => outbox::remove_words(tx, before)?,
        Kept::MailRecord => outbox::forget_recipients(tx, before, &Email::of_nobody())?,
        Kept::ComplaintAddress => complaint::forget_addresses_of_decided(tx, day)?,
        Kept::ComplaintUndecided => complaint::forget_addresses(tx, before)?,
        Kept::ComplaintWords => complaint::forget_words(tx, day)?,
        Kept::ComplaintWordsUndecided => complaint::forget_words_undecided(tx, before)?,
        Kept::PrivateEvidence => {
            exhibit::forget_private(tx, before, cycle.now, false)? + report::forget_files(tx, before, cycle.now)?
        }
        Kept::JudgingEvidence => exhibit::forget_private(tx, before, cycle.now, true)?,
        Kept::Withdrawn => filing::forget_unpublished(tx, before, cycle.now)? + accuracy::forget_late(tx, before, day)?,
        Kept::Leaver => former::people_who_left(tx, before, cycle.now)?,
        Kept::UnconfirmedFollower => subscriber::forget_unconfirmed(tx, cycle.now, before)?,
        Kept::FormerFollower => subscriber::forget_ended(tx, cycle.now, before)?,
        Kept::DeadAddress => suppression::forget(tx, before)?,
        Kept::Contact => former::contacts_who_left(tx, day, cycle.now)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_run_wrote_is_read_back() {
        let tidied = Tidied(BTreeMap::from([(Kept::Leaver, 2), (Kept::Session, 0)]));
        let read = Tidied::read(&tidied.summary());
        assert_eq!(read, Some(tidied));
        assert_eq!(read.map(|read| read.of(Kept::Leaver)), Some(2));
        assert_eq!(Tidied::read("Tidied { sessions: 3 }"), None);
    }
}
