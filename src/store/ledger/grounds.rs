//! What was taken out of the record and for which kind of reason: which record, never what it said.

use diesel::prelude::*;

use crate::domain::change::Subject;
use crate::domain::id::Seq;
use crate::domain::redaction::RedactionKind;
use crate::store::schema::{grounds, taken_out};
use crate::store::{Error, WriteTx};

/// Notes what the change `seq` withheld, showed again or removed: the record `row`, which the change `published` brought.
///
/// # Errors
/// When the database fails.
pub fn insert_taken_out(
    tx: &mut WriteTx<'_>,
    seq: Seq,
    (subject, row): (Subject, i64),
    published: Seq,
) -> Result<(), Error> {
    let noted = (
        taken_out::seq.eq(seq),
        taken_out::subject.eq(subject),
        taken_out::row_id.eq(row),
        taken_out::published.eq(published),
    );
    diesel::insert_into(taken_out::table).values(noted).execute(tx.conn)?;
    Ok(())
}

/// Publishes under `seq` for which kind of reason the change `withholding` withheld words.
///
/// # Errors
/// When the database fails.
pub fn insert_grounds(tx: &mut WriteTx<'_>, seq: Seq, withholding: Seq, kind: RedactionKind) -> Result<(), Error> {
    let said = (grounds::seq.eq(seq), grounds::withholding.eq(withholding), grounds::kind.eq(kind));
    diesel::insert_into(grounds::table).values(said).execute(tx.conn)?;
    Ok(())
}
