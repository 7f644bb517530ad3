//! Bodies as staff list them: how much is open, what falls due next, whether anybody there can be reached. No public query
//! reads this file: it counts people.

use std::collections::{HashMap, HashSet};

use diesel::dsl::{count_star, min, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::body::{self, BodyName};
use super::page::{Cursor, Page};
use super::present::target_unmet;
use super::schema::{addressee, contact, person};
use super::{Error, ReadTx, duty, suppression};
use crate::domain::deadline::DeadlineKind;
use crate::domain::email::Email;
use crate::domain::id::{BodyId, InquiryId};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::Day;
use crate::domain::person::Role;

/// Somebody kept for a body: an address for mail, a telephone number, an address for letters.
type Kept = (BodyId, Option<Email>, Option<String>, Option<String>);

/// A body with what staff need to know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyLine {
    /// The body.
    pub body: BodyName,
    /// How many of its items are open.
    pub open: u64,
    /// The first day by which something is due on one of these, or was, and what.
    pub due: Option<(DeadlineKind, Day)>,
    /// How many people file for it here, as far as mail reaches them.
    pub people: u64,
    /// How many people without an account are kept, have not left, and can be reached.
    pub contacts: u64,
    /// Whether mail about any of what is open comes back.
    pub stopped: bool,
    /// The inquiries that put something to it.
    pub inquiries: Vec<InquiryId>,
}

/// The first days by which an update, a decision and an answer are due.
type Due = (Option<Day>, Option<Day>, Option<Day>);

/// One page of all bodies, in the order in which they came in.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut ReadTx<'_>, after: Option<Cursor<1>>, size: usize) -> Result<Page<BodyLine>, Error> {
    let Page { items, next } = body::list(tx, after, size)?;
    let ids: Vec<BodyId> = items.iter().map(|body| body.id).collect();
    let open: Vec<(BodyId, i64, Due)> = addressee::table
        .filter(addressee::answerer_id.eq_any(ids.clone()).and(addressee::present.eq(true)))
        .filter(addressee::lifecycle.ne(Lifecycle::Closed))
        .group_by(addressee::answerer_id)
        .select((
            addressee::answerer_id,
            count_star(),
            (min(addressee::return_due_on), min(addressee::decision_due_on), min(addressee::response_due_on)),
        ))
        .load(tx.conn)?;
    // A target that is reached is owed no more; what else was answered stands here no more.
    let targets: Vec<(BodyId, Option<Day>)> = addressee::table
        .filter(addressee::answerer_id.eq_any(ids.clone()).and(addressee::present.eq(true)))
        .filter(addressee::lifecycle.ne(Lifecycle::Closed))
        .filter(sql::<Bool>(&target_unmet()))
        .group_by(addressee::answerer_id)
        .select((addressee::answerer_id, min(addressee::target_on)))
        .load(tx.conn)?;
    let people: Vec<(Option<BodyId>, Email)> = person::table
        .filter(person::body_id.eq_any(ids.iter().copied().map(Some).collect::<Vec<_>>()))
        .filter(person::role.eq(Role::Contributor).and(person::disabled_at.is_null()))
        .select((person::body_id, person::email))
        .load(tx.conn)?;
    let contacts: Vec<Kept> = contact::table
        .filter(contact::body_id.eq_any(ids.clone()).and(contact::ended_on.is_null()))
        .select((contact::body_id, contact::email, contact::phone, contact::address))
        .load(tx.conn)?;
    let emails =
        people.iter().map(|(_, email)| Some(email)).chain(contacts.iter().map(|(_, email, ..)| email.as_ref()));
    let dead = suppression::dead_of(tx, emails.flatten().cloned().collect())?;
    let asked: Vec<(BodyId, InquiryId)> = addressee::table
        .filter(addressee::answerer_id.eq_any(ids).and(addressee::present))
        .select((addressee::answerer_id, addressee::inquiry_id))
        .distinct()
        .order((addressee::answerer_id, addressee::inquiry_id))
        .load(tx.conn)?;
    let open: HashMap<BodyId, (i64, Due)> = open.into_iter().map(|(id, count, due)| (id, (count, due))).collect();
    let targets: HashMap<BodyId, Option<Day>> = targets.into_iter().collect();
    // Who cannot be written to, and cannot be called or sent a letter either, is not counted.
    let people = people.into_iter().filter(|(_, email)| !dead.contains(email)).filter_map(|(body, _)| body);
    let people = counted(people);
    let contacts = contacts.into_iter().filter(|(_, email, phone, postal)| {
        phone.is_some() || postal.is_some() || email.as_ref().is_some_and(|email| !dead.contains(email))
    });
    let contacts = counted(contacts.map(|(body, ..)| body));
    let stopped: HashSet<BodyId> = duty::stopped(tx)?.into_iter().map(|one| one.body).collect();
    let line = |body: BodyName| {
        let (count, (update, decision, response)) = open.get(&body.id).copied().unwrap_or_default();
        let target = targets.get(&body.id).copied().flatten();
        let due = [
            (DeadlineKind::Return, update),
            (DeadlineKind::Decision, decision),
            (DeadlineKind::Response, response),
            (DeadlineKind::Target, target),
        ];
        let number = |counts: &HashMap<BodyId, u64>| counts.get(&body.id).copied().unwrap_or(0);
        BodyLine {
            open: count.unsigned_abs(),
            due: due.into_iter().filter_map(|(kind, on)| Some((kind, on?))).min_by_key(|(_, on)| *on),
            people: number(&people),
            contacts: number(&contacts),
            stopped: stopped.contains(&body.id),
            inquiries: asked.iter().filter(|(of, _)| *of == body.id).map(|(_, inquiry)| *inquiry).collect(),
            body,
        }
    };
    Ok(Page { items: items.into_iter().map(line).collect(), next })
}

/// How often each body stands there.
fn counted(bodies: impl Iterator<Item = BodyId>) -> HashMap<BodyId, u64> {
    let mut counts = HashMap::new();
    for body in bodies {
        *counts.entry(body).or_default() += 1;
    }
    counts
}
