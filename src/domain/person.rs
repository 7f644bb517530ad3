//! People with an account, and the role each has.

use super::id::{BodyId, PersonId};
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
}
