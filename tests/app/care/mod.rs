//! Publishing with care: what the file of what is held says of holds and dead addresses, what is kept for a time only, what must
//! be purged after a removal, what goes together with what is taken out, and what is refused with its reason.

mod given;
mod kept;
mod purged;
mod refused;
mod restored;
mod said;
mod together;

use crate::story::Story;

/// The stories of this folder.
pub fn stories() -> Vec<Story> {
    let all = [
        given::stories(),
        kept::stories(),
        purged::stories(),
        refused::stories(),
        restored::stories(),
        said::stories(),
        together::stories(),
    ];
    all.into_iter().flatten().collect()
}
