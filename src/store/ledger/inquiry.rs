//! Descriptions and events of inquiries.

use diesel::prelude::*;

use super::coverage::touch_inquiry;
use crate::domain::checked::Checked;
use crate::domain::event::EventKind;
use crate::domain::id::{BodyId, EventId, InquiryId, InquiryTextId, Seq};
use crate::domain::licence::{Language, Licence};
use crate::domain::meeting::Stands;
use crate::domain::moment::{Day, Happened};
use crate::store::schema::{inquiry_event, inquiry_text};
use crate::store::{Error, WriteTx};

/// How many recommendations the source itself says there are.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CountInSource {
    /// How many.
    pub count: i64,
    /// As said on that day.
    pub on: Day,
    /// By whom or where.
    pub note: String,
}

/// An inquiry's description as published.
#[derive(Debug, Clone, PartialEq, Eq, Insertable)]
#[diesel(table_name = inquiry_text, treat_none_as_default_value = false)]
pub struct NewInquiryText {
    /// The inquiry.
    pub inquiry_id: InquiryId,
    /// What kind of thing it is.
    pub kind: String,
    /// Its full title.
    pub title: String,
    /// What people call it.
    pub short_title: String,
    /// Who led it.
    pub chair: Option<String>,
    /// The body that asked for it.
    pub commissioned_by: Option<BodyId>,
    /// The body that made it.
    pub issued_by: Option<BodyId>,
    /// Under what law, and what that law asks of those addressed.
    pub legal_basis: Option<String>,
    /// Where it can be read.
    pub source_url: Option<String>,
    /// How far that source was used.
    pub source_note: Option<String>,
    /// Whether the recommendations' numbers are this register's own.
    pub own_references: bool,
    /// Who monitors it, under what, how often.
    pub monitored_by: Option<String>,
    /// What a reader of its list must know.
    pub note: Option<String>,
    /// The day of publication.
    pub published_on: Option<Day>,
    /// A JSON list of [`CountInSource`].
    pub counts_in_source: String,
    /// In which language the words of the source are.
    pub language: Option<Language>,
    /// Under which licence they stand here.
    pub licence: Option<Licence>,
    /// How many recommendations of the source are not tracked in this register.
    pub not_tracked: Option<i64>,
    /// Why.
    pub not_tracked_why: Option<String>,
}

/// Publishes the description under `seq`.
///
/// # Errors
/// When the database fails.
pub fn insert_inquiry_text(tx: &mut WriteTx<'_>, seq: Seq, new: &NewInquiryText) -> Result<InquiryTextId, Error> {
    Ok(diesel::insert_into(inquiry_text::table)
        .values((inquiry_text::seq.eq(seq), new))
        .returning(inquiry_text::id)
        .get_result(tx.conn)?)
}

/// A dated event of an inquiry: a resolution, a report, a meeting.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// What kind of event.
    pub kind: EventKind,
    /// When.
    pub happened: Happened,
    /// What happened, in public.
    pub words: String,
    /// Where it can be read.
    pub source_url: Option<String>,
    /// How far it was compared with that source.
    pub checked: Checked,
    /// The event that was recorded wrongly, and that this one puts right.
    pub corrects: Option<EventId>,
    /// Whether anything happened: else the row says only that the other one was recorded in error.
    pub present: bool,
    /// For a meeting that is kept as one: where it stands.
    pub meeting: Option<Stands>,
    /// The event of the same meeting whose place this one takes.
    pub replaces: Option<EventId>,
}

/// Publishes the event of an inquiry under `seq`.
///
/// # Errors
/// When the database fails.
pub fn insert_event(tx: &mut WriteTx<'_>, seq: Seq, inquiry: InquiryId, new: &NewEvent) -> Result<EventId, Error> {
    let id = insert(tx, seq, (Some(inquiry), None), new)?;
    touch_inquiry(tx, seq, inquiry)?;
    Ok(id)
}

/// Publishes the event of a body under `seq`.
///
/// # Errors
/// When the database fails.
pub fn insert_body_event(tx: &mut WriteTx<'_>, seq: Seq, body: BodyId, new: &NewEvent) -> Result<EventId, Error> {
    insert(tx, seq, (None, Some(body)), new)
}

fn insert(
    tx: &mut WriteTx<'_>,
    seq: Seq,
    (inquiry, body): (Option<InquiryId>, Option<BodyId>),
    new: &NewEvent,
) -> Result<EventId, Error> {
    Ok(diesel::insert_into(inquiry_event::table)
        .values((
            inquiry_event::seq.eq(seq),
            inquiry_event::inquiry_id.eq(inquiry),
            inquiry_event::body_id.eq(body),
            inquiry_event::happened_on.eq(new.happened.day),
            inquiry_event::precision.eq(new.happened.precision),
            inquiry_event::words.eq(&new.words),
            inquiry_event::source_url.eq(&new.source_url),
            inquiry_event::checked.eq(new.checked),
            inquiry_event::kind.eq(new.kind),
            inquiry_event::corrects.eq(new.corrects),
            inquiry_event::present.eq(new.present),
            inquiry_event::meeting_state.eq(new.meeting.map(|meeting| meeting.state)),
            inquiry_event::papers_due_on.eq(new.meeting.and_then(|meeting| meeting.papers_due_on)),
            inquiry_event::replaces.eq(new.replaces),
        ))
        .returning(inquiry_event::id)
        .get_result(tx.conn)?)
}
