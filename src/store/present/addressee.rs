//! The current row of an answer: one recommendation put to one body, with the four facts, the dates and the counts.

use diesel::prelude::*;

use super::recommendation::refresh_recommendation;
use super::tally::{Scope, of_answer, shift, shift_besides};
use crate::domain::assessed::Assessed;
use crate::domain::checked::Checked;
use crate::domain::deadline::{DeadlineKind, Standing, is_settled, listening_since};
use crate::domain::id::{AddresseeId, BodyId, DeadlineId, InquiryId, RecommendationId, Seq, UpdateId};
use crate::domain::lifecycle::{Closure, Lifecycle};
use crate::domain::looked::looked_until;
use crate::domain::moment::{Day, Moment, Precision};
use crate::domain::record::State;
use crate::domain::reported::Reported;
use crate::domain::response::{Basis, Response};
use crate::domain::succession::Handed;
use crate::store::conn::Multi;
use crate::store::ledger::{NewChange, insert_asked, record_of};
use crate::store::schema::{addressee, asked, body, change, inquiry, inquiry_text, recommendation, wording};
use crate::store::withheld::{Title, title};
use crate::store::{Error, ReadTx, WriteTx, outbox, succession};

/// The whole row, without its place in the register. Everything below `present` follows from the ledger; `verify` works it out
/// again and compares.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = addressee, treat_none_as_null = true, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "the columns are explained in the migration and in `domain::record::State`")]
pub struct AddresseeRow {
    pub id: AddresseeId,
    pub recommendation_id: RecommendationId,
    pub inquiry_id: InquiryId,
    pub body_id: BodyId,
    pub taken_in_on: Day,
    pub checked: Checked,
    pub present: bool,
    pub response: Response,
    pub response_on: Option<Day>,
    pub response_precision: Precision,
    pub response_basis: Option<Basis>,
    pub response_update_id: Option<UpdateId>,
    pub reported: Reported,
    pub reported_on: Option<Day>,
    pub reported_precision: Precision,
    pub reported_update_id: Option<UpdateId>,
    pub assessed: Assessed,
    pub assessed_on: Option<Day>,
    pub assessed_precision: Precision,
    pub assessed_by: Option<String>,
    pub assessed_update_id: Option<UpdateId>,
    pub lifecycle: Lifecycle,
    pub lifecycle_on: Option<Day>,
    pub lifecycle_precision: Precision,
    pub closure: Option<Closure>,
    pub lifecycle_update_id: Option<UpdateId>,
    pub done: bool,
    pub gap: bool,
    pub response_deadline_id: Option<DeadlineId>,
    pub response_due_on: Option<Day>,
    pub decision_deadline_id: Option<DeadlineId>,
    pub decision_due_on: Option<Day>,
    pub return_deadline_id: Option<DeadlineId>,
    pub return_due_on: Option<Day>,
    pub return_every: Option<i64>,
    pub target_deadline_id: Option<DeadlineId>,
    pub target_on: Option<Day>,
    pub first_target_on: Option<Day>,
    pub target_set_by: Option<BodyId>,
    pub times_moved: i64,
    pub last_arrival_on: Option<Day>,
    pub version: i64,
    pub seq: Seq,
    pub recheck_deadline_id: Option<DeadlineId>,
    pub recheck_due_on: Option<Day>,
    pub looked_until: Option<Day>,
    pub first_target_deadline_id: Option<DeadlineId>,
    pub answerer_id: BodyId,
    pub handed: Handed,
}

/// Of the table `addressee`: what is in numbers. What was entered in error, and what is followed in its parts, stays readable, and
/// stands in no number and no list by default. See [`Closure::is_uncounted`].
pub const COUNTED: &str = "(addressee.closure is null or addressee.closure not in ('recorded_in_error', 'in_parts'))";

/// Of the same table: what was not entered in error.
pub const ENTERED_RIGHTLY: &str = "(addressee.closure is null or addressee.closure <> 'recorded_in_error')";

/// Of the table `addressee`: its target is not reached. The rule is [`is_reached`](crate::domain::deadline::Standing::is_reached)'s.
#[must_use]
pub fn target_unmet() -> String {
    let claims: Vec<String> =
        Reported::ALL.iter().filter(|said| said.claims_done()).map(|said| format!("'{said}'")).collect();
    format!("not addressee.done and addressee.reported not in ({})", claims.join(", "))
}

