//! How much a search looks at before it leaves the rest to the next page.

use crate::domain::moment::Day;

/// How much a search looks at: what a page costs at most in a register of any size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Of so many rows of a filter all are looked at.
    pub(super) few: i64,
    /// The same where words are asked for as well, before anything is looked up in the index of words.
    pub(super) few_with_words: i64,
    /// How many that hold the words of a question are looked through for those that fit its filters: a first few, which as a rule
    /// hold enough, then as many as there may be. Of so many rows of a filter all are looked at there.
    pub(super) looked: [i64; 2],
    /// How many hits are put in the order of their titles; the others follow.
    pub(super) candidates: i64,
    /// How many rows each stretch of an index has: most pages are full after the first, and together they are what a page looks at.
    pub(super) stretches: [usize; 3],
}

/// The day on which something is searched for, and how much is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// The day.
    pub day: Day,
    /// How much.
    pub bounds: Bounds,
}

impl Bounds {
    /// Those of every page.
    const OF_PAGES: Self = Self {
        few: 5_000,
        few_with_words: 1_000,
        looked: [4_000, 20_000],
        candidates: 2_000,
        stretches: [200, 2_000, 17_800],
    };

    /// So few rows at a time that the smallest register is a large one: what is found must not depend on it.
    #[must_use]
    pub fn of(rows: u8) -> Self {
        let (rows, stretch) = (i64::from(rows.max(1)), usize::from(rows.max(1)));
        Self {
            few: rows,
            few_with_words: rows,
            looked: [rows, 2 * rows],
            candidates: rows,
            stretches: [stretch, stretch, stretch],
        }
    }
}

impl Default for Bounds {
    fn default() -> Self {
        Self::OF_PAGES
    }
}

impl From<Day> for At {
    fn from(day: Day) -> Self {
        Self { day, bounds: Bounds::default() }
    }
}
