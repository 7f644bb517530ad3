//! Reports in other formats: linked, or taken back.

use diesel::prelude::*;

use crate::domain::id::{InquiryId, Seq};
use crate::domain::licence::{FormatKind, Language};
use crate::store::schema::format_link;
use crate::store::{Error, WriteTx};

/// A link to be published.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = format_link)]
pub struct NewFormatLink {
    /// The inquiry.
    pub inquiry_id: InquiryId,
    /// In which format.
    pub kind: FormatKind,
    /// In which language.
    pub language: Language,
    /// Where.
    pub url: String,
    /// What the link says.
    pub label: String,
    /// Whether it is linked from now on, or taken back.
    pub present: bool,
}

/// Publishes the link under `seq`.
///
/// # Errors
/// When the database fails.
pub fn insert_format_link(tx: &mut WriteTx<'_>, seq: Seq, new: &NewFormatLink) -> Result<(), Error> {
    diesel::insert_into(format_link::table).values((format_link::seq.eq(seq), new)).execute(tx.conn)?;
    Ok(())
}
