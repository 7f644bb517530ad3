//! What is like a recommendation in its words: the share of the weight of its rarer words that another one holds too. A word
//! weighs as much as it is rare in the register (inverse document frequency); one that many hold says nothing and is not looked
//! up to the end, so that a large register costs no more.

use std::collections::{BTreeMap, HashMap};

use super::stem;
use super::{fts5, tsvector};
use crate::domain::id::RecommendationId;
use crate::store::conn::Conn;
use crate::store::recommendation::{self, Recommendation};
use crate::store::tally::{self, Counted};
use crate::store::{Error, ReadTx};

/// How many suggestions are made.
const MOST: usize = 10;
/// How many of its words are looked up.
const WORDS: usize = 60;
/// A word that more recommendations hold than these says nothing.
const TOO_COMMON: usize = 500;
/// From so many recommendations on it also says nothing where more than half of them hold it; of fewer nobody can tell.
const ENOUGH_TO_TELL: u64 = 10;
/// How many are read at once, until there are enough that can be suggested.
const AT_ONCE: usize = 100;
/// How often.
const ROUNDS: usize = 5;
/// How many words are shared at least.
const SHARED: usize = 2;
/// What part of the weight is shared at least.
const SHARE: f64 = 0.2;

/// A recommendation that shares rare words with another one. That is no finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// It.
    pub recommendation: Recommendation,
    /// The words, as the other one writes them, the rarest first.
    pub words: Vec<String>,
}

/// What is suggested.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suggested {
    /// What nobody has tied to it, the most like first.
    pub alike: Vec<Alike>,
    /// Whether something as like it is tied to it already.
    pub some_are_tied: bool,
}

/// What of other inquiries is most like a recommendation in its words, the most like first; without what it is tied to already
/// and what was entered in error. Nothing where its own words are out of sight: they say nothing to anybody.
///
/// # Errors
/// When the database fails.
pub fn alike(tx: &mut ReadTx<'_>, one: &Recommendation, tied: &[RecommendationId]) -> Result<Suggested, Error> {
    let said = [&one.title, &one.text].map(|words| words.as_ref().and_then(|words| words.said()).unwrap_or_default());
    let mut words: Vec<(String, String)> = stem::telling(&said.join("\n"));
    // Long words are rarer than short ones, as a rule: where there are too many to look up, those go first.
    words.sort_by_key(|(_, stem)| (std::cmp::Reverse(stem.len()), stem.clone()));
    words.truncate(WORDS);
    let all = tally::of_register(tx)?.all(Counted::Recommendations);
    let mut held: HashMap<RecommendationId, Vec<usize>> = HashMap::new();
    let mut weights: Vec<f64> = Vec::new();
    for (at, (_, stem)) in words.iter().enumerate() {
        let holders = holders(tx, stem)?;
        let common = is_common(holders.len(), all);
        weights.push(if common { 0.0 } else { weight(holders.len(), all) });
        for id in holders.into_iter().filter(|id| !common && *id != one.id) {
            held.entry(id).or_default().push(at);
        }
    }
    // What nobody else holds cannot be shared.
    let shared: BTreeMap<usize, f64> = held.values().flatten().map(|at| (*at, weights[*at])).collect();
    let whole: f64 = shared.values().sum();
    let share = |words: &[usize]| words.iter().map(|at| weights[*at]).sum::<f64>() / whole.max(f64::MIN_POSITIVE);
    held.retain(|_, words| words.len() >= SHARED && share(words) >= SHARE);
    let mut order: Vec<(RecommendationId, Vec<usize>)> = held.into_iter().collect();
    order.sort_by(|(id, words), (other, theirs)| share(theirs).total_cmp(&share(words)).then(id.cmp(other)));
    let mut found = Suggested::default();
    for some in order.chunks(AT_ONCE).take(ROUNDS) {
        let mut known: HashMap<RecommendationId, Recommendation> =
            recommendation::many(tx, some.iter().map(|(id, _)| *id).collect())?
                .into_iter()
                .map(|it| (it.id, it))
                .collect();
        known.retain(|_, it| it.inquiry.id != one.inquiry.id && !it.in_error);
        found.some_are_tied |= known.keys().any(|id| tied.contains(id));
        known.retain(|id, _| !tied.contains(id));
        for (id, shared) in some {
            let Some(recommendation) = known.remove(id) else { continue };
            let mut shared = shared.clone();
            shared.sort_by(|at, other| weights[*other].total_cmp(&weights[*at]));
            let words = shared.iter().map(|at| words[*at].0.clone()).collect();
            found.alike.push(Alike { recommendation, words });
        }
        if found.alike.len() >= MOST {
            break;
        }
    }
    found.alike.truncate(MOST);
    Ok(found)
}

/// Those that hold a stem; one more than say anything, where there are as many.
fn holders(tx: &mut ReadTx<'_>, stem: &str) -> Result<Vec<RecommendationId>, Error> {
    let (stems, most) = ([stem.to_owned()], i64::try_from(TOO_COMMON + 1).unwrap_or(i64::MAX));
    match tx.conn {
        Conn::Sqlite(_) => fts5::candidates(tx, &stems, "1 = 1", most),
        Conn::Postgres(_) => tsvector::candidates(tx, &stems, "1 = 1", most),
    }
}

/// Whether so many of all recommendations hold a word that it says nothing.
fn is_common(holders: usize, all: u64) -> bool {
    holders > TOO_COMMON || (all >= ENOUGH_TO_TELL && 2 * holders as u64 > all)
}

/// How much a word says that so many of all recommendations hold: nothing where all do.
fn weight(holders: usize, all: u64) -> f64 {
    let number = |n: u64| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    (number(all.max(holders as u64) + 1) / number(holders as u64 + 1)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_most_hold_is_no_rare_word() {
        assert!(is_common(6, 10) && !is_common(5, 10));
        assert!(!is_common(4, 5), "too few to tell");
        assert!(is_common(501, 100_000) && !is_common(500, 100_000));
    }

    #[test]
    fn a_rare_word_says_more_than_a_common_one_and_one_that_all_hold_says_nothing() {
        assert!(weight(2, 100) > weight(3, 100));
        assert!(weight(99, 100) > 0.0);
        assert!(weight(100, 100).abs() < f64::EPSILON);
        assert!(weight(5, 0).abs() < f64::EPSILON, "entered in error, and in no count");
    }
}
