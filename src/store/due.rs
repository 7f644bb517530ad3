//! Dates that something is owed by and that still stand, from the present rows.

use std::collections::HashSet;

use diesel::prelude::*;

use super::heard::{self, Heard, Whose};
use super::hold::Silences;
use super::schema::{addressee, body, change, deadline, inquiry, recommendation, remark, wording};
use super::{Error, ReadTx};
use crate::domain::change::RemarkKind;
use crate::domain::checked::Checked;
use crate::domain::deadline::{DeadlineKind, Owed, Standing, is_settled};
use crate::domain::hold::{Quiet, quiet_since};
use crate::domain::id::{AddresseeId, BodyId, DeadlineId, InquiryId, RecommendationId};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::{Day, Happened, Precision};
use crate::domain::reported::Reported;
use crate::domain::response::Response;
use crate::domain::succession::Handed;

/// One date that one body owes something by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueDate {
    /// The row of the date.
    pub deadline: DeadlineId,
    /// What is owed.
    pub kind: DeadlineKind,
    /// The date.
    pub on: Day,
    /// For a schedule: every so many months.
    pub every_months: Option<i64>,
    /// How far the date was checked.
    pub checked: Checked,
    /// How far it was checked that the body was asked at all.
    pub asked: Checked,
    /// The answer it is about.
    pub addressee: AddresseeId,
    /// The recommendation that was put to the body.
    pub recommendation: RecommendationId,
    /// The day on which the register took it in.
    pub taken_in_on: Day,
    /// The inquiry that asked for it.
    pub inquiry_id: InquiryId,
    /// The body that owes it: that answers now.
    pub body: BodyId,
    /// The answer's part of an address: that of the body that was asked.
    pub body_slug: String,
    /// The name of the body that owes it, short where it has a short one.
    pub body_name: String,
    /// Its own part of an address.
    pub answerer_slug: String,
    /// The name of the body that was asked, short where it has a short one.
    pub asked_name: String,
    /// The inquiry's part of an address.
    pub inquiry_slug: String,
    /// What people call the inquiry.
    pub inquiry: String,
    /// The recommendation's number.
    pub number: String,
    /// Its title; `None` where nobody has transcribed it, or it is withheld.
    pub title: Option<String>,
    /// What the body said last.
    pub reported: Reported,
    /// Since when.
    pub reported_when: Happened,
    /// The first day on which it can be said that nothing came.
    pub heard_on: Option<Day>,
    /// Whether a body answers for it: see [`Owed::answered`].
    pub answered: bool,
    /// The holds under which silence about it is not told.
    pub quiet: Vec<Quiet>,
}

impl DueDate {
    /// Whether it counts as missed on `today`.
    #[must_use]
    pub fn is_missed(&self, today: Day) -> bool {
        Owed { quiet_since: quiet_since(&self.quiet, today), ..self.owed() }.is_missed(today)
    }

    /// Whether a hold bears on it now: then nothing is published about it, a notice no more than anything else.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.quiet.iter().any(|one| one.ended_on.is_none())
    }

    /// What the rule for silence needs to know, as if nothing were held.
    #[must_use]
    pub const fn owed(&self) -> Owed {
        Owed {
            due_on: Some(self.on),
            checked: self.checked,
            asked: self.asked,
            taken_in_on: self.taken_in_on,
            heard_on: self.heard_on,
            settled: false,
            answered: self.answered,
            quiet_since: None,
        }
    }
}

type Row = (
    (DeadlineId, Option<Day>, Option<i64>, Checked, Checked, Day),
    (Response, Option<Day>, Precision, Option<Day>, BodyId, Handed),
    (AddresseeId, InquiryId, RecommendationId, Day, BodyId, Reported, Option<Day>, Precision, bool, Lifecycle),
    (String, String, Option<String>),
    (String, String, String, Option<String>, Option<i64>),
);

/// Every date up to `until` that still stands and is not settled, the longest due first.
///
/// # Errors
/// When the database fails.
pub fn up_to(tx: &mut ReadTx<'_>, kinds: &[DeadlineKind], until: Day) -> Result<Vec<DueDate>, Error> {
    standing(tx, kinds, until, None)
}

