//! Families, worked out of the ties that count: both sides' own wording was seen, and neither was entered in error. Stored is
//! nothing but the address that each recommendation gave to whatever says the same.

use std::collections::{BTreeSet, HashMap, HashSet};

use diesel::prelude::*;

use super::addressee::{self, Answer};
use super::page::{Cursor, Page};
use super::recommendation::{self, Recommendation};
use super::schema::{fact_update, family, recommendation as table};
use super::tie::{self, Tie};
use super::{Error, ReadTx, inquiry};
use crate::domain::assessed::{Assessed, AssessedGroup};
use crate::domain::change::Fact;
use crate::domain::family::{Member, Standing, together};
use crate::domain::id::{AddresseeId, RecommendationId, UpdateId};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::Day;
use crate::domain::text::Slug;
use crate::domain::tie::can_count;

/// How many rows one look-up asks for.
const AT_ONCE: usize = 400;

/// A family as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// Its part of an address.
    pub slug: Slug,
    /// Its members, the first that was made first; those of which that is not known come last.
    pub members: Vec<Recommendation>,
    /// When each of them was made, where that is known.
    pub made: HashMap<RecommendationId, Day>,
    /// The ties that make it one.
    pub ties: Vec<Tie>,
    /// What can be said of it as a whole.
    pub standing: Standing,
}

impl Family {
    /// Whether a recommendation is in it.
    #[must_use]
    pub fn has(&self, id: RecommendationId) -> bool {
        self.members.iter().any(|one| one.id == id)
    }
}

/// The families of some recommendations, and what else they are tied to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Families {
    /// Each once.
    pub all: Vec<Family>,
    /// Every tie around them that stands, with those that do not count.
    ties: Vec<Tie>,
    /// Every recommendation at an end of one.
    ends: HashMap<RecommendationId, Recommendation>,
}

impl Families {
    /// The family of a recommendation.
    #[must_use]
    pub fn of(&self, id: RecommendationId) -> Option<&Family> {
        self.all.iter().find(|family| family.has(id))
    }

    /// The ties of one recommendation, each with the other and whether it counts.
    pub fn ties_of(&self, id: RecommendationId) -> impl Iterator<Item = (&Tie, &Recommendation, bool)> {
        let ties = self.ties.iter().filter(move |tie| tie.from == id || tie.to == id);
        ties.filter_map(move |tie| Some((tie, self.ends.get(&tie.other(id))?, self.counts(tie))))
    }

    /// Those of its ties that everybody is told of: what counts, and what may be related, in no count, whether or not anybody has
    /// compared it. What was entered in error is related to nothing.
    pub fn told_of(&self, id: RecommendationId) -> impl Iterator<Item = (&Tie, &Recommendation)> {
        let rightly = |id| self.ends.get(&id).is_some_and(|one| !one.in_error);
        let told = move |tie: &Tie, counts| counts || (!tie.kind.is_claim() && rightly(tie.from) && rightly(tie.to));
        self.ties_of(id).filter(move |(tie, _, counts)| told(tie, *counts)).map(|(tie, other, _)| (tie, other))
    }

