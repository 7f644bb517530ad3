//! Ties between recommendations as they stand: of each two the last that was published of them, unless that took it back.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use super::schema::{recommendation, tie};
use super::{Error, ReadTx};
use crate::domain::id::{RecommendationId, Seq};
use crate::domain::tie::TieKind;

/// How many recommendations one look-up asks for.
const AT_ONCE: usize = 400;

/// A tie that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tie {
    /// The one that says so.
    pub from: RecommendationId,
    /// The one that it says it of.
    pub to: RecommendationId,
    /// How they are tied.
    pub kind: TieKind,
    /// The change that tied them so.
    pub seq: Seq,
}

impl Tie {
    /// The two, whichever says it.
    fn pair(&self) -> (RecommendationId, RecommendationId) {
        (self.from.min(self.to), self.from.max(self.to))
    }

    /// The other one.
    #[must_use]
    pub fn other(&self, of: RecommendationId) -> RecommendationId {
        if self.from == of { self.to } else { self.from }
    }
}

/// The ties of these recommendations, from either end, in the order in which the pairs were first tied.
///
/// # Errors
/// When the database fails.
pub fn of(tx: &mut ReadTx<'_>, ids: &[RecommendationId]) -> Result<Vec<Tie>, Error> {
    type Row = (i64, RecommendationId, RecommendationId, TieKind, bool, Seq);
    let mut rows: BTreeMap<i64, Row> = BTreeMap::new();
    for some in ids.chunks(AT_ONCE) {
        let found: Vec<Row> = tie::table
            .filter(tie::from_id.eq_any(some).or(tie::to_id.eq_any(some)))
            .filter(tie::seq.le(tx.upto()))
            .select((tie::id, tie::from_id, tie::to_id, tie::kind, tie::present, tie::seq))
            .load(tx.conn)?;
        rows.extend(found.into_iter().map(|row| (row.0, row)));
    }
    let mut order = Vec::new();
    let mut last: BTreeMap<(RecommendationId, RecommendationId), Option<Tie>> = BTreeMap::new();
    for (_, from, to, kind, present, seq) in rows.into_values() {
        let tie = Tie { from, to, kind, seq };
        if last.insert(tie.pair(), present.then_some(tie)).is_none() {
            order.push(tie.pair());
        }
    }
    Ok(order.into_iter().filter_map(|pair| last.get(&pair).copied().flatten()).collect())
}

/// The tie between two recommendations, whichever says it.
///
/// # Errors
/// When the database fails.
pub fn between(tx: &mut ReadTx<'_>, one: RecommendationId, other: RecommendationId) -> Result<Option<Tie>, Error> {
    let pair = (one.min(other), one.max(other));
    Ok(of(tx, &[one])?.into_iter().find(|tie| tie.pair() == pair))
}

/// How many pairs may be related of which nobody has said how; those aside of which one was entered in error.
///
/// # Errors
/// When the database fails.
pub fn suspected_count(tx: &mut ReadTx<'_>) -> Result<u64, Error> {
    let ends: Vec<(RecommendationId, RecommendationId)> = tie::table
        .filter(tie::kind.eq(TieKind::MayBeRelated).and(tie::seq.le(tx.upto())))
        .select((tie::from_id, tie::to_id))
        .load(tx.conn)?;
    let ids: BTreeSet<RecommendationId> = ends.into_iter().flat_map(|(from, to)| [from, to]).collect();
    let ids: Vec<RecommendationId> = ids.into_iter().collect();
    let mut wrong: BTreeSet<RecommendationId> = BTreeSet::new();
    for some in ids.chunks(AT_ONCE) {
        let found: Vec<RecommendationId> = recommendation::table
            .filter(recommendation::id.eq_any(some).and(recommendation::in_error))
            .select(recommendation::id)
            .load(tx.conn)?;
        wrong.extend(found);
    }
    let stands =
        |tie: &Tie| tie.kind == TieKind::MayBeRelated && !wrong.contains(&tie.from) && !wrong.contains(&tie.to);
    Ok(of(tx, &ids)?.iter().filter(|tie| stands(tie)).count() as u64)
}

/// The recommendation that one was tied to, tied otherwise or parted from by a change.
///
/// # Errors
/// [`Error::NotFound`] when that change did no such thing.
pub fn tied_by(tx: &mut ReadTx<'_>, one: RecommendationId, seq: Seq) -> Result<RecommendationId, Error> {
    let (from, to): (RecommendationId, RecommendationId) = tie::table
        .filter(tie::seq.eq(seq).and(tie::from_id.eq(one).or(tie::to_id.eq(one))))
        .order(tie::id)
        .select((tie::from_id, tie::to_id))
        .first(tx.conn)?;
    Ok(if from == one { to } else { from })
}

/// All ties that hang together with these recommendations by ties that can make a family, whether they count at present or not.
///
/// # Errors
/// When the database fails.
pub fn around(tx: &mut ReadTx<'_>, ids: &[RecommendationId]) -> Result<Vec<Tie>, Error> {
    let mut seen: BTreeSet<RecommendationId> = ids.iter().copied().collect();
    let mut left: Vec<RecommendationId> = seen.iter().copied().collect();
    let mut found: BTreeMap<(RecommendationId, RecommendationId), Tie> = BTreeMap::new();
    while !left.is_empty() {
        let mut next = Vec::new();
        for tie in of(tx, &left)? {
            if tie.kind.joins() {
                next.extend([tie.from, tie.to].into_iter().filter(|id| seen.insert(*id)));
            }
            found.insert(tie.pair(), tie);
        }
        left = next;
    }
    Ok(found.into_values().collect())
}