/// Who holds a row: what a right to do something about it depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    /// The row.
    pub addressee: AddresseeId,
    /// Its recommendation.
    pub recommendation: RecommendationId,
    /// Its inquiry.
    pub inquiry: InquiryId,
    /// The body that answers now: whose right it is, and whom it is counted under.
    pub body: BodyId,
    /// The body that was asked.
    pub asked: BodyId,
}

impl Holder {
    /// Fills in what a change is about.
    #[must_use]
    pub fn named_in(self, change: NewChange) -> NewChange {
        NewChange {
            addressee_id: Some(self.addressee),
            recommendation_id: Some(self.recommendation),
            inquiry_id: Some(self.inquiry),
            body_id: Some(self.body),
            ..change
        }
    }
}

/// A recommendation put to a body.
#[derive(Debug, Clone, Copy)]
pub struct NewAddressee {
    /// The recommendation.
    pub recommendation: RecommendationId,
    /// Its inquiry.
    pub inquiry: InquiryId,
    /// The body.
    pub body: BodyId,
    /// The day on which this register began to listen.
    pub taken_in_on: Day,
    /// How far it was checked that it was put to that body.
    pub checked: Checked,
}

/// Takes an answer in, with nothing recorded about it yet.
///
/// # Errors
/// [`crate::store::Constraint::AddresseeBody`] when the recommendation was put to that body already.
pub fn insert_addressee(tx: &mut WriteTx<'_>, seq: Seq, new: &NewAddressee) -> Result<Holder, Error> {
    let position: i64 =
        recommendation::table.find(new.recommendation).select(recommendation::position).first(tx.conn)?;
    let id: AddresseeId = diesel::insert_into(addressee::table)
        .values((
            (
                addressee::recommendation_id.eq(new.recommendation),
                addressee::inquiry_id.eq(new.inquiry),
                addressee::body_id.eq(new.body),
                addressee::taken_in_on.eq(new.taken_in_on),
                addressee::checked.eq(new.checked),
                // Becomes true below, when the ledger says so: then the counts move with it.
                addressee::present.eq(false),
                addressee::response.eq(Response::NotRecorded),
                addressee::response_precision.eq(Precision::Unknown),
                addressee::reported.eq(Reported::NotReported),
                addressee::reported_precision.eq(Precision::Unknown),
            ),
            (
                addressee::assessed.eq(Assessed::NotAssessed),
                addressee::assessed_precision.eq(Precision::Unknown),
                addressee::lifecycle.eq(Lifecycle::Open),
                addressee::lifecycle_precision.eq(Precision::Unknown),
                addressee::done.eq(false),
                addressee::gap.eq(false),
                addressee::times_moved.eq(0_i64),
                addressee::version.eq(1_i64),
                addressee::seq.eq(seq),
                addressee::answerer_id.eq(new.body),
                addressee::handed.eq(Handed::Asked),
                addressee::position.eq(position),
            ),
        ))
        .returning(addressee::id)
        .get_result(tx.conn)?;
    insert_asked(tx, seq, id, new.checked, true)?;
    refresh_addressee(tx, seq, id)?;
    Ok(find_addressee(tx, id)?.holder())
}

/// Claims the row for this transaction if it still has the version that the form was made from. Without a version
/// (a scheduled job) it is claimed whatever it is.
///
/// # Errors
/// [`Error::Stale`] when somebody changed it meanwhile, [`Error::NotFound`] when there is none.
pub fn lock_addressee(tx: &mut WriteTx<'_>, id: AddresseeId, version: Option<i64>) -> Result<Holder, Error> {
    let current: i64 = addressee::table.filter(addressee::id.eq(id)).select(addressee::version).first(tx.conn)?;
    let claimed = diesel::update(
        addressee::table.filter(addressee::id.eq(id).and(addressee::version.eq(version.unwrap_or(current)))),
    )
    .set(addressee::version.eq(addressee::version + 1))
    .execute(tx.conn)?;
    if claimed != 1 {
        return Err(Error::Stale);
    }
    Ok(find_addressee(tx, id)?.holder())
}

