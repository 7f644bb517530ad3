//! Groups of bodies: their members over time, and what was put to them.

use diesel::prelude::*;

use super::body::{self, BodyName};
use super::schema::{addressee, group_asked, membership};
use super::{Error, ReadTx, WriteTx};
use crate::domain::group::Membership;
use crate::domain::id::{BodyId, RecommendationId, Seq};
use crate::domain::moment::{Day, Happened, Precision};

/// A member with its dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The body; of a body's own groups, the group.
    pub body: BodyName,
    /// Its dates.
    pub dates: Membership,
    /// The change that recorded them.
    pub seq: Seq,
}

type Row = (BodyId, BodyId, (Option<Day>, Precision), (Option<Day>, Precision, bool), bool, Seq);

/// Its dates.
fn dates(row: &Row) -> Membership {
    let ((from, from_precision), (until, until_precision, has_left)) = (row.2, row.3);
    Membership {
        body: row.1,
        from: Happened::new(from, from_precision),
        until: (has_left || until.is_some()).then(|| Happened::new(until, until_precision)),
    }
}

fn rows(tx: &mut ReadTx<'_>, this: BodyId) -> Result<Vec<Row>, Error> {
    Ok(membership::table
        .filter(membership::group_id.eq(this).or(membership::body_id.eq(this)).and(membership::seq.le(tx.upto())))
        .order((membership::seq, membership::id))
        .select((
            membership::group_id,
            membership::body_id,
            (membership::from_on, membership::from_precision),
            (membership::until_on, membership::until_precision, membership::has_left),
            membership::present,
            membership::seq,
        ))
        .load(tx.conn)?)
}

/// The members of a body that is a group, and the groups that it belongs to: those that stand, the first recorded first.
///
/// # Errors
/// When the database fails.
pub fn of_body(tx: &mut ReadTx<'_>, this: BodyId) -> Result<[Vec<Member>; 2], Error> {
    let mut standing: Vec<Row> = Vec::new();
    for row in rows(tx, this)? {
        standing.retain(|other| (other.0, other.1) != (row.0, row.1));
        if row.4 {
            standing.push(row);
        }
    }
    let names = body::names(tx, standing.iter().flat_map(|row| [row.0, row.1]).collect())?;
    let member = |row: &Row, called: BodyId| {
        Some(Member { body: names.iter().find(|one| one.id == called)?.clone(), dates: dates(row), seq: row.5 })
    };
    let members = standing.iter().filter(|row| row.0 == this).filter_map(|row| member(row, row.1)).collect();
    let groups = standing.iter().filter(|row| row.1 == this).filter_map(|row| member(row, row.0)).collect();
    Ok([members, groups])
}

