//! The current row of an inquiry.

use diesel::prelude::*;

use crate::domain::id::{InquiryId, InquiryTextId, Seq};
use crate::domain::text::Slug;
use crate::store::ledger::NewInquiryText;
use crate::store::schema::inquiry;
use crate::store::{Error, WriteTx};

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

/// Takes an inquiry in; its description follows with [`show_inquiry_text`].
///
/// # Errors
/// [`crate::store::Constraint::InquirySlug`] when there is one with that slug.
pub fn insert_inquiry(tx: &mut WriteTx<'_>, new: &NewInquiry) -> Result<InquiryId, Error> {
    Ok(diesel::insert_into(inquiry::table).values(new).returning(inquiry::id).get_result(tx.conn)?)
}

/// Makes a published description the one that stands.
///
/// # Errors
/// When the database fails.
pub fn show_inquiry_text(
    tx: &mut WriteTx<'_>,
    seq: Seq,
    text_id: InquiryTextId,
    text: &NewInquiryText,
) -> Result<(), Error> {
    diesel::update(inquiry::table.filter(inquiry::id.eq(text.inquiry_id)))
        .set((
            inquiry::text_id.eq(text_id),
            inquiry::kind.eq(&text.kind),
            inquiry::title.eq(&text.title),
            inquiry::short_title.eq(&text.short_title),
            inquiry::version.eq(inquiry::version + 1),
            inquiry::seq.eq(seq),
        ))
        .execute(tx.conn)?;
    Ok(())
}
