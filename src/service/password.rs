//! Changing one's own password with the one that counts now.

use std::net::IpAddr;

use secrecy::{ExposeSecret, SecretString};

use super::account::{chosen, words_of};
use super::hasher::Compared;
use super::sign_in::Keys;
use super::{Error, Service};
use crate::domain::id::PersonId;
use crate::domain::mail::{Letter, PasswordChanged};
use crate::domain::moment::Moment;
use crate::domain::password::Password;
use crate::domain::problem::Problems;
use crate::domain::token::{Token, TokenKind};
use crate::store::outbox::{self, NewMail};
use crate::store::person::Person;
use crate::store::{WriteTx, person, session, token};

/// Somebody who is signed in chooses a new password.
#[derive(Debug)]
pub struct ChangePassword {
    /// Whose it is, from their session.
    pub person: PersonId,
    /// The password that counts now, as typed.
    pub current: SecretString,
    /// The new one, as typed.
    pub password: SecretString,
    /// Words that the password must not rest on, such as the register's name.
    pub context: Vec<String>,
    /// Where they are on the network.
    pub from: IpAddr,
    /// The token with which they go on: the one before ends.
    pub token: Token,
    /// A salt.
    pub salt: [u8; 16],
    /// The random name of the mail that tells of it.
    pub reference: String,
    /// The moment.
    pub now: Moment,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordChange {
    /// Done. The session of the new token is the only one.
    Done,
    /// The current password is another one.
    Wrong,
    /// Too many tries: wait so many seconds.
    Wait(i64),
}

impl Service {
    /// Keeps a new password, if the current one is right. Every session of the person ends; a new one begins with the
    /// token, and a mail tells them. A wrong current password counts as a failed sign-in does, for whoever sits at a
    /// forgotten screen guesses as well as anybody.
    ///
    /// # Errors
    /// Faults of what was typed; too busy; the database.
    pub async fn change_password(&self, change: ChangePassword) -> Result<PasswordChange, Error> {
        let ChangePassword { person: id, now, .. } = change;
        let somebody = self.writer.write_unseen(move |tx| Ok::<_, Error>(person::find(tx, id)?)).await?;
        let mut problems = Problems::none();
        if change.current.expose_secret().is_empty() {
            problems.add("current_password", "Enter your current password");
        }
        let mut context = words_of(&change.context);
        context.extend([somebody.email.as_str(), somebody.name.as_str()]);
        let password = chosen(&change.password, &context).map_err(|more| problems.extend(more)).ok();
        let Some(password) = password.filter(|_| problems.is_empty()) else { return Err(problems.into()) };

        let keys = Keys::of(&self.secret, somebody.email.as_str(), change.from);
        let counted = keys.clone();
        if let Some(seconds) = self.writer.write_unseen(move |tx| Ok::<_, Error>(counted.count(tx, now)?)).await? {
            return Ok(PasswordChange::Wait(seconds));
        }
        let kept = somebody.password_hash.clone().ok_or(Error::NotFound)?;
        let current = Password::typed(&change.current).ok();
        let compared = self.hasher.compare(current, Some(kept.clone()), change.salt).await?;
        if !matches!(compared, Compared::Right | Compared::RightButOld(_)) {
            return Ok(PasswordChange::Wrong);
        }
        let hash = self.hasher.hash(password, change.salt).await?;
        let changed = self.writer.write_unseen(move |tx| {
            // While it was compared, the account may have been disabled or its password changed.
            if !person::hold(tx, id, &kept)? {
                return Ok(PasswordChange::Wrong);
            }
            keys.settle(tx)?;
            person::set_password(tx, id, &hash)?;
            token::revoke(tx, TokenKind::PasswordReset, Some(id), now)?;
            session::end_all_of(tx, id)?;
            session::insert(tx, &change.token.hash(), id, now)?;
            tell_of_change(tx, &somebody, &change.reference, now)?;
            Ok::<_, Error>(PasswordChange::Done)
        });
        changed.await
    }
}

/// Tells somebody that their password was changed: the one way in which they learn that it was not they.
pub(super) fn tell_of_change(
    tx: &mut WriteTx<'_>,
    somebody: &Person,
    reference: &str,
    now: Moment,
) -> Result<(), Error> {
    let mail = NewMail {
        reference,
        dedupe_key: None,
        person: Some(somebody.id),
        email: &somebody.email,
        letter: &Letter::PasswordChanged(PasswordChanged { at: now, link: "/password-reset".to_owned() }),
        not_before: now,
        now,
    };
    outbox::enqueue(tx, &mail)?;
    Ok(())
}
