//! Signing in and out. What a stranger learns is the same whether there is an account or not, and takes as long.

use std::net::IpAddr;

use secrecy::SecretString;

use super::hasher::Compared;
use super::{Error, Service};
use crate::domain::email::Email;
use crate::domain::id::SessionId;
use crate::domain::moment::Moment;
use crate::domain::password::Password;
use crate::domain::secret::Secret;
use crate::domain::throttle;
use crate::domain::token::{Token, TokenHash};
use crate::store::throttle as tries;
use crate::store::{Error as StoreError, person, session};

/// Somebody at the door.
#[derive(Debug)]
pub struct SignIn {
    /// The address, as typed.
    pub email: String,
    /// The password, as typed.
    pub password: SecretString,
    /// Where they are on the network.
    pub from: IpAddr,
    /// The session that their browser has now: it ends.
    pub before: Option<TokenHash>,
    /// The token of the session to begin.
    pub token: Token,
    /// A salt, should the password be hashed anew.
    pub salt: [u8; 16],
    /// The moment.
    pub now: Moment,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignedIn {
    /// The session of the token has begun.
    Yes,
    /// There is no account with this address and this password.
    No,
    /// Too many tries: wait so many seconds.
    Wait(i64),
}

impl Service {
    /// Begins a session, if address and password are those of somebody who may.
    ///
    /// # Errors
    /// When it is too busy, or the database fails.
    pub async fn sign_in(&self, at: SignIn) -> Result<SignedIn, Error> {
        let email = at.email.parse::<Email>().ok();
        let typed = email.as_ref().map_or_else(|| at.email.to_lowercase(), ToString::to_string);
        let keys = Keys::of(&self.secret, &typed, at.from);
        let counted = keys.clone();
        let found = self
            .writer
            .write_unseen(move |tx| {
                let wait = counted.count(tx, at.now)?;
                let person = email.map(|email| person::find_by_email(tx, &email)).transpose()?.flatten();
                Ok::<_, Error>(wait.map_or(Ok(person), Err))
            })
            .await?;
        let person = match found {
            Ok(person) => person.filter(|person| !person.is_disabled()),
            Err(seconds) => return Ok(SignedIn::Wait(seconds)),
        };
        let password = Password::typed(&at.password).ok();
        let kept = person.as_ref().and_then(|person| person.password_hash.clone());
        let anew = match (self.hasher.compare(password, kept.clone(), at.salt).await?, &person) {
            (Compared::Right, Some(_)) => None,
            (Compared::RightButOld(anew), Some(_)) => Some(anew),
            _ => return Ok(SignedIn::No),
        };
        let begun = self.writer.write_unseen(move |tx| {
            let (Some(person), Some(kept)) = (person, kept) else { return Ok(SignedIn::No) };
            // While the password was compared, the account may have been disabled or its password changed.
            if !person::hold(tx, person.id, &kept)? {
                return Ok(SignedIn::No);
            }
            if let Some(anew) = anew {
                person::set_password(tx, person.id, &anew)?;
            }
            if let Some(before) = at.before {
                session::end(tx, &before)?;
            }
            keys.settle(tx)?;
            session::insert(tx, &at.token.hash(), person.id, at.now)?;
            person::set_signed_in(tx, person.id, at.now)?;
            Ok::<_, Error>(SignedIn::Yes)
        });
        begun.await
    }

    /// Ends the session of a cookie.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sign_out(&self, token: TokenHash) -> Result<(), Error> {
        self.writer.write_unseen(move |tx| Ok(session::end(tx, &token)?)).await
    }

    /// Notes that a session is in use.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_session(&self, id: SessionId, now: Moment) -> Result<(), Error> {
        self.writer.write_unseen(move |tx| Ok(session::touch(tx, id, now)?)).await
    }
}

/// Under which keys the tries of one visitor are counted. Signed, so that no address is kept.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    account: String,
    address: String,
}

impl Keys {
    pub(super) fn of(secret: &Secret, email: &str, from: IpAddr) -> Self {
        let from = network(from);
        let account = secret.sign("sign-in, account", format!("{email} {from}").as_bytes());
        Self { account, address: secret.sign("sign-in, address", from.as_bytes()) }
    }

    pub(super) fn count(&self, tx: &mut crate::store::WriteTx<'_>, now: Moment) -> Result<Option<i64>, StoreError> {
        let address = tries::count(tx, &self.address, throttle::ADDRESS, now)?;
        let account = tries::count(tx, &self.account, throttle::ACCOUNT_AT_ADDRESS, now)?;
        Ok(account.max(address))
    }

    pub(super) fn settle(&self, tx: &mut crate::store::WriteTx<'_>) -> Result<(), StoreError> {
        tries::forget(tx, &self.account)?;
        tries::take_back(tx, &self.address)
    }
}

/// What counts as one place on the network: an address, or under IPv6 the /64 that one household or office is given.
pub(super) fn network(from: IpAddr) -> String {
    match from.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_is_one_place() {
        assert_eq!(network("192.0.2.7".parse().unwrap()), "192.0.2.7");
        assert_eq!(network("::ffff:192.0.2.7".parse().unwrap()), "192.0.2.7");
        assert_eq!(network("2001:db8:1:2:3:4:5:6".parse().unwrap()), "2001:db8:1:2::/64");
    }
}
