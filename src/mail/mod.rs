//! Letters composed into mails, and mails handed over. Knows no database and never asks the time.
//!
//! May import `domain`; the only room that says lettre. Start with [`compose::compose`], which turns a
//! [`Letter`](crate::domain::mail::Letter) into the bytes of a mail; each letter has a file here and a folder of three
//! templates (subject, text, HTML) over one struct. [`send::Transport`] takes the bytes to a mail server or into a folder of
//! [`files`]. What was composed is read again by [`kept`], what comes back by [`bounce`].

pub mod bounce;
pub mod compose;
pub mod files;
pub mod kept;
pub mod sample;
pub mod send;

mod access_token;
mod check_asked;
mod digest;
mod digest_sample;
mod extension_decided;
mod filing_code;
mod filing_receipt;
mod follow_asked;
mod invitation;
mod password_changed;
mod password_reset;
mod public_digest;
mod reminder;
mod return_sent_back;
mod sent_to_author;
mod sign_off_asked;
mod smtp;
mod top_asked;
