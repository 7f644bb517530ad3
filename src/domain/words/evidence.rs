//! Evidence: what a claim rests on, what a file is, and what may be hidden in it.

use super::dates;
use crate::domain::evidence::{EvidenceKind, FileKind, Hidden, Readers, Rung};
use crate::domain::moment::Day;

/// Before what was agreed to show that an answer is done.
pub const AGREED: &str = "What would show that it is done";
/// Why something cannot be closed as done yet: nobody recorded what it would have to answer to.
pub const NOT_AGREED: &str = "Nothing is recorded of what would show that it is done, as agreed when it was taken in. Record \
    what was agreed first, with the day on which it was agreed";
/// Why something cannot be closed as done by what was agreed only after it was found to be done.
#[must_use]
pub fn agreed_after_finding(agreed_on: Day) -> String {
    format!(
        "What would show that it is done was agreed on {}, after it was found to be done: assess it against what was agreed",
        dates::day(agreed_on)
    )
}

/// The way to where that is recorded.
pub const RECORD_AGREED: &str = "For closing as done: record first what was agreed to show it, and on which day";
/// The way to a decision that waits already.
pub const READ_WAITING: &str = "A decision on this waits already: read it first";

/// Why a second decision is refused while another one waits: which one that is.
#[must_use]
pub fn closing_waits(line: &str) -> String {
    format!(
        "This waits already for another person: \u{201c}{line}\u{201d}. It is published, sent back or taken back first"
    )
}

/// Who can read a piece until somebody publishes it.
#[must_use]
pub const fn evidence_readers(readers: Readers) -> &'static str {
    match readers {
        Readers::Body => {
            "Until the update is sent, only the people of this body who have an account can read it; the register\u{2019}s office \
             can once it is sent."
        }
        Readers::BodyAndOffice => {
            "Until then the people of this body who have an account and the register\u{2019}s office can read it."
        }
        Readers::Office => "Until then only the register\u{2019}s office can read it; the people of the body cannot.",
    }
}

/// Said when evidence was attached.
pub const EVIDENCE_ATTACHED: &str = "Evidence attached. It is private until somebody publishes it";
/// Said when evidence was published.
pub const EVIDENCE_PUBLISHED: &str = "The evidence is public";
/// Why one person cannot put right what is said of evidence for a judgement, and what to do.
pub const EVIDENCE_ANEW: &str = "The words that put it right would be your own, and two people must agree on evidence for a \
    judgement. Withhold it, attach it again with the right words, and let another person publish that.";
/// Why evidence of unpublished work has no form to publish it.
pub const EVIDENCE_OF_WORK: &str =
    "What this was attached to is not public. It can be published with that, or once that is public";
/// Why evidence of a fact of which nothing is recorded has none.
pub const EVIDENCE_OF_NOTHING: &str = "Nothing is recorded yet that this could support. Record that first";
/// Said when evidence was taken back.
pub const EVIDENCE_TAKEN_BACK: &str = "Taken back. The file and what was said about it are not kept";
/// What a search for hidden content is worth.
pub const NOT_TO_BE_FOUND: &str = "This register looks only for what is easily found. That nothing was found does not mean that nothing is there: open \
     the file and look for tracked changes, comments, hidden rows and the names of people in its properties.";

/// What a claim rests on, as part of a sentence.
#[must_use]
pub const fn rung(rung: Rung) -> &'static str {
    match rung {
        Rung::Nothing => "nothing",
        Rung::Assertion => "an assertion",
        Rung::Document => "a document exists",
        Rung::Practice => "done in practice",
        Rung::Tested => "independently tested",
        Rung::Held => "held over time",
    }
}

/// What a step means, for a form.
#[must_use]
pub const fn rung_means(rung: Rung) -> &'static str {
    match rung {
        Rung::Nothing => "Nothing was shown.",
        Rung::Assertion => "Somebody says so.",
        Rung::Document => "There is a policy, a plan or a decision. It does not show that anybody keeps to it.",
        Rung::Practice => "Records show that it is done.",
        Rung::Tested => "Somebody independent looked and found it so.",
        Rung::Held => "It was tested, and was still so some time later.",
    }
}

/// `Rests on: a document exists`.
#[must_use]
pub fn rests_on(step: Rung) -> String {
    format!("Rests on: {}", rung(step))
}

/// Of a finding with which no evidence is published. What its words say that it rests on stands in the timeline, and evidence may be
/// held that is not public.
pub const RESTS_ON_NOTHING: &str = "Rests on: no evidence published here";

