//! Headings of the timeline and of `/changes`, and what stands in the place of words that were taken out.

use super::dates;
use crate::domain::change::{ChangeKind, RemarkKind, Subject};
use crate::domain::id::Seq;
use crate::domain::moment::Day;

/// The heading of a change.
#[must_use]
pub const fn change_kind(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Load => "Loaded from a register file",
        ChangeKind::Response => "Answer recorded",
        ChangeKind::Reported => "Update from the body",
        ChangeKind::Assessed => "Assessment",
        ChangeKind::Lifecycle => "Opened or closed",
        ChangeKind::Target => "Target date",
        ChangeKind::Schedule => "Schedule of updates",
        ChangeKind::Arrival => "Update received",
        ChangeKind::ArrivalStep => "What became of an update",
        ChangeKind::Wording => "Words of the recommendation",
        ChangeKind::Asked => "Bodies asked",
        ChangeKind::Coverage => "Where answers were looked for",
        ChangeKind::AccuracyRule => "Checks by bodies before publication",
        ChangeKind::Notice => "Date passed",
        ChangeKind::Withheld => "Words withheld",
        ChangeKind::Shown => "Words shown again",
        ChangeKind::Register => "About this register",
    }
}

/// The heading of a dated remark.
#[must_use]
pub const fn remark_kind(kind: RemarkKind) -> &'static str {
    match kind {
        RemarkKind::Notice => "Noted by the register",
        RemarkKind::Reply => "Reply from the body",
        RemarkKind::Minute => "What a meeting decided",
        RemarkKind::Note => "Dated note; it sets no status",
    }
}

/// What somebody means to withhold.
#[must_use]
pub const fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::Update => "The words of an update",
        Subject::Wording => "The words of the recommendation",
        Subject::Remark => "A remark",
        Subject::Event => "An event of the inquiry",
        Subject::Deadline => "The reason given for a date",
        Subject::Coverage => "Where somebody looked",
        Subject::Change => "The reason given for a change",
    }
}

/// In the place of words out of sight: `Words withheld on 3 March 2027`.
#[must_use]
pub fn withheld_on(on: Day) -> String {
    format!("Words withheld on {}", dates::day(on))
}

/// After they came back: `Words shown again on 3 March 2027`.
#[must_use]
pub fn shown_on(on: Day) -> String {
    format!("Words shown again on {}", dates::day(on))
}

/// In the place of words that are gone for good: `Removed on 3 March 2027 for legal reasons`.
#[must_use]
pub fn redacted_on(on: Day) -> String {
    format!("Removed on {} for legal reasons", dates::day(on))
}

/// Of a date that was recorded wrongly: `Put right: target 1 March 2027, recorded here as 3 March 2027`.
#[must_use]
pub fn date_put_right(right: &str, was: Option<Day>) -> String {
    let was = was.map_or_else(|| "taken back".to_owned(), dates::day);
    format!("Put right: {right}. It was recorded here as {was}")
}

/// Beside a correction: `Corrects change 12`.
#[must_use]
pub fn corrects(seq: Seq) -> String {
    format!("Corrects change {seq}")
}

/// Beside what was corrected: `Corrected by change 14`.
#[must_use]
pub fn corrected_by(seq: Seq) -> String {
    format!("Corrected by change {seq}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::{all_different, on};

    #[test]
    fn every_kind_has_its_own_heading() {
        all_different(ChangeKind::ALL, |kind| change_kind(kind).to_owned());
        all_different(RemarkKind::ALL, |kind| remark_kind(kind).to_owned());
        all_different(Subject::ALL, |kind| subject(kind).to_owned());
    }

    #[test]
    fn what_was_taken_out_keeps_its_date() {
        let day = on("2027-03-03");
        assert_eq!(withheld_on(day), "Words withheld on 3 March 2027");
        assert_eq!(shown_on(day), "Words shown again on 3 March 2027");
        assert_eq!(redacted_on(day), "Removed on 3 March 2027 for legal reasons");
        assert_eq!(corrects(Seq(12)), "Corrects change 12");
        assert_eq!(corrected_by(Seq(14)), "Corrected by change 14");
    }
}
