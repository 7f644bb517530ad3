//! How a line of a mail names a recommendation.

use serde::{Deserialize, Serialize};

use crate::domain::id::RecommendationId;

/// One recommendation, as a line of a mail names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Which that is. Mail that was queued before it was kept says only what it was called.
    #[serde(default)]
    pub recommendation: Option<RecommendationId>,
    /// The short title of the inquiry.
    pub inquiry: String,
    /// The number of the recommendation.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Where to see it, or to act on it.
    pub link: String,
}

impl Item {
    /// The line: `Ashgrove, recommendation 4: Buoys`. A title that is itself no more than the number is not said after it again.
    #[must_use]
    pub fn line(&self) -> String {
        let Self { inquiry, number, title, .. } = self;
        match title.strip_prefix(&format!("Recommendation {number}")) {
            Some(rest) if rest.is_empty() || rest.starts_with([',', ':']) => {
                format!("{inquiry}, recommendation {number}{rest}")
            }
            _ => format!("{inquiry}, recommendation {number}: {title}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_the_number_once() {
        let line = |title: &str| {
            let [inquiry, number, link] = ["Ashgrove", "1", "/"].map(str::to_owned);
            Item { recommendation: None, inquiry, number, title: title.to_owned(), link }.line()
        };
        assert_eq!(line("Buoys"), "Ashgrove, recommendation 1: Buoys");
        assert_eq!(line("Recommendation 1, not transcribed yet"), "Ashgrove, recommendation 1, not transcribed yet");
        assert_eq!(line("Recommendation 1: words withheld"), "Ashgrove, recommendation 1: words withheld");
        assert_eq!(line("Recommendation 10 again"), "Ashgrove, recommendation 1: Recommendation 10 again");
    }
}