/// The same of some answers alone; no more than one statement names.
///
/// # Errors
/// When the database fails.
pub fn of_answers(
    tx: &mut ReadTx<'_>,
    kinds: &[DeadlineKind],
    until: Day,
    answers: &[AddresseeId],
) -> Result<Vec<DueDate>, Error> {
    standing(tx, kinds, until, Some(answers))
}

fn standing(
    tx: &mut ReadTx<'_>,
    kinds: &[DeadlineKind],
    until: Day,
    answers: Option<&[AddresseeId]>,
) -> Result<Vec<DueDate>, Error> {
    let silences = Silences::read(tx)?;
    let mut due = Vec::new();
    for kind in kinds.iter().copied() {
        let rows = of_kind(tx, kind, until, answers)?;
        // Almost every date is recorded before it has passed, and then nothing more needs to be known.
        let late: Vec<DeadlineId> = rows.iter().filter(|row| row.0.1 < Some(row.0.5)).map(|row| row.0.0).collect();
        let heard = heard::of(tx, &late)?;
        due.extend(rows.into_iter().filter_map(|row| unsettled(kind, row, &silences, &heard)));
    }
    name_those_who_answer(tx, &mut due)?;
    due.sort_by(|one, other| {
        (one.on, &one.inquiry_slug, one.addressee).cmp(&(other.on, &other.inquiry_slug, other.addressee))
    });
    Ok(due)
}

/// What a notice says did not come that somebody publishes by hand ([`overdue_of`]): it stands beside the one that the register has
/// published of that date, which alone is tied to it.
pub const NOTICED_BY_HAND: DeadlineKind = DeadlineKind::Return;

/// The updates that a body owes and that count as missed on `today`, that longest due first. What is held is not among them.
///
/// # Errors
/// When the database fails.
pub fn overdue_of(tx: &mut ReadTx<'_>, body: BodyId, today: Day) -> Result<Vec<DueDate>, Error> {
    let mut due = up_to(tx, &[NOTICED_BY_HAND], today.plus_days(-1))?;
    due.retain(|date| date.body == body && !date.is_held() && date.is_missed(today));
    Ok(due)
}

/// Whoever owes something now is called by their own name, also where another body was asked for it.
fn name_those_who_answer(tx: &mut ReadTx<'_>, due: &mut [DueDate]) -> Result<(), Error> {
    let mut ids: Vec<BodyId> = due.iter().map(|date| date.body).collect();
    ids.sort_unstable();
    ids.dedup();
    let names = super::body::names(tx, ids)?;
    for date in due {
        if let Some(name) = names.iter().find(|name| name.id == date.body) {
            name.short().clone_into(&mut date.body_name);
            date.answerer_slug = name.slug.to_string();
        }
    }
    Ok(())
}

