//! What anybody can read, and what a page must never seem to say.

mod address;
mod asking;
mod change;
mod data;
mod first_day;
mod operator;
mod overdue;
mod search;

use std::path::Path;

use crate::story::Story;
use crate::support::{Place, TestApp};

/// The stories of this folder.
pub fn stories() -> Vec<Story> {
    let all = [
        address::stories(),
        asking::stories(),
        change::stories(),
        data::stories(),
        first_day::stories(),
        operator::stories(),
        overdue::stories(),
        search::stories(),
    ];
    all.into_iter().flatten().collect()
}

/// The register that the program brings along, served as on its first day.
fn first_register(place: &Place) -> TestApp {
    place.with_register(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/rotherham.toml")).app()
}
