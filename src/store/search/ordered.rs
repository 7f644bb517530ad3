//! What words found, in order and page by page. The first hits are known and put in any order; where there may be others, a list goes
//! on to the last of them, in the order of the register or of the last changes as it is, and in that of the titles behind the first.

use std::collections::HashSet;

use diesel::prelude::*;

use super::filter::{Filter, Sort, Today};
use super::held::{Held, Looked};
use super::hits::{Among, Fits, Hits, Rest, keep_said};
use super::narrow::{self, Within};
use super::stem;
use super::walk::{Walked, Wanted, walk};
use crate::domain::id::{InquiryId, RecommendationId, Seq};
use crate::store::page::{Cursor, Page};
use crate::store::schema::{recommendation as table, wording};
use crate::store::{Error, ReadTx};

/// More than any title holds of the words of a question.
const NAMED: i64 = 1000;
/// Of how many the keys are read at once: a statement of SQLite holds 32,766 values.
const AT_ONCE: usize = 10_000;
/// Of how many texts are read at least where words must stand as they were typed.
const READ: usize = 100;
/// How often a page looks further before it leaves the rest to the next.
const ROUNDS: usize = 3;

/// What words found with some filters, and the order in which it is listed.
pub(super) struct Ordered<'a> {
    pub hits: &'a Hits,
    pub within: &'a Within,
    pub filter: &'a Filter,
    pub today: &'a Today,
    pub sort: Sort,
}

impl Ordered<'_> {
    /// The sort keys of one page.
    ///
    /// # Errors
    /// When the database fails.
    pub fn page(
        &self,
        tx: &mut ReadTx<'_>,
        fits: &mut Fits,
        after: Option<Cursor<3>>,
        size: usize,
    ) -> Result<Page<[i64; 3], 3>, Error> {
        let Hits { question, named, ids, rest, .. } = self.hits;
        let known = |tx: &mut ReadTx<'_>| sort_keys(tx, ids, (&question.stems, named), self.sort);
        let Some(rest) = rest else { return Ok(page_of(known(tx)?, after, size)) };
        if self.sort != Sort::Best {
            let page = self.further(tx, fits, rest, &self.within.condition, after, size)?;
            let apart: Vec<RecommendationId> = ids.iter().copied().filter(|id| named.contains(id)).collect();
            let apart = sort_keys(tx, &apart, (&question.stems, named), self.sort)?;
            return Ok(put_among(page, apart, after, size));
        }
        // The number of an inquiry, or what stands in its place, is more than nothing; what counts the words of a title is not.
        let is_behind = after.is_some_and(|Cursor([first, ..])| first > 0);
        let first = if is_behind { Vec::new() } else { known(tx)? };
        let mut page = page_of(first, after.filter(|_| !is_behind), size);
        if page.next.is_some() {
            return Ok(page);
        }
        let left = size - page.items.len();
        if left == 0 {
            page.next = page.items.last().copied().map(Cursor);
            return Ok(page);
        }
        let condition = format!("{} and recommendation.id > {}", self.within.condition, rest.through);
        let others = self.further(tx, fits, rest, &condition, after.filter(|_| is_behind), left)?;
        page.items.extend(others.items);
        Ok(Page { next: others.next, ..page })
    }

    /// So many more from a place on.
    fn further(
        &self,
        tx: &mut ReadTx<'_>,
        fits: &mut Fits,
        rest: &Rest,
        condition: &str,
        mut after: Option<Cursor<3>>,
        size: usize,
    ) -> Result<Page<[i64; 3], 3>, Error> {
        let question = &self.hits.question;
        let mut keys: Vec<[i64; 3]> = Vec::new();
        for _ in 0..ROUNDS {
            let wanted = size + 1 - keys.len();
            let wanted = if question.is_exact() { wanted.max(READ) } else { wanted };
            let Walked { keys: some, end } = self.next(tx, rest, condition, after, wanted)?;
            let is_full = some.len() >= wanted;
            after = end.map(Cursor);
            let mut said: Vec<RecommendationId> = some.iter().map(|[.., id]| RecommendationId(*id)).collect();
            keep_said(tx, question, &mut said, fits)?;
            let said: HashSet<i64> = said.into_iter().map(|id| id.0).collect();
            // Those of a number are known, whether or not they hold the words.
            let is_left = |id: i64| said.contains(&id) && !self.hits.named.contains(&RecommendationId(id));
            keys.extend(some.into_iter().filter(|[.., id]| is_left(*id)));
            if keys.len() > size || after.is_none() || !is_full {
                break;
            }
        }
        let page = Page::cut(keys, size, |key| *key);
        Ok(Page { next: page.next.or(after), ..page })
    }

    /// The next that hold the words and fit, and how far was looked.
    fn next(
        &self,
        tx: &mut ReadTx<'_>,
        rest: &Rest,
        condition: &str,
        after: Option<Cursor<3>>,
        most: usize,
    ) -> Result<Walked, Error> {
        let looked = Looked::of(&self.hits.question);
        let changed = self.sort == Sort::Changed;
        let held = match &rest.among {
            Among::Filter(rows) => Held::Few(rows),
            Among::Holders(all) => Held::First(0, *all),
            Among::All if self.sort == Sort::Best && !self.within.is_narrowed() => {
                return self.by_row(tx, rest, after, most);
            }
            Among::All => {
                let along = narrow::along(self.filter, self.today, self.sort);
                let stretches = &self.within.bounds.stretches;
                return walk(tx, &along, after, Wanted { condition, words: Some(looked), most, stretches });
            }
        };
        let keys = looked.keys(tx, held, condition, (changed, after), most)?;
        let end = keys.last().copied().filter(|_| keys.len() >= most);
        Ok(Walked { keys, end })
    }

    /// Where nothing is asked but words, those that hold them by their rows: each of them is one that is wanted.
    fn by_row(&self, tx: &mut ReadTx<'_>, rest: &Rest, after: Option<Cursor<3>>, most: usize) -> Result<Walked, Error> {
        let looked = Looked::of(&self.hits.question);
        let [_, all] = self.within.bounds.looked;
        let from = after.map_or(rest.through, |Cursor([.., id])| id.max(rest.through));
        let wanted = i64::try_from(most).unwrap_or(i64::MAX);
        let ids = looked.ids(tx, Held::First(from, all), &self.within.condition, wanted)?;
        let end = if ids.len() >= most {
            ids.last().copied()
        } else {
            looked.next(tx, from, all)?.map(|next| RecommendationId(next.0 - 1))
        };
        let key = |id: RecommendationId| [1, 0, id.0];
        Ok(Walked { keys: ids.into_iter().map(key).collect(), end: end.map(key) })
    }
}

