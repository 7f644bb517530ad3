//! A report received: a document in which a body answers by theme and not by number, and how each of its items fares in it.
//!
//! A mark says what stands in the document and sets none of the four facts: a mention under a theme is no answer, and not
//! being mentioned is neither silence towards a date nor a refusal.

use super::problem::Problems;
use super::text::text_enum;

text_enum! {
    /// What kind of document it is.
    pub enum ReportKind as "kind of document" {
        /// An account of what was done.
        Progress = "progress_report",
        /// A letter.
        Letter = "letter",
        /// Minutes of a meeting.
        Minutes = "minutes",
        /// Anything else.
        Other = "document",
    }
}

text_enum! {
    /// How an item fares in a document.
    pub enum Marked as "mark" {
        /// Nobody has looked yet.
        Unread = "not_looked_through",
        /// It is answered on a page.
        Answered = "answered",
        /// Only a theme that it belongs to is written about.
        Theme = "theme",
        /// It is not mentioned.
        NotMentioned = "not_mentioned",
    }
}

impl Marked {
    /// What can be said of an item after looking.
    pub const SAID: [Self; 3] = [Self::Answered, Self::Theme, Self::NotMentioned];
}

/// What is said of one item: the mark, and where it stands in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The mark.
    pub value: Marked,
    /// The page.
    pub page: Option<String>,
    /// The words that were found there: for a theme, the theme's.
    pub words: Option<String>,
}

impl Mark {
    /// Notes what is wrong with it, at the fields of these names: its page and its words.
    pub fn check(&self, problems: &mut Problems, page: &str, words: &str) {
        match self.value {
            Marked::Answered if self.page.is_none() => problems.add(page, "Enter the page on which it is answered"),
            Marked::Theme if self.words.is_none() => problems.add(words, "Enter the words of the theme"),
            Marked::NotMentioned | Marked::Unread => {
                if self.page.is_some() {
                    problems.add(page, "What is not mentioned is on no page; clear it");
                }
                if self.words.is_some() {
                    problems.add(words, "What is not mentioned has no words; clear them");
                }
            }
            Marked::Answered | Marked::Theme => {}
        }
    }
}

/// How many items of a document bear each mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    /// Nobody has looked yet.
    pub unread: u64,
    /// Answered on a page.
    pub answered: u64,
    /// Only under a theme.
    pub theme: u64,
    /// Not mentioned.
    pub not_mentioned: u64,
}

impl Marks {
    /// Counts one more.
    pub const fn add(&mut self, value: Marked) {
        match value {
            Marked::Unread => self.unread += 1,
            Marked::Answered => self.answered += 1,
            Marked::Theme => self.theme += 1,
            Marked::NotMentioned => self.not_mentioned += 1,
        }
    }

    /// Those that somebody has looked for.
    #[must_use]
    pub const fn looked_for(self) -> u64 {
        self.answered + self.theme + self.not_mentioned
    }

    /// All of them.
    #[must_use]
    pub const fn all(self) -> u64 {
        self.unread + self.looked_for()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(value: Marked, page: Option<&str>, words: Option<&str>) -> Vec<String> {
        let mark = Mark { value, page: page.map(str::to_owned), words: words.map(str::to_owned) };
        let mut problems = Problems::none();
        mark.check(&mut problems, "page", "words");
        problems.iter().map(|problem| problem.field.clone()).collect()
    }

    #[test]
    fn a_mark_says_where_it_stands_and_nothing_that_it_cannot() {
        assert_eq!(faults(Marked::Answered, Some("12"), None), Vec::<String>::new());
        assert_eq!(faults(Marked::Answered, None, Some("the stages")), ["page"]);
        assert_eq!(faults(Marked::Theme, None, Some("safety at the stages")), Vec::<String>::new());
        assert_eq!(faults(Marked::Theme, Some("3"), None), ["words"]);
        assert_eq!(faults(Marked::NotMentioned, Some("3"), Some("x")), ["page", "words"]);
        assert_eq!(faults(Marked::Unread, None, None), Vec::<String>::new());
    }

    #[test]
    fn what_nobody_looked_for_is_counted_and_is_no_finding() {
        let mut marks = Marks::default();
        for value in Marked::ALL.iter().copied().chain([Marked::Theme]) {
            marks.add(value);
        }
        assert_eq!((marks.looked_for(), marks.all(), marks.theme), (4, 5, 2));
    }
}
