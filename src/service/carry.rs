//! Contacts of a body that ended are carried over to the body that took its place. Nothing of it is public.

use super::chase::about_contacts;
use super::{Act, Done, Error, Service};
use crate::domain::access::{Deed, may};
use crate::domain::address;
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::store::contact::{self, Contact, NewContact};
use crate::store::ledger::lock_newest;
use crate::store::{ReadTx, WriteTx, body};

/// Those of the bodies before it who are still kept, and nobody of the successor yet: whom [`Service::carry_contacts`] carries over.
///
/// # Errors
/// When there is no such body, or the database fails.
pub fn to_carry(tx: &mut ReadTx<'_>, slug: &Slug) -> Result<Vec<Contact>, crate::store::Error> {
    let next = body::find(tx, slug)?;
    let here = contact::of_body(tx, next.name.id)?;
    let mut found = Vec::new();
    for before in &next.before {
        found.extend(contact::of_body(tx, before.body.id)?);
    }
    let known = |one: &Contact| {
        here.iter().any(|other| other.ended_on.is_none() && other.email.is_some() && other.email == one.email)
    };
    found.retain(|one| one.ended_on.is_none() && !known(one));
    Ok(found)
}

impl Service {
    /// Keeps the people of a body that ended as people of its successor; at the former body they have left.
    ///
    /// # Errors
    /// See [`Error`]; `Problems` when there is nobody to be carried over.
    pub async fn carry_contacts(&self, act: Act, slug: Slug) -> Result<Done, Error> {
        self.once(act, move |tx, act| carry(tx, act, &slug)).await
    }
}

fn carry(tx: &mut WriteTx<'_>, act: &Act, slug: &Slug) -> Result<Done, Error> {
    let next = body::name(tx, slug)?;
    may(act.actor, Deed::RecordFact, about_contacts(next.id))?;
    // Of two at the same moment the second finds nobody left.
    lock_newest(tx)?;
    let people = to_carry(tx, slug)?;
    if people.is_empty() {
        act.sound(Problems::one("", "Nobody of the bodies before it is left to be carried over"))?;
    }
    for (place, one) in people.into_iter().enumerate() {
        let row = NewContact {
            reference: format!("{}-{place}", act.fresh),
            body_id: next.id,
            name: one.name,
            post: one.post,
            email: one.email,
            phone: one.phone,
            address: one.address,
            created_at: act.now,
            author_id: act.actor.person,
            at_top: one.at_top,
        };
        contact::insert(tx, &row)?;
        contact::end(tx, one.body, &one.reference, act.day)?;
    }
    Ok(Done::at(address::contacts(next.slug.as_str())))
}
