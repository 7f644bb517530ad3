//! Replaying the ledger and holding it against the present rows, the counts and the search index.

use std::collections::HashMap;

use diesel::dsl::{count_star, max, min};
use diesel::prelude::*;

use super::body::BodyNames;
use super::inquiry::InquiryNames;
use super::recommendation::{Follows, follows};
use super::{
    AddresseeRow, StandingEntry, findable, replayed, standing_body, standing_entry, standing_inquiry, standing_theme,
    standing_words, stored, worked_out,
};
use crate::domain::checked::{Checked, TextKind};
use crate::domain::id::{AddresseeId, BodyId, InquiryId, InquiryTextId, RecommendationId, Seq, ThemeId, WordingId};
use crate::domain::text::Slug;
use crate::store::schema::{addressee, body, change, counter, inquiry, recommendation, tag, theme};
use crate::store::{Error, ReadTx, alias, month_end, search};

/// How many differing stems are named.
const SOME: usize = 5;

/// What was looked at, and everything that is not as the ledger has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verified {
    /// Published changes.
    pub changes: i64,
    /// Answers worked out again.
    pub answers: usize,
    /// Recommendations worked out again.
    pub recommendations: usize,
    /// Inquiries and bodies looked at.
    pub others: usize,
    /// Counts compared, those at the ends of months among them.
    pub counts: usize,
    /// A sentence for each difference.
    pub differences: Vec<String>,
}

impl Verified {
    fn expect(&mut self, alike: bool, sentence: impl FnOnce() -> String) {
        if !alike {
            self.differences.push(sentence());
        }
    }
}

/// Compares everything, in one snapshot.
///
/// # Errors
/// When the database fails, or holds a word that this program does not know.
pub fn verify(tx: &mut ReadTx<'_>) -> Result<Verified, Error> {
    let mut found = Verified::default();
    changes(tx, &mut found)?;
    answers(tx, &mut found)?;
    recommendations(tx, &mut found)?;
    inquiries_and_bodies(tx, &mut found)?;
    aliases(tx, &mut found)?;
    counts(tx, &mut found)?;
    months(tx, &mut found)?;
    Ok(found)
}

/// Numbers run from 1 without a gap up to the counter.
fn changes(tx: &mut ReadTx<'_>, found: &mut Verified) -> Result<(), Error> {
    let newest: Seq = counter::table.select(counter::seq).first(tx.conn)?;
    let (number, first, last): (i64, Option<Seq>, Option<Seq>) =
        change::table.select((count_star(), min(change::seq), max(change::seq))).first(tx.conn)?;
    found.changes = number;
    let complete = if newest == Seq(0) {
        number == 0
    } else {
        number == newest.0 && first == Some(Seq(1)) && last == Some(newest)
    };
    found.expect(complete, || {
        format!("changes: the counter stands at {newest}, but there are {number} changes, from {first:?} to {last:?}")
    });
    Ok(())
}

fn answers(tx: &mut ReadTx<'_>, found: &mut Verified) -> Result<(), Error> {
    let rows: Vec<AddresseeRow> =
        addressee::table.order(addressee::id).select(AddresseeRow::as_select()).load(tx.conn)?;
    for row in rows {
        let again = replayed(tx, &row)?;
        found.answers += 1;
        found.expect(again == row, || {
            format!("answer {}: the row is not what the ledger comes to; it should be {again:?}", row.id)
        });
    }
    // Lists walk along the answers in the order of the register.
    let elsewhere: Vec<AddresseeId> = addressee::table
        .inner_join(recommendation::table)
        .filter(addressee::position.ne(recommendation::position))
        .order(addressee::id)
        .select(addressee::id)
        .load(tx.conn)?;
    for id in elsewhere {
        found.expect(false, || format!("answer {id}: it does not stand where its recommendation does"));
    }
    let elsewhere: Vec<RecommendationId> = tag::table
        .inner_join(recommendation::table)
        .filter(tag::position.ne(recommendation::position).or(tag::inquiry_id.ne(recommendation::inquiry_id)))
        .order(tag::id)
        .select(tag::recommendation_id)
        .load(tx.conn)?;
    for id in elsewhere {
        found.expect(false, || format!("recommendation {id}: a theme of it does not stand where it does"));
    }
    Ok(())
}

type Row = (RecommendationId, Option<WordingId>, Option<String>, TextKind, Checked, (bool, bool, bool));

