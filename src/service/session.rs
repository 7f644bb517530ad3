//! Ending one's own sessions from another place: a screen left open, a telephone lost.

use super::{Act, Done, Error, Service};
use crate::domain::address;
use crate::domain::id::SessionId;
use crate::domain::session;
use crate::store::session as stored;

impl Service {
    /// Ends one of the person's own sessions, by its name on their page.
    ///
    /// # Errors
    /// `NotFound` when none of theirs has that name.
    pub async fn end_session(&self, act: Act, name: String) -> Result<Done, Error> {
        let secret = self.secret.clone();
        self.once(act, move |tx, act| {
            let own = stored::list(tx, act.actor.person, act.now)?;
            let named = own.iter().find(|one| session::is_named(&secret, one.id, &name)).ok_or(Error::NotFound)?;
            stored::end_one(tx, named.id)?;
            Ok(Done::at(address::ACCOUNT.to_owned()))
        })
        .await
    }

    /// Ends every session of the person but the one that they use.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_other_sessions(&self, act: Act, used: SessionId) -> Result<Done, Error> {
        self.once(act, move |tx, act| {
            stored::end_all_but(tx, act.actor.person, used)?;
            Ok(Done::at(address::ACCOUNT.to_owned()))
        })
        .await
    }
}
