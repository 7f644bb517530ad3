//! Letters about filing by a link: the link itself, the code that its reader enters, and what their colleagues are told afterwards.

use serde::{Deserialize, Serialize};

use super::Item;
use crate::domain::id::BodyId;
use crate::domain::moment::{Day, Moment};

/// A link for one purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByLink {
    /// The link.
    pub link: String,
    /// When it stops working.
    pub expires: Moment,
}

/// The code that opens the form behind such a link. It goes to the same mailbox, so that a mail that was passed on opens nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilingCode {
    /// The code.
    pub code: String,
    /// When it stops working.
    pub expires: Moment,
}

/// Tells the other people of a body that somebody filed by such a link. It says on what, which everybody may read, and nothing of
/// what was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilingReceipt {
    /// The name of the body.
    pub body: String,
    /// Which body that is.
    pub body_id: Option<BodyId>,
    /// On which items.
    pub items: Vec<Item>,
    /// On which day.
    pub on: Day,
    /// Whether it waits for whoever signs off; not said in mail from before it was kept.
    #[serde(default)]
    pub waits: bool,
    /// Where its reader sees what was filed, after signing in.
    pub link: String,
}
