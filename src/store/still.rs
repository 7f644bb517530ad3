//! A register that stands still: one transaction, open for as long as somebody reads, so that what is read early and what
//! is read late belong to one state.

use std::sync::{Arc, Mutex};

use super::conn::{self, Address, Conn, Opener};
use super::line::answered;
use super::{Error, ReadTx, ledger};

/// One connection within its transaction. Reads wait for each other.
#[derive(Clone)]
pub(super) struct Still(Arc<Mutex<Conn>>);

impl Still {
    /// Opens the connection and takes the snapshot.
    ///
    /// # Errors
    /// With the library's reason when the database cannot be reached.
    pub fn open(address: &Address) -> Result<Self, Error> {
        let opener = Opener { address: address.clone(), read_only: true };
        let mut conn = opener.open().map_err(|fault| Error::Failed(fault.to_string()))?;
        conn::begin_read(&mut conn)?;
        // The first read takes the snapshot.
        let _seq = ledger::newest(&mut ReadTx { conn: &mut conn, past: None })?;
        Ok(Self::of(conn))
    }

    /// The same over a connection that is within its transaction, and has its snapshot.
    pub fn of(conn: Conn) -> Self {
        Self(Arc::new(Mutex::new(conn)))
    }

    /// Reads on a blocking thread.
    ///
    /// # Errors
    /// What `work` returns, or that the snapshot is lost.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&mut ReadTx<'_>) -> Result<T, E> + Send + 'static,
    {
        let still = self.clone();
        answered(tokio::task::spawn_blocking(move || still.read_now(work)).await)
    }

    /// Reads on this thread.
    ///
    /// # Errors
    /// As [`Still::read`].
    pub fn read_now<T, E: From<Error>>(&self, work: impl FnOnce(&mut ReadTx<'_>) -> Result<T, E>) -> Result<T, E> {
        let lost = |_| Error::Failed("a read broke off, and the snapshot with it".to_owned());
        let mut conn = self.0.lock().map_err(lost)?;
        work(&mut ReadTx { conn: &mut conn, past: None })
    }
}
