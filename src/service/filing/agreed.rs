//! What a closing rests on. Closing as done rests on what was agreed when the item was taken in, or later, but no later than the
//! finding that is held against it: without it nobody closes as done, and whoever does says how it was shown. A register file
//! brings answers and targets and no closing, so that a load is no way round it.

use crate::domain::id::UpdateId;
use crate::domain::lifecycle::Closure;
use crate::domain::moment::Happened;
use crate::domain::problem::Problems;
use crate::domain::record::FactValue;
use crate::domain::rule;
use crate::domain::words;
use crate::service::Error;
use crate::service::answer::Answer;
use crate::store::ledger::record_of;
use crate::store::withheld::Words;
use crate::store::{ReadTx, agreement};

/// Refuses to close before the finding that it rests on; to close as done where nothing was agreed, or only afterwards; and to do
/// so without a word on how what was agreed was shown, where that can be read.
pub(super) fn answered(
    tx: &mut ReadTx<'_>,
    problems: &mut Problems,
    answer: &Answer,
    (closure, happened, corrects): (Option<Closure>, Happened, Option<UpdateId>),
    shown: Option<&str>,
) -> Result<(), Error> {
    let row = &answer.row;
    let earlier = earlier(tx, answer, corrects, closure)?;
    let found = earlier.unwrap_or_else(|| Happened::new(row.assessed_on, row.assessed_precision));
    if !closure.is_some_and(Closure::is_done) {
        rule::rests_on(problems, (closure, happened), found, None);
        return Ok(());
    }
    let id = answer.holder.addressee;
    let standing = agreement::standing(tx, &[id])?;
    let agreed_on = standing.get(&id).map(|agreed| agreed.agreed_on).filter(|_| earlier.is_none());
    rule::rests_on(problems, (closure, happened), found, agreed_on);
    match standing.get(&id).map(|agreed| &agreed.words) {
        None if problems.at("closure").is_none() => problems.add("closure", words::NOT_AGREED),
        Some(Words::Said(_)) if shown.is_none() => {
            problems.add("shown", "It was agreed what would show that it is done. Enter how that was shown");
        }
        _ => {}
    }
    Ok(())
}

/// For a correction of a closing of the same kind: the finding that it rested on then. What was found or agreed since was no
/// ground of it.
fn earlier(
    tx: &mut ReadTx<'_>,
    answer: &Answer,
    corrects: Option<UpdateId>,
    closure: Option<Closure>,
) -> Result<Option<Happened>, Error> {
    let Some(wrong) = corrects else { return Ok(None) };
    let record = record_of(tx, answer.holder.addressee)?;
    let same = |value| matches!(value, FactValue::Lifecycle(_, why) if why == closure);
    let closed = record.updates.iter().find(|update| update.id == wrong && same(update.value));
    Ok(closed.map(|closed| record.state_at(closed.seq).assessed.happened))
}
