//! What was done in a history, and what of it published something.

use std::collections::BTreeMap;
use std::fmt;

use super::deeds::{WITHHOLDS, names};

/// How often each deed was tried, and how often it published something.
#[derive(Default, Clone)]
pub struct Tally(BTreeMap<&'static str, (u32, u32)>);

impl Tally {
    /// How many deeds published something.
    pub fn published(&self) -> u32 {
        self.0.values().map(|(_, published)| published).sum()
    }

    /// How often words were withheld that everybody could read before.
    pub fn withheld(&self) -> u32 {
        self.0.get(WITHHOLDS).map_or(0, |(_, published)| *published)
    }

    /// The deeds that never did.
    pub fn never(&self) -> Vec<&'static str> {
        let names = names().into_iter();
        names.filter(|name| self.0.get(name).is_none_or(|(_, published)| *published == 0)).collect()
    }

    /// One more try of a deed.
    pub fn counts(&mut self, name: &'static str, published: bool) {
        let sum = self.0.entry(name).or_default();
        *sum = (sum.0 + 1, sum.1 + u32::from(published));
    }

    /// Both together.
    pub fn add(&mut self, other: &Tally) {
        for (name, (tried, published)) in &other.0 {
            let sum = self.0.entry(name).or_default();
            *sum = (sum.0 + tried, sum.1 + published);
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "| deed | tried | published |\n|---|---:|---:|")?;
        self.0.iter().try_for_each(|(name, (tried, published))| writeln!(out, "| {name} | {tried} | {published} |"))
    }
}
