//! Counts, kept beside what they count: no page counts a table. Every number names its unit: recommendations, or answers
//! (one for each body asked).

use std::collections::HashMap;

use diesel::prelude::*;

use super::present::{WORDS_OF_BODY, counted_then};
use super::schema::tally;
use super::{Error, ReadTx};
use crate::domain::assessed::{Assessed, AssessedGroup};
use crate::domain::id::{BodyId, InquiryId};
use crate::domain::text::text_enum;

pub use super::present::Scope;

text_enum! {
    /// What a tally counts. Beside each stands a value: one of the fact's words, or [`ALL`].
    pub enum Counted as "kind of count" {
        /// All answers ("all").
        Answers = "answers",
        /// Answers by response.
        Response = "response",
        /// Answers by how the response was given: "own" or "block".
        Basis = "basis",
        /// Answers by what the body reports.
        Reported = "reported",
        /// Answers by finding.
        Assessed = "assessed",
        /// Answers by open, closed, lapsed.
        Lifecycle = "lifecycle",
        /// Answers by how far it was checked that the body was asked.
        AskedChecked = "asked_checked",
        /// Answers by body: the value is its row.
        Body = "body",
        /// Answers by inquiry: the value is its row.
        Inquiry = "inquiry",
        /// Answers that are done ("all").
        Done = "done",
        /// Answers where the body says done and nobody confirmed it ("all").
        Gap = "gap",
        /// Answers where the body says done, by what became of that as if all findings were fresh.
        Claimed = "claimed",
        /// Answers whose target was moved ("all").
        Moved = "moved",
        /// Answers that were entered in error and are in no other count ("all").
        InError = "in_error",
        /// All recommendations ("all").
        Recommendations = "recommendations",
        /// Recommendations that are done ("all").
        RecommendationsDone = "recommendations_done",
        /// Recommendations that were put to somebody that is known, whole or in a part ("all").
        Put = "put",
        /// Recommendations that were entered in error and are in no other count ("all").
        RecommendationsInError = "recommendations_in_error",
        /// Lettered parts of recommendations, which are no recommendations of the report's own ("all").
        Parts = "parts",
        /// Parts that were entered in error ("all").
        PartsInError = "parts_in_error",
        /// Recommendations with words that one person compared with the source and another one published ("all").
        SecondPerson = "second_person",
        /// Recommendations by whose words they are.
        TextKind = "text_kind",
        /// Recommendations by how far their words were checked.
        Checked = "checked",
    }
}

/// The value of a count that has no values of its own.
pub const ALL: &str = "all";

/// The counts of one scope. What was never counted is nought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally(HashMap<(String, String), u64>);

impl Tally {
    /// How many there are of one value.
    #[must_use]
    pub fn of(&self, counted: Counted, value: &str) -> u64 {
        self.0.get(&(counted.as_str().to_owned(), value.to_owned())).copied().unwrap_or(0)
    }

    /// How many there are in all, of a count that has no values.
    #[must_use]
    pub fn all(&self, counted: Counted) -> u64 {
        self.of(counted, ALL)
    }

    /// How many answers hold any of the values of `counted` that `which` picks.
    #[must_use]
    pub fn sum<V: Copy + ToString>(&self, counted: Counted, values: &[V], which: impl Fn(V) -> bool) -> u64 {
        values.iter().copied().filter(|value| which(*value)).map(|value| self.of(counted, &value.to_string())).sum()
    }

    /// How many different values of a count there are: bodies asked, for instance.
    #[must_use]
    pub fn different(&self, counted: Counted) -> u64 {
        self.0.iter().filter(|((of, _), number)| of == counted.as_str() && **number > 0).fold(0, |count, _| count + 1)
    }

    /// The rows that are the values of a count by body or by inquiry, with their numbers.
    #[must_use]
    pub fn rows(&self, counted: Counted) -> Vec<(i64, u64)> {
        let of = |((of, value), number): (&(String, String), &u64)| {
            (of == counted.as_str() && *number > 0).then_some(())?;
            Some((value.parse().ok()?, *number))
        };
        self.0.iter().filter_map(of).collect()
    }

