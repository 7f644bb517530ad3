//! Who is acting: `staff: Staff` as an argument of every handler behind the staff door.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use super::error::Error;
use super::frame;
use crate::domain::access::{About, Deed, may};
use crate::domain::id::SessionId;
use crate::domain::moment::{Day, Moment};
use crate::domain::person::Actor;
use crate::domain::problem::Problems;
use crate::domain::publication::FourQuestions;
use crate::service::Act;

/// The longest idempotency key that is taken.
const KEY_LIMIT: usize = 64;

/// Somebody with a session, at this moment.
#[derive(Debug, Clone)]
pub struct Staff {
    /// Who, and in which role now.
    pub actor: Actor,
    /// Their name.
    pub name: String,
    /// The session that they use.
    pub session: SessionId,
    /// The moment.
    pub now: Moment,
    /// The day that it is in the register's zone.
    pub today: Day,
    /// A random name for what the deed makes.
    fresh: String,
}

impl Staff {
    /// What a deed is told: who, when, and on which form. Where words become public, the form's four questions are put into it.
    #[must_use]
    pub fn act(&self, key: &str) -> Act {
        // `csrf` has bound it to the address and to what the form says, so two buttons of one page are two deeds.
        let key = (!key.is_empty() && key.len() <= KEY_LIMIT).then(|| key.to_owned());
        Act {
            actor: self.actor,
            now: self.now,
            day: self.today,
            key,
            fresh: self.fresh.clone(),
            questions: FourQuestions::default(),
            faults: Problems::none(),
        }
    }

    /// Whether they may see or do something, for a page that shows it. Every deed is asked again where it is done.
    ///
    /// # Errors
    /// [`Error::Forbidden`], with the reason.
    pub fn may(&self, deed: Deed, about: About) -> Result<(), Error> {
        Ok(may(self.actor, deed, about)?)
    }
}

impl FromRequest for Staff {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let state = frame::state(&request)?;
            let known = frame::known(&request).await?;
            // The door lets nobody through without a session, so this is the second lock on it.
            let Some((_, session)) = &known.session else { return Err(Error::Forged) };
            Ok(Self {
                actor: session.actor,
                name: session.name.clone(),
                session: session.id,
                now: state.now(),
                today: state.today(),
                fresh: state.reference(),
            })
        })
    }
}
