//! Words for scrutiny packs: the ten lines, the questions, the private paper.

use super::{dates, numbers};
use crate::domain::exemption::Exemption;
use crate::domain::id::Seq;
use crate::domain::moment::Day;
use crate::domain::pack::{DAYS_AHEAD, Listed, Looked, PackSection, PrivateKind, QUESTIONS};

/// What a pack asks, where nobody has chosen other questions.
pub const PACK_QUESTIONS: [&str; QUESTIONS] = [
    "What has changed since we last asked?",
    "What will show that it is done?",
    "What stands in the way, and who decides?",
    "By when, and what happens if not?",
];

/// The heading of a section.
#[must_use]
pub const fn pack_section(section: PackSection) -> &'static str {
    match section {
        PackSection::Moved => "Target dates moved",
        PackSection::NotMentioned => "Not mentioned in the body\u{2019}s last document",
        PackSection::NoContact => "No working contact",
        PackSection::WithUs => "With us too long",
        PackSection::Due => "Due before the next meeting",
        PackSection::Silent => "Silent",
        PackSection::Disputed => "Disputed",
        PackSection::Lapsed => "No longer holds",
        PackSection::Confirmed => "Newly confirmed",
        PackSection::Gap => "Said to be done, not confirmed",
    }
}

/// What a section holds, in a sentence.
#[must_use]
pub const fn pack_section_means(section: PackSection) -> &'static str {
    match section {
        PackSection::Moved => {
            "Another date was set than the one that stood, in the time that this paper covers. Each row says who set it: the body, or \
             somebody else."
        }
        PackSection::NotMentioned => {
            "Somebody looked for these open answers in the last document of the body that was looked through, and did not find \
             them. That is neither an answer nor a refusal. What is closed is not counted here."
        }
        PackSection::NoContact => {
            "Something of these inquiries is open with each of these bodies, and nobody files for it whom mail reaches: \
             nobody is asked. Whoever is kept without an account is asked by hand alone."
        }
        PackSection::WithUs => {
            "The body sent an update, and nobody here has read it for longer than we allow ourselves."
        }
        PackSection::Due => "What bodies owe by a day until the next meeting.",
        PackSection::Silent => "The day has passed, and nothing was received that this register was there to hear.",
        PackSection::Disputed => {
            "Something else was found than the body says, or the body says that the recommendation is not theirs. Open answers \
             alone are counted here; the page of an inquiry counts closed ones, too."
        }
        PackSection::Lapsed => "Each was closed as done, and was found not to hold any more.",
        PackSection::Confirmed => {
            "Each was found done in the time that this paper covers, and was not confirmed when that time began: what had lapsed by \
             then and was confirmed again is among them. What was only looked at again is not counted."
        }
        PackSection::Gap => {
            "The body says complete or in place, and that is not confirmed. Closed answers are counted, too."
        }
    }
}

/// The heading of a section in one pack: without a meeting ahead it is said for how many days it says what is due.
#[must_use]
pub fn pack_heading(section: PackSection, meeting_ahead: bool) -> String {
    match section {
        PackSection::Due if !meeting_ahead => format!("Due in the next {DAYS_AHEAD} days"),
        section => pack_section(section).to_owned(),
    }
}

/// Until which day a pack says what is due, and why until then.
#[must_use]
pub fn pack_due(until: Day, meeting_ahead: bool) -> String {
    let until = dates::day(until);
    if meeting_ahead {
        format!("What bodies owe by a day until the next meeting, on {until}.")
    } else {
        format!(
            "No meeting to come was chosen for this paper: what bodies owe in the next {DAYS_AHEAD} days, until {until}."
        )
    }
}

/// How many open answers were looked for in documents: `3 of 6 open answers looked through; 3 not looked through`.
#[must_use]
pub fn pack_looked(looked: Looked) -> String {
    let open = numbers::count(looked.open, "open answer", "open answers");
    let rest = looked.open.saturating_sub(looked.looked_for);
    let (done, rest) = (numbers::number(looked.looked_for), numbers::number(rest));
    format!("{done} of {open} looked through; {rest} not looked through")
}

/// The heading of targets that passed while an update of their body is being read.
pub const TARGET_BEING_READ: &str = "Target passed, an update is being read";

/// Beside silence: `1 target passed while an update is being read`.
#[must_use]
pub fn pack_being_read(rows: u64) -> String {
    format!("{} passed while an update is being read", numbers::count(rows, "target", "targets"))
}