fn recommendations(tx: &mut ReadTx<'_>, found: &mut Verified) -> Result<(), Error> {
    let rows: Vec<Row> = recommendation::table
        .order(recommendation::id)
        .select((
            recommendation::id,
            recommendation::wording_id,
            recommendation::title,
            recommendation::text_kind,
            recommendation::checked,
            (recommendation::done, recommendation::not_looked_at, recommendation::put),
        ))
        .load(tx.conn)?;
    let mut stems: HashMap<String, i64> = HashMap::new();
    for (id, wording, title, text_kind, checked, (done, not_looked_at, put)) in rows {
        found.recommendations += 1;
        let words = standing_words(tx, id)?;
        let alike = wording == Some(words.wording)
            && title == words.title
            && text_kind == words.text_kind
            && checked == words.checked;
        found.expect(alike, || format!("recommendation {id}: its words are not the ones published last"));
        let entry: StandingEntry = recommendation::table
            .find(id)
            .select((
                recommendation::number,
                recommendation::own_reference,
                recommendation::made_on,
                recommendation::in_error,
            ))
            .first(tx.conn)?;
        let numbered = standing_entry(tx, id)?;
        found.expect(entry == numbered, || {
            format!(
                "recommendation {id}: its number, or whether it was entered in error, is not what was published last"
            )
        });
        let right = follows(tx, id)?;
        found.expect(right == Follows { done, not_looked_at, put }, || {
            format!(
                "recommendation {id}: whether it is done, was put to somebody or looked at does not follow from its answers: {right:?}"
            )
        });
        let texts = findable(tx, id)?;
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        search::kept(&texts).into_iter().for_each(|stem| *stems.entry(stem).or_default() += 1);
        let found_again = search::holds(tx, id, &texts)?;
        found.expect(found_again, || format!("recommendation {id}: the search index does not hold its words"));
    }
    // Each holds its own words, so one stem too many shows in how often that stem is held.
    let held = search::frequencies(tx)?;
    let mut differing: Vec<&String> =
        stems.keys().chain(held.keys()).filter(|stem| stems.get(*stem) != held.get(*stem)).collect();
    differing.sort_unstable();
    differing.dedup();
    found.expect(differing.is_empty(), || {
        let some: Vec<&str> = differing.iter().take(SOME).map(|stem| stem.as_str()).collect();
        format!(
            "search index: it does not hold just the published words; {} differ, such as {}",
            differing.len(),
            some.join(", ")
        )
    });
    Ok(())
}

fn inquiries_and_bodies(tx: &mut ReadTx<'_>, found: &mut Verified) -> Result<(), Error> {
    let inquiries: Vec<(InquiryId, Option<InquiryTextId>, InquiryNames)> = inquiry::table
        .order(inquiry::id)
        .select((inquiry::id, inquiry::text_id, (inquiry::kind, inquiry::title, inquiry::short_title)))
        .load(tx.conn)?;
    for (id, text, named) in inquiries {
        found.others += 1;
        let last = standing_inquiry(tx, id)?;
        found.expect((text, named) == (Some(last.0), last.1), || {
            format!("inquiry {id}: its description is not the one published last")
        });
    }
    let bodies: Vec<(BodyId, Slug, BodyNames)> = body::table
        .order(body::id)
        .select((body::id, body::slug, (body::name, body::short_name, body::kind)))
        .load(tx.conn)?;
    for (id, slug, called) in bodies {
        found.others += 1;
        let last = standing_body(tx, id)?;
        found.expect(last == (slug, called), || format!("body {id}: its entry is not the one published last"));
    }
    let themes: Vec<(ThemeId, Slug, String)> =
        theme::table.order(theme::id).select((theme::id, theme::slug, theme::name)).load(tx.conn)?;
    for (id, slug, name) in themes {
        let last = standing_theme(tx, id)?;
        found.expect(last == (slug, name), || format!("theme {id}: its name is not the one published last"));
    }
    Ok(())
}

/// Every number and address that something had before leads to it, and nothing else does.
fn aliases(tx: &mut ReadTx<'_>, found: &mut Verified) -> Result<(), Error> {
    let kept = alias::all(tx)?;
    let again = alias::worked_out(tx)?;
    for (what, now) in &again {
        found.expect(kept.get(what) == Some(now), || format!("earlier address {what:?}: it does not lead to {now}"));
    }
    for what in kept.keys().filter(|what| !again.contains_key(*what)) {
        found.expect(false, || format!("earlier address {what:?}: nothing was published under it"));
    }
    Ok(())
}

fn counts(tx: &mut ReadTx<'_>, found: &mut Verified) -> Result<(), Error> {
    let kept = stored(tx)?;
    let again = worked_out(tx)?;
    found.counts = again.len();
    for (key, number) in &again {
        let held = kept.get(key).copied().unwrap_or_default();
        found.expect(held == *number, || format!("count {key:?}: {held} is kept, {number} is right"));
    }
    for (key, number) in kept.iter().filter(|(key, _)| !again.contains_key(*key)) {
        found.expect(false, || format!("count {key:?}: {number} is kept, 0 is right"));
    }
    Ok(())
}

/// What is kept of the ends of months is what the ledger shows of these days.
fn months(tx: &mut ReadTx<'_>, found: &mut Verified) -> Result<(), Error> {
    let (number, differences) = month_end::compare(tx)?;
    found.counts += number;
    found.differences.extend(differences);
    Ok(())
}
