//! What the words of a question find, before it is put in order.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::question::Question;
use super::{CANDIDATES, fts5, numbered, tsvector};
use crate::domain::id::RecommendationId;
use crate::domain::numbering;
use crate::store::conn::Conn;
use crate::store::schema::recommendation as table;
use crate::store::{Error, ReadTx, present};

/// Of which recommendations it is known whether their texts fit a question: read once, whatever else is asked.
pub(super) type Fits = HashMap<RecommendationId, bool>;

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
pub(super) fn hits(tx: &mut ReadTx<'_>, typed: &str, condition: &str, fits: &mut Fits) -> Result<Hits, Error> {
    let question = Question::of(typed);
    // A number within the very words that somebody asks for is one of them.
    let named = by_number(tx, if question.is_exact() { question.rest.as_str() } else { typed }, condition)?;
    let asks = !question.is_empty();
    let (mut ids, cut) =
        if asks { candidates(tx, &question.stems, &question.begins, condition)? } else { (Vec::new(), false) };
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
    condition: &str,
) -> Result<(Vec<RecommendationId>, bool), Error> {
    let mut ids = match tx.conn {
        Conn::Sqlite(_) => fts5::candidates(tx, stems, begins, condition, CANDIDATES + 1)?,
        Conn::Postgres(_) => tsvector::candidates(tx, stems, begins, condition, CANDIDATES + 1)?,
    };
    let most = usize::try_from(CANDIDATES).unwrap_or(usize::MAX);
    let cut = ids.len() > most;
    ids.truncate(most);
    Ok((ids, cut))
}

/// The recommendations of the number that a question names, where it names one: with its other words, if it has any.
fn by_number(tx: &mut ReadTx<'_>, typed: &str, condition: &str) -> Result<HashSet<RecommendationId>, Error> {
    let Some(numbered::Numbered { numbers, rest }) = numbered::asked(typed) else { return Ok(HashSet::new()) };
    let ids = if rest.is_empty() {
        table::table
            .filter(table::number.eq_any(numbers))
            .filter(diesel::dsl::sql::<Bool>(condition))
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
        candidates(tx, &rest, &[], &format!("{condition} and recommendation.number in ({})", held.join(",")))?.0
    };
    Ok(ids.into_iter().collect())
}
