//! Meetings of whoever monitors inquiries: their days, once for all of their inquiries, and the dates that go with them. Their words
//! are those of the events that everybody reads.

use std::collections::HashMap;

use diesel::prelude::*;

use super::event::{self, Event};
use super::inquiry::InquiryName;
use super::schema::{addressee, change, deadline, meeting, meeting_date, meeting_inquiry};
use super::withheld::Words;
use super::{AT_ONCE, Error, ReadTx, WriteTx};
use crate::domain::change::ChangeKind;
use crate::domain::id::{AddresseeId, DeadlineId, EventId, InquiryId, MeetingId, PersonId};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::meeting::MeetingState;
use crate::domain::moment::{Day, Moment};

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Its row.
    pub id: MeetingId,
    /// Its own random name.
    pub reference: String,
    /// Its day.
    pub held_on: Day,
    /// By when its papers are due.
    pub papers_due_on: Day,
    /// Where it stands.
    pub state: MeetingState,
    /// What is said of it inside.
    pub private_note: Option<String>,
    /// Its version, for forms.
    pub version: i64,
    /// The event of each of its inquiries that stands, in the order of the inquiries.
    pub events: Vec<Event>,
}

impl Meeting {
    /// The inquiries that it is about.
    pub fn inquiries(&self) -> impl Iterator<Item = &InquiryName> {
        self.events.iter().filter_map(Event::inquiry)
    }

    /// What everybody reads of it: words that are out of sight for one of its inquiries are so here.
    #[must_use]
    pub fn words(&self) -> Option<&Words> {
        self.events
            .iter()
            .map(|event| &event.words)
            .find(|words| words.said().is_none())
            .or(self.events.first().map(|event| &event.words))
    }

    /// Where it can be read.
    #[must_use]
    pub fn source_url(&self) -> Option<&str> {
        self.events.first().and_then(|event| event.source_url.as_deref())
    }
}

/// The days of a meeting, and what is said of it inside.
#[derive(Debug, Clone, PartialEq, Eq, AsChangeset, Insertable)]
#[diesel(table_name = meeting, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Kept {
    /// Its day.
    pub held_on: Day,
    /// By when its papers are due.
    pub papers_due_on: Day,
    /// Where it stands.
    pub state: MeetingState,
    /// What is said of it inside.
    pub private_note: Option<String>,
}

/// Keeps a new meeting.
///
/// # Errors
/// When the database fails.
pub fn insert(
    tx: &mut WriteTx<'_>,
    reference: &str,
    kept: &Kept,
    (by, at): (PersonId, Moment),
) -> Result<MeetingId, Error> {
    let row = (
        meeting::reference.eq(reference),
        kept,
        meeting::made_by.eq(by),
        meeting::made_at.eq(at),
        meeting::version.eq(1_i64),
    );
    Ok(diesel::insert_into(meeting::table).values(row).returning(meeting::id).get_result(tx.conn)?)
}

/// Changes a meeting, which must still be as the form was made from.
///
/// # Errors
/// [`Error::Stale`] when somebody changed it meanwhile.
pub fn save(tx: &mut WriteTx<'_>, id: MeetingId, version: i64, kept: &Kept) -> Result<(), Error> {
    let row = meeting::table.filter(meeting::id.eq(id).and(meeting::version.eq(version)));
    let saved = diesel::update(row).set((kept, meeting::version.eq(meeting::version + 1))).execute(tx.conn)?;
    if saved == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Puts a meeting to an inquiry, with the event that says so there; or says which event stands now.
///
/// # Errors
/// When the database fails.
pub fn put(tx: &mut WriteTx<'_>, id: MeetingId, inquiry: InquiryId, event: EventId) -> Result<(), Error> {
    let there =
        meeting_inquiry::table.filter(meeting_inquiry::meeting_id.eq(id).and(meeting_inquiry::inquiry_id.eq(inquiry)));
    let known = diesel::update(there).set(meeting_inquiry::event_id.eq(event)).execute(tx.conn)?;
    if known == 0 {
        diesel::insert_into(meeting_inquiry::table)
            .values((
                meeting_inquiry::meeting_id.eq(id),
                meeting_inquiry::inquiry_id.eq(inquiry),
                meeting_inquiry::event_id.eq(event),
            ))
            .execute(tx.conn)?;
    }
    Ok(())
}

type Row = (MeetingId, String, Day, Day, MeetingState, Option<String>, i64);

macro_rules! columns {
    () => {
        (
            meeting::id,
            meeting::reference,
            meeting::held_on,
            meeting::papers_due_on,
            meeting::state,
            meeting::private_note,
            meeting::version,
        )
    };
}

/// The meeting of this name.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn find(tx: &mut ReadTx<'_>, reference: &str) -> Result<Meeting, Error> {
    let row: Row = meeting::table.filter(meeting::reference.eq(reference)).select(columns!()).first(tx.conn)?;
    complete(tx, vec![row])?.pop().ok_or(Error::NotFound)
}

/// All meetings, the last first; of these inquiries alone, where any are named.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut ReadTx<'_>, inquiries: &[InquiryId], most: i64) -> Result<Vec<Meeting>, Error> {
    let mut query =
        meeting::table.order((meeting::held_on.desc(), meeting::id.desc())).limit(most).select(columns!()).into_boxed();
    if !inquiries.is_empty() {
        let of = meeting_inquiry::table
            .filter(meeting_inquiry::inquiry_id.eq_any(inquiries.to_vec()))
            .select(meeting_inquiry::meeting_id);
        query = query.filter(meeting::id.eq_any(of));
    }
    let rows: Vec<Row> = query.load(tx.conn)?;
    complete(tx, rows)
}

