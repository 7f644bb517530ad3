//! Changes: what was published, newest first, each with its number for ever.

use diesel::prelude::*;

use super::addressee::AddresseeName;
use super::body::{self, BodyName};
use super::inquiry::{self, InquiryName};
use super::page::{Capped, Cursor, Page};
use super::schema::{
    agreement, arrival, asked, body_text, change, coverage, deadline, evidence, fact_update, inquiry_event,
    inquiry_text, mark, outside_finding, remark, report, wording,
};
use super::withheld::{self, Words};
use super::{Error, ReadTx, addressee};
use crate::domain::change::{ChangeKind, Fact};
use crate::domain::id::{AddresseeId, BodyId, InquiryId, RecommendationId, Seq};
use crate::domain::moment::{Day, Moment};
use crate::domain::person::Role;
use crate::domain::report::Marked;

/// One published act, without its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its number.
    pub seq: Seq,
    /// The moment of publication.
    pub at: Moment,
    /// The day of publication in the register's zone.
    pub day: Day,
    /// What kind of act.
    pub kind: ChangeKind,
    /// Who did it, as a role; `None` for the register itself.
    pub role: Option<Role>,
    /// The body that it is about, or that a contributor spoke for.
    pub body: Option<BodyName>,
    /// The inquiry that it is about.
    pub inquiry: Option<InquiryName>,
    /// The recommendation that it is about.
    pub recommendation: Option<RecommendationId>,
    /// The answer that it is about.
    pub addressee: Option<AddresseeName>,
    /// Why.
    pub reason: Option<Words>,
}

type Row = (
    Seq,
    Moment,
    Day,
    ChangeKind,
    Option<Role>,
    Option<BodyId>,
    Option<InquiryId>,
    Option<RecommendationId>,
    Option<AddresseeId>,
    Option<String>,
    Option<Seq>,
);

macro_rules! columns {
    () => {
        (
            change::seq,
            change::at,
            change::day,
            change::kind,
            change::role,
            change::body_id,
            change::inquiry_id,
            change::recommendation_id,
            change::addressee_id,
            diesel::dsl::case_when(change::withheld.is_null(), change::reason),
            change::withheld,
        )
    };
}

/// The day on which somebody last recorded an answer or an update of an inquiry here. A load is not among them.
///
/// # Errors
/// When the database fails.
pub fn recorded_on(tx: &mut ReadTx<'_>, inquiry: InquiryId) -> Result<Option<Day>, Error> {
    Ok(change::table
        .filter(change::inquiry_id.eq(inquiry).and(change::seq.le(tx.upto())))
        .filter(change::kind.eq_any([ChangeKind::Response, ChangeKind::Reported, ChangeKind::Arrival]))
        .order(change::seq.desc())
        .select(change::day)
        .first(tx.conn)
        .optional()?)
}

/// The change that described an inquiry first: with it the register took it in.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn first_of(tx: &mut ReadTx<'_>, inquiry: InquiryId) -> Result<Seq, Error> {
    let all = inquiry_text::table.filter(inquiry_text::inquiry_id.eq(inquiry));
    Ok(all.order(inquiry_text::seq).select(inquiry_text::seq).first(tx.conn)?)
}

/// One change.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn find(tx: &mut ReadTx<'_>, seq: Seq) -> Result<Change, Error> {
    let row: Row = change::table.find(seq).select(columns!()).first(tx.conn)?;
    complete(tx, vec![row])?.pop().ok_or(Error::NotFound)
}

/// One page of changes, newest first: those published after the change `since`.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut ReadTx<'_>, since: Seq, after: Option<Cursor<1>>, size: usize) -> Result<Page<Change>, Error> {
    let Cursor([before]) = after.unwrap_or(Cursor([i64::MAX]));
    let rows: Vec<Row> = change::table
        .filter(change::seq.gt(since).and(change::seq.lt(Seq(before))).and(change::seq.le(tx.upto())))
        .order(change::seq.desc())
        .limit(body::limit(size))
        .select(columns!())
        .load(tx.conn)?;
    let Page { items, next } = Page::cut(rows, size, |row: &Row| [row.0.0]);
    Ok(Page { items: complete(tx, items)?, next })
}

/// These changes, in no particular order.
///
/// # Errors
/// When the database fails.
pub fn many(tx: &mut ReadTx<'_>, mut seqs: Vec<Seq>) -> Result<Vec<Change>, Error> {
    seqs.sort_unstable();
    seqs.dedup();
    if seqs.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = change::table.filter(change::seq.eq_any(seqs)).select(columns!()).load(tx.conn)?;
    complete(tx, rows)
}

