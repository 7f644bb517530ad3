//! Dates that something is owed by.

use diesel::prelude::*;

use crate::domain::checked::Checked;
use crate::domain::deadline::{DeadlineAct, DeadlineKind};
use crate::domain::id::{AddresseeId, BodyId, DeadlineId, PersonId, Seq};
use crate::domain::moment::Day;
use crate::store::conn::{ROWS, put};
use crate::store::schema::deadline;
use crate::store::{Error, ReadTx, WriteTx};

/// A date to be published.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = deadline, treat_none_as_default_value = false)]
pub struct NewDeadline {
    /// Whose.
    pub addressee_id: AddresseeId,
    /// What is owed by it.
    pub kind: DeadlineKind,
    /// The date; `None` ends a schedule or takes a target back.
    pub due_on: Option<Day>,
    /// For a schedule: every so many months.
    pub every_months: Option<i64>,
    /// The body that set it.
    pub set_by_body: Option<BodyId>,
    /// Who set it, where that is no body of this register.
    pub set_by_words: Option<String>,
    /// Why it is set or moved, in public.
    pub reason: Option<String>,
    /// Where it can be read.
    pub source_url: Option<String>,
    /// How far it was compared with that source.
    pub checked: Checked,
    /// The date that it takes the place of.
    pub replaces: Option<DeadlineId>,
    /// The date that was recorded wrongly, and that this one puts right.
    pub corrects: Option<DeadlineId>,
    /// Who recorded it.
    pub author_id: Option<PersonId>,
    /// The rule of law by which an answer's day was reckoned.
    pub rule: Option<String>,
    /// The day from which that rule counts.
    pub rule_from: Option<Day>,
    /// Whom an answer is owed to: an organisation or a post.
    pub owed_to: Option<String>,
    /// What happened to the date that it takes the place of.
    pub act: Option<DeadlineAct>,
    /// On which day.
    pub act_on: Option<Day>,
    /// For a plan: which post owns it.
    pub owner_post: Option<String>,
    /// For a plan: what is to be done by the date.
    pub action: Option<String>,
    /// For a target that moves: who agreed, as an organisation, a committee or a post.
    pub agreed_by: Option<String>,
}

impl NewDeadline {
    /// A date of this kind with nothing said about it, as the register itself sets it.
    #[must_use]
    pub const fn of(addressee_id: AddresseeId, kind: DeadlineKind) -> Self {
        Self {
            addressee_id,
            kind,
            due_on: None,
            every_months: None,
            set_by_body: None,
            set_by_words: None,
            reason: None,
            source_url: None,
            checked: Checked::Source,
            replaces: None,
            corrects: None,
            author_id: None,
            rule: None,
            rule_from: None,
            owed_to: None,
            act: None,
            act_on: None,
            owner_post: None,
            action: None,
            agreed_by: None,
        }
    }
}

/// Publishes a date under `seq`.
///
/// # Errors
/// When the database fails.
pub fn insert_deadline(tx: &mut WriteTx<'_>, seq: Seq, new: &NewDeadline) -> Result<DeadlineId, Error> {
    Ok(diesel::insert_into(deadline::table)
        .values((deadline::seq.eq(seq), new))
        .returning(deadline::id)
        .get_result(tx.conn)?)
}

/// A date, and the row that it gets beforehand.
type Placed<'n> = (DeadlineId, &'n NewDeadline);

/// Publishes many dates under `seq`.
///
/// # Errors
/// When the database fails.
pub fn insert_deadlines(tx: &mut WriteTx<'_>, seq: Seq, all: &[Placed<'_>]) -> Result<(), Error> {
    // Each value of each row costs: what says nothing in most columns names the others alone.
    let (few, all): (Vec<Placed<'_>>, Vec<Placed<'_>>) = all.iter().copied().partition(|(_, new)| says_no_more(new));
    for some in few.chunks(ROWS) {
        let rows = some.iter().map(|(id, new)| {
            (
                (deadline::id.eq(*id), deadline::seq.eq(seq), deadline::addressee_id.eq(new.addressee_id)),
                (deadline::kind.eq(new.kind), deadline::due_on.eq(new.due_on)),
                (deadline::set_by_body.eq(new.set_by_body), deadline::source_url.eq(&new.source_url)),
                deadline::checked.eq(new.checked),
            )
        });
        put!(&mut *tx.conn, deadline, rows)?;
    }
    for some in all.chunks(ROWS) {
        let rows = some.iter().map(|(id, new)| (deadline::id.eq(*id), deadline::seq.eq(seq), *new));
        put!(&mut *tx.conn, deadline, rows)?;
    }
    Ok(())
}

/// Whether a date says no more than what is owed, by when, set by which body, and where that can be read.
const fn says_no_more(new: &NewDeadline) -> bool {
    matches!(
        new,
        NewDeadline {
            addressee_id: _,
            kind: _,
            due_on: _,
            every_months: None,
            set_by_body: _,
            set_by_words: None,
            reason: None,
            source_url: _,
            checked: _,
            replaces: None,
            corrects: None,
            author_id: None,
            rule: None,
            rule_from: None,
            owed_to: None,
            act: None,
            act_on: None,
            owner_post: None,
            action: None,
            agreed_by: None,
        }
    )
}

/// The date with which the schedule that stands began: the last one that a person set, or else the first of all.
///
/// # Errors
/// When the database fails.
pub fn schedule_began(tx: &mut ReadTx<'_>, addressee: AddresseeId) -> Result<Option<Day>, Error> {
    let dates: Vec<(Option<Day>, Option<PersonId>)> = deadline::table
        .filter(deadline::addressee_id.eq(addressee).and(deadline::kind.eq(DeadlineKind::Return)))
        .order((deadline::seq.desc(), deadline::id.desc()))
        .select((deadline::due_on, deadline::author_id))
        .load(tx.conn)?;
    let set = dates.iter().find(|(_, author)| author.is_some()).or(dates.last());
    Ok(set.and_then(|(day, _)| *day))
}
