//! Reading: from a snapshot for each read, from a replica, or from a register that stands still.

use std::sync::Arc;

use super::replica::Replica;
use super::stamp::{Known, Latest, Watch};
use super::still::Still;
use super::transaction::read_on;
use super::{Error, ReadTx, Reader, Reads, Source};

impl Reader {
    /// Reads from one snapshot, on a blocking thread.
    ///
    /// # Errors
    /// What `work` returns, or that the database is busy or has failed.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&mut ReadTx<'_>) -> Result<T, E> + Send + 'static,
    {
        match &self.0 {
            Source::Line(line) => line.run(move |line| read_on(line, work)).await,
            Source::Replica(replica) => replica.read(work).await,
            Source::Still(still) => still.read(work).await,
        }
    }

    /// The same for work that can be done twice: where a replica breaks off in the middle, it is done again on the primary.
    ///
    /// # Errors
    /// As [`Reader::read`].
    pub async fn read_or_again<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&mut ReadTx<'_>) -> Result<T, E> + Clone + Send + 'static,
    {
        match &self.0 {
            Source::Replica(replica) => replica.read_or_again(work).await,
            Source::Line(_) | Source::Still(_) => self.read(work).await,
        }
    }

    /// As [`Reader::read`], on this thread: for commands and at a start.
    ///
    /// # Errors
    /// As [`Reader::read`].
    pub fn read_now<T, E: From<Error>>(&self, work: impl FnOnce(&mut ReadTx<'_>) -> Result<T, E>) -> Result<T, E> {
        match &self.0 {
            Source::Line(line) => read_on(line, work),
            Source::Replica(replica) => replica.read_now(work),
            Source::Still(still) => still.read_now(work),
        }
    }

    /// What this process knows of the register's [stamp](mod@super::stamp), without asking the database.
    #[must_use]
    pub fn known(&self) -> Known {
        match &self.0 {
            Source::Line(line) => line.latest.known(),
            Source::Replica(replica) => replica.primary.latest.known(),
            // Nothing is kept of a register that stands still: each answer is asked for once.
            Source::Still(_) => Latest::unknown().known(),
        }
    }

    /// What asks the database for it; nothing where the register stands still.
    #[must_use]
    pub fn watch(&self) -> Option<Watch> {
        let line = match &self.0 {
            Source::Line(line) => line,
            Source::Replica(replica) => &replica.primary,
            Source::Still(_) => return None,
        };
        Some(Watch::new(line.opener.clone(), Arc::clone(&line.latest)))
    }

    /// What reads from a replica of the same register, at this address of PostgreSQL, for as long as it is no older than what
    /// [`Reader::known`] tells; else from where this one reads. Connects to no replica yet: that one is away is no reason not to begin.
    ///
    /// # Errors
    /// When the settings of the connection are not accepted.
    pub fn or_replica(&self, url: &str, reads: Reads) -> Result<Self, Error> {
        match &self.0 {
            Source::Line(line) => Ok(Self(Source::Replica(Box::new(Replica::open(line, url, reads)?)))),
            Source::Replica(_) | Source::Still(_) => Ok(self.clone()),
        }
    }

    /// What reads the register as it stands at this moment, from the same place: whatever is published meanwhile, every read sees
    /// the same.
    ///
    /// # Errors
    /// As [`super::open`].
    pub fn still(&self) -> Result<Self, Error> {
        let still = match &self.0 {
            Source::Line(line) => Still::open(&line.opener.address)?,
            Source::Replica(replica) => replica.still()?,
            Source::Still(still) => still.clone(),
        };
        Ok(Self(Source::Still(still)))
    }
}
