//! A tag: the words for one fact, with a colour and a shape that repeat what the words say. Both are decided where the
//! words are, in `domain::words`, so that no page can give a value another look.

pub use crate::domain::words::{Tag, Tone};
