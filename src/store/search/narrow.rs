//! Where a search begins: at the rarest of its filters, so that it costs no more in a register of a million than in a small one.
//!
//! Each filter is a [`Way`] in: the rows that an index gives for it. They are counted up to a bound. Where one of them has no more
//! than that, all of its recommendations are looked at, and what is found and counted is exact. Where each has more, the search
//! goes along an index in the order of the register (or of the last changes), and looks at no more than [`walk`](super::walk)
//! says at once.
//!
//! So the cost is bounded whatever is asked. What is not: how much of it is found at once. Of two filters that many answers fit
//! and few fit both, of dates that many recommendations have far behind in the register, and of what was put to nobody
//! known, a page may say that only the first were looked through; its next page goes on from there. One value alone, and one
//! within an inquiry, is found without any of that, for its index holds nothing else, in that order.

use std::fmt::Display;

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::BigInt;

use super::Hit;
use super::bounds::Bounds;
use super::filter::{Asked, Due, Errors, Filter, GapAsked, SOON, Sort, Today};
use super::walk::{Along, Walked, Wanted, walk};
use crate::domain::deadline::DeadlineKind;
use crate::domain::gap::GapPart;
use crate::domain::id::{InquiryId, RecommendationId};
use crate::domain::moment::Day;
use crate::domain::reported::Reported;
use crate::store::page::COUNT_LIMIT;
use crate::store::present::DATE_COLUMNS;
use crate::store::{Error, ReadTx};

/// One filter, as the indexes serve it.
struct Way {
    /// The recommendations that it lets through, or of whose answers it lets one through, and perhaps some others: questions for
    /// their ids, each of which an index answers.
    rows: Vec<String>,
    /// The same in the order of the register, by each of its values; nothing where no index is in that order.
    along: Vec<Along>,
    /// Whether it lets through all that stands there.
    exact: bool,
}

/// Where a search begins.
pub(super) enum Begin {
    /// At these recommendations, in no order: a question for their ids.
    Few(String),
    /// Along an index, or several at once.
    Along(Vec<Along>),
}

/// What a search by words is narrowed to.
#[derive(Debug, Clone)]
pub(super) struct Within {
    /// The condition over the table `recommendation`.
    pub condition: String,
    /// A question for the ids of the few that can fit it, where these are few.
    pub few: Option<String>,
    /// The inquiry that is asked for.
    pub inquiry: Option<InquiryId>,
    /// How much is looked at.
    pub bounds: Bounds,
    /// Questions for the ids that each filter lets through; none where nothing is asked but words.
    rows: Vec<Vec<String>>,
}

impl Within {
    /// The same as [`Within::few`] where they are no more than are looked through for words.
    ///
    /// # Errors
    /// When the database fails.
    pub fn many(&self, tx: &mut ReadTx<'_>) -> Result<Option<String>, Error> {
        let [_, most] = self.bounds.looked;
        rarest(tx, &self.rows, most)
    }

    /// Whether anything is asked but words.
    pub const fn is_narrowed(&self) -> bool {
        !self.rows.is_empty()
    }
}

/// The first recommendations that fit some filters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct First {
    /// All of them, or more than are counted.
    pub ids: Vec<RecommendationId>,
    /// Whether others were not looked at.
    pub cut: bool,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    at: i64,
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// The first that fit the filters, in the order of the register: all, or one more than are counted, of what so many stretches hold.
///
/// # Errors
/// When the database fails.
pub(super) fn first(tx: &mut ReadTx<'_>, filter: &Filter, today: &Today, stretches: &[usize]) -> Result<First, Error> {
    let condition = filter.condition(today);
    match begin(tx, filter, today, Sort::Register)? {
        Begin::Few(few) => Ok(First { ids: fitting(tx, &few, &condition)?, cut: false }),
        Begin::Along(along) => {
            let most = usize::try_from(COUNT_LIMIT + 1).unwrap_or(usize::MAX);
            let wanted = Wanted { condition: &condition, words: None, most, stretches };
            let Walked { keys, end } = walk(tx, &along, None, wanted)?;
            Ok(First { ids: keys.into_iter().map(|[.., id]| RecommendationId(id)).collect(), cut: end.is_some() })
        }
    }
}

