//! Posts, not people: where a post is asked for that everybody reads, the name of somebody who is known here is refused.

use super::Error;
use crate::domain::person::names;
use crate::domain::problem::Problems;
use crate::store::{ReadTx, person};

/// Adds a fault to a field that holds the name of somebody with an account, or of somebody of a body who is known by name.
pub(super) fn is_a_post(
    tx: &mut ReadTx<'_>,
    problems: &mut Problems,
    field: &str,
    typed: Option<&str>,
) -> Result<(), Error> {
    let Some(typed) = typed else { return Ok(()) };
    if person::everybody(tx)?.iter().any(|name| names(typed, name)) {
        problems.add(
            field,
            "Enter the post or the committee, never a person\u{2019}s name: this is the name of somebody known here",
        );
    }
    Ok(())
}
