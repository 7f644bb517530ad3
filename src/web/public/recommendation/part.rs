//! The lettered parts on the page of their whole: each with the bodies asked of it and how each answer stands.

use std::collections::HashMap;

use crate::domain::address;
use crate::domain::assessed::Assessed;
use crate::domain::id::RecommendationId;
use crate::domain::lifecycle::Closure;
use crate::domain::moment::Day;
use crate::domain::words;
use crate::store::addressee::{self, Answer};
use crate::store::detail::Details;
use crate::store::recommendation::Recommendation;
use crate::store::{self, ReadTx};
use crate::web::part::Link;
use crate::web::part::row::Row;
use crate::web::public::say;

/// A row for each part. What it is a part of needs no word here.
#[must_use]
pub fn rows(
    parts: &[Recommendation],
    answers: &HashMap<RecommendationId, Vec<Answer>>,
    details: &Details,
    assessor: &str,
    today: Day,
) -> Vec<Row> {
    let row = |one: &Recommendation| {
        let put = answers.get(&one.id).map_or(&[][..], Vec::as_slice);
        let mut row = say::row(one, put, details, assessor, today);
        if let Some(whole) = &one.part_of {
            row.line = row.line.trim_start_matches(&words::part_of(whole)).trim_start_matches(". ").to_owned();
        }
        if one.in_error {
            row.line = words::IN_ERROR.to_owned();
        }
        row
    };
    parts.iter().map(row).collect()
}

/// What stands over the answers: to how many bodies it was put, or why none of its own answers counts.
#[must_use]
pub fn put_to(one: &Recommendation, answers: &[Answer]) -> String {
    let counted = answers.iter().filter(|answer| answer.is_counted()).count() as u64;
    let errors = answers.iter().filter(|answer| answer.is_in_error()).count() as u64;
    let divided = answers.len() as u64 - counted - errors;
    let parts = one.standing().all() as u64;
    match (counted, divided, parts, errors) {
        (0, 0, 0, 0) if one.in_error => words::IN_ERROR.to_owned(),
        (0, 0, 0, 0) => words::ADDRESSEE_NOT_KNOWN.to_owned(),
        (0, 0, 0, errors) => words::never_put_to(errors),
        (0, 0, parts, _) => words::put_in_parts(parts),
        (0, divided, ..) => words::followed_in_parts(divided),
        (bodies, 0, _, 0) => words::put_to(bodies),
        (bodies, divided, _, errors) => words::put_to_and(bodies, divided, errors),
    }
}

/// The verdict of the first screen: of its own answers, `own`, where any counts, and of its parts.
#[must_use]
pub fn verdict(one: &Recommendation, counts_own: bool, own: String) -> String {
    let of_parts = words::verdict_of_parts(one.done, counts_own.then_some(own.as_str()), &one.standing());
    of_parts.unwrap_or(own)
}

/// The answers to the whole of a part of which something was found before it was divided.
///
/// # Errors
/// When the database fails.
pub fn found_before(tx: &mut ReadTx<'_>, one: &Recommendation) -> Result<Vec<Answer>, store::Error> {
    if one.part_of.is_none() {
        return Ok(Vec::new());
    }
    let Some((whole, _)) = store::part::whole_of(tx, one.id)? else { return Ok(Vec::new()) };
    let mut answers = addressee::of_recommendation(tx, whole)?;
    answers.retain(|answer| answer.closure == Some(Closure::InParts) && answer.assessed.value != Assessed::NotAssessed);
    Ok(answers)
}

/// What was found of the whole then, each with the page of that answer. It is a finding of the whole, and in no count of a part.
#[must_use]
pub fn before(one: &Recommendation, found: &[Answer]) -> Vec<(String, Link)> {
    let Some(whole) = &one.part_of else { return Vec::new() };
    let line = |answer: &Answer| {
        let found = words::assessed(answer.assessed.value).words;
        let said = words::found_of_whole(&answer.body.name, &found, answer.assessed.when);
        let there = address::answer(one.inquiry.slug.as_str(), whole, answer.body.slug.as_str());
        (said, Link::new(there, "What was found of the whole"))
    };
    found.iter().map(line).collect()
}
