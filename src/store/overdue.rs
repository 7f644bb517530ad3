//! What is overdue: dates that passed with nothing received, where the register was there to hear. The rule is
//! [`Owed`](crate::domain::deadline::Owed)'s, written so that a database finds the rows by its indexes.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};

use super::addressee::Answer;
use super::body::{self, BodyName};
use super::charge::Whose;
use super::detail::{self, Details};
use super::hold::{On, Silences};
use super::page::{COUNT_LIMIT, Capped, Cursor, NoCursor, Page};
use super::present::{DATE_COLUMNS, DATES_OF_BODY, DATES_OF_INQUIRY, Scope, target_unmet};
use super::schema::{addressee, body as body_table, tally};
use super::{Error, ReadTx, first_target, heard};
use crate::domain::deadline::{DeadlineKind, is_settled};
use crate::domain::id::{AddresseeId, BodyId, DeadlineId, InquiryId, RecommendationId};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::Day;

/// Which of the dates that passed are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Narrow {
    /// Of one inquiry only.
    pub inquiry: Option<InquiryId>,
    /// Of one body only.
    pub body: Option<BodyId>,
    /// Of one kind only.
    pub kind: Option<DeadlineKind>,
}

/// Every date that passed.
pub static ALL: Wanted = Wanted { whose: None, owed_by_bodies: false };

/// What else staff ask for: on whose list the answers are, and whether what oversight owes itself is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// On whose list.
    pub whose: Option<Whose>,
    /// No days of looking again.
    pub owed_by_bodies: bool,
}

/// A date that passed.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Missed {
    /// The row of the date.
    pub deadline: DeadlineId,
    /// What was owed by it.
    pub kind: DeadlineKind,
    /// The date.
    pub due_on: Day,
    /// Whose answer it is about.
    pub addressee: AddresseeId,
    /// The recommendation.
    pub recommendation: RecommendationId,
    /// The inquiry.
    pub inquiry: InquiryId,
    /// The body.
    pub body: BodyName,
    /// The first target date, where that passed too and the register heard it.
    pub first_on: Option<Day>,
    /// How often the target was moved.
    pub times_moved: i64,
}

/// The kinds of date that can be missed.
pub const KINDS: [DeadlineKind; 5] =
    [DeadlineKind::Response, DeadlineKind::Return, DeadlineKind::Target, DeadlineKind::Decision, DeadlineKind::Recheck];

/// One page of what is overdue on `today`, the longest overdue first.
///
/// # Errors
/// When the database fails.
pub fn list(
    tx: &mut ReadTx<'_>,
    today: Day,
    narrow: Narrow,
    after: Option<After>,
    size: usize,
) -> Result<Page<Missed, 2>, Error> {
    list_for(tx, today, (narrow, &ALL), after, size)
}

/// The same, as staff ask for it.
///
/// # Errors
/// When the database fails.
pub fn list_for(
    tx: &mut ReadTx<'_>,
    today: Day,
    narrow: (Narrow, &Wanted),
    after: Option<After>,
    size: usize,
) -> Result<Page<Missed, 2>, Error> {
    let mut rows = gather(tx, today, narrow, after, body::limit(size))?;
    rows.sort_by_key(|missed| (missed.due_on, missed.deadline));
    Ok(Page::cut(rows, size, |missed| [days(missed.due_on), missed.deadline.0]))
}

/// An answer that was closed as done and no longer holds.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Lapsed {
    /// The recommendation.
    pub recommendation: RecommendationId,
    /// The body that was asked.
    pub body: BodyName,
    /// The day on which that was found.
    pub on: Option<Day>,
    /// The body that answers now.
    pub answerer: BodyId,
}

