//! Getting an account by a one-time link, and a new password by another. A `GET` uses nothing up; of many who send one
//! link at once, one succeeds.

use std::net::IpAddr;

use secrecy::SecretString;

use super::password::tell_of_change;
use super::sign_in::network;
use super::{Error, Service};
use crate::domain::email::Email;
use crate::domain::mail::{Letter, PasswordReset};
use crate::domain::moment::Moment;
use crate::domain::password::Password;
use crate::domain::person::Role;
use crate::domain::problem::Problems;
use crate::domain::text::{TITLE_LIMIT, tidy};
use crate::domain::throttle;
use crate::domain::token::{Token, TokenHash, TokenKind};
use crate::store::outbox::{self, NewMail};
use crate::store::person::NewPerson;
use crate::store::throttle as tries;
use crate::store::token::LiveToken;
use crate::store::{Constraint, Error as StoreError, WriteTx, person, session, token};

/// The account of somebody who was invited.
#[derive(Debug)]
pub struct MakeAccount {
    /// The link's token.
    pub link: TokenHash,
    /// The password, as typed.
    pub password: SecretString,
    /// Words that the password must not rest on, such as the register's name.
    pub context: Vec<String>,
    /// A salt.
    pub salt: [u8; 16],
    /// The token of the session that begins with it.
    pub token: Token,
    /// The moment.
    pub now: Moment,
}

/// What the first administrator says of themselves.
#[derive(Debug)]
pub struct MakeFirst {
    /// The address, as typed.
    pub email: String,
    /// The name, as typed.
    pub name: String,
    /// Their own random name.
    pub reference: String,
}

/// What came of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accepted {
    /// Done.
    Yes,
    /// The link does not work (any more).
    NoSuchLink,
}

/// Somebody asks for a link to choose a new password.
#[derive(Debug)]
pub struct ResetAsked {
    /// The address, as typed.
    pub email: String,
    /// Where they are on the network.
    pub from: IpAddr,
    /// The link's token, should there be an account.
    pub token: Token,
    /// The mail's own random name.
    pub reference: String,
    /// The moment.
    pub now: Moment,
}

/// A new password, by the link of a mail.
#[derive(Debug)]
pub struct NewPassword {
    /// The link's token.
    pub link: TokenHash,
    /// The password, as typed.
    pub password: SecretString,
    /// Words that the password must not rest on.
    pub context: Vec<String>,
    /// A salt.
    pub salt: [u8; 16],
    /// The random name of the mail that tells of it.
    pub reference: String,
    /// The moment.
    pub now: Moment,
}

impl Service {
    /// A link that makes the first administrator, while there is none. Links given out before stop working.
    ///
    /// # Errors
    /// When the database fails.
    pub fn first_administrator(&self, token: &Token, now: Moment) -> Result<bool, Error> {
        if self.writer.read_now(|tx| Ok::<_, Error>(person::has_administrator(tx)?))? {
            return Ok(false);
        }
        self.writer.write_unseen_now(|tx| {
            if person::has_administrator(tx)? {
                return Ok(false);
            }
            token::revoke(tx, TokenKind::FirstAdministrator, None, now)?;
            token::insert(tx, &token.hash(), TokenKind::FirstAdministrator, None, now)?;
            Ok(true)
        })
    }

    /// Makes the account of somebody who was invited, and signs them in.
    ///
    /// # Errors
    /// Faults of the password; too busy; the database.
    pub async fn accept_invitation(&self, make: MakeAccount) -> Result<Accepted, Error> {
        let link = make.link.clone();
        let invited = self.writer.write_unseen(move |tx| invited(tx, &link, make.now)).await?;
        let Some(invited) = invited else { return Ok(Accepted::NoSuchLink) };
        let mut context = words_of(&make.context);
        context.extend([invited.email.as_str(), invited.name.as_str()]);
        let hash = self.hasher.hash(chosen(&make.password, &context)?, make.salt).await?;
        let done = self.writer.write_unseen(move |tx| {
            let Some(live) = live(tx, &make.link, TokenKind::Invitation, make.now)? else {
                return Err(Error::NotFound);
            };
            token::use_up(tx, live.id, make.now)?;
            let somebody = person::find(tx, live.person.ok_or(Error::NotFound)?)?;
            if somebody.is_disabled() {
                return Err(Error::NotFound);
            }
            person::set_password(tx, somebody.id, &hash)?;
            if somebody.role == Role::Administrator {
                token::revoke(tx, TokenKind::FirstAdministrator, None, make.now)?;
            }
            session::insert(tx, &make.token.hash(), somebody.id, make.now)?;
            Ok(person::set_signed_in(tx, somebody.id, make.now)?)
        });
        accepted(done.await)
    }

    /// Makes the first administrator, and signs them in.
    ///
    /// # Errors
    /// Faults of what was typed; too busy; the database.
    pub async fn make_first_administrator(&self, make: MakeAccount, first: MakeFirst) -> Result<Accepted, Error> {
        let mut problems = Problems::none();
        let email = problems.take("email", first.email.parse::<Email>());
        let name = problems.take("name", tidy(&first.name, "Name", TITLE_LIMIT)).flatten();
        if name.is_none() && problems.at("name").is_none() {
            problems.add("name", "Enter your name: it is shown to the people you work with, never in public");
        }
        let name = name.unwrap_or_default();
        let mut context = words_of(&make.context);
        context.extend([first.email.as_str(), name.as_str()]);
        let password = chosen(&make.password, &context).map_err(|more| problems.extend(more)).ok();
        let (Some(email), Some(password)) = (email, password) else { return Err(problems.into()) };
        problems.into_result()?;
        let hash = self.hasher.hash(password, make.salt).await?;
        let done = self.writer.write_unseen(move |tx| {
            let kind = TokenKind::FirstAdministrator;
            let Some(live) = live(tx, &make.link, kind, make.now)? else { return Err(Error::NotFound) };
            token::use_up(tx, live.id, make.now)?;
            token::revoke(tx, kind, None, make.now)?;
            if person::has_administrator(tx)? {
                return Err(Error::NotFound);
            }
            let new = NewPerson {
                reference: &first.reference,
                email: &email,
                name: &name,
                role: Role::Administrator,
                body: None,
                password_hash: Some(&hash),
                now: make.now,
            };
            let id = person::insert(tx, &new).map_err(known_address)?;
            session::insert(tx, &make.token.hash(), id, make.now)?;
            Ok(person::set_signed_in(tx, id, make.now)?)
        });
        accepted(done.await)
    }

