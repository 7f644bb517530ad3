//! The desk's lists of answers and of unpublished work: each by keys, the oldest first, of everybody or of one person's.

use std::cmp::Ordering;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable, Text};

use super::body::{ANSWERER, limit};
use super::charge::Whose;
use super::desk::Work;
use super::page::{COUNT_LIMIT, Capped, Cursor, NoCursor, Page};
use super::present::{COUNTED, target_unmet};
use super::schema::{addressee, body, filing, inquiry, person, recommendation, wording};
use super::withheld::{Title, title};
use super::{Error, ReadTx};
use crate::domain::assessed::Assessed;
use crate::domain::deadline::DeadlineKind;
use crate::domain::filing::{FilingKind, FilingState};
use crate::domain::id::{AddresseeId, FilingId, InquiryId, PersonId};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::{Day, Moment};

/// A list of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// A body says complete or in place, and nobody has looked since; nothing waits for a second person.
    ToAssess,
    /// Something is due in the next days: of this kind, in as many days as this.
    Due(DeadlineKind, i64),
    /// Oversight was to look again by today.
    ToLookAgain,
    /// What was found is older than its schedule.
    NotLately,
    /// Whatever is not closed of one inquiry, in the order in which it was taken in.
    OpenOf(InquiryId),
    /// A target date was moved, and what it is a date of is not closed.
    Moved,
}

/// Since when a target stands: the day on which the move was published.
const MOVED_ON: &str = "(select change.day from deadline join change on change.seq = deadline.seq \
    where deadline.id = addressee.target_deadline_id)";

/// Whether the body's word was published after what was found, and no day contradicts that: one of the two days is not known,
/// or not to the day, or they are the same.
const SAID_SINCE: &str = "((select said.seq from fact_update said where said.id = addressee.reported_update_id) \
    > (select found.seq from fact_update found where found.id = addressee.assessed_update_id) \
    and (addressee.reported_on is null or addressee.assessed_on is null or addressee.reported_on = addressee.assessed_on \
    or addressee.reported_precision <> 'on' or addressee.assessed_precision <> 'on'))";

impl List {
    /// The day by which the list is in order.
    const fn key(self) -> &'static str {
        match self {
            Self::ToAssess => "coalesce(addressee.reported_on, '0001-01-01')",
            Self::Due(DeadlineKind::Response, _) => "addressee.response_due_on",
            Self::Due(DeadlineKind::Decision, _) => "addressee.decision_due_on",
            Self::Due(DeadlineKind::Target, _) => "addressee.target_on",
            Self::Due(..) => "addressee.return_due_on",
            Self::ToLookAgain => "addressee.recheck_due_on",
            Self::NotLately => "addressee.looked_until",
            Self::Moved => MOVED_ON,
            Self::OpenOf(_) => "addressee.taken_in_on",
        }
    }

    fn condition(self, today: Day) -> String {
        let open = format!("addressee.lifecycle <> '{}'", Lifecycle::Closed);
        match self {
            Self::ToAssess => format!(
                "addressee.gap and {open} \
                 and (addressee.assessed = '{}' or addressee.reported_on > addressee.assessed_on or {SAID_SINCE}) \
                 and not exists (select 1 from filing where filing.addressee_id = addressee.id and filing.kind = '{}' \
                 and filing.state in ('{}', '{}'))",
                Assessed::NotAssessed,
                FilingKind::Assessment,
                FilingState::Submitted,
                FilingState::SentBack
            ),
            Self::Due(kind, days) => {
                let unmet = match kind {
                    DeadlineKind::Target => format!(" and {}", target_unmet()),
                    _ => String::new(),
                };
                format!("{open} and {} between '{today}' and '{}'{unmet}", self.key(), today.plus_days(days))
            }
            Self::ToLookAgain => format!("addressee.recheck_due_on <= '{today}'"),
            Self::NotLately => format!("addressee.looked_until < '{today}'"),
            Self::OpenOf(inquiry) => format!("{open} and addressee.inquiry_id = {inquiry}"),
            Self::Moved => format!("{open} and addressee.times_moved > 0"),
        }
    }

    fn wanted(self, whose: &Whose, today: Day) -> String {
        let whose = whose.condition("addressee.inquiry_id", "addressee.answerer_id");
        format!("addressee.present and {COUNTED} and {} and {whose}", self.condition(today))
    }
}

/// One answer on a list.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Waits {
    /// The answer.
    pub id: AddresseeId,
    /// The day by which it is in order.
    pub day: Day,
    /// The inquiry's part of an address.
    pub inquiry_slug: String,
    /// What people call the inquiry.
    pub inquiry: String,
    /// The number of the recommendation.
    pub number: String,
    /// Its title, or why it has none.
    pub title: Title,
    /// The part of an address of the body asked.
    pub body_slug: String,
    /// Its name.
    pub body: String,
    /// The name of the body that answers now.
    pub answerer: String,
    /// The target date that stands.
    pub target_on: Option<Day>,
    /// How often that was moved.
    pub times_moved: i64,
    /// When its next update is asked for.
    pub return_due_on: Option<Day>,
    /// Every so many months after that.
    pub return_every: Option<i64>,
    /// The answer's version, for forms.
    pub version: i64,
}

