//! What changes did to some inquiries: a change about several of them stands once for each.

use super::{Named, in_full, single};
use crate::domain::id::InquiryId;
use crate::store::change::Change;
use crate::store::timeline::{self as ledger, Timeline};
use crate::store::{self, About, ReadTx};
use crate::web::part::timeline::Entry;
use crate::web::public::timeline::{self, Naming};

/// What these changes did to these inquiries, each in one line for every one of them that it was about: the first row about that
/// inquiry, and how many more there are about it. A change without any such row is told as a whole. Every row is read.
///
/// # Errors
/// When the database fails.
pub fn told_within(
    tx: &mut ReadTx<'_>,
    changes: &[Change],
    inquiries: &[InquiryId],
) -> Result<Vec<Entry>, store::Error> {
    let whole = ledger::find(tx, &About::Changes(single(changes)), i64::MAX)?;
    let named = Named::of(tx, changes)?;
    let rows = |of: &Timeline| timeline::list(of, Naming::Everything);
    let each: Vec<Vec<Entry>> = inquiries.iter().map(|id| rows(&whole.of(Some(*id)))).collect();
    let (all, besides) = (rows(&whole), rows(&whole.of(None)));
    let mut entries = Vec::new();
    for change in changes {
        let of_change =
            |rows: &[Entry]| -> Vec<Entry> { rows.iter().filter(|row| row.seq == change.seq.0).cloned().collect() };
        let mut groups: Vec<Vec<Entry>> = each.iter().map(|rows| of_change(rows)).collect();
        groups.retain(|rows| !rows.is_empty());
        match groups.first_mut() {
            // What is about no inquiry is counted once.
            Some(first) => first.extend(of_change(&besides)),
            None => groups.push(of_change(&all)),
        }
        for rows in groups {
            entries.push(in_full(tx, change, rows, &named)?);
        }
    }
    Ok(entries)
}