/// Publishes that a body belongs to a group, with its dates; or that it does not.
///
/// # Errors
/// When the database fails.
pub fn insert(
    tx: &mut WriteTx<'_>,
    seq: Seq,
    group: BodyId,
    (dates, present): (&Membership, bool),
) -> Result<(), Error> {
    let until = dates.until.unwrap_or(Happened::UNKNOWN);
    diesel::insert_into(membership::table)
        .values((
            membership::seq.eq(seq),
            membership::group_id.eq(group),
            membership::body_id.eq(dates.body),
            membership::from_on.eq(dates.from.day),
            membership::from_precision.eq(dates.from.precision),
            membership::until_on.eq(until.day),
            membership::until_precision.eq(until.precision),
            membership::has_left.eq(dates.until.is_some()),
            membership::present.eq(present),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// That a recommendation was put to a group: to whoever belonged to it on a day.
///
/// # Errors
/// When the database fails.
pub fn insert_asked(
    tx: &mut WriteTx<'_>,
    seq: Seq,
    (group, recommendation): (BodyId, RecommendationId),
    as_of: Day,
) -> Result<(), Error> {
    diesel::insert_into(group_asked::table)
        .values((
            group_asked::seq.eq(seq),
            group_asked::group_id.eq(group),
            group_asked::recommendation_id.eq(recommendation),
            group_asked::as_of.eq(as_of),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// What was put to a group, the first first: which recommendation, as of which day, by which change.
///
/// # Errors
/// When the database fails.
pub fn asked(tx: &mut ReadTx<'_>, group: BodyId) -> Result<Vec<(RecommendationId, Day, Seq)>, Error> {
    Ok(group_asked::table
        .filter(group_asked::group_id.eq(group).and(group_asked::seq.le(tx.upto())))
        .order((group_asked::seq, group_asked::id))
        .select((group_asked::recommendation_id, group_asked::as_of, group_asked::seq))
        .load(tx.conn)?)
}

/// Who answers now for what was put to a group: for those of its members, of whatever time, that were asked. In the order of names.
///
/// # Errors
/// When the database fails.
pub fn answering(tx: &mut ReadTx<'_>, group: BodyId) -> Result<Vec<BodyName>, Error> {
    let asked: Vec<RecommendationId> = asked(tx, group)?.into_iter().map(|(id, ..)| id).collect();
    let [members, _] = of_body(tx, group)?;
    let members: Vec<BodyId> = members.into_iter().map(|member| member.body.id).collect();
    let answering: Vec<BodyId> = addressee::table
        .filter(addressee::recommendation_id.eq_any(asked).and(addressee::body_id.eq_any(members)))
        .filter(addressee::present)
        .select(addressee::answerer_id)
        .distinct()
        .load(tx.conn)?;
    let mut names = body::names(tx, answering)?;
    names.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(names)
}

/// A row about a group, as the record tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Who belongs to it.
    Member {
        /// The change.
        seq: Seq,
        /// The group.
        group: BodyName,
        /// The body.
        body: BodyName,
        /// Its dates.
        dates: Membership,
        /// Whether it belongs to it.
        present: bool,
    },
    /// What was put to it.
    Asked {
        /// The change.
        seq: Seq,
        /// The group.
        group: BodyName,
        /// The recommendation.
        recommendation: RecommendationId,
        /// Whoever belonged to it on this day was asked.
        as_of: Day,
    },
}

impl Told {
    /// The change that published it.
    #[must_use]
    pub const fn seq(&self) -> Seq {
        match self {
            Self::Member { seq, .. } | Self::Asked { seq, .. } => *seq,
        }
    }
}

/// To which groups a recommendation was put.
///
/// # Errors
/// When the database fails.
pub fn of_recommendation(tx: &mut ReadTx<'_>, id: RecommendationId) -> Result<Vec<Told>, Error> {
    let seqs: Vec<Seq> = group_asked::table
        .filter(group_asked::recommendation_id.eq(id).and(group_asked::seq.le(tx.upto())))
        .select(group_asked::seq)
        .load(tx.conn)?;
    let mut told = of_changes(tx, &seqs)?;
    told.retain(|one| matches!(one, Told::Asked { recommendation, .. } if *recommendation == id));
    Ok(told)
}

/// What these changes published of groups.
///
/// # Errors
/// When the database fails.
pub fn of_changes(tx: &mut ReadTx<'_>, seqs: &[Seq]) -> Result<Vec<Told>, Error> {
    if seqs.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = membership::table
        .filter(membership::seq.eq_any(seqs))
        .order((membership::seq, membership::id))
        .select((
            membership::group_id,
            membership::body_id,
            (membership::from_on, membership::from_precision),
            (membership::until_on, membership::until_precision, membership::has_left),
            membership::present,
            membership::seq,
        ))
        .load(tx.conn)?;
    let asked: Vec<(BodyId, RecommendationId, Day, Seq)> = group_asked::table
        .filter(group_asked::seq.eq_any(seqs))
        .order((group_asked::seq, group_asked::id))
        .select((group_asked::group_id, group_asked::recommendation_id, group_asked::as_of, group_asked::seq))
        .load(tx.conn)?;
    let named = rows.iter().flat_map(|row| [row.0, row.1]).chain(asked.iter().map(|row| row.0)).collect();
    let names = body::names(tx, named)?;
    let name = |id: BodyId| names.iter().find(|one| one.id == id).cloned();
    let members = rows.iter().filter_map(|row| {
        Some(Told::Member { seq: row.5, group: name(row.0)?, body: name(row.1)?, dates: dates(row), present: row.4 })
    });
    let asked = asked.iter().filter_map(|(group, recommendation, as_of, seq)| {
        Some(Told::Asked { seq: *seq, group: name(*group)?, recommendation: *recommendation, as_of: *as_of })
    });
    Ok(members.chain(asked).collect())
}
