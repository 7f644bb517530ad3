//! What somebody typed, taken apart: words in any of their forms, the beginnings of words (`timeta*`) and phrases, which stand in
//! quotes and are found word for word.

use unicode_segmentation::UnicodeSegmentation;

use super::stem;

/// The fewest letters that a beginning has: fewer begin too much to be looked up.
const SHORTEST: usize = 3;
/// The most letters that it has: whoever types more means that word. Each letter more may be cut from a stem, and all that may be
/// left is looked up.
const LONGEST: usize = 24;
/// How many letters the stemmer takes from a word at most: `responsibilities` is kept as `respons`.
const CUT_OFF: usize = 10;
/// What it puts in their place: `sharing` is kept as `share`, `supplying` as `suppli`, `visibility` as `visibl`.
const PUT_ON: [char; 3] = ['e', 'i', 'l'];
/// The most beginnings that a question may have, and the most phrases; the rest of a longer one is left out.
const MOST: usize = 8;
/// How many words of a text are shown around what was found.
const SHOWN: usize = 40;
/// How many of these stand before it.
const BEFORE: usize = 8;

/// A question in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Question {
    /// The stems of its words, those in quotes included.
    pub stems: Vec<String>,
    /// What words begin with.
    pub begins: Vec<String>,
    /// What stands in quotes, word by word.
    phrases: Vec<Vec<String>>,
    /// The words that stand in no quotes and are no beginnings, as they were typed.
    pub rest: String,
}

/// Some words of a text, and whether they were asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The words, with the signs between them.
    pub words: String,
    /// Whether they were asked for.
    pub found: bool,
}

impl Question {
    /// Takes apart what was typed.
    pub fn of(typed: &str) -> Self {
        let typed = typed.replace(['\u{201c}', '\u{201d}'], "\"");
        let pieces: Vec<&str> = typed.split('"').collect();
        let mut question = Self::default();
        let (mut words, mut rest) = (Vec::new(), Vec::new());
        for (at, piece) in pieces.iter().enumerate() {
            // A quote that nobody closed begins no phrase.
            if at % 2 == 1 && at + 1 < pieces.len() {
                let phrase = stem::plain(piece);
                if !phrase.is_empty() {
                    question.phrases.push(phrase);
                }
                words.push(*piece);
                continue;
            }
            for word in piece.split_whitespace() {
                match word.strip_suffix('*').and_then(beginning) {
                    Some(beginning) => question.begins.push(beginning),
                    None => rest.push(word),
                }
            }
        }
        question.begins.truncate(MOST);
        question.phrases.truncate(MOST);
        words.extend(&rest);
        question.stems = stem::asked(&words.join(" "));
        question.rest = rest.join(" ");
        question
    }

    /// Whether it holds no word at all.
    pub const fn is_empty(&self) -> bool {
        self.stems.is_empty() && self.begins.is_empty()
    }

    /// Whether stems alone do not answer it: the words themselves must be looked at.
    pub const fn is_exact(&self) -> bool {
        !self.begins.is_empty() || !self.phrases.is_empty()
    }

    /// Whether these texts hold its phrases, each within one of them, and a word for each of its beginnings.
    pub fn fits(&self, texts: &[String]) -> bool {
        let texts: Vec<Vec<String>> = texts.iter().map(|text| stem::plain(text)).collect();
        let begins = |start: &String| texts.iter().flatten().any(|word| word.starts_with(start.as_str()));
        let says = |phrase: &Vec<String>| {
            texts.iter().any(|text| text.windows(phrase.len()).any(|words| words == phrase.as_slice()))
        };
        self.begins.iter().all(begins) && self.phrases.iter().all(says)
    }