    /// The counts of several scopes together. No answer is in two of them where these are different bodies.
    #[must_use]
    pub fn together<'t>(tallies: impl IntoIterator<Item = &'t Self>) -> Self {
        let mut whole = Self::default();
        tallies.into_iter().for_each(|one| whole.add(one));
        whole
    }

    /// The counts of two scopes together.
    fn add(&mut self, other: &Self) {
        for (key, number) in &other.0 {
            *self.0.entry(key.clone()).or_default() += number;
        }
    }

    /// How many answers are in one of the five groups of findings.
    #[must_use]
    pub fn group(&self, group: AssessedGroup) -> u64 {
        self.sum(Counted::Assessed, Assessed::ALL, |value| value.group() == group)
    }

    /// How many recommendations were put to nobody that is known. One whose parts were put to somebody was put to somebody.
    #[must_use]
    pub fn put_to_nobody(&self) -> u64 {
        self.all(Counted::Recommendations).saturating_sub(self.all(Counted::Put))
    }

    /// How many answers have been assessed.
    #[must_use]
    pub fn assessed(&self) -> u64 {
        self.sum(Counted::Assessed, Assessed::ALL, |value| value != Assessed::NotAssessed)
    }
}

/// The counts of one scope.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx<'_>, scope: Scope) -> Result<Tally, Error> {
    let (kind, id) = scope.columns();
    Ok(many(tx, kind, vec![id])?.remove(&id).unwrap_or_default())
}

/// The counts of several inquiries.
///
/// # Errors
/// When the database fails.
pub fn of_inquiries(
    tx: &mut ReadTx<'_>,
    ids: impl IntoIterator<Item = InquiryId>,
) -> Result<HashMap<i64, Tally>, Error> {
    many(tx, "inquiry", ids.into_iter().map(|id| id.0).collect())
}

/// The counts of the recommendations of several inquiries alone: what totals rest on.
///
/// # Errors
/// When the database fails.
pub fn of_texts(tx: &mut ReadTx<'_>, ids: &[InquiryId]) -> Result<HashMap<i64, Tally>, Error> {
    if tx.past().is_some() {
        return of_inquiries(tx, ids.iter().copied());
    }
    let facts = [Counted::Recommendations, Counted::TextKind, Counted::Checked, Counted::SecondPerson];
    let facts: Vec<&str> = facts.iter().map(|fact| fact.as_str()).collect();
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows: Vec<Row> = tally::table
        .filter(tally::scope.eq("inquiry").and(tally::scope_id.eq_any(ids)).and(tally::fact.eq_any(facts)))
        .select((tally::scope_id, tally::fact, tally::value, tally::number))
        .load(tx.conn)?;
    Ok(gathered(rows))
}

/// The counts of several bodies.
///
/// # Errors
/// When the database fails.
pub fn of_bodies(tx: &mut ReadTx<'_>, ids: impl IntoIterator<Item = BodyId>) -> Result<HashMap<i64, Tally>, Error> {
    many(tx, "body", ids.into_iter().map(|id| id.0).collect())
}

/// The counts of the recommendations of which a body answers now, whole or in a part: whose words they are.
///
/// # Errors
/// When the database fails.
pub fn words_of_body(tx: &mut ReadTx<'_>, body: BodyId) -> Result<Tally, Error> {
    Ok(many(tx, WORDS_OF_BODY, vec![body.0])?.remove(&body.0).unwrap_or_default())
}

/// The counts of the whole register: those of every inquiry together.
///
/// # Errors
/// When the database fails.
pub fn of_register(tx: &mut ReadTx<'_>) -> Result<Tally, Error> {
    let ids: Vec<i64> =
        tally::table.filter(tally::scope.eq("inquiry")).select(tally::scope_id).distinct().load(tx.conn)?;
    let mut whole = Tally::default();
    for of_inquiry in many(tx, "inquiry", ids)?.values() {
        whole.add(of_inquiry);
    }
    Ok(whole)
}

fn many(tx: &mut ReadTx<'_>, kind: &str, ids: Vec<i64>) -> Result<HashMap<i64, Tally>, Error> {
    if tx.past().is_some() {
        let scope = |id| if kind == "body" { Scope::Body(BodyId(id)) } else { Scope::Inquiry(InquiryId(id)) };
        return ids.into_iter().map(|id| Ok((id, Tally(counted_then(tx, scope(id))?)))).collect();
    }
    let rows: Vec<Row> = tally::table
        .filter(tally::scope.eq(kind).and(tally::scope_id.eq_any(ids)))
        .select((tally::scope_id, tally::fact, tally::value, tally::number))
        .load(tx.conn)?;
    Ok(gathered(rows))
}

/// Whose, what is counted, of which value, how many.
type Row = (i64, String, String, i64);

fn gathered(rows: Vec<Row>) -> HashMap<i64, Tally> {
    let mut tallies = HashMap::<i64, Tally>::new();
    for (id, fact, value, number) in rows {
        tallies.entry(id).or_default().0.insert((fact, value), u64::try_from(number).unwrap_or(0));
    }
    tallies
}
