//! Work on its way into the public record: what a body files, what overseers propose, who reads and publishes it.

pub mod arranged;
mod desk;
mod own_body;
mod publishing;
mod returning;
mod second_key;
mod unpublished;

use crate::story::Story;

/// The stories of this folder.
pub fn stories() -> Vec<Story> {
    let all = [
        desk::stories(),
        own_body::stories(),
        publishing::stories(),
        returning::stories(),
        second_key::stories(),
        unpublished::stories(),
    ];
    all.into_iter().flatten().collect()
}
