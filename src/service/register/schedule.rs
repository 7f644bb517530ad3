//! How often updates are due, for all answers of an inquiry at once: one act, a row for each answer.

use super::change;
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::checked::Checked;
use crate::domain::deadline::DeadlineKind;
use crate::domain::id::{AddresseeId, DeadlineId, InquiryId, Seq};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::rule::{self, Frame};
use crate::domain::text::Slug;
use crate::service::{Act, Done, Error, Service};
use crate::store::hold::InForce;
use crate::store::ledger::{NewChange, NewDeadline, insert_deadline, lock_newest, open_change};
use crate::store::present::{AddresseeRow, lock_addressee, refresh_addressee, rows_of_inquiry};
use crate::store::{WriteTx, deadline, inquiry};

/// A schedule for every answer of an inquiry.
#[derive(Debug, Clone)]
pub struct ScheduleInquiry {
    /// The inquiry.
    pub inquiry: Slug,
    /// The last schedule of any of the answers when the form was made; see [`deadline::last_return`].
    pub shown: i64,
    /// The first date.
    pub next_on: Option<Day>,
    /// Every so many months after that.
    pub every_months: Option<i64>,
    /// Whether only answers without a schedule get it.
    pub only_new: bool,
    /// Why, in public: needed where days were set before.
    pub reason: Option<String>,
}

/// Whether updates can be asked for on this answer: it is open, and it is known that the body was asked.
#[must_use]
pub fn can_be_asked(row: &AddresseeRow) -> bool {
    row.present && row.lifecycle != Lifecycle::Closed && !row.checked.is_only_likely()
}

impl Service {
    /// Publishes when updates are asked for on every open answer of an inquiry. What is held alone is left out.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`ScheduleInquiry`]. `Stale` when a schedule of it changed meanwhile.
    pub async fn schedule_inquiry(&self, act: Act, command: ScheduleInquiry) -> Result<Done, Error> {
        self.once(act, move |tx, act| set(tx, act, &command)).await
    }
}

pub(in crate::service) const fn is_set(row: &AddresseeRow) -> bool {
    row.return_due_on.is_some() || row.return_every.is_some()
}

fn set(tx: &mut WriteTx<'_>, act: &Act, command: &ScheduleInquiry) -> Result<Done, Error> {
    let of = inquiry::find(tx, &command.inquiry)?;
    claim(tx, act, &[of.name.id])?;
    if deadline::last_return(tx, of.name.id)? != command.shown {
        return Err(Error::Stale);
    }
    let chosen = chosen(tx, of.name.id, command.only_new)?;
    let mut problems = Problems::none();
    if chosen.is_empty() {
        problems.add("which", NOTHING_TO_ASK);
    }
    if command.next_on.is_none() {
        problems.add("next_on", "Enter the first date");
    }
    let stands = chosen.iter().any(is_set);
    let frame = Frame { published_on: of.published_on, today: act.day };
    let wanted = (command.next_on, command.every_months);
    rule::schedule(&mut problems, wanted, stands, command.reason.as_deref(), frame);
    act.publishable(problems)?;
    let next = (command.next_on, |_: &AddresseeRow| command.every_months);
    let (seq, _) = publish(tx, act, of.name.id, &chosen, (next, command.reason.clone()))?;
    Ok(Done::published(address::staff_inquiry(of.name.slug.as_str()), seq))
}

/// Why no date is set, where none can be.
pub(in crate::service) const NOTHING_TO_ASK: &str =
    "Of no answer of this inquiry can updates be asked so: each is closed, only likely asked, held, or has a schedule";

/// Claims the answers of these inquiries, if this person may set when updates are asked for on them. Rows before the counter, in
/// one order, as every deed takes them.
pub(in crate::service) fn claim(tx: &mut WriteTx<'_>, act: &Act, inquiries: &[InquiryId]) -> Result<(), Error> {
    let mut open = Vec::new();
    for inquiry in inquiries.iter().copied() {
        may(act.actor, Deed::RecordFact, About::default().of(inquiry))?;
        for row in rows_of_inquiry(tx, inquiry)?.iter().filter(|row| can_be_asked(row)) {
            may(act.actor, Deed::RecordFact, About::body(row.answerer_id).of(inquiry))?;
            open.push(row.id);
        }
    }
    open.sort_unstable();
    for id in open {
        lock_addressee(tx, id, None)?;
    }
    lock_newest(tx)?;
    Ok(())
}

/// The answers of an inquiry of which updates can be asked now: what is held alone is left out.
pub(in crate::service) fn chosen(
    tx: &mut WriteTx<'_>,
    inquiry: InquiryId,
    only_new: bool,
) -> Result<Vec<AddresseeRow>, Error> {
    let mut rows = rows_of_inquiry(tx, inquiry)?;
    let in_force = InForce::read(tx)?;
    let free = |row: &AddresseeRow| {
        let holds = in_force.bearing_on(Some(inquiry), Some(row.recommendation_id));
        holds.filter(|hold| hold.on.recommendation.is_some()).count() == 0
    };
    rows.retain(|row| can_be_asked(row) && !(only_new && is_set(row)) && free(row));
    Ok(rows)
}

/// Publishes one date for these answers of an inquiry, and after how many months each is asked again, as one change; answers that
/// change, and the date of each answer.
pub(in crate::service) fn publish(
    tx: &mut WriteTx<'_>,
    act: &Act,
    inquiry: InquiryId,
    chosen: &[AddresseeRow],
    ((next_on, every_months), reason): ((Option<Day>, impl Fn(&AddresseeRow) -> Option<i64>), Option<String>),
) -> Result<(Seq, Vec<(AddresseeId, DeadlineId)>), Error> {
    let change = NewChange { inquiry_id: Some(inquiry), ..change(act, ChangeKind::Schedule, reason.clone()) };
    let seq = open_change(tx, &change)?;
    let mut set = Vec::with_capacity(chosen.len());
    for row in chosen {
        let deadline = NewDeadline {
            due_on: next_on,
            every_months: every_months(row),
            reason: reason.clone(),
            // Oversight sets it here itself: there is no other source to compare it with.
            checked: Checked::Source,
            replaces: row.return_deadline_id,
            author_id: Some(act.actor.person),
            ..NewDeadline::of(row.id, DeadlineKind::Return)
        };
        set.push((row.id, insert_deadline(tx, seq, &deadline)?));
        refresh_addressee(tx, seq, row.id)?;
    }
    Ok((seq, set))
}
