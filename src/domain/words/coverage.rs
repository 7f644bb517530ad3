//! Coverage: where answers and updates were looked for, in public. Nobody having looked is never silence of a body.

use super::dates;
use crate::domain::coverage::{Found, Sought};
use crate::domain::moment::Day;

/// For an inquiry where nobody has looked for answers or updates.
pub const COVERAGE_NONE: &str = "Nobody has looked for more answers or updates yet.";
/// Asked for where "none found" is recorded and no look bears it out: the form records the look with it.
pub const LOOK_FIRST: &str = "No entry says yet that somebody looked for answers of this body, or of all, on that day or later. \
                              Enter which post looked: where it looked is then recorded with this";

/// How far an inquiry is covered: when somebody last looked, when an answer or update was last recorded here, or that nobody
/// has looked. A recording shows that somebody looked there, not where else they looked.
#[must_use]
pub fn coverage(looked: Option<Day>, recorded: Option<Day>) -> String {
    match (looked, recorded) {
        (Some(on), _) => {
            format!(
                "Answers or updates were last looked for on {}. For which bodies, and where, is told below.",
                dates::day(on)
            )
        }
        (None, Some(on)) => format!(
            "An answer or update was last recorded here on {}. Where else anybody looked is not recorded here.",
            dates::day(on)
        ),
        (None, None) => format!("{} {COVERAGE_NONE}", super::FROM_THE_FILE),
    }
}

/// What was looked for.
#[must_use]
pub const fn sought(what: Sought) -> &'static str {
    match what {
        Sought::Answers => "Answers",
        Sought::Updates => "Updates",
        Sought::Both => "Answers and updates",
    }
}

/// What a look came to.
#[must_use]
pub const fn found_by_look(found: Found) -> &'static str {
    match found {
        Found::Something => "found",
        Found::Part => "found in part",
        Found::Nothing => "none found",
    }
}

/// Why a look for one answer is put right only as such.
pub const LOOK_OF_ONE: &str =
    "That look was for the answer of one body to one recommendation. Leave the body as it was";

/// One look, of a body and a recommendation or of all: `Answers of Ashgrove Council: looked for on 3 March 2027, none found`.
#[must_use]
pub fn look(what: Sought, (body, number): (Option<&str>, Option<&str>), on: Day, found: Found) -> String {
    let mut whose = body.unwrap_or("all bodies asked").to_owned();
    if let Some(number) = number {
        let about = if what == Sought::Answers { "to" } else { "about" };
        whose.push_str(&format!(" {about} recommendation {number}"));
    }
    format!("{} of {whose}: looked for on {}, {}", sought(what), dates::day(on), found_by_look(found))
}

/// Where no answer is recorded: whether anybody looked for one, and whether the body was asked.
#[must_use]
pub fn not_responded(looked: Option<Day>, asked: bool) -> String {
    match (looked, asked) {
        (Some(on), _) => format!("No answer is recorded here. Answers were last looked for on {}.", dates::day(on)),
        (None, true) => "No answer is recorded here, and nobody has looked for one.".to_owned(),
        (None, false) => super::NOT_RESPONDED.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::{all_different, on};

    #[test]
    fn an_inquiry_says_how_far_it_is_covered() {
        let day = on("2027-03-03");
        assert!(coverage(None, None).ends_with(COVERAGE_NONE));
        assert!(coverage(None, Some(day)).starts_with("An answer or update was last recorded here on 3 March 2027."));
        assert!(coverage(Some(day), None).starts_with("Answers or updates were last looked for on 3 March 2027."));
        assert_eq!(
            look(Sought::Answers, (Some("Ashgrove Council"), None), day, Found::Nothing),
            "Answers of Ashgrove Council: looked for on 3 March 2027, none found"
        );
        assert_eq!(
            look(Sought::Answers, (Some("Ashgrove Council"), Some("4")), day, Found::Nothing),
            "Answers of Ashgrove Council to recommendation 4: looked for on 3 March 2027, none found"
        );
        all_different(Sought::ALL, |what| sought(what).to_owned());
        all_different(Found::ALL, |found| found_by_look(found).to_owned());
    }

    #[test]
    fn a_missing_answer_says_what_was_done_about_it() {
        assert_eq!(not_responded(None, false), crate::domain::words::NOT_RESPONDED);
        assert!(!not_responded(None, true).contains("has not asked"));
        assert!(not_responded(Some(on("2027-03-03")), true).contains("looked for on 3 March 2027"));
    }
}