/// The row.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn find_addressee(tx: &mut ReadTx<'_>, id: AddresseeId) -> Result<AddresseeRow, Error> {
    Ok(addressee::table.filter(addressee::id.eq(id)).select(AddresseeRow::as_select()).first(tx.conn)?)
}

/// Every answer of an inquiry, in the order in which they came in.
///
/// # Errors
/// When the database fails.
pub fn rows_of_inquiry(tx: &mut ReadTx<'_>, inquiry: InquiryId) -> Result<Vec<AddresseeRow>, Error> {
    let all = addressee::table.filter(addressee::inquiry_id.eq(inquiry)).order(addressee::id);
    Ok(all.select(AddresseeRow::as_select()).load(tx.conn)?)
}

/// Works the row out again from the ledger, with the counts that it moves and the recommendation that it belongs to.
///
/// # Errors
/// When the database fails.
pub fn refresh_addressee(tx: &mut WriteTx<'_>, seq: Seq, id: AddresseeId) -> Result<(), Error> {
    let before = find_addressee(tx, id)?;
    let after = AddresseeRow { seq, ..replayed(tx, &before)? };
    diesel::update(addressee::table.filter(addressee::id.eq(id))).set(&after).execute(tx.conn)?;
    recount(tx, &before, &after)?;
    if before.asked_for().is_some() && before.asked_for() != after.asked_for() {
        let now: Moment = change::table.find(seq).select(change::at).first(tx.conn)?;
        outbox::take_out_of_reminders(tx, id, now)?;
    }
    refresh_recommendation(tx, seq, after.recommendation_id)
}

/// Brings the counts from what a row was to what it is now.
pub(super) fn recount(tx: &mut WriteTx<'_>, before: &AddresseeRow, after: &AddresseeRow) -> Result<(), Error> {
    shift_besides(tx, before, after)?;
    let (was, is) = (of_answer(before), of_answer(after));
    let (from, to) = (Scope::Body(before.answerer_id), Scope::Body(after.answerer_id));
    if from == to {
        return shift(tx, &[Scope::Inquiry(after.inquiry_id), to], &was, &is);
    }
    // It is taken out of the counts of one body before it comes into those of another.
    shift(tx, &[Scope::Inquiry(after.inquiry_id)], &was, &is)?;
    shift(tx, &[from], &was, &[])?;
    shift(tx, &[to], &[], &is)
}

/// The row as it follows from the ledger alone; its identity, version and last number are taken from `row`.
///
/// # Errors
/// When the database fails.
pub fn replayed(tx: &mut ReadTx<'_>, row: &AddresseeRow) -> Result<AddresseeRow, Error> {
    let asked: Vec<(Day, Checked, bool)> = asked::table
        .inner_join(change::table)
        .filter(asked::addressee_id.eq(row.id))
        .order((asked::seq, asked::id))
        .select((change::day, asked::checked, asked::present))
        .load(tx.conn)?;
    let (_, checked, present) = *asked.last().ok_or(Error::NotFound)?;
    let known: Vec<(Day, Checked)> = asked.iter().map(|(day, checked, _)| (*day, *checked)).collect();
    let taken_in_on = listening_since(&known).unwrap_or(row.taken_in_on);
    let state = record_of(tx, row.id)?.state_at(Seq(i64::MAX));
    let now = succession::answers_now(tx, row.id, row.body_id)?;
    let row = AddresseeRow { checked, present, taken_in_on, answerer_id: now.body, handed: now.how, ..row.clone() };
    Ok(row.with(state))
}

impl AddresseeRow {
    /// The columns that it is read from.
    #[must_use]
    pub fn columns() -> <Self as Selectable<Multi>>::SelectExpression {
        <Self as Selectable<Multi>>::construct_selection()
    }

