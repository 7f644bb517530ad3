//! Lettered parts of a recommendation. A part is a recommendation of its own with its own bodies asked and facts; its number is
//! that of its whole and its letter. A part has no parts.

use super::numbering::{self, NumberFault};
use super::text::{TITLE_LIMIT, TextFault, WORDS_LIMIT, tidy};

/// Room for a letter: `a`, `iv`, `12`.
pub const LETTER_LIMIT: usize = 4;
/// How many parts one form makes.
pub const MOST: usize = 26;

/// Why a text can be no letter of a part; the sentence is meant for the person who gave it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LetterFault {
    /// It holds other signs, or is too long.
    #[error(
        "\u{201c}{0}\u{201d} can be no letter of a part: it holds one to {LETTER_LIMIT} letters or digits, such as a or iv"
    )]
    Letter(String),
    /// The number that it would make is too long for an address.
    #[error("{0}")]
    Number(#[from] NumberFault),
}

/// The number of a part: `4` and `a` make `4a`. Where the two would run into each other, a dot stands between: `A` and `b` make
/// `A.b`, `3` and `2` make `3.2`.
///
/// # Errors
/// When the letter is none, or the number would be too long.
pub fn number(whole: &str, letter: &str) -> Result<String, LetterFault> {
    let good = (1..=LETTER_LIMIT).contains(&letter.len()) && letter.bytes().all(|sign| sign.is_ascii_alphanumeric());
    if !good {
        return Err(LetterFault::Letter(letter.chars().take(60).collect()));
    }
    let digit = |sign: Option<char>| sign.map(|sign| sign.is_ascii_digit());
    let between = if digit(whole.chars().last()) == digit(letter.chars().next()) { "." } else { "" };
    Ok(numbering::number(&format!("{whole}{between}{letter}"))?)
}

/// The letter of the part that has this number: what follows the number of its whole.
#[must_use]
pub fn letter<'n>(whole: &str, number: &'n str) -> &'n str {
    number
        .strip_prefix(whole)
        .map(|rest| rest.trim_start_matches('.'))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(number)
}

/// A part as its whole speaks of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lettered {
    /// Its letter.
    pub letter: String,
    /// Whether each body asked has done it, as oversight found.
    pub done: bool,
    /// Whether it was entered in error; then it is in no number.
    pub in_error: bool,
}

/// The parts of one recommendation, those that count told apart by whether they are confirmed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// The letters of those that are confirmed.
    pub confirmed: Vec<String>,
    /// The letters of those that are not.
    pub not_confirmed: Vec<String>,
}

impl Standing {
    /// How parts stand, in their order.
    pub fn of<'p>(parts: impl IntoIterator<Item = &'p Lettered>) -> Self {
        let counted = parts.into_iter().filter(|part| !part.in_error);
        let (confirmed, not): (Vec<_>, Vec<_>) = counted.partition(|part| part.done);
        let letters = |parts: Vec<&Lettered>| parts.into_iter().map(|part| part.letter.clone()).collect();
        Self { confirmed: letters(confirmed), not_confirmed: letters(not) }
    }

    /// How many count.
    #[must_use]
    pub const fn all(&self) -> usize {
        self.confirmed.len() + self.not_confirmed.len()
    }
}

/// Whether a recommendation is done by all that it is made of, each answer and each part with whether it is done and whether it is
/// counted: where anything is, and all that is is done. What was entered in error says nothing either way: a recommendation put to
/// a wrong body alone is put to nobody that is known, and is not done; and what is followed in its parts is done by these alone.
#[must_use]
pub fn all_done(each: &[(bool, bool)]) -> bool {
    let mut counted = each.iter().filter(|(_, counted)| *counted).peekable();
    counted.peek().is_some() && counted.all(|(done, _)| *done)
}

/// A part that somebody wrote down, to be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its letter.
    pub letter: String,
    /// Its short name.
    pub title: String,
    /// Its words.
    pub text: String,
}

