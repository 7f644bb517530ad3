//! What a register holds, as a copy of it says.

use diesel::prelude::*;

use crate::domain::id::Seq;
use crate::domain::moment::Day;
use crate::domain::redaction::RedactionState;
use crate::store::schema::{
    addressee, change, counter, inquiry, person, recommendation, redaction, restored_redaction,
};
use crate::store::{Error, ReadTx};

/// How much there is of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The newest published change; 0 where nothing was ever published.
    pub seq: Seq,
    /// The day of that change.
    pub day: Option<Day>,
    /// Inquiries.
    pub inquiries: u64,
    /// Recommendations.
    pub recommendations: u64,
    /// Answers: recommendations put to a body.
    pub answers: u64,
    /// People with an account, or invited to one.
    pub people: u64,
    /// Records whose words were removed for legal reasons.
    pub removals: u64,
}

/// Counts it.
///
/// # Errors
/// When the database fails, or holds no register.
pub fn held(tx: &mut ReadTx<'_>) -> Result<Held, Error> {
    let seq: Seq = counter::table.select(counter::seq).first(tx.conn)?;
    let day = change::table.find(seq).select(change::day).first(tx.conn).optional()?;
    let removed = redaction::table.filter(redaction::state.eq(RedactionState::Done).and(redaction::seq.is_not_null()));
    let removed: i64 = removed.count().get_result(tx.conn)?;
    // A copy from before there were any such rows has no such table.
    let again: i64 = if crate::store::migrate::is_current(tx)? {
        restored_redaction::table.count().get_result(tx.conn)?
    } else {
        0
    };
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    Ok(Held {
        seq,
        day,
        inquiries: count(inquiry::table.count().get_result(tx.conn)?),
        recommendations: count(recommendation::table.count().get_result(tx.conn)?),
        answers: count(addressee::table.count().get_result(tx.conn)?),
        people: count(person::table.count().get_result(tx.conn)?),
        removals: count(removed + again),
    })
}
