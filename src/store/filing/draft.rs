//! What is read of several filings at once; and what is unfinished or waits: updates that are still with their body, being written
//! or waiting for the body's own sign-off, and the decision on closing an answer that waits for another person.

use diesel::dsl::max;
use diesel::prelude::*;

use super::{Columns, FilingRow, columns, from_columns, note_step, waiting_on};
use crate::domain::filing::{Closing, FilingKind, FilingState, Proposal};
use crate::domain::id::{AddresseeId, BodyId, FilingId, PersonId, RecommendationId, Seq};
use crate::domain::moment::Moment;
use crate::store::schema::{addressee, filing, filing_step};
use crate::store::{AT_ONCE, Error, ReadTx, WriteTx};

/// The states in which only the body's own people see an update.
const WITH_BODY: [FilingState; 2] = [FilingState::Draft, FilingState::ForSignOff];

/// The unfinished update on an item; there is one at most.
///
/// # Errors
/// When the database fails.
pub fn open_draft(tx: &mut ReadTx<'_>, answer: AddresseeId) -> Result<Option<FilingRow>, Error> {
    first(tx, answer, FilingState::Draft)
}

/// The update on an item that waits for the body's own sign-off: the first, where there are more.
///
/// # Errors
/// When the database fails.
pub fn for_sign_off(tx: &mut ReadTx<'_>, answer: AddresseeId) -> Result<Option<FilingRow>, Error> {
    first(tx, answer, FilingState::ForSignOff)
}

fn first(tx: &mut ReadTx<'_>, answer: AddresseeId, state: FilingState) -> Result<Option<FilingRow>, Error> {
    let row: Option<Columns> = filing::table
        .filter(filing::addressee_id.eq(answer).and(filing::state.eq(state)))
        .filter(filing::kind.eq(FilingKind::Return))
        .order(filing::id)
        .select(columns!())
        .first(tx.conn)
        .optional()?;
    row.map(from_columns).transpose()
}

/// The body's replies to judgements of an item that wait for its own sign-off, or were sent back.
///
/// # Errors
/// When the database fails.
pub fn replies_with_body(tx: &mut ReadTx<'_>, answer: AddresseeId) -> Result<Vec<FilingRow>, Error> {
    let rows: Vec<Columns> = filing::table
        .filter(filing::addressee_id.eq(answer).and(filing::kind.eq(FilingKind::Reply)))
        .filter(filing::state.eq_any([FilingState::ForSignOff, FilingState::SentBack]))
        .order(filing::id)
        .select(columns!())
        .load(tx.conn)?;
    rows.into_iter().map(from_columns).collect()
}

/// The filings of these names, in no particular order; nothing is said of a name that there is not.
///
/// # Errors
/// When the database fails.
pub fn named(tx: &mut ReadTx<'_>, references: &[&str]) -> Result<Vec<FilingRow>, Error> {
    let mut all = Vec::with_capacity(references.len());
    for some in references.chunks(AT_ONCE) {
        let rows: Vec<Columns> =
            filing::table.filter(filing::reference.eq_any(some.to_vec())).select(columns!()).load(tx.conn)?;
        for row in rows {
            all.push(from_columns(row)?);
        }
    }
    Ok(all)
}

/// Everything that waits for a body's own sign-off.
///
/// # Errors
/// When the database fails.
pub fn all_for_sign_off(tx: &mut ReadTx<'_>, body: BodyId) -> Result<Vec<FilingRow>, Error> {
    let rows: Vec<Columns> = filing::table
        .inner_join(addressee::table.on(filing::addressee_id.eq(addressee::id.nullable())))
        .filter(filing::state.eq(FilingState::ForSignOff).and(addressee::answerer_id.eq(body)))
        .order(filing::id)
        .select(columns!())
        .load(tx.conn)?;
    rows.into_iter().map(from_columns).collect()
}

/// Notes that something was added to what waits for a body's own sign-off: who has it open reads it anew first.
///
/// # Errors
/// When the database fails.
pub fn touch(tx: &mut WriteTx<'_>, id: FilingId) -> Result<(), Error> {
    let waits = filing::table.filter(filing::id.eq(id).and(filing::state.eq(FilingState::ForSignOff)));
    diesel::update(waits).set(filing::version.eq(filing::version + 1)).execute(tx.conn)?;
    Ok(())
}

