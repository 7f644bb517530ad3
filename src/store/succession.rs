//! Which body took whose place, what was decided of single answers, and who answers now. The rule is
//! [`Chain::answers_now`](crate::domain::succession::Chain::answers_now).

mod told;

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use super::body::{self, BodyName};
use super::schema::{addressee, change, group_asked, membership, passing, succession};
use super::{AT_ONCE, Error, ReadTx};
use crate::domain::id::{AddresseeId, BodyId, RecommendationId, Seq};
use crate::domain::moment::{Day, Happened, Precision};
use crate::domain::succession::{
    AnsweredThen, Answering, Chain, Handed, Link, Passing, Step, SuccessionKind, answered_then, handed_by,
};

pub use told::{
    Moves, PassedOn, Told, Undecided, moves, of_body, of_changes, passed_on, passed_on_of, passing_from, undecided,
    undecided_count,
};

type LinkRow = ((BodyId, BodyId, SuccessionKind), (Option<Day>, Precision), Day, Seq, bool);

fn rows(tx: &mut ReadTx<'_>) -> Result<Vec<(Link, bool)>, Error> {
    let rows: Vec<LinkRow> = succession::table
        .inner_join(change::table.on(change::seq.eq(succession::seq)))
        .filter(succession::seq.le(tx.upto()))
        .order((succession::seq, succession::id))
        .select((
            (succession::from_body_id, succession::to_body_id, succession::kind),
            (succession::happened_on, succession::precision),
            change::day,
            succession::seq,
            succession::present,
        ))
        .load(tx.conn)?;
    let link = |((from, to, kind), (on, precision), recorded, seq, present): LinkRow| {
        (Link { from, to, kind, happened: Happened::new(on, precision), recorded, seq }, present)
    };
    Ok(rows.into_iter().map(link).collect())
}

/// Every succession that stands.
///
/// # Errors
/// When the database fails.
pub fn chain(tx: &mut ReadTx<'_>) -> Result<Chain, Error> {
    Ok(Chain::of(rows(tx)?))
}

/// Who answers now for one answer.
///
/// # Errors
/// When the database fails.
pub fn answers_now(tx: &mut ReadTx<'_>, answer: AddresseeId, asked: BodyId) -> Result<Answering, Error> {
    let chain = chain(tx)?;
    let decided = if chain.after(asked).is_empty() { HashMap::new() } else { decided(tx, &[answer])? };
    Ok(chain.answers_now(asked, |at| decided.get(&(answer, at)).copied()))
}

/// What was decided of answers, by the body that had ended.
type Decided = HashMap<(AddresseeId, BodyId), Passing>;

fn decided(tx: &mut ReadTx<'_>, answers: &[AddresseeId]) -> Result<Decided, Error> {
    let rows: Vec<(AddresseeId, BodyId, Option<BodyId>)> = passing::table
        .filter(passing::addressee_id.eq_any(answers).and(passing::seq.le(tx.upto())))
        .order((passing::seq, passing::id))
        .select((passing::addressee_id, passing::from_body_id, passing::to_body_id))
        .load(tx.conn)?;
    let decided = |(answer, from, to): (AddresseeId, BodyId, Option<BodyId>)| {
        ((answer, from), to.map_or(Passing::Nobody, Passing::To))
    };
    Ok(rows.into_iter().map(decided).collect())
}

/// What was decided of one answer, by the body that had ended: which took it over, or that none did.
///
/// # Errors
/// When the database fails.
pub fn decided_of(tx: &mut ReadTx<'_>, answer: AddresseeId) -> Result<Vec<(BodyId, Option<BodyId>)>, Error> {
    let mut found: Vec<(BodyId, Option<BodyId>)> = decided(tx, &[answer])?
        .into_iter()
        .map(|((_, ended), passing)| match passing {
            Passing::To(next) => (ended, Some(next)),
            Passing::Nobody => (ended, None),
        })
        .collect();
    found.sort_unstable();
    Ok(found)
}

/// Who answers now for several answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answerers {
    chain: Chain,
    decided: Decided,
    /// Every succession that was ever recorded: from, to, the change.
    ever: Vec<(BodyId, BodyId, Seq)>,
}

impl Answerers {
    /// Reads what decides about these answers.
    ///
    /// # Errors
    /// When the database fails.
    pub fn read(tx: &mut ReadTx<'_>, answers: &[AddresseeId]) -> Result<Self, Error> {
        let rows = rows(tx)?;
        if rows.is_empty() {
            return Ok(Self::default());
        }
        let ever = rows.iter().map(|(link, _)| (link.from, link.to, link.seq)).collect();
        Ok(Self { decided: decided(tx, answers)?, chain: Chain::of(rows), ever })
    }