/// The acts in one inquiry that withheld words, showed them again or held new ones back and gave a reason, the last first. They publish
/// no row that could hold it.
///
/// # Errors
/// When the database fails.
pub fn withholdings(tx: &mut ReadTx<'_>, inquiry: InquiryId, most: i64) -> Result<Vec<Change>, Error> {
    let rows: Vec<Row> = change::table
        .filter(change::inquiry_id.eq(inquiry).and(change::reason.is_not_null()))
        .filter(change::recommendation_id.is_null().or(change::kind.ne(ChangeKind::Schedule)))
        .filter(change::kind.eq_any([
            ChangeKind::Withheld,
            ChangeKind::Shown,
            ChangeKind::Format,
            ChangeKind::AccuracyRule,
            ChangeKind::Hold,
            ChangeKind::Event,
            ChangeKind::Meeting,
            ChangeKind::Schedule,
        ]))
        .order(change::seq.desc())
        .limit(most)
        .select(columns!())
        .load(tx.conn)?;
    complete(tx, rows)
}

/// What the register published about itself, or about a body as such, with a reason before a change, the last first.
///
/// # Errors
/// When the database fails.
pub fn about_itself(tx: &mut ReadTx<'_>, before: Seq, most: i64) -> Result<Vec<Change>, Error> {
    let rows: Vec<Row> = change::table
        .filter(change::inquiry_id.is_null().and(change::recommendation_id.is_null()))
        .filter(change::body_id.is_null().or(change::kind.eq_any([
            ChangeKind::Body,
            ChangeKind::Succession,
            ChangeKind::BodyEvent,
            ChangeKind::Group,
        ])))
        .filter(change::kind.ne(ChangeKind::Load).and(change::reason.is_not_null()))
        .filter(change::seq.lt(before))
        .order(change::seq.desc())
        .limit(most)
        .select(columns!())
        .load(tx.conn)?;
    complete(tx, rows)
}

/// How many rows of a kind are counted: a load may be a whole register, and so may be what lies between two days.
const MOST: i64 = 10_000;

/// How many rows of each kind a change published, each counted up to ten thousand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Contents {
    /// Bodies named or renamed.
    pub bodies: Capped,
    /// Inquiries described.
    pub inquiries: Capped,
    /// Events of inquiries.
    pub events: Capped,
    /// Wordings of recommendations.
    pub wordings: Capped,
    /// Bodies asked.
    pub asked: Capped,
    /// What bodies answered.
    pub responses: Capped,
    /// What bodies say they have done.
    pub reported: Capped,
    /// What oversight found.
    pub assessed: Capped,
    /// Openings and closings.
    pub lifecycle: Capped,
    /// Dates set.
    pub dates: Capped,
    /// Returns received.
    pub arrivals: Capped,
    /// Remarks.
    pub remarks: Capped,
    /// Looks for answers and updates.
    pub looks: Capped,
    /// Pieces of evidence.
    pub evidence: Capped,
    /// Agreements on what would show that it is done.
    pub agreements: Capped,
    /// Documents of bodies.
    pub reports: Capped,
    /// Marks of items in them; that nobody has looked yet is none.
    pub marks: Capped,
    /// What outside bodies found.
    pub outside: Capped,
    /// Recommendations under another number.
    pub numbers: Capped,
    /// Recommendations found to have been entered in error, or not.
    pub mistaken: Capped,
    /// Acts about themes.
    pub themes: Capped,
    /// Links between recommendations made, changed or taken back, by deeds of their own.
    pub ties: Capped,
}

/// What a change holds, in numbers.
///
/// # Errors
/// When the database fails.
pub fn contents(tx: &mut ReadTx<'_>, seq: Seq) -> Result<Contents, Error> {
    contents_of(tx, Seq(seq.0 - 1), seq)
}

