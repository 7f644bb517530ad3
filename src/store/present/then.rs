//! Present rows as they stood once some change had been published, worked out of the ledger: for a snapshot that looks
//! back.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::addressee::AddresseeRow;
use super::tally::{Facts, People, Scope, is_by_two, of_answer, of_recommendation};
use crate::domain::change::{ChangeKind, RemarkKind};
use crate::domain::checked::{Checked, TextKind};
use crate::domain::deadline::listening_since;
use crate::domain::id::{AddresseeId, BodyId, RecommendationId, Seq};
use crate::domain::licence::{Language, Licence};
use crate::domain::moment::Day;
use crate::domain::part::all_done;
use crate::store::ledger::records_of;
use crate::store::schema::{
    addressee, agreement, arrival_step, asked, change, entry, evidence, outside_finding, passing, recommendation,
    remark, tie, wording,
};
use crate::store::succession::{self, Answerers};
use crate::store::{AT_ONCE, Error, ReadTx};

/// These answers as they stood then. A body that had not been asked by then, or was found not to have been, is left out.
///
/// # Errors
/// When the database fails, or holds a word that this program does not know.
pub fn answers_then(tx: &mut ReadTx<'_>, rows: Vec<AddresseeRow>) -> Result<Vec<AddresseeRow>, Error> {
    let upto = tx.upto();
    let mut then = Vec::with_capacity(rows.len());
    for rows in rows.chunks(AT_ONCE) {
        let ids: Vec<AddresseeId> = rows.iter().map(|row| row.id).collect();
        let all: Vec<(AddresseeId, Seq, Day, Checked, bool)> = asked::table
            .inner_join(change::table)
            .filter(asked::addressee_id.eq_any(ids.as_slice()).and(asked::seq.le(upto)))
            .order((asked::seq, asked::id))
            .select((asked::addressee_id, asked::seq, change::day, asked::checked, asked::present))
            .load(tx.conn)?;
        let records = records_of(tx, &ids)?;
        let besides = besides(tx, &ids)?;
        let answering = Answerers::read(tx, &ids)?;
        for row in rows {
            let asked: Vec<_> = all.iter().filter(|(of, ..)| *of == row.id).collect();
            let Some((_, seq, _, checked, true)) = asked.last().copied() else { continue };
            let known: Vec<(Day, Checked)> = asked.iter().map(|(_, _, day, checked, _)| (*day, *checked)).collect();
            let record = records.get(&row.id).cloned().unwrap_or_default();
            let now = answering.of(row.id, row.body_id);
            let moved = answering.last_change(row.body_id);
            let row = AddresseeRow {
                answerer_id: now.body,
                handed: now.how,
                checked: *checked,
                present: true,
                taken_in_on: listening_since(&known).unwrap_or(row.taken_in_on),
                seq: record
                    .last_change(upto)
                    .max(besides.get(&row.id).copied())
                    .max(moved.max(Some(*seq)))
                    .unwrap_or(row.seq),
                ..row.clone()
            };
            then.push(row.with(record.state_at(upto)));
        }
    }
    Ok(then)
}

/// The last change by then of what belongs to these answers and to no value of theirs: evidence, what was agreed, what
/// became of returns, what others found, what was replied, and what was decided on requests for more time.
fn besides(tx: &mut ReadTx<'_>, ids: &[AddresseeId]) -> Result<HashMap<AddresseeId, Seq>, Error> {
    let mut last: HashMap<AddresseeId, Seq> = HashMap::new();
    macro_rules! look {
        ($table:ident) => {
            let rows: Vec<(AddresseeId, Option<Seq>)> = $table::table
                .filter($table::addressee_id.eq_any(ids).and($table::seq.le(tx.upto())))
                .group_by($table::addressee_id)
                .select(($table::addressee_id, diesel::dsl::max($table::seq)))
                .load(tx.conn)?;
            for (id, seq) in rows {
                let known = last.get(&id).copied();
                last.extend(seq.max(known).map(|seq| (id, seq)));
            }
        };
    }
    look!(evidence);
    look!(agreement);
    look!(arrival_step);
    look!(outside_finding);
    look!(passing);
    let decided: Vec<(Option<AddresseeId>, Option<Seq>)> = remark::table
        .filter(remark::addressee_id.eq_any(ids).and(remark::kind.eq_any([RemarkKind::Extension, RemarkKind::Reply])))
        .filter(remark::seq.le(tx.upto()))
        .group_by(remark::addressee_id)
        .select((remark::addressee_id, diesel::dsl::max(remark::seq)))
        .load(tx.conn)?;
    for (id, seq) in decided {
        let known = id.and_then(|id| last.get(&id).copied());
        last.extend(id.zip(seq.max(known)));
    }
    Ok(last)
}

