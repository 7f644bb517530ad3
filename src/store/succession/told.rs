//! What became of bodies and of their answers, as pages and desks tell it.

use std::collections::BTreeMap;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::{Answerers, chain, leading_to};
use crate::domain::checked::Checked;
use crate::domain::id::{AddresseeId, BodyId, InquiryId, RecommendationId, Seq};
use crate::domain::moment::{Day, Happened, Precision};
use crate::domain::succession::{Handed, SuccessionKind};
use crate::store::body::{self, BodyName};
use crate::store::present::{COUNTED, Scope, answers_in, asked_of};
use crate::store::schema::{addressee, change, inquiry, passing, recommendation, succession};
use crate::store::{AT_ONCE, Error, ReadTx};

/// One succession as a page tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Its row.
    pub id: i64,
    /// The change.
    pub seq: Seq,
    /// The body that ended.
    pub from: BodyName,
    /// The body that took its place.
    pub to: BodyName,
    /// In what way.
    pub kind: SuccessionKind,
    /// When.
    pub happened: Happened,
    /// Where it can be read.
    pub source_url: Option<String>,
    /// How far it was compared with that; `None` where nobody said.
    pub checked: Option<Checked>,
    /// Whether it says so, or takes it back.
    pub present: bool,
    /// Whether an earlier row of the same two bodies says that it stood already: this one corrects it.
    pub again: bool,
}

/// The successions that these changes published.
///
/// # Errors
/// When the database fails.
pub fn of_changes(tx: &mut ReadTx<'_>, seqs: Vec<Seq>) -> Result<Vec<Told>, Error> {
    if seqs.is_empty() {
        return Ok(Vec::new());
    }
    told(tx, |row| seqs.contains(&row.1))
}

/// The successions that a body had part in, the first recorded first: what was corrected, and what was taken back, too.
///
/// # Errors
/// When the database fails.
pub fn of_body(tx: &mut ReadTx<'_>, body: BodyId) -> Result<Vec<Told>, Error> {
    told(tx, |row| row.2.0 == body || row.2.1 == body)
}

type ToldRow =
    (i64, Seq, (BodyId, BodyId, SuccessionKind), (Option<Day>, Precision), (Option<String>, Option<Checked>), bool);

/// There are few of them in any register.
fn told(tx: &mut ReadTx<'_>, wanted: impl Fn(&ToldRow) -> bool) -> Result<Vec<Told>, Error> {
    let rows: Vec<ToldRow> = succession::table
        .inner_join(change::table.on(change::seq.eq(succession::seq)))
        .filter(succession::seq.le(tx.upto()))
        .order((succession::seq, succession::id))
        .select((
            succession::id,
            succession::seq,
            (succession::from_body_id, succession::to_body_id, succession::kind),
            (succession::happened_on, succession::precision),
            // With what is said of it, where it can be read goes out of sight.
            (diesel::dsl::case_when(change::withheld.is_null(), succession::source_url), succession::checked),
            succession::present,
        ))
        .load(tx.conn)?;
    let names = body::names(tx, rows.iter().flat_map(|row| [row.2.0, row.2.1]).collect())?;
    let mut found = Vec::new();
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| wanted(row)) {
        let (id, seq, (from, to, kind), (on, precision), (source_url, checked), present) = row.clone();
        let name = |id: BodyId| names.iter().find(|one| one.id == id).cloned();
        let before = rows[..at].iter().rev().find(|other| (other.2.0, other.2.1) == (from, to));
        let (Some(from), Some(to)) = (name(from), name(to)) else { continue };
        found.push(Told {
            again: before.is_some_and(|other| other.5),
            happened: Happened::new(on, precision),
            id,
            seq,
            from,
            to,
            kind,
            source_url,
            checked,
            present,
        });
    }
    Ok(found)
}

/// That an answer passed on, as the record tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedOn {
    /// The change.
    pub seq: Seq,
    /// The answer's recommendation.
    pub recommendation: RecommendationId,
    /// The body that ended.
    pub from: BodyName,
    /// The body that took it over; `None`: none did.
    pub to: Option<BodyName>,
}