/// The last row of the page before: its day and its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After(Day, i64);

impl TryFrom<Cursor<2>> for After {
    type Error = NoCursor;

    fn try_from(Cursor([day, id]): Cursor<2>) -> Result<Self, NoCursor> {
        if (0..=4_000_000).contains(&day) { Ok(Self(first_day().plus_days(day), id)) } else { Err(NoCursor) }
    }
}

/// Days are counted from the first of the year 1, for cursors.
fn first_day() -> Day {
    Day::new(jiff::civil::date(1, 1, 1))
}

/// One page of a list.
///
/// # Errors
/// When the database fails.
pub fn answers(
    tx: &mut ReadTx<'_>,
    list: List,
    whose: &Whose,
    today: Day,
    after: Option<After>,
    size: usize,
) -> Result<Page<Waits, 2>, Error> {
    let key = list.key();
    let mut wanted = list.wanted(whose, today);
    if let Some(After(day, id)) = after {
        wanted.push_str(&format!(" and ({key} > '{day}' or ({key} = '{day}' and addressee.id > {id}))"));
    }
    let rows: Vec<Waits> = addressee::table
        .inner_join(body::table.on(addressee::body_id.eq(body::id)))
        .inner_join(inquiry::table.on(addressee::inquiry_id.eq(inquiry::id)))
        .inner_join(recommendation::table.on(addressee::recommendation_id.eq(recommendation::id)))
        .left_join(wording::table.on(recommendation::wording_id.eq(wording::id.nullable())))
        .filter(sql::<Bool>(&wanted))
        .order((sql::<Text>(key), addressee::id))
        .limit(limit(size))
        .select((
            addressee::id,
            sql::<Text>(key),
            inquiry::slug,
            inquiry::short_title,
            recommendation::number,
            title!(),
            body::slug,
            body::name,
            sql::<Text>(ANSWERER),
            addressee::target_on,
            addressee::times_moved,
            addressee::return_due_on,
            addressee::return_every,
            addressee::version,
        ))
        .load(tx.conn)?;
    Ok(Page::cut(rows, size, |row| [row.day.days_since(first_day()), row.id.0]))
}

/// What bodies owe by a date, in the order in which it is listed for one day. What oversight owes itself has its own list.
pub const OWED: [DeadlineKind; 4] =
    [DeadlineKind::Response, DeadlineKind::Return, DeadlineKind::Decision, DeadlineKind::Target];

/// The last row of the page before of what is due: its day, its kind and its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AfterDue(After, i64);

impl TryFrom<Cursor<3>> for AfterDue {
    type Error = NoCursor;

    fn try_from(Cursor([day, kind, id]): Cursor<3>) -> Result<Self, NoCursor> {
        let known = usize::try_from(kind).is_ok_and(|kind| kind < OWED.len());
        if known { Ok(Self(After::try_from(Cursor([day, id]))?, kind)) } else { Err(NoCursor) }
    }
}

/// One page of what is due in the next days, the next first, each with its kind.
///
/// # Errors
/// When the database fails.
pub fn due(
    tx: &mut ReadTx<'_>,
    days: i64,
    whose: &Whose,
    today: Day,
    after: Option<AfterDue>,
    size: usize,
) -> Result<Page<(DeadlineKind, Waits), 3>, Error> {
    let mut rows: Vec<(i64, DeadlineKind, Waits)> = Vec::new();
    for (at, kind) in (0_i64..).zip(OWED) {
        let from = after.map(|AfterDue(After(day, id), last)| match at.cmp(&last) {
            // Kinds that come before on one day are over for it; those that come after have not begun.
            Ordering::Less => After(day, i64::MAX),
            Ordering::Equal => After(day, id),
            Ordering::Greater => After(day, 0),
        });
        let found = answers(tx, List::Due(kind, days), whose, today, from, size + 1)?;
        rows.extend(found.items.into_iter().map(|row| (at, kind, row)));
    }
    rows.sort_by_key(|(at, _, row)| (row.day, *at, row.id));
    let page = Page::cut(rows, size, |(at, _, row)| [row.day.days_since(first_day()), *at, row.id.0]);
    Ok(Page { items: page.items.into_iter().map(|(_, kind, row)| (kind, row)).collect(), next: page.next })
}

