//! What totals rest on, as it is read: whose words the recommendations are that a page is about, and what the reports behind them
//! count themselves.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Bool, Text};

use super::inquiry::{self, Held};
use super::oldest::{wholes_of, wholes_of_body_then};
use super::present::{BY_TWO, StandingThen, is_by_two, standing_then};
use super::tally::{self, Counted, Tally};
use super::{AT_ONCE, Error, ReadTx};
use crate::domain::checked::{Checked, TextKind};
use crate::domain::denominators::Denominators;
use crate::domain::id::{BodyId, InquiryId, RecommendationId};

/// Of one report: from the counts that are kept, and from what it counts itself.
#[must_use]
pub fn of(tally: &Tally, held: &Held) -> Denominators {
    words(tally).with_report(&held.counts, held.not_tracked)
}

/// Whose words the recommendations are that were counted.
fn words(tally: &Tally) -> Denominators {
    let kind = |kind: TextKind| tally.of(Counted::TextKind, kind.as_str());
    let checked = |degree: Checked| tally.of(Counted::Checked, degree.as_str());
    Denominators {
        recommendations: tally.all(Counted::Recommendations),
        summarised: kind(TextKind::Summary),
        verbatim: kind(TextKind::Verbatim),
        not_transcribed: kind(TextKind::NotTranscribed),
        compared: checked(Checked::Source) + checked(Checked::Quoted),
        second_person: tally.all(Counted::SecondPerson),
        ..Denominators::default()
    }
}

/// Of the reports of these inquiries together: all that they hold, whatever of it a page is about; and what each of them counts itself.
///
/// # Errors
/// When the database fails.
pub fn of_reports(tx: &mut ReadTx<'_>, ids: &[InquiryId]) -> Result<(Denominators, HashMap<InquiryId, Held>), Error> {
    let tallies = tally::of_texts(tx, ids)?;
    let held = inquiry::held(tx, ids.to_vec())?;
    Ok((together(ids, &tallies, &held), held))
}

/// The same from what was read already.
#[must_use]
pub fn together(ids: &[InquiryId], tallies: &HashMap<i64, Tally>, held: &HashMap<InquiryId, Held>) -> Denominators {
    let (none, nothing) = (Tally::default(), Held::default());
    let each = ids.iter().map(|id| of(tallies.get(&id.0).unwrap_or(&none), held.get(id).unwrap_or(&nothing)));
    each.fold(Denominators::default(), Denominators::and)
}

/// So many recommendations whose words are alike.
#[derive(QueryableByName)]
struct Alike {
    #[diesel(sql_type = Text)]
    kind: TextKind,
    #[diesel(sql_type = Text)]
    checked: Checked,
    #[diesel(sql_type = Bool)]
    by_two: bool,
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// Whose words the recommendations are of which a body answers, whole or in a part.
///
/// # Errors
/// When the database fails.
pub fn of_body(tx: &mut ReadTx<'_>, body: BodyId) -> Result<Denominators, Error> {
    if tx.past().is_some() {
        let wholes = wholes_of_body_then(tx, body)?;
        return then(tx, &wholes);
    }
    Ok(words(&tally::words_of_body(tx, body)?))
}

/// Whose words these recommendations are. A part has none to be counted: its whole has.
///
/// # Errors
/// When the database fails.
pub fn of_some(tx: &mut ReadTx<'_>, ids: &[RecommendationId]) -> Result<Denominators, Error> {
    if ids.is_empty() {
        return Ok(Denominators::default());
    }
    if tx.past().is_some() {
        let wholes = wholes_of(tx, ids)?;
        return then(tx, &wholes);
    }
    let ids: Vec<String> = ids.iter().map(RecommendationId::to_string).collect();
    now(tx, &ids.join(", "))
}

/// Of those that stood then.
fn then(tx: &mut ReadTx<'_>, ids: &[RecommendationId]) -> Result<Denominators, Error> {
    let mut words = Denominators::default();
    for some in ids.chunks(AT_ONCE) {
        let StandingThen { words: stood, in_error, .. } = standing_then(tx, some)?;
        for one in some.iter().filter(|id| !in_error.contains(*id)).filter_map(|id| stood.get(id)) {
            let (author, publisher) = one.people;
            words.count(1, one.text_kind, one.checked, is_by_two(one.checked, author, publisher));
        }
    }
    Ok(words)
}

/// Of those that `which` names, a list of numbers. Nothing that anybody typed gets in: the numbers of rows.
fn now(tx: &mut ReadTx<'_>, which: &str) -> Result<Denominators, Error> {
    let mut words = Denominators::default();
    let rows: Vec<Alike> = sql_query(format!(
        "select recommendation.text_kind as kind, recommendation.checked as checked, {BY_TWO} as by_two, count(*) as number \
         from recommendation left join wording on wording.id = recommendation.wording_id \
         where not recommendation.in_error and recommendation.parent_id is null and recommendation.id in ({which}) \
         group by recommendation.text_kind, recommendation.checked, {BY_TWO}"
    ))
    .load(tx.conn)?;
    for row in rows {
        words.count(row.number.unsigned_abs(), row.kind, row.checked, row.by_two);
    }
    Ok(words)
}
