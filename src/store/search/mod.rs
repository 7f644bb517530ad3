//! Search: recommendations by their words and by what became of them. All filters hold for one and the same answer.
//!
//! Words are stemmed here (`stem`), never by a database, and the filters are written once (`filter`), so that both
//! databases find the same; `fts5` and `tsvector` keep the stems and look them up. What is found by words is cut to
//! [`CANDIDATES`] before it is put in order, and counting stops at [`COUNT_LIMIT`], so that a common word costs no more. Filters
//! begin at the rarest of them (`narrow`), or go along an index (`walk`).

mod alike;
mod counts;
mod facets;
mod filter;
mod fts5;
mod hits;
mod many;
mod narrow;
mod numbered;
mod question;
mod stem;
mod suggest;
mod tsvector;
mod walk;

use std::collections::{BTreeSet, HashMap, HashSet};

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Bool, Text};

use super::conn::Conn;
use super::gap::{self, Standing};
use super::hold::Silences;
use super::page::{COUNT_LIMIT, Capped, Cursor, Page};
use super::present::is_by_two;
use super::recommendation::{self, Recommendation};
use super::schema::{addressee, recommendation as table, wording};
use super::{Error, ReadTx, WriteTx};
use crate::domain::checked::{Checked, TextKind};
use crate::domain::denominators::Denominators;
use crate::domain::gap::Gap;
use crate::domain::id::{AddresseeId, InquiryId, PersonId, RecommendationId, Seq};
use crate::domain::moment::Day;

pub use alike::{Suggested, alike};
pub use counts::{Counts, Values, counts};
use filter::Today;
pub use filter::{Asked, Due, Errors, Filter, GapAsked, Sort};
pub use hits::Sought;
use hits::{Fits, hits};
pub use many::{Stemmed, put_in, stemmed};
use narrow::{Begin, First};
pub use question::{Stretch, snippet};
pub use suggest::{Meant, meant};
use walk::Walked;

/// How many hits are put in order; the rest wait for a narrower search.
const CANDIDATES: i64 = 2000;
/// More than any title holds of the words of a question.
const NAMED: i64 = 1000;
/// How many stems one look-up may ask for.
const STEMS_AT_ONCE: usize = 40;

/// The columns of a [`CountedRow`].
macro_rules! counted_by {
    () => {
        (
            table::parent_id,
            table::text_kind,
            table::checked,
            wording::author_id.nullable(),
            wording::publisher_id.nullable(),
        )
    };
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// One page of it.
    pub page: Page<Recommendation, 3>,
    /// How many recommendations. Parts are none; where counting stopped there may be more.
    pub recommendations: Capped,
    /// How many parts, which stand among them in the page.
    pub parts: u64,
    /// Whose words these recommendations are, counted as far as they are.
    pub words: Denominators,
    /// How many answers of theirs fit the filters.
    pub answers: Capped,
    /// How these stand between what bodies say and what was found; counted as far as the answers are.
    pub gap: Gap,
    /// What the words found, where some were asked for.
    pub sought: Option<Sought>,
}

impl Found {
    /// Whether there may be more though less was found than is counted: not all that holds the words was looked through.
    #[must_use]
    pub const fn is_cut(&self) -> bool {
        self.recommendations.more && self.recommendations.number + self.parts < COUNT_LIMIT.unsigned_abs()
    }
}

/// Keeps the words of a recommendation for searching, in the place of those kept before. Give it what the public may
/// read, no more: its title, its text, its themes, the names of the bodies asked, of those that answer and of the inquiry.
///
/// # Errors
/// When the database fails.
pub fn index(tx: &mut WriteTx<'_>, id: RecommendationId, texts: &[&str]) -> Result<(), Error> {
    let stems = stem::Stems::new().of(&texts.join("\n"));
    match tx.conn {
        Conn::Sqlite(_) => fts5::index(tx, id, &stems),
        Conn::Postgres(_) => tsvector::index(tx, id, &stems),
    }
}