/// That two packs which are compared are about other inquiries.
#[must_use]
pub fn packs_differ(earlier: &[String], later: &[String]) -> String {
    format!(
        "These packs are about different inquiries. The earlier one is about {}; the later one is about {}. What only one of them is \
         about stands below as left or entered, though nothing changed about it",
        numbers::list(earlier),
        numbers::list(later)
    )
}

/// One line of the first page, after its heading: `3 answers`, `1 body`, or that there is none.
#[must_use]
pub fn pack_line(section: PackSection, rows: u64) -> String {
    match (section, rows) {
        (_, 0) => "None".to_owned(),
        (PackSection::NoContact, rows) => numbers::count(rows, "body", "bodies"),
        (PackSection::Due | PackSection::Silent | PackSection::Moved, rows) => numbers::count(rows, "date", "dates"),
        (PackSection::WithUs, rows) => numbers::count(rows, "update", "updates"),
        (PackSection::NotMentioned | PackSection::Disputed, rows) => {
            numbers::count(rows, "open answer", "open answers")
        }
        (PackSection::Gap, rows) => format!("{}, open or closed", numbers::count(rows, "answer", "answers")),
        (_, rows) => numbers::count(rows, "answer", "answers"),
    }
}

/// What is said of one row of a section: `Next update due 12 February 2027`, `From 1 March 2027 to 1 May 2027`.
#[must_use]
pub fn pack_row(section: PackSection, row: &Listed) -> String {
    let day = row.day.map(dates::day);
    let dated = |before: &str| day.as_ref().map_or_else(|| "Day not known".to_owned(), |day| format!("{before} {day}"));
    match (section, row.kind, row.day, row.before) {
        (PackSection::Due, Some(kind), Some(on), _) => super::due(kind, on),
        (PackSection::Silent, Some(kind), Some(on), Some(came)) => {
            format!("{}; an update received on {} is being read", super::missed(kind, on), dates::day(came))
        }
        (PackSection::Silent, Some(kind), Some(on), None) => super::missed(kind, on),
        (PackSection::Moved, _, Some(to), Some(from)) => format!("From {} to {}", dates::day(from), dates::day(to)),
        (PackSection::WithUs, ..) => dated("Received on"),
        (PackSection::NotMentioned, ..) => dated("Document of"),
        (PackSection::Gap, ..) => dated("Said so on"),
        (PackSection::NoContact, ..) => "Nobody is asked".to_owned(),
        _ => dated("On"),
    }
}

/// Of a target date that moved: who set the new one.
#[must_use]
pub fn pack_moved_by(line: &str, set_by: &str) -> String {
    format!("{line}, set by {set_by}")
}

/// How much of a pack's inquiries is open with a body that nobody can be reached at: `What is open of these inquiries with this body: 3
/// items`.
#[must_use]
pub fn pack_open(items: u64) -> String {
    let all = "What is open of these inquiries with this body";
    // A pack of before they were kept does not say how many.
    if items == 0 { all.to_owned() } else { format!("{all}: {}", numbers::count(items, "item", "items")) }
}

/// Of other packs or the like that a page does not list: `And 120 more, in the list of packs`.
#[must_use]
pub fn and_more_packs(more: u64) -> String {
    format!("And {} more, in the list of packs", numbers::number(more))
}

/// How much this register holds, where a list stops: `The last 500 of 620 packs are listed`.
#[must_use]
pub fn last_packs(listed: u64, all: u64) -> String {
    format!("The last {} of {} are listed", numbers::number(listed), numbers::count(all, "pack", "packs"))
}

/// Of private words that were written again since a paper was made.
#[must_use]
pub fn private_changed(on: Day) -> String {
    format!("Changed on {}, since this paper was made: what stands here is what it says now", dates::day(on))
}

/// Of a finding that its body may check no more: that the body has replied, or that its time has ended.
#[must_use]
pub fn private_checked(replied_on: Option<Day>, until: Day) -> String {
    replied_on.map_or_else(
        || format!("The time to check it ended on {}, since this paper was made", dates::day(until)),
        |day| format!("The body replied on {}, since this paper was made", dates::day(day)),
    )
}

/// Of what came in under a hold: that it is kept back no more.
pub const PRIVATE_TOLD: &str = "No longer held back, since this paper was made";

