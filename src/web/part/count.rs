//! Numbers: each with its unit and its denominator, and a link to the list behind it.

use super::tag::Tone;
use crate::domain::chart::{LEAST_WIDTH, WIDTH, hundredths, keys, lengths};
use crate::domain::words;

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

/// A stacked bar and the table that says the same. Each piece has a number of its own, by which both name it.
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slice {
    /// The tone's class.
    pub tone: &'static str,
    /// Its number.
    pub key: usize,
    /// Where it begins.
    pub start: String,
    /// How wide it is.
    pub width: String,
    /// Where its middle is.
    pub middle: String,
    /// Where its number stands.
    pub place: String,
}

impl Piece {
    /// How many, as it is printed: `1,204`.
    #[must_use]
    pub fn number(&self) -> String {
        words::number(self.count)
    }
}

impl Bar {
    /// The pieces as they are drawn; pieces of nothing are left to the table.
    #[must_use]
    pub fn slices(&self) -> Vec<Slice> {
        let counts: Vec<u64> = self.pieces.iter().map(|piece| piece.count).filter(|count| *count > 0).collect();
        let widths = lengths(&counts, WIDTH, LEAST_WIDTH);
        let places = keys(&widths);
        let mut start = 0_u64;
        let mut slices = Vec::with_capacity(widths.len());
        let drawn = self.pieces.iter().enumerate().filter(|(_, piece)| piece.count > 0);
        for ((at, piece), (width, place)) in drawn.zip(widths.iter().zip(places)) {
            slices.push(Slice {
                tone: piece.tone.class(),
                key: at + 1,
                start: hundredths(start),
                width: hundredths(*width),
                middle: hundredths(start + width / 2),
                place: hundredths(place),
            });
            start += width;
        }
        slices
    }

    /// How many there are of all pieces together: `of 25`.
    #[must_use]
    pub fn of_all(&self) -> String {
        words::of_all(self.all())
    }

    /// What the bar shows, for those who do not see it.
    #[must_use]
    pub fn said(&self) -> String {
        words::bar_said(self.pieces.iter().map(|piece| (piece.words.as_str(), piece.count)), self.all())
    }

    fn all(&self) -> u64 {
        self.pieces.iter().map(|piece| piece.count).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_fill_the_bar_and_leave_nothing_out() {
        let piece = |count| Piece { count, ..Piece::default() };
        let bar = Bar { pieces: vec![piece(1), piece(0), piece(1), piece(1)], ..Bar::default() };
        let slices = bar.slices();
        let drawn: Vec<_> =
            slices.iter().map(|slice| (slice.key, slice.start.as_str(), slice.width.as_str())).collect();
        assert_eq!(drawn, [(1, "0", "33.3"), (3, "33.3", "33.4"), (4, "66.7", "33.3")]);
        assert_eq!(bar.of_all(), "of 3");
        assert_eq!(Bar::default().slices(), []);
    }
}
