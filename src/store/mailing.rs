//! Ranges of changes, each of which the public is told of, is not, or may be once somebody has decided. They follow one upon
//! another without a gap, so that no change is lost between them.

use diesel::prelude::*;

use super::reach::Published;
use super::schema::{mailing, person};
use super::subscriber::Subscriber;
use super::subscription::Followed;
use super::{Error, ReadTx, WriteTx, ledger, reach, subscriber};
use crate::domain::change::ChangeKind;
use crate::domain::id::{MailingId, PersonId, Seq, SubscriberId};
use crate::domain::moment::Moment;
use crate::domain::subscription::{MANY_CHANGES, MailingState};

/// One range.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Mailing {
    /// Its row.
    pub id: MailingId,
    /// Its own random name, as in its address.
    pub reference: String,
    /// The change before its first.
    pub after: Seq,
    /// Its last change.
    pub upto: Seq,
    /// How many changes of it the public would be told of.
    pub changes: i64,
    /// Where it stands.
    pub state: MailingState,
    /// When it was made.
    pub made_at: Moment,
    /// When somebody decided.
    pub decided_at: Option<Moment>,
    /// From when on it goes.
    pub goes_at: Option<Moment>,
    /// Grows with each step.
    pub version: i64,
    /// Who decided; for staff alone.
    pub decided_by: Option<String>,
}

macro_rules! columns {
    () => {
        (
            mailing::id,
            mailing::reference,
            mailing::after_seq,
            mailing::upto_seq,
            mailing::changes,
            mailing::state,
            mailing::made_at,
            mailing::decided_at,
            mailing::goes_at,
            mailing::version,
            person::name.nullable(),
        )
    };
}

macro_rules! all {
    () => {
        mailing::table.left_join(person::table.on(mailing::decided_by.eq(person::id.nullable()))).select(columns!())
    };
}

/// The last change of the last range; 0 before the first.
///
/// # Errors
/// When the database fails.
pub fn upto(tx: &mut ReadTx<'_>) -> Result<Seq, Error> {
    let last: Option<Seq> = mailing::table.select(diesel::dsl::max(mailing::upto_seq)).first(tx.conn)?;
    Ok(last.unwrap_or(Seq(0)))
}

/// The ranges that reach beyond a change, in their order.
///
/// # Errors
/// When the database fails.
pub fn beyond(tx: &mut ReadTx<'_>, after: Seq) -> Result<Vec<Mailing>, Error> {
    Ok(all!().filter(mailing::upto_seq.gt(after)).order(mailing::upto_seq).load(tx.conn)?)
}

/// Adds the next range.
///
/// # Errors
/// When the database fails.
pub fn insert(
    tx: &mut WriteTx<'_>,
    reference: &str,
    (after, upto): (Seq, Seq),
    changes: i64,
    state: MailingState,
    now: Moment,
) -> Result<(), Error> {
    diesel::insert_into(mailing::table)
        .values((
            mailing::reference.eq(reference),
            mailing::after_seq.eq(after),
            mailing::upto_seq.eq(upto),
            mailing::changes.eq(changes),
            mailing::state.eq(state),
            mailing::made_at.eq(now),
            mailing::version.eq(1_i64),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// One of them.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn find(tx: &mut ReadTx<'_>, reference: &str) -> Result<Mailing, Error> {
    Ok(all!().filter(mailing::reference.eq(reference)).first(tx.conn)?)
}

/// Those that wait: for a decision, or for the moment from which they go.
///
/// # Errors
/// When the database fails.
pub fn waiting(tx: &mut ReadTx<'_>) -> Result<Vec<Mailing>, Error> {
    let waits = mailing::state.eq(MailingState::Asked).or(mailing::state.eq(MailingState::Approved));
    Ok(all!().filter(waits).order(mailing::upto_seq).load(tx.conn)?)
}

/// To how many readers one of them would go, by what they follow now.
///
/// # Errors
/// When the database fails.
pub fn readers(tx: &mut ReadTx<'_>, one: &Mailing) -> Result<u64, Error> {
    let published = reach::between(tx, (one.after, one.upto))?;
    Ok(reached(tx, &published)?.0)
}

/// How many readers any of these changes would go to, and which of them would go to anybody, by what they follow now.
fn reached<'a>(tx: &mut ReadTx<'_>, published: &'a [Published]) -> Result<(u64, Vec<&'a Published>), Error> {
    let readers = subscriber::active(tx)?;
    let ids: Vec<SubscriberId> = readers.iter().map(|reader| reader.id).collect();
    let follows = Followed::read(tx, &ids)?;
    let is_told =
        |reader: &&Subscriber| published.iter().any(|change| change.is_for(reader.cycle, follows.by(reader.id)));
    let number = readers.iter().filter(is_told).count() as u64;
    Ok((number, reaching(&readers, &follows, published)))
}

/// Which of these changes would go to any of these readers, by what they follow.
#[must_use]
pub fn reaching<'p>(readers: &[Subscriber], follows: &Followed, published: &'p [Published]) -> Vec<&'p Published> {
    let reaches = |change: &&Published| readers.iter().any(|one| change.is_for(one.cycle, follows.by(one.id)));
    published.iter().filter(reaches).collect()
}

