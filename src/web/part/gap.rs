//! The gap in one sentence: each number with its unit, its denominator and the list behind it.

use super::Link;

/// `14 of 25 answers say complete or in place: 6 confirmed, 5 not yet looked at, 3 disputed`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GapLine {
    /// How many say so, with the list of them; no list of its own where its address is empty, here and below.
    pub claims: Link,
    /// What became of these, each with its list; none where nobody says so.
    pub parts: Vec<Link>,
}
