//! Headings of the timeline and of `/changes`, and what stands in the place of words that were taken out.

use super::dates;
use crate::domain::change::{ChangeKind, RemarkKind, Since, Subject, TakenOut};
use crate::domain::deadline::DeadlineAct;
use crate::domain::id::Seq;
use crate::domain::moment::Day;
use crate::domain::redaction::RedactionKind;

/// The heading of a change.
#[must_use]
pub const fn change_kind(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Load => "Loaded from a register file",
        ChangeKind::Response => "Answer recorded",
        ChangeKind::Reported => "Update from the body",
        ChangeKind::Assessed => "Assessment",
        ChangeKind::Lifecycle => "Opened or closed",
        ChangeKind::Deadline => "Said when an answer is owed",
        ChangeKind::Plan => "Plan of the body",
        ChangeKind::Target => "Target date",
        ChangeKind::Extension => "Request for a later target date",
        ChangeKind::Recheck => "When oversight looks again",
        ChangeKind::Schedule => "Schedule of updates",
        ChangeKind::Arrival => "Update received",
        ChangeKind::ArrivalStep => "What became of an update",
        ChangeKind::Wording => "Words of the recommendation",
        ChangeKind::Asked => "Bodies asked",
        ChangeKind::Evidence => "Evidence",
        ChangeKind::Agreement => "What would show that it is done",
        ChangeKind::Report => "Document from a body",
        ChangeKind::Mark => "What a document says",
        ChangeKind::OutsideFinding => "Others found",
        ChangeKind::Reply => "Reply of the body",
        ChangeKind::Coverage => "Where answers were looked for",
        ChangeKind::AccuracyRule => "Checks by bodies before publication",
        ChangeKind::Notice => "Passed date noted",
        ChangeKind::Withheld => "Words withheld",
        ChangeKind::Grounds => "Why words were withheld",
        ChangeKind::Shown => "Words shown again",
        ChangeKind::Redacted => "Words removed for legal reasons",
        ChangeKind::Register => "About this register",
        ChangeKind::Page => "The operator\u{2019}s own words",
        ChangeKind::Format => "Other formats of a report",
        ChangeKind::Hold => "Hold on new information: placed, reviewed or ended",
        ChangeKind::Inquiry => "Description of an inquiry",
        ChangeKind::Event => "Event of an inquiry",
        ChangeKind::Meeting => "Meeting",
        ChangeKind::Minute => "Minute of a meeting",
        ChangeKind::Body => "Entry of a body",
        ChangeKind::Succession => "What became of a body",
        ChangeKind::BodyEvent => "Event of a body",
        ChangeKind::Group => "Who belongs to a group of bodies",
        ChangeKind::Entry => "Recommendation taken in",
        ChangeKind::Number => "Number of a recommendation",
        ChangeKind::Mistaken => "Recommendation entered in error, or not",
        ChangeKind::Division => "Recommendation divided into parts",
        ChangeKind::Theme => "Themes",
        ChangeKind::Tie => "Link between recommendations",
    }
}

/// The heading of a change; of one that puts something right, that first.
#[must_use]
pub fn change_heading(kind: ChangeKind, corrects: bool) -> String {
    let heading = change_kind(kind);
    if corrects { format!("Correction: {}", lower_first(heading)) } else { heading.to_owned() }
}

/// Which words were withheld, shown again or removed: `Words withheld: the words of an update`.
#[must_use]
pub fn taken_out_what(kind: ChangeKind, what: Option<(Subject, Option<RemarkKind>)>) -> String {
    let heading = change_kind(kind);
    what.map_or_else(|| heading.to_owned(), |(what, of)| format!("{heading}: {}", lower_first(subject_of(what, of))))
}

/// For which kind of reason words were withheld: `Kind of reason: data protection`, or that nobody has said so yet.
#[must_use]
pub fn grounds(kind: Option<RedactionKind>) -> String {
    kind.map_or_else(
        || GROUNDS_NOT_SAID.to_owned(),
        |kind| format!("Kind of reason: {}", lower_first(redaction_kind(kind))),
    )
}

/// Where nobody has said yet for which kind of reason words were withheld.
pub const GROUNDS_NOT_SAID: &str = "Kind of reason: not said yet";

/// Of the reason given for a change, where that is out of sight: `The reason that was given was withheld on 3 March 2027`.
#[must_use]
pub fn reason_taken_out(taken: TakenOut) -> String {
    let day = dates::day(taken.on);
    if taken.for_good {
        format!("The reason that was given was removed on {day} for legal reasons")
    } else {
        format!("The reason that was given was withheld on {day}")
    }
}