/// Evidence in the timeline: `Evidence for “Reports”. Rests on: a document exists`.
#[must_use]
pub fn evidence_added(fact: &str, step: Rung) -> String {
    format!("Evidence for \u{201c}{fact}\u{201d}. {}", rests_on(step))
}

/// A link or a file.
#[must_use]
pub const fn evidence_kind(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Link => "A link to where it can be read",
        EvidenceKind::File => "A file to be kept here",
    }
}

/// What a file is.
#[must_use]
pub const fn file_kind(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Pdf => "PDF",
        FileKind::Docx => "Word document",
        FileKind::Xlsx => "Excel workbook",
        FileKind::Odt => "OpenDocument text",
        FileKind::Ods => "OpenDocument spreadsheet",
        FileKind::Csv => "CSV table",
        FileKind::Text => "plain text",
        FileKind::Png => "PNG picture",
        FileKind::Jpeg => "JPEG picture",
    }
}

/// How large a file is: `120 KB`, `1.4 MB`.
#[must_use]
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => super::numbers::count(bytes, "byte", "bytes"),
        1_000..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// `PDF, 120 KB`.
#[must_use]
pub fn file_line(kind: FileKind, bytes: u64) -> String {
    format!("{}, {}", file_kind(kind), size(bytes))
}

/// When a link was seen: `seen on 3 March 2027`.
#[must_use]
pub fn seen_on(day: Day) -> String {
    format!("seen on {}", dates::day(day))
}

/// The page that is relied on: `Page 4`; what says more than a number stands as it was written.
#[must_use]
pub fn on_page(page: &str) -> String {
    if page.chars().all(|sign| sign.is_ascii_digit()) { format!("Page {page}") } else { page.to_owned() }
}

/// What was found in a file that is easily overlooked.
#[must_use]
pub const fn hidden(what: Hidden) -> &'static str {
    match what {
        Hidden::Author => "the name of an author or editor in its properties",
        Hidden::Comments => "comments",
        Hidden::TrackedChanges => "tracked changes, with the words that were taken out",
        Hidden::HiddenText => "text that is marked as hidden",
        Hidden::HiddenSheets => "hidden sheets",
        Hidden::HiddenRows => "hidden rows or columns",
        Hidden::Attachments => "other files inside it",
        Hidden::Scripts => "programs inside it",
        Hidden::Camera => "where, when or with what a picture was taken",
    }
}

/// What was agreed, with its day, and the day on which it was recorded here where that came later: `agreed on 3 March 2027,
/// recorded here on 1 June 2027: minutes of two inspections`.
#[must_use]
pub fn agreed_on(day: Day, recorded: Option<Day>, what: &str) -> String {
    let recorded = recorded.map(|on| format!(", recorded here on {}", dates::day(on))).unwrap_or_default();
    format!("agreed on {}{recorded}: {what}", dates::day(day))
}

/// Said where somebody of a body would attach evidence to an update that has been signed off already.
pub const EVIDENCE_TO_SIGNER: &str = "Somebody else signs off for your organisation, and this update has left it. Ask them to attach it. If \
    the update was sent back, save it as unfinished first: what is attached to it then is signed off with it";
/// Said where evidence is attached to an update that is still with its body.
pub const EVIDENCE_WITH_UPDATE: &str =
    "What is attached here goes to the register with the update, and nobody outside your organisation sees it before.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::{all_different, on};

    #[test]
    fn every_step_and_kind_has_its_own_words() {
        all_different(Rung::ALL, |step| rung(step).to_owned());
        all_different(Rung::ALL, |step| rung_means(step).to_owned());
        all_different(FileKind::ALL, |kind| file_kind(kind).to_owned());
        all_different(Hidden::ALL, |what| hidden(what).to_owned());
        all_different(EvidenceKind::ALL, |kind| evidence_kind(kind).to_owned());
        assert_eq!(evidence_added("Reports", Rung::Document), "Evidence for “Reports”. Rests on: a document exists");
    }

    #[test]
    fn sizes_and_pages_read_as_people_say_them() {
        let sizes = [1, 999, 1_000, 119_001, 1_449_999, 10_485_760].map(size);
        assert_eq!(sizes, ["1 byte", "999 bytes", "1 KB", "120 KB", "1.4 MB", "10.4 MB"]);
        assert_eq!((on_page("4"), on_page("Annex B")), ("Page 4".to_owned(), "Annex B".to_owned()));
        assert_eq!(agreed_on(on("2027-03-03"), None, "two reports"), "agreed on 3 March 2027: two reports");
        assert_eq!(
            agreed_on(on("2027-03-03"), Some(on("2027-06-01")), "two reports"),
            "agreed on 3 March 2027, recorded here on 1 June 2027: two reports"
        );
    }
}
