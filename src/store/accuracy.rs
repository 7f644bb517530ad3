//! Findings that are with the body that they are about, before anybody publishes them. No public query reads this file's table.

use diesel::prelude::*;

use super::schema::{accuracy, addressee, filing};
use super::{AT_ONCE, Error, ReadTx, WriteTx};
use crate::domain::fairness::{Period, Replied};
use crate::domain::filing::FilingState;
use crate::domain::id::{AddresseeId, BodyId, FilingId, PersonId, Seq};
use crate::domain::licence::{Language, Licence, Rights};
use crate::domain::moment::{Day, Moment};

/// A finding that was shown to its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The filing's own name.
    pub reference: String,
    /// The filing.
    pub filing: FilingId,
    /// Where that stands.
    pub state: FilingState,
    /// The body that answers now: the finding is with it.
    pub body: BodyId,
    /// The time that the body has, or had.
    pub period: Period,
    /// How many of its people were told by mail.
    pub told: i64,
    /// What the body said, once it has.
    pub reply: Option<Reply>,
    /// What one of its people wrote, while it waits for the body's own sign-off.
    pub unsigned: Option<Unsigned>,
}

/// A reply that waits for the body's own sign-off. Only the body's people see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsigned {
    /// When it was written.
    pub at: Moment,
    /// Who wrote it.
    pub by: Option<PersonId>,
    /// Its words; `None` where it says that there is nothing to correct.
    pub words: Option<String>,
    /// In which language they are, and under which licence.
    pub rights: Rights,
}

/// What a body said about a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The day, in the register's zone.
    pub on: Day,
    /// Its words; `None` where it said that there is nothing to correct, or they were removed since.
    pub words: Option<String>,
    /// Whether it had words that were removed since.
    pub is_removed: bool,
    /// In which language they are, and under which licence.
    pub rights: Rights,
    /// Who wrote it.
    pub person: Option<PersonId>,
}

impl Reply {
    /// What the body said, as far as that is known.
    #[must_use]
    pub const fn said(&self) -> Replied {
        match (&self.words, self.is_removed) {
            (_, true) => Replied::Removed,
            (Some(_), false) => Replied::Words,
            (None, false) => Replied::NothingToCorrect,
        }
    }
}

/// What stands in the place of a reply's words once they were removed. Where nothing stands, the body said that there is nothing to
/// correct.
const REMOVED: &str = "";

type Row = (
    (String, FilingId, FilingState, BodyId),
    (Day, Day, i64),
    (Option<Day>, Option<String>, Option<PersonId>),
    (Option<Moment>, Option<PersonId>, Option<String>),
    (Option<Language>, Option<Licence>),
);

macro_rules! columns {
    () => {
        (
            (filing::reference, filing::id, filing::state, addressee::answerer_id),
            (accuracy::sent_on, accuracy::until_on, accuracy::told),
            (accuracy::replied_on, accuracy::reply, accuracy::person_id),
            (accuracy::unsigned_at, accuracy::unsigned_by, accuracy::unsigned),
            (accuracy::language, accuracy::licence),
        )
    };
}

