//! Closing as done rests on what was agreed when the item was taken in, or later: whoever closes says how that was shown.

use crate::domain::lifecycle::Closure;
use crate::domain::problem::Problems;
use crate::service::Error;
use crate::service::answer::Answer;
use crate::store::withheld::Words;
use crate::store::{ReadTx, agreement};

/// Refuses to close as done without a word on what was agreed, where something was and can be read.
pub(super) fn answered(
    tx: &mut ReadTx<'_>,
    problems: &mut Problems,
    answer: &Answer,
    closure: Option<Closure>,
    shown: Option<&str>,
) -> Result<(), Error> {
    if !closure.is_some_and(Closure::is_done) || shown.is_some() {
        return Ok(());
    }
    let id = answer.holder.addressee;
    let standing = agreement::standing(tx, &[id])?;
    if matches!(standing.get(&id).map(|agreed| &agreed.words), Some(Words::Said(_))) {
        problems.add("shown", "It was agreed what would show that it is done. Enter how that was shown");
    }
    Ok(())
}
