//! Contacts of a body that ended pass on to the bodies that took its place: whoever records what became of it says whom, and the
//! successor's own page asks again later. Who is not chosen stays as they were. Nothing of it is public.

use std::collections::BTreeSet;

use super::chase::about_contacts;
use super::{Act, Done, Error, Service};
use crate::domain::access::{Deed, may};
use crate::domain::address;
use crate::domain::id::BodyId;
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::store::contact::{self, Contact, NewContact};
use crate::store::ledger::lock_newest;
use crate::store::{Error as StoreError, ReadTx, WriteTx, body, person, succession};

/// Whom somebody keeps for one of the bodies that took another's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFor {
    /// The field that asked.
    pub field: &'static str,
    /// The body; `None` where none was chosen.
    pub to: Option<Slug>,
    /// The people, by their own random names.
    pub people: Vec<String>,
}

/// Those who are still kept for a body or for one of the bodies before it, its own first.
///
/// # Errors
/// When the database fails.
pub fn kept_before(tx: &mut ReadTx<'_>, body: BodyId) -> Result<Vec<Contact>, StoreError> {
    let before = succession::chain(tx)?.behind(body);
    let mut found = Vec::new();
    for one in std::iter::once(body).chain(before) {
        found.extend(contact::of_body(tx, one)?);
    }
    found.retain(|one| one.ended_on.is_none());
    Ok(found)
}

/// Those of the bodies before it who are still kept, and neither kept for the successor nor signing in for it: whom
/// [`Service::carry_contacts`] may carry over.
///
/// # Errors
/// When there is no such body, or the database fails.
pub fn to_carry(tx: &mut ReadTx<'_>, slug: &Slug) -> Result<Vec<Contact>, StoreError> {
    let next = body::name(tx, slug)?.id;
    let here = contact::of_body(tx, next)?;
    let mut found = Vec::new();
    for one in kept_before(tx, next)? {
        if one.body != next && !is_among(&one, &here) && !has_account(tx, next, &one)? {
            found.push(one);
        }
    }
    Ok(found)
}

/// Whether somebody is kept among these already: one address is one person, and who has none is known by everything else.
fn is_among(one: &Contact, here: &[Contact]) -> bool {
    here.iter().filter(|other| other.ended_on.is_none()).any(|other| match (&one.email, &other.email) {
        (Some(one), Some(other)) => one == other,
        (None, None) => {
            (&one.name, &one.post, &one.phone, &one.address) == (&other.name, &other.post, &other.phone, &other.address)
        }
        _ => false,
    })
}

impl Service {
    /// Keeps people of the bodies before it as people of the successor. At a former body they have left, but where that, or a body
    /// after it, was split: there other successors may want them too.
    ///
    /// # Errors
    /// See [`Error`]; `Problems` at `contacts` when nobody is chosen, or somebody who is not kept for a body before it.
    pub async fn carry_contacts(&self, act: Act, slug: Slug, people: Vec<String>) -> Result<Done, Error> {
        self.once(act, move |tx, act| carry(tx, act, &slug, &people)).await
    }
}

fn carry(tx: &mut WriteTx<'_>, act: &Act, slug: &Slug, people: &[String]) -> Result<Done, Error> {
    let next = body::name(tx, slug)?;
    may(act.actor, Deed::RecordFact, about_contacts(next.id))?;
    // Of two at the same moment the second finds nobody left.
    lock_newest(tx)?;
    let offered = to_carry(tx, slug)?;
    let mut problems = Problems::none();
    if people.is_empty() {
        problems.add("contacts", "Choose at least one person");
    }
    let chosen = of_these(&mut problems, "contacts", &offered, people);
    act.sound(problems)?;
    pass_on(tx, act, None, &[(next.id, chosen)])?;
    Ok(Done::at(address::contacts(next.slug.as_str())))
}

/// Those of the people offered who were named.
fn of_these(problems: &mut Problems, field: &str, offered: &[Contact], named: &[String]) -> Vec<Contact> {
    if named.iter().any(|name| offered.iter().all(|one| one.reference != *name)) {
        problems.add(field, "Choose people of the list: one of these is not kept for such a body, or not any more");
    }
    offered.iter().filter(|one| named.contains(&one.reference)).cloned().collect()
}

/// Whom the bodies that take a place are to keep, as chosen with the entry of what became of the body that ended.
pub(super) fn chosen(
    tx: &mut ReadTx<'_>,
    problems: &mut Problems,
    ended: BodyId,
    kept: &[KeptFor],
) -> Result<Vec<(BodyId, Vec<Contact>)>, StoreError> {
    let asked: Vec<&KeptFor> = kept.iter().filter(|one| !one.people.is_empty()).collect();
    let mut found = Vec::new();
    if asked.is_empty() {
        return Ok(found);
    }
    let offered = kept_before(tx, ended)?;
    for one in asked {
        let people = of_these(problems, one.field, &offered, &one.people);
        let Some(slug) = &one.to else {
            problems.add(one.field, "Choose the body that is to keep these people, or take the ticks out");
            continue;
        };
        match body::name(tx, slug) {
            Ok(to) => found.push((to.id, people)),
            // The field that asks for the body says so.
            Err(StoreError::NotFound) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(found)
}

/// Keeps people for the bodies that took a place, and notes that they left the body that kept them, where no other successor of
/// it, or of a body on the way, may want them too. For the body whose end is being recorded that was asked of each successor.
pub(super) fn pass_on(
    tx: &mut WriteTx<'_>,
    act: &Act,
    ended: Option<BodyId>,
    chosen: &[(BodyId, Vec<Contact>)],
) -> Result<(), StoreError> {
    let chain = succession::chain(tx)?;
    let mut number = 0;
    let mut left = BTreeSet::new();
    for (to, people) in chosen {
        let mut here = contact::of_body(tx, *to)?;
        for one in people {
            if !chain.splits_between(one.body, ended.unwrap_or(*to)) {
                left.insert((one.body, one.reference.clone()));
            }
            if is_among(one, &here) || has_account(tx, *to, one)? {
                continue;
            }
            let row = NewContact {
                reference: format!("{}-{number}", act.fresh),
                body_id: *to,
                name: one.name.clone(),
                post: one.post.clone(),
                email: one.email.clone(),
                phone: one.phone.clone(),
                address: one.address.clone(),
                created_at: act.now,
                author_id: act.actor.person,
                at_top: one.at_top,
            };
            contact::insert(tx, &row)?;
            number += 1;
            here.push(one.clone());
        }
    }
    for (body, reference) in left {
        contact::end(tx, body, &reference, act.day)?;
    }
    Ok(())
}

/// Whether somebody signs in for the body with the same address: then they are reached there already.
fn has_account(tx: &mut ReadTx<'_>, body: BodyId, one: &Contact) -> Result<bool, StoreError> {
    let Some(email) = &one.email else { return Ok(false) };
    let account = person::find_by_email(tx, email)?;
    Ok(account.is_some_and(|account| account.body == Some(body) && !account.is_disabled()))
}
