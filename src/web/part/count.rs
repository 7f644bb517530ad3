//! Numbers: each with its unit and its denominator, and a link to the list behind it.

use super::tag::Tone;

/// One number in a box.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Count {
    /// The number as it is printed ("0 of 25").
    pub number: String,
    /// What it counts ("answers assessed").
    pub words: String,
    /// The list behind it.
    pub href: Option<String>,
}

/// A stacked bar and the table that says the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bar {
    /// An id of its own on the page ("response").
    pub id: String,
    /// What is counted, with its unit ("How 25 answers stand").
    pub caption: String,
    /// What the first column holds ("Answer").
    pub heading: String,
    /// What is counted in the second ("Answers").
    pub unit: String,
    /// The pieces, in the order of the fact's values.
    pub pieces: Vec<Piece>,
}

/// One piece of a bar.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Piece {
    /// The value's words.
    pub words: String,
    /// How it looks.
    pub tone: Tone,
    /// How many.
    pub count: u64,
    /// The list behind the number.
    pub href: Option<String>,
}

/// Where one piece of a bar is drawn, in hundredths of its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// The tone's class.
    pub tone: &'static str,
    /// Where it begins.
    pub start: u64,
    /// How wide it is.
    pub width: u64,
}

impl Bar {
    /// The pieces as they are drawn; pieces of nothing are left to the table.
    #[must_use]
    pub fn slices(&self) -> Vec<Slice> {
        let total: u64 = self.pieces.iter().map(|piece| piece.count).sum();
        let mut before = 0;
        let mut slices = Vec::new();
        for piece in self.pieces.iter().filter(|piece| piece.count > 0) {
            let (start, end) = (hundredths(before, total), hundredths(before + piece.count, total));
            slices.push(Slice { tone: piece.tone.class(), start, width: end - start });
            before += piece.count;
        }
        slices
    }
}

/// `part` of `total` as a whole number of hundredths.
fn hundredths(part: u64, total: u64) -> u64 {
    (part * 200 + total) / (total * 2).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_fill_the_bar_and_leave_nothing_out() {
        let piece = |count| Piece { count, ..Piece::default() };
        let bar = Bar { pieces: vec![piece(1), piece(0), piece(1), piece(1)], ..Bar::default() };
        let drawn: Vec<_> = bar.slices().iter().map(|slice| (slice.start, slice.width)).collect();
        assert_eq!(drawn, [(0, 33), (33, 34), (67, 33)]);
        assert_eq!(Bar::default().slices(), []);
    }
}
