//! Bodies' requests for a later target date that nobody has decided on. No public query reads this file's table.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use super::body::{ANSWERER, BodyName, NAME};
use super::charge::Whose;
use super::schema::{addressee, body, deadline, inquiry, recommendation, target_ask, wording};
use super::withheld::{Title, title};
use super::{Error, ReadTx, WriteTx};
use crate::domain::id::{AddresseeId, BodyId, DeadlineId, InquiryId, PersonId, Seq};
use crate::domain::licence::{Language, Licence, Rights};
use crate::domain::moment::{Day, Moment};

/// A request to be kept.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = target_ask)]
pub struct NewAsk {
    /// Its own random name.
    pub reference: String,
    /// The answer.
    pub addressee_id: AddresseeId,
    /// The target that stood.
    pub deadline_id: DeadlineId,
    /// The date that the body asks for.
    pub wanted_on: Day,
    /// Why.
    pub reason: String,
    /// Who asked.
    pub person_id: PersonId,
    /// When.
    pub asked_at: Moment,
    /// On which day, in the register's zone.
    pub asked_on: Day,
    /// Its version.
    pub version: i64,
    /// In which language the reason is.
    pub language: Option<Language>,
    /// Under which licence its words stand.
    pub licence: Option<Licence>,
}

/// A request that waits.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Ask {
    /// Its row.
    pub id: i64,
    /// The target that stood.
    pub deadline: DeadlineId,
    /// That date.
    pub instead_of: Option<Day>,
    /// The date that the body asks for.
    pub wanted_on: Day,
    /// Why.
    pub reason: String,
    /// Who asked.
    pub person: PersonId,
    /// On which day.
    pub asked_on: Day,
    /// In which language the reason is, as far as that was said.
    language: Option<Language>,
    /// Under which licence its words stand, likewise.
    licence: Option<Licence>,
}

impl Ask {
    /// In which language the reason is, and under which licence its words stand.
    #[must_use]
    pub const fn rights(&self) -> Rights {
        Rights { language: self.language, licence: self.licence }
    }
}

/// Keeps a request.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx<'_>, new: &NewAsk) -> Result<(), Error> {
    diesel::insert_into(target_ask::table).values(new).execute(tx.conn)?;
    Ok(())
}

/// The request about an answer that waits; there is one at most.
///
/// # Errors
/// When the database fails.
pub fn pending(tx: &mut ReadTx<'_>, answer: AddresseeId) -> Result<Option<Ask>, Error> {
    Ok(target_ask::table
        .inner_join(deadline::table.on(deadline::id.eq(target_ask::deadline_id)))
        .filter(target_ask::addressee_id.eq(answer).and(target_ask::seq.is_null()))
        .order(target_ask::id)
        .select((
            target_ask::id,
            target_ask::deadline_id,
            deadline::due_on,
            target_ask::wanted_on,
            target_ask::reason,
            target_ask::person_id,
            target_ask::asked_on,
            target_ask::language,
            target_ask::licence,
        ))
        .first(tx.conn)
        .optional()?)
}

/// Notes that a request was decided on under this change.
///
/// # Errors
/// [`Error::Stale`] when somebody was first.
pub fn decided(tx: &mut WriteTx<'_>, id: i64, seq: Seq) -> Result<(), Error> {
    let waits = target_ask::table.filter(target_ask::id.eq(id).and(target_ask::seq.is_null()));
    let done = diesel::update(waits)
        .set((target_ask::seq.eq(seq), target_ask::version.eq(target_ask::version + 1)))
        .execute(tx.conn)?;
    if done == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// A request that waits, with its place.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Waiting {
    /// The inquiry's part of an address.
    pub inquiry_slug: String,
    /// What people call the inquiry.
    pub inquiry: String,
    /// The recommendation's number.
    pub number: String,
    /// Its title, or why it has none.
    pub title: Title,
    /// The answer.
    pub addressee: AddresseeId,
    /// The body asked, whose part of an address the answer has.
    pub asked: BodyName,
    /// The name of the body that answers now. Whoever answered on the day of the request made it: that may be one before it.
    pub answerer: String,
    /// The date that it asks for.
    pub wanted_on: Day,
    /// The date that stood.
    pub instead_of: Option<Day>,
    /// On which day it asked.
    pub asked_on: Day,
    /// The inquiry and the body, for whose right it is to decide.
    pub of: (InquiryId, BodyId),
}

/// Everything on somebody's list that waits, the longest first.
///
/// # Errors
/// When the database fails.
pub fn waiting(tx: &mut ReadTx<'_>, whose: &Whose, limit: i64) -> Result<Vec<Waiting>, Error> {
    Ok(target_ask::table
        .inner_join(deadline::table.on(deadline::id.eq(target_ask::deadline_id)))
        .inner_join(addressee::table.on(addressee::id.eq(target_ask::addressee_id)))
        .inner_join(body::table.on(addressee::body_id.eq(body::id)))
        .inner_join(inquiry::table.on(addressee::inquiry_id.eq(inquiry::id)))
        .inner_join(recommendation::table.on(addressee::recommendation_id.eq(recommendation::id)))
        .left_join(wording::table.on(recommendation::wording_id.eq(wording::id.nullable())))
        .filter(target_ask::seq.is_null())
        .filter(sql::<Bool>(&whose.condition("addressee.inquiry_id", "addressee.answerer_id")))
        .order((target_ask::asked_at, target_ask::id))
        .limit(limit)
        .select((
            inquiry::slug,
            inquiry::short_title,
            recommendation::number,
            title!(),
            addressee::id,
            NAME,
            sql::<Text>(ANSWERER),
            target_ask::wanted_on,
            deadline::due_on,
            target_ask::asked_on,
            (addressee::inquiry_id, addressee::answerer_id),
        ))
        .load(tx.conn)?)
}

/// How many wait, and since when the first of them.
///
/// # Errors
/// When the database fails.
pub fn count(tx: &mut ReadTx<'_>, whose: &Whose) -> Result<(i64, Option<Day>), Error> {
    let waits = target_ask::table
        .inner_join(addressee::table.on(addressee::id.eq(target_ask::addressee_id)))
        .filter(target_ask::seq.is_null())
        .filter(sql::<Bool>(&whose.condition("addressee.inquiry_id", "addressee.answerer_id")));
    Ok(waits.select((diesel::dsl::count_star(), diesel::dsl::min(target_ask::asked_on))).first(tx.conn)?)
}
