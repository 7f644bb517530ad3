//! Runs of scheduled jobs: begun by one process, finished in the transaction of what they did, of the last piece of it, or in one after
//! that.

use sha2::{Digest, Sha256};

use super::{Error, Service};
use crate::domain::moment::{Day, Moment};
use crate::domain::token::Token;
use crate::store::WriteTx;
use crate::store::job::{self, JobRun};

/// How long a run may take before another process may take it over.
const LEASE_SECONDS: i64 = 10 * 60;

/// A run of a scheduled job, as its deed is given it.
#[derive(Debug, Clone)]
pub struct Cycle {
    run: JobRun,
    /// When it began.
    pub now: Moment,
    /// The day that it was then in the register's zone.
    pub today: Day,
    seed: [u8; 16],
}

impl Cycle {
    /// The period that it is for.
    #[must_use]
    pub fn period(&self) -> &str {
        &self.run.period
    }

    /// A name for a mail of this run: nobody can guess it, and it is the same whenever the run makes the mail again.
    pub(super) fn reference(&self, key: &str) -> String {
        named(self.seed, key)
    }

    /// The token of a link in a mail of this run: nobody can guess it, and it is the same whenever the run makes the mail again.
    pub(super) fn token(&self, key: &str) -> Token {
        let hash = Sha256::new().chain_update(self.seed).chain_update("link:").chain_update(key).finalize();
        Token::new(hash.into())
    }

    /// What makes the names of this run's mails.
    pub(super) const fn seed(&self) -> [u8; 16] {
        self.seed
    }

    /// Refuses to go on where another process has taken the run over. Call it at the beginning of each transaction of a run that is
    /// written in several.
    pub(super) fn still_held(&self, tx: &mut WriteTx<'_>) -> Result<(), Error> {
        Ok(job::hold(tx, &self.run)?)
    }

    /// Marks the run as finished. Call it in the transaction of what the run did, of the last piece of it, or in one after that.
    pub(super) fn finish(&self, tx: &mut WriteTx<'_>, summary: &str) -> Result<(), Error> {
        Ok(job::finish(tx, &self.run, self.now, summary)?)
    }
}

/// A name that nobody can guess, always the same for one seed and key.
pub(super) fn named(seed: [u8; 16], key: &str) -> String {
    let hash = Sha256::new().chain_update(seed).chain_update(key).finalize();
    hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

impl Service {
    /// Begins the run of a job for a period; `None` where it is finished already or another process has it. `seed` is 16
    /// random bytes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_job(
        &self,
        (job, period): (&'static str, String),
        (now, today): (Moment, Day),
        seed: [u8; 16],
    ) -> Result<Option<Cycle>, Error> {
        let until = now.plus_seconds(LEASE_SECONDS);
        let run = self.writer.write_unseen(move |tx| job::begin(tx, job, &period, now, until)).await?;
        Ok(run.map(|run| Cycle { run, now, today, seed }))
    }

    /// Gives a run back that failed, so that it is tried again soon.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn give_back_job(&self, cycle: &Cycle) -> Result<(), Error> {
        let run = cycle.run.clone();
        Ok(self.writer.write_unseen(move |tx| job::release(tx, &run)).await?)
    }
}
