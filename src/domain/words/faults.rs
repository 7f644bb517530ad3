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

/// What came with a request that cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sending {
    /// Nothing was to be saved.
    Nothing,
    /// A form.
    Form,
    /// A form with a file, which is not kept.
    File,
}

/// The heading of the page.
#[must_use]
pub const fn trouble_heading(trouble: Trouble, sending: Sending) -> &'static str {
    match (trouble, sending) {
        (Trouble::Gone, Sending::Nothing) => "This page cannot be shown at the moment",
        (Trouble::Gone, Sending::Form | Sending::File) => "This could not be saved at the moment",
        (Trouble::Full | Trouble::ReadOnly, Sending::Nothing) => "This cannot be done at the moment",
        (Trouble::Full | Trouble::ReadOnly, Sending::Form | Sending::File) => "Nothing can be saved at the moment",
    }
}

/// What is the matter, what has become of what was sent, and what to do.
#[must_use]
pub fn trouble(trouble: Trouble, sending: Sending) -> Vec<String> {
    let sentences: &[&str] = match (trouble, sending) {
        (Trouble::Gone, Sending::Nothing) => {
            &["The database of this register cannot be reached. Pages that were shown lately are still there.", SOON]
        }
        // The line may have broken at the last word of a write.
        (Trouble::Gone, Sending::Form) => {
            &[UNCERTAIN, "Send it again in a minute. If it was saved after all, it is not saved twice."]
        }
        // Without its file it would be another form, and saved beside the first.
        (Trouble::Gone, Sending::File) => &[
            UNCERTAIN,
            "In a minute, look first whether it is there. If it is not, open the form again and choose the file again.",
        ],
        (Trouble::Full, Sending::Nothing) => &["The disk on which this register is kept has no room left.", TELL],
        (Trouble::Full, Sending::Form | Sending::File) => &[
            "The disk on which this register is kept has no room left. Nothing of what you sent has been saved.",
            TELL,
        ],
        (Trouble::ReadOnly, Sending::Nothing) => {
            &["The disk on which this register is kept does not work as it should.", TELL]
        }
        (Trouble::ReadOnly, Sending::Form | Sending::File) => {
            &["The disk on which this register is kept takes nothing. Nothing of what you sent has been saved.", TELL]
        }
    };
    sentences.iter().map(|sentence| (*sentence).to_owned()).collect()
}

const UNCERTAIN: &str =
    "The database of this register cannot be reached, so it is not certain whether what you sent was saved.";
const SOON: &str = "Try again in a minute.";
const TELL: &str =
    "Pages can be read as before. Whoever runs this register has to put it right: tell them, if you can.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_line_that_broke_leaves_open_what_was_saved() {
        for sending in [Sending::Nothing, Sending::Form, Sending::File] {
            let said = |one| trouble(one, sending).join(" ");
            assert!(!said(Trouble::Gone).contains("Nothing of what you sent"));
            assert_eq!(
                said(Trouble::Full).contains("Nothing of what you sent has been saved"),
                sending != Sending::Nothing
            );
            assert_ne!(said(Trouble::Full), said(Trouble::ReadOnly));
        }
        assert_ne!(trouble_heading(Trouble::Gone, Sending::Form), trouble_heading(Trouble::Gone, Sending::Nothing));
    }

    #[test]
    fn what_came_with_a_file_is_not_said_to_count_once() {
        let promised = |sending| trouble(Trouble::Gone, sending).join(" ").contains("it is not saved twice");
        assert!(promised(Sending::Form) && !promised(Sending::File));
    }
}
