//! Reports in other formats, as they stand.

use diesel::prelude::*;

use super::schema::format_link;
use super::withheld::{self, Words};
use super::{Error, ReadTx};
use crate::domain::id::{InquiryId, Seq};
use crate::domain::licence::{FormatKind, Language};

/// A report in another format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatLink {
    /// Its row.
    pub id: i64,
    /// The change that published it.
    pub seq: Seq,
    /// The inquiry.
    pub inquiry: InquiryId,
    /// In which format.
    pub kind: FormatKind,
    /// In which language.
    pub language: Language,
    /// Where; empty where it is withheld.
    pub url: String,
    /// What the link says.
    pub label: Words,
    /// Whether it is linked, or was taken back.
    pub present: bool,
}

type Row = (i64, Seq, InquiryId, FormatKind, Language, String, String, bool, Option<Seq>);
type Columns = (
    format_link::id,
    format_link::seq,
    format_link::inquiry_id,
    format_link::kind,
    format_link::language,
    format_link::url,
    format_link::label,
    format_link::present,
    format_link::withheld,
);
const COLUMNS: Columns = (
    format_link::id,
    format_link::seq,
    format_link::inquiry_id,
    format_link::kind,
    format_link::language,
    format_link::url,
    format_link::label,
    format_link::present,
    format_link::withheld,
);

/// Takes out of sight what is withheld.
fn complete(tx: &mut ReadTx<'_>, rows: Vec<Row>) -> Result<Vec<FormatLink>, Error> {
    let days = withheld::days(tx, rows.iter().map(|row| row.8))?;
    let link = |(id, seq, inquiry, kind, language, url, label, present, withheld): Row| {
        let shown = withheld.is_none();
        let label = days.words(Some(label), withheld)?;
        Some(FormatLink {
            id,
            seq,
            inquiry,
            kind,
            language,
            url: if shown { url } else { String::new() },
            label,
            present,
        })
    };
    Ok(rows.into_iter().filter_map(link).collect())
}

/// Everything that was ever linked or taken back for an inquiry, the last first.
///
/// # Errors
/// When the database fails.
pub fn all_of_inquiry(tx: &mut ReadTx<'_>, inquiry: InquiryId, most: i64) -> Result<Vec<FormatLink>, Error> {
    let rows: Vec<Row> = format_link::table
        .filter(format_link::inquiry_id.eq(inquiry))
        .order((format_link::seq.desc(), format_link::id.desc()))
        .limit(most)
        .select(COLUMNS)
        .load(tx.conn)?;
    complete(tx, rows)
}

/// What stands: of each address the last that was said of it, unless that took it back.
///
/// # Errors
/// When the database fails.
pub fn of_inquiry(tx: &mut ReadTx<'_>, inquiry: InquiryId) -> Result<Vec<FormatLink>, Error> {
    let rows: Vec<Row> = format_link::table
        .filter(format_link::inquiry_id.eq(inquiry).and(format_link::seq.le(tx.upto())))
        .order((format_link::seq.desc(), format_link::id.desc()))
        .select(COLUMNS)
        .load(tx.conn)?;
    // Which row stands is told by the addresses as they are; only then is what is withheld taken out.
    let mut stands: Vec<Row> = Vec::new();
    for row in rows {
        if !stands.iter().any(|known| known.5 == row.5) {
            stands.push(row);
        }
    }
    stands.retain(|row| row.7 && row.8.is_none());
    let mut stands = complete(tx, stands)?;
    stands.sort_by_key(|row| (row.kind, row.seq));
    Ok(stands)
}

/// What a change linked or took back.
///
/// # Errors
/// When the database fails.
pub fn of_change(tx: &mut ReadTx<'_>, seq: Seq) -> Result<Vec<FormatLink>, Error> {
    let rows =
        format_link::table.filter(format_link::seq.eq(seq)).order(format_link::id).select(COLUMNS).load(tx.conn)?;
    complete(tx, rows)
}
