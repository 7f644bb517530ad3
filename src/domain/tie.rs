//! Ties between recommendations of different inquiries: related, never merged.

use super::text::text_enum;

text_enum! {
    /// How one recommendation is tied to another.
    pub enum TieKind as "kind of link" {
        /// Somebody thinks so and nobody has compared them, so it is in no count.
        MayBeRelated = "may_be_related",
    }
}