    /// Who answers for one of them.
    #[must_use]
    pub fn of(&self, answer: AddresseeId, asked: BodyId) -> Answering {
        self.chain.answers_now(asked, |at| self.decided.get(&(answer, at)).copied())
    }

    /// The last change by which what was asked of a body could have come to another one.
    #[must_use]
    pub fn last_change(&self, asked: BodyId) -> Option<Seq> {
        let mut reached = BTreeSet::from([asked]);
        let mut last = None;
        let mut open = vec![asked];
        while let Some(at) = open.pop() {
            for (_, to, seq) in self.ever.iter().filter(|(from, ..)| *from == at) {
                last = last.max(Some(*seq));
                if reached.insert(*to) {
                    open.push(*to);
                }
            }
        }
        last
    }
}

/// How an answer came to the body that answers now, with names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// The body that was asked.
    pub asked: BodyName,
    /// The body that answers now.
    pub now: BodyName,
    /// What that rests on.
    pub how: Handed,
    /// The steps from one to the other.
    steps: Vec<Step>,
    /// Every body on the way.
    names: Vec<BodyName>,
}

/// Who answered on a day, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then<'n> {
    /// The body that answers now.
    Now,
    /// This one, before another took over.
    Earlier(&'n BodyName),
    /// One of these, in their order: nobody knows whether the next had taken over by then.
    NotKnown(Vec<&'n BodyName>),
}

impl Path {
    fn name(&self, id: BodyId) -> Option<&BodyName> {
        self.names.iter().find(|one| one.id == id)
    }

    /// Each step: from whom, to whom, and when.
    pub fn steps(&self) -> impl Iterator<Item = (&BodyName, &BodyName, Happened)> {
        self.steps.iter().filter_map(|step| Some((self.name(step.from)?, self.name(step.to)?, step.happened)))
    }

    /// Who answered on a day.
    #[must_use]
    pub fn on(&self, day: Day) -> Then<'_> {
        match answered_then(self.asked.id, &self.steps, day) {
            AnsweredThen::Now => Then::Now,
            AnsweredThen::Earlier(id) => self.name(id).map_or_else(|| Then::NotKnown(Vec::new()), Then::Earlier),
            AnsweredThen::NotKnown(ids) => Then::NotKnown(ids.into_iter().filter_map(|id| self.name(id)).collect()),
        }
    }
}

/// The ways of those of these answers whose body has ended.
///
/// # Errors
/// When the database fails.
pub fn paths(
    tx: &mut ReadTx<'_>,
    answers: impl IntoIterator<Item = (AddresseeId, BodyId)>,
) -> Result<HashMap<AddresseeId, Path>, Error> {
    let chain = chain(tx)?;
    let ended: Vec<(AddresseeId, BodyId)> =
        answers.into_iter().filter(|(_, asked)| !chain.after(*asked).is_empty()).collect();
    let mut found = Vec::new();
    for some in ended.chunks(AT_ONCE) {
        let decided = decided(tx, &some.iter().map(|(id, _)| *id).collect::<Vec<_>>())?;
        found.extend(
            some.iter()
                .map(|(id, asked)| (*id, *asked, chain.answers_now(*asked, |at| decided.get(&(*id, at)).copied()))),
        );
    }
    let mut ids: Vec<BodyId> = Vec::new();
    for (_, asked, now) in &found {
        ids.push(*asked);
        ids.extend(now.steps.iter().map(|step| step.to));
    }
    ids.sort_unstable();
    ids.dedup();
    let names = body::names(tx, ids)?;
    let path = |(id, asked, now): (AddresseeId, BodyId, Answering)| {
        let name = |id: BodyId| names.iter().find(|one| one.id == id).cloned();
        let on_the_way = std::iter::once(asked).chain(now.steps.iter().map(|step| step.to));
        let (names, asked) = (on_the_way.filter_map(name).collect(), name(asked)?);
        Some((id, Path { asked, now: name(now.body)?, how: now.how, steps: now.steps, names }))
    };
    Ok(found.into_iter().filter_map(path).collect())
}

/// The bodies from which a way ever led to this one, and itself.
///
/// # Errors
/// When the database fails.
pub fn leading_to(tx: &mut ReadTx<'_>, body: BodyId) -> Result<Vec<BodyId>, Error> {
    let ever: Vec<(BodyId, BodyId)> =
        succession::table.select((succession::from_body_id, succession::to_body_id)).load(tx.conn)?;
    let mut found = BTreeSet::from([body]);
    let mut open = vec![body];
    while let Some(at) = open.pop() {
        open.extend(ever.iter().filter(|(_, to)| *to == at).map(|(from, _)| *from).filter(|from| found.insert(*from)));
    }
    Ok(found.into_iter().collect())
}