/// Of evidence: that it was published since, by a change, or was taken back.
#[must_use]
pub fn private_evidence(published: Option<Seq>) -> String {
    match published {
        Some(seq) => format!("Published since, by change {seq}"),
        None => "Taken back since".to_owned(),
    }
}

/// How much the paper is about: `Of 9 answers of bodies to what these inquiries recommended`.
#[must_use]
pub fn pack_answers(answers: u64) -> String {
    format!("Of {} of bodies to what was recommended", numbers::count(answers, "answer", "answers"))
}

/// What a pack is called: `Ashgrove Ferry Inquiry, for the meeting on 12 March 2027`.
#[must_use]
pub fn pack_title(inquiries: &[String], meeting_on: Option<Day>, made_on: Day) -> String {
    let of = match inquiries {
        [] => "No inquiry".to_owned(),
        [_] | [_, _] | [_, _, _] => numbers::list(inquiries),
        [first, rest @ ..] => format!("{first} and {} more inquiries", rest.len()),
    };
    match meeting_on {
        Some(day) => format!("{of}, for the meeting on {}", dates::day(day)),
        None => format!("{of}, made on {}", dates::day(made_on)),
    }
}

/// The time that a pack covers: `Changes 13 to 40, after 23 November 2026 and up to 12 March 2027`.
#[must_use]
pub fn pack_window(after: i64, upto: i64, since: Option<Day>, made_on: Day) -> String {
    let until = dates::day(made_on);
    // Two papers of one day: a day would say nothing.
    if since == Some(made_on) {
        return if upto <= after {
            format!("No change was published since change {after}, on {until}")
        } else {
            format!("Changes {} to {upto}: after change {after} and up to change {upto}, on {until}", after + 1)
        };
    }
    let days = match since {
        Some(day) => format!("after {} and up to {until}", dates::day(day)),
        None => format!("from the beginning of the register up to {until}"),
    };
    if upto <= after {
        format!("No change was published: {days}")
    } else {
        format!("Changes {} to {upto}: {days}", after + 1)
    }
}

/// Of changes that a pack does not list one by one: the earliest of its time.
#[must_use]
pub fn pack_more(more: u64) -> String {
    let earlier = numbers::count(more, "earlier change of this time is", "earlier changes of this time are");
    format!("And {earlier} not listed: see the page of what changed")
}

/// Why something stands in the private paper.
#[must_use]
pub const fn private_kind(kind: PrivateKind) -> &'static str {
    match kind {
        PrivateKind::Unpublished => "Handed in, not published",
        PrivateKind::SentBack => "Sent back to the body with questions",
        PrivateKind::WithBody => "A finding that the body may check before it is published",
        PrivateKind::HeldBack => "Came in under a hold; nobody is told of it yet",
        PrivateKind::Evidence => "Evidence that is kept here, not published",
    }
}

/// A paragraph of the schedule with what it describes: `Paragraph 1: information relating to any individual`.
#[must_use]
pub fn exemption(one: Exemption) -> String {
    format!("Paragraph {one}: {}", one.describes())
}

/// The head of a private paper: which paragraphs it is exempt under.
#[must_use]
pub fn not_for_publication(paragraphs: &[Exemption]) -> String {
    let numbers: Vec<String> = paragraphs.iter().map(ToString::to_string).collect();
    let unit = if numbers.len() == 1 { "paragraph" } else { "paragraphs" };
    format!(
        "Not for publication. It contains exempt information under {unit} {} of Part 1 of Schedule 12A to the Local Government \
         Act 1972",
        numbers::list(&numbers)
    )
}

