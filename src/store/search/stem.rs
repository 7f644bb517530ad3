//! Words into stems: the same for what is kept and for what is asked, on both databases.

use std::collections::{BTreeSet, HashMap};

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// Words so common that a question is not narrowed by them. They are kept, so that a question of nothing else still works.
const COMMON: [&str; 26] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "of", "on", "or", "that", "the",
    "their", "they", "this", "to", "was", "were", "which", "with",
];

/// Words that nearly every recommendation is made of, whatever it asks for: that two share them says nothing. A question may well
/// ask for them.
const OF_ANY: [&str; 67] = [
    "about",
    "after",
    "all",
    "also",
    "any",
    "been",
    "before",
    "being",
    "between",
    "both",
    "can",
    "could",
    "do",
    "does",
    "during",
    "each",
    "either",
    "ensure",
    "every",
    "further",
    "had",
    "has",
    "have",
    "how",
    "if",
    "into",
    "its",
    "make",
    "may",
    "more",
    "most",
    "must",
    "new",
    "no",
    "not",
    "once",
    "one",
    "other",
    "our",
    "out",
    "over",
    "own",
    "recommend",
    "recommendation",
    "recommendations",
    "recommends",
    "shall",
    "should",
    "so",
    "such",
    "than",
    "them",
    "then",
    "there",
    "these",
    "those",
    "through",
    "under",
    "until",
    "when",
    "where",
    "who",
    "will",
    "within",
    "would",
    "year",
    "years",
];

/// Plurals that no rule finds, of words that reports are about.
const PLURALS: [(&str, &str); 3] = [("children", "child"), ("women", "woman"), ("men", "man")];

/// The most stems that a question may have; the rest of a longer one is left out.
const MOST_ASKED: usize = 24;

/// The longest stem kept, in bytes; nobody types a longer word twice in the same way.
const LONGEST: usize = 64;

/// The stems of a text, in its order.
pub fn stems(text: &str) -> Vec<String> {
    let stemmer = Stemmer::create(Algorithm::English);
    words(text).iter().filter_map(|word| stem(&stemmer, word)).collect()
}

/// Stems texts for keeping: a word that it met before is not stemmed again, and one that a text has twice is kept once.
pub struct Stems {
    stemmer: Stemmer,
    /// What each word comes to, nothing where no letter of it is kept; and in which text it was met last.
    known: HashMap<String, (Option<String>, usize)>,
    /// How many texts it has met.
    texts: usize,
}

impl Stems {
    /// Has met no word yet.
    pub fn new() -> Self {
        Self { stemmer: Stemmer::create(Algorithm::English), known: HashMap::new(), texts: 0 }
    }

    /// The stems of a text, in its order, with a space between two.
    pub fn of(&mut self, text: &str) -> String {
        self.texts += 1;
        let mut stems = String::with_capacity(text.len());
        for word in words(text) {
            let known = self.known.entry(word).or_insert_with_key(|word| (stem(&self.stemmer, word), 0));
            let is_new = std::mem::replace(&mut known.1, self.texts) != self.texts;
            if let Some(found) = known.0.as_ref().filter(|_| is_new) {
                if !stems.is_empty() {
                    stems.push(' ');
                }
                stems.push_str(found);
            }
        }
        stems
    }
}

/// The stems of each of some texts.
pub fn of_each<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<Vec<String>> {
    let stemmer = Stemmer::create(Algorithm::English);
    texts.map(|text| words(text).iter().filter_map(|word| stem(&stemmer, word)).collect()).collect()
}

/// The stems of the plurals that no rule finds, of those that begin so.
pub fn plurals(beginning: &str) -> Vec<String> {
    PLURALS.iter().filter(|(many, _)| many.starts_with(beginning)).flat_map(|(_, one)| stems(one)).collect()
}

/// The stems that a question asks for, each once.
pub fn asked(text: &str) -> Vec<String> {
    let stemmer = Stemmer::create(Algorithm::English);
    let words = words(text);
    let telling: Vec<&String> = words.iter().filter(|word| !COMMON.contains(&word.as_str())).collect();
    let chosen = if telling.is_empty() { words.iter().collect() } else { telling };
    let stems: BTreeSet<String> = chosen.into_iter().filter_map(|word| stem(&stemmer, word)).collect();
    stems.into_iter().take(MOST_ASKED).collect()
}