/// The words of a recommendation that stood then. What is withheld now says so.
#[derive(Debug, Clone, Queryable)]
pub struct WordsThen {
    /// Whose.
    pub recommendation: RecommendationId,
    /// The change that published them.
    pub seq: Seq,
    /// The title.
    pub title: Option<String>,
    /// The words.
    pub text: Option<String>,
    /// Whose words they are.
    pub text_kind: TextKind,
    /// How far they were compared.
    pub checked: Checked,
    /// Where they can be read.
    pub source_url: Option<String>,
    /// The day on which they were compared.
    pub compared_on: Option<Day>,
    /// To whom it is put, in its own words.
    pub addressed_to_words: Option<String>,
    /// The change that withheld them.
    pub withheld: Option<Seq>,
    /// Their language.
    pub language: Option<Language>,
    /// Their licence.
    pub licence: Option<Licence>,
    /// Who wrote them down, and who published them.
    pub people: People,
}

/// The words of these recommendations that stood then; none of those that were not in the register by then.
///
/// # Errors
/// When the database fails.
pub fn words_then(
    tx: &mut ReadTx<'_>,
    ids: &[RecommendationId],
) -> Result<HashMap<RecommendationId, WordsThen>, Error> {
    let mut then = HashMap::new();
    for ids in ids.chunks(AT_ONCE) {
        let shown = || wording::withheld.is_null();
        let rows: Vec<WordsThen> = wording::table
            .filter(wording::recommendation_id.eq_any(ids).and(wording::seq.le(tx.upto())))
            .order((wording::seq, wording::id))
            .select((
                wording::recommendation_id,
                wording::seq,
                diesel::dsl::case_when(shown(), wording::title),
                diesel::dsl::case_when(shown(), wording::text),
                wording::text_kind,
                wording::checked,
                diesel::dsl::case_when(shown(), wording::source_url),
                diesel::dsl::case_when(shown(), wording::compared_on),
                diesel::dsl::case_when(shown(), wording::addressed_to_words),
                wording::withheld,
                wording::language.nullable(),
                wording::licence,
                (wording::author_id, wording::publisher_id),
            ))
            .load(tx.conn)?;
        then.extend(rows.into_iter().map(|row| (row.recommendation, row)));
    }
    Ok(then)
}

/// Where some recommendations stood then.
#[derive(Debug, Clone, Default)]
pub struct StandingThen {
    /// Their words.
    pub words: HashMap<RecommendationId, WordsThen>,
    /// Those of them that were done: each answer and each part was.
    pub done: HashSet<RecommendationId>,
    /// Those of them that had been put to somebody, whole or in a part.
    pub put: HashSet<RecommendationId>,
    /// Those of them that were entered in error.
    pub in_error: HashSet<RecommendationId>,
    /// The last change of anything about each.
    pub seqs: HashMap<RecommendationId, Seq>,
}

