//! Why a deed was not done, by what the person can do about it.

use crate::domain::access::Refusal;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::store;

/// A deed that was not done; nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The person may not: 403.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// There is no such thing: 404.
    #[error("not found")]
    NotFound,
    /// What was sent has faults: 422, the form again with each.
    #[error(transparent)]
    Problems(#[from] Problems),
    /// Somebody else changed it first: 409, both texts side by side.
    #[error("changed by somebody else meanwhile")]
    Stale,
    /// The database: 503 when busy, else 500.
    #[error(transparent)]
    Store(store::Error),
}

impl From<store::Error> for Error {
    fn from(fault: store::Error) -> Self {
        match fault {
            store::Error::NotFound => Self::NotFound,
            store::Error::Stale => Self::Stale,
            // At no field of any form: the whole of it waits.
            store::Error::Held(held) => Problems::one("", words::held_back(held)).into(),
            other => Self::Store(other),
        }
    }
}
