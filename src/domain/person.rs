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