/// Those of these few that fit a condition.
///
/// # Errors
/// When the database fails.
pub(super) fn fitting(tx: &mut ReadTx<'_>, few: &str, condition: &str) -> Result<Vec<RecommendationId>, Error> {
    let hits: Vec<Hit> = sql_query(format!(
        "with held as materialized ({few}) select distinct recommendation.id as id \
         from held cross join recommendation where recommendation.id = held.id and {condition} order by recommendation.id"
    ))
    .load(tx.conn)?;
    Ok(hits.into_iter().map(|hit| hit.id).collect())
}

/// Where a search begins that goes by filters alone.
///
/// # Errors
/// When the database fails.
pub(super) fn begin(tx: &mut ReadTx<'_>, filter: &Filter, today: &Today, sort: Sort) -> Result<Begin, Error> {
    let ways = ways(filter, today.day);
    let changed = sort == Sort::Changed;
    let whole = if changed { Along::changed() } else { Along::register(filter.inquiry) };
    let simple = match ways.as_slice() {
        [] if filter.inquiry.is_none() || !changed => Some(vec![whole.clone()]),
        [only] if only.exact && !changed && filter.asked != Some(Asked::NotKnown) => Some(only.along.clone()),
        _ => None,
    };
    if let Some(along) = simple.filter(|along| !along.is_empty()) {
        return Ok(Begin::Along(along));
    }
    if let Some(few) = rarest(tx, &rows(filter, &ways), today.bounds.few)? {
        return Ok(Begin::Few(few));
    }
    Ok(Begin::Along(best(ways, whole, changed)))
}

/// The index, or several at once, along which a list goes where none of its filters is rare.
pub(super) fn along(filter: &Filter, today: &Today, sort: Sort) -> Vec<Along> {
    let changed = sort == Sort::Changed;
    let whole = if changed { Along::changed() } else { Along::register(filter.inquiry) };
    best(ways(filter, today.day), whole, changed)
}

/// Where all of them are common: the first is the one that as a rule lets the fewest through.
fn best(ways: Vec<Way>, whole: Along, changed: bool) -> Vec<Along> {
    let best = ways.into_iter().map(|way| way.along).find(|along| !along.is_empty() && !changed);
    best.unwrap_or_else(|| vec![whole])
}

/// What a search by words goes by besides.
///
/// # Errors
/// When the database fails.
pub(super) fn within(tx: &mut ReadTx<'_>, filter: &Filter, today: &Today) -> Result<Within, Error> {
    let rows = rows(filter, &ways(filter, today.day));
    let few = rarest(tx, &rows, today.bounds.few_with_words)?;
    Ok(Within { condition: filter.condition(today), few, inquiry: filter.inquiry, bounds: today.bounds, rows })
}

/// What each filter lets through, the inquiry among them.
fn rows(filter: &Filter, ways: &[Way]) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = ways.iter().map(|way| way.rows.clone()).collect();
    rows.extend(filter.inquiry.map(|inquiry| {
        vec![format!("select recommendation.id as id from recommendation where recommendation.inquiry_id = {inquiry}")]
    }));
    rows
}

/// The rows of the rarest way, where they are no more than `most`.
fn rarest(tx: &mut ReadTx<'_>, rows: &[Vec<String>], most: i64) -> Result<Option<String>, Error> {
    if rows.is_empty() {
        return Ok(None);
    }
    let counted = |row: &String| format!("(select count(*) from ({row} limit {}) as few)", most + 1);
    let numbers = rows.iter().enumerate().map(|(at, rows)| {
        let numbers: Vec<String> = rows.iter().map(counted).collect();
        format!("select cast({at} as bigint) as at, {} as number", numbers.join(" + "))
    });
    let numbers: Vec<Number> = sql_query(numbers.collect::<Vec<_>>().join(" union all ")).load(tx.conn)?;
    let rarest = numbers.into_iter().min_by_key(|one| (one.number, one.at)).filter(|one| one.number <= most);
    let rarest = rarest.and_then(|one| rows.get(usize::try_from(one.at).ok()?));
    Ok(rarest.map(|rows| rows.join(" union all ")))
}

