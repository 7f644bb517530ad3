//! Bodies as staff list them: how much is open, what falls due next, whether anybody there can be reached. No public query
//! reads this file: it counts people.

use std::collections::HashMap;

use diesel::dsl::{count_star, min, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::body::{self, BodyName};
use super::page::{Cursor, Page};
use super::present::target_unmet;
use super::schema::{addressee, contact, person};
use super::{Error, ReadTx};
use crate::domain::deadline::DeadlineKind;
use crate::domain::id::{BodyId, InquiryId};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::Day;
use crate::domain::person::Role;

/// A body with what staff need to know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyLine {
    /// The body.
    pub body: BodyName,
    /// How many of its items are open.
    pub open: u64,
    /// The first day by which something is due on one of these, or was, and what.
    pub due: Option<(DeadlineKind, Day)>,
    /// How many people file for it here.
    pub people: u64,
    /// How many people without an account are kept, and have not left.
    pub contacts: u64,
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
    let people: Vec<(Option<BodyId>, i64)> = person::table
        .filter(person::body_id.eq_any(ids.iter().copied().map(Some).collect::<Vec<_>>()))
        .filter(person::role.eq(Role::Contributor).and(person::disabled_at.is_null()))
        .group_by(person::body_id)
        .select((person::body_id, count_star()))
        .load(tx.conn)?;
    let contacts: Vec<(BodyId, i64)> = contact::table
        .filter(contact::body_id.eq_any(ids.clone()).and(contact::ended_on.is_null()))
        .group_by(contact::body_id)
        .select((contact::body_id, count_star()))
        .load(tx.conn)?;
    let asked: Vec<(BodyId, InquiryId)> = addressee::table
        .filter(addressee::answerer_id.eq_any(ids).and(addressee::present))
        .select((addressee::answerer_id, addressee::inquiry_id))
        .distinct()
        .order((addressee::answerer_id, addressee::inquiry_id))
        .load(tx.conn)?;
    let open: HashMap<BodyId, (i64, Due)> = open.into_iter().map(|(id, count, due)| (id, (count, due))).collect();
    let targets: HashMap<BodyId, Option<Day>> = targets.into_iter().collect();
    let people: HashMap<BodyId, i64> = people.into_iter().filter_map(|(id, count)| Some((id?, count))).collect();
    let contacts: HashMap<BodyId, i64> = contacts.into_iter().collect();
    let line = |body: BodyName| {
        let (count, (update, decision, response)) = open.get(&body.id).copied().unwrap_or_default();
        let target = targets.get(&body.id).copied().flatten();
        let due = [
            (DeadlineKind::Return, update),
            (DeadlineKind::Decision, decision),
            (DeadlineKind::Response, response),
            (DeadlineKind::Target, target),
        ];
        let number = |counts: &HashMap<BodyId, i64>| counts.get(&body.id).copied().unwrap_or(0).unsigned_abs();
        BodyLine {
            open: count.unsigned_abs(),
            due: due.into_iter().filter_map(|(kind, on)| Some((kind, on?))).min_by_key(|(_, on)| *on),
            people: number(&people),
            contacts: number(&contacts),
            inquiries: asked.iter().filter(|(of, _)| *of == body.id).map(|(_, inquiry)| *inquiry).collect(),
            body,
        }
    };
    Ok(Page { items: items.into_iter().map(line).collect(), next })
}
