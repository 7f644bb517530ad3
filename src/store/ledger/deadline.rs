//! Dates that something is owed by.

use diesel::prelude::*;

use crate::domain::checked::Checked;
use crate::domain::deadline::DeadlineKind;
use crate::domain::id::{AddresseeId, BodyId, DeadlineId, PersonId, Seq};
use crate::domain::moment::Day;
use crate::store::schema::deadline;
use crate::store::{Error, WriteTx};

/// A date to be published.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = deadline, treat_none_as_default_value = false)]
pub struct NewDeadline {
    /// Whose.
    pub addressee_id: AddresseeId,
    /// What is owed by it.
    pub kind: DeadlineKind,
    /// The date; `None` ends a schedule or takes a target back.
    pub due_on: Option<Day>,
    /// For a schedule: every so many months.
    pub every_months: Option<i64>,
    /// The body that set it.
    pub set_by_body: Option<BodyId>,
    /// Why it is set or moved, in public.
    pub reason: Option<String>,
    /// Where it can be read.
    pub source_url: Option<String>,
    /// How far it was compared with that source.
    pub checked: Checked,
    /// The date that it takes the place of.
    pub replaces: Option<DeadlineId>,
    /// Who recorded it.
    pub author_id: Option<PersonId>,
}

/// Publishes a date under `seq`.
///
/// # Errors
/// When the database fails.
pub fn insert_deadline(tx: &mut WriteTx<'_>, seq: Seq, new: &NewDeadline) -> Result<DeadlineId, Error> {
    Ok(diesel::insert_into(deadline::table)
        .values((deadline::seq.eq(seq), new))
        .returning(deadline::id)
        .get_result(tx.conn)?)
}
