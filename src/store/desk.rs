//! What lies on the desks of staff: unpublished work with its place, and a body's own items with the next due first.

use std::collections::HashMap;

use diesel::dsl::{count_star, min, sql};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable, Text};

use super::body::{self, BodyName};
use super::charge;
use super::page::{COUNT_LIMIT, Capped, Cursor, Page};
use super::schema::{addressee, body as body_table, filing, inquiry, person, recommendation, wording};
use super::withheld::{Title, title};
use super::{Error, ReadTx};
use super::{held_back, nothing_new};
use crate::domain::checked::{Checked, TextKind};
use crate::domain::filing::{FilingKind, FilingState};
use crate::domain::id::{AddresseeId, BodyId, InquiryId, PersonId, RecommendationId, UpdateId};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::{Day, Happened, Moment, Precision};
use crate::domain::nothing_new::NothingNew;
use crate::domain::reported::Reported;

/// Whose unpublished work is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's.
    Anybodys,
    /// What this person wrote.
    By(PersonId),
    /// What anybody but this person wrote.
    NotBy(PersonId),
    /// What is about an item of this body.
    About(BodyId),
    /// What is about this answer.
    On(AddresseeId),
}

/// How much work of one kind waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Load {
    /// The kind.
    pub kind: FilingKind,
    /// How much of it.
    pub count: i64,
    /// When the one that has waited longest was handed in.
    pub oldest: Option<Moment>,
}

/// Narrows a boxed query over `filing`, joined with `addressee`, to one person's or body's work.
macro_rules! narrowed {
    ($query:expr, $whose:expr) => {
        match $whose {
            Whose::Anybodys => $query,
            Whose::By(person) => $query.filter(filing::author_id.eq(person)),
            Whose::NotBy(person) => $query.filter(filing::author_id.ne(person)),
            Whose::About(body) => $query.filter(addressee::answerer_id.nullable().eq(body)),
            Whose::On(answer) => $query.filter(filing::addressee_id.eq(answer)),
        }
    };
}

/// How much work of each kind stands in this state; a kind with none is left out.
///
/// # Errors
/// When the database fails.
pub fn loads(tx: &mut ReadTx<'_>, state: FilingState, whose: Whose) -> Result<Vec<Load>, Error> {
    let query = filing::table
        .left_join(addressee::table.on(filing::addressee_id.eq(addressee::id.nullable())))
        .filter(filing::state.eq(state))
        .group_by(filing::kind)
        .select((filing::kind, count_star(), min(filing::submitted_at)))
        .into_boxed();
    Ok(narrowed!(query, whose).load(tx.conn)?)
}

/// A piece of unpublished work with its place.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Work {
    /// Its own name, as in its address.
    pub reference: String,
    /// What kind of work it is.
    pub kind: FilingKind,
    /// Where it stands.
    pub state: FilingState,
    /// Who wrote it.
    pub author: PersonId,
    /// Their name, for staff alone.
    pub author_name: String,
    /// When it was handed in.
    pub submitted_at: Option<Moment>,
    /// The inquiry.
    pub inquiry: String,
    /// The number of the recommendation.
    pub number: String,
    /// Its title, or why it has none.
    pub title: Title,
    /// The body asked that it is about.
    pub body: Option<String>,
    /// The body that answers now.
    pub answerer: Option<String>,
}

/// Work of these kinds in one of these states, the longest waiting first.
///
/// # Errors
/// When the database fails.
pub fn work(
    tx: &mut ReadTx<'_>,
    states: &[FilingState],
    kinds: &[FilingKind],
    whose: Whose,
    limit: i64,
) -> Result<Vec<Work>, Error> {
    let query = filing::table
        .inner_join(person::table.on(filing::author_id.eq(person::id)))
        .inner_join(recommendation::table.on(filing::recommendation_id.eq(recommendation::id)))
        .inner_join(inquiry::table.on(recommendation::inquiry_id.eq(inquiry::id)))
        .left_join(wording::table.on(recommendation::wording_id.eq(wording::id.nullable())))
        .left_join(addressee::table.on(filing::addressee_id.eq(addressee::id.nullable())))
        .left_join(body_table::table.on(addressee::body_id.eq(body_table::id)))
        .filter(filing::state.eq_any(states.to_vec()).and(filing::kind.eq_any(kinds.to_vec())))
        .order((filing::submitted_at, filing::id))
        .limit(limit)
        .select((
            filing::reference,
            filing::kind,
            filing::state,
            filing::author_id,
            person::name,
            filing::submitted_at,
            inquiry::short_title,
            recommendation::number,
            title!(),
            body_table::name.nullable(),
            sql::<Nullable<Text>>(body::ANSWERER),
        ))
        .into_boxed();
    Ok(narrowed!(query, whose).load(tx.conn)?)
}

