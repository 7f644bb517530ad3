//! The letter to the post at the top of a body, once reminders came to nothing.

use serde::{Deserialize, Serialize};

use super::ReminderItem;
use crate::domain::email::Email;
use crate::domain::id::BodyId;

/// Tells the post at the top of a body what was asked for and has not come. Its reader has no account, so every link is public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopAsked {
    /// The name of the body.
    pub body: String,
    /// Which body that is.
    pub body_id: Option<BodyId>,
    /// What is overdue, that longest due first.
    pub items: Vec<ReminderItem>,
    /// Which post of ours writes.
    pub by_post: String,
    /// Whether a reminder of each was handed over before; not said in mail from before it was kept.
    #[serde(default)]
    pub reminded: bool,
    /// Where to write to us, where the operator has said so.
    #[serde(default)]
    pub contact: Option<Email>,
    /// The public page of the body.
    pub link: String,
}
