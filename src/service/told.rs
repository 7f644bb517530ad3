//! What a mail's way means for whoever it tells of changes: what did not reach them is told by their next mail.

use super::Error;
use super::kept_mail::put_link_away;
use crate::domain::id::PersonId;
use crate::domain::mail::Letter;
use crate::domain::outbox::{MailState, holds_link};
use crate::domain::secret::Secret;
use crate::store::outbox::Suppressed;
use crate::store::{WriteTx, person_digest, subscriber, subscription};

/// Notes where a mail has come to stand: what was handed over to somebody who follows is what a correction must reach; what goes
/// nowhere any more is told by the next mail. Mail that tells of no range of changes is left alone.
pub(super) fn note(
    tx: &mut WriteTx<'_>,
    (person, letter): (Option<PersonId>, Option<&Letter>),
    state: MailState,
) -> Result<(), Error> {
    let accepted = state == MailState::Accepted;
    if !state.is_final() {
        return Ok(());
    }
    match (letter, person) {
        (Some(Letter::PublicDigest(digest)), _) if accepted => {
            if let Some((reader, news)) = subscriber::find(tx, &digest.subscriber)?.zip(digest.news.as_ref()) {
                subscription::note_told(tx, reader.id, &news.seqs)?;
            }
        }
        (Some(Letter::PublicDigest(digest)), _) => {
            subscriber::go_back(tx, &digest.subscriber, (digest.after, digest.corrected_after))?;
        }
        // One that had failed was sent once more by hand: the next one does not repeat it.
        (Some(Letter::Digest(digest)), Some(person)) if accepted => {
            person_digest::catch_up(tx, person, digest)?;
        }
        (Some(Letter::Digest(digest)), Some(person)) => person_digest::go_back(tx, person, digest)?,
        _ => {}
    }
    Ok(())
}

/// The same of a mail that was handed over and has come back: its reader was not told after all.
pub(super) fn take_back(
    tx: &mut WriteTx<'_>,
    (person, letter): (Option<PersonId>, Option<&Letter>),
) -> Result<(), Error> {
    if let Some(Letter::PublicDigest(digest)) = letter
        && let Some((reader, news)) = subscriber::find(tx, &digest.subscriber)?.zip(digest.news.as_ref())
    {
        subscription::not_told(tx, reader.id, &news.seqs)?;
    }
    note(tx, (person, letter), MailState::PermanentFailure)
}

/// Draws what follows for mails that were suppressed while they waited: links go with them.
pub(super) fn suppressed(tx: &mut WriteTx<'_>, secret: &Secret, mails: Vec<Suppressed>) -> Result<(), Error> {
    for Suppressed { id, person, letter } in mails {
        note(tx, (person, letter.as_ref()), MailState::Suppressed)?;
        if let Some(letter) = letter.filter(holds_link) {
            put_link_away(tx, secret, id, letter)?;
        }
    }
    Ok(())
}