    /// What contradicts a member of a family, with the tie that says so.
    pub fn against<'f>(&'f self, family: &'f Family) -> impl Iterator<Item = (&'f Tie, &'f Recommendation)> {
        let ties = self.ties.iter().filter(|tie| tie.kind.is_claim() && !tie.kind.joins() && self.counts(tie));
        ties.filter_map(move |tie| {
            let member = [tie.from, tie.to].into_iter().find(|id| family.has(*id))?;
            Some((tie, self.ends.get(&tie.other(member))?))
        })
    }

    /// One of the recommendations.
    #[must_use]
    pub fn end(&self, id: RecommendationId) -> Option<&Recommendation> {
        self.ends.get(&id)
    }

    /// Whether a tie claims something and both sides bear it out.
    #[must_use]
    pub fn counts(&self, tie: &Tie) -> bool {
        tie.kind.is_claim() && self.can_be_said(tie)
    }

    /// Whether it can be said how both sides are related: they were compared with their sources, and neither was entered in error.
    #[must_use]
    pub fn can_be_said(&self, tie: &Tie) -> bool {
        self.both(tie, |one| can_count(one.checked, one.in_error))
    }

    /// Whether both sides were compared with their sources, also where one of them was entered in error.
    #[must_use]
    pub fn both_compared(&self, tie: &Tie) -> bool {
        self.both(tie, |one| one.checked.wording_was_seen())
    }

    fn both(&self, tie: &Tie, good: impl Fn(&Recommendation) -> bool) -> bool {
        [tie.from, tie.to].iter().all(|id| self.ends.get(id).is_some_and(&good))
    }
}

/// Reads the families of these recommendations.
///
/// # Errors
/// When the database fails.
pub fn of(tx: &mut ReadTx<'_>, ids: &[RecommendationId]) -> Result<Families, Error> {
    let ties = tie::around(tx, ids)?;
    if ties.is_empty() {
        return Ok(Families::default());
    }
    let ends: BTreeSet<RecommendationId> = ties.iter().flat_map(|tie| [tie.from, tie.to]).collect();
    let mut found = Families { ties, ..Families::default() };
    for some in ends.into_iter().collect::<Vec<_>>().chunks(AT_ONCE) {
        found.ends.extend(recommendation::many(tx, some.to_vec())?.into_iter().map(|one| (one.id, one)));
    }
    let joined: Vec<Tie> = found.ties.iter().filter(|tie| tie.kind.joins() && found.counts(tie)).copied().collect();
    let pairs: Vec<_> = joined.iter().map(|tie| (tie.from, tie.to)).collect();
    let sets = together(&pairs).into_iter().filter(|set| ids.iter().any(|id| set.contains(id)));
    for set in sets.collect::<Vec<_>>() {
        let Some(slug) = address(tx, &set)? else { continue };
        let members: Vec<Recommendation> = set.iter().filter_map(|id| found.ends.get(id).cloned()).collect();
        let ties = joined.iter().filter(|tie| set.contains(&tie.from)).copied().collect();
        found.all.push(family(tx, slug, members, ties)?);
    }
    Ok(found)
}

/// What stands at the address of a family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It.
    Here(Box<(Family, Families)>),
    /// A family that it became a part of.
    Joined(Slug),
    /// Nothing any more: the recommendation that gave the address is in no family.
    Apart(Box<Recommendation>),
}

/// Looks an address up.
///
/// # Errors
/// [`Error::NotFound`] when it was never given.
pub fn find(tx: &mut ReadTx<'_>, slug: &Slug) -> Result<Found, Error> {
    let of_one = family::table.filter(family::slug.eq(slug).and(family::seq.le(tx.upto())));
    let id: RecommendationId = of_one.select(family::recommendation_id).first(tx.conn)?;
    let all = of(tx, &[id])?;
    match all.of(id).cloned() {
        Some(family) if family.slug == *slug => Ok(Found::Here(Box::new((family, all)))),
        Some(family) => Ok(Found::Joined(family.slug)),
        None => {
            let one = recommendation::many(tx, vec![id])?.pop().ok_or(Error::NotFound)?;
            Ok(Found::Apart(Box::new(one)))
        }
    }
}

