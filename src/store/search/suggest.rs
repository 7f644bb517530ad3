//! What somebody may have meant: for a word that the index does not hold, one that it does and that is a single slip of a letter
//! away. It is offered as the register writes it, so that a page says nothing of what was typed.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;
use unicode_segmentation::UnicodeSegmentation;

use super::bounds::At;
use super::filter::{Filter, Today};
use super::hits::{Fits, hits};
use super::{Frequency, fts5, narrow, stem, tsvector};
use crate::domain::moment::Day;
use crate::store::conn::Conn;
use crate::store::{Error, ReadTx, present};

/// How many rows of a stem are counted: beyond that it is common whatever the number.
pub(super) const HELD: i64 = 100;
/// How many letters a word has that is looked for: in a shorter one every slip makes another word.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=24;
/// How many words of a question are looked at.
const WORDS: usize = 12;
/// How many of these are put right.
const RIGHTED: usize = 3;
/// How many stems are tried for a word.
const TRIED: usize = 5;
/// In how many recommendations a word is looked for.
const READ: i64 = 20;

/// What somebody may have meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// The words of the register that take the place of some of theirs.
    pub words: Vec<String>,
    /// The whole question with them.
    pub question: String,
}

/// What somebody may have meant who found nothing; only where that finds something with the same filters.
///
/// # Errors
/// When the database fails.
pub fn meant(tx: &mut ReadTx<'_>, typed: &str, filter: &Filter, today: Day) -> Result<Option<Meant>, Error> {
    let mut meant = Meant { words: Vec::new(), question: typed.to_owned() };
    let asked = stem::asked(typed);
    let (mut seen, mut all) = (BTreeSet::new(), BTreeMap::new());
    for (at, word) in typed.unicode_word_indices().take(WORDS) {
        let small = word.to_ascii_lowercase();
        let plain = LENGTHS.contains(&small.len()) && small.bytes().all(|sign| sign.is_ascii_lowercase());
        if !plain || is_beginning(typed, at, word) || !seen.insert(small.clone()) {
            continue;
        }
        let stems = stem::stems(&small);
        if !stems.iter().any(|stem| asked.contains(stem)) || !among(tx, &stems)?.is_empty() {
            continue;
        }
        // All words of a question must be found: one that cannot be put right leaves nothing to offer.
        let right = if meant.words.len() < RIGHTED { nearest(tx, &small)? } else { None };
        let Some(right) = right else { return Ok(None) };
        all.insert(small, right.clone());
        meant.words.push(right);
    }
    meant.question = righted(typed, &all);
    if meant.words.is_empty() {
        return Ok(None);
    }
    let today = Today::read(tx, At::from(today))?;
    let within = narrow::within(tx, filter, &today)?;
    let found = hits(tx, &meant.question, &within, &mut Fits::default())?;
    // Where not all of it was looked through, the pages of it go on.
    Ok(Some(meant).filter(|_| found.cut || !found.ids.is_empty()))
}

/// Whether a star follows a word: what words begin with is none itself.
fn is_beginning(typed: &str, at: usize, word: &str) -> bool {
    typed[at + word.len()..].starts_with('*')
}

/// A question with these words in the place of those in small letters, wherever they stand as whole words.
fn righted(typed: &str, right: &BTreeMap<String, String>) -> String {
    let mut question = typed.to_owned();
    let words: Vec<(usize, &str)> = typed.unicode_word_indices().collect();
    // From behind, so that nothing moves that is still to be looked at.
    for (at, word) in words.into_iter().rev().filter(|(at, word)| !is_beginning(typed, *at, word)) {
        if let Some(right) = right.get(&word.to_ascii_lowercase()) {
            question.replace_range(at..at + word.len(), right);
        }
    }
    question
}

/// A word of the register that is a slip away from this one: of the stem that most recommendations hold.
fn nearest(tx: &mut ReadTx<'_>, word: &str) -> Result<Option<String>, Error> {
    let slips = slips(word);
    let stems: BTreeSet<String> = slips.iter().flat_map(|slip| stem::stems(slip)).collect();
    let mut held = among(tx, &stems.into_iter().collect::<Vec<_>>())?;
    held.sort_by_key(|one| (Reverse(one.rows.min(HELD)), one.stem.clone()));
    for one in held.into_iter().take(TRIED) {
        let stems = [one.stem];
        let holders = match tx.conn {
            Conn::Sqlite(_) => fts5::candidates(tx, &stems, "not recommendation.in_error", READ)?,
            Conn::Postgres(_) => tsvector::candidates(tx, &stems, "not recommendation.in_error", READ)?,
        };
        let texts = present::findable_of(tx, &holders)?;
        let mut words = Vec::new();
        for holder in &holders {
            words.extend(texts.get(holder).into_iter().flatten().flat_map(|text| stem::plain(text)));
        }
        let of_stem = |word: &&String| stem::stems(word).as_slice() == stems.as_slice();
        if let Some(right) = words.iter().find(|word| slips.contains(*word)).or_else(|| words.iter().find(of_stem)) {
            return Ok(Some(right.clone()));
        }
    }
    Ok(None)
}

/// Of these stems, those that the index holds.
fn among(tx: &mut ReadTx<'_>, stems: &[String]) -> Result<Vec<Frequency>, Error> {
    if stems.is_empty() {
        return Ok(Vec::new());
    }
    let (query, listed) = match tx.conn {
        Conn::Sqlite(_) => (fts5::AMONG, fts5::listed(stems)),
        Conn::Postgres(_) => (tsvector::AMONG, tsvector::listed(stems)),
    };
    let mut held: Vec<Frequency> = sql_query(query).bind::<Text, _>(listed).load(tx.conn)?;
    held.retain(|one| one.rows > 0);
    Ok(held)
}

/// Every word that becomes this one by a letter left out, put in, taken for another or in the place of its neighbour.
fn slips(word: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for at in 0..=word.len() {
        let (left, right) = word.split_at(at);
        let mut signs = right.chars();
        if let Some(first) = signs.next() {
            let rest = signs.as_str();
            all.insert(format!("{left}{rest}"));
            if let Some(second) = signs.next() {
                all.insert(format!("{left}{second}{first}{}", signs.as_str()));
            }
            all.extend(('a'..='z').map(|sign| format!("{left}{sign}{rest}")));
        }
        all.extend(('a'..='z').map(|sign| format!("{left}{sign}{right}")));
    }
    all.remove(word);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_put_right() {
        let right = BTreeMap::from([("wint".to_owned(), "winter".to_owned())]);
        assert_eq!(righted("wint winte Wint, wint* \"wint\"", &right), "winter winte winter, wint* \"winter\"");
    }

    #[test]
    fn a_slip_is_one_letter() {
        let slips = slips("timetabel");
        for meant in ["timetable", "timetabl", "timetabels", "timetabal", "imetabel"] {
            assert!(slips.contains(meant), "{meant}");
        }
        for other in ["timetabel", "timetables", "tables", ""] {
            assert!(!slips.contains(other), "{other}");
        }
    }
}
