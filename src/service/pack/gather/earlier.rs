//! What was done before the time that a pack covers, so that what is only looked at again is not newly confirmed.

use std::collections::HashSet;

use crate::domain::change::ChangeKind;
use crate::domain::id::{AddresseeId, Seq};
use crate::store::past::Past;
use crate::store::present::{AddresseeRow, answers_then};
use crate::store::{Error, ReadTx, change};

/// Which of these answers were done when the time began, after this change; and which were done when a load among these changes
/// brought them: what a load brought is old.
pub(super) fn done_before(
    tx: &mut ReadTx<'_>,
    after: Seq,
    changes: &[(Seq, ChangeKind)],
    rows: &[AddresseeRow],
) -> Result<HashSet<AddresseeId>, Error> {
    let mut before = done_at(tx, after, rows)?;
    for (seq, _) in changes.iter().filter(|(_, kind)| *kind == ChangeKind::Load) {
        let stood = done_at(tx, Seq(seq.0 - 1), rows)?;
        before.extend(done_at(tx, *seq, rows)?.difference(&stood).copied());
    }
    Ok(before)
}

/// Which of them were done once this change had been published.
fn done_at(tx: &mut ReadTx<'_>, seq: Seq, rows: &[AddresseeRow]) -> Result<HashSet<AddresseeId>, Error> {
    // Nothing stood before the first change.
    if seq.0 <= 0 {
        return Ok(HashSet::new());
    }
    let day = change::find(tx, seq)?.day;
    tx.look_back(Some(Past { seq, day }));
    let then = answers_then(tx, rows.to_vec())?;
    tx.look_back(None);
    Ok(then.into_iter().filter(|row| row.done).map(|row| row.id).collect())
}
