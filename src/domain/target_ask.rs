//! A body asks for a later target date: what it asks for, and what oversight decided.

use super::moment::Day;
use super::text::text_enum;

text_enum! {
    /// What was decided on a request for a later target date.
    pub enum AskDecision as "decision on a request" {
        /// The target moves.
        Granted = "granted",
        /// The target stands.
        Refused = "refused",
    }
}

/// A request that was decided on, as it is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The date that the body asked for.
    pub wanted_on: Day,
    /// The date that stood.
    pub instead_of: Option<Day>,
    /// What was decided.
    pub decision: AskDecision,
    /// By which post or committee, unless that is withheld.
    pub decided_by: Option<String>,
}
