//! What anybody can read, and what a page must never seem to say.

mod address;
mod asking;
mod change;
mod data;
mod first_day;
mod operator;
mod overdue;
mod past_pages;
mod places;
mod print;
mod search;

use std::fmt::Write as _;
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
        past_pages::stories(),
        places::stories(),
        print::stories(),
        search::stories(),
    ];
    all.into_iter().flatten().collect()
}

/// The register that the program brings along, served as on its first day.
fn first_register(place: &Place) -> TestApp {
    place.with_register(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/rotherham.toml")).app()
}

/// A register of one inspection with so many recommendations to one body, served.
pub fn long_register(place: &Place, recommendations: usize) -> TestApp {
    place.with_register(&place.file("long.toml", &long_file(recommendations))).app()
}

/// The same as a register file.
pub fn long_file(recommendations: usize) -> String {
    let mut register = String::from(
        "[[body]]\nslug = \"ferry\"\nname = \"Ashgrove Ferry\"\nkind = \"company\"\n\n[[inquiry]]\nslug = \"long\"\n\
         kind = \"inspection\"\ntitle = \"A long inspection\"\nshort_title = \"Long\"\nown_references = false\n\
         published_on = 2026-01-05\ncounts_in_source = []\n",
    );
    for number in 1..=recommendations {
        write!(
            register,
            "\n[[inquiry.recommendation]]\nnumber = \"{number}\"\ntitle = \"Mend jetty {number}\"\ntext_kind = \"summary\"\n\
             text = \"Jetty {number} should be mended.\"\nchecked = \"secondary\"\nthemes = []\n\
             addressees = [ {{ body = \"ferry\", checked = \"secondary\" }} ]\n"
        )
        .expect("text");
    }
    register
}
