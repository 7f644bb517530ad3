//! One act on several items: each is answered for itself, what was done or why not.

use serde::{Deserialize, Serialize};

use super::id::AddresseeId;
use super::text::text_enum;

/// The most items of one act.
pub const MOST_ITEMS: usize = 100;

text_enum! {
    /// Which act.
    pub enum BulkKind as "act on several items" {
        /// Updates from bodies were published.
        Publish = "publish",
        /// It was set when updates are asked for.
        Schedule = "schedule",
    }
}

/// What the act came to for one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The answer that it was done with: it is named when it is shown, by what may be said of it then. `None` for what an
    /// earlier version of this program kept.
    #[serde(default)]
    pub addressee: Option<AddresseeId>,
    /// Its page.
    pub href: String,
    /// Why nothing was done with it; `None` where it was done.
    pub refused: Option<String>,
}
