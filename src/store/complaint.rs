//! What readers say is wrong, and each step of what became of it. Public pages read the counts alone.

use diesel::dsl::{count_star, exists, min, not};
use diesel::prelude::*;

use super::conn::each;
use super::page::{Cursor, Page};
use super::schema::{complaint, complaint_step, person};
use super::{Error, ReadTx, WriteTx, body};
use crate::domain::complaint::{Complaint, ComplaintDecision, ComplaintState};
use crate::domain::id::{PersonId, Seq};
use crate::domain::moment::{Day, Moment};

/// What stands in the place of words that were removed.
const REMOVED: &str = "";

/// Whether anything that a reader or staff wrote is left.
macro_rules! has_words {
    () => {
        complaint::words
            .ne(REMOVED)
            .or(complaint::answer.is_not_null().and(complaint::answer.assume_not_null().ne(REMOVED)))
    };
}

macro_rules! is_decided_before {
    ($day:expr) => {
        complaint::state
            .eq(ComplaintState::Decided)
            .and(complaint::decided_on.is_not_null().and(complaint::decided_on.assume_not_null().lt($day)))
    };
}

/// One of them, for staff alone.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Received {
    /// Its row.
    pub id: i64,
    /// Its own name, as in its address.
    pub reference: String,
    /// When it came in.
    pub received_at: Moment,
    /// The page that it is about.
    pub page: String,
    /// What is wrong.
    pub words: String,
    /// Where to answer to, as long as that is kept.
    pub email: Option<String>,
    /// Where it stands.
    pub state: ComplaintState,
    /// What was decided.
    pub decision: Option<ComplaintDecision>,
    /// On which day.
    pub decided_on: Option<Day>,
    /// Why, for staff alone.
    pub answer: Option<String>,
    /// The change that put it right.
    pub correcting: Option<Seq>,
    /// Its version, for the form.
    pub version: i64,
}

type Columns = (
    complaint::id,
    complaint::reference,
    complaint::received_at,
    complaint::page,
    complaint::words,
    complaint::email,
    complaint::state,
    complaint::decision,
    complaint::decided_on,
    complaint::answer,
    complaint::correcting_seq,
    complaint::version,
);
const COLUMNS: Columns = (
    complaint::id,
    complaint::reference,
    complaint::received_at,
    complaint::page,
    complaint::words,
    complaint::email,
    complaint::state,
    complaint::decision,
    complaint::decided_on,
    complaint::answer,
    complaint::correcting_seq,
    complaint::version,
);

/// A step of what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Step {
    /// When.
    pub at: Moment,
    /// Where it stood from then on.
    pub state: ComplaintState,
    /// What was decided.
    pub decision: Option<ComplaintDecision>,
    /// Why.
    pub words: Option<String>,
    /// Who did it, for staff alone.
    pub by: Option<String>,
}

/// What was decided, and on what it rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Where it stands now.
    pub state: ComplaintState,
    /// What was decided, if it was.
    pub decision: Option<ComplaintDecision>,
    /// On which day.
    pub on: Option<Day>,
    /// Why.
    pub answer: String,
    /// The change that put it right.
    pub correcting: Option<Seq>,
}

