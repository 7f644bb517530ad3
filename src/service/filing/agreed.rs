//! Closing as done rests on what was agreed when the item was taken in, or later: without it nobody closes as done, and whoever
//! does says how it was shown. A register file brings answers and targets and no closing, so that a load is no way round it.

use crate::domain::lifecycle::Closure;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::Error;
use crate::service::answer::Answer;
use crate::store::withheld::Words;
use crate::store::{ReadTx, agreement};

/// Refuses to close as done where nothing was agreed, and without a word on what was agreed where that can be read.
pub(super) fn answered(
    tx: &mut ReadTx<'_>,
    problems: &mut Problems,
    answer: &Answer,
    closure: Option<Closure>,
    shown: Option<&str>,
) -> Result<(), Error> {
    if !closure.is_some_and(Closure::is_done) {
        return Ok(());
    }
    let id = answer.holder.addressee;
    let standing = agreement::standing(tx, &[id])?;
    match standing.get(&id).map(|agreed| &agreed.words) {
        None if problems.at("closure").is_none() => problems.add("closure", words::NOT_AGREED),
        Some(Words::Said(_)) if shown.is_none() => {
            problems.add("shown", "It was agreed what would show that it is done. Enter how that was shown");
        }
        _ => {}
    }
    Ok(())
}