    /// Where a text says what is asked for, with the words around it; nothing where it does not.
    pub fn snippet(&self, text: &str) -> Vec<Stretch> {
        let words: Vec<(usize, &str)> = text.unicode_word_indices().collect();
        let stems = stem::of_each(words.iter().map(|(_, word)| *word));
        let found: Vec<usize> = (0..words.len()).filter(|at| self.asks_for(words[*at].1, &stems[*at])).collect();
        let before = |end: usize| found.partition_point(|at| *at < end);
        let within = |first: usize| before(first + SHOWN - BEFORE) - before(first);
        let said = self.said(&words);
        let says = |at: usize| said.iter().any(|(from, to)| at <= from + BEFORE && *to < at + SHOWN - BEFORE);
        // The last of the most is taken: from behind, that is the first.
        let best = found.iter().copied().rev().max_by_key(|at| (says(*at), within(*at)));
        let Some(best) = best else { return Vec::new() };
        let first = if words.len() <= SHOWN { 0 } else { best.saturating_sub(BEFORE) };
        let last = words.len().min(first + SHOWN);
        let mut at = if first == 0 { 0 } else { words[first].0 };
        let mut pieces = Vec::new();
        let mut rest = if first == 0 { String::new() } else { "\u{2026} ".to_owned() };
        for (place, (from, word)) in words.iter().enumerate().take(last).skip(first) {
            if found.binary_search(&place).is_ok() {
                rest.push_str(&text[at..*from]);
                at = from + word.len();
                pieces.push(Stretch { words: std::mem::take(&mut rest), found: false });
                pieces.push(Stretch { words: (*word).to_owned(), found: true });
            }
        }
        match words.get(last) {
            None => rest.push_str(&text[at..]),
            Some(_) => {
                let (from, word) = words[last - 1];
                rest.push_str(&text[at..from + word.len()]);
                rest.push_str(" \u{2026}");
            }
        }
        pieces.push(Stretch { words: rest, found: false });
        pieces.retain(|piece| !piece.words.is_empty());
        pieces
    }

    /// Where these words of a text are one of its phrases: the places of the first and the last of them.
    fn said(&self, words: &[(usize, &str)]) -> Vec<(usize, usize)> {
        if self.phrases.is_empty() {
            return Vec::new();
        }
        let mut plain: Vec<(usize, String)> = Vec::new();
        for (place, (_, word)) in words.iter().enumerate() {
            plain.extend(stem::plain(word).into_iter().map(|word| (place, word)));
        }
        let mut said = Vec::new();
        for phrase in &self.phrases {
            let is_it = |some: &&[(usize, String)]| some.iter().map(|(_, word)| word).eq(phrase.iter());
            let places = plain.windows(phrase.len()).filter(is_it);
            said.extend(places.filter_map(|some| Some((some.first()?.0, some.last()?.0))));
        }
        said
    }

    fn asks_for(&self, word: &str, stems: &[String]) -> bool {
        stems.iter().any(|stem| self.stems.contains(stem))
            || stem::plain(word).iter().any(|word| self.begins.iter().any(|start| word.starts_with(start.as_str())))
    }
}

/// The stems that a word with this beginning may be kept as, besides those that begin so: its own, and each that it begins with,
/// for a stem may be shorter than what was typed of its word; the same with a letter that the stemmer puts in the place of what it
/// takes away; and those of plurals that no rule finds.
pub(super) fn shorter(beginning: &str) -> Vec<String> {
    let first = beginning.len().saturating_sub(CUT_OFF);
    let mut all: Vec<String> = (SHORTEST.max(first)..beginning.len()).map(|end| beginning[..end].to_owned()).collect();
    for end in (SHORTEST - 1).max(first)..beginning.len() {
        all.extend(PUT_ON.iter().map(|letter| format!("{}{letter}", &beginning[..end])));
    }
    all.extend(stem::stems(beginning));
    all.extend(stem::plurals(beginning));
    all.sort_unstable();
    all.dedup();
    all
}

/// What a word begins with, where that is one plain word, long enough to be looked up and no longer than that.
fn beginning(typed: &str) -> Option<String> {
    let mut words = stem::plain(typed);
    let word = words.pop().filter(|_| words.is_empty())?;
    ((SHORTEST..=LONGEST).contains(&word.len()) && word.bytes().all(|sign| sign.is_ascii_alphanumeric()))
        .then_some(word)
}

