//! What bodies sent in while a hold was in force, until it is published. No public query reads this file's table.

use std::collections::HashMap;

use diesel::prelude::*;

use super::schema::{addressee, held_back};
use super::{Error, ReadTx, WriteTx};
use crate::domain::filing::ArrivalStep;
use crate::domain::id::{AddresseeId, FilingId, InquiryId, PersonId, RecommendationId, Seq};
use crate::domain::moment::Day;
use crate::domain::person::Role;

/// A return that came, or what became of one, to be kept.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = held_back, treat_none_as_default_value = false)]
pub struct NewHeldBack {
    /// Whose answer it is about.
    pub addressee_id: AddresseeId,
    /// The piece of work that holds its words; `None` where it reports no change.
    pub filing_id: Option<FilingId>,
    /// What became of it; `None` for the arrival itself.
    pub step: Option<ArrivalStep>,
    /// Whether it says that nothing has changed.
    pub nil: bool,
    /// On which day.
    pub happened_on: Day,
    /// In which role it was done.
    pub role: Role,
    /// Who did it; never shown in public.
    pub person_id: PersonId,
}

/// Keeps it.
///
/// # Errors
/// When the database fails.
pub fn keep(tx: &mut WriteTx<'_>, new: &NewHeldBack) -> Result<(), Error> {
    diesel::insert_into(held_back::table).values(new).execute(tx.conn)?;
    Ok(())
}

/// Something that is kept and not published yet.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
#[expect(missing_docs, reason = "the columns are those of `NewHeldBack`, and where the answer stands")]
pub struct HeldBack {
    pub id: i64,
    pub addressee: AddresseeId,
    pub inquiry: InquiryId,
    pub recommendation: RecommendationId,
    pub filing: Option<FilingId>,
    pub step: Option<ArrivalStep>,
    pub nil: bool,
    pub on: Day,
    pub role: Role,
    pub person: PersonId,
}

/// Everything that is not published yet, in the order in which it came.
///
/// # Errors
/// When the database fails.
pub fn waiting(tx: &mut ReadTx<'_>) -> Result<Vec<HeldBack>, Error> {
    Ok(held_back::table
        .inner_join(addressee::table)
        .filter(held_back::published_seq.is_null())
        .order(held_back::id)
        .select((
            held_back::id,
            held_back::addressee_id,
            addressee::inquiry_id,
            addressee::recommendation_id,
            held_back::filing_id,
            held_back::step,
            held_back::nil,
            held_back::happened_on,
            held_back::role,
            held_back::person_id,
        ))
        .load(tx.conn)?)
}

/// Notes the change that published it.
///
/// # Errors
/// When the database fails.
pub fn publish(tx: &mut WriteTx<'_>, id: i64, seq: Seq) -> Result<(), Error> {
    diesel::update(held_back::table.filter(held_back::id.eq(id)))
        .set(held_back::published_seq.eq(seq))
        .execute(tx.conn)?;
    Ok(())
}

/// The returns that came in and that nobody is told of yet, by their answers: the day of each, and whether it says "no change".
///
/// # Errors
/// When the database fails.
pub fn arrivals(tx: &mut ReadTx<'_>) -> Result<HashMap<AddresseeId, Vec<(Day, bool)>>, Error> {
    let arrived = held_back::published_seq.is_null().and(held_back::step.is_null());
    let rows: Vec<(AddresseeId, (Day, bool))> = held_back::table
        .filter(arrived)
        .order(held_back::id)
        .select((held_back::addressee_id, (held_back::happened_on, held_back::nil)))
        .load(tx.conn)?;
    let mut arrivals: HashMap<AddresseeId, Vec<(Day, bool)>> = HashMap::new();
    for (answer, came) in rows {
        arrivals.entry(answer).or_default().push(came);
    }
    Ok(arrivals)
}