/// These bodies, and every one that they ever led to.
///
/// # Errors
/// When the database fails.
pub fn reached_from(tx: &mut ReadTx<'_>, bodies: Vec<BodyId>) -> Result<Vec<BodyId>, Error> {
    let ever: Vec<(BodyId, BodyId)> =
        succession::table.select((succession::from_body_id, succession::to_body_id)).load(tx.conn)?;
    let mut found: BTreeSet<BodyId> = bodies.into_iter().collect();
    let mut open: Vec<BodyId> = found.iter().copied().collect();
    while let Some(at) = open.pop() {
        open.extend(ever.iter().filter(|(from, _)| *from == at).map(|(_, to)| *to).filter(|to| found.insert(*to)));
    }
    Ok(found.into_iter().collect())
}

/// The changes by which what bodies had been asked came to be answered by others, or no more; each of these bodies with a change
/// that asked it. The rule is [`handed_by`].
///
/// # Errors
/// When the database fails.
pub fn handing_on(tx: &mut ReadTx<'_>, asked: &[(BodyId, Seq)]) -> Result<BTreeSet<Seq>, Error> {
    Ok(handed_by(rows(tx)?, asked))
}

/// The bodies that an item was put to, and whoever answered for each of these on a day, as far as it is certain.
///
/// # Errors
/// When the database fails.
pub fn answering_on(tx: &mut ReadTx<'_>, item: RecommendationId, day: Day) -> Result<BTreeSet<BodyId>, Error> {
    let rows: Vec<(AddresseeId, BodyId, bool)> = addressee::table
        .filter(addressee::recommendation_id.eq(item))
        .order(addressee::id)
        .select((addressee::id, addressee::body_id, addressee::present))
        .load(tx.conn)?;
    let answerers = Answerers::read(tx, &rows.iter().map(|(id, ..)| *id).collect::<Vec<_>>())?;
    let mut found = BTreeSet::new();
    for (id, asked, present) in rows {
        found.insert(asked);
        found.extend(answerers.of(id, asked).on(day).filter(|_| present));
    }
    Ok(found)
}

/// The answers that a succession of this body may bring to another one.
///
/// # Errors
/// When the database fails.
pub fn answers_led_by(tx: &mut ReadTx<'_>, body: BodyId) -> Result<Vec<AddresseeId>, Error> {
    let asked = leading_to(tx, body)?;
    Ok(addressee::table
        .filter(addressee::body_id.eq_any(asked))
        .order(addressee::id)
        .select(addressee::id)
        .load(tx.conn)?)
}

/// Every answer whose body has ended, or that another body answers than the one asked.
///
/// # Errors
/// When the database fails.
pub fn answers_of_ended(tx: &mut ReadTx<'_>) -> Result<Vec<AddresseeId>, Error> {
    let ended: Vec<BodyId> = chain(tx)?.ended().collect();
    Ok(addressee::table
        .filter(addressee::body_id.eq_any(ended).or(addressee::answerer_id.ne(addressee::body_id)))
        .order(addressee::id)
        .select(addressee::id)
        .load(tx.conn)?)
}

/// The bodies beside its own that a change names: who took whose place, who belongs to which group, who took something over.
///
/// # Errors
/// When the database fails.
pub fn named_by(tx: &mut ReadTx<'_>, seq: Seq) -> Result<Vec<BodyId>, Error> {
    let succeeded: Vec<(BodyId, BodyId)> = succession::table
        .filter(succession::seq.eq(seq))
        .select((succession::from_body_id, succession::to_body_id))
        .load(tx.conn)?;
    let joined: Vec<(BodyId, BodyId)> = membership::table
        .filter(membership::seq.eq(seq))
        .select((membership::group_id, membership::body_id))
        .load(tx.conn)?;
    let asked: Vec<BodyId> =
        group_asked::table.filter(group_asked::seq.eq(seq)).select(group_asked::group_id).load(tx.conn)?;
    let passed: Vec<Option<BodyId>> =
        passing::table.filter(passing::seq.eq(seq)).select(passing::to_body_id).load(tx.conn)?;
    let both = succeeded.into_iter().chain(joined).flat_map(|(one, other)| [one, other]);
    Ok(both.chain(asked).chain(passed.into_iter().flatten()).collect())
}
