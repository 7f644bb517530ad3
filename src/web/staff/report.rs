//! Documents that bodies sent, as staff log them and look them through.
//!
//! `list` are the documents of a body with the form that logs another; `show` is one document, where its items are marked;
//! `edit` puts right what is said of it; `file` is the document itself, where it is kept here; `held` is what a hold does to these.

mod edit;
mod fields;
mod file;
mod held;
mod list;
mod mark;
mod show;

pub use edit::{edit, save};
pub use file::{file, publish, take_back};
pub use list::{create, list};
pub use mark::{confirm, mark};
pub use show::show;
