//! The second fact: what the body says it has done.

use super::text::text_enum;

text_enum! {
    /// What a body says about its own progress. It is the body's word, whoever typed it; it proves nothing.
    pub enum Reported as "reported progress" {
        /// The default: no update is recorded here.
        NotReported = "not_reported",
        /// Says that it has not started.
        NotStarted = "not_started",
        /// Says that it has a plan.
        Planned = "planned",
        /// Says that work is going on.
        UnderWay = "under_way",
        /// Says that it is complete.
        ReportedComplete = "reported_complete",
        /// Says that it is done and goes on.
        InPlace = "in_place",
        /// Says that it has stopped, with a reason.
        Stopped = "stopped",
    }
}

impl Reported {
    /// Whether the body claims that the thing is done: one side of the gap.
    #[must_use]
    pub const fn claims_done(self) -> bool {
        matches!(self, Self::ReportedComplete | Self::InPlace)
    }

    /// Whether a reason must stand beside it.
    #[must_use]
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Stopped)
    }

    /// Values that a person may record.
    pub fn recordable() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|value| *value != Self::NotReported)
    }
}
