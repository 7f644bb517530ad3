//! A mail with which nothing more is to be done, kept as it was composed but without what its link lets its reader do.

use super::follow::manage_token;
use super::{Error, Service};
use crate::domain::id::OutboxId;
use crate::domain::kept_mail::without_token;
use crate::domain::mail::Letter;
use crate::domain::outbox::masked;
use crate::domain::secret::Secret;
use crate::domain::token::Token;
use crate::store::WriteTx;
use crate::store::outbox;

impl Service {
    /// What stands in the link of a mail that is kept as it was composed, and must not be shown to whoever looks after mail; `None` where
    /// it has no such link.
    #[must_use]
    pub fn token_of(&self, letter: &Letter) -> Option<Token> {
        token_of(&self.secret, letter)
    }
}

/// Only of a letter that says more than its link: of another, the composed mail is not kept.
fn token_of(secret: &Secret, letter: &Letter) -> Option<Token> {
    match letter {
        Letter::Reminder(reminder) => Token::in_link(&reminder.by_link.as_ref()?.link),
        // Its letter is kept without the link.
        Letter::PublicDigest(digest) => Some(manage_token(secret, &digest.subscriber)),
        _ => None,
    }
}

/// Takes the link out of a mail: out of its letter, and out of the mail as it was composed, which is not kept where that cannot be done.
pub(super) fn put_link_away(tx: &mut WriteTx<'_>, secret: &Secret, id: OutboxId, letter: Letter) -> Result<(), Error> {
    let kept = match token_of(secret, &letter) {
        Some(token) => outbox::kept_message(tx, id)?.and_then(|kept| without_token(&kept, &token.to_string())),
        None => None,
    };
    Ok(outbox::put_link_away(tx, id, &masked(letter), kept)?)
}
