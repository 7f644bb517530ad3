//! A form that is one button: nothing is asked, so nothing comes but what it carries unseen.

use serde::Deserialize;

/// What such a form sends.
#[derive(Debug, Deserialize)]
pub struct Button {
    /// Its idempotency key.
    #[serde(default)]
    pub key: String,
}