/// What was closed as done and no longer holds, the longest first, until it is decided on anew.
///
/// # Errors
/// When the database fails.
pub fn lapsed(tx: &mut ReadTx<'_>, narrow: Narrow, most: i64) -> Result<Vec<Lapsed>, Error> {
    let mut query = addressee::table
        .inner_join(body_table::table)
        .filter(addressee::present.and(addressee::lifecycle.eq(Lifecycle::Lapsed)))
        .order((addressee::lifecycle_on, addressee::id))
        .limit(most)
        .select((addressee::recommendation_id, body::NAME, addressee::lifecycle_on, addressee::answerer_id))
        .into_boxed();
    if let Some(inquiry) = narrow.inquiry {
        query = query.filter(addressee::inquiry_id.eq(inquiry));
    }
    if let Some(body) = narrow.body {
        query = query.filter(addressee::answerer_id.eq(body));
    }
    Ok(query.load(tx.conn)?)
}

/// How much is overdue, and of how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overdue {
    /// The dates that passed with nothing recorded since, counted up to the limit.
    pub dates: Capped,
    /// The dates that stand, by which something is owed, whenever: those among which they were looked for.
    pub of: u64,
}

/// How much is overdue on `today`.
///
/// # Errors
/// When the database fails.
pub fn count(tx: &mut ReadTx<'_>, today: Day, narrow: Narrow) -> Result<Overdue, Error> {
    if tx.past().is_some() {
        return count_then(tx, today, narrow);
    }
    let dates = Capped::of(gather(tx, today, (narrow, &ALL), None, COUNT_LIMIT + 1)?.len());
    Ok(Overdue { dates, of: standing(tx, narrow)? })
}

/// How many.
#[derive(QueryableByName)]
pub(super) struct Number {
    #[diesel(sql_type = BigInt)]
    pub(super) number: i64,
}

/// How many dates stand, by which something is owed: what is settled holds none. They are kept by inquiry and by body.
fn standing(tx: &mut ReadTx<'_>, narrow: Narrow) -> Result<u64, Error> {
    let (scope, id) = match (narrow.inquiry, narrow.body) {
        (Some(inquiry), Some(body)) => return standing_of_both(tx, inquiry, body, narrow.kind),
        (None, Some(body)) => (DATES_OF_BODY, Some(body.0)),
        (inquiry, None) => (DATES_OF_INQUIRY, inquiry.map(|inquiry| inquiry.0)),
    };
    let mut kept = tally::table.filter(tally::scope.eq(scope)).select(tally::number).into_boxed();
    if let Some(id) = id {
        kept = kept.filter(tally::scope_id.eq(id));
    }
    if let Some(kind) = narrow.kind {
        kept = kept.filter(tally::fact.eq(kind.as_str()));
    }
    let numbers: Vec<i64> = kept.load(tx.conn)?;
    Ok(numbers.into_iter().sum::<i64>().unsigned_abs())
}

/// The same of what one body answers to one inquiry. Nothing that anybody typed gets in: the numbers of rows.
fn standing_of_both(
    tx: &mut ReadTx<'_>,
    inquiry: InquiryId,
    body: BodyId,
    kind: Option<DeadlineKind>,
) -> Result<u64, Error> {
    let open = format!("addressee.lifecycle <> '{}'", Lifecycle::Closed);
    let counted = DATE_COLUMNS.into_iter().filter(|(of, _)| kind.is_none_or(|wanted| wanted == *of));
    let counted = counted.map(|(kind, (date, _))| {
        let stands = match kind {
            DeadlineKind::Target => format!("{open} and {}", target_unmet()),
            // Oversight looks again at what is closed, too.
            DeadlineKind::Recheck => "addressee.present".to_owned(),
            _ => open.clone(),
        };
        format!("count(case when {stands} then addressee.{date} end)")
    });
    let counted = counted.collect::<Vec<_>>().join(" + ");
    if counted.is_empty() {
        return Ok(0);
    }
    let question = format!(
        "select {counted} as number from addressee where addressee.present and addressee.inquiry_id = {inquiry} \
         and addressee.answerer_id = {body}"
    );
    let rows: Vec<Number> = sql_query(question).load(tx.conn)?;
    Ok(rows.iter().map(|row| row.number.unsigned_abs()).sum())
}

