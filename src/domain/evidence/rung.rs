//! The ladder: how much a piece of evidence bears.

use crate::domain::text::text_enum;

text_enum! {
    /// What a claim rests on, from nothing to a thing that was tested and has held. Each is a step on a ladder; a higher one is
    /// never said of what shows only a lower one.
    pub enum Rung as "step of evidence" {
        /// Nothing at all.
        Nothing = "nothing",
        /// Somebody says so.
        Assertion = "assertion",
        /// A document exists: a policy, a plan, a decision.
        Document = "document",
        /// It is done in practice: records of its use.
        Practice = "practice",
        /// Somebody independent tested it.
        Tested = "tested",
        /// It was tested and held over time.
        Held = "held",
    }
}

impl Rung {
    /// Its number, from 0 to 5.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ladder_has_six_steps_in_order() {
        assert_eq!(Rung::ALL.iter().map(|rung| rung.number()).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5]);
    }
}