/// That an update is with its body: when, and never what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unfinished {
    /// Whether it is being written or waits for the body's own sign-off.
    pub state: FilingState,
    /// When it was begun.
    pub begun_at: Moment,
    /// When something was last done with it.
    pub last_at: Moment,
}

/// The updates on an item that are with their body, the first begun first.
///
/// # Errors
/// When the database fails.
pub fn unfinished(tx: &mut ReadTx<'_>, answer: AddresseeId) -> Result<Vec<Unfinished>, Error> {
    let rows: Vec<(FilingId, FilingState, Moment)> = filing::table
        .filter(filing::addressee_id.eq(answer).and(filing::kind.eq(FilingKind::Return)))
        .filter(filing::state.eq_any(WITH_BODY))
        .order(filing::id)
        .select((filing::id, filing::state, filing::created_at))
        .load(tx.conn)?;
    let mut found = Vec::with_capacity(rows.len());
    for (id, state, begun_at) in rows {
        let last: Option<Moment> =
            filing_step::table.filter(filing_step::filing_id.eq(id)).select(max(filing_step::at)).first(tx.conn)?;
        found.push(Unfinished { state, begun_at, last_at: last.unwrap_or(begun_at) });
    }
    Ok(found)
}

/// What somebody wrote on items of a body, and has still to do something with: unfinished, with the sign-off, or sent back.
///
/// # Errors
/// When the database fails.
pub fn written_by(tx: &mut ReadTx<'_>, author: PersonId, body: BodyId) -> Result<Vec<FilingRow>, Error> {
    let rows: Vec<Columns> = filing::table
        .inner_join(addressee::table.on(filing::addressee_id.eq(addressee::id.nullable())))
        .filter(filing::author_id.eq(author).and(filing::kind.eq_any(FilingKind::OF_BODIES)))
        .filter(filing::state.eq_any([FilingState::Draft, FilingState::ForSignOff, FilingState::SentBack]))
        .filter(addressee::answerer_id.eq(body))
        .order(filing::id)
        .select(columns!())
        .load(tx.conn)?;
    rows.into_iter().map(from_columns).collect()
}

/// Gives an update to somebody else of its body; the step says by whom.
///
/// # Errors
/// [`Error::Stale`] when somebody did something to it meanwhile.
pub fn give_to(
    tx: &mut WriteTx<'_>,
    row: &FilingRow,
    to: PersonId,
    (at, by, comment): (Moment, PersonId, &str),
) -> Result<(), Error> {
    let same = filing::id.eq(row.id).and(filing::version.eq(row.version));
    let given = diesel::update(filing::table.filter(same))
        .set((filing::author_id.eq(to), filing::version.eq(filing::version + 1)))
        .execute(tx.conn)?;
    if given != 1 {
        return Err(Error::Stale);
    }
    note_step(tx, row.id, at, by, row.state, Some(comment))
}

/// Notes the change that published a return that says no change, if it still waits for that; answers whether it did.
///
/// # Errors
/// When the database fails.
pub fn mark_published(
    tx: &mut WriteTx<'_>,
    id: FilingId,
    seq: Seq,
    (at, by): (Moment, PersonId),
) -> Result<bool, Error> {
    let waits = filing::id.eq(id).and(filing::state.eq(FilingState::Submitted));
    let marked = diesel::update(filing::table.filter(waits))
        .set((
            filing::state.eq(FilingState::Published),
            filing::published_seq.eq(seq),
            filing::version.eq(filing::version + 1),
        ))
        .execute(tx.conn)?;
    if marked == 1 {
        note_step(tx, id, at, by, FilingState::Published, None)?;
    }
    Ok(marked == 1)
}

/// The decision on whether an answer is open or closed that waits for somebody, with the name of its filing.
///
/// # Errors
/// When the database fails.
pub fn closing_waits(
    tx: &mut ReadTx<'_>,
    recommendation: RecommendationId,
    answer: AddresseeId,
) -> Result<Option<(String, Closing)>, Error> {
    let waiting = waiting_on(tx, recommendation)?.into_iter();
    let mut waiting = waiting.filter(|row| row.addressee == Some(answer) && row.state == FilingState::Submitted);
    Ok(waiting.find_map(|row| match row.proposal {
        Proposal::Closure(closing) => Some((row.reference, closing)),
        _ => None,
    }))
}