/// Puts keys that are known among those of a page.
fn put_among(
    page: Page<[i64; 3], 3>,
    known: Vec<[i64; 3]>,
    after: Option<Cursor<3>>,
    size: usize,
) -> Page<[i64; 3], 3> {
    let Page { mut items, next } = page;
    let is_here =
        |key: &[i64; 3]| after.is_none_or(|Cursor(last)| *key > last) && next.is_none_or(|Cursor(end)| *key <= end);
    items.extend(known.into_iter().filter(is_here));
    items.sort_unstable();
    let page = Page::cut(items, size, |key| *key);
    Page { next: page.next.or(next), ..page }
}

/// What decides the order, the number of the recommendation last.
///
/// # Errors
/// When the database fails.
pub(super) fn sort_keys(
    tx: &mut ReadTx<'_>,
    ids: &[RecommendationId],
    (stems, named): (&[String], &HashSet<RecommendationId>),
    sort: Sort,
) -> Result<Vec<[i64; 3]>, Error> {
    type Row = (RecommendationId, InquiryId, i64, Seq, Option<String>);
    let mut keys = Vec::new();
    for some in ids.chunks(AT_ONCE) {
        let rows: Vec<Row> = table::table
            .left_join(wording::table.on(wording::id.nullable().eq(table::wording_id)))
            .filter(table::id.eq_any(some.to_vec()))
            .select((
                table::id,
                table::inquiry_id,
                table::position,
                table::seq,
                diesel::dsl::case_when(wording::withheld.nullable().is_null(), table::title),
            ))
            .load(tx.conn)?;
        keys.extend(rows.into_iter().map(|(id, inquiry, position, seq, title)| match sort {
            // Whoever names a number means the recommendation of that number, whatever else says it.
            Sort::Best => {
                let found = stem::found(stems, title.as_deref().unwrap_or_default());
                [-found - if named.contains(&id) { NAMED } else { 0 }, 0, id.0]
            }
            Sort::Register => [inquiry.0, position, id.0],
            Sort::Changed => [-seq.0, 0, id.0],
        }));
    }
    Ok(keys)
}

/// A page of keys, all of which are known.
pub(super) fn page_of(mut keys: Vec<[i64; 3]>, after: Option<Cursor<3>>, size: usize) -> Page<[i64; 3], 3> {
    keys.sort_unstable();
    let rest = keys.into_iter().filter(|key| after.is_none_or(|Cursor(last)| *key > last)).take(size + 1).collect();
    Page::cut(rest, size, |key: &[i64; 3]| *key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_stands_where_it_belongs() {
        let page = |items: &[i64], next: Option<i64>| Page {
            items: items.iter().map(|id| [1, 0, *id]).collect(),
            next: next.map(|id| Cursor([1, 0, id])),
        };
        let known = || vec![[1, 0, 2], [1, 0, 5], [1, 0, 9]];
        // What stands beyond the end of the page is on another one.
        assert_eq!(put_among(page(&[1, 4], Some(4)), known(), None, 3), page(&[1, 2, 4], Some(4)));
        // What finds no room is left to the next page.
        assert_eq!(put_among(page(&[1, 4], Some(4)), known(), None, 2), page(&[1, 2], Some(2)));
        let after = Some(Cursor([1, 0, 4]));
        assert_eq!(put_among(page(&[7], None), known(), after, 9), page(&[5, 7, 9], None));
        assert_eq!(put_among(page(&[], None), Vec::new(), after, 9), page(&[], None));
    }
}
