//! Many bodies as a table, with filters above it.

use super::super::query::Query;
use super::super::say;
use super::super::search::choices::Choices;
use super::super::search::{self, Ask};
use crate::domain::change::Fact;
use crate::domain::moment::Day;
use crate::domain::words;
use crate::store::addressee::Answer;
use crate::store::detail::Details;
use crate::store::recommendation::Recommendation;
use crate::store::search::Filter;
use crate::web::error::Error;
use crate::web::form::ChoiceField;
use crate::web::part::row;

/// The answers that fit, as a table stands in the place of cards.
#[derive(Debug, Default)]
pub struct Table {
    /// The page's own address, which the filters send to.
    pub action: String,
    /// The filters.
    pub fields: Vec<ChoiceField>,
    /// Whether anything is asked for.
    pub is_asked: bool,
    /// "3 of 9 bodies".
    pub shown: String,
    /// The headings of the four facts.
    pub headings: Vec<String>,
    /// A row for each body.
    pub rows: Vec<row::Answer>,
}

/// Reads the filters from the address.
///
/// # Errors
/// 400 for a value that is not known, each named.
pub fn ask(query: Query) -> Result<Ask, Error> {
    search::ask(query.only(&["response", "reported", "assessed", "lifecycle"]))
}

/// The answers that fit what is asked.
#[must_use]
pub fn table(
    action: String,
    one: &Recommendation,
    answers: &[Answer],
    details: &Details,
    assessor: &str,
    today: Day,
    ask: &Ask,
) -> Table {
    let fitting: Vec<Answer> = answers.iter().filter(|answer| fits(&ask.filter, answer)).cloned().collect();
    Table {
        action,
        fields: Choices::of_facts(ask),
        is_asked: ask.filter.asks_of_answers(),
        shown: shown(&fitting, answers),
        headings: Fact::ALL.iter().map(|fact| words::fact(*fact, assessor)).collect(),
        rows: say::row(one, &fitting, details, assessor, today).answers,
    }
}

/// How many bodies the table shows of how many; those that it was never put to are no bodies asked, and are numbered apart.
fn shown(fitting: &[Answer], all: &[Answer]) -> String {
    let errors = |answers: &[Answer]| answers.iter().filter(|answer| answer.is_in_error()).count();
    let these = errors(fitting);
    // What is followed in the parts is a body asked in each of these.
    let counted = |answers: &[Answer]| answers.iter().filter(|answer| answer.is_counted()).count() as u64;
    let asked = (counted(all) > 0).then(|| words::all_of(counted(fitting), counted(all), "body", "bodies"));
    let never = (these > 0).then(|| words::never_put_to(these as u64));
    asked.into_iter().chain(never).collect::<Vec<_>>().join(". ")
}

/// Of several values of one fact any will do; nothing asked lets everything through.
fn fits(filter: &Filter, answer: &Answer) -> bool {
    fn any<T: PartialEq>(asked: &[T], value: &T) -> bool {
        asked.is_empty() || asked.contains(value)
    }
    any(&filter.response, &answer.response.value)
        && any(&filter.reported, &answer.reported.value)
        && any(&filter.assessed, &answer.assessed.value)
        && any(&filter.lifecycle, &answer.lifecycle.value)
}
