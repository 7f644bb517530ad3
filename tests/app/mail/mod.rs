//! Scheduled mail and its way out: reminders, digests, notices, and the postman before a real mail server.
//!
//! The program itself runs the jobs of a moment, as an operator rehearses them, on a small register that is written
//! straight into the tables (`ashgrove`): what leads there over pages has stories of its own.

mod ashgrove;
mod bounce;
mod digest;
mod outbox;
mod page;
mod reminder;

use crate::story::Story;

/// The stories of this folder.
pub fn stories() -> Vec<Story> {
    [bounce::stories(), digest::stories(), outbox::stories(), page::stories(), reminder::stories()]
        .into_iter()
        .flatten()
        .collect()
}
