//! Putting published rows into the ledger. Insert-only: what stands there is never changed, only withheld or redacted.
//!
//! A deed calls [`open_change`] after every lock and decision, then inserts its rows with the number that it got, then
//! lets `present` work the current values out again.

mod arrival;
mod body;
mod coverage;
mod deadline;
mod evidence;
mod format_link;
mod grounds;
mod hold;
mod inquiry;
mod naming;
mod outside;
mod page;
mod recommendation;
mod record;
mod redact;
mod remark;
mod report;
mod siblings;
mod tie;
mod update;
mod withhold;

use diesel::prelude::*;

use super::schema::{change, counter};
use super::{Error, ReadTx, WriteTx, month_end};
use crate::domain::change::ChangeKind;
use crate::domain::hold::keeps_back;
use crate::domain::id::{AddresseeId, BodyId, InquiryId, PersonId, RecommendationId, Seq};
use crate::domain::moment::{Day, Moment};
use crate::domain::person::Role;

pub use arrival::{NewArrival, deadline_of, insert_arrival, insert_arrival_step};
pub use body::{
    NewBodyText, NewSuccession, insert_body, insert_body_address, insert_body_text, insert_passing, insert_succession,
};
pub use coverage::{NewCoverage, insert_accuracy_rule, insert_coverage};
pub use deadline::{NewDeadline, insert_deadline, insert_deadlines, schedule_began};
pub use evidence::{NewEvidence, insert_agreement, insert_evidence, supported_by, update_of};
pub use format_link::{NewFormatLink, insert_format_link};
pub use grounds::{insert_grounds, insert_taken_out};
pub use hold::{NewHold, insert_hold};
pub use inquiry::{CountInSource, NewEvent, NewInquiryText, insert_body_event, insert_event, insert_inquiry_text};
pub use naming::names_in;
pub use outside::{NewOutside, insert_outside};
pub use page::insert_page;
pub use recommendation::{
    NewEntry, NewWording, insert_all_asked, insert_asked, insert_entries, insert_entry, insert_tag, insert_tags,
    insert_theme_text, insert_wording, insert_wordings,
};
pub(super) use record::record_of_new;
pub use record::{record_of, records_of};
pub use redact::{Erased, erase, words_of};
pub use remark::{NewMinute, NewRemark, insert_minute, insert_remark, insert_remarks};
pub use report::{NewMark, NewReport, insert_mark, insert_report};
pub use siblings::{Related, said_in, siblings, to_decide};
pub use tie::{insert_family, insert_tie};
pub use update::{NewUpdate, PlacedUpdate, insert_update, insert_updates, voice_of_answer};
pub use withhold::{
    About, about, is_removed, mark, out, out_of_sight_since, seq_of, taken_out, withheld_by, withheld_since,
};

/// One published act, before it has its number.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = change, treat_none_as_default_value = false)]
pub struct NewChange {
    /// When.
    pub at: Moment,
    /// The day that it was then in the register's zone.
    pub day: Day,
    /// What kind of act.
    pub kind: ChangeKind,
    /// The role in which it was done; `None` for the register itself.
    pub role: Option<Role>,
    /// Who did it; never shown in public.
    pub person_id: Option<PersonId>,
    /// The body that it is about, or whose person did it.
    pub body_id: Option<BodyId>,
    /// The inquiry that it is about.
    pub inquiry_id: Option<InquiryId>,
    /// The recommendation that it is about.
    pub recommendation_id: Option<RecommendationId>,
    /// The answer that it is about.
    pub addressee_id: Option<AddresseeId>,
    /// Why, in public.
    pub reason: Option<String>,
}

impl NewChange {
    /// An act of the register as a whole, or of nobody.
    #[must_use]
    pub const fn of(kind: ChangeKind, at: Moment, day: Day) -> Self {
        Self {
            at,
            day,
            kind,
            role: None,
            person_id: None,
            body_id: None,
            inquiry_id: None,
            recommendation_id: None,
            addressee_id: None,
            reason: None,
        }
    }
}

/// Takes the next number and publishes the change under it. The counter is the last lock that a deed takes: it is held to
/// the commit, so that numbers are given in the order of commits on every node. No change is dated before the one before it: after a
/// clock was set back, or on a node whose clock is behind, it is dated as that one.
///
/// # Errors
/// [`Error::Held`] where a hold keeps back what the change is about; when the database fails.
pub fn open_change(tx: &mut WriteTx<'_>, new: &NewChange) -> Result<Seq, Error> {
    lock_newest(tx)?;
    if keeps_back(new.kind) {
        hold::refuse_held(tx, new)?;
    }
    open_whatever_is_held(tx, new)
}

/// Whether a hold keeps back what a change would be about: for an act on several items, which is one change, and leaves out
/// what is held. Ask it under the counter's lock ([`lock_newest`]).
///
/// # Errors
/// [`Error::Held`] where one does; when the database fails.
pub fn refuse_held(tx: &mut WriteTx<'_>, new: &NewChange) -> Result<(), Error> {
    if keeps_back(new.kind) { hold::refuse_held(tx, new) } else { Ok(()) }
}

/// The same for what must be right on every day, and is published under any hold: see
/// [`page_waits`](crate::domain::hold::page_waits).
///
/// # Errors
/// When the database fails.
pub fn open_whatever_is_held(tx: &mut WriteTx<'_>, new: &NewChange) -> Result<Seq, Error> {
    tx.is_seen();
    let seq: Seq = diesel::update(counter::table)
        .set(counter::seq.eq(counter::seq + 1))
        .returning(counter::seq)
        .get_result(tx.conn)?;
    let dated = in_order(tx, new)?;
    diesel::insert_into(change::table).values((change::seq.eq(seq), &dated)).execute(tx.conn)?;
    month_end::let_go(tx, dated.day)?;
    Ok(seq)
}

fn in_order(tx: &mut WriteTx<'_>, new: &NewChange) -> Result<NewChange, Error> {
    let last: Option<(Moment, Day)> =
        change::table.order(change::seq.desc()).select((change::at, change::day)).first(tx.conn).optional()?;
    let (at, day) = last.map_or((new.at, new.day), |(at, day)| (new.at.max(at), new.day.max(day)));
    Ok(NewChange { at, day, ..new.clone() })
}

/// The day of a change: that of the deed, or, where the change before it bears a later one, that.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn day_of(tx: &mut ReadTx<'_>, seq: Seq) -> Result<Day, Error> {
    Ok(change::table.find(seq).select(change::day).first(tx.conn)?)
}

/// When the last change was published; nothing in an empty register.
///
/// # Errors
/// When the database fails.
pub fn newest_at(tx: &mut ReadTx<'_>) -> Result<Option<Moment>, Error> {
    Ok(change::table.order(change::seq.desc()).select(change::at).first(tx.conn).optional()?)
}

/// The number of the last published change; 0 in an empty register.
///
/// # Errors
/// When the database fails.
pub fn newest(tx: &mut ReadTx<'_>) -> Result<Seq, Error> {
    Ok(counter::table.select(counter::seq).first(tx.conn)?)
}

/// The same, and nothing else is published until this transaction ends.
///
/// # Errors
/// When the database fails.
pub fn lock_newest(tx: &mut WriteTx<'_>) -> Result<Seq, Error> {
    Ok(diesel::update(counter::table).set(counter::seq.eq(counter::seq)).returning(counter::seq).get_result(tx.conn)?)
}