/// Whether somebody has to decide whether the public is mailed, of changes that would reach somebody: where they are many, or a load is
/// among them.
#[must_use]
pub fn is_asked_about(reaching: &[&Published]) -> bool {
    reaching.len() > MANY_CHANGES || reaching.iter().any(|change| change.kind == ChangeKind::Load)
}

/// What was published since the last round, where the next one will ask whether the public is mailed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coming {
    /// The change before its first.
    pub after: Seq,
    /// Its last change.
    pub upto: Seq,
    /// How many changes of it the public would be told of.
    pub changes: u64,
    /// To how many readers it would go, by what they follow now.
    pub readers: u64,
}

/// What the next round will ask about, by what is published now; `None` where it will ask nothing.
///
/// # Errors
/// When the database fails.
pub fn coming(tx: &mut ReadTx<'_>) -> Result<Option<Coming>, Error> {
    let (after, newest) = (upto(tx)?, ledger::newest(tx)?);
    if after >= newest {
        return Ok(None);
    }
    let published = reach::between(tx, (after, newest))?;
    let (readers, reaching) = reached(tx, &published)?;
    let changes = reaching.len() as u64;
    Ok(is_asked_about(&reaching).then_some(Coming { after, upto: newest, changes, readers }))
}

/// Those that were decided on last.
///
/// # Errors
/// When the database fails.
pub fn decided(tx: &mut ReadTx<'_>, most: i64) -> Result<Vec<Mailing>, Error> {
    let decided = mailing::state.eq(MailingState::Released).or(mailing::state.eq(MailingState::Refused));
    Ok(all!().filter(decided).order(mailing::upto_seq.desc()).limit(most).load(tx.conn)?)
}

/// How many wait for a decision, and since when the first does.
///
/// # Errors
/// When the database fails.
pub fn asked(tx: &mut ReadTx<'_>) -> Result<(i64, Option<Moment>), Error> {
    let asked = mailing::table.filter(mailing::state.eq(MailingState::Asked));
    Ok(asked.select((diesel::dsl::count_star(), diesel::dsl::min(mailing::made_at))).first(tx.conn)?)
}

/// Notes a decision.
///
/// # Errors
/// [`Error::Stale`] when somebody decided meanwhile.
pub fn decide(
    tx: &mut WriteTx<'_>,
    seen: &Mailing,
    (state, goes_at): (MailingState, Option<Moment>),
    (now, by): (Moment, PersonId),
) -> Result<(), Error> {
    let set = (
        mailing::state.eq(state),
        mailing::goes_at.eq(goes_at),
        mailing::decided_at.eq(Some(now)),
        mailing::decided_by.eq(Some(by)),
        mailing::version.eq(seen.version + 1),
    );
    let unchanged = mailing::table.find(seen.id).filter(mailing::version.eq(seen.version));
    if diesel::update(unchanged).set(set).execute(tx.conn)? == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Whether a mailing was decided on whose wait is over.
///
/// # Errors
/// When the database fails.
pub fn is_any_due(tx: &mut ReadTx<'_>, now: Moment) -> Result<bool, Error> {
    let due: i64 = mailing::table
        .filter(mailing::state.eq(MailingState::Approved).and(mailing::goes_at.assume_not_null().le(now)))
        .count()
        .get_result(tx.conn)?;
    Ok(due > 0)
}

/// Lets those go whose wait is over. Answers how many.
///
/// # Errors
/// When the database fails.
pub fn release(tx: &mut WriteTx<'_>, now: Moment) -> Result<usize, Error> {
    let due = mailing::table
        .filter(mailing::state.eq(MailingState::Approved).and(mailing::goes_at.assume_not_null().le(now)));
    let set = (mailing::state.eq(MailingState::Released), mailing::version.eq(mailing::version + 1));
    Ok(diesel::update(due).set(set).execute(tx.conn)?)
}
