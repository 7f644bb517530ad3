//! Which answers were done at several moments of the past, from one reading of the ledger.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use crate::domain::id::{AddresseeId, Seq};
use crate::store::ledger::records_of;
use crate::store::schema::asked;
use crate::store::{AT_ONCE, Error, ReadTx};

/// For each of these changes, in their order: which of these answers were done once it had been published. What had not been put
/// to its body by then, or was found not to have been, was not.
///
/// # Errors
/// When the database fails, or holds a word that this program does not know.
pub fn done_at(
    tx: &mut ReadTx<'_>,
    answers: &[AddresseeId],
    changes: &[Seq],
) -> Result<Vec<HashSet<AddresseeId>>, Error> {
    let mut done = vec![HashSet::new(); changes.len()];
    for some in answers.chunks(AT_ONCE) {
        let records = records_of(tx, some)?;
        let rows: Vec<(AddresseeId, Seq, bool)> = asked::table
            .filter(asked::addressee_id.eq_any(some))
            .order((asked::seq, asked::id))
            .select((asked::addressee_id, asked::seq, asked::present))
            .load(tx.conn)?;
        let mut put: HashMap<AddresseeId, Vec<(Seq, bool)>> = HashMap::new();
        for (id, seq, present) in rows {
            put.entry(id).or_default().push((seq, present));
        }
        for (id, record) in &records {
            let asked = put.get(id).map_or(&[][..], Vec::as_slice);
            for (seq, done) in changes.iter().zip(&mut done) {
                let present = asked.iter().rev().find(|(on, _)| on <= seq).is_some_and(|(_, present)| *present);
                if present && record.state_at(*seq).is_done() {
                    done.insert(*id);
                }
            }
        }
    }
    Ok(done)
}
