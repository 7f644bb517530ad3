//! Search: recommendations by their words and by what became of them. All filters hold for one and the same answer.
//!
//! Words are stemmed here (`stem`), never by a database, and the filters are written once (`filter`), so that both
//! databases find the same; `fts5` and `tsvector` keep the stems and look them up. The first of what is found by words is put in
//! order by its titles, and counting stops at [`COUNT_LIMIT`], so that a common word costs no more; a list goes on behind that to
//! the last of them (`ordered`). Filters begin at the rarest of them (`narrow`), or go along an index (`walk`). How much is looked
//! at for one page stands in `bounds`.

mod alike;
mod bounds;
mod counts;
mod facets;
mod filter;
mod fts5;
mod held;
mod hits;
mod many;
mod narrow;
mod numbered;
mod numbers;
mod ordered;
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
use super::page::{COUNT_LIMIT, Capped, Cursor, Page};
use super::recommendation::{self, Recommendation};
use super::schema::addressee;
use super::{Error, ReadTx, WriteTx};
use crate::domain::denominators::Denominators;
use crate::domain::gap::Gap;
use crate::domain::id::{AddresseeId, RecommendationId};

pub use alike::{Suggested, alike};
pub use bounds::{At, Bounds};
pub use counts::{Counts, Values, counts};
use filter::Today;
pub use filter::{Asked, Due, Errors, Filter, GapAsked, Sort};
pub use hits::Sought;
use hits::{Fits, hits};
pub use many::{Stemmed, put_in, stemmed};
use narrow::{Begin, First};
use numbers::counted;
use ordered::{Ordered, page_of, sort_keys};
pub use question::{Stretch, snippet};
pub use suggest::{Meant, meant};
use walk::{Walked, Wanted};

/// How many stems one look-up may ask for.
const STEMS_AT_ONCE: usize = 40;

/// What a page must say of how far was looked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// The page is not full: what follows is looked for by the next.
    Short,
    /// So much fits one filter that not all of what fits the others was counted.
    Filtered,
    /// So many hold the words that only the first of them are put in order by their titles; the others follow.
    Ordered,
    /// So many hold the words that not all of them were counted.
    Counted,
    /// So many have the number that the others are on no page.
    Numbered,
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
    /// How far was looked, where that must be said.
    pub cut: Option<Cut>,
    /// What was found before it was put in order.
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
    at: impl Into<At>,
    after: Option<Cursor<3>>,
    size: usize,
) -> Result<Found, Error> {
    let today = &Today::read(tx, at.into())?;
    let has_words = !words.trim().is_empty();
    let found = if has_words {
        with_words(tx, words, (filter, today), sort, after, size)?
    } else {
        everything(tx, (filter, today), sort, after, size)?
    };
    // Whoever comes to a page that is not full must hear that this is not the end.
    let is_short = found.page.next.is_some() && found.page.items.len() < size;
    let not_counted = found.is_cut().then_some(if has_words { Cut::Counted } else { Cut::Filtered });
    Ok(Found { cut: is_short.then_some(Cut::Short).or(found.cut).or(not_counted), ..found })
}

/// One page of what words found with these filters.
fn with_words(
    tx: &mut ReadTx<'_>,
    words: &str,
    (filter, today): (&Filter, &Today),
    sort: Sort,
    after: Option<Cursor<3>>,
    size: usize,
) -> Result<Found, Error> {
    let mut fits = Fits::default();
    let within = narrow::within(tx, filter, today)?;
    let hits = hits(tx, words, &within, &mut fits)?;
    let ordered = Ordered { hits: &hits, within: &within, filter, today, sort };
    let keys = ordered.page(tx, &mut fits, after, size)?;
    // A first page without a next holds all that there is, however many hold the words.
    let is_whole = after.is_none() && keys.next.is_none();
    let first = if is_whole {
        let ids = keys.items.iter().map(|[.., id]| RecommendationId(*id)).collect();
        First { ids, cut: hits.cut && hits.rest.is_none() }
    } else {
        First { ids: hits.ids.clone(), cut: hits.cut }
    };
    let found = counted(tx, &first, filter, today)?;
    let cut = match (&hits.rest, sort) {
        (Some(_), Sort::Best) if !is_whole => Some(Cut::Ordered),
        (None, _) if hits.cut => Some(Cut::Numbered),
        _ => None,
    };
    Ok(Found { page: in_order(tx, keys)?, cut, sought: Some(Sought { first, fits }), ..found })
}