/// What these changes decided of single answers.
///
/// # Errors
/// When the database fails.
pub fn passed_on(tx: &mut ReadTx<'_>, seqs: Vec<Seq>) -> Result<Vec<PassedOn>, Error> {
    if seqs.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Seq, RecommendationId, BodyId, Option<BodyId>)> = passing::table
        .inner_join(addressee::table.on(addressee::id.eq(passing::addressee_id)))
        .filter(passing::seq.eq_any(seqs).and(passing::seq.le(tx.upto())))
        .order((passing::seq, passing::id))
        .select((passing::seq, addressee::recommendation_id, passing::from_body_id, passing::to_body_id))
        .load(tx.conn)?;
    let names = body::names(tx, rows.iter().flat_map(|row| [Some(row.2), row.3]).flatten().collect())?;
    let name = |id: BodyId| names.iter().find(|one| one.id == id).cloned();
    let told = |(seq, recommendation, from, to): (Seq, RecommendationId, BodyId, Option<BodyId>)| {
        Some(PassedOn { seq, recommendation, from: name(from)?, to: to.and_then(name) })
    };
    Ok(rows.into_iter().filter_map(told).collect())
}

/// What was decided of the answers to a recommendation.
///
/// # Errors
/// When the database fails.
pub fn passed_on_of(tx: &mut ReadTx<'_>, id: RecommendationId) -> Result<Vec<PassedOn>, Error> {
    let seqs: Vec<Seq> = passing::table
        .inner_join(addressee::table.on(addressee::id.eq(passing::addressee_id)))
        .filter(addressee::recommendation_id.eq(id).and(passing::seq.le(tx.upto())))
        .select(passing::seq)
        .load(tx.conn)?;
    let mut passed = passed_on(tx, seqs)?;
    passed.retain(|one| one.recommendation == id);
    Ok(passed)
}

/// How many answers of a body came from which others, or went to which.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moves {
    /// By the body that answers now, of what this one was asked.
    pub to: Vec<(BodyName, u64)>,
    /// By the body that was asked, of what this one answers now.
    pub from: Vec<(BodyName, u64)>,
    /// Of what this one answers, how many wait for a decision.
    pub undecided: u64,
}

/// The moves of a body's answers, as they stand or stood then.
///
/// # Errors
/// When the database fails.
pub fn moves(tx: &mut ReadTx<'_>, this: BodyId) -> Result<Moves, Error> {
    let chain = chain(tx)?;
    if chain.after(this).is_empty() && chain.before(this).next().is_none() {
        return Ok(Moves::default());
    }
    let mut rows = answers_in(tx, Scope::Body(this))?;
    rows.extend(asked_of(tx, this)?.into_iter().filter(|row| row.answerer_id != this));
    let (mut to, mut from, mut undecided) = (BTreeMap::new(), BTreeMap::new(), 0);
    for row in rows.iter().filter(|row| row.is_counted()) {
        match (row.body_id == this, row.answerer_id == this) {
            (true, false) => *to.entry(row.answerer_id).or_default() += 1,
            (false, true) => *from.entry(row.body_id).or_default() += 1,
            _ => {}
        }
        undecided += u64::from(row.answerer_id == this && row.handed == Handed::NotDecided);
    }
    let names = body::names(tx, to.keys().chain(from.keys()).copied().collect())?;
    let named = |counts: BTreeMap<BodyId, u64>| {
        let named = |(id, number)| Some((names.iter().find(|one| one.id == id)?.clone(), number));
        counts.into_iter().filter_map(named).collect()
    };
    Ok(Moves { to: named(to), from: named(from), undecided })
}

