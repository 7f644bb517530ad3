//! Who can read evidence until it is published.

/// Who can read a piece of evidence until somebody publishes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// The people of the body alone: it belongs to an update that is with them.
    Body,
    /// The people of the body, and those who oversee.
    BodyAndOffice,
    /// Those who oversee alone.
    Office,
}
