//! Connections of one kind, and as many permits, so that a request waits without holding a thread.

use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::r2d2::{Builder, Pool, PooledConnection};
use metrics::Histogram;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Error;
use super::conn::{Address, Opener};
use super::patience::{InAHurry, waits_for_a_standby};
use super::stamp::Latest;

/// How long a request waits for a connection before it is told that the register is busy.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often it is looked meanwhile whether the database has fallen silent.
const LOOK: Duration = Duration::from_secs(1);

/// Where it is noted how long work waited for its turn.
#[derive(Clone)]
pub struct Waits {
    /// Work that reads.
    pub readers: Histogram,
    /// Work that writes.
    pub writer: Histogram,
}

impl Default for Waits {
    /// Nowhere.
    fn default() -> Self {
        Self { readers: Histogram::noop(), writer: Histogram::noop() }
    }
}

#[derive(Clone)]
pub(super) struct Line {
    pub opener: Opener,
    pool: Pool<Opener>,
    permits: Arc<Semaphore>,
    pub latest: Arc<Latest>,
    waits: Histogram,
}

impl Line {
    pub fn open(
        address: &Address,
        read_only: bool,
        size: u32,
        latest: Arc<Latest>,
        waits: Histogram,
    ) -> Result<Self, Error> {
        Self::of(Opener { address: address.clone(), read_only }, Pool::<Opener>::builder(), (size, latest, waits))
    }

    /// One connection for one who looks on and does not wait long: neither to be let in, nor for an answer.
    pub fn aside(address: &Address) -> Result<Self, Error> {
        let opener = Opener { address: address.clone().in_a_hurry(), read_only: true };
        let hurried = Pool::<Opener>::builder().connection_customizer(Box::new(InAHurry));
        Self::of(opener, hurried, (1, Arc::new(Latest::unknown()), Waits::default().readers))
    }

    fn of(
        opener: Opener,
        pool: Builder<Opener>,
        (size, latest, waits): (u32, Arc<Latest>, Histogram),
    ) -> Result<Self, Error> {
        // Connections are opened when they are asked for: one kept idle beside those in use is dear on PostgreSQL, where each
        // is a process that prepares every statement anew.
        let pool = pool
            .max_size(size)
            .min_idle(Some(0))
            .test_on_check_out(true)
            .connection_timeout(PATIENCE)
            .build(opener.clone())
            .map_err(|fault| Error::Failed(fault.to_string()))?;
        Ok(Self { opener, pool, permits: Arc::new(Semaphore::new(size as usize)), latest, waits })
    }

    /// Takes a connection, or says why there is none. A database that is known to be silent is not waited for.
    pub fn take(&self) -> Result<PooledConnection<Opener>, Error> {
        let begun = Instant::now();
        loop {
            let fault = match self.pool.get_timeout(LOOK) {
                Ok(conn) => return Ok(conn),
                Err(fault) => fault.to_string(),
            };
            let is_silent = self.latest.known().is_silent();
            if is_silent || begun.elapsed() >= PATIENCE {
                // The pool adds why no connection could be opened; where it has nothing to add, all are in use.
                return Err(if is_silent || fault.contains(": ") { Error::Gone(fault) } else { Error::Busy });
            }
        }
    }

    /// Waits for a permit: for so long, and no longer.
    pub async fn turn(&self) -> Result<OwnedSemaphorePermit, Error> {
        let waiting = Arc::clone(&self.permits).acquire_owned();
        let permit = tokio::time::timeout(PATIENCE, waiting).await;
        permit.map_err(|_| Error::Busy)?.map_err(|_| Error::Busy)
    }

    /// Notes how long work waited for its turn.
    pub fn waited(&self, span: Duration) {
        self.waits.record(span);
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit, Error> {
        let begun = Instant::now();
        let permit = self.turn().await;
        self.waited(begun.elapsed());
        permit
    }

    /// Runs `work` on a blocking thread once a permit is free. Work that a silent database holds up is not waited for, nor a commit for
    /// which no standby vouches: its thread and its permit come back when the connection ends, or the standby is there, and others
    /// may ask meanwhile.
    pub async fn run<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&Self) -> Result<T, E> + Send + 'static,
    {
        let permit = self.permit().await?;
        let line = self.clone();
        let mut done = tokio::task::spawn_blocking(move || {
            let answer = work(&line);
            drop(permit);
            answer
        });
        let (begun, mut asks_after) = (Instant::now(), PATIENCE);
        loop {
            match tokio::time::timeout(LOOK, &mut done).await {
                Ok(done) => return answered(done),
                Err(_) if begun.elapsed() >= PATIENCE && self.latest.known().is_silent() => {
                    return Err(E::from(Error::Gone("it does not answer".to_owned())));
                }
                Err(_) if begun.elapsed() >= asks_after => {
                    asks_after += PATIENCE;
                    if self.is_held_up_by_a_standby().await {
                        return Err(E::from(Error::Gone("no standby says that it has it".to_owned())));
                    }
                }
                Err(_) => {}
            }
        }
    }

    /// Whether commits wait for a standby that is away: then what was to be written is written, and nobody else sees it.
    async fn is_held_up_by_a_standby(&self) -> bool {
        if self.opener.read_only || matches!(self.opener.address, Address::Sqlite(_)) {
            return false;
        }
        let opener = Opener { address: self.opener.address.clone().in_a_hurry(), read_only: true };
        let asked = tokio::task::spawn_blocking(move || waits_for_a_standby(&opener));
        matches!(asked.await, Ok(Ok(true)))
    }
}

/// What a blocking thread answers; its panic goes on in whoever waited.
pub(super) fn answered<T, E: From<Error>>(done: Result<Result<T, E>, tokio::task::JoinError>) -> Result<T, E> {
    match done {
        Ok(answer) => answer,
        Err(fault) if fault.is_panic() => std::panic::resume_unwind(fault.into_panic()),
        Err(_) => Err(E::from(Error::Busy)),
    }
}
