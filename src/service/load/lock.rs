//! Claims what a load writes of what is held already, before the load takes the number of its change: the order of every other deed.
//! Otherwise a deed that has claimed one of these answers and waits for the counter, and the load, would wait for each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::id::{AddresseeId, BodyId};
use crate::domain::register_file::{Answer, RegisterFile};
use crate::domain::response::Response;
use crate::domain::text::Slug;
use crate::service::Error;
use crate::store::present::{AddresseeRow, find_addressee, lock_addressee};
use crate::store::{WriteTx, held, succession};

/// Claims the answers, in the order of their numbers.
///
/// # Errors
/// When somebody changed one of them meanwhile; when the database fails.
pub(super) fn answers(tx: &mut WriteTx<'_>, file: &RegisterFile) -> Result<(), Error> {
    let mut bodies: BTreeMap<Slug, BodyId> = BTreeMap::new();
    for body in &file.bodies {
        if let Some((id, ..)) = held::body(tx, &body.slug)? {
            bodies.insert(body.slug.clone(), id);
        }
    }
    let mut written: BTreeSet<AddresseeId> = BTreeSet::new();
    for inquiry in &file.inquiries {
        let Some(of) = held::inquiry(tx, &inquiry.slug)? else { continue };
        for answer in inquiry.answers() {
            let Some(body) = bodies.get(&answer.addressee.body).copied() else { continue };
            let Some(item) = held::recommendation(tx, of.id, &answer.recommendation.number)? else { continue };
            let Some(id) = held::answer(tx, item, body)? else { continue };
            if is_written(&find_addressee(tx, id)?, &answer) {
                written.insert(id);
            }
        }
    }
    for body in &file.bodies {
        let (Some(from), Some((to, ..))) = (bodies.get(&body.slug).copied(), &body.succeeded_by) else { continue };
        let is_held = match bodies.get(to).copied() {
            Some(to) => held::has_succession(tx, from, to)?,
            None => false,
        };
        if !is_held {
            written.extend(succession::answers_led_by(tx, from)?);
        }
    }
    for answer in written {
        lock_addressee(tx, answer, None)?;
    }
    Ok(())
}

/// Whether the file says of an answer what nothing says yet.
fn is_written(row: &AddresseeRow, answer: &Answer<'_>) -> bool {
    let responds = row.response == Response::NotRecorded && !answer.responses.is_empty();
    responds || (row.target_deadline_id.is_none() && answer.addressee.target.is_some())
}