fn of_kind(
    tx: &mut ReadTx<'_>,
    kind: DeadlineKind,
    until: Day,
    answers: Option<&[AddresseeId]>,
) -> Result<Vec<Row>, Error> {
    macro_rules! rows {
        ($deadline:ident, $due_on:ident) => {{
            let all = addressee::table
                .inner_join(deadline::table.on(addressee::$deadline.eq(deadline::id.nullable())))
                .inner_join(change::table.on(change::seq.eq(deadline::seq)))
                .inner_join(body::table.on(addressee::body_id.eq(body::id)))
                .inner_join(inquiry::table.on(addressee::inquiry_id.eq(inquiry::id)))
                .inner_join(recommendation::table.on(addressee::recommendation_id.eq(recommendation::id)))
                .left_join(wording::table.on(recommendation::wording_id.eq(wording::id.nullable())))
                .filter(addressee::present)
                .filter(addressee::$due_on.assume_not_null().le(until))
                .select((
                    (
                        deadline::id,
                        addressee::$due_on,
                        deadline::every_months,
                        deadline::checked,
                        addressee::checked,
                        change::day,
                    ),
                    (
                        addressee::response,
                        addressee::response_on,
                        addressee::response_precision,
                        addressee::last_arrival_on,
                        addressee::body_id,
                        addressee::handed,
                    ),
                    (
                        addressee::id,
                        addressee::inquiry_id,
                        addressee::recommendation_id,
                        addressee::taken_in_on,
                        addressee::answerer_id,
                        addressee::reported,
                        addressee::reported_on,
                        addressee::reported_precision,
                        addressee::done,
                        addressee::lifecycle,
                    ),
                    (body::slug, body::name, body::short_name),
                    (
                        inquiry::slug,
                        inquiry::short_title,
                        recommendation::number,
                        recommendation::title,
                        wording::withheld.nullable(),
                    ),
                ));
            match answers {
                None => all.load(tx.conn)?,
                Some(answers) => all.filter(addressee::id.eq_any(answers)).load(tx.conn)?,
            }
        }};
    }
    Ok(match kind {
        DeadlineKind::Response => rows!(response_deadline_id, response_due_on),
        DeadlineKind::Return => rows!(return_deadline_id, return_due_on),
        DeadlineKind::Target => rows!(target_deadline_id, target_on),
        DeadlineKind::Decision => rows!(decision_deadline_id, decision_due_on),
        DeadlineKind::Recheck => rows!(recheck_deadline_id, recheck_due_on),
        // A plan is not watched.
        DeadlineKind::Plan => Vec::new(),
    })
}

fn unsettled(kind: DeadlineKind, row: Row, silences: &Silences, heard: &Heard) -> Option<DueDate> {
    let (date, said, answer, asked_of, place) = row;
    let (body_slug, name, short_name) = asked_of;
    let (deadline, on, every_months, checked, asked, _) = date;
    let (response, response_on, response_precision, last_arrival_on, asked_body, handed) = said;
    let (addressee, inquiry_id, recommendation, taken_in_on, body, reported, reported_on, precision, done, lifecycle) =
        answer;
    let (inquiry_slug, inquiry, number, title, withheld) = place;
    if is_settled(kind, Standing { reported, done, lifecycle }) {
        return None;
    }
    let on = on?;
    let reported_when = Happened::new(reported_on, precision);
    let whose = Whose {
        addressee,
        recommendation,
        inquiry: inquiry_id,
        bodies: [asked_body, body],
        response: (response, Happened::new(response_on, response_precision)),
        reported: (reported, reported_when),
        last_arrival_on,
    };
    Some(DueDate {
        heard_on: heard.on((deadline, kind, on), &whose),
        deadline,
        kind,
        on,
        every_months,
        checked,
        asked,
        addressee,
        recommendation,
        taken_in_on,
        inquiry_id,
        body,
        answerer_slug: body_slug.clone(),
        body_name: String::new(),
        asked_name: short_name.unwrap_or(name),
        body_slug,
        inquiry_slug,
        inquiry,
        number,
        title: title.filter(|_| withheld.is_none()),
        reported,
        reported_when,
        answered: handed.is_answered(),
        quiet: silences.of(inquiry_id, recommendation),
    })
}

/// What a notice is about: the answer, what was owed and the day. A date that is recorded once more for the same day is the
/// same date.
pub type Noticed = (AddresseeId, DeadlineKind, Day);

/// What was noticed already about these answers.
///
/// # Errors
/// When the database fails.
pub fn noticed(tx: &mut ReadTx<'_>, answers: Vec<AddresseeId>) -> Result<HashSet<Noticed>, Error> {
    let found: Vec<(AddresseeId, DeadlineKind, Option<Day>)> = remark::table
        .inner_join(deadline::table.on(remark::deadline_id.eq(deadline::id.nullable())))
        .filter(remark::kind.eq(RemarkKind::Notice).and(deadline::addressee_id.eq_any(answers)))
        .select((deadline::addressee_id, deadline::kind, deadline::due_on))
        .load(tx.conn)?;
    Ok(found.into_iter().filter_map(|(answer, kind, day)| Some((answer, kind, day?))).collect())
}
