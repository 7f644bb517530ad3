//! That a session is in use, noted beside the page: whoever reads does not wait for those who write.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::domain::id::SessionId;
use crate::domain::moment::Moment;
use crate::service::Service;

/// So long a page waits for it. It is noted in far less, but where somebody holds what all write to.
const PATIENCE: Duration = Duration::from_millis(500);

/// The sessions that are being noted: none has two places in the line of those who write.
#[derive(Clone, Default)]
pub(super) struct Noting(Arc<Mutex<HashSet<SessionId>>>);

impl Noting {
    /// Notes that a session is in use. Where that takes long, the page does not wait for it, nor do the next ones of the session.
    pub async fn note(&self, service: &Service, session: SessionId, now: Moment) {
        let Some(noted) = self.begin(session) else { return };
        let service = service.clone();
        let noting = actix_web::rt::spawn(async move {
            if let Err(fault) = service.keep_session(session, now).await {
                // Reading goes on where writing cannot.
                tracing::warn!(source = %fault, "that a session is in use could not be noted");
            }
            drop(noted);
        });
        let _noted_or_still_at_it = tokio::time::timeout(PATIENCE, noting).await;
    }

    /// Nothing where it is being noted already.
    fn begin(&self, session: SessionId) -> Option<Noted> {
        let is_first = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(session);
        is_first.then(|| Noted(self.clone(), session))
    }
}

/// A session that is being noted, until this goes.
struct Noted(Noting, SessionId);

impl Drop for Noted {
    fn drop(&mut self) {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_noted_once_at_a_time() {
        let noting = Noting::default();
        let one = noting.begin(SessionId(1));
        assert!(one.is_some() && noting.begin(SessionId(1)).is_none());
        assert!(noting.begin(SessionId(2)).is_some());
        drop(one);
        assert!(noting.begin(SessionId(1)).is_some());
    }
}