/// One item of a body, as its own people see it first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnItem {
    /// The answer.
    pub id: AddresseeId,
    /// The recommendation.
    pub recommendation: RecommendationId,
    /// The update that says what the body said last.
    pub update: Option<UpdateId>,
    /// The inquiry's part of an address.
    pub inquiry_slug: String,
    /// What people call the inquiry.
    pub inquiry: String,
    /// The recommendation's number.
    pub number: String,
    /// The part of an address of the body that was asked, under which the answer stands.
    pub asked_slug: String,
    /// The name of that body, where it is another one.
    pub asked: Option<String>,
    /// Its title, or why it has none.
    pub title: Title,
    /// What the body said last.
    pub reported: Reported,
    /// Since when.
    pub reported_when: Happened,
    /// When its next update is due, where a schedule is set.
    pub due_on: Option<Day>,
    /// The day of the last update that came.
    pub last_arrival_on: Option<Day>,
    /// How often in a row the body said "no change", where it did last.
    pub nothing_new: Option<NothingNew>,
    /// The day of an update that came under a hold, and that nobody is told of yet.
    pub kept_on: Option<Day>,
}

type OwnRow = (
    (AddresseeId, RecommendationId, Option<UpdateId>),
    (String, String, String, (BodyId, String, String), Title),
    (Reported, Option<Day>, Precision, Option<Day>, Option<Day>),
);

/// The items of a body that are not closed, the next due first, then those without a date.
///
/// # Errors
/// When the database fails.
pub fn items_of(tx: &mut ReadTx<'_>, body: BodyId, limit: i64) -> Result<Vec<OwnItem>, Error> {
    let rows: Vec<OwnRow> = addressee::table
        .inner_join(inquiry::table.on(addressee::inquiry_id.eq(inquiry::id)))
        .inner_join(recommendation::table.on(addressee::recommendation_id.eq(recommendation::id)))
        .inner_join(body_table::table.on(addressee::body_id.eq(body_table::id)))
        .left_join(wording::table.on(recommendation::wording_id.eq(wording::id.nullable())))
        .filter(addressee::answerer_id.eq(body).and(addressee::present).and(addressee::lifecycle.ne(Lifecycle::Closed)))
        .order((
            addressee::return_due_on.is_null(),
            addressee::return_due_on,
            addressee::inquiry_id,
            recommendation::position,
            addressee::id,
        ))
        .limit(limit)
        .select((
            (addressee::id, addressee::recommendation_id, addressee::reported_update_id),
            (
                inquiry::slug,
                inquiry::short_title,
                recommendation::number,
                (body_table::id, body_table::slug, body_table::name),
                title!(),
            ),
            (
                addressee::reported,
                addressee::reported_on,
                addressee::reported_precision,
                addressee::return_due_on,
                addressee::last_arrival_on,
            ),
        ))
        .load(tx.conn)?;
    let kept = held_back::arrivals(tx)?;
    let ids: Vec<AddresseeId> = rows.iter().map(|row| row.0.0).collect();
    let counted = nothing_new::of(tx, &ids)?;
    let items = rows.into_iter().map(|row| {
        let found = counted.get(&row.0.0).copied();
        OwnItem { nothing_new: found, ..own_item(body, row, &kept) }
    });
    Ok(items.collect())
}