/// Keeps a complaint and its first step. The same form sent again has the same reference and keeps nothing.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx<'_>, reference: &str, new: &Complaint, now: Moment) -> Result<(), Error> {
    let row = (
        complaint::reference.eq(reference),
        complaint::received_at.eq(now),
        complaint::page.eq(&new.page),
        complaint::words.eq(&new.words),
        complaint::email.eq(new.email.as_ref().map(|email| email.as_str())),
        complaint::state.eq(ComplaintState::Received),
        complaint::version.eq(1_i64),
    );
    let kept = each!(&mut *tx.conn, inner => {
        diesel::insert_into(complaint::table).values(row).on_conflict(complaint::reference).do_nothing().execute(inner)
    })?;
    if kept == 0 {
        return Ok(());
    }
    let id: i64 = complaint::table.filter(complaint::reference.eq(reference)).select(complaint::id).first(tx.conn)?;
    diesel::insert_into(complaint_step::table)
        .values((
            complaint_step::complaint_id.eq(id),
            complaint_step::at.eq(now),
            complaint_step::state.eq(ComplaintState::Received),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Takes a step with one of them.
///
/// # Errors
/// [`Error::Stale`] when somebody took one meanwhile.
pub fn decide(
    tx: &mut WriteTx<'_>,
    (id, version): (i64, i64),
    decided: &Decided,
    by: PersonId,
    now: Moment,
) -> Result<(), Error> {
    let changed = diesel::update(complaint::table.filter(complaint::id.eq(id).and(complaint::version.eq(version))))
        .set((
            complaint::state.eq(decided.state),
            complaint::decision.eq(decided.decision),
            complaint::decided_on.eq(decided.on),
            complaint::decided_by.eq(by),
            complaint::answer.eq(&decided.answer),
            complaint::correcting_seq.eq(decided.correcting),
            complaint::version.eq(complaint::version + 1),
        ))
        .execute(tx.conn)?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    diesel::insert_into(complaint_step::table)
        .values((
            complaint_step::complaint_id.eq(id),
            complaint_step::at.eq(now),
            complaint_step::person_id.eq(by),
            complaint_step::state.eq(decided.state),
            complaint_step::decision.eq(decided.decision),
            complaint_step::words.eq(&decided.answer),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// One of them.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn find(tx: &mut ReadTx<'_>, reference: &str) -> Result<Received, Error> {
    Ok(complaint::table.filter(complaint::reference.eq(reference)).select(COLUMNS).first(tx.conn)?)
}

/// What became of it, oldest first.
///
/// # Errors
/// When the database fails.
pub fn steps(tx: &mut ReadTx<'_>, id: i64) -> Result<Vec<Step>, Error> {
    Ok(complaint_step::table
        .left_join(person::table.on(complaint_step::person_id.eq(person::id.nullable())))
        .filter(complaint_step::complaint_id.eq(id))
        .order(complaint_step::id)
        .select((
            complaint_step::at,
            complaint_step::state,
            complaint_step::decision,
            complaint_step::words,
            person::name.nullable(),
        ))
        .load(tx.conn)?)
}

/// The open ones, what waits longest first.
///
/// # Errors
/// When the database fails.
pub fn open(tx: &mut ReadTx<'_>, most: i64) -> Result<Vec<Received>, Error> {
    Ok(complaint::table
        .filter(complaint::state.ne(ComplaintState::Decided))
        .order((complaint::received_at, complaint::id))
        .limit(most)
        .select(COLUMNS)
        .load(tx.conn)?)
}

/// The decided ones, the last received first.
///
/// # Errors
/// When the database fails.
pub fn decided(tx: &mut ReadTx<'_>, after: Option<Cursor<1>>, size: usize) -> Result<Page<Received>, Error> {
    let Cursor([before]) = after.unwrap_or(Cursor([i64::MAX]));
    let rows: Vec<Received> = complaint::table
        .filter(complaint::state.eq(ComplaintState::Decided).and(complaint::id.lt(before)))
        .order(complaint::id.desc())
        .limit(body::limit(size))
        .select(COLUMNS)
        .load(tx.conn)?;
    Ok(Page::cut(rows, size, |row: &Received| [row.id]))
}

/// How many are open, and since when the oldest waits.
///
/// # Errors
/// When the database fails.
pub fn waiting(tx: &mut ReadTx<'_>) -> Result<(i64, Option<Moment>), Error> {
    Ok(complaint::table
        .filter(complaint::state.ne(ComplaintState::Decided))
        .select((count_star(), min(complaint::received_at)))
        .first(tx.conn)?)
}

/// How many came in on each day and what was decided on them: all that the public learns.
///
/// # Errors
/// When the database fails.
pub fn counted(tx: &mut ReadTx<'_>) -> Result<Vec<(Moment, Option<ComplaintDecision>)>, Error> {
    Ok(complaint::table
        .order(complaint::received_at.desc())
        .select((complaint::received_at, complaint::decision))
        .load(tx.conn)?)
}

/// Removes the addresses of those decided before a day.
///
/// # Errors
/// When the database fails.
pub fn forget_addresses_of_decided(tx: &mut WriteTx<'_>, decided: Day) -> Result<usize, Error> {
    let over = complaint::table.filter(complaint::email.is_not_null()).filter(is_decided_before!(decided));
    Ok(diesel::update(over).set(complaint::email.eq(None::<String>)).execute(tx.conn)?)
}

/// Removes the addresses of those that came in before a moment, whatever became of them.
///
/// # Errors
/// When the database fails.
pub fn forget_addresses(tx: &mut WriteTx<'_>, received: Moment) -> Result<usize, Error> {
    let over = complaint::table.filter(complaint::email.is_not_null().and(complaint::received_at.lt(received)));
    Ok(diesel::update(over).set(complaint::email.eq(None::<String>)).execute(tx.conn)?)
}

/// Removes what was written of those decided before a day, by readers and by staff. When it came in, about which page, and
/// what was decided stays.
///
/// # Errors
/// When the database fails.
pub fn forget_words(tx: &mut WriteTx<'_>, decided: Day) -> Result<usize, Error> {
    let over = complaint::table.filter(has_words!()).filter(is_decided_before!(decided));
    let over: Vec<i64> = over.select(complaint::id).load(tx.conn)?;
    remove_words(tx, &over)
}

/// Removes what was written of those that nobody has decided and to which nothing was done since a moment. They stay open.
///
/// # Errors
/// When the database fails.
pub fn forget_words_undecided(tx: &mut WriteTx<'_>, touched: Moment) -> Result<usize, Error> {
    let since = complaint_step::table
        .filter(complaint_step::complaint_id.eq(complaint::id).and(complaint_step::at.ge(touched)));
    let over: Vec<i64> = complaint::table
        .filter(has_words!())
        .filter(complaint::state.ne(ComplaintState::Decided).and(complaint::received_at.lt(touched)))
        .filter(not(exists(since)))
        .select(complaint::id)
        .load(tx.conn)?;
    remove_words(tx, &over)
}

fn remove_words(tx: &mut WriteTx<'_>, over: &[i64]) -> Result<usize, Error> {
    for id in over.iter().copied() {
        diesel::update(complaint::table.find(id))
            .set((complaint::words.eq(REMOVED), complaint::answer.eq(None::<String>)))
            .execute(tx.conn)?;
        diesel::update(complaint_step::table.filter(complaint_step::complaint_id.eq(id)))
            .set(complaint_step::words.eq(None::<String>))
            .execute(tx.conn)?;
    }
    Ok(over.len())
}