/// Whether the index holds every stem of these words for a recommendation.
///
/// # Errors
/// When the database fails.
pub fn holds(tx: &mut ReadTx<'_>, id: RecommendationId, texts: &[&str]) -> Result<bool, Error> {
    let stems: Vec<String> = kept(texts).into_iter().collect();
    let condition = format!("recommendation.id = {id}");
    for some in stems.chunks(STEMS_AT_ONCE) {
        let hits = match tx.conn {
            Conn::Sqlite(_) => fts5::candidates(tx, some, &condition, 1)?,
            Conn::Postgres(_) => tsvector::candidates(tx, some, &condition, 1)?,
        };
        if hits.is_empty() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The stems that these words are kept as.
#[must_use]
pub fn kept(texts: &[&str]) -> BTreeSet<String> {
    stem::stems(&texts.join("\n")).into_iter().collect()
}

/// Every stem in the index, and how many recommendations it stands for.
///
/// # Errors
/// When the database fails.
pub fn frequencies(tx: &mut ReadTx<'_>) -> Result<HashMap<String, i64>, Error> {
    let all: Vec<Frequency> = sql_query(match tx.conn {
        Conn::Sqlite(_) => fts5::FREQUENCIES,
        Conn::Postgres(_) => tsvector::FREQUENCIES,
    })
    .load(tx.conn)?;
    Ok(all.into_iter().map(|one| (one.stem, one.rows)).collect())
}

#[derive(QueryableByName)]
struct Frequency {
    #[diesel(sql_type = Text)]
    stem: String,
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

/// Finds recommendations. `words` is what somebody typed; an empty one finds everything that fits the filters.
///
/// # Errors
/// When the database fails.
pub fn find(
    tx: &mut ReadTx<'_>,
    words: &str,
    filter: &Filter,
    sort: Sort,
    today: Day,
    after: Option<Cursor<3>>,
    size: usize,
) -> Result<Found, Error> {
    let sought = sought(tx, words, filter, today)?;
    let found = among(tx, sought.as_ref(), filter, sort, today, after, size)?;
    Ok(Found { sought, ..found })
}

/// What words find with these filters; nothing where no word was typed.
///
/// # Errors
/// When the database fails.
pub fn sought(tx: &mut ReadTx<'_>, words: &str, filter: &Filter, today: Day) -> Result<Option<Sought>, Error> {
    if words.trim().is_empty() {
        return Ok(None);
    }
    let today = Today { day: today, quiet: Silences::read(tx)?.lasting(today) };
    let mut fits = Fits::default();
    let within = narrow::within(tx, filter, &today)?;
    let hits = hits(tx, words, &within, &mut fits)?;
    Ok(Some(Sought { hits, fits }))
}

/// One page of what words found with these filters; without words, of everything that fits them.
///
/// # Errors
/// When the database fails.
pub fn among(
    tx: &mut ReadTx<'_>,
    sought: Option<&Sought>,
    filter: &Filter,
    sort: Sort,
    today: Day,
    after: Option<Cursor<3>>,
    size: usize,
) -> Result<Found, Error> {
    let today = &Today { day: today, quiet: Silences::read(tx)?.lasting(today) };
    let Some(Sought { hits, .. }) = sought else {
        return everything(tx, filter, sort, today, after, size);
    };
    let found = counted(tx, &hits.ids, hits.cut, filter, today)?;
    let keys = sort_keys(tx, hits.ids.clone(), (&hits.question.stems, &hits.named), sort)?;
    Ok(Found { page: in_order(tx, page_of(keys, after, size))?, ..found })
}

/// What a row is counted by: what it is a part of, whose words it holds, how far they were compared, and by whom.
type CountedRow = (Option<RecommendationId>, TextKind, Checked, Option<PersonId>, Option<PersonId>);

/// How many of these rows are recommendations, and how many are parts, as far as counting goes; and of the recommendations, whose
/// words they are.
fn told_apart(rows: &[CountedRow]) -> (Capped, u64, Denominators) {
    let all = Capped::of(rows.len());
    let most = usize::try_from(all.number).unwrap_or(usize::MAX);
    let mut words = Denominators::default();
    let mut parts = 0;
    for (parent, kind, checked, author, publisher) in rows.iter().take(most).copied() {
        if parent.is_some() {
            parts += 1;
            continue;
        }
        words.count(1, kind, checked, is_by_two(checked, author, publisher));
    }
    (Capped { number: words.recommendations, ..all }, parts, words)
}

/// The answers to these recommendations that fit the filters; where nothing is asked of an answer, all of them.
///
/// # Errors
/// When the database fails.
pub fn fitting(
    tx: &mut ReadTx<'_>,
    filter: &Filter,
    today: Day,
    of: &[RecommendationId],
) -> Result<HashSet<AddresseeId>, Error> {
    let today = &Today { day: today, quiet: Silences::read(tx)?.lasting(today) };
    let fits = addressee::table.filter(diesel::dsl::sql::<Bool>(&filter.answer_condition(today)));
    let ids: Vec<AddresseeId> =
        fits.filter(addressee::recommendation_id.eq_any(of.to_vec())).select(addressee::id).load(tx.conn)?;
    Ok(ids.into_iter().collect())
}

#[derive(QueryableByName)]
struct Hit {
    #[diesel(sql_type = BigInt)]
    id: RecommendationId,
}

/// What decides the order, the number of the recommendation last.
fn sort_keys(
    tx: &mut ReadTx<'_>,
    ids: Vec<RecommendationId>,
    (stems, named): (&[String], &HashSet<RecommendationId>),
    sort: Sort,
) -> Result<Vec<[i64; 3]>, Error> {
    let rows: Vec<(RecommendationId, InquiryId, i64, Seq, Option<String>)> = table::table
        .left_join(wording::table.on(wording::id.nullable().eq(table::wording_id)))
        .filter(table::id.eq_any(ids))
        .select((
            table::id,
            table::inquiry_id,
            table::position,
            table::seq,
            diesel::dsl::case_when(wording::withheld.nullable().is_null(), table::title),
        ))
        .load(tx.conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, inquiry, position, seq, title)| match sort {
            // Whoever names a number means the recommendation of that number, whatever else says it.
            Sort::Best => {
                let found = stem::found(stems, title.as_deref().unwrap_or_default());
                [-found - if named.contains(&id) { NAMED } else { 0 }, 0, id.0]
            }
            Sort::Register => [inquiry.0, position, id.0],
            Sort::Changed => [-seq.0, 0, id.0],
        })
        .collect())
}

/// Everything that fits the filters, page by page: of few all are looked at, of many an index gives the next ones.
fn everything(
    tx: &mut ReadTx<'_>,
    filter: &Filter,
    sort: Sort,
    today: &Today,
    after: Option<Cursor<3>>,
    size: usize,
) -> Result<Found, Error> {
    let sort = if sort == Sort::Best { Sort::Register } else { sort };
    let First { ids, cut } = narrow::first(tx, filter, today)?;
    let found = counted(tx, &ids, cut, filter, today)?;
    let condition = filter.condition(today);
    let all = if cut {
        match narrow::begin(tx, filter, today, sort)? {
            Begin::Few(few) => narrow::fitting(tx, &few, &condition)?,
            Begin::Along(along) => {
                let Walked { keys, end } = walk::walk(tx, &along, &condition, after, size + 1)?;
                let page = Page::cut(keys, size, |key| *key);
                return Ok(Found {
                    page: in_order(tx, Page { next: page.next.or(end.map(Cursor)), ..page })?,
                    ..found
                });
            }
        }
    } else {
        ids
    };
    let keys = sort_keys(tx, all, (&[], &HashSet::new()), sort)?;
    Ok(Found { page: in_order(tx, page_of(keys, after, size))?, ..found })
}

/// The numbers of these recommendations and of their answers that fit; where others were not looked at, there may be more.
fn counted(
    tx: &mut ReadTx<'_>,
    ids: &[RecommendationId],
    cut: bool,
    filter: &Filter,
    today: &Today,
) -> Result<Found, Error> {
    let of_ids = table::table
        .left_join(wording::table.on(wording::id.nullable().eq(table::wording_id)))
        .filter(table::id.eq_any(ids.to_vec()));
    let (recommendations, parts, words) = told_apart(&of_ids.select(counted_by!()).load(tx.conn)?);
    let answers = addressee::table
        .filter(diesel::dsl::sql::<Bool>(&filter.answer_condition(today)))
        .filter(addressee::recommendation_id.eq_any(ids.to_vec()))
        .order(addressee::id)
        .limit(COUNT_LIMIT + 1)
        .select(gap::STANDING)
        .load::<Standing>(tx.conn)?;
    let (answers, gap) = (Capped::of(answers.len()), gap::counted(&answers, today.day));
    // Of what was not looked through nobody knows whether it fits.
    let or_cut = |capped: Capped| Capped { more: capped.more || cut, ..capped };
    Ok(Found {
        page: Page { items: Vec::new(), next: None },
        recommendations: or_cut(recommendations),
        parts,
        words,
        answers: or_cut(answers),
        gap: Gap { more: gap.more || cut, ..gap },
        sought: None,
    })
}

/// A page of keys, all of which are known.
fn page_of(mut keys: Vec<[i64; 3]>, after: Option<Cursor<3>>, size: usize) -> Page<[i64; 3], 3> {
    keys.sort_unstable();
    let rest = keys.into_iter().filter(|key| after.is_none_or(|Cursor(last)| *key > last)).take(size + 1).collect();
    Page::cut(rest, size, |key: &[i64; 3]| *key)
}

/// The recommendations of these keys, in their order.
fn in_order(tx: &mut ReadTx<'_>, keys: Page<[i64; 3], 3>) -> Result<Page<Recommendation, 3>, Error> {
    let ids: Vec<RecommendationId> = keys.items.into_iter().map(|[.., id]| RecommendationId(id)).collect();
    let mut found = recommendation::many(tx, ids.clone())?;
    found.sort_by_key(|one| ids.iter().position(|id| *id == one.id));
    Ok(Page { items: found, next: keys.next })
}