fn own_item(body: BodyId, row: OwnRow, kept: &HashMap<AddresseeId, Vec<(Day, bool)>>) -> OwnItem {
    let ((id, recommendation, update), (inquiry_slug, inquiry, number, asked, title), rest) = row;
    let (asked_id, asked_slug, asked) = asked;
    let (reported, reported_on, precision, due_on, last_arrival_on) = rest;
    OwnItem {
        id,
        recommendation,
        update,
        inquiry_slug,
        inquiry,
        number,
        asked_slug,
        asked: (asked_id != body).then_some(asked),
        title,
        reported,
        reported_when: Happened::new(reported_on, precision),
        due_on,
        last_arrival_on,
        nothing_new: None,
        kept_on: kept.get(&id).and_then(|came| came.last()).map(|(on, _)| *on),
    }
}

/// A recommendation whose words nobody has compared with their source.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Uncompared {
    /// The inquiry's part of an address.
    pub inquiry_slug: String,
    /// What people call the inquiry.
    pub inquiry: String,
    /// Its number.
    pub number: String,
    /// Its title, or why it has none.
    pub title: Title,
    /// Whose words they are.
    pub text_kind: TextKind,
    /// How far they were compared.
    pub checked: Checked,
}

/// One page of the recommendations whose words nobody has compared with their source, in the order of their inquiries. They
/// are the work of those who lead the inquiry.
///
/// # Errors
/// When the database fails.
pub fn uncompared(
    tx: &mut ReadTx<'_>,
    whose: &charge::Whose,
    after: Option<Cursor<3>>,
    size: usize,
) -> Result<Page<Uncompared, 3>, Error> {
    let Cursor([inquiry, position, id]) = after.unwrap_or(Cursor([i64::MIN; 3]));
    let (inquiry, id) = (InquiryId(inquiry), RecommendationId(id));
    let later = recommendation::position.gt(position);
    let later = later.or(recommendation::position.eq(position).and(recommendation::id.gt(id)));
    let rows: Vec<((InquiryId, i64, RecommendationId), Uncompared)> = recommendation::table
        .inner_join(inquiry::table.on(recommendation::inquiry_id.eq(inquiry::id)))
        .left_join(wording::table.on(recommendation::wording_id.eq(wording::id.nullable())))
        .filter(recommendation::checked.ne(Checked::Source).and(recommendation::in_error.eq(false)))
        .filter(sql::<Bool>(&whose.condition("recommendation.inquiry_id", "0")))
        .filter(recommendation::inquiry_id.gt(inquiry).or(recommendation::inquiry_id.eq(inquiry).and(later)))
        .order((recommendation::inquiry_id, recommendation::position, recommendation::id))
        .limit(body::limit(size))
        .select((
            (recommendation::inquiry_id, recommendation::position, recommendation::id),
            (
                inquiry::slug,
                inquiry::short_title,
                recommendation::number,
                title!(),
                recommendation::text_kind,
                recommendation::checked,
            ),
        ))
        .load(tx.conn)?;
    let page = Page::cut(rows, size, |((inquiry, position, id), _)| [inquiry.0, *position, id.0]);
    Ok(Page { items: page.items.into_iter().map(|(_, one)| one).collect(), next: page.next })
}

/// How many recommendations there are whose words nobody has compared with their source, counted up to the limit.
///
/// # Errors
/// When the database fails.
pub fn uncompared_count(tx: &mut ReadTx<'_>, whose: &charge::Whose) -> Result<Capped, Error> {
    let ids: Vec<RecommendationId> = recommendation::table
        .filter(recommendation::checked.ne(Checked::Source).and(recommendation::in_error.eq(false)))
        .filter(sql::<Bool>(&whose.condition("recommendation.inquiry_id", "0")))
        .limit(COUNT_LIMIT + 1)
        .select(recommendation::id)
        .load(tx.conn)?;
    Ok(Capped::of(ids.len()))
}

/// How many people were invited who have not made their account.
///
/// # Errors
/// When the database fails.
pub fn invited_count(tx: &mut ReadTx<'_>) -> Result<i64, Error> {
    let invited = person::table.filter(person::password_hash.is_null().and(person::disabled_at.is_null()));
    Ok(invited.count().get_result(tx.conn)?)
}

/// The name of a body.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn body_name(tx: &mut ReadTx<'_>, id: BodyId) -> Result<BodyName, Error> {
    Ok(body_table::table.filter(body_table::id.eq(id)).select(body::NAME).first(tx.conn)?)
}
