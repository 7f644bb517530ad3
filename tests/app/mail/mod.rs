//! Scheduled mail and its way out: reminders, digests, notices, and the postman before a real mail server.
//!
//! The program itself runs the jobs of a moment, as an operator rehearses them, on a small register that is written
//! straight into the tables (`ashgrove`): what leads there over pages has stories of its own.

pub mod ashgrove;
pub mod bounce;
mod came_back;
mod clocks;
mod digest;
mod digest_choice;
mod due;
mod outbox;
mod owed;
mod page;
mod refused;
mod reminder;
mod year;

use crate::story::Story;

/// The stories of this folder.
pub fn stories() -> Vec<Story> {
    let all = [
        bounce::stories(),
        came_back::stories(),
        clocks::stories(),
        digest::stories(),
        digest_choice::stories(),
        due::stories(),
        outbox::stories(),
        page::stories(),
        refused::stories(),
        reminder::stories(),
        year::stories(),
    ];
    all.into_iter().flatten().collect()
}
