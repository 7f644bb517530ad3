//! A body's part in the work: updates written over days, signed off by its own people, handed over when somebody leaves, sent in
//! as a sheet; and "no change", counted.

pub mod arranged;
mod by_link;
mod contacts;
mod drafts;
mod ladder;
mod leads;
mod nil;
mod reach;
mod sheets;
mod sheets_refused;
mod sign_off;
mod sign_off_more;
mod stages;
mod together;
pub mod told;

use crate::story::Story;

/// The stories of this folder.
pub fn stories() -> Vec<Story> {
    let all = [
        by_link::stories(),
        contacts::stories(),
        drafts::stories(),
        ladder::stories(),
        leads::stories(),
        nil::stories(),
        reach::stories(),
        sheets::stories(),
        sheets_refused::stories(),
        sign_off::stories(),
        sign_off_more::stories(),
        stages::stories(),
        together::stories(),
        told::stories(),
    ];
    all.into_iter().flatten().collect()
}
