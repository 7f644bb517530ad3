//! What a reader says is wrong, what became of it. Their words and their address are never public.

use super::email::Email;
use super::problem::Problems;
use super::text::{WORDS_LIMIT, text_enum, tidy};

/// Room for what somebody says is wrong.
const LIMIT: usize = 5_000;
/// Room for the address of a page.
const PAGE_LIMIT: usize = 300;

text_enum! {
    /// Where a complaint stands.
    pub enum ComplaintState as "state of a complaint" {
        /// It came in; nobody has looked yet.
        Received = "received",
        /// Somebody is looking into it.
        LookedInto = "looked_into",
        /// It was decided.
        Decided = "decided",
    }
}

text_enum! {
    /// What was decided.
    pub enum ComplaintDecision as "decision on a complaint" {
        /// What stood there was wrong and was corrected.
        Corrected = "corrected",
        /// Words were taken out of sight.
        Withheld = "withheld",
        /// What stands there stays.
        Kept = "kept",
        /// It is not about what this register says.
        Elsewhere = "elsewhere",
        /// An advertisement, or no words that mean anything.
        NotGenuine = "not_genuine",
    }
}

/// A complaint that may be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// The path of the page.
    pub page: String,
    /// What is wrong.
    pub words: String,
    /// Where to answer to.
    pub email: Option<Email>,
}

/// A complaint as typed.
#[derive(Debug, Clone, Copy, Default)]
pub struct ComplaintTyped<'a> {
    /// The page.
    pub page: &'a str,
    /// What is wrong.
    pub words: &'a str,
    /// Where to answer to.
    pub email: &'a str,
    /// The field that nobody sees; only a program fills it.
    pub trap: &'a str,
}

impl ComplaintTyped<'_> {
    /// The complaint, where nothing is wrong with it. `is_ours` knows the pages of this site.
    ///
    /// # Errors
    /// Every fault, each at its field.
    pub fn parse(&self, base_url: &str, is_ours: impl Fn(&str) -> bool) -> Result<Complaint, Problems> {
        let mut problems = Problems::none();
        let page = path_of(self.page, base_url);
        if !is_ours(&page) || page.len() > PAGE_LIMIT {
            problems.add("page", "Enter the address of a page of this register, such as /inquiries");
        }
        let words = problems.take("words", tidy(self.words, "What is wrong", LIMIT.min(WORDS_LIMIT))).flatten();
        if words.is_none() && problems.at("words").is_none() {
            problems.add("words", "Enter what is wrong");
        }
        let email = match self.email.trim() {
            "" => None,
            typed => problems.take("email", typed.parse::<Email>()),
        };
        if !self.trap.trim().is_empty() {
            problems.add("website", "Leave this field empty: it is there to stop programs that fill in forms");
        }
        match words {
            Some(words) if problems.is_empty() => Ok(Complaint { page, words, email }),
            _ => Err(problems),
        }
    }
}

/// The path of a page, as somebody copies it: with or without the address of the site. What stands after a question mark is
/// left out, for it may be what somebody searched for.
#[must_use]
pub fn path_of(typed: &str, base_url: &str) -> String {
    let typed = typed.trim();
    let path = typed.strip_prefix(base_url.trim_end_matches('/')).unwrap_or(typed);
    path.split(['?', '#']).next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "https://register.example";
    const TYPED: ComplaintTyped<'static> = ComplaintTyped { page: "/bodies", words: "The date.", email: "", trap: "" };

    fn fields(typed: ComplaintTyped<'_>) -> Vec<String> {
        let faults = typed.parse(BASE, |path| path == "/bodies").unwrap_err();
        faults.iter().map(|problem| problem.field.clone()).collect()
    }

    #[test]
    fn a_page_of_this_site_is_taken_and_no_other() {
        for page in ["/bodies", " /bodies?q=secret ", "https://register.example/bodies#a"] {
            let complaint = ComplaintTyped { page, ..TYPED }.parse(BASE, |path| path == "/bodies").unwrap();
            assert_eq!(complaint.page, "/bodies");
        }
        for page in ["", "https://elsewhere.example/bodies", "//elsewhere.example", "javascript:x", "/nowhere"] {
            assert_eq!(fields(ComplaintTyped { page, ..TYPED }), ["page"], "{page}");
        }
    }

    #[test]
    fn each_fault_is_told_at_once() {
        let long = "x".repeat(5_001);
        let typed = ComplaintTyped { page: "", words: &long, email: "nonsense", trap: "https://buy.example" };
        assert_eq!(fields(typed), ["page", "words", "email", "website"]);
        assert_eq!(fields(ComplaintTyped { words: " ", ..TYPED }), ["words"]);
    }
}