/// The ways in, the inquiry apart: those that let the fewest through first, as a rule.
fn ways(filter: &Filter, today: Day) -> Vec<Way> {
    let mut ways = Vec::new();
    if filter.errors == Errors::Only {
        let wholes = "select recommendation.id as id from recommendation where recommendation.in_error".to_owned();
        let answers = anywhere("addressee.closure = 'recorded_in_error'");
        ways.push(Way { rows: vec![wholes, answers], along: Vec::new(), exact: false });
    }
    if let Some(Asked::Body(body)) = filter.asked {
        ways.push(of_answers(filter, "addressee.answerer_id", &[body.0.to_string()]));
    }
    if let Some(theme) = filter.theme {
        let inquiry = filter.inquiry.map(|one| format!(" and tag.inquiry_id = {one}")).unwrap_or_default();
        let tagged = format!("select tag.recommendation_id as id from tag where tag.theme_id = {theme}{inquiry}");
        ways.push(Way { rows: vec![tagged], along: vec![Along::tags(theme, filter.inquiry)], exact: false });
    }
    match filter.gap {
        None => {}
        Some(GapAsked::Yes) => {
            let gap = "addressee.gap";
            let along = vec![Along::answers(gap.to_owned(), filter.inquiry)];
            ways.push(Way { rows: vec![within_inquiry(filter, gap)], along, exact: true });
        }
        Some(asked) => {
            let said = [Reported::ReportedComplete, Reported::InPlace].map(|said| format!("'{said}'"));
            let claimed = of_answers(filter, "addressee.reported", &said);
            ways.push(Way { exact: asked == GapAsked::Claimed, ..claimed });
        }
    }
    if filter.not_lately || filter.gap == Some(GapAsked::Part(GapPart::NotLately)) {
        let aged = format!("addressee.looked_until < '{today}'");
        ways.push(Way { rows: vec![within_inquiry(filter, &aged)], along: Vec::new(), exact: false });
    }
    if let Some(due) = filter.due {
        let last = today.plus_days(SOON);
        let dates = DATE_COLUMNS.into_iter().filter(|(kind, _)| *kind != DeadlineKind::Recheck);
        let rows = dates.map(|(_, (date, _))| match due {
            Due::Passed => anywhere(&format!("addressee.{date} < '{today}'")),
            Due::Soon => anywhere(&format!("addressee.{date} between '{today}' and '{last}'")),
        });
        ways.push(Way { rows: rows.collect(), along: Vec::new(), exact: false });
    }
    ways.extend(of_fact(filter, "addressee.response", &filter.response));
    ways.extend(of_fact(filter, "addressee.assessed", &filter.assessed));
    ways.extend(of_fact(filter, "addressee.reported", &filter.reported));
    ways.extend(of_fact(filter, "addressee.lifecycle", &filter.lifecycle));
    ways.extend(of_words(filter, "recommendation.checked", &filter.checked));
    ways.extend(of_words(filter, "recommendation.text_kind", &filter.text_kind));
    ways
}

/// A fact of answers.
fn of_fact<V: Display>(filter: &Filter, column: &str, values: &[V]) -> Option<Way> {
    let values: Vec<String> = values.iter().map(|value| format!("'{value}'")).collect();
    (!values.is_empty()).then(|| of_answers(filter, column, &values))
}

/// A column of answers that begins an index in the order of the register, by its inquiries.
fn of_answers(filter: &Filter, column: &str, values: &[String]) -> Way {
    let rows = vec![within_inquiry(filter, &format!("{column} in ({})", values.join(", ")))];
    let along = values.iter().map(|value| Along::answers(format!("{column} = {value}"), filter.inquiry));
    Way { rows, along: along.collect(), exact: true }
}

/// The same of recommendations.
fn of_words<V: Display>(filter: &Filter, column: &str, values: &[V]) -> Option<Way> {
    let values: Vec<String> = values.iter().map(|value| format!("'{value}'")).collect();
    let inquiry = filter.inquiry.map(|one| format!(" and recommendation.inquiry_id = {one}")).unwrap_or_default();
    let rows = format!(
        "select recommendation.id as id from recommendation where {column} in ({}){inquiry}",
        values.join(", ")
    );
    let along = values.iter().map(|value| Along::recommendations(format!("{column} = {value}"), filter.inquiry));
    (!values.is_empty()).then(|| Way { rows: vec![rows], along: along.collect(), exact: true })
}

/// Whose answers these are, within the inquiry that is asked for: its index has it in the second place.
fn within_inquiry(filter: &Filter, holds: &str) -> String {
    let inquiry = filter.inquiry.map(|one| format!(" and addressee.inquiry_id = {one}")).unwrap_or_default();
    format!("{}{inquiry}", anywhere(holds))
}

/// Whose answers these are, where the index knows of no inquiry: to look for one would be to read them all.
fn anywhere(holds: &str) -> String {
    format!("select addressee.recommendation_id as id from addressee where {holds}")
}