/// Notes that a finding is with its body.
///
/// # Errors
/// When the database fails.
pub fn begin(tx: &mut WriteTx<'_>, filing: FilingId, body: BodyId, period: Period, told: i64) -> Result<(), Error> {
    diesel::insert_into(accuracy::table)
        .values((
            accuracy::filing_id.eq(filing),
            accuracy::body_id.eq(body),
            accuracy::sent_on.eq(period.sent_on),
            accuracy::until_on.eq(period.until),
            accuracy::told.eq(told),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Keeps what the body said. It may do so once.
///
/// # Errors
/// [`Error::Stale`] when somebody of the body was first.
pub fn keep_reply(
    tx: &mut WriteTx<'_>,
    filing: FilingId,
    (at, on): (Moment, Day),
    person: PersonId,
    (words, rights): (Option<&str>, Rights),
) -> Result<(), Error> {
    let open = accuracy::table.filter(accuracy::filing_id.eq(filing).and(accuracy::replied_at.is_null()));
    let kept = diesel::update(open)
        .set((
            accuracy::replied_at.eq(at),
            accuracy::replied_on.eq(on),
            accuracy::reply.eq(words),
            accuracy::language.eq(rights.language),
            accuracy::licence.eq(rights.licence),
            accuracy::person_id.eq(person),
        ))
        .execute(tx.conn)?;
    forget_unsigned(tx, filing)?;
    if kept == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Keeps what one of the body's people wrote until it is signed off, in the place of what was kept before.
///
/// # Errors
/// [`Error::Stale`] when the body has replied meanwhile.
pub fn keep_unsigned(
    tx: &mut WriteTx<'_>,
    filing: FilingId,
    at: Moment,
    person: PersonId,
    (words, rights): (Option<&str>, Rights),
) -> Result<(), Error> {
    let open = accuracy::table.filter(accuracy::filing_id.eq(filing).and(accuracy::replied_at.is_null()));
    let set = (
        (accuracy::unsigned_at.eq(at), accuracy::unsigned_by.eq(person), accuracy::unsigned.eq(words)),
        (accuracy::language.eq(rights.language), accuracy::licence.eq(rights.licence)),
    );
    if diesel::update(open).set(set).execute(tx.conn)? == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Removes what waited for sign-off: it was signed off, or was kept long enough.
///
/// # Errors
/// When the database fails.
pub fn forget_unsigned(tx: &mut WriteTx<'_>, filing: FilingId) -> Result<(), Error> {
    let nothing = (
        accuracy::unsigned_at.eq(None::<Moment>),
        accuracy::unsigned_by.eq(None::<PersonId>),
        accuracy::unsigned.eq(None::<String>),
    );
    diesel::update(accuracy::table.filter(accuracy::filing_id.eq(filing))).set(nothing).execute(tx.conn)?;
    Ok(())
}

/// What a body's people wrote about the finding that this change published, and nobody signed off in time: it is no reply, and
/// theirs to begin one with.
///
/// # Errors
/// When the database fails.
pub fn left_unsigned(
    tx: &mut ReadTx<'_>,
    answer: AddresseeId,
    published: Seq,
) -> Result<Option<(String, Rights)>, Error> {
    let row: Option<Row> = accuracy::table
        .inner_join(filing::table.on(filing::id.eq(accuracy::filing_id)))
        .inner_join(addressee::table.on(addressee::id.nullable().eq(filing::addressee_id)))
        .filter(filing::addressee_id.eq(answer).and(filing::published_seq.eq(published)))
        .filter(accuracy::unsigned.is_not_null())
        .order(accuracy::id.desc())
        .select(columns!())
        .first(tx.conn)
        .optional()?;
    Ok(row.and_then(|row| check(row).unsigned).and_then(|left| Some((left.words?, left.rights))))
}

/// Removes what was not signed off in time about published findings on an answer: its body has sent its own reply.
///
/// # Errors
/// When the database fails.
pub fn forget_left(tx: &mut WriteTx<'_>, answer: AddresseeId) -> Result<(), Error> {
    let ids: Vec<FilingId> = filing::table
        .filter(filing::addressee_id.eq(answer).and(filing::state.eq(FilingState::Published)))
        .select(filing::id)
        .load(tx.conn)?;
    ids.into_iter().try_for_each(|id| forget_unsigned(tx, id))
}

/// Removes what was written before then and could be signed off until an earlier day than this one. Answers how many went.
///
/// # Errors
/// When the database fails.
pub fn forget_late(tx: &mut WriteTx<'_>, before: Moment, day: Day) -> Result<usize, Error> {
    let ids: Vec<FilingId> = accuracy::table
        .filter(accuracy::unsigned_at.lt(before))
        .filter(accuracy::until_on.lt(day))
        .select(accuracy::filing_id)
        .load(tx.conn)?;
    ids.iter().try_for_each(|id| forget_unsigned(tx, *id))?;
    Ok(ids.len())
}

/// Removes the words of the reply about a finding, and all of one that waited for sign-off: without its words it would say that
/// there is nothing to correct. That a reply had words is known afterwards. Answers how many went.
///
/// # Errors
/// When the database fails.
pub fn remove_words(tx: &mut WriteTx<'_>, filing: FilingId) -> Result<usize, Error> {
    let of = || accuracy::table.filter(accuracy::filing_id.eq(filing));
    let waiting: i64 = of().filter(accuracy::unsigned_at.is_not_null()).count().get_result(tx.conn)?;
    let said = of().filter(accuracy::reply.is_not_null().and(accuracy::reply.ne(REMOVED)));
    let gone = diesel::update(said).set(accuracy::reply.eq(REMOVED)).execute(tx.conn)?;
    forget_unsigned(tx, filing)?;
    Ok(gone + usize::from(waiting > 0))
}

/// How a finding stands with its body, where it was shown to it.
///
/// # Errors
/// When the database fails.
pub fn of_filing(tx: &mut ReadTx<'_>, id: FilingId) -> Result<Option<Check>, Error> {
    let row: Option<Row> = accuracy::table
        .inner_join(filing::table.on(filing::id.eq(accuracy::filing_id)))
        .inner_join(addressee::table.on(addressee::id.nullable().eq(filing::addressee_id)))
        .filter(accuracy::filing_id.eq(id))
        .select(columns!())
        .first(tx.conn)
        .optional()?;
    Ok(row.map(check))
}

/// How these findings stand with their bodies, those of them that were shown to one.
///
/// # Errors
/// When the database fails.
pub fn of_filings(tx: &mut ReadTx<'_>, ids: &[FilingId]) -> Result<Vec<Check>, Error> {
    let mut checks = Vec::new();
    for some in ids.chunks(AT_ONCE) {
        let rows: Vec<Row> = accuracy::table
            .inner_join(filing::table.on(filing::id.eq(accuracy::filing_id)))
            .inner_join(addressee::table.on(addressee::id.nullable().eq(filing::addressee_id)))
            .filter(accuracy::filing_id.eq_any(some))
            .select(columns!())
            .load(tx.conn)?;
        checks.extend(rows.into_iter().map(check));
    }
    Ok(checks)
}

/// The findings about a body that were shown to it and wait to be published, the first to end first.
///
/// # Errors
/// When the database fails.
pub fn of_body(tx: &mut ReadTx<'_>, body: BodyId) -> Result<Vec<Check>, Error> {
    let rows: Vec<Row> = accuracy::table
        .inner_join(filing::table.on(filing::id.eq(accuracy::filing_id)))
        .inner_join(addressee::table.on(addressee::id.nullable().eq(filing::addressee_id)))
        .filter(addressee::answerer_id.eq(body).and(filing::state.eq(FilingState::Submitted)))
        .order((accuracy::until_on, accuracy::id))
        .select(columns!())
        .load(tx.conn)?;
    Ok(rows.into_iter().map(check).collect())
}

/// Everything that waits to be published and was shown to its body.
///
/// # Errors
/// When the database fails.
pub fn waiting(tx: &mut ReadTx<'_>) -> Result<Vec<Check>, Error> {
    let rows: Vec<Row> = accuracy::table
        .inner_join(filing::table.on(filing::id.eq(accuracy::filing_id)))
        .inner_join(addressee::table.on(addressee::id.nullable().eq(filing::addressee_id)))
        .filter(filing::state.eq(FilingState::Submitted))
        .order(accuracy::id)
        .select(columns!())
        .load(tx.conn)?;
    Ok(rows.into_iter().map(check).collect())
}

fn check(row: Row) -> Check {
    let ((reference, filing, state, body), (sent_on, until, told), (replied_on, words, person), unsigned, rights) = row;
    let (written_at, by, unsigned) = unsigned;
    let rights = Rights { language: rights.0, licence: rights.1 };
    Check {
        reference,
        filing,
        state,
        body,
        period: Period { sent_on, until, replied: replied_on.is_some() },
        told,
        reply: replied_on.map(|on| {
            let is_removed = words.as_deref() == Some(REMOVED);
            Reply { on, words: words.filter(|_| !is_removed), is_removed, rights, person }
        }),
        unsigned: written_at.map(|at| Unsigned { at, by, words: unsigned, rights }),
    }
}