/// From a withholding to what it withheld: `They were published by change 12`.
#[must_use]
pub fn were_published_by(seq: Seq) -> String {
    format!("They were published by change {seq}")
}

/// From the kind of reason to the withholding that it is of: `They were withheld by change 14`.
#[must_use]
pub fn were_withheld_by(seq: Seq) -> String {
    format!("They were withheld by change {seq}")
}

pub(super) fn lower_first(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| first.to_lowercase().chain(signs).collect())
}

/// The heading of a dated remark.
#[must_use]
pub const fn remark_kind(kind: RemarkKind) -> &'static str {
    match kind {
        RemarkKind::Notice => "Noted by the register",
        RemarkKind::Reply => "Reply from the body",
        RemarkKind::Extension => "The body asked for a later target date",
        RemarkKind::Minute => "What a meeting decided",
        RemarkKind::Note => "Dated note; it sets no status",
    }
}

/// The same where it is known what kind of remark it is: `A reply of the body`.
#[must_use]
pub const fn subject_of(what: Subject, remark: Option<RemarkKind>) -> &'static str {
    match (what, remark) {
        (Subject::Remark, Some(RemarkKind::Reply)) => "A reply of the body",
        (Subject::Remark, Some(RemarkKind::Notice)) => "A notice of the register",
        (Subject::Remark, Some(RemarkKind::Extension)) => "A request of the body for a later date",
        (Subject::Remark, Some(RemarkKind::Minute)) => "What a meeting decided",
        (Subject::Remark, Some(RemarkKind::Note)) => "A dated note",
        (what, _) => subject(what),
    }
}

/// What somebody means to withhold.
#[must_use]
pub const fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::Update => "The words of an update",
        Subject::Wording => "The words of the recommendation",
        Subject::Remark => "A remark",
        Subject::Page => "The operator’s own words on a page",
        Subject::Format => "A link to a report in another format",
        Subject::Event => "An event of an inquiry or a body",
        Subject::Deadline => "What was said about a date or a plan",
        Subject::Evidence => "A piece of evidence",
        Subject::Agreement => "What was agreed to show that it is done",
        Subject::Report => "What is said of a document",
        Subject::Mark => "Words found in a document",
        Subject::Outside => "What an outside body found",
        Subject::Coverage => "Where somebody looked",
        Subject::Description => "The description of an inquiry",
        Subject::Body => "The name of a body",
        Subject::Theme => "The name of a theme",
        Subject::Change => "The reason given for a change",
    }
}

/// In the place of words out of sight: `Words withheld on 3 March 2027`, or `Removed on 3 March 2027 for legal reasons`.
#[must_use]
pub fn withheld_on(taken: TakenOut) -> String {
    if taken.for_good { redacted_on(taken.on) } else { format!("Words withheld on {}", dates::day(taken.on)) }
}

/// The same inside a line, after what the words were of: `words withheld on 3 March 2027`. It says that words are gone, not that
/// the thing is.
#[must_use]
pub fn withheld_inside(taken: TakenOut) -> String {
    let day = dates::day(taken.on);
    if taken.for_good {
        format!("words removed on {day} for legal reasons")
    } else {
        format!("words withheld on {day}")
    }
}

/// How words stand that were withheld: `Shown again since 3 March 2027`.
#[must_use]
pub fn since_withheld(since: Since) -> String {
    match since {
        Since::Lasts => "Out of sight".to_owned(),
        Since::Shown(None) => "Shown again".to_owned(),
        Since::Shown(Some(on)) => format!("Shown again since {}", dates::day(on)),
        Since::TakenOut(taken) if taken.for_good => {
            format!("Removed for legal reasons on {}, by change {}", dates::day(taken.on), taken.by)
        }
        Since::TakenOut(taken) => {
            format!("Out of sight since {}, by a later change, {}", dates::day(taken.on), taken.by)
        }
    }
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

/// Why words are withheld or removed, as a choice and in the record.
#[must_use]
pub const fn redaction_kind(kind: RedactionKind) -> &'static str {
    match kind {
        RedactionKind::CourtOrder => "A court has ordered it",
        RedactionKind::Anonymity => "Somebody has a right to anonymity",
        RedactionKind::Proceedings => "Live court proceedings",
        RedactionKind::DataProtection => "Data protection",
        RedactionKind::Marking => "Protective marking",
        RedactionKind::Defamation => "Defamation",
        RedactionKind::OtherLaw => "Another rule of law",
        RedactionKind::Precaution => "It could harm somebody, or was a mistake",
    }
}