/// Where these recommendations stood then.
///
/// # Errors
/// When the database fails, or holds a word that this program does not know.
pub fn standing_then(tx: &mut ReadTx<'_>, ids: &[RecommendationId]) -> Result<StandingThen, Error> {
    let mut parts: HashMap<RecommendationId, Vec<RecommendationId>> = HashMap::new();
    let mut all: Vec<RecommendationId> = ids.to_vec();
    let mut above: Vec<RecommendationId> = ids.to_vec();
    while !above.is_empty() {
        let mut below = Vec::new();
        for some in above.chunks(AT_ONCE) {
            let rows: Vec<(Option<RecommendationId>, RecommendationId)> = recommendation::table
                .filter(recommendation::parent_id.eq_any(some.iter().copied().map(Some)))
                .select((recommendation::parent_id, recommendation::id))
                .load(tx.conn)?;
            for (parent, part) in rows {
                parent.into_iter().for_each(|parent| parts.entry(parent).or_default().push(part));
                below.push(part);
            }
        }
        below.retain(|part| !all.contains(part));
        all.extend(&below);
        above = below;
    }
    // A part came in after what it is a part of.
    all.sort_unstable();
    all.dedup();
    let words = words_then(tx, &all)?;
    let mut rows: Vec<AddresseeRow> = Vec::new();
    let mut reworded: HashMap<RecommendationId, Seq> = HashMap::new();
    for some in all.chunks(AT_ONCE) {
        rows.extend(
            addressee::table
                .filter(addressee::recommendation_id.eq_any(some))
                .select(AddresseeRow::as_select())
                .load(tx.conn)?,
        );
        let kinds = [
            ChangeKind::Withheld,
            ChangeKind::Shown,
            ChangeKind::Redacted,
            ChangeKind::Hold,
            ChangeKind::Number,
            ChangeKind::Mistaken,
            ChangeKind::Theme,
            ChangeKind::Tie,
        ];
        let taken_out: Vec<(Option<RecommendationId>, Seq)> = change::table
            .filter(change::recommendation_id.eq_any(some.iter().copied().map(Some)))
            .filter(change::addressee_id.is_null().and(change::kind.eq_any(kinds)).and(change::seq.le(tx.upto())))
            .order(change::seq)
            .select((change::recommendation_id, change::seq))
            .load(tx.conn)?;
        reworded.extend(taken_out.into_iter().filter_map(|(of, seq)| Some((of?, seq))));
        // A tie says something of the other one, too, which its change does not name.
        for (of, seq) in tied_then(tx, some)? {
            let last = reworded.entry(of).or_insert(seq);
            *last = seq.max(*last);
        }
    }
    let mut answers: HashMap<RecommendationId, Vec<AddresseeRow>> = HashMap::new();
    for row in answers_then(tx, rows)? {
        answers.entry(row.recommendation_id).or_default().push(row);
    }
    let mut then = StandingThen { words, in_error: errors_then(tx, &all)?, ..StandingThen::default() };
    // From the end, so that each part is decided before its whole.
    for id in all.into_iter().rev() {
        let Some(words) = then.words.get(&id) else { continue };
        let parts: Vec<RecommendationId> =
            parts.remove(&id).unwrap_or_default().into_iter().filter(|part| then.words.contains_key(part)).collect();
        let answers = answers.remove(&id).unwrap_or_default();
        let of_parts = parts.iter().map(|part| (then.done.contains(part), !then.in_error.contains(part)));
        let each: Vec<(bool, bool)> = answers.iter().map(|row| (row.done, row.is_counted())).chain(of_parts).collect();
        let seqs =
            answers.iter().map(|row| row.seq).chain(parts.iter().filter_map(|part| then.seqs.get(part).copied()));
        let last = seqs.chain(reworded.get(&id).copied()).chain([words.seq]).max();
        let put = answers.iter().any(AddresseeRow::is_counted) || parts.iter().any(|part| then.put.contains(part));
        then.done.extend(all_done(&each).then_some(id));
        then.put.extend(put.then_some(id));
        then.seqs.extend(last.map(|seq| (id, seq)));
    }
    Ok(then)
}

/// The changes that tied others to these recommendations by deeds of their own, or took that back.
fn tied_then(tx: &mut ReadTx<'_>, ids: &[RecommendationId]) -> Result<Vec<(RecommendationId, Seq)>, Error> {
    Ok(tie::table
        .inner_join(change::table.on(change::seq.eq(tie::seq)))
        .filter(tie::to_id.eq_any(ids).and(tie::seq.le(tx.upto())))
        .filter(change::kind.eq(ChangeKind::Tie))
        .select((tie::to_id, tie::seq))
        .load(tx.conn)?)
}