/// Where a text says what somebody typed, with the words around it; nothing where it does not.
#[must_use]
pub fn snippet(typed: &str, text: &str) -> Vec<Stretch> {
    Question::of(typed).snippet(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_make_a_phrase_and_a_star_a_beginning() {
        let question = Question::of("\u{201c}Landing stages\u{201d} timeta* ferry");
        assert_eq!(question.phrases, [["landing", "stages"]]);
        assert_eq!(question.begins, ["timeta"]);
        assert_eq!(question.stems, ["ferri", "land", "stage"]);
        assert_eq!(question.rest, "ferry");
        assert!(question.is_exact() && !question.is_empty());
        let long = format!("{}*", "a".repeat(25));
        assert_eq!(Question::of(&long).stems, ["a".repeat(25)]);
        for plain in [long.as_str(), "ferry", "12\" ferry", "fe* ferry", "* ferry", "ferry\"*"] {
            assert!(!Question::of(plain).is_exact(), "{plain}");
        }
        assert!(Question::of("\"\" ?!").is_empty());
        assert!(!Question::of("\"?!\"").is_exact());
    }

    #[test]
    fn a_phrase_is_found_word_for_word_within_one_text() {
        let texts = ["Both landing stages".to_owned(), "every year".to_owned()];
        for (typed, fits) in [
            ("\"landing stages\"", true),
            ("\"Landing  STAGES\"", true),
            ("\"stages landing\"", false),
            ("\"landing stage\"", false),
            ("\"stages every\"", false),
            ("land*", true),
            ("ding*", false),
        ] {
            assert_eq!(Question::of(typed).fits(&texts), fits, "{typed}");
        }
    }

    #[test]
    fn a_beginning_may_be_longer_than_the_stem_of_its_word() {
        assert!(shorter("timetab").contains(&"timet".to_owned()));
        assert!(shorter("supply").contains(&"suppli".to_owned()));
        assert!(shorter("childr").contains(&"child".to_owned()));
    }

    #[test]
    fn a_stem_need_not_be_a_beginning_of_its_word() {
        for (beginning, word, kept) in [
            ("shari", "sharing", "share"),
            ("maki", "making", "make"),
            ("writi", "writing", "write"),
            ("usin", "using", "use"),
            ("supplyi", "supplying", "suppli"),
            ("possibil", "possibility", "possibl"),
            ("visibili", "visibility", "visibl"),
            ("responsibiliti", "responsibilities", "respons"),
            ("wome", "women", "woman"),
        ] {
            assert_eq!(stem::stems(word), [kept]);
            assert!(shorter(beginning).contains(&kept.to_owned()), "{beginning}");
        }
    }

    #[test]
    fn a_snippet_marks_what_was_asked_for() {
        let pieces = snippet("stage", "Inspect both landing stages.");
        let said: Vec<(&str, bool)> = pieces.iter().map(|piece| (piece.words.as_str(), piece.found)).collect();
        assert_eq!(said, [("Inspect both landing ", false), ("stages", true), (".", false)]);
        assert_eq!(snippet("pier", "Inspect both landing stages."), []);
        let both = format!("pier, stages, pier, stages. {}Mend the landing stages.", "before ".repeat(60));
        let said: String = snippet("\"landing stages\" pier", &both).into_iter().map(|piece| piece.words).collect();
        assert!(said.ends_with("Mend the landing stages."), "{said}");
        let long = format!("{}the pier {}", "before ".repeat(60), "after ".repeat(60));
        let pieces = snippet("pier", &long);
        assert!(pieces[0].words.starts_with("\u{2026} before") && pieces[1].found);
        assert!(pieces[2].words.ends_with("after \u{2026}"));
        assert!(pieces.iter().map(|piece| piece.words.len()).sum::<usize>() < 400);
    }
}
