//! Who is in charge: for an inquiry or a body one lead, and one deputy who stands in for them.
//!
//! Both have the work on their lists, the lead's absence or not: nobody has to say that they are away for work to be seen. It
//! gives no right; it says whose list an item is on.

use super::text::text_enum;

text_enum! {
    /// In which part.
    pub enum ChargePart as "part" {
        /// Leads the work.
        Lead = "lead",
        /// Stands in for the lead.
        Deputy = "deputy",
    }
}