/// Families in the order in which their addresses were given: those of at most so many addresses.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut ReadTx<'_>, after: Option<Cursor<1>>, size: usize) -> Result<Page<Family, 1>, Error> {
    let Cursor([after]) = after.unwrap_or(Cursor([i64::MIN]));
    let rows: Vec<(i64, RecommendationId, Slug)> = family::table
        .filter(family::id.gt(after).and(family::seq.le(tx.upto())))
        .order(family::id)
        .limit(super::body::limit(size))
        .select((family::id, family::recommendation_id, family::slug))
        .load(tx.conn)?;
    let Page { items, next } = Page::cut(rows, size, |row| [row.0]);
    let ids: Vec<RecommendationId> = items.iter().map(|row| row.1).collect();
    let all = of(tx, &ids)?;
    // An address that leads to another family's is no family of its own.
    let own = items.iter().filter_map(|(_, id, slug)| all.of(*id).filter(|family| family.slug == *slug).cloned());
    Ok(Page { items: own.collect(), next })
}

/// Every address of a family that any of these recommendations stands, or stood, under: what a page of it may have said.
///
/// # Errors
/// When the database fails.
pub fn addresses_around(tx: &mut ReadTx<'_>, ids: &[RecommendationId]) -> Result<Vec<Slug>, Error> {
    let mut kin: BTreeSet<RecommendationId> = ids.iter().copied().collect();
    kin.extend(tie::around(tx, ids)?.iter().flat_map(|tie| [tie.from, tie.to]));
    let kin: Vec<RecommendationId> = kin.into_iter().collect();
    let mut slugs = Vec::new();
    for some in kin.chunks(AT_ONCE) {
        let found: Vec<Slug> = family::table
            .filter(family::recommendation_id.eq_any(some))
            .order(family::id)
            .select(family::slug)
            .load(tx.conn)?;
        slugs.extend(found);
    }
    Ok(slugs)
}

/// Whether a recommendation has given an address already.
///
/// # Errors
/// When the database fails.
pub fn has_address(tx: &mut ReadTx<'_>, id: RecommendationId) -> Result<bool, Error> {
    let given = family::table.filter(family::recommendation_id.eq(id));
    Ok(diesel::select(diesel::dsl::exists(given)).get_result(tx.conn)?)
}

/// An address made from these words that nothing has: with a number after it where the plain one is taken.
///
/// # Errors
/// When the database fails.
pub fn free_address(tx: &mut ReadTx<'_>, words: &str) -> Result<Slug, Error> {
    let plain = Slug::from_words(words);
    let mut made = plain.clone();
    for number in 2_u32.. {
        let taken = family::table.filter(family::slug.eq(&made));
        if !diesel::select(diesel::dsl::exists(taken)).get_result::<bool>(tx.conn)? {
            break;
        }
        // Room for the number within the longest address.
        let begin: String = plain.as_str().chars().take(69).collect();
        made = Slug::from_words(&format!("{begin} {number}"));
    }
    Ok(made)
}

/// Of the addresses that the members gave, the first.
fn address(tx: &mut ReadTx<'_>, members: &BTreeSet<RecommendationId>) -> Result<Option<Slug>, Error> {
    let ids: Vec<RecommendationId> = members.iter().copied().collect();
    let mut first: Option<(i64, Slug)> = None;
    for some in ids.chunks(AT_ONCE) {
        let found: Option<(i64, Slug)> = family::table
            .filter(family::recommendation_id.eq_any(some).and(family::seq.le(tx.upto())))
            .order(family::id)
            .select((family::id, family::slug))
            .first(tx.conn)
            .optional()?;
        first = [first, found].into_iter().flatten().min_by_key(|(id, _)| *id);
    }
    Ok(first.map(|(_, slug)| slug))
}

