//! What the words of a question find, before it is put in order.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::held::{Held, Looked};
use super::narrow::{First, Within};
use super::numbered;
use super::question::Question;
use crate::domain::id::RecommendationId;
use crate::domain::numbering;
use crate::store::schema::recommendation as table;
use crate::store::{Error, ReadTx, present};

/// Of which recommendations it is known whether their texts fit a question: read once, whatever else is asked.
pub(super) type Fits = HashMap<RecommendationId, bool>;

/// What a search found before it was put in order, for the numbers beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// The first that fit.
    pub(super) first: First,
    /// What was read for it.
    pub(super) fits: Fits,
}

/// What the words of a question find.
#[derive(Debug, Clone)]
pub(super) struct Hits {
    /// The question, taken apart.
    pub question: Question,
    /// Those of the number that it names.
    pub named: HashSet<RecommendationId>,
    /// The first of them; none where somebody typed signs and no words.
    pub ids: Vec<RecommendationId>,
    /// Whether there may be others.
    pub cut: bool,
    /// Where these are; nothing where none are left, or where they are known by their number alone.
    pub rest: Option<Rest>,
}

/// Where the others are that hold the words.
#[derive(Debug, Clone)]
pub(super) struct Rest {
    /// The last row up to which all that hold them were looked through.
    pub through: i64,
    /// Among which.
    pub among: Among,
}

/// Among which rows those stand that hold the words.
#[derive(Debug, Clone)]
pub(super) enum Among {
    /// Those of the rarest filter: a question for their ids.
    Filter(String),
    /// All that hold them, which are no more than so many.
    Holders(i64),
    /// More than can be looked through at once.
    All,
}

/// What holds the words.
#[derive(Default)]
struct Candidates {
    ids: Vec<RecommendationId>,
    rest: Option<Rest>,
}

/// Finds it, among what fits the condition. `fits` is of the same question.
pub(super) fn hits(tx: &mut ReadTx<'_>, typed: &str, within: &Within, fits: &mut Fits) -> Result<Hits, Error> {
    let question = Question::of(typed);
    let (named, is_more) = by_number(tx, number_of(&question, typed), within)?;
    let asks = !question.is_empty();
    let Candidates { mut ids, rest } =
        if asks { candidates(tx, Looked::of(&question), within)? } else { Candidates::default() };
    let others: Vec<RecommendationId> = named.iter().copied().filter(|id| !ids.contains(id)).collect();
    ids.extend(others);
    keep_said(tx, &question, &mut ids, fits)?;
    Ok(Hits { question, named, ids, cut: rest.is_some() || is_more, rest })
}

/// All that a question finds, whatever it costs, for whoever takes everything away.
///
/// # Errors
/// When the database fails.
pub(super) fn all(
    tx: &mut ReadTx<'_>,
    typed: &str,
    within: &Within,
) -> Result<(Question, Vec<RecommendationId>, HashSet<RecommendationId>), Error> {
    /// How many rows that hold the words are looked through at once.
    const AT_ONCE: i64 = 100_000;
    /// Of how many the texts are read at once.
    const READ: usize = 500;
    let question = Question::of(typed);
    let (named, _) = by_number(tx, number_of(&question, typed), within)?;
    let (mut ids, mut fits) = (Vec::new(), Fits::new());
    let mut after = (!question.is_empty()).then_some(0);
    let looked = Looked::of(&question);
    if let Some(rows) = within.many(tx)?.filter(|_| after.is_some()) {
        ids = looked.ids(tx, Held::Few(&rows), &within.condition, AT_ONCE)?;
        after = None;
    }
    while let Some(from) = after {
        ids.extend(looked.ids(tx, Held::First(from, AT_ONCE), &within.condition, AT_ONCE)?);
        after = looked.next(tx, from, AT_ONCE)?.map(|next| next.0 - 1);
    }
    let known: HashSet<RecommendationId> = ids.iter().copied().collect();
    ids.extend(named.iter().copied().filter(|id| !known.contains(id)));
    let mut said = Vec::new();
    for some in ids.chunks(READ) {
        let mut some = some.to_vec();
        keep_said(tx, &question, &mut some, &mut fits)?;
        said.append(&mut some);
        fits.clear();
    }
    Ok((question, said, named))
}

/// Where a question may name a number: within the very words that somebody asks for it is one of them.
fn number_of<'a>(question: &'a Question, typed: &'a str) -> &'a str {
    if question.is_exact() { question.rest.as_str() } else { typed }
}