/// Of a date that was recorded wrongly: `Put right: target 1 March 2027, recorded here as 3 March 2027`.
#[must_use]
pub fn date_put_right(right: &str, was: Option<Day>) -> String {
    let was = was.map_or_else(|| "taken back".to_owned(), dates::day);
    format!("Put right: {right}. It was recorded here as {was}")
}

/// Of what was recorded wrongly to have happened to a date: `Put right: Time to answer stopped on 3 March 2027. It was recorded
/// here as “Time to answer stopped on 1 March 2027”`.
#[must_use]
pub fn act_put_right(right: &str, was: &str) -> String {
    format!("Put right: {right}. It was recorded here as \u{201c}{was}\u{201d}")
}

/// Of what never happened to a date: `Recorded here in error: time to answer did not stop on 1 March 2027`.
#[must_use]
pub fn act_taken_out(act: DeadlineAct, on: Option<Day>) -> String {
    let never = match act {
        DeadlineAct::Extended => "no more time to answer was given",
        DeadlineAct::Paused => "time to answer did not stop",
        DeadlineAct::Resumed => "time to answer did not run again",
    };
    let on = on.map_or_else(String::new, |on| format!(" on {}", dates::day(on)));
    format!("Recorded here in error: {never}{on}")
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

/// Beside words that stand no more: what they are, and where what stands now was published.
#[must_use]
pub fn replaced_by(seq: Seq) -> String {
    format!("Words as published then; they have been replaced by change {seq}")
}

/// The link to a change: `Change 14`.
#[must_use]
pub fn change(seq: Seq) -> String {
    format!("Change {seq}")
}

/// Of a body's answer: `In its own word: “noted”`.
#[must_use]
pub fn in_its_own_word(word: &str) -> String {
    format!("In its own word: \u{201c}{}\u{201d}", word.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::{all_different, on};

    #[test]
    fn a_correction_and_a_withholding_say_of_what() {
        assert_eq!(change_heading(ChangeKind::Response, false), "Answer recorded");
        assert_eq!(change_heading(ChangeKind::Response, true), "Correction: answer recorded");
        let what = |kind, subject: Option<Subject>| taken_out_what(kind, subject.map(|subject| (subject, None)));
        assert_eq!(what(ChangeKind::Withheld, Some(Subject::Update)), "Words withheld: the words of an update");
        assert_eq!(what(ChangeKind::Shown, None), "Words shown again");
        assert_eq!(grounds(Some(RedactionKind::DataProtection)), "Kind of reason: data protection");
        assert_eq!(grounds(None), "Kind of reason: not said yet");
    }

    #[test]
    fn what_never_happened_to_a_date_is_named() {
        let out = |act| act_taken_out(act, Some(on("2027-03-01")));
        assert_eq!(out(DeadlineAct::Paused), "Recorded here in error: time to answer did not stop on 1 March 2027");
        assert_eq!(act_taken_out(DeadlineAct::Paused, None), "Recorded here in error: time to answer did not stop");
        all_different(DeadlineAct::ALL, out);
    }

    #[test]
    fn every_kind_has_its_own_heading() {
        all_different(ChangeKind::ALL, |kind| change_kind(kind).to_owned());
        all_different(RemarkKind::ALL, |kind| remark_kind(kind).to_owned());
        all_different(Subject::ALL, |kind| subject(kind).to_owned());
        all_different(RemarkKind::ALL, |kind| subject_of(Subject::Remark, Some(kind)).to_owned());
        assert_eq!(subject_of(Subject::Update, None), subject(Subject::Update));
        all_different(RedactionKind::ALL, |kind| redaction_kind(kind).to_owned());
    }

    #[test]
    fn what_was_taken_out_keeps_its_date() {
        let day = on("2027-03-03");
        let taken = |for_good| TakenOut { on: day, for_good, by: Seq(9) };
        assert_eq!(withheld_on(taken(false)), "Words withheld on 3 March 2027");
        assert_eq!(withheld_on(taken(true)), redacted_on(day));
        assert_eq!(reason_taken_out(taken(false)), "The reason that was given was withheld on 3 March 2027");
        let gone = "The reason that was given was removed on 3 March 2027 for legal reasons";
        assert_eq!(reason_taken_out(taken(true)), gone);
        assert_eq!(shown_on(day), "Words shown again on 3 March 2027");
        assert_eq!(redacted_on(day), "Removed on 3 March 2027 for legal reasons");
        assert_eq!(corrects(Seq(12)), "Corrects change 12");
        assert_eq!(corrected_by(Seq(14)), "Corrected by change 14");
    }
}