fn family(tx: &mut ReadTx<'_>, slug: Slug, mut members: Vec<Recommendation>, ties: Vec<Tie>) -> Result<Family, Error> {
    let ids: Vec<RecommendationId> = members.iter().map(|one| one.id).collect();
    let published = inquiry::published(tx, members.iter().map(|one| one.inquiry.id).collect())?;
    let made_on = |one: &Recommendation| {
        one.made_on.or_else(|| published.get(&one.inquiry.id).and_then(|inquiry| inquiry.made_on))
    };
    let made: HashMap<RecommendationId, Day> = members.iter().filter_map(|one| Some((one.id, made_on(one)?))).collect();
    members.sort_by_key(|one| {
        let on = made.get(&one.id).copied();
        (on.is_none(), on, one.inquiry.id, one.position, one.id)
    });
    // What was found of a part was found of its whole.
    let parts: Vec<(Option<RecommendationId>, RecommendationId)> = table::table
        .filter(table::parent_id.eq_any(ids.iter().copied().map(Some).collect::<Vec<_>>()))
        .select((table::parent_id, table::id))
        .load(tx.conn)?;
    let asked = ids.iter().copied().chain(parts.iter().map(|(_, part)| *part)).collect();
    let answers = addressee::of_recommendations(tx, asked)?;
    let ever = ever_confirmed(tx, answers.values().flatten().map(|answer| answer.id).collect())?;
    let standing: Vec<Member> = members
        .iter()
        .map(|one| {
            let own = parts.iter().filter(|(whole, _)| *whole == Some(one.id)).map(|(_, part)| *part).chain([one.id]);
            let rightly: Vec<&Answer> =
                own.filter_map(|id| answers.get(&id)).flatten().filter(|answer| !answer.is_in_error()).collect();
            // Where the answer to the whole is followed in parts, they say how it stands.
            let counted: Vec<&Answer> = rightly.iter().copied().filter(|answer| answer.is_counted()).collect();
            let days: Option<Vec<Day>> = counted.iter().map(|answer| answer.assessed.when.exact()).collect();
            Member {
                inquiry: one.inquiry.id,
                made_on: made.get(&one.id).copied(),
                assessed: counted.iter().any(|answer| answer.assessed.value != Assessed::NotAssessed),
                done: one.done,
                any_confirmed: counted.iter().any(|answer| answer.done),
                ever_confirmed: rightly.iter().any(|answer| ever.contains(&answer.id)),
                lapsed: counted.iter().any(|answer| ever.contains(&answer.id) && holds_no_longer(answer)),
                confirmed_on: days.and_then(|days| days.into_iter().max()).filter(|_| one.done),
            }
        })
        .collect();
    Ok(Family { slug, made, ties, standing: Standing::of(&standing), members })
}

/// Whether somebody found of an answer that was confirmed once that this holds no longer. That it was looked at again and nobody
/// could tell is no such finding.
fn holds_no_longer(answer: &Answer) -> bool {
    let found = answer.assessed.value;
    answer.lifecycle.value == Lifecycle::Lapsed
        || found == Assessed::PartlyImplemented
        || found.group() == AssessedGroup::Not
}

/// Those of these answers that were ever confirmed, by findings that nobody has put right since.
fn ever_confirmed(tx: &mut ReadTx<'_>, ids: Vec<AddresseeId>) -> Result<HashSet<AddresseeId>, Error> {
    let done: Vec<&str> = Assessed::ALL.iter().filter(|value| value.is_done()).map(|value| value.as_str()).collect();
    let mut ever = HashSet::new();
    for some in ids.chunks(AT_ONCE) {
        let found: Vec<(UpdateId, AddresseeId)> = fact_update::table
            .filter(fact_update::addressee_id.eq_any(some).and(fact_update::fact.eq(Fact::Assessed)))
            .filter(fact_update::value.eq_any(done.clone()).and(fact_update::seq.le(tx.upto())))
            .select((fact_update::id, fact_update::addressee_id))
            .load(tx.conn)?;
        let right: Vec<Option<UpdateId>> = fact_update::table
            .filter(fact_update::corrects.eq_any(found.iter().map(|row| Some(row.0)).collect::<Vec<_>>()))
            .filter(fact_update::seq.le(tx.upto()))
            .select(fact_update::corrects)
            .load(tx.conn)?;
        ever.extend(found.into_iter().filter(|row| !right.contains(&Some(row.0))).map(|row| row.1));
    }
    Ok(ever)
}
