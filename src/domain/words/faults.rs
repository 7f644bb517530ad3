//! What a page says while the register cannot do what it is there for: its database is away, or its disk takes nothing.

/// Why nothing can be shown anew or saved at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The database cannot be reached.
    Gone,
    /// There is no room left on its disk.
    Full,
    /// Its disk cannot be written.
    ReadOnly,
}

/// The heading of the page. `sends`: something was to be saved.
#[must_use]
pub const fn trouble_heading(trouble: Trouble, sends: bool) -> &'static str {
    match (trouble, sends) {
        (Trouble::Gone, false) => "This page cannot be shown at the moment",
        (Trouble::Gone, true) => "This could not be saved at the moment",
        (Trouble::Full | Trouble::ReadOnly, false) => "This cannot be done at the moment",
        (Trouble::Full | Trouble::ReadOnly, true) => "Nothing can be saved at the moment",
    }
}

/// What is the matter, what has become of what was sent, and what to do.
#[must_use]
pub fn trouble(trouble: Trouble, sends: bool) -> Vec<String> {
    let sentences: &[&str] = match (trouble, sends) {
        (Trouble::Gone, false) => {
            &["The database of this register cannot be reached. Pages that were shown lately are still there.", SOON]
        }
        // The line may have broken at the last word of a write.
        (Trouble::Gone, true) => &[
            "The database of this register cannot be reached, so it is not certain whether what you sent was saved.",
            "Send it again in a minute. If it was saved after all, it is not saved twice.",
        ],
        (Trouble::Full, false) => &["The disk on which this register is kept has no room left.", TELL],
        (Trouble::Full, true) => &[
            "The disk on which this register is kept has no room left. Nothing of what you sent has been saved.",
            TELL,
        ],
        (Trouble::ReadOnly, false) => &["The disk on which this register is kept does not work as it should.", TELL],
        (Trouble::ReadOnly, true) => {
            &["The disk on which this register is kept takes nothing. Nothing of what you sent has been saved.", TELL]
        }
    };
    sentences.iter().map(|sentence| (*sentence).to_owned()).collect()
}

const SOON: &str = "Try again in a minute.";
const TELL: &str =
    "Pages can be read as before. Whoever runs this register has to put it right: tell them, if you can.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_line_that_broke_leaves_open_what_was_saved() {
        for sends in [false, true] {
            let said = |one| trouble(one, sends).join(" ");
            assert!(!said(Trouble::Gone).contains("Nothing of what you sent"));
            assert_eq!(said(Trouble::Full).contains("Nothing of what you sent has been saved"), sends);
            assert_ne!(said(Trouble::Full), said(Trouble::ReadOnly));
        }
        assert_ne!(trouble_heading(Trouble::Gone, true), trouble_heading(Trouble::Gone, false));
    }
}
