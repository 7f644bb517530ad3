//! People who have left: their name and address go, what they did stays under a number.

use super::{Act, Done, Error, Service};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::email::Email;
use crate::domain::moment::{Day, Moment};
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::store::person::{self, Person};
use crate::store::{WriteTx, contact, outbox, passing, person_digest};

impl Service {
    /// Removes the name and the address of somebody who has left, now. It cannot be undone: `sure` says that the person who
    /// asks for it knows.
    ///
    /// # Errors
    /// A refusal; somebody who has an account still, or stands without their name already; the database.
    pub async fn make_former(&self, act: Act, reference: String, sure: bool) -> Result<Done, Error> {
        self.once(act, move |tx, act| {
            may(act.actor, Deed::ManagePeople, About::default())?;
            let somebody = person::find_by_reference(tx, &reference)?;
            if somebody.is_former() {
                return Err(Problems::one("", words::IS_FORMER).into());
            }
            if !somebody.is_disabled() {
                return Err(
                    Problems::one("", "Disable the account first: the name of somebody who works here stays").into()
                );
            }
            if !sure {
                return Err(Problems::one("sure", "Tick that you know that it cannot be undone").into());
            }
            forget(tx, &somebody, act.now)?;
            Ok(Done::at(address::staff_person(&somebody.reference)))
        })
        .await
    }
}

/// Does so for everybody whose account was disabled before `before`; answers how many.
pub(super) fn people_who_left(tx: &mut WriteTx<'_>, before: Moment, now: Moment) -> Result<usize, Error> {
    let left = person::left_before(tx, before)?;
    for somebody in &left {
        forget(tx, somebody, now)?;
    }
    Ok(left.len())
}

/// Does so for every contact who left before `before`; answers how many.
pub(super) fn contacts_who_left(tx: &mut WriteTx<'_>, before: Day, now: Moment) -> Result<usize, Error> {
    let left = contact::left_before(tx, before)?;
    for id in left.iter().copied() {
        contact::make_former(tx, id, &words::former_contact(id), now)?;
    }
    Ok(left.len())
}

fn forget(tx: &mut WriteTx<'_>, somebody: &Person, now: Moment) -> Result<(), Error> {
    let email = Email::of_former(somebody.id);
    person::make_former(tx, somebody.id, (&words::former(somebody.role, somebody.id), &email), now)?;
    passing::remove_of_person(tx, somebody.id)?;
    person_digest::forget(tx, somebody.id)?;
    outbox::forget_person(tx, somebody.id, &email, now)?;
    Ok(())
}
