//! The current row of an inquiry.

use diesel::prelude::*;

use crate::domain::id::{InquiryId, InquiryTextId, Seq};
use crate::domain::text::Slug;
use crate::domain::words;
use crate::store::schema::{inquiry, inquiry_text};
use crate::store::{Error, ReadTx, WriteTx};

/// An inquiry that is taken in.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = inquiry, treat_none_as_default_value = false)]
pub struct NewInquiry {
    /// Its address part.
    pub slug: Slug,
    /// Its place in lists.
    pub position: i64,
    /// What kind of thing it is.
    pub kind: String,
    /// Its full title.
    pub title: String,
    /// What people call it.
    pub short_title: String,
    /// Its first version.
    pub version: i64,
    /// The change that took it in.
    pub seq: Seq,
}

/// Takes an inquiry in; its description follows with [`refresh_inquiry`].
///
/// # Errors
/// [`crate::store::Constraint::InquirySlug`] when there is one with that slug.
pub fn insert_inquiry(tx: &mut WriteTx<'_>, new: &NewInquiry) -> Result<InquiryId, Error> {
    Ok(diesel::insert_into(inquiry::table).values(new).returning(inquiry::id).get_result(tx.conn)?)
}

/// What an inquiry is called: its kind, its title and its short title.
pub type InquiryNames = (String, String, String);

/// The description that stands, and what the inquiry is called: as in the last one whose words are not withheld.
///
/// # Errors
/// [`Error::NotFound`] when it was never described.
pub fn standing_inquiry(tx: &mut ReadTx<'_>, id: InquiryId) -> Result<(InquiryTextId, InquiryNames), Error> {
    let rows: Vec<(InquiryTextId, InquiryNames, Option<Seq>)> = inquiry_text::table
        .filter(inquiry_text::inquiry_id.eq(id))
        .order((inquiry_text::seq, inquiry_text::id))
        .select((
            inquiry_text::id,
            (inquiry_text::kind, inquiry_text::title, inquiry_text::short_title),
            inquiry_text::withheld,
        ))
        .load(tx.conn)?;
    let (last, ..) = rows.last().ok_or(Error::NotFound)?;
    let said = rows.iter().rev().find(|(_, _, withheld)| withheld.is_none()).map(|(_, names, _)| names.clone());
    let none = words::name_withheld("An inquiry");
    Ok((*last, said.unwrap_or_else(|| ("inquiry".to_owned(), none.clone(), none))))
}

/// Makes the description that was published last the one that stands.
///
/// # Errors
/// When the database fails.
pub fn refresh_inquiry(tx: &mut WriteTx<'_>, seq: Seq, id: InquiryId) -> Result<(), Error> {
    name_inquiry(tx, id)?;
    diesel::update(inquiry::table.filter(inquiry::id.eq(id))).set(inquiry::seq.eq(seq)).execute(tx.conn)?;
    Ok(())
}

/// Calls the inquiry what it is called by what is not withheld. Words that come or go make another version: a form that was
/// filled with them before is overtaken.
///
/// # Errors
/// When the database fails.
pub fn name_inquiry(tx: &mut WriteTx<'_>, id: InquiryId) -> Result<(), Error> {
    let (text_id, (kind, title, short_title)) = standing_inquiry(tx, id)?;
    diesel::update(inquiry::table.filter(inquiry::id.eq(id)))
        .set((
            inquiry::text_id.eq(text_id),
            inquiry::kind.eq(kind),
            inquiry::title.eq(title),
            inquiry::short_title.eq(short_title),
            inquiry::version.eq(inquiry::version + 1),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Claims the row for this transaction if it still has the version that the form was made from.
///
/// # Errors
/// [`Error::Stale`] when somebody changed it meanwhile.
pub fn lock_inquiry(tx: &mut WriteTx<'_>, id: InquiryId, version: i64) -> Result<(), Error> {
    let claimed = diesel::update(inquiry::table.filter(inquiry::id.eq(id).and(inquiry::version.eq(version))))
        .set(inquiry::version.eq(inquiry::version + 1))
        .execute(tx.conn)?;
    if claimed == 1 { Ok(()) } else { Err(Error::Stale) }
}