/// Why parts cannot be read; the sentence is meant for the person who wrote them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftFault {
    /// Fewer than two: nothing is divided.
    #[error("Enter at least two parts, with an empty line between one and the next")]
    TooFew,
    /// More than one form makes.
    #[error("Enter at most {MOST} parts at once; this has {0}")]
    TooMany(usize),
    /// A part begins with no letter and title.
    #[error(
        "\u{201c}{0}\u{201d}: begin each part with its letter, a space and a short title, such as \u{201c}a Publish the plan\u{201d}"
    )]
    NoTitle(String),
    /// A letter stands twice.
    #[error("The letter {0} stands here twice")]
    Twice(String),
    /// A letter is none.
    #[error("{0}")]
    Letter(#[from] LetterFault),
    /// Words are too long, or cannot be shown.
    #[error("{0}")]
    Text(#[from] TextFault),
}

/// The parts of the recommendation `whole` as somebody wrote them: each begins with its letter and its title on one line, its words
/// follow on the next ones, and an empty line ends it. A letter may stand in brackets. Where no words follow, the title is all.
///
/// # Errors
/// When one cannot be read; the first fault is told.
pub fn drafts(whole: &str, written: &str) -> Result<Vec<Draft>, DraftFault> {
    let mut drafts: Vec<Draft> = Vec::new();
    for block in blocks(written) {
        let (first, rest) = block.split_once('\n').unwrap_or((block.as_str(), ""));
        let no_title = || DraftFault::NoTitle(first.chars().take(60).collect());
        let (letter, title) = first.trim().split_once(char::is_whitespace).ok_or_else(no_title)?;
        let letter = letter.trim_matches(|sign| matches!(sign, '(' | ')' | '.' | ':'));
        number(whole, letter)?;
        let title = tidy(title, "The title", TITLE_LIMIT)?.ok_or_else(no_title)?;
        let text = tidy(rest, "The words", WORDS_LIMIT)?.unwrap_or_else(|| title.clone());
        if drafts.iter().any(|known| numbering::is_same(&known.letter, letter)) {
            return Err(DraftFault::Twice(letter.to_owned()));
        }
        drafts.push(Draft { letter: letter.to_owned(), title, text });
    }
    match drafts.len() {
        0 | 1 => Err(DraftFault::TooFew),
        many if many > MOST => Err(DraftFault::TooMany(many)),
        _ => Ok(drafts),
    }
}

/// What stands between empty lines.
fn blocks(written: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut open = false;
    for line in written.lines() {
        match (line.trim().is_empty(), open) {
            (true, _) => open = false,
            (false, true) => {
                if let Some(last) = blocks.last_mut() {
                    last.push('\n');
                    last.push_str(line);
                }
            }
            (false, false) => {
                blocks.push(line.to_owned());
                open = true;
            }
        }
    }
    blocks
}

/// The letters that somebody named, with commas or spaces between, each one of `known`.
///
/// # Errors
/// The first that is none of them.
pub fn letters(written: &str, known: &[Draft]) -> Result<Vec<usize>, String> {
    let named = written.split([',', ' ', ';']).map(|one| one.trim_matches(['(', ')'])).filter(|one| !one.is_empty());
    let mut chosen: Vec<usize> = Vec::new();
    for letter in named.filter(|one| !one.eq_ignore_ascii_case("and")) {
        let at = known.iter().position(|part| numbering::is_same(&part.letter, letter)).ok_or(letter)?;
        if !chosen.contains(&at) {
            chosen.push(at);
        }
    }
    chosen.sort_unstable();
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_is_that_of_the_whole_and_the_letter() {
        for (whole, letter_of, whole_number) in
            [("4", "a", "4a"), ("4", "iv", "4iv"), ("A", "b", "A.b"), ("3", "2", "3.2"), ("1.2", "c", "1.2c")]
        {
            assert_eq!(number(whole, letter_of).as_deref(), Ok(whole_number));
            assert_eq!(letter(whole, whole_number), letter_of);
        }
        for bad in ["", "a b", "(a)", "abcde", "\u{e9}"] {
            assert!(matches!(number("4", bad), Err(LetterFault::Letter(_))), "{bad}");
        }
        assert!(matches!(number("12345678901234567890", "a"), Err(LetterFault::Number(_))));
        assert_eq!(letter("4", "b"), "b");
    }

    #[test]
    fn parts_are_read_as_they_are_written() {
        let written = "(a) Publish the plan\nThe council should publish\nits plan.\n\n\nb. Train the crews\n";
        let read = drafts("4", written).unwrap();
        let said: Vec<_> =
            read.iter().map(|one| (one.letter.as_str(), one.title.as_str(), one.text.as_str())).collect();
        assert_eq!(
            said,
            [
                ("a", "Publish the plan", "The council should publish\nits plan."),
                ("b", "Train the crews", "Train the crews")
            ]
        );
        assert_eq!(letters("(b), a and b", &read), Ok(vec![0, 1]));
        assert_eq!(letters("a, d", &read), Err("d".to_owned()));
        assert_eq!(letters(" ", &read), Ok(vec![]));
        assert_eq!(drafts("4", "a Only one"), Err(DraftFault::TooFew));
        assert_eq!(drafts("4", "a One\n\nA Two"), Err(DraftFault::Twice("A".to_owned())));
        assert_eq!(drafts("4", "a\n\nb Two"), Err(DraftFault::NoTitle("a".to_owned())));
        assert!(matches!(drafts("4", "a One\n\nEverybody is trained"), Err(DraftFault::Letter(_))));
        let many: Vec<String> = (0..30).map(|n| format!("p{n} Title")).collect();
        assert_eq!(drafts("4", &many.join("\n\n")), Err(DraftFault::TooMany(30)));
    }

    prop_compose! {
        fn lettered()(letter in "[a-z]{1,2}", done in any::<bool>(), in_error in any::<bool>()) -> Lettered {
            Lettered { letter, done, in_error }
        }
    }

    proptest! {
        #[test]
        fn parts_add_up(parts in prop::collection::vec(lettered(), 0..8), own in prop::collection::vec(any::<(bool, bool)>(), 0..4)) {
            let standing = Standing::of(&parts);
            // Each that counts is on one side, none on both, in the order in which they stand.
            prop_assert_eq!(standing.all(), parts.iter().filter(|part| !part.in_error).count());
            prop_assert_eq!(standing.confirmed.len(), parts.iter().filter(|part| part.done && !part.in_error).count());
            // The whole is done when each of its own answers and each of its parts is; then no part is not confirmed.
            let each: Vec<(bool, bool)> =
                own.iter().copied().chain(parts.iter().map(|part| (part.done, !part.in_error))).collect();
            let counted: Vec<bool> = each.iter().filter(|(_, counted)| *counted).map(|(done, _)| *done).collect();
            let done = all_done(&each);
            prop_assert_eq!(done, !counted.is_empty() && !counted.contains(&false));
            if done {
                prop_assert!(standing.not_confirmed.is_empty());
            }
            // What is not counted changes nothing.
            let without: Vec<(bool, bool)> = each.iter().copied().filter(|(_, counted)| *counted).collect();
            prop_assert_eq!(all_done(&without), done);
        }

        #[test]
        fn a_part_is_found_again_by_its_number(whole in "[1-9][0-9]{0,2}|[a-z]|[A-Z]-[0-9]", of in "[a-z]{1,3}|[0-9]{1,2}") {
            let made = number(&whole, &of).unwrap();
            prop_assert_eq!(letter(&whole, &made), of.as_str());
            prop_assert!(numbering::number(&made).is_ok());
        }

        #[test]
        fn what_is_written_down_is_read_back(letters in prop::collection::btree_set("[a-z]{1,2}", 2..6)) {
            let written: Vec<String> = letters.iter().map(|one| format!("{one} Title of {one}\nWords of {one}.")).collect();
            let read = drafts("7", &written.join("\n\n")).unwrap();
            let again: Vec<&str> = read.iter().map(|one| one.letter.as_str()).collect();
            prop_assert_eq!(again, letters.iter().map(String::as_str).collect::<Vec<_>>());
            let is_whole = read.iter().all(|one| one.text == format!("Words of {}.", one.letter));
            prop_assert!(is_whole);
        }
    }
}