/// All that words find with these filters, in order, for whoever takes everything away; nothing where no word was typed.
///
/// # Errors
/// When the database fails.
pub fn all(
    tx: &mut ReadTx<'_>,
    words: &str,
    filter: &Filter,
    sort: Sort,
    at: impl Into<At>,
) -> Result<Option<Vec<RecommendationId>>, Error> {
    if words.trim().is_empty() {
        return Ok(None);
    }
    let today = Today::read(tx, at.into())?;
    let within = narrow::within(tx, filter, &today)?;
    let (question, ids, named) = hits::all(tx, words, &within)?;
    let mut keys = sort_keys(tx, &ids, (&question.stems, &named), sort)?;
    keys.sort_unstable();
    Ok(Some(keys.into_iter().map(|[.., id]| RecommendationId(id)).collect()))
}

/// One page of everything that fits these filters, with nothing counted.
///
/// # Errors
/// When the database fails.
pub fn page(
    tx: &mut ReadTx<'_>,
    filter: &Filter,
    sort: Sort,
    at: impl Into<At>,
    after: Option<Cursor<3>>,
    size: usize,
) -> Result<Page<Recommendation, 3>, Error> {
    let today = Today::read(tx, at.into())?;
    let keys = page_of_all(tx, (filter, &today), sort, None, after, size)?;
    in_order(tx, keys)
}

/// These recommendations, in their order.
///
/// # Errors
/// When the database fails.
pub fn these(tx: &mut ReadTx<'_>, ids: Vec<RecommendationId>) -> Result<Vec<Recommendation>, Error> {
    let mut found = recommendation::many(tx, ids.clone())?;
    found.sort_by_key(|one| ids.iter().position(|id| *id == one.id));
    Ok(found)
}

/// The answers to these recommendations that fit the filters; where nothing is asked of an answer, all of them.
///
/// # Errors
/// When the database fails.
pub fn fitting(
    tx: &mut ReadTx<'_>,
    filter: &Filter,
    at: impl Into<At>,
    of: &[RecommendationId],
) -> Result<HashSet<AddresseeId>, Error> {
    let today = &Today::read(tx, at.into())?;
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

/// Everything that fits the filters, page by page: of few all are looked at, of many an index gives the next ones.
fn everything(
    tx: &mut ReadTx<'_>,
    (filter, today): (&Filter, &Today),
    sort: Sort,
    after: Option<Cursor<3>>,
    size: usize,
) -> Result<Found, Error> {
    let first = narrow::first(tx, filter, today, &today.bounds.stretches)?;
    let found = counted(tx, &first, filter, today)?;
    let known = (!first.cut).then(|| first.ids.clone());
    let keys = page_of_all(tx, (filter, today), sort, known, after, size)?;
    Ok(Found { page: in_order(tx, keys)?, sought: Some(Sought { first, fits: Fits::default() }), ..found })
}

/// The sort keys of one page of it; all of it may be known.
fn page_of_all(
    tx: &mut ReadTx<'_>,
    (filter, today): (&Filter, &Today),
    sort: Sort,
    known: Option<Vec<RecommendationId>>,
    after: Option<Cursor<3>>,
    size: usize,
) -> Result<Page<[i64; 3], 3>, Error> {
    let sort = if sort == Sort::Best { Sort::Register } else { sort };
    let condition = filter.condition(today);
    let all = match known {
        Some(ids) => ids,
        None => match narrow::begin(tx, filter, today, sort)? {
            Begin::Few(few) => narrow::fitting(tx, &few, &condition)?,
            Begin::Along(along) => {
                let stretches = &today.bounds.stretches;
                let wanted = Wanted { condition: &condition, words: None, most: size + 1, stretches };
                let Walked { keys, end } = walk::walk(tx, &along, after, wanted)?;
                let page = Page::cut(keys, size, |key| *key);
                return Ok(Page { next: page.next.or(end.map(Cursor)), ..page });
            }
        },
    };
    let keys = sort_keys(tx, &all, (&[], &HashSet::new()), sort)?;
    Ok(page_of(keys, after, size))
}

/// The recommendations of these keys, in their order.
fn in_order(tx: &mut ReadTx<'_>, keys: Page<[i64; 3], 3>) -> Result<Page<Recommendation, 3>, Error> {
    let ids: Vec<RecommendationId> = keys.items.into_iter().map(|[.., id]| RecommendationId(id)).collect();
    Ok(Page { items: these(tx, ids)?, next: keys.next })
}
