//! A connection that no pool holds.

use super::conn::{self, Opener};
use super::transaction::{read_with, write_with};
use super::{Address, Conn, Error, ReadTx, WriteTx};

/// One connection of one's own, which reads and writes: for a copy that is being restored, and that nobody else may see yet.
pub struct Alone(pub(super) Conn);

impl Alone {
    /// Opens it. The schema must be up to date.
    ///
    /// # Errors
    /// [`Error::Failed`] with the library's reason when the database cannot be reached.
    pub fn open(address: &Address) -> Result<Self, Error> {
        let opener = Opener { address: address.clone(), read_only: false };
        opener.open().map(Self).map_err(|fault| Error::Failed(fault.to_string()))
    }

    /// Reads from one snapshot.
    ///
    /// # Errors
    /// As [`Reader::read`].
    pub fn read_now<T, E: From<Error>>(&mut self, work: impl FnOnce(&mut ReadTx<'_>) -> Result<T, E>) -> Result<T, E> {
        read_with(&mut self.0, work)
    }

    /// Writes in one transaction.
    ///
    /// # Errors
    /// As [`Writer::write`].
    pub fn write_now<T, E: From<Error>>(
        &mut self,
        work: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        write_with(&mut self.0, true, work).map(|(done, _)| done)
    }

    /// As [`Writer::scrub`].
    ///
    /// # Errors
    /// As [`Writer::scrub`].
    pub fn scrub(&mut self, tables: &[&str]) -> Result<bool, Error> {
        conn::scrub(&mut self.0, tables)
    }
}
