//! What a register file adds to the register, as whoever loads it is told.

use super::text::text_enum;

text_enum! {
    /// A kind of thing that a load adds, in the order in which it is told.
    pub enum Loadable as "kind of thing in a register file" {
        /// An inquiry.
        Inquiry = "inquiry",
        /// A body.
        Body = "body",
        /// A recommendation.
        Recommendation = "recommendation",
        /// A lettered part of a recommendation.
        Part = "part",
        /// That a recommendation was put to a body.
        Asked = "asked",
        /// What a body answered.
        Response = "response",
        /// A date that a body set.
        Target = "target",
        /// An event of an inquiry.
        Event = "event",
        /// A dated note that sets no fact.
        Note = "note",
        /// That one body took another's place.
        Succession = "succession",
        /// That two recommendations may be related.
        Tie = "tie",
    }
}