/// How many rows left a section, entered it and stayed, from one pack to another.
#[must_use]
pub fn pack_compared(left: usize, entered: usize, stayed: usize) -> String {
    format!("{left} left, {entered} entered, {stayed} stayed")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::deadline::DeadlineKind;
    use crate::domain::id::{AddresseeId, BodyId};
    use crate::domain::words::tests::{all_different, on};

    #[test]
    fn every_section_and_kind_has_its_words() {
        all_different(PackSection::ALL, |section| pack_section(section).to_owned());
        all_different(PackSection::ALL, |section| pack_section_means(section).to_owned());
        all_different(PrivateKind::ALL, |kind| private_kind(kind).to_owned());
        all_different(Exemption::ALL, exemption);
        let row = Listed {
            day: Some(on("2027-03-12")),
            before: Some(on("2027-03-01")),
            ..Listed::of(AddresseeId(1), BodyId(1))
        };
        assert_eq!(pack_row(PackSection::Moved, &row), "From 1 March 2027 to 12 March 2027");
        assert_eq!(pack_row(PackSection::WithUs, &row), "Received on 12 March 2027");
        assert_eq!(pack_moved_by("From a to b", "the Ferry Inquiry"), "From a to b, set by the Ferry Inquiry");
        assert_eq!(pack_open(1), "What is open of these inquiries with this body: 1 item");
        assert_eq!(pack_open(0), "What is open of these inquiries with this body");
        assert_eq!(last_packs(500, 620), "The last 500 of 620 packs are listed");
        assert_eq!(pack_more(120), "And 120 earlier changes of this time are not listed: see the page of what changed");
        assert_eq!(and_more_packs(1), "And 1 more, in the list of packs");
        assert!(private_changed(on("2027-03-12")).starts_with("Changed on 12 March 2027, since this paper was made"));
        let replied = private_checked(Some(on("2027-03-12")), on("2027-03-14"));
        assert_eq!(replied, "The body replied on 12 March 2027, since this paper was made");
        assert!(private_checked(None, on("2027-03-14")).contains("ended on 14 March 2027"));
        let due = Listed { kind: Some(DeadlineKind::Return), before: None, ..row };
        assert_eq!(pack_row(PackSection::Silent, &due), "No update received by 12 March 2027");
        assert_eq!(pack_row(PackSection::Gap, &Listed { day: None, ..row }), "Day not known");
        assert_eq!(pack_line(PackSection::NoContact, 1), "1 body");
        assert_eq!(pack_line(PackSection::Gap, 0), "None");
        assert_eq!(pack_line(PackSection::Gap, 2), "2 answers, open or closed");
        assert_eq!(pack_line(PackSection::Disputed, 1), "1 open answer");
        let looked = Looked { open: 6, looked_for: 3 };
        assert_eq!(pack_looked(looked), "3 of 6 open answers looked through; 3 not looked through");
        let read = Listed { kind: Some(DeadlineKind::Target), ..row };
        assert_eq!(
            pack_row(PackSection::Silent, &read),
            "Target date of 12 March 2027 has passed; an update received on 1 March 2027 is being read"
        );
        assert_eq!(pack_being_read(1), "1 target passed while an update is being read");
        assert_eq!(pack_heading(PackSection::Due, true), "Due before the next meeting");
        assert_eq!(pack_heading(PackSection::Due, false), "Due in the next 90 days");
        assert!(pack_due(on("2027-02-28"), false).ends_with("in the next 90 days, until 28 February 2027."));
        let differ = packs_differ(&["Ashgrove".to_owned()], &["Millbrook".to_owned()]);
        assert!(differ.contains("The earlier one is about Ashgrove; the later one is about Millbrook."));
        assert!(exemption(Exemption::Individual).starts_with("Paragraph 1: information relating"));
        let both = not_for_publication(&[Exemption::Individual, Exemption::Crime]);
        assert!(both.contains("paragraphs 1 and 7 of Part 1"));
    }

    #[test]
    fn a_pack_says_what_it_is_of_and_which_time_it_covers() {
        let names = |count: usize| vec!["Ashgrove".to_owned(); count];
        let (made, meeting) = (on("2027-03-01"), Some(on("2027-03-12")));
        assert_eq!(pack_title(&names(1), meeting, made), "Ashgrove, for the meeting on 12 March 2027");
        assert_eq!(pack_title(&names(2), None, made), "Ashgrove and Ashgrove, made on 1 March 2027");
        assert_eq!(pack_title(&names(5), None, made), "Ashgrove and 4 more inquiries, made on 1 March 2027");
        assert_eq!(
            pack_window(12, 40, Some(on("2026-11-23")), made),
            "Changes 13 to 40: after 23 November 2026 and up to 1 March 2027"
        );
        assert!(pack_window(12, 12, None, made).starts_with("No change was published"));
        assert_eq!(
            pack_window(12, 40, Some(made), made),
            "Changes 13 to 40: after change 12 and up to change 40, on 1 March 2027"
        );
        assert_eq!(pack_window(12, 12, Some(made), made), "No change was published since change 12, on 1 March 2027");
    }
}
