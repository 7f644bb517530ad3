//! Whether the public is mailed about many changes at once: decided by a person, and taken back while it waits.

use super::{Act, Done, Error, Service};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::subscription::{MAILING_WAITS_SECONDS, MailingState};
use crate::store::mailing;

impl Service {
    /// Decides that the public is mailed about a range of changes, or is not. What is to be sent waits for a quarter of an hour,
    /// in which it can still be decided otherwise.
    ///
    /// # Errors
    /// A refusal; [`Error::Stale`] when it has gone, or somebody decided meanwhile; the database.
    pub async fn decide_mailing(&self, act: Act, reference: String, version: i64, send: bool) -> Result<Done, Error> {
        self.once(act, move |tx, act| {
            may(act.actor, Deed::DecideMailing, About::register())?;
            let seen = mailing::find(tx, &reference)?;
            let decided = match (seen.state, send) {
                (MailingState::Asked, true) => {
                    (MailingState::Approved, Some(act.now.plus_seconds(MAILING_WAITS_SECONDS)))
                }
                (MailingState::Asked | MailingState::Approved, false) => (MailingState::Refused, None),
                _ => return Err(Error::Stale),
            };
            if seen.version != version {
                return Err(Error::Stale);
            }
            mailing::decide(tx, &seen, decided, (act.now, act.actor.person))?;
            Ok(Done::at(address::STAFF_MAILINGS.to_owned()))
        })
        .await
    }
}
