//! Rows that are kept for a time only: sessions, one-time links, counts of failed sign-ins, answers to forms, runs of jobs.

use diesel::prelude::*;

use super::schema::{filing_link, filing_link_item, job_run, receipt, session, throttle, token};
use super::{AT_ONCE, Error, WriteTx};
use crate::domain::id::{PersonId, TokenId};
use crate::domain::moment::Moment;

/// Removes the sessions not used since `idle`, or begun before `begun`.
///
/// # Errors
/// When the database fails.
pub fn remove_sessions(tx: &mut WriteTx<'_>, idle: Moment, begun: Moment) -> Result<usize, Error> {
    let ended = session::table.filter(session::seen_at.lt(idle).or(session::created_at.lt(begun)));
    Ok(diesel::delete(ended).execute(tx.conn)?)
}

/// Removes the one-time links that were used, or ended, before `before`.
///
/// # Errors
/// When the database fails.
pub fn remove_tokens(tx: &mut WriteTx<'_>, before: Moment) -> Result<usize, Error> {
    let used = token::used_at.is_not_null().and(token::used_at.assume_not_null().lt(before));
    let ended: Vec<TokenId> =
        token::table.filter(used.or(token::expires_at.lt(before))).select(token::id).load(tx.conn)?;
    remove_links(tx, &ended)
}

/// Removes links with what is kept beside them.
fn remove_links(tx: &mut WriteTx<'_>, links: &[TokenId]) -> Result<usize, Error> {
    let mut removed = 0;
    for some in links.chunks(AT_ONCE) {
        let beside = filing_link_item::table.filter(filing_link_item::token_id.eq_any(some));
        diesel::delete(beside).execute(tx.conn)?;
        diesel::delete(filing_link::table.filter(filing_link::token_id.eq_any(some))).execute(tx.conn)?;
        removed += diesel::delete(token::table.filter(token::id.eq_any(some))).execute(tx.conn)?;
    }
    Ok(removed)
}

/// Removes the counts of failed sign-ins begun before `before`.
///
/// # Errors
/// When the database fails.
pub fn remove_throttles(tx: &mut WriteTx<'_>, before: Moment) -> Result<usize, Error> {
    Ok(diesel::delete(throttle::table.filter(throttle::since.lt(before))).execute(tx.conn)?)
}

/// Removes the answers to forms sent before `before`.
///
/// # Errors
/// When the database fails.
pub fn remove_receipts(tx: &mut WriteTx<'_>, before: Moment) -> Result<usize, Error> {
    Ok(diesel::delete(receipt::table.filter(receipt::at.lt(before))).execute(tx.conn)?)
}

/// Ends every session. Answers how many there were.
///
/// # Errors
/// When the database fails.
pub fn end_all_sessions(tx: &mut WriteTx<'_>) -> Result<usize, Error> {
    Ok(diesel::delete(session::table).execute(tx.conn)?)
}

/// Makes every unused one-time link worthless. Answers how many there were.
///
/// # Errors
/// When the database fails.
pub fn end_all_tokens(tx: &mut WriteTx<'_>, now: Moment) -> Result<usize, Error> {
    Ok(diesel::update(token::table.filter(token::used_at.is_null())).set(token::used_at.eq(now)).execute(tx.conn)?)
}

/// Removes what jobs wrote of runs that ended before `before`; of each job the last run stays.
///
/// # Errors
/// When the database fails.
pub fn remove_job_runs(tx: &mut WriteTx<'_>, before: Moment) -> Result<usize, Error> {
    let last: Vec<Option<i64>> =
        job_run::table.group_by(job_run::job).select(diesel::dsl::max(job_run::id)).load(tx.conn)?;
    let last: Vec<i64> = last.into_iter().flatten().collect();
    let ended = job_run::finished_at.is_not_null().and(job_run::finished_at.assume_not_null().lt(before));
    Ok(diesel::delete(job_run::table.filter(ended.and(job_run::id.ne_all(last)))).execute(tx.conn)?)
}

/// Removes all of this that is somebody's own: their sessions, their one-time links, the answers to their forms.
///
/// # Errors
/// When the database fails.
pub fn remove_of_person(tx: &mut WriteTx<'_>, person: PersonId) -> Result<(), Error> {
    diesel::delete(session::table.filter(session::person_id.eq(person))).execute(tx.conn)?;
    let links: Vec<TokenId> = token::table.filter(token::person_id.eq(person)).select(token::id).load(tx.conn)?;
    remove_links(tx, &links)?;
    diesel::delete(receipt::table.filter(receipt::person_id.eq(person))).execute(tx.conn)?;
    Ok(())
}
