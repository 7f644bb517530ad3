//! That nothing new is published for now: what every page says of the holds that bear on it.

use super::Link;
use crate::domain::hold::Reach;
use crate::domain::{address, words};
use crate::store::hold::Hold;
use crate::store::withheld::Words;

/// A hold in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Since when, why, and when somebody looks again.
    pub sentence: String,
    /// What the register's staff said of it.
    pub words: Option<String>,
    /// The change that placed it, or that published the review date that it names.
    pub change: Link,
}

impl Notice {
    /// Of those that are not on the whole register, which the frame of every page says.
    pub fn narrower<'a>(holds: impl IntoIterator<Item = &'a Hold>) -> Vec<Self> {
        Self::of(holds.into_iter().filter(|hold| hold.on.reach() != Reach::Register))
    }

    /// Of each of these.
    pub fn of<'a>(holds: impl IntoIterator<Item = &'a Hold>) -> Vec<Self> {
        let notice = |hold: &Hold| Self {
            sentence: words::held(hold.held()),
            words: hold.words().and_then(Words::said).map(str::to_owned),
            change: Link::new(address::change(hold.seq()), words::change(hold.seq())),
        };
        holds.into_iter().map(notice).collect()
    }
}
