//! What is wrong with something somebody sent: each fault with its place and a sentence that says what to do.

/// One fault, at one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The name of the form field (or the path in a file) that the fault is at.
    pub field: String,
    /// What is wrong and what to do, as a sentence for a person.
    pub sentence: String,
}

/// Every fault found in one thing sent. An empty list means that it may go on.
#[derive(Debug, Clone, PartialEq, Eq, Default, thiserror::Error)]
#[error("{}", self.sentences())]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// No fault yet.
    #[must_use]
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// A single fault.
    pub fn one(field: impl Into<String>, sentence: impl Into<String>) -> Self {
        let mut problems = Self::none();
        problems.add(field, sentence);
        problems
    }

    /// Notes one more fault.
    pub fn add(&mut self, field: impl Into<String>, sentence: impl Into<String>) {
        self.0.push(Problem { field: field.into(), sentence: sentence.into() });
    }

    /// Notes every fault of another list too.
    pub fn extend(&mut self, more: Self) {
        self.0.extend(more.0);
    }

    /// These faults, and of the others those at fields that nothing was said about yet: what was read wrongly is not also
    /// missing.
    #[must_use]
    pub fn and(mut self, more: Self) -> Self {
        let named: Vec<String> = self.0.iter().map(|problem| problem.field.clone()).collect();
        self.0.extend(more.0.into_iter().filter(|problem| !named.contains(&problem.field)));
        self
    }

    /// The same in the order of a form's fields; what is at none of them comes last.
    #[must_use]
    pub fn in_order(mut self, fields: &[&str]) -> Self {
        self.0.sort_by_key(|problem| fields.iter().position(|field| *field == problem.field).unwrap_or(usize::MAX));
        self
    }

    /// Keeps the value of a result, or notes its error at `field`.
    pub fn take<T, E: std::fmt::Display>(&mut self, field: &str, result: Result<T, E>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(fault) => {
                self.add(field, fault.to_string());
                None
            }
        }
    }

    /// Those at fields whose names begin so, without that beginning: what is wrong with one item among several.
    #[must_use]
    pub fn under(&self, prefix: &str) -> Self {
        let own = |problem: &Problem| {
            let field = problem.field.strip_prefix(prefix)?.to_owned();
            Some(Problem { field, sentence: problem.sentence.clone() })
        };
        Self(self.0.iter().filter_map(own).collect())
    }

    /// `Ok` when nothing is wrong.
    ///
    /// # Errors
    /// Itself, when something is.
    pub fn into_result(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The faults, in the order in which they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }

    /// The first sentence about a field.
    #[must_use]
    pub fn at(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|problem| problem.field == field).map(|problem| problem.sentence.as_str())
    }

    fn sentences(&self) -> String {
        let line = |problem: &Problem| match problem.field.as_str() {
            "" => problem.sentence.clone(),
            field => format!("{field}: {}", problem.sentence),
        };
        self.0.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}
