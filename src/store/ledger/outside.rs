//! What outside bodies found.

use diesel::prelude::*;

use crate::domain::checked::Checked;
use crate::domain::id::{AddresseeId, BodyId, OutsideId, PersonId, Seq};
use crate::domain::licence::{Language, Licence};
use crate::domain::moment::{Day, Precision};
use crate::domain::outside::Gist;
use crate::store::schema::outside_finding;
use crate::store::{Error, WriteTx};

/// An outside finding to be published.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = outside_finding, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "the columns are those of `store::outside::Outside`")]
pub struct NewOutside {
    pub addressee_id: AddresseeId,
    pub found_by: Option<BodyId>,
    pub found_by_words: Option<String>,
    pub gist: Gist,
    pub words: String,
    pub place: Option<String>,
    pub happened_on: Option<Day>,
    pub precision: Precision,
    pub source_url: String,
    pub checked: Checked,
    pub language: Option<Language>,
    pub licence: Option<Licence>,
    pub author_id: PersonId,
    pub corrects: Option<OutsideId>,
}

/// Publishes it under `seq`.
///
/// # Errors
/// When the corrected one has been corrected already, or the database fails.
pub fn insert_outside(tx: &mut WriteTx<'_>, seq: Seq, new: &NewOutside) -> Result<(), Error> {
    diesel::insert_into(outside_finding::table).values((outside_finding::seq.eq(seq), new)).execute(tx.conn)?;
    Ok(())
}