    pub(super) fn with(self, state: State) -> Self {
        let done = state.is_done();
        let gap = state.is_gap();
        let looked_until = looked_until(&state);
        Self {
            response: state.response.value,
            response_on: state.response.happened.day,
            response_precision: state.response.happened.precision,
            response_basis: state.response_basis,
            response_update_id: state.response.update,
            reported: state.reported.value,
            reported_on: state.reported.happened.day,
            reported_precision: state.reported.happened.precision,
            reported_update_id: state.reported.update,
            assessed: state.assessed.value,
            assessed_on: state.assessed.happened.day,
            assessed_precision: state.assessed.happened.precision,
            assessed_by: state.assessed_by,
            assessed_update_id: state.assessed.update,
            lifecycle: state.lifecycle.value,
            lifecycle_on: state.lifecycle.happened.day,
            lifecycle_precision: state.lifecycle.happened.precision,
            closure: state.closure,
            lifecycle_update_id: state.lifecycle.update,
            done,
            gap,
            looked_until,
            response_deadline_id: state.response_due.map(|due| due.deadline),
            response_due_on: state.response_due.map(|due| due.on),
            decision_deadline_id: state.decision_due.map(|due| due.deadline),
            decision_due_on: state.decision_due.map(|due| due.on),
            return_deadline_id: state.return_due.map(|due| due.deadline),
            return_due_on: state.return_due.map(|due| due.on),
            return_every: state.return_every,
            target_deadline_id: state.target.map(|target| target.deadline),
            target_on: state.target.and_then(|target| target.on),
            first_target_deadline_id: state.target.map(|target| target.first),
            first_target_on: state.target.and_then(|target| target.first_on),
            target_set_by: state.target.and_then(|target| target.set_by),
            times_moved: state.target.map_or(0, |target| target.times_moved),
            last_arrival_on: state.last_arrival_on,
            recheck_deadline_id: state.recheck_due.map(|due| due.deadline),
            recheck_due_on: state.recheck_due.map(|due| due.on),
            ..self
        }
    }

    /// Of whom an update is asked for, and by when.
    #[must_use]
    pub fn asked_for(&self) -> Option<(BodyId, Day)> {
        let standing = Standing { reported: self.reported, done: self.done, lifecycle: self.lifecycle };
        let owed = self.present && !is_settled(DeadlineKind::Return, standing);
        self.return_due_on.filter(|_| owed).map(|on| (self.answerer_id, on))
    }

    /// Whether it was entered in error, and is counted nowhere.
    #[must_use]
    pub fn is_in_error(&self) -> bool {
        self.closure.is_some_and(Closure::is_error)
    }

    /// Whether it is in numbers: see [`Closure::is_uncounted`].
    #[must_use]
    pub fn is_counted(&self) -> bool {
        !self.closure.is_some_and(Closure::is_uncounted)
    }

    /// Who holds the row.
    #[must_use]
    pub const fn holder(&self) -> Holder {
        Holder {
            addressee: self.id,
            recommendation: self.recommendation_id,
            inquiry: self.inquiry_id,
            body: self.answerer_id,
            asked: self.body_id,
        }
    }
}

/// Where an answer stands: what its address and its dates depend on.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Place {
    /// The inquiry's slug.
    pub inquiry: String,
    /// The inquiry's short title.
    pub inquiry_title: String,
    /// The day on which the inquiry reported, where it is known.
    pub published_on: Option<Day>,
    /// The recommendation's number.
    pub number: String,
    /// The recommendation's title, or why it has none.
    pub title: Title,
    /// The body's slug.
    pub body: String,
    /// The body's name.
    pub body_name: String,
}

/// Where an answer stands.
///
/// # Errors
/// [`Error::NotFound`] when there is no such answer.
pub fn place(tx: &mut ReadTx<'_>, id: AddresseeId) -> Result<Place, Error> {
    Ok(addressee::table
        .inner_join(inquiry::table.on(inquiry::id.eq(addressee::inquiry_id)))
        .left_join(inquiry_text::table.on(inquiry_text::id.nullable().eq(inquiry::text_id)))
        .inner_join(recommendation::table.on(recommendation::id.eq(addressee::recommendation_id)))
        .left_join(wording::table.on(wording::id.nullable().eq(recommendation::wording_id)))
        .inner_join(body::table.on(body::id.eq(addressee::body_id)))
        .filter(addressee::id.eq(id))
        .select((
            inquiry::slug,
            inquiry::short_title,
            inquiry_text::published_on.nullable(),
            recommendation::number,
            title!(),
            body::slug,
            body::name,
        ))
        .first(tx.conn)?)
}
