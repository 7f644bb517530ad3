//! A copy of the whole public site: what it says of itself, and what the command that makes it says.

use super::{dates, numbers};
use crate::domain::id::Seq;
use crate::domain::moment::Day;

/// What stands on each of its pages, before the address of the register.
#[must_use]
pub fn copy_made(day: Day, seq: Seq) -> String {
    format!("This is a copy made on {} at change {seq}; the register itself is at", dates::day(day))
}

/// What was written.
#[must_use]
pub fn copy_written(pages: u64, files: u64, bytes: u64) -> String {
    let pages = numbers::count(pages, "page", "pages");
    let files = numbers::count(files, "other file", "other files");
    format!("{pages} and {files}, {} bytes", numbers::number(bytes))
}

/// Something was published while the copy was made.
#[must_use]
pub fn copy_outdated(newest: Seq) -> String {
    format!("Meanwhile the register has gone on to change {newest}. If that took words out, make the copy again.")
}

/// What whoever keeps a copy must know.
pub const KEEPS_WORDS: &str = "Words that the register withholds or removes later stay in this copy. When that happens, \
                               make the copy again, or take the page out, wherever the copy has gone.";
