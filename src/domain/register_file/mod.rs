//! A register file, such as `data/rotherham.toml`: what an inquiry recommended, to whom, and what is known of the answers.
//!
//! [`parse`] reads the text into plain structs or says everything that is wrong with it, each fault with its line. `raw` is
//! the form of the file as it is written, `read` takes it apart, `check` and its files say what must hold, `model` is what
//! the rest of the program gets. Nothing here looks at a database: what is already held is for the one who loads it.

mod check;
mod check_dated;
mod check_inquiry;
mod check_recommendation;
mod model;
mod place;
mod raw;
mod read;

#[cfg(test)]
mod fault_tests;
#[cfg(test)]
mod real_tests;

pub use model::{
    AddresseeFile, Answer, BodyFile, CountInSource, DatedWords, InquiryFile, ItemRef, LinkFile, LinkKind,
    RecommendationFile, RegisterFile, ResponseFile, TargetFile,
};

use super::problem::Problems;

/// Reads a register file.
///
/// # Errors
/// Every fault found, in the order of the lines: `line 12, recommendation 4 of ferry` and a sentence. Where the text is
/// not TOML at all, only the faults of its form.
pub fn parse(text: &str) -> Result<RegisterFile, Problems> {
    let mut faults = place::Faults::new(text);
    let file = read::read(text, &mut faults).map(|raw| check::file(raw, &mut faults));
    faults.into_result()?;
    file.ok_or_else(|| Problems::one("line 1", "This file could not be read"))
}