    /// Sends a link to choose a new password, where there is an account. Nobody learns whether there is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ask_for_reset(&self, asked: ResetAsked) -> Result<(), Error> {
        let from = network(asked.from);
        let by_address = self.secret.sign("reset, address", from.as_bytes());
        let by_account = self.secret.sign("reset, account", asked.email.trim().to_lowercase().as_bytes());
        let email = asked.email.parse::<Email>().ok();
        let done = self.writer.write_unseen(move |tx| {
            let many = tries::count(tx, &by_address, throttle::RESET_FROM_ADDRESS, asked.now)?;
            let often = tries::count(tx, &by_account, throttle::RESET_OF_ACCOUNT, asked.now)?;
            let somebody = email.map(|email| person::find_by_email(tx, &email)).transpose()?.flatten();
            let Some(somebody) = somebody else { return Ok(()) };
            if many.is_some() || often.is_some() || somebody.is_disabled() || somebody.is_invited() {
                return Ok(());
            }
            let kind = TokenKind::PasswordReset;
            token::revoke(tx, kind, Some(somebody.id), asked.now)?;
            let expires = token::insert(tx, &asked.token.hash(), kind, Some(somebody.id), asked.now)?;
            let link = format!("/password-reset/{}", asked.token);
            let mail = NewMail {
                reference: &asked.reference,
                dedupe_key: None,
                person: Some(somebody.id),
                email: &somebody.email,
                letter: &Letter::PasswordReset(PasswordReset { link, expires }),
                not_before: asked.now,
                now: asked.now,
            };
            outbox::enqueue(tx, &mail)?;
            Ok(())
        });
        done.await
    }

    /// Keeps a new password, by the link of a mail, ends every session of the person, and tells them by another mail.
    ///
    /// # Errors
    /// Faults of the password; too busy; the database.
    pub async fn reset_password(&self, new: NewPassword) -> Result<Accepted, Error> {
        let link = new.link.clone();
        let kind = TokenKind::PasswordReset;
        let somebody = self.writer.write_unseen(move |tx| owner(tx, &link, kind, new.now)).await?;
        let Some(somebody) = somebody else { return Ok(Accepted::NoSuchLink) };
        let mut context = words_of(&new.context);
        context.extend([somebody.email.as_str(), somebody.name.as_str()]);
        let hash = self.hasher.hash(chosen(&new.password, &context)?, new.salt).await?;
        let done = self.writer.write_unseen(move |tx| {
            let Some(live) = live(tx, &new.link, kind, new.now)? else { return Err(Error::NotFound) };
            token::use_up(tx, live.id, new.now)?;
            let somebody = person::find(tx, live.person.ok_or(Error::NotFound)?)?;
            person::set_password(tx, somebody.id, &hash)?;
            session::end_all_of(tx, somebody.id)?;
            tell_of_change(tx, &somebody, &new.reference, new.now)
        });
        accepted(done.await)
    }
}

/// The password, if it is one that nobody guesses.
pub(super) fn chosen(typed: &SecretString, context: &[&str]) -> Result<Password, Problems> {
    Password::chosen(typed, context).map_err(|fault| Problems::one("password", fault.to_string()))
}

pub(super) fn words_of(context: &[String]) -> Vec<&str> {
    context.iter().map(String::as_str).collect()
}

/// A link of this kind that still works.
fn live(tx: &mut WriteTx<'_>, link: &TokenHash, kind: TokenKind, now: Moment) -> Result<Option<LiveToken>, Error> {
    Ok(token::find_live(tx, link, now)?.filter(|live| live.kind == kind))
}

/// Whose link it is.
fn owner(
    tx: &mut WriteTx<'_>,
    link: &TokenHash,
    kind: TokenKind,
    now: Moment,
) -> Result<Option<person::Person>, Error> {
    let Some(id) = live(tx, link, kind, now)?.and_then(|live| live.person) else { return Ok(None) };
    let somebody = person::find(tx, id)?;
    Ok((!somebody.is_disabled()).then_some(somebody))
}

fn invited(tx: &mut WriteTx<'_>, link: &TokenHash, now: Moment) -> Result<Option<person::Person>, Error> {
    owner(tx, link, TokenKind::Invitation, now)
}

fn accepted(done: Result<(), Error>) -> Result<Accepted, Error> {
    match done {
        Ok(()) => Ok(Accepted::Yes),
        Err(Error::NotFound) => Ok(Accepted::NoSuchLink),
        Err(fault) => Err(fault),
    }
}

/// The sentence for an address that has an account already: only somebody with a right to know is told.
pub(super) fn known_address(fault: StoreError) -> Error {
    match fault {
        StoreError::Constraint(Constraint::PersonEmail) => {
            Problems::one("email", "Somebody with this email address is on the list of people already").into()
        }
        other => other.into(),
    }
}
