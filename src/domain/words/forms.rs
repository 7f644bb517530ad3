//! Words that staff pages and names of things share: kinds of work, bases, and what a recommendation is called.

use crate::domain::filing::{FilingKind, FilingState};
use crate::domain::lifecycle::Closure;
use crate::domain::moment::Day;
use crate::domain::response::Basis;

/// `Jay report, recommendation 4 of 15`.
#[must_use]
pub fn place(inquiry: &str, number: &str, all: u64) -> String {
    format!("{inquiry}, recommendation {number} of {}", super::numbers::number(all))
}

/// The heading of a recommendation: its title, or that nobody has transcribed it.
#[must_use]
pub fn title(number: &str, title: Option<&str>) -> String {
    title.map_or_else(|| format!("Recommendation {}", by_number_untitled(number)), str::to_owned)
}

/// The same of a recommendation whose words are out of sight.
#[must_use]
pub fn title_withheld(number: &str) -> String {
    format!("Recommendation {number}, its words are withheld")
}

/// The same where it is not known whether nobody has transcribed it or its words are withheld: then its number alone.
#[must_use]
pub fn title_or_number(number: &str, title: Option<&str>) -> String {
    title.map_or_else(|| format!("Recommendation {number}"), str::to_owned)
}

/// An item by its inquiry and number, with its title: `Ashgrove Ferry Inquiry, recommendation 4: Mark the channel`.
#[must_use]
pub fn with_title(item: &str, title: Option<&str>) -> String {
    title.map_or_else(|| by_number_untitled(item), |title| format!("{item}: {title}"))
}

/// The same of a recommendation whose words are out of sight.
#[must_use]
pub fn with_title_withheld(item: &str) -> String {
    format!("{item}, its words are withheld")
}

/// After the word "recommendation", where it has no title: `4, not transcribed yet`.
#[must_use]
pub fn by_number_untitled(number: &str) -> String {
    format!("{number}, not transcribed yet")
}

/// That another recommendation of the same inquiry may say the same.
#[must_use]
pub fn may_repeat(number: &str) -> String {
    format!("May say the same as recommendation {number} of this inquiry. Nobody has compared them.")
}

/// Whether a response was given to one recommendation or to all.
#[must_use]
pub const fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Own => "To this recommendation itself",
        Basis::Block => "To all the recommendations in one statement",
    }
}

/// In the place of the sentence that a form will make, until somebody has chosen what it will say.
pub const NOTHING_CHOSEN: &str = "Nothing is chosen yet, so there is no sentence to read.";
/// Said when something was handed in that another person must publish.
pub const WAITS_FOR_ANOTHER: &str = "Handed in. Another person must read it and publish it";
/// Where nothing is recorded.
pub const NOTHING_RECORDED: &str = "Nothing is recorded here";
/// Said when a form was sent that says what stands already.
pub const NOTHING_CHANGED: &str = "Nothing changed: this stands already. Nothing was stored";
/// Said when words were withheld.
pub const WITHHELD_NOW: &str =
    "The words are withheld everywhere in this register. A cache in front of it may show them for up to a minute more";
/// Said when words were shown again.
pub const SHOWN_NOW: &str = "The words are shown again";
/// Said when somebody else had done the same already.
pub const DONE_ALREADY: &str = "Somebody else had done this already";

/// The same where words were to be withheld or shown again: since when they are out of sight, if they are.
#[must_use]
pub fn as_wanted_already(out_of_sight_since: Option<Day>) -> String {
    match out_of_sight_since {
        Some(on) => format!("These words are withheld already, since {}. Nothing was changed", super::dates::day(on)),
        None => "Everybody reads these words already. Nothing was changed".to_owned(),
    }
}
/// Where a form came without what its page always sends.
pub const LOAD_AGAIN: &str = "Something is missing from this form. Load the page again and send it from there";

/// What is handed in on one item and waits: `Assessment: with the register, being read, since 3 March 2027`.
#[must_use]
pub fn waiting(kind: FilingKind, state: FilingState, since: Option<Day>) -> String {
    let state = filing_state(state).to_lowercase();
    let since = since.map_or_else(String::new, |day| format!(", since {}", super::dates::day(day)));
    format!("{}: {state}{since}", filing_kind(kind))
}

/// A reason for closing, as a form offers it: `Confirmed implemented`.
#[must_use]
pub fn closure_choice(why: Closure) -> String {
    let words = super::tag::closure(why);
    let mut signs = words.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

/// A kind of unpublished work.
#[must_use]
pub const fn filing_kind(kind: FilingKind) -> &'static str {
    match kind {
        FilingKind::Return => "Update from the body",
        FilingKind::Assessment => "Assessment",
        FilingKind::Closure => "Closing, or no longer holds",
        FilingKind::Wording => "Words compared with the source",
        FilingKind::Reply => "Reply of the body",
    }
}

/// Where unpublished work stands.
#[must_use]
pub const fn filing_state(state: FilingState) -> &'static str {
    match state {
        FilingState::Draft => "Unfinished",
        FilingState::ForSignOff => "With the body\u{2019}s own sign-off, not sent to the register yet",
        FilingState::Submitted => "With the register, being read",
        FilingState::SentBack => "Sent back with comments",
        FilingState::Published => "Published",
        FilingState::Withdrawn => "Taken back",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::all_different;

    #[test]
    fn every_kind_has_its_own_words() {
        all_different(Basis::ALL, |value| basis(value).to_owned());
        all_different(FilingKind::ALL, |value| filing_kind(value).to_owned());
        all_different(FilingState::ALL, |value| filing_state(value).to_owned());
        assert!(may_repeat("f").contains("recommendation f"));
        assert_eq!(place("Jay report", "4", 15), "Jay report, recommendation 4 of 15");
        assert_eq!(title("i", None), "Recommendation i, not transcribed yet");
        assert_eq!(title("1", Some("Lifeboats")), "Lifeboats");
    }
}