fn complete(tx: &mut ReadTx<'_>, rows: Vec<Row>) -> Result<Vec<Meeting>, Error> {
    let ids: Vec<MeetingId> = rows.iter().map(|row| row.0).collect();
    let mut of: Vec<(MeetingId, EventId)> = Vec::new();
    for some in ids.chunks(AT_ONCE) {
        let here: Vec<(MeetingId, EventId)> = meeting_inquiry::table
            .filter(meeting_inquiry::meeting_id.eq_any(some))
            .order((meeting_inquiry::meeting_id, meeting_inquiry::inquiry_id))
            .select((meeting_inquiry::meeting_id, meeting_inquiry::event_id))
            .load(tx.conn)?;
        of.extend(here);
    }
    let mut known: HashMap<EventId, Event> = HashMap::new();
    for some in of.chunks(AT_ONCE) {
        let events = event::find(tx, &event::Of::Rows(some.iter().map(|(_, event)| *event).collect()), i64::MAX)?;
        known.extend(events.into_iter().map(|event| (event.id, event)));
    }
    let mut events: HashMap<MeetingId, Vec<Event>> = HashMap::new();
    for (meeting, event) in of {
        events.entry(meeting).or_default().extend(known.get(&event).cloned());
    }
    let each = rows.into_iter().map(|(id, reference, held_on, papers_due_on, state, private_note, version)| {
        let events = events.remove(&id).unwrap_or_default();
        Meeting { id, reference, held_on, papers_due_on, state, private_note, version, events }
    });
    Ok(each.collect())
}

/// A date that goes with a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Hung {
    /// Whose answer it is about.
    pub addressee: AddresseeId,
    /// The date.
    pub deadline: DeadlineId,
    /// How many working days before the papers are due.
    pub working_days: i64,
    /// The date of an update that stands for that answer now.
    pub standing: Option<DeadlineId>,
    /// Its day.
    pub due_on: Option<Day>,
    /// Whether that answer is open or closed.
    pub lifecycle: Lifecycle,
}

impl Hung {
    /// Whether it still stands: nothing came in, nobody has set another date since, and nothing is closed.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.standing == Some(self.deadline) && self.due_on.is_some() && self.lifecycle != Lifecycle::Closed
    }
}

/// The dates that go with a meeting, whether they stand or not.
///
/// # Errors
/// When the database fails.
pub fn dates(tx: &mut ReadTx<'_>, id: MeetingId) -> Result<Vec<Hung>, Error> {
    Ok(meeting_date::table
        .inner_join(addressee::table)
        .filter(meeting_date::meeting_id.eq(id))
        .order(meeting_date::addressee_id)
        .select((
            meeting_date::addressee_id,
            meeting_date::deadline_id,
            meeting_date::working_days,
            addressee::return_deadline_id,
            addressee::return_due_on,
            addressee::lifecycle,
        ))
        .load(tx.conn)?)
}

/// The meetings that a date goes with, and how many working days before the papers of each are due.
///
/// # Errors
/// When the database fails.
pub fn hung_by(tx: &mut ReadTx<'_>, date: DeadlineId) -> Result<Vec<(MeetingId, i64)>, Error> {
    Ok(meeting_date::table
        .filter(meeting_date::deadline_id.eq(date))
        .order(meeting_date::id)
        .select((meeting_date::meeting_id, meeting_date::working_days))
        .load(tx.conn)?)
}

/// The date that stood before one that goes with a meeting: as it was before that was hung there, however often the meeting moved
/// since. What went with a meeting that is cancelled is passed over, too.
///
/// # Errors
/// When the database fails.
pub fn date_before(tx: &mut ReadTx<'_>, date: DeadlineId) -> Result<Option<DeadlineId>, Error> {
    let mut at = date;
    loop {
        let (kind, replaces): (ChangeKind, Option<DeadlineId>) = deadline::table
            .inner_join(change::table)
            .filter(deadline::id.eq(at))
            .select((change::kind, deadline::replaces))
            .first(tx.conn)?;
        let Some(earlier) = replaces else { return Ok(None) };
        at = earlier;
        // The change of a meeting moved what hung on it already.
        if kind == ChangeKind::Meeting {
            continue;
        }
        let cancelled: i64 = meeting_date::table
            .inner_join(meeting::table.on(meeting_date::meeting_id.eq(meeting::id)))
            .filter(meeting_date::deadline_id.eq(at).and(meeting::state.eq(MeetingState::Cancelled)))
            .count()
            .get_result(tx.conn)?;
        if cancelled == 0 {
            return Ok(Some(at));
        }
    }
}

/// Hangs the date of an answer on a meeting, in the place of the one that hung there.
///
/// # Errors
/// When the database fails.
pub fn hang(
    tx: &mut WriteTx<'_>,
    id: MeetingId,
    addressee: AddresseeId,
    (deadline, working_days): (DeadlineId, i64),
) -> Result<(), Error> {
    let there =
        meeting_date::table.filter(meeting_date::meeting_id.eq(id).and(meeting_date::addressee_id.eq(addressee)));
    let set = (meeting_date::deadline_id.eq(deadline), meeting_date::working_days.eq(working_days));
    if diesel::update(there).set(set).execute(tx.conn)? == 0 {
        diesel::insert_into(meeting_date::table)
            .values((meeting_date::meeting_id.eq(id), meeting_date::addressee_id.eq(addressee), set))
            .execute(tx.conn)?;
    }
    Ok(())
}
