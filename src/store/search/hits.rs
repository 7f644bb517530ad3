//! What the words of a question find, before it is put in order.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::narrow::Within;
use super::question::Question;
use super::{CANDIDATES, fts5, numbered, tsvector};
use crate::domain::id::RecommendationId;
use crate::domain::numbering;
use crate::store::conn::Conn;
use crate::store::schema::recommendation as table;
use crate::store::{Error, ReadTx, present};

/// Of which recommendations it is known whether their texts fit a question: read once, whatever else is asked.
pub(super) type Fits = HashMap<RecommendationId, bool>;

/// How many that hold the words of a question are looked through for those that fit its filters: a first few, which as a rule hold
/// enough, then as many as there may be.
const LOOKED: [i64; 2] = [4_000, 20_000];

/// What words find with some filters, for whatever is made of it: the pages of it, and the numbers beside them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// It.
    pub(super) hits: Hits,
    /// What was read for it.
    pub(super) fits: Fits,
}

/// What the words of a question find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hits {
    /// The question, taken apart.
    pub question: Question,
    /// Those of the number that it names.
    pub named: HashSet<RecommendationId>,
    /// All of them; none where somebody typed signs and no words.
    pub ids: Vec<RecommendationId>,
    /// Whether more hold its stems than were looked through.
    pub cut: bool,
}

/// Finds it, among what fits the condition. `fits` is of the same question.
pub(super) fn hits(tx: &mut ReadTx<'_>, typed: &str, within: &Within, fits: &mut Fits) -> Result<Hits, Error> {
    let question = Question::of(typed);
    // A number within the very words that somebody asks for is one of them.
    let named = by_number(tx, if question.is_exact() { question.rest.as_str() } else { typed }, within)?;
    let asks = !question.is_empty();
    let (mut ids, cut) =
        if asks { candidates(tx, &question.stems, &question.begins, within)? } else { (Vec::new(), false) };
    let others: Vec<RecommendationId> = named.iter().copied().filter(|id| !ids.contains(id)).collect();
    ids.extend(others);
    if question.is_exact() {
        let unread: Vec<RecommendationId> = ids.iter().copied().filter(|id| !fits.contains_key(id)).collect();
        let texts = present::findable_of(tx, &unread)?;
        for id in unread {
            fits.insert(id, texts.get(&id).is_some_and(|texts| question.fits(texts)));
        }
        ids.retain(|id| fits.get(id).copied().unwrap_or_default());
    }
    Ok(Hits { question, named, ids, cut })
}

/// The first that hold the stems and the beginnings, and whether there are more.
fn candidates(
    tx: &mut ReadTx<'_>,
    stems: &[String],
    begins: &[String],
    within: &Within,
) -> Result<(Vec<RecommendationId>, bool), Error> {
    let (condition, wanted) = (within.condition.as_str(), CANDIDATES + 1);
    let most = usize::try_from(CANDIDATES).unwrap_or(usize::MAX);
    let (mut ids, mut cut) = (Vec::new(), false);
    if let Some(few) = &within.few {
        ids = match tx.conn {
            Conn::Sqlite(_) => fts5::among_few(tx, stems, begins, (few, condition), wanted)?,
            Conn::Postgres(_) => tsvector::among_few(tx, stems, begins, (few, condition), wanted)?,
        };
    } else {
        for looked in LOOKED {
            ids = match tx.conn {
                Conn::Sqlite(_) => fts5::among_first(tx, stems, begins, (looked, condition), wanted)?,
                Conn::Postgres(_) => tsvector::among_first(tx, stems, begins, (looked, condition), wanted)?,
            };
            cut = ids.len() <= most
                && match tx.conn {
                    Conn::Sqlite(_) => fts5::are_more(tx, stems, begins, looked)?,
                    Conn::Postgres(_) => tsvector::are_more(tx, stems, begins, looked)?,
                };
            if !cut {
                break;
            }
        }
    }
    let cut = cut || ids.len() > most;
    ids.truncate(most);
    Ok((ids, cut))
}

/// The recommendations of the number that a question names, where it names one: with its other words, if it has any.
fn by_number(tx: &mut ReadTx<'_>, typed: &str, within: &Within) -> Result<HashSet<RecommendationId>, Error> {
    let Some(numbered::Numbered { numbers, rest }) = numbered::asked(typed) else { return Ok(HashSet::new()) };
    let ids = if rest.is_empty() {
        table::table
            .filter(table::number.eq_any(numbers))
            .filter(diesel::dsl::sql::<Bool>(&within.condition))
            .order(table::id)
            .limit(CANDIDATES)
            .select(table::id)
            .load(tx.conn)?
    } else {
        // What was typed does not get into the condition: only numbers that the register holds do, and the rule of numbers
        // (letters, digits, dots, hyphens) leaves them no sign that could end the text.
        let held: Vec<String> =
            table::table.filter(table::number.eq_any(numbers)).select(table::number).distinct().load(tx.conn)?;
        let held: Vec<String> =
            held.into_iter().filter_map(|one| numbering::number(&one).ok()).map(|one| format!("'{one}'")).collect();
        if held.is_empty() {
            return Ok(HashSet::new());
        }
        let condition = format!("{} and recommendation.number in ({})", within.condition, held.join(","));
        // What has one of these numbers is few as well: an inquiry has each once.
        let numbered = format!(
            "select recommendation.id as id from recommendation where recommendation.number in ({}) limit {CANDIDATES}",
            held.join(",")
        );
        candidates(tx, &rest, &[], &Within { condition, few: Some(numbered) })?.0
    };
    Ok(ids.into_iter().collect())
}
