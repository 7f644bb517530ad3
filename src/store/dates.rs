//! Dates as a calendar tells them: for each answer and each kind of date the one that was published last, and how often
//! that kind was published before.

use std::collections::HashMap;

use diesel::prelude::*;

use super::addressee::{self, Answer};
use super::body::limit;
use super::change;
use super::deadline::{self, Deadline};
use super::recommendation::{self, Recommendation};
use super::schema::{addressee as table, deadline as dates};
use super::{About, Error, ReadTx};
use crate::domain::deadline::{DeadlineAct, DeadlineKind, is_settled};
use crate::domain::id::{AddresseeId, InquiryId, RecommendationId, Seq};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::{Day, Moment};

/// A date of an answer, with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// What it is a date of.
    pub recommendation: Recommendation,
    /// The answer.
    pub answer: Answer,
    /// The row that was published last.
    pub last: Deadline,
    /// The day that it is, or was before it was taken back.
    pub on: Day,
    /// Whether it was taken back.
    pub is_taken_back: bool,
    /// Whether something is still owed by it.
    pub is_owed: bool,
    /// How often another date was published for it before.
    pub times: usize,
    /// When the last one was published.
    pub at: Moment,
}

/// What bodies owe something by.
const OWED: [DeadlineKind; 4] =
    [DeadlineKind::Response, DeadlineKind::Return, DeadlineKind::Target, DeadlineKind::Decision];

/// The dates of the next answers after one, at most of so many; and the last of these answers, where there may be more.
///
/// # Errors
/// When the database fails.
pub fn page(
    tx: &mut ReadTx<'_>,
    inquiry: Option<InquiryId>,
    after: AddresseeId,
    size: usize,
) -> Result<(Vec<Dated>, Option<AddresseeId>), Error> {
    let mut with_dates = dates::table
        .inner_join(table::table)
        .filter(table::present.and(table::id.gt(after)))
        .order(table::id)
        .distinct()
        .limit(limit(size))
        .select(table::id)
        .into_boxed();
    if let Some(inquiry) = inquiry {
        with_dates = with_dates.filter(table::inquiry_id.eq(inquiry));
    }
    let mut ids: Vec<AddresseeId> = with_dates.load(tx.conn)?;
    let next = if ids.len() > size {
        ids.truncate(size);
        ids.last().copied()
    } else {
        None
    };
    if ids.is_empty() {
        return Ok((Vec::new(), None));
    }
    let rows = deadline::about(tx, &About::Answers(ids), i64::MAX)?;
    let of: Vec<RecommendationId> = rows.iter().map(|row| row.place.recommendation).collect();
    let recommendations: HashMap<RecommendationId, Recommendation> =
        recommendation::many(tx, once(of.clone()))?.into_iter().map(|one| (one.id, one)).collect();
    let answers: HashMap<AddresseeId, Answer> = addressee::of_recommendations(tx, once(of))?
        .into_values()
        .flatten()
        .map(|answer| (answer.id, answer))
        .collect();
    let seqs: Vec<Seq> = rows.iter().map(|row| row.place.seq).collect();
    let moments: HashMap<Seq, Moment> =
        change::many(tx, seqs)?.into_iter().map(|change| (change.seq, change.at)).collect();
    // A day to look again is oversight's own and a plan's day is no deadline: neither is owed by a body. What was recorded in
    // error never was a date, nor is it one that time stands still; the day stays until it is known which it becomes.
    let rows = rows.into_iter().filter(|row| {
        OWED.contains(&row.kind)
            && row.corrected_by.is_none()
            && !row.only_takes_back()
            && !matches!(row.act, Some((DeadlineAct::Paused, _)))
    });
    // The last published first: what is met first of an answer and a kind is what stands.
    let mut chains: Vec<((AddresseeId, DeadlineKind), Vec<Deadline>)> = Vec::new();
    for row in rows {
        let key = (row.place.addressee, row.kind);
        match chains.iter_mut().find(|(known, _)| *known == key) {
            Some((_, chain)) => chain.push(row),
            None => chains.push((key, vec![row])),
        }
    }
    let told = chains.into_iter().filter_map(|((addressee, kind), chain)| {
        let last = chain.first()?.clone();
        let answer = answers.get(&addressee)?.clone();
        let on = chain.iter().find_map(|row| row.due_on)?;
        Some(Dated {
            recommendation: recommendations.get(&last.place.recommendation)?.clone(),
            is_taken_back: last.due_on.is_none(),
            is_owed: is_owed(&answer, kind, on),
            times: chain.len() - 1,
            at: *moments.get(&last.place.seq)?,
            answer,
            last,
            on,
        })
    });
    let mut told: Vec<Dated> = told.collect();
    told.sort_by_key(|date| (date.answer.id, date.last.id));
    Ok((told, next))
}

/// Each of them once: a statement holds only so many values.
fn once(mut ids: Vec<RecommendationId>) -> Vec<RecommendationId> {
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Whether the date stands and nothing has settled it.
fn is_owed(answer: &Answer, kind: DeadlineKind, on: Day) -> bool {
    answer.lifecycle.value != Lifecycle::Closed
        && !is_settled(kind, answer.standing())
        && answer.due(kind).is_some_and(|due| due.on == on)
}
