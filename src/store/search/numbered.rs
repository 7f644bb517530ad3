//! Numbers in a question: "recommendation 4", "Ashgrove 4", "4a". A number is no word of any text, so it is in no index of words.

use super::stem;
use crate::domain::numbering;

/// Words that say that a number follows.
const SAYS_NUMBER: [&str; 5] = ["recommendation", "recommendations", "rec", "number", "no"];

/// A question that names a number, and what else it asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Numbered {
    /// The number as it may be written: as typed, in small letters, in capitals.
    pub numbers: Vec<String>,
    /// The stems of the other words.
    pub rest: Vec<String>,
}

/// The number that a question names: the first word with a digit in it, else what follows "recommendation".
pub(super) fn asked(typed: &str) -> Option<Numbered> {
    let words: Vec<&str> = typed.split_whitespace().map(plain).filter(|word| !word.is_empty()).collect();
    let says = |at: usize| SAYS_NUMBER.contains(&words[at].to_lowercase().as_str());
    let can_be = |at: &usize| numbering::number(words[*at]).is_ok() && !says(*at);
    let has_digit = |at: &usize| words[*at].contains(|sign: char| sign.is_ascii_digit());
    let at = (0..words.len())
        .find(|at| can_be(at) && has_digit(at))
        .or_else(|| (1..words.len()).find(|at| can_be(at) && says(at - 1)))?;
    let number = words[at];
    let mut numbers = vec![number.to_owned(), number.to_ascii_lowercase(), number.to_ascii_uppercase()];
    numbers.sort_unstable();
    numbers.dedup();
    let others: Vec<&str> =
        (0..words.len()).filter(|other| *other != at && !says(*other)).map(|at| words[at]).collect();
    let rest = if others.is_empty() { Vec::new() } else { stem::asked(&others.join(" ")) };
    Some(Numbered { numbers, rest })
}

/// A word without the signs that people set around it.
fn plain(word: &str) -> &str {
    word.trim_matches(|sign: char| !sign.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_what_follows_the_word_or_has_a_digit() {
        let found = |typed: &str| asked(typed).map(|one| (one.numbers.join("|"), one.rest.join("|")));
        let is = |numbers: &str, rest: &str| Some((numbers.to_owned(), rest.to_owned()));
        assert_eq!(found("recommendation 4"), is("4", ""));
        assert_eq!(found("Recommendation 4a."), is("4A|4a", ""));
        assert_eq!(found("recommendation b"), is("B|b", ""));
        assert_eq!(found("Ashgrove 4"), is("4", "ashgrov"));
        assert_eq!(found("Ashgrove, recommendation 4"), is("4", "ashgrov"));
        assert_eq!(found("#4"), is("4", ""));
        assert_eq!(found("life jackets"), None);
        assert_eq!(found("the recommendation"), None);
        assert_eq!(found("4') or 1=1"), is("4", "1"));
        assert_eq!(found("recommendation number 4"), is("4", ""));
        assert_eq!(found(""), None);
    }
}