/// The words of a text that say something of what it asks for, each once, with its stem; as it stands there first.
pub fn telling(text: &str) -> Vec<(String, String)> {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut known = BTreeSet::new();
    let says = |word: &String| !COMMON.contains(&word.as_str()) && !OF_ANY.contains(&word.as_str());
    let telling = words(text).into_iter().filter(says);
    let each = telling.filter_map(|word| stem(&stemmer, &word).map(|stem| (word, stem)));
    each.filter(|(_, stem)| known.insert(stem.clone())).collect()
}

/// How many of the stems a text holds.
pub fn found(asked: &[String], text: &str) -> i64 {
    let held = stems(text);
    asked.iter().filter(|stem| held.contains(stem)).fold(0, |count, _| count + 1)
}

/// The words of a text as they stand in it, in small letters, without accents and apostrophes: what a phrase is held against.
pub fn plain(text: &str) -> Vec<String> {
    let small = small(text);
    let words = small.unicode_words().map(|word| word.trim_end_matches("'s"));
    let words = words.map(|word| word.chars().filter(|sign| sign.is_alphanumeric()).collect::<String>());
    words.filter(|word| !word.is_empty()).collect()
}

fn small(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let text = text.replace('\u{2019}', "'");
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.nfkd().collect::<String>().to_lowercase() }
}

/// Words in small letters, accents and the owner's apostrophe aside.
fn words(text: &str) -> Vec<String> {
    small(text)
        .unicode_words()
        .map(|word| word.trim_end_matches("'s").replace('\'', ""))
        .map(|word| PLURALS.iter().find(|(many, _)| *many == word).map_or(word, |(_, one)| (*one).to_owned()))
        .collect()
}

/// One stem of ASCII letters and digits, so that no database cuts it in two: any other letter is written as its number.
fn stem(stemmer: &Stemmer, word: &str) -> Option<String> {
    let mut plain = String::new();
    for sign in stemmer.stem(word).chars() {
        if sign.is_ascii_alphanumeric() {
            plain.push(sign);
        } else if sign.is_alphanumeric() {
            plain.push_str(&format!("u{:x}", u32::from(sign)));
        }
    }
    plain.truncate(LONGEST);
    (!plain.is_empty()).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn forms_of_a_word_meet() {
        for (one, other) in [
            ("Recommendations", "recommendation"),
            ("accepted", "accepting"),
            ("children’s", "child"),
            ("CAFÉ", "cafe"),
            ("safeguarding", "safeguards"),
        ] {
            assert_eq!(stems(one), stems(other), "{one}");
        }
    }

    #[test]
    fn common_words_do_not_narrow_a_question() {
        assert_eq!(asked("the law on the children"), asked("children law"));
        assert_eq!(asked("of the"), ["of", "the"]);
        assert_eq!(asked("?!… \0 --"), Vec::<String>::new());
    }

    #[test]
    fn what_every_recommendation_says_makes_none_like_another() {
        let words = |text: &str| telling(text).into_iter().map(|(word, _)| word).collect::<Vec<_>>();
        assert_eq!(
            words("Every crew should be trained each year before the first crossing."),
            ["crew", "trained", "first", "crossing"]
        );
        assert_eq!(asked("before they should"), ["befor", "should"], "who asks for them finds them");
    }

    #[test]
    fn words_in_the_title_are_counted() {
        assert_eq!(found(&asked("crime recording"), "Comply with crime recording rules"), 2);
        assert_eq!(found(&asked("crime recording"), ""), 0);
    }

    proptest! {
        #[test]
        fn many_texts_have_the_stems_that_each_has(texts in proptest::collection::vec(".{0,80}", 0..6)) {
            let mut many = Stems::new();
            for text in texts.iter().chain(&texts) {
                let kept = many.of(text);
                let kept: BTreeSet<&str> = kept.split(' ').filter(|stem| !stem.is_empty()).collect();
                let all = stems(text);
                prop_assert_eq!(kept, all.iter().map(String::as_str).collect::<BTreeSet<&str>>());
            }
        }

        #[test]
        fn plain_letters_are_made_small_as_any(text in "[ -~]{0,80}") {
            let any = text.replace('\u{2019}', "'").nfkd().collect::<String>().to_lowercase();
            prop_assert_eq!(small(&text), any);
        }

        #[test]
        fn a_stem_is_one_plain_word(text in ".{0,200}") {
            for stem in stems(&text) {
                prop_assert!(stem.bytes().all(|sign| sign.is_ascii_alphanumeric()));
                prop_assert!((1..=LONGEST).contains(&stem.len()));
            }
        }
    }
}
