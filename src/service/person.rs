//! People: inviting them, changing what they may do, taking their account away and giving it back.

use super::account::known_address;
use super::{Act, Done, Error, Service};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::email::Email;
use crate::domain::id::{BodyId, PersonId};
use crate::domain::mail::{Invitation, Letter};
use crate::domain::moment::Moment;
use crate::domain::person::Role;
use crate::domain::problem::Problems;
use crate::domain::text::{Slug, TITLE_LIMIT, tidy};
use crate::domain::token::{Token, TokenKind};
use crate::domain::words;
use crate::store::outbox::{self, NewMail};
use crate::store::person::{self, NewPerson, Person};
use crate::store::{Error as StoreError, WriteTx, body, session, token};

/// Somebody to be invited, as typed.
#[derive(Debug)]
pub struct Invite {
    /// Their address.
    pub email: String,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: String,
    /// The slug of their body, or nothing.
    pub body: String,
    /// What chance gives for it.
    pub chance: Invited,
}

/// What an invitation takes from chance.
#[derive(Debug)]
pub struct Invited {
    /// The person's own random name.
    pub person: String,
    /// The mail's own random name.
    pub mail: String,
    /// The link's token.
    pub token: Token,
}

/// What somebody is from now on, as typed.
#[derive(Debug)]
pub struct ChangePerson {
    /// The person's own random name.
    pub reference: String,
    /// The version that the form showed.
    pub version: i64,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: String,
    /// The slug of their body, or nothing.
    pub body: String,
}

impl Service {
    /// Invites somebody, and sends them the link.
    ///
    /// # Errors
    /// A refusal, faults of what was typed, the database.
    pub async fn invite(&self, act: Act, invite: Invite) -> Result<Done, Error> {
        self.once(act, move |tx, act| {
            may(act.actor, Deed::ManagePeople, About::default())?;
            let somebody = invite_in(tx, &invite, act.now)?;
            send_link(tx, &somebody, &invite.chance.mail, &invite.chance.token, act.now)?;
            Ok(Done::at(address::staff_person(&somebody.reference)))
        })
        .await
    }

    /// Invites somebody from the command line, who prints the link; no mail is sent.
    ///
    /// # Errors
    /// Faults of what was typed, the database.
    pub fn invite_by_hand(&self, invite: &Invite, now: Moment) -> Result<(), Error> {
        self.writer.write_now(|tx| {
            let somebody = invite_in(tx, invite, now)?;
            new_link(tx, &somebody, &invite.chance.token, now).map(drop)
        })
    }

    /// Sends the link again to somebody who has not used theirs. Links sent before stop working.
    ///
    /// # Errors
    /// A refusal, nobody of that name, the database.
    pub async fn invite_again(&self, act: Act, reference: String, chance: Invited) -> Result<Done, Error> {
        self.once(act, move |tx, act| {
            may(act.actor, Deed::ManagePeople, About::default())?;
            let somebody = person::find_by_reference(tx, &reference)?;
            if !somebody.is_invited() || somebody.is_disabled() {
                return Err(
                    Problems::one("", "Only somebody who has not made their account yet is invited again").into()
                );
            }
            send_link(tx, &somebody, &chance.mail, &chance.token, act.now)?;
            Ok(Done::at(address::staff_person(&somebody.reference)))
        })
        .await
    }

    /// Changes somebody's name, role or body. Another role or body ends their sessions.
    ///
    /// # Errors
    /// A refusal, faults of what was typed, another version meanwhile, the database.
    pub async fn change_person(&self, act: Act, change: ChangePerson) -> Result<Done, Error> {
        self.once(act, move |tx, act| {
            may(act.actor, Deed::ManagePeople, About::default())?;
            let administrators = person::lock_administrators(tx)?;
            let before = person::find_by_reference(tx, &change.reference)?;
            if before.is_former() {
                return Err(Problems::one("", words::IS_FORMER).into());
            }
            if before.version != change.version {
                return Err(Error::Stale);
            }
            let mut problems = Problems::none();
            let name = name_of(&mut problems, &change.name);
            let (role, body) = role_and_body(tx, &mut problems, &change.role, &change.body)?;
            let (Some(name), Some(role)) = (name, role) else { return Err(problems.into()) };
            if role != Role::Administrator && is_the_last(&administrators, before.id) {
                problems.add("role", "This is the last administrator. Make somebody else an administrator first");
            }
            problems.into_result()?;
            if (&name, role, body) == (&before.name, before.role, before.body) {
                return Ok(Done::unchanged(address::staff_person(&before.reference)));
            }
            person::change(tx, before.id, change.version, &name, role, body)?;
            if role != before.role || body != before.body {
                session::end_all_of(tx, before.id)?;
                // Mail that waits is looked through when its turn comes: by then they may have been given back what they had.
            }
            Ok(Done::at(address::staff_person(&before.reference)))
        })
        .await
    }