/// The same, as staff ask for it, and the longest overdue of them.
///
/// # Errors
/// When the database fails.
pub fn count_for(tx: &mut ReadTx<'_>, today: Day, wanted: &Wanted) -> Result<(Capped, Option<Day>), Error> {
    let rows = gather(tx, today, (Narrow::default(), wanted), None, COUNT_LIMIT + 1)?;
    Ok((Capped::of(rows.len()), rows.iter().map(|missed| missed.due_on).min()))
}

/// The same as it stood then, of one inquiry or one body.
fn count_then(tx: &mut ReadTx<'_>, day: Day, narrow: Narrow) -> Result<Overdue, Error> {
    let (answers, details) = dates_then(tx, narrow)?;
    let (mut missed, mut of) = (0, 0);
    for kind in KINDS.into_iter().filter(|kind| narrow.kind.is_none_or(|wanted| wanted == *kind)) {
        missed += answers.iter().filter(|answer| details.missed(answer, kind, day).is_some()).count();
        let stands = |answer: &&Answer| answer.due(kind).is_some() && !is_settled(kind, answer.standing());
        of += answers.iter().filter(stands).count() as u64;
    }
    Ok(Overdue { dates: Capped::of(missed), of })
}

/// The answers of one inquiry or one body as they stood then, with their dates.
///
/// # Errors
/// When both are left open: the whole register is not looked back to; when the database fails.
pub(super) fn dates_then(tx: &mut ReadTx<'_>, narrow: Narrow) -> Result<(Vec<Answer>, Details), Error> {
    let scope = match narrow {
        Narrow { body: Some(body), .. } => Scope::Body(body),
        Narrow { inquiry: Some(inquiry), .. } => Scope::Inquiry(inquiry),
        Narrow { .. } => return Err(Error::Failed("the whole register is not looked back to".to_owned())),
    };
    let mut answers = super::addressee::all_then(tx, scope)?;
    answers.retain(|answer| narrow.inquiry.is_none_or(|inquiry| inquiry == answer.inquiry_id));
    let details = detail::all_dates_of(tx, &answers)?;
    Ok((answers, details))
}

/// The last row of the page before: its date and its deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    due_on: Day,
    deadline: DeadlineId,
}

impl TryFrom<Cursor<2>> for After {
    type Error = NoCursor;

    fn try_from(Cursor([day, deadline]): Cursor<2>) -> Result<Self, NoCursor> {
        if !(0..=4_000_000).contains(&day) {
            return Err(NoCursor);
        }
        Ok(Self { due_on: first_day().plus_days(day), deadline: DeadlineId(deadline) })
    }
}

/// Days are counted from the first of the year 1, for cursors.
pub(super) fn first_day() -> Day {
    Day::new(jiff::civil::date(1, 1, 1))
}

fn days(day: Day) -> i64 {
    day.days_since(first_day())
}

/// The rows of every kind of date that is wanted, at most so many of each.
fn gather(
    tx: &mut ReadTx<'_>,
    today: Day,
    (narrow, wanted): (Narrow, &Wanted),
    after: Option<After>,
    most: i64,
) -> Result<Vec<Missed>, Error> {
    let quiet: Vec<(On, Day)> = Silences::read(tx)?.lasting(today);
    let mut rows = Vec::new();
    for kind in KINDS {
        let left_out = wanted.owed_by_bodies && kind == DeadlineKind::Recheck;
        if narrow.kind.is_none_or(|wanted| wanted == kind) && !left_out {
            rows.extend(of_kind(tx, kind, (today, &quiet), (narrow, wanted), after, most)?);
        }
    }
    Ok(rows)
}