/// Of these, keeps those whose texts fit the question too.
///
/// # Errors
/// When the database fails.
pub(super) fn keep_said(
    tx: &mut ReadTx<'_>,
    question: &Question,
    ids: &mut Vec<RecommendationId>,
    fits: &mut Fits,
) -> Result<(), Error> {
    if question.is_exact() {
        let unread: Vec<RecommendationId> = ids.iter().copied().filter(|id| !fits.contains_key(id)).collect();
        let texts = present::findable_of(tx, &unread)?;
        for id in unread {
            fits.insert(id, texts.get(&id).is_some_and(|texts| question.fits(texts)));
        }
        ids.retain(|id| fits.get(id).copied().unwrap_or_default());
    }
    Ok(())
}

/// The first that hold the stems and the beginnings, and where the others are.
fn candidates(tx: &mut ReadTx<'_>, looked: Looked<'_>, within: &Within) -> Result<Candidates, Error> {
    let condition = within.condition.as_str();
    let (wanted, [first, all]) = (within.bounds.candidates + 1, within.bounds.looked);
    if let Some(few) = &within.few {
        let ids = looked.ids(tx, Held::Few(few), condition, wanted)?;
        return Ok(Candidates::of(ids, within, Among::Filter(few.clone()), None));
    }
    let ids = looked.ids(tx, Held::First(0, first), condition, wanted)?;
    if looked.next(tx, 0, first)?.is_none() {
        return Ok(Candidates::of(ids, within, Among::Holders(first), None));
    }
    let is_enough = ids.len() as u64 >= wanted.unsigned_abs();
    if let Some(rows) = within.many(tx)? {
        let ids = if is_enough { ids } else { looked.ids(tx, Held::Few(&rows), condition, wanted)? };
        return Ok(Candidates::of(ids, within, Among::Filter(rows), None));
    }
    let ids = if is_enough { ids } else { looked.ids(tx, Held::First(0, all), condition, wanted)? };
    let next = looked.next(tx, 0, all)?;
    let among = if next.is_some() { Among::All } else { Among::Holders(all) };
    Ok(Candidates::of(ids, within, among, next))
}

impl Candidates {
    /// No more than are put in order; `next` is the first that was not looked at, where there is one.
    fn of(mut ids: Vec<RecommendationId>, within: &Within, among: Among, next: Option<RecommendationId>) -> Self {
        let most = usize::try_from(within.bounds.candidates).unwrap_or(usize::MAX);
        let is_more = ids.len() > most;
        ids.truncate(most);
        let last = ids.last().filter(|_| is_more).map(|last| last.0);
        let rest = last.or(next.map(|next| next.0 - 1)).map(|through| Rest { through, among });
        Self { ids, rest }
    }
}

/// The recommendations of the number that a question names, where it names one: with its other words, if it has any; and whether
/// there are more than were looked at.
fn by_number(tx: &mut ReadTx<'_>, typed: &str, within: &Within) -> Result<(HashSet<RecommendationId>, bool), Error> {
    let Some(numbered::Numbered { numbers, rest }) = numbered::asked(typed) else {
        return Ok((HashSet::new(), false));
    };
    // What was typed does not get into the condition: only numbers that the register holds do, and the rule of numbers
    // (letters, digits, dots, hyphens) leaves them no sign that could end the text.
    let held: Vec<String> =
        table::table.filter(table::number.eq_any(numbers)).select(table::number).distinct().load(tx.conn)?;
    let held: Vec<String> =
        held.into_iter().filter_map(|one| numbering::number(&one).ok()).map(|one| format!("'{one}'")).collect();
    if held.is_empty() {
        return Ok((HashSet::new(), false));
    }
    let condition = format!("{} and recommendation.number in ({})", within.condition, held.join(","));
    let [_, most] = within.bounds.looked;
    let mut ids: Vec<RecommendationId> = if rest.is_empty() {
        table::table
            .filter(diesel::dsl::sql::<Bool>(&condition))
            .order(table::id)
            .limit(most + 1)
            .select(table::id)
            .load(tx.conn)?
    } else {
        // What has one of these numbers is few as well: an inquiry has each once.
        let inquiry = within.inquiry.map(|one| format!(" and recommendation.inquiry_id = {one}")).unwrap_or_default();
        let numbered = format!(
            "select recommendation.id as id from recommendation where recommendation.number in ({}){inquiry}",
            held.join(",")
        );
        let rows = within.few.as_deref().unwrap_or(numbered.as_str());
        let looked = Looked { stems: &rest, begins: &[] };
        looked.ids(tx, Held::Few(rows), &condition, most + 1)?
    };
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let is_more = ids.len() > most;
    ids.truncate(most);
    Ok((ids.into_iter().collect(), is_more))
}