/// An answer of which it is, or was, to be decided who answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undecided {
    /// The answer.
    pub id: AddresseeId,
    /// Its inquiry.
    pub inquiry: InquiryId,
    /// The inquiry's part of an address.
    pub inquiry_slug: String,
    /// What people call the inquiry.
    pub inquiry_title: String,
    /// The recommendation's number.
    pub number: String,
    /// The body that was asked: the answer's part of an address.
    pub asked: BodyName,
    /// The body that had it last: its staff page decides.
    pub last: BodyName,
    /// Whether anything is decided.
    pub handed: Handed,
}

/// Answers of which nobody decided who answers, in the order of their inquiries.
///
/// # Errors
/// When the database fails.
pub fn undecided(tx: &mut ReadTx<'_>, most: i64) -> Result<Vec<Undecided>, Error> {
    let waits = addressee::table
        .filter(addressee::handed.eq(Handed::NotDecided).and(addressee::present))
        .filter(sql::<Bool>(COUNTED));
    let ids = waits
        .order((addressee::inquiry_id, addressee::recommendation_id, addressee::id))
        .limit(most)
        .select(addressee::id)
        .load(tx.conn)?;
    places(tx, ids)
}

/// How many of these there are.
///
/// # Errors
/// When the database fails.
pub fn undecided_count(tx: &mut ReadTx<'_>) -> Result<i64, Error> {
    let waits = addressee::table
        .filter(addressee::handed.eq(Handed::NotDecided).and(addressee::present))
        .filter(sql::<Bool>(COUNTED));
    Ok(waits.count().get_result(tx.conn)?)
}

/// The answers that came to an ended body, or were put to it, and that its successors took over or may take over.
///
/// # Errors
/// When the database fails.
pub fn passing_from(tx: &mut ReadTx<'_>, body: BodyId) -> Result<Vec<Undecided>, Error> {
    let asked = leading_to(tx, body)?;
    let rows: Vec<(AddresseeId, BodyId)> = addressee::table
        .filter(addressee::body_id.eq_any(asked).and(addressee::present))
        .order((addressee::inquiry_id, addressee::recommendation_id, addressee::id))
        .select((addressee::id, addressee::body_id))
        .load(tx.conn)?;
    let ids: Vec<AddresseeId> = rows.iter().map(|(id, _)| *id).collect();
    let mut passed = Vec::new();
    for some in ids.chunks(AT_ONCE) {
        let answerers = Answerers::read(tx, some)?;
        let asked = |id: AddresseeId| rows.iter().find(|row| row.0 == id).map(|row| row.1);
        let through = |id: &AddresseeId| {
            asked(*id).is_some_and(|asked| {
                let now = answerers.of(*id, asked);
                now.body == body || now.steps.iter().any(|step| step.from == body)
            })
        };
        passed.extend(some.iter().copied().filter(through));
    }
    places(tx, passed)
}

fn places(tx: &mut ReadTx<'_>, ids: Vec<AddresseeId>) -> Result<Vec<Undecided>, Error> {
    type Row = (AddresseeId, (InquiryId, String, String), String, (BodyId, BodyId, Handed));
    let rows: Vec<Row> = addressee::table
        .inner_join(recommendation::table)
        .inner_join(inquiry::table.on(inquiry::id.eq(addressee::inquiry_id)))
        .filter(addressee::id.eq_any(ids))
        .order((addressee::inquiry_id, recommendation::position, addressee::id))
        .select((
            addressee::id,
            (addressee::inquiry_id, inquiry::slug, inquiry::short_title),
            recommendation::number,
            (addressee::body_id, addressee::answerer_id, addressee::handed),
        ))
        .load(tx.conn)?;
    let names = body::names(tx, rows.iter().flat_map(|row| [row.3.0, row.3.1]).collect())?;
    let name = |id: BodyId| names.iter().find(|one| one.id == id).cloned();
    let place = |(id, (inquiry, inquiry_slug, inquiry_title), number, (asked, last, handed)): Row| {
        Some(Undecided {
            asked: name(asked)?,
            last: name(last)?,
            id,
            inquiry,
            inquiry_slug,
            inquiry_title,
            number,
            handed,
        })
    };
    Ok(rows.into_iter().filter_map(place).collect())
}
