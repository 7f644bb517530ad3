//! Reports in other formats, as they stand.

use diesel::prelude::*;

use super::schema::format_link;
use super::{Error, ReadTx};
use crate::domain::id::{InquiryId, Seq};
use crate::domain::licence::{FormatKind, Language};

/// A report in another format.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct FormatLink {
    /// The change that published it.
    pub seq: Seq,
    /// The inquiry.
    pub inquiry: InquiryId,
    /// In which format.
    pub kind: FormatKind,
    /// In which language.
    pub language: Language,
    /// Where.
    pub url: String,
    /// What the link says.
    pub label: String,
    /// Whether it is linked, or was taken back.
    pub present: bool,
}

type Columns = (
    format_link::seq,
    format_link::inquiry_id,
    format_link::kind,
    format_link::language,
    format_link::url,
    format_link::label,
    format_link::present,
);
const COLUMNS: Columns = (
    format_link::seq,
    format_link::inquiry_id,
    format_link::kind,
    format_link::language,
    format_link::url,
    format_link::label,
    format_link::present,
);

/// What stands: of each address the last that was said of it, unless that took it back.
///
/// # Errors
/// When the database fails.
pub fn of_inquiry(tx: &mut ReadTx<'_>, inquiry: InquiryId) -> Result<Vec<FormatLink>, Error> {
    let rows: Vec<FormatLink> = format_link::table
        .filter(format_link::inquiry_id.eq(inquiry))
        .order((format_link::seq.desc(), format_link::id.desc()))
        .select(COLUMNS)
        .load(tx.conn)?;
    let mut stands: Vec<FormatLink> = Vec::new();
    for row in rows {
        if !stands.iter().any(|known| known.url == row.url) {
            stands.push(row);
        }
    }
    stands.retain(|row| row.present);
    stands.sort_by_key(|row| (row.kind, row.seq));
    Ok(stands)
}

/// What a change linked or took back.
///
/// # Errors
/// When the database fails.
pub fn of_change(tx: &mut ReadTx<'_>, seq: Seq) -> Result<Vec<FormatLink>, Error> {
    Ok(format_link::table.filter(format_link::seq.eq(seq)).order(format_link::id).select(COLUMNS).load(tx.conn)?)
}
