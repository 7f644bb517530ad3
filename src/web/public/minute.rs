//! What meetings decided about an answer, as entries of a timeline; and the links between how something stood and stands.

use crate::domain::address;
use crate::domain::id::Seq;
use crate::domain::words;
use crate::store::remark::{Minute, Remark};
use crate::web::part::Link;
use crate::web::part::timeline::Entry;

use super::timeline::{corrected_by, corrects};

/// Who decided, where that is minuted, and which question it answers; nothing where the words are out of sight.
pub fn line(minute: &Minute) -> Option<String> {
    minute.decided.as_ref().map(|decided| words::minuted(decided, minute.question.as_deref()))
}

/// Puts into the entry of a remark what only a minute has: who decided, and what took its place.
pub(super) fn put(entry: &mut Entry, row: &Remark) {
    let Some(minute) = &row.minute else { return };
    if let Some(line) = line(minute) {
        entry.sentence = words::and_then(&entry.sentence, &line);
    }
    entry.corrects = corrects(minute.corrects).or(instead_of(minute.replaces));
    entry.corrected_by = corrected_by(minute.corrected_by).or(gone_to(minute.replaced_by));
}

/// The link to how it stood before.
pub(super) fn instead_of(seq: Option<Seq>) -> Option<Link> {
    seq.map(|seq| Link::new(address::change(seq), words::takes_place_of(seq)))
}

/// The link to how it stands now.
pub(super) fn gone_to(seq: Option<Seq>) -> Option<Link> {
    seq.map(|seq| Link::new(address::change(seq), words::place_taken_by(seq)))
}
