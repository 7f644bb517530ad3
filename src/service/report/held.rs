//! Holds on what documents are about: a document is a body's, and a hold is on an inquiry or an item of it.

use std::collections::HashMap;

use crate::domain::hold::Held;
use crate::domain::id::{AddresseeId, BodyId, Seq};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::problem::Problems;
use crate::domain::report::Marked;
use crate::domain::words;
use crate::service::Error;
use crate::store::ReadTx;
use crate::store::hold::{Hold, InForce};
use crate::store::mark::{self, Item, Mark};

/// Notes that nothing new is published about a document: everything open of its body is held, so that the document can be
/// about nothing else; or an item is held of which something was found in it.
pub(super) fn refuse_held(
    tx: &mut ReadTx<'_>,
    problems: &mut Problems,
    field: &str,
    (body, began): (BodyId, Option<Seq>),
) -> Result<(), Error> {
    let held = InForce::read(tx)?;
    if held.0.is_empty() {
        return Ok(());
    }
    let items = mark::items(tx, body)?;
    let standing = match began {
        Some(began) => mark::of_report(tx, began)?,
        None => HashMap::new(),
    };
    if let Some(held) = document_held(&held, &items, &standing) {
        problems.add(field, words::held_back(held));
    }
    Ok(())
}

/// The hold under which nothing new is published about a document. `items` is everything that is put to its body; `standing` its
/// marks, none for a document that is not logged yet.
#[must_use]
pub fn document_held(held: &InForce, items: &[Item], standing: &HashMap<AddresseeId, Mark>) -> Option<Held> {
    let hold = |item: &Item| held.bearing_on(Some(item.inquiry), Some(item.recommendation)).next().map(Hold::held);
    let is_marked = |item: &Item| standing.get(&item.id).is_some_and(|mark| mark.value != Marked::Unread);
    let of_marked = items.iter().filter(|item| is_marked(item)).find_map(hold);
    let open = items.iter().filter(|item| item.lifecycle != Lifecycle::Closed);
    let of_all = || open.map(hold).collect::<Option<Vec<Held>>>().and_then(|all| all.first().copied());
    of_marked.or_else(of_all)
}