/// Of the table `addressee`, in the words of the indexes that hold nothing else: what is owed by a date still, where the register was
/// there to hear. Which dates are settled is known to the present rows, which then hold none; a target is settled by what the body
/// or oversight says. Nothing is owed on what is closed, but that oversight looks again.
pub(super) fn owed(kind: DeadlineKind, date: &str) -> String {
    let heard = format!("addressee.present and addressee.taken_in_on <= addressee.{date}");
    let open = format!("addressee.lifecycle <> '{}'", Lifecycle::Closed);
    match kind {
        DeadlineKind::Recheck => heard,
        DeadlineKind::Target => format!("{heard} and {open} and {}", target_unmet()),
        _ => format!("{heard} and {open}"),
    }
}

/// One kind: what counts as missed by the rule in [`heard`].
macro_rules! missed {
    ($tx:expr, ($kind:expr, $today:expr), $narrow:expr, $after:expr, $most:expr, $deadline:ident, $due:ident) => {{
        let first_heard =
            format!("case when {} then addressee.first_target_on end", first_target::heard($today.0, $today.1));
        let passed = heard::missed($kind, (stringify!($due), stringify!($deadline)), $today.0, $today.1);
        let mut query = addressee::table
            .inner_join(body_table::table)
            .filter(addressee::$due.lt($today.0))
            .filter(sql::<Bool>(&owed($kind, stringify!($due))))
            .filter(sql::<Bool>(&passed))
            .order((addressee::$due, addressee::$deadline))
            .limit($most)
            .select((
                addressee::$deadline.assume_not_null(),
                sql::<Text>(&format!("'{}'", $kind)),
                addressee::$due.assume_not_null(),
                addressee::id,
                addressee::recommendation_id,
                addressee::inquiry_id,
                body::NAME,
                sql::<Nullable<Text>>(&first_heard),
                addressee::times_moved,
            ))
            .into_boxed();
        if let Some(inquiry) = $narrow.0.inquiry {
            query = query.filter(addressee::inquiry_id.eq(inquiry));
        }
        if let Some(body) = $narrow.0.body {
            query = query.filter(addressee::answerer_id.eq(body));
        }
        if let Some(whose) = &$narrow.1.whose {
            let listed = whose.condition("addressee.inquiry_id", "addressee.answerer_id");
            query = query.filter(sql::<Bool>(&listed));
        }
        if let Some(After { due_on, deadline }) = $after {
            let later = addressee::$due.eq(due_on).and(addressee::$deadline.gt(deadline));
            query = query.filter(addressee::$due.gt(due_on).or(later));
        }
        query.load::<Missed>($tx.conn)?
    }};
}

fn of_kind(
    tx: &mut ReadTx<'_>,
    kind: DeadlineKind,
    today: (Day, &[(On, Day)]),
    narrow: (Narrow, &Wanted),
    after: Option<After>,
    most: i64,
) -> Result<Vec<Missed>, Error> {
    Ok(match kind {
        DeadlineKind::Response => {
            missed!(tx, (kind, today), narrow, after, most, response_deadline_id, response_due_on)
        }
        DeadlineKind::Decision => {
            missed!(tx, (kind, today), narrow, after, most, decision_deadline_id, decision_due_on)
        }
        DeadlineKind::Return => missed!(tx, (kind, today), narrow, after, most, return_deadline_id, return_due_on),
        DeadlineKind::Target => {
            missed!(tx, (kind, today), narrow, after, most, target_deadline_id, target_on)
        }
        DeadlineKind::Recheck => {
            missed!(tx, (kind, today), narrow, after, most, recheck_deadline_id, recheck_due_on)
        }
        DeadlineKind::Plan => Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_survives_its_cursor() {
        let due_on: Day = "2027-03-01".parse().unwrap();
        let after = After::try_from(Cursor([days(due_on), 7])).unwrap();
        assert_eq!(after, After { due_on, deadline: DeadlineId(7) });
        assert!(After::try_from(Cursor([i64::MAX, 7])).is_err());
    }
}
