//! The four questions that stand before every act of publishing what somebody filed.

/// The answers, as ticked. Publishing needs every one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FourQuestions {
    /// It names no victim, suspect or private person.
    pub names_nobody: bool,
    /// No live court case is affected.
    pub no_live_case: bool,
    /// Nothing in it is protectively marked.
    pub not_marked: bool,
    /// The files have been looked through.
    pub files_seen: bool,
}

impl FourQuestions {
    /// The names of the form fields with the statement that each stands for, in the order in which they are asked.
    pub const ASKED: [(&'static str, &'static str); 4] = [
        ("names_nobody", "It names no victim, suspect or private person"),
        ("no_live_case", "No live court case is affected"),
        ("not_marked", "Nothing in it is protectively marked"),
        ("files_seen", "Its files and links have been looked through"),
    ];

    /// Every question answered with yes.
    pub const ALL_YES: Self = Self { names_nobody: true, no_live_case: true, not_marked: true, files_seen: true };

    /// The faults: one for each question not answered with yes.
    #[must_use]
    pub fn problems(self) -> super::problem::Problems {
        let answers = [self.names_nobody, self.no_live_case, self.not_marked, self.files_seen];
        let mut problems = super::problem::Problems::none();
        for ((field, statement), yes) in Self::ASKED.into_iter().zip(answers) {
            if !yes {
                problems.add(field, format!("Confirm before publishing: {}", lower_first(statement)));
            }
        }
        problems
    }
}

fn lower_first(sentence: &str) -> String {
    let mut signs = sentence.chars();
    signs.next().map_or_else(String::new, |first| first.to_lowercase().chain(signs).collect())
}