/// How much is due in the next days, counted up to the limit, and the next day.
///
/// # Errors
/// When the database fails.
pub fn due_count(tx: &mut ReadTx<'_>, days: i64, whose: &Whose, today: Day) -> Result<(Capped, Option<Day>), Error> {
    let (mut counted, mut next) = (0_u64, None::<Day>);
    for kind in OWED {
        let (found, first) = count(tx, List::Due(kind, days), whose, today)?;
        // One more than was counted where counting stopped, so that the sum says so too.
        counted += found.number + u64::from(found.more);
        next = next.into_iter().chain(first).min();
    }
    Ok((Capped::of(usize::try_from(counted).unwrap_or(usize::MAX)), next))
}

/// How many there are, counted up to the limit, and the day of the oldest.
///
/// # Errors
/// When the database fails.
pub fn count(tx: &mut ReadTx<'_>, list: List, whose: &Whose, today: Day) -> Result<(Capped, Option<Day>), Error> {
    let days: Vec<Day> = addressee::table
        .filter(sql::<Bool>(&list.wanted(whose, today)))
        .order((sql::<Text>(list.key()), addressee::id))
        .limit(COUNT_LIMIT + 1)
        .select(sql::<Text>(list.key()))
        .load(tx.conn)?;
    Ok((Capped::of(days.len()), days.first().copied()))
}

/// Which unpublished work is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of these kinds.
    pub kinds: Vec<FilingKind>,
    /// On whose list.
    pub whose: Whose,
    /// Written by anybody but this person.
    pub not_by: Option<PersonId>,
    /// Handed in before this.
    pub before: Option<Moment>,
}

impl Wanted {
    fn condition(&self) -> String {
        let mut all = vec![self.whose.condition("recommendation.inquiry_id", "addressee.answerer_id")];
        all.push(format!("filing.state = '{}'", FilingState::Submitted));
        let kinds: Vec<String> = self.kinds.iter().map(|kind| format!("'{kind}'")).collect();
        all.push(format!("filing.kind in ({})", kinds.join(", ")));
        all.extend(self.not_by.map(|person| format!("filing.author_id <> {person}")));
        all.extend(self.before.map(|moment| format!("filing.submitted_at < '{moment}'")));
        all.join(" and ")
    }
}

/// A piece of work on a page.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Handed {
    /// Its row.
    pub id: FilingId,
    /// Its version, for forms.
    pub version: i64,
    /// Itself, with its place.
    pub work: Work,
}

/// One page of unpublished work that was handed in, the longest waiting first.
///
/// # Errors
/// When the database fails.
pub fn work(
    tx: &mut ReadTx<'_>,
    wanted: &Wanted,
    after: Option<Cursor<2>>,
    size: usize,
) -> Result<Page<Handed, 2>, Error> {
    let mut condition = wanted.condition();
    if let Some(Cursor([second, id])) = after {
        let at = jiff::Timestamp::from_second(second).map(Moment::new).map_err(|_| Error::NotFound)?;
        condition.push_str(&format!(
            " and (filing.submitted_at > '{at}' or (filing.submitted_at = '{at}' and filing.id > {id}))"
        ));
    }
    let rows: Vec<Handed> = filing::table
        .inner_join(person::table.on(filing::author_id.eq(person::id)))
        .inner_join(recommendation::table.on(filing::recommendation_id.eq(recommendation::id)))
        .inner_join(inquiry::table.on(recommendation::inquiry_id.eq(inquiry::id)))
        .left_join(wording::table.on(recommendation::wording_id.eq(wording::id.nullable())))
        .left_join(addressee::table.on(filing::addressee_id.eq(addressee::id.nullable())))
        .left_join(body::table.on(addressee::body_id.eq(body::id)))
        .filter(sql::<Bool>(&condition))
        .order((filing::submitted_at, filing::id))
        .limit(limit(size))
        .select((
            filing::id,
            filing::version,
            (
                filing::reference,
                filing::kind,
                filing::state,
                filing::author_id,
                person::name,
                filing::submitted_at,
                inquiry::short_title,
                recommendation::number,
                title!(),
                body::name.nullable(),
                sql::<Nullable<Text>>(ANSWERER),
            ),
        ))
        .load(tx.conn)?;
    Ok(Page::cut(rows, size, |row: &Handed| {
        [row.work.submitted_at.map_or(0, |at| at.timestamp().as_second()), row.id.0]
    }))
}

/// How much there is, counted up to the limit, and since when the oldest waits.
///
/// # Errors
/// When the database fails.
pub fn work_count(tx: &mut ReadTx<'_>, wanted: &Wanted) -> Result<(Capped, Option<Moment>), Error> {
    let since: Vec<Option<Moment>> = filing::table
        .inner_join(recommendation::table.on(filing::recommendation_id.eq(recommendation::id)))
        .left_join(addressee::table.on(filing::addressee_id.eq(addressee::id.nullable())))
        .filter(sql::<Bool>(&wanted.condition()))
        .order((filing::submitted_at, filing::id))
        .limit(COUNT_LIMIT + 1)
        .select(filing::submitted_at)
        .load(tx.conn)?;
    Ok((Capped::of(since.len()), since.first().copied().flatten()))
}
