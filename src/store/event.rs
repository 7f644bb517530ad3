//! Dated events of inquiries and of bodies, with what puts each right. A wrong one is never edited: a later row takes its place, or takes it
//! back.

use diesel::prelude::*;

use super::body::{self, BodyName};
use super::inquiry::{self, InquiryName};
use super::schema::inquiry_event;
use super::withheld::{self, Words};
use super::{Error, ReadTx};
use crate::domain::checked::Checked;
use crate::domain::event::EventKind;
use crate::domain::id::{BodyId, EventId, InquiryId, Seq};
use crate::domain::meeting::{MeetingState, Stands};
use crate::domain::moment::{Day, Happened, Precision};

/// What an event is told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Around {
    /// An inquiry.
    Inquiry(InquiryName),
    /// A body.
    Body(BodyName),
}

/// Something that happened around an inquiry, or to a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its row.
    pub id: EventId,
    /// The change that recorded it.
    pub seq: Seq,
    /// The inquiry, or the body.
    pub around: Around,
    /// What kind of event.
    pub kind: EventKind,
    /// When it happened.
    pub happened: Happened,
    /// What happened.
    pub words: Words,
    /// Where that can be read.
    pub source_url: Option<String>,
    /// How far it was compared.
    pub checked: Checked,
    /// Whether anything happened: else it says only that another entry was made in error.
    pub present: bool,
    /// The change that published the entry which this one puts right.
    pub corrects: Option<Seq>,
    /// The change that puts this one right.
    pub corrected_by: Option<Seq>,
    /// Of a meeting that is kept as one: where it stands.
    pub meeting: Option<Stands>,
    /// The change that published what this one takes the place of: the same meeting as it stood before.
    pub replaces: Option<Seq>,
    /// The change that published what takes its place.
    pub replaced_by: Option<Seq>,
}

impl Event {
    /// The inquiry that it is told of; none where it is a body's.
    #[must_use]
    pub const fn inquiry(&self) -> Option<&InquiryName> {
        match &self.around {
            Around::Inquiry(inquiry) => Some(inquiry),
            Around::Body(_) => None,
        }
    }

    /// Whether it is what stands: nothing has put it right, and it takes nothing back.
    #[must_use]
    pub const fn stands(&self) -> bool {
        self.present && self.corrected_by.is_none() && self.replaced_by.is_none()
    }
}

/// Which events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    /// Those of an inquiry.
    Inquiry(InquiryId),
    /// Those of a body.
    Body(BodyId),
    /// Those that some changes published.
    Changes(Vec<Seq>),
    /// These.
    Rows(Vec<EventId>),
}

#[derive(Queryable)]
struct Row {
    id: EventId,
    seq: Seq,
    inquiry: Option<InquiryId>,
    body: Option<BodyId>,
    kind: EventKind,
    on: Option<Day>,
    precision: Precision,
    words: Option<String>,
    source_url: Option<String>,
    checked: Checked,
    present: bool,
    corrects: Option<EventId>,
    withheld: Option<Seq>,
    meeting: (Option<MeetingState>, Option<Day>, Option<EventId>),
}

/// The events, newest first; what has no date comes last.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx<'_>, of: &Of, most: i64) -> Result<Vec<Event>, Error> {
    let all = inquiry_event::table
        .filter(inquiry_event::seq.le(tx.upto()))
        .order((inquiry_event::happened_on.is_null(), inquiry_event::happened_on.desc(), inquiry_event::id.desc()))
        .limit(most)
        .select((
            inquiry_event::id,
            inquiry_event::seq,
            inquiry_event::inquiry_id,
            inquiry_event::body_id,
            inquiry_event::kind,
            inquiry_event::happened_on,
            inquiry_event::precision,
            diesel::dsl::case_when(inquiry_event::withheld.is_null(), inquiry_event::words.nullable()),
            diesel::dsl::case_when(inquiry_event::withheld.is_null(), inquiry_event::source_url),
            inquiry_event::checked,
            inquiry_event::present,
            inquiry_event::corrects,
            inquiry_event::withheld,
            (inquiry_event::meeting_state, inquiry_event::papers_due_on, inquiry_event::replaces),
        ))
        .into_boxed();
    let rows: Vec<Row> = match of {
        Of::Inquiry(id) => all.filter(inquiry_event::inquiry_id.eq(*id)).load(tx.conn)?,
        Of::Body(id) => all.filter(inquiry_event::body_id.eq(*id)).load(tx.conn)?,
        Of::Changes(seqs) => all.filter(inquiry_event::seq.eq_any(seqs.clone())).load(tx.conn)?,
        Of::Rows(ids) => all.filter(inquiry_event::id.eq_any(ids.clone())).load(tx.conn)?,
    };
    complete(tx, rows)
}

fn complete(tx: &mut ReadTx<'_>, rows: Vec<Row>) -> Result<Vec<Event>, Error> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let days = withheld::days(tx, rows.iter().map(|row| row.withheld))?;
    let inquiries = inquiry::names(tx, rows.iter().filter_map(|row| row.inquiry).collect())?;
    let bodies = body::names(tx, rows.iter().filter_map(|row| row.body).collect())?;
    let wrong: Vec<EventId> = rows.iter().flat_map(|row| [row.corrects, row.meeting.2]).flatten().collect();
    let wrong: Vec<(EventId, Seq)> = inquiry_event::table
        .filter(inquiry_event::id.eq_any(wrong))
        .select((inquiry_event::id, inquiry_event::seq))
        .load(tx.conn)?;
    let right: Vec<(Option<EventId>, Seq)> = inquiry_event::table
        .filter(inquiry_event::corrects.eq_any(rows.iter().map(|row| Some(row.id)).collect::<Vec<_>>()))
        .filter(inquiry_event::seq.le(tx.upto()))
        .select((inquiry_event::corrects, inquiry_event::seq))
        .load(tx.conn)?;
    let taken: Vec<(Option<EventId>, Seq)> = inquiry_event::table
        .filter(inquiry_event::replaces.eq_any(rows.iter().map(|row| Some(row.id)).collect::<Vec<_>>()))
        .filter(inquiry_event::seq.le(tx.upto()))
        .select((inquiry_event::replaces, inquiry_event::seq))
        .load(tx.conn)?;
    let earlier = |id: Option<EventId>| id.and_then(|id| wrong.iter().find(|(known, _)| *known == id)).map(|one| one.1);
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let (state, papers_due_on, replaces) = row.meeting;
            Some(Event {
                around: match row.body {
                    Some(id) => Around::Body(bodies.iter().find(|one| one.id == id).cloned()?),
                    None => Around::Inquiry(inquiries.iter().find(|one| Some(one.id) == row.inquiry).cloned()?),
                },
                words: days.words(row.words, row.withheld)?,
                corrects: earlier(row.corrects),
                meeting: state.map(|state| Stands { state, papers_due_on }),
                replaces: earlier(replaces),
                replaced_by: taken.iter().find(|(old, _)| *old == Some(row.id)).map(|(_, seq)| *seq),
                corrected_by: right.iter().find(|(wrong, _)| *wrong == Some(row.id)).map(|(_, seq)| *seq),
                happened: Happened::new(row.on, row.precision),
                id: row.id,
                seq: row.seq,
                kind: row.kind,
                source_url: row.source_url,
                checked: row.checked,
                present: row.present,
            })
        })
        .collect())
}