/// Those of these recommendations that were entered in error, as was known then: of the entries of each, the last says so.
fn errors_then(tx: &mut ReadTx<'_>, ids: &[RecommendationId]) -> Result<HashSet<RecommendationId>, Error> {
    let mut then: HashMap<RecommendationId, bool> = HashMap::new();
    for ids in ids.chunks(AT_ONCE) {
        let rows: Vec<(RecommendationId, bool)> = entry::table
            .filter(entry::recommendation_id.eq_any(ids).and(entry::seq.le(tx.upto())))
            .order((entry::seq, entry::id))
            .select((entry::recommendation_id, entry::in_error))
            .load(tx.conn)?;
        then.extend(rows);
    }
    Ok(then.into_iter().filter_map(|(id, in_error)| in_error.then_some(id)).collect())
}

/// What the answers of a scope, and of an inquiry its recommendations, counted then.
///
/// # Errors
/// When the database fails, or holds a word that this program does not know.
pub fn counted_then(tx: &mut ReadTx<'_>, scope: Scope) -> Result<HashMap<(String, String), u64>, Error> {
    let mut counts: HashMap<(String, String), u64> = HashMap::new();
    let mut count = |facts: Facts| {
        for (fact, value) in facts {
            *counts.entry((fact.to_owned(), value)).or_default() += 1;
        }
    };
    answers_in(tx, scope)?.iter().for_each(|row| count(of_answer(row)));
    if let Scope::Inquiry(inquiry) = scope {
        let all: Vec<(RecommendationId, Option<RecommendationId>)> = recommendation::table
            .filter(recommendation::inquiry_id.eq(inquiry))
            .order(recommendation::id)
            .select((recommendation::id, recommendation::parent_id))
            .load(tx.conn)?;
        let ids: Vec<RecommendationId> = all.iter().map(|(id, _)| *id).collect();
        let parts: HashSet<RecommendationId> =
            all.iter().filter(|(_, parent)| parent.is_some()).map(|(id, _)| *id).collect();
        let then = standing_then(tx, &ids)?;
        for (id, words) in &then.words {
            let (follows, in_error) = ((then.done.contains(id), then.put.contains(id)), then.in_error.contains(id));
            let (author, publisher) = words.people;
            let of = (parts.contains(id), is_by_two(words.checked, author, publisher));
            count(of_recommendation(of, words.text_kind.as_str(), words.checked.as_str(), follows, in_error));
        }
    }
    Ok(counts)
}

/// Every answer of a scope as it stood then.
///
/// # Errors
/// When the database fails, or holds a word that this program does not know.
pub fn answers_in(tx: &mut ReadTx<'_>, scope: Scope) -> Result<Vec<AddresseeRow>, Error> {
    let all = addressee::table.order(addressee::id).select(AddresseeRow::as_select()).into_boxed();
    let rows = match scope {
        Scope::Inquiry(id) => all.filter(addressee::inquiry_id.eq(id)).load(tx.conn)?,
        Scope::Body(id) => {
            // Whoever was asked and led to it, then or later: who answered then is worked out below.
            let asked = succession::leading_to(tx, id)?;
            all.filter(addressee::body_id.eq_any(asked)).load(tx.conn)?
        }
    };
    let mut then = answers_then(tx, rows)?;
    if let Scope::Body(id) = scope {
        then.retain(|row| row.answerer_id == id);
    }
    Ok(then)
}

/// Every answer that a body was asked for, whoever answers it, as it stood then.
///
/// # Errors
/// When the database fails, or holds a word that this program does not know.
pub fn asked_of(tx: &mut ReadTx<'_>, body: BodyId) -> Result<Vec<AddresseeRow>, Error> {
    let all = addressee::table.filter(addressee::body_id.eq(body)).order(addressee::id);
    let rows = all.select(AddresseeRow::as_select()).load(tx.conn)?;
    answers_then(tx, rows)
}
