//! What is published when the register itself is written: inquiries, their events, bodies, numbers and themes.

use super::dates;
use crate::domain::event::EventKind;
use crate::domain::moment::Day;

/// The first description of an inquiry.
pub const INQUIRY_TAKEN_IN: &str = "Inquiry taken into this register";
/// The first entry of a body.
pub const BODY_TAKEN_IN: &str = "Body taken into this register";
/// A new theme.
pub const THEME_MADE: &str = "Theme made";
/// Of an event that was none.
pub const EVENT_TAKEN_BACK: &str = "Taken back: this was recorded here in error";

/// What kind of event, as a choice.
#[must_use]
pub const fn event_kind(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Resolution => "Resolution",
        EventKind::Report => "Report",
        EventKind::Meeting => "Meeting of whoever monitors it",
        EventKind::Event => "Something else that happened",
    }
}

/// An event: `Resolution: The council accepted all of it.` Of a meeting that is still to come, that.
#[must_use]
pub fn event_line(kind: EventKind, words: &str, on: Option<Day>, today: Option<Day>) -> String {
    let ahead = on.zip(today).is_some_and(|(on, today)| on > today);
    match (kind, ahead) {
        (EventKind::Event, _) => words.to_owned(),
        (EventKind::Meeting, true) => format!("Meeting to come: {words}"),
        (EventKind::Meeting, false) => format!("Meeting: {words}"),
        (kind, _) => format!("{}: {words}", event_kind(kind)),
    }
}

/// An event with its own day, where it is listed by the day of its publication: `Meeting: The committee met. Its day: 21 October
/// 2026`.
#[must_use]
pub fn event_on(line: &str, day: &str) -> String {
    super::and_then(line, &format!("Its day: {day}"))
}

/// A description that takes an earlier one's place: `Description changed: title, note`.
#[must_use]
pub fn inquiry_amended(fields: &[&str]) -> String {
    if fields.is_empty() {
        "Description changed".to_owned()
    } else {
        format!("Description changed: {}", fields.join(", "))
    }
}

/// An entry of a body that takes an earlier one's place.
#[must_use]
pub fn body_amended(fields: &[&str]) -> String {
    if fields.is_empty() { "Entry changed".to_owned() } else { format!("Entry changed: {}", fields.join(", ")) }
}

/// One thing that was changed: `Title: “The second report”. Before: “The report”`.
#[must_use]
pub fn field_changed(name: &str, before: Option<&str>, now: Option<&str>) -> String {
    let said =
        |words: Option<&str>| words.map_or_else(|| "nothing".to_owned(), |words| format!("\u{201c}{words}\u{201d}"));
    let mut signs = name.chars();
    let name = signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect());
    format!("{name}: {}. Before: {}", said(now), said(before))
}

/// A body under another address.
#[must_use]
pub fn address_replaced(from: &str, to: &str) -> String {
    format!("Address changed from {from} to {to}; the earlier one leads there")
}

/// Another number for a recommendation.
#[must_use]
pub fn number_changed(from: &str, to: &str) -> String {
    format!(
        "Number changed from {from} to {to}. The earlier address leads here, and no other recommendation gets that number"
    )
}

/// That a recommendation should never have been entered, or that it is none of those after all.
#[must_use]
pub const fn mistaken(in_error: bool) -> &'static str {
    if in_error {
        "This recommendation was entered in error: taken out of every number"
    } else {
        "Entered rightly after all: it counts again"
    }
}

/// What of a recommendation counts still, where that is to leave every number: its answers, by the bodies, and its parts.
#[must_use]
pub fn counts_still(bodies: &[String], parts: &[String]) -> Option<String> {
    if !bodies.is_empty() {
        return Some(format!(
            "It is put to {}, and counts in their numbers: close each of these answers as \u{201c}Entered in error\u{201d} first",
            super::list(bodies)
        ));
    }
    (!parts.is_empty()).then(|| format!("Its parts count still: decide first on {}", super::list(parts)))
}

/// Why a part cannot count again alone.
#[must_use]
pub fn whole_in_error(number: &str) -> String {
    format!("It is a part of recommendation {number}, which was entered in error: decide first on that one")
}

/// Why nothing of a recommendation that was entered in error can count.
pub const ITSELF_IN_ERROR: &str =
    "The recommendation itself was entered in error. Decide first, on its own page, that it was not";

/// A theme put on a recommendation, or taken off.
#[must_use]
pub fn theme_put(name: &str, present: bool) -> String {
    if present { format!("Theme put on: {name}") } else { format!("Theme taken off: {name}") }
}

/// Another name for a theme.
#[must_use]
pub fn theme_renamed(from: &str, to: &str) -> String {
    format!(
        "Theme renamed from \u{201c}{from}\u{201d} to \u{201c}{to}\u{201d}; its earlier address leads to the new one"
    )
}

/// A theme that is put on nothing any more, or is in use again.
#[must_use]
pub const fn theme_retired(retired: bool) -> &'static str {
    if retired { "Theme retired: it stays where it is, and is put on nothing any more" } else { "Theme in use again" }
}

/// What the page of a retired theme says.
pub const THEME_IS_RETIRED: &str =
    "This theme is retired: it stays on these recommendations, and is put on no other any more.";

/// In the place of the name of something whose every name is withheld: `A body whose name is withheld`.
#[must_use]
pub fn name_withheld(what: &str) -> String {
    format!("{what} whose name is withheld")
}

/// The day on which a recommendation was made, where it is known of this one.
#[must_use]
pub fn made_on(day: Day) -> String {
    format!("Made on {}", dates::day(day))
}

/// What a new body's page will say.
#[must_use]
pub fn body_preview(name: &str, kind: &str) -> String {
    format!("{name} ({kind})")
}

/// What is said of a new recommendation before anything else.
#[must_use]
pub fn entry_preview(number: &str, title: &str, checked: &str, bodies: &[String]) -> String {
    let put = if bodies.is_empty() {
        super::ADDRESSEE_NOT_KNOWN.to_owned()
    } else {
        format!("Put to {}", super::list(bodies))
    };
    format!("{number}. {title}. {checked} {put}")
}

/// How many answers a schedule for a whole inquiry sets, and how.
#[must_use]
pub fn schedule_of_inquiry(answers: u64, schedule: &str) -> String {
    format!("{schedule}. For {} of this inquiry", super::count(answers, "answer", "answers"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::{all_different, on};

    #[test]
    fn every_kind_of_event_reads_as_what_it_is() {
        all_different(EventKind::ALL, |kind| event_kind(kind).to_owned());
        let (day, before) = (Some(on("2027-03-03")), Some(on("2027-03-02")));
        assert_eq!(event_line(EventKind::Meeting, "Words.", day, before), "Meeting to come: Words.");
        assert_eq!(event_line(EventKind::Meeting, "Words.", day, day), "Meeting: Words.");
        assert_eq!(event_line(EventKind::Report, "Words.", day, day), "Report: Words.");
        assert_eq!(event_line(EventKind::Event, "Words.", day, day), "Words.");
    }

    #[test]
    fn what_was_changed_names_both() {
        assert_eq!(field_changed("note", None, Some("New")), "Note: \u{201c}New\u{201d}. Before: nothing");
        assert!(number_changed("4", "4a").starts_with("Number changed from 4 to 4a."));
        assert_ne!(mistaken(true), mistaken(false));
        assert_eq!(counts_still(&[], &[]), None);
        assert!(
            counts_still(&["Council".to_owned(), "Agency".to_owned()], &[]).unwrap().contains("Council and Agency")
        );
        assert_eq!(theme_put("inspection", false), "Theme taken off: inspection");
    }
}
