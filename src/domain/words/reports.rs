//! Documents that bodies sent, and how their items fare in them. A mark is no answer and no finding, and says so.

use super::{dates, numbers};
use crate::domain::moment::{Day, Happened};
use crate::domain::report::{Marked, Marks, ReportKind};

/// Beside marks: what they are and what they are not.
pub const MARKS_MEAN: &str = "A mark says what stands in the document. It is no answer to a recommendation and no finding: what is \
     covered only under a theme, or not mentioned, is not taken as refused, late, silent or done.";
/// Of a mark that one person made.
pub const READ_ONCE: &str = "Read by one person";
/// Of a mark that a second person confirmed.
pub const READ_TWICE: &str = "Read again and found the same";
/// Where somebody else marked an item while this person was writing.
pub const MARKED_MEANWHILE: &str =
    "Somebody else marked this meanwhile. Nothing of the form was recorded: choose anew, or leave it";

/// What kind of document it is.
#[must_use]
pub const fn report_kind(kind: ReportKind) -> &'static str {
    match kind {
        ReportKind::Progress => "Progress report",
        ReportKind::Letter => "Letter",
        ReportKind::Minutes => "Minutes",
        ReportKind::Other => "Document",
    }
}

/// A document by its kind and date: `Progress report of 3 March 2027`.
#[must_use]
pub fn document(kind: ReportKind, when: Happened) -> String {
    match when.day {
        Some(_) => format!("{} of {}", report_kind(kind), dates::happened_bare(when)),
        None => format!("{}, date not known", report_kind(kind)),
    }
}

/// `Progress report of 3 March 2027, received on 5 March 2027`.
#[must_use]
pub fn report_received(document: &str, on: Day) -> String {
    format!("{document}, received on {}", dates::day(on))
}

/// How an item fares, as a choice.
#[must_use]
pub const fn mark_choice(value: Marked) -> &'static str {
    match value {
        Marked::Unread => "Not yet looked through",
        Marked::Answered => "Answered on a page",
        Marked::Theme => "Covered only under a theme",
        Marked::NotMentioned => "Not mentioned",
    }
}

/// How an item fares, as part of a sentence: `answered on page 12`.
#[must_use]
pub fn mark(value: Marked, page: Option<&str>) -> String {
    let page = page.map(|page| {
        let number = page.chars().all(|sign| sign.is_ascii_digit());
        if number { format!("page {page}") } else { page.to_owned() }
    });
    match (value, page) {
        (Marked::Unread, _) => "not yet looked through".to_owned(),
        (Marked::Answered, Some(page)) => format!("answered on {page}"),
        (Marked::Answered, None) => "answered".to_owned(),
        (Marked::Theme, Some(page)) => format!("covered only under a theme, {page}"),
        (Marked::Theme, None) => "covered only under a theme".to_owned(),
        (Marked::NotMentioned, _) => "not mentioned".to_owned(),
    }
}

/// How many items a document mentions: `mentions 8 of 25; 9 only under a theme; 8 not mentioned`.
#[must_use]
pub fn marks(marks: Marks) -> String {
    if marks.all() == 0 {
        return "no item was open when it came".to_owned();
    }
    let mut said = format!(
        "mentions {}; {} only under a theme; {} not mentioned",
        numbers::out_of(marks.answered, marks.all()),
        numbers::number(marks.theme),
        numbers::number(marks.not_mentioned)
    );
    if marks.unread > 0 {
        said.push_str(&format!("; {} not yet looked through", numbers::number(marks.unread)));
    }
    said
}

/// How far somebody has come: `12 of 25 marked`.
#[must_use]
pub fn marked_so_far(marks: Marks) -> String {
    format!("{} marked", numbers::out_of(marks.looked_for(), marks.all()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::{all_different, on};

    #[test]
    fn a_document_and_its_marks_read_as_people_say_them() {
        let of = document(ReportKind::Progress, Happened::on(on("2027-03-03")));
        assert_eq!(of, "Progress report of 3 March 2027");
        assert_eq!(report_received(&of, on("2027-03-05")), "Progress report of 3 March 2027, received on 5 March 2027");
        assert_eq!(mark(Marked::Answered, Some("12")), "answered on page 12");
        assert_eq!(mark(Marked::Theme, Some("Annex B")), "covered only under a theme, Annex B");
        let counted = Marks { unread: 0, answered: 8, theme: 9, not_mentioned: 8 };
        assert_eq!(marks(counted), "mentions 8 of 25; 9 only under a theme; 8 not mentioned");
        let begun = Marks { unread: 13, answered: 4, theme: 4, not_mentioned: 4 };
        assert_eq!(marked_so_far(begun), "12 of 25 marked");
        assert!(marks(begun).ends_with("13 not yet looked through"));
        all_different(ReportKind::ALL, |kind| report_kind(kind).to_owned());
        all_different(Marked::ALL, |value| mark_choice(value).to_owned());
        all_different(Marked::ALL, |value| mark(value, Some("1")));
    }
}