    /// Takes somebody's account away (their sessions end, their links stop working), or gives it back.
    ///
    /// # Errors
    /// A refusal, nobody of that name, the last administrator, the database.
    pub async fn set_person_disabled(&self, act: Act, reference: String, disabled: bool) -> Result<Done, Error> {
        self.once(act, move |tx, act| {
            may(act.actor, Deed::ManagePeople, About::default())?;
            let administrators = person::lock_administrators(tx)?;
            let somebody = person::find_by_reference(tx, &reference)?;
            if somebody.is_former() {
                return Err(Problems::one("", words::IS_FORMER).into());
            }
            if disabled && is_the_last(&administrators, somebody.id) {
                let sentence = "This is the last administrator. Make somebody else an administrator first";
                return Err(Problems::one("", sentence).into());
            }
            if disabled != somebody.is_disabled() {
                person::set_disabled(tx, somebody.id, disabled.then_some(act.now))?;
                session::end_all_of(tx, somebody.id)?;
                for kind in [TokenKind::Invitation, TokenKind::PasswordReset, TokenKind::Filing] {
                    token::revoke(tx, kind, Some(somebody.id), act.now)?;
                }
            }
            Ok(Done::at(address::staff_person(&somebody.reference)))
        })
        .await
    }
}

fn is_the_last(administrators: &[PersonId], somebody: PersonId) -> bool {
    administrators == [somebody]
}

fn invite_in(tx: &mut WriteTx<'_>, invite: &Invite, now: Moment) -> Result<Person, Error> {
    let mut problems = Problems::none();
    let email = problems.take("email", invite.email.parse::<Email>());
    let name = name_of(&mut problems, &invite.name);
    let (role, body) = role_and_body(tx, &mut problems, &invite.role, &invite.body)?;
    let (Some(email), Some(name), Some(role)) = (email, name, role) else { return Err(problems.into()) };
    problems.into_result()?;
    let reference = &invite.chance.person;
    let new = NewPerson { reference, email: &email, name: &name, role, body, password_hash: None, now };
    let id = person::insert(tx, &new).map_err(known_address)?;
    Ok(person::find(tx, id)?)
}

fn name_of(problems: &mut Problems, typed: &str) -> Option<String> {
    let name = problems.take("name", tidy(typed, "Name", TITLE_LIMIT))?;
    if name.is_none() {
        problems.add("name", "Enter a name");
    }
    name.filter(|name| {
        let one_line = !name.contains('\n');
        if !one_line {
            problems.add("name", "Name must be one line");
        }
        one_line
    })
}

/// Role and body, which must fit each other.
fn role_and_body(
    tx: &mut WriteTx<'_>,
    problems: &mut Problems,
    role: &str,
    typed_body: &str,
) -> Result<(Option<Role>, Option<BodyId>), Error> {
    let role: Option<Role> = role.parse().ok();
    if role.is_none() {
        problems.add("role", "Choose a role");
    }
    let typed = typed_body.trim();
    let found = match (typed, typed.parse::<Slug>()) {
        ("", _) => None,
        (_, Ok(slug)) => match body::name(tx, &slug) {
            Ok(name) => Some(name.id),
            Err(StoreError::NotFound) => None,
            Err(fault) => return Err(fault.into()),
        },
        (_, Err(_)) => None,
    };
    if found.is_none() && !typed.is_empty() {
        problems.add("body", "Choose a body of this register");
    } else if found.is_none() && role.is_some_and(Role::needs_body) {
        problems.add("body", "Choose the body that this contributor files returns for");
    }
    Ok((role, found))
}

fn new_link(tx: &mut WriteTx<'_>, somebody: &Person, fresh: &Token, now: Moment) -> Result<Moment, Error> {
    token::revoke(tx, TokenKind::Invitation, Some(somebody.id), now)?;
    Ok(token::insert(tx, &fresh.hash(), TokenKind::Invitation, Some(somebody.id), now)?)
}

fn send_link(tx: &mut WriteTx<'_>, somebody: &Person, mail: &str, fresh: &Token, now: Moment) -> Result<(), Error> {
    let expires = new_link(tx, somebody, fresh, now)?;
    let body = body::names(tx, somebody.body.into_iter().collect())?.pop().map(|body| body.name);
    let letter = Letter::Invitation(Invitation {
        name: somebody.name.clone(),
        role: somebody.role,
        body,
        body_id: somebody.body,
        link: address::invitation(&fresh.to_string()),
        expires,
    });
    let mail = NewMail {
        reference: mail,
        dedupe_key: None,
        person: Some(somebody.id),
        email: &somebody.email,
        letter: &letter,
        not_before: now,
        now,
    };
    outbox::enqueue(tx, &mail)?;
    Ok(())
}
