//! People with an account, and the role each has.

use super::id::{BodyId, InquiryId, PersonId};
use super::text::text_enum;

text_enum! {
    /// What a person is here to do. One role, and at most one body, for each person.
    pub enum Role as "role" {
        /// People, settings, mail, redaction (with a second person), and all that an overseer may.
        Administrator = "administrator",
        /// The register, responses, assessments, publishing, withholding.
        Overseer = "overseer",
        /// Files returns for their own body.
        Contributor = "contributor",
        /// Reads what is unpublished; no private files.
        Observer = "observer",
    }
}

impl Role {
    /// Whether the role makes no sense without a body.
    #[must_use]
    pub const fn needs_body(self) -> bool {
        matches!(self, Self::Contributor)
    }

    /// Whether the role does the register's own work.
    #[must_use]
    pub const fn oversees(self) -> bool {
        matches!(self, Self::Administrator | Self::Overseer)
    }
}

/// Whether words that should name a post hold the name of this person: all its words, one after the other. A name of one word
/// is no more than a word.
#[must_use]
pub fn names(words: &str, person: &str) -> bool {
    let split = |text: &str| -> Vec<String> {
        let parts = text.split(|sign: char| !sign.is_alphanumeric()).filter(|part| !part.is_empty());
        parts.map(str::to_lowercase).collect()
    };
    let (words, person) = (split(words), split(person));
    person.len() > 1 && words.windows(person.len()).any(|some| some == person.as_slice())
}

/// Who is doing something: taken from the session on each request, never from a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub person: PersonId,
    /// Their role at this moment.
    pub role: Role,
    /// Their body, if they belong to one.
    pub body: Option<BodyId>,
    /// The inquiries that their role is limited to.
    pub reach: Reach,
}

/// How far a role reaches: everywhere, or some inquiries alone. Only an overseer's is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reach(Option<[Option<InquiryId>; Reach::MOST]>);

impl Reach {
    /// The most inquiries that a role can be limited to: who has more of them is not limited.
    pub const MOST: usize = 8;
    /// Not limited.
    pub const EVERYWHERE: Self = Self(None);

    /// Limited to these; where there are none, not limited. What goes beyond [`Reach::MOST`] is left out.
    #[must_use]
    pub fn to(inquiries: &[InquiryId]) -> Self {
        if inquiries.is_empty() {
            return Self::EVERYWHERE;
        }
        let mut held = [None; Self::MOST];
        for (place, id) in held.iter_mut().zip(inquiries) {
            *place = Some(*id);
        }
        Self(Some(held))
    }

    /// Whether it is limited at all.
    #[must_use]
    pub const fn is_limited(&self) -> bool {
        self.0.is_some()
    }

    /// Whether it reaches this inquiry.
    #[must_use]
    pub fn holds(&self, inquiry: InquiryId) -> bool {
        self.0.is_none_or(|held| held.contains(&Some(inquiry)))
    }

    /// The inquiries that it is limited to; none where it is not.
    #[must_use]
    pub fn inquiries(&self) -> Vec<InquiryId> {
        self.0.into_iter().flatten().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_whole_in_any_spelling_and_one_word_is_no_name() {
        assert!(names("the scrutiny officer, OVERSEER  one", "Overseer One"));
        assert!(!names("overseer", "Overseer One") && !names("the overseer of one ferry", "Overseer One"));
        assert!(!names("clerk", "Clerk") && !names("", "Overseer One") && !names("clerk", ""));
    }
}
