//! What was done before the time that a pack covers, so that what is only looked at again is not newly confirmed.

use std::collections::HashSet;

use crate::domain::change::ChangeKind;
use crate::domain::id::{AddresseeId, Seq};
use crate::store::present::{AddresseeRow, done_at};
use crate::store::{Error, ReadTx};

/// Which of these answers were done when the time began, after this change; and which were done when a load among these changes
/// brought them: what a load brought is old.
pub(super) fn done_before(
    tx: &mut ReadTx<'_>,
    after: Seq,
    changes: &[(Seq, ChangeKind)],
    rows: &[AddresseeRow],
) -> Result<HashSet<AddresseeId>, Error> {
    let answers: Vec<AddresseeId> = rows.iter().map(|row| row.id).collect();
    let loads: Vec<Seq> = changes.iter().filter(|(_, kind)| *kind == ChangeKind::Load).map(|(seq, _)| *seq).collect();
    // Of each load the change before it, and then its own.
    let around = loads.iter().flat_map(|seq| [Seq(seq.0 - 1), *seq]);
    let moments: Vec<Seq> = [after].into_iter().chain(around).collect();
    let mut done = done_at(tx, &answers, &moments)?.into_iter();
    let mut before = done.next().unwrap_or_default();
    while let (Some(stood), Some(brought)) = (done.next(), done.next()) {
        before.extend(brought.difference(&stood).copied());
    }
    Ok(before)
}
