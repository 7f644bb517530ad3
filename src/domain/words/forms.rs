//! Words that staff pages and names of things share: kinds of work, bases, and what a recommendation is called.

use crate::domain::filing::{FilingKind, FilingState};
use crate::domain::response::Basis;
use crate::domain::tie::TieKind;

/// `Jay report, recommendation 4 of 15`.
#[must_use]
pub fn place(inquiry: &str, number: &str, all: u64) -> String {
    format!("{inquiry}, recommendation {number} of {}", super::numbers::number(all))
}

/// The heading of a recommendation: its title, or that nobody has transcribed it.
#[must_use]
pub fn title(number: &str, title: Option<&str>) -> String {
    title.map_or_else(|| format!("Recommendation {number}, not transcribed yet"), str::to_owned)
}

/// How one recommendation is tied to another.
#[must_use]
pub const fn tie_kind(kind: TieKind) -> &'static str {
    match kind {
        TieKind::MayBeRelated => "May be related. Nobody has compared them, so this is in no count.",
    }
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

/// A kind of unpublished work.
#[must_use]
pub const fn filing_kind(kind: FilingKind) -> &'static str {
    match kind {
        FilingKind::Return => "Update from the body",
        FilingKind::Assessment => "Assessment",
        FilingKind::Closure => "Closing, or no longer holds",
        FilingKind::Wording => "Words compared with the source",
    }
}

/// Where unpublished work stands.
#[must_use]
pub const fn filing_state(state: FilingState) -> &'static str {
    match state {
        FilingState::Draft => "Draft",
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
        all_different(TieKind::ALL, |value| tie_kind(value).to_owned());
        assert!(may_repeat("f").contains("recommendation f"));
        assert_eq!(place("Jay report", "4", 15), "Jay report, recommendation 4 of 15");
        assert_eq!(title("i", None), "Recommendation i, not transcribed yet");
        assert_eq!(title("1", Some("Lifeboats")), "Lifeboats");
    }
}
