//! Whose words the recommendations are of which a body answers, whole or in a part: each counted once for each body, in the transaction
//! that changes the one or the other.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::addressee::AddresseeRow;
use super::recommendation::facts;
use super::tally::{Fact, Facts, shift_in};
use crate::domain::id::{AddresseeId, BodyId, RecommendationId};
use crate::domain::lifecycle::Closure;
use crate::store::schema::{addressee, recommendation};
use crate::store::{Error, ReadTx, WriteTx};

/// The scope of these counts, by the body that answers now.
pub(in crate::store) const WORDS_OF_BODY: &str = "words_of_body";

/// What counts of a recommendation for each body that answers it, of all that it adds to counts: whose words its words are. Of a part
/// and of what was entered in error it is nothing.
pub(super) fn of_words(facts: &[Fact]) -> Facts {
    const WORDS: [&str; 4] = ["recommendations", "text_kind", "checked", "second_person"];
    facts.iter().filter(|(fact, _)| WORDS.contains(fact)).cloned().collect()
}

/// The body that answers now, where the answer counts.
pub(super) fn counts_for(row: &AddresseeRow) -> Option<BodyId> {
    (row.present && row.is_counted()).then_some(row.answerer_id)
}

/// The bodies that answer a recommendation now, whole or in a part; one answer may be left out.
fn answerers(
    tx: &mut ReadTx<'_>,
    whole: RecommendationId,
    but: Option<AddresseeId>,
) -> Result<BTreeSet<BodyId>, Error> {
    let parts = recommendation::table.filter(recommendation::parent_id.eq(whole)).select(recommendation::id);
    let mut ids: Vec<RecommendationId> = parts.load(tx.conn)?;
    ids.push(whole);
    let rows: Vec<(AddresseeId, BodyId, Option<Closure>)> = addressee::table
        .filter(addressee::recommendation_id.eq_any(ids).and(addressee::present))
        .select((addressee::id, addressee::answerer_id, addressee::closure))
        .load(tx.conn)?;
    let others = rows.into_iter().filter(|(id, _, closure)| {
        let counts = !closure.is_some_and(Closure::is_uncounted);
        counts && Some(*id) != but
    });
    Ok(others.map(|(_, body, _)| body).collect())
}

/// Brings the counts from what an answer was to what it is now.
pub(super) fn shift_answerer(tx: &mut WriteTx<'_>, before: &AddresseeRow, after: &AddresseeRow) -> Result<(), Error> {
    let (was, is) = (counts_for(before), counts_for(after));
    if was == is {
        return Ok(());
    }
    let own = after.recommendation_id;
    let parent: Option<RecommendationId> =
        recommendation::table.filter(recommendation::id.eq(own)).select(recommendation::parent_id).first(tx.conn)?;
    let whole = parent.unwrap_or(own);
    // A body that answers it beside this, too, is counted already, and still.
    let others = answerers(tx, whole, Some(after.id))?;
    let (_, of_whole) = facts(tx, whole)?;
    let words = of_words(&of_whole);
    for body in was.into_iter().filter(|body| !others.contains(body)) {
        shift_in(tx, &[(WORDS_OF_BODY, body.0)], &words, &[])?;
    }
    for body in is.into_iter().filter(|body| !others.contains(body)) {
        shift_in(tx, &[(WORDS_OF_BODY, body.0)], &[], &words)?;
    }
    Ok(())
}

/// Brings the counts of those who answer a recommendation from what it added to counts to what it adds now.
pub(super) fn shift_words(
    tx: &mut WriteTx<'_>,
    id: RecommendationId,
    before: &[Fact],
    after: &[Fact],
) -> Result<(), Error> {
    let (was, is) = (of_words(before), of_words(after));
    if was == is {
        return Ok(());
    }
    for body in answerers(tx, id, None)? {
        shift_in(tx, &[(WORDS_OF_BODY, body.0)], &was, &is)?;
    }
    Ok(())
}
