//! The way through a long list: by keys, so there is a next and a previous page and no page number.

/// Links to the pages before and after this one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pager {
    /// The page before, or the first one.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

impl Pager {
    /// Whether there is anywhere to go.
    #[must_use]
    pub const fn is_needed(&self) -> bool {
        self.previous.is_some() || self.next.is_some()
    }
}
