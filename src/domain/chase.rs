//! Chases by hand: a body is asked again by letter, by telephone, in a meeting or by a mail that a person wrote. Each weighs as
//! much as a mail of the timetable.

use super::text::text_enum;

text_enum! {
    /// How a body was asked.
    pub enum ChaseKind as "kind of chase" {
        /// A letter.
        Letter = "letter",
        /// A telephone call.
        Call = "call",
        /// A meeting.
        Meeting = "meeting",
        /// A mail that somebody wrote.
        Mail = "mail",
    }
}
