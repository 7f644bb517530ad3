//! Chance from a seed: the same register and the same questions each time.

/// From where everything begins.
pub const SEED: u64 = 2026;

/// A row of numbers (SplitMix64). It guards nothing.
#[derive(Clone)]
pub struct Chance(u64);

impl Chance {
    /// The row that belongs to these numbers.
    pub fn of(numbers: &[u64]) -> Self {
        let mut row = Self(SEED);
        for number in numbers {
            row.0 = row.draw() ^ number.wrapping_mul(0xd6e8_feb8_6659_fd93);
        }
        row
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One of `0..many`.
    pub fn below(&mut self, many: usize) -> usize {
        let many = u64::try_from(many.max(1)).unwrap_or(u64::MAX);
        usize::try_from(self.draw() % many).unwrap_or_default()
    }

    /// One of `least..=most`.
    pub fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    /// So many times in a thousand.
    pub fn in_thousand(&mut self, times: usize) -> bool {
        self.below(1000) < times
    }

    /// One of these.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// From nothing to one, much oftener near nothing: words are so distributed.
    pub fn seldom(&mut self) -> f64 {
        let even = self.below(1 << 20) as f64 / f64::from(1 << 20);
        even * even * even
    }
}