/// What the changes after one and up to another hold together, in numbers. Of updates the first are looked through, whatever they
/// tell of: where there are more, each number says at least how many there are.
///
/// # Errors
/// When the database fails.
pub fn contents_of(tx: &mut ReadTx<'_>, since: Seq, upto: Seq) -> Result<Contents, Error> {
    macro_rules! count {
        ($table:ident) => {{
            let rows: Vec<Seq> = $table::table
                .filter($table::seq.gt(since).and($table::seq.le(upto)))
                .limit(MOST + 1)
                .select($table::seq)
                .load(tx.conn)?;
            Capped::upto(rows.len(), MOST)
        }};
    }
    let facts: Vec<(Seq, Fact)> = fact_update::table
        .filter(fact_update::seq.gt(since).and(fact_update::seq.le(upto)))
        .limit(MOST + 1)
        .select((fact_update::seq, fact_update::fact))
        .load(tx.conn)?;
    let marks: Vec<(Seq, Marked)> = mark::table
        .filter(mark::seq.gt(since).and(mark::seq.le(upto)))
        .limit(MOST + 1)
        .select((mark::seq, mark::value))
        .load(tx.conn)?;
    let of = |fact: Fact| among(&facts, |one| one == fact);
    Ok(Contents {
        bodies: count!(body_text),
        inquiries: count!(inquiry_text),
        events: count!(inquiry_event),
        wordings: count!(wording),
        asked: count!(asked),
        responses: of(Fact::Response),
        reported: of(Fact::Reported),
        assessed: of(Fact::Assessed),
        lifecycle: of(Fact::Lifecycle),
        dates: count!(deadline),
        arrivals: count!(arrival),
        remarks: count!(remark),
        looks: count!(coverage),
        evidence: count!(evidence),
        agreements: count!(agreement),
        reports: count!(report),
        marks: among(&marks, |value| value != Marked::Unread),
        outside: count!(outside_finding),
        numbers: acts(tx, ChangeKind::Number, since, upto)?,
        mistaken: acts(tx, ChangeKind::Mistaken, since, upto)?,
        themes: acts(tx, ChangeKind::Theme, since, upto)?,
        ties: acts(tx, ChangeKind::Tie, since, upto)?,
    })
}

/// How many of some rows, read with one above the limit, are what `which` picks.
fn among<V: Copy>(rows: &[(Seq, V)], which: impl Fn(V) -> bool) -> Capped {
    let number = rows.iter().filter(|(_, value)| which(*value)).count();
    Capped { number: number as u64, more: number > 0 && Capped::upto(rows.len(), MOST).more }
}

/// How many acts of one kind lie between two changes.
fn acts(tx: &mut ReadTx<'_>, kind: ChangeKind, since: Seq, upto: Seq) -> Result<Capped, Error> {
    let rows: Vec<Seq> = change::table
        .filter(change::kind.eq(kind).and(change::seq.gt(since)).and(change::seq.le(upto)))
        .limit(MOST + 1)
        .select(change::seq)
        .load(tx.conn)?;
    Ok(Capped::upto(rows.len(), MOST))
}

/// The bodies and the inquiries that a change described or told an event of, at most so many of each.
///
/// # Errors
/// When the database fails.
pub fn named(tx: &mut ReadTx<'_>, seq: Seq, most: i64) -> Result<(Vec<BodyName>, Vec<InquiryName>), Error> {
    let bodies: Vec<BodyId> =
        body_text::table.filter(body_text::seq.eq(seq)).select(body_text::body_id).limit(most).load(tx.conn)?;
    let mut inquiries: Vec<InquiryId> = inquiry_text::table
        .filter(inquiry_text::seq.eq(seq))
        .select(inquiry_text::inquiry_id)
        .limit(most)
        .load(tx.conn)?;
    let told: Vec<InquiryId> = inquiry_event::table
        .filter(inquiry_event::seq.eq(seq).and(inquiry_event::inquiry_id.is_not_null()))
        .select(inquiry_event::inquiry_id.assume_not_null())
        .distinct()
        .limit(most)
        .load(tx.conn)?;
    inquiries.extend(told);
    inquiries.sort_unstable();
    inquiries.dedup();
    Ok((body::names(tx, bodies)?, inquiry::names(tx, inquiries)?))
}

/// Adds names, and the day of what is withheld.
fn complete(tx: &mut ReadTx<'_>, rows: Vec<Row>) -> Result<Vec<Change>, Error> {
    let days = withheld::days(tx, rows.iter().map(|row| row.10))?;
    let bodies = body::names(tx, rows.iter().filter_map(|row| row.5).collect())?;
    let inquiries = inquiry::names(tx, rows.iter().filter_map(|row| row.6).collect())?;
    let addressees = addressee::names(tx, rows.iter().filter_map(|row| row.8).collect())?;
    Ok(rows
        .into_iter()
        .map(|(seq, at, day, kind, role, body, inquiry, recommendation, addressee, reason, withheld)| {
            let addressee = addressee.and_then(|id| addressees.get(&id).cloned());
            Change {
                reason: days.words(reason, withheld),
                body: body.and_then(|id| bodies.iter().find(|body| body.id == id).cloned()),
                inquiry: inquiry.and_then(|id| inquiries.iter().find(|inquiry| inquiry.id == id).cloned()),
                recommendation: recommendation.or_else(|| addressee.as_ref().map(|known| known.recommendation)),
                addressee,
                seq,
                at,
                day,
                kind,
                role,
            }
        })
        .collect())
}
