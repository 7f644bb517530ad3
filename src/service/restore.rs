//! What is done with a restored copy before anybody may see it: what was removed since it was taken is removed again,
//! nobody is signed in by it, and none of its mail goes by itself.

use super::redaction::{TABLES, remove_everywhere};
use super::{Error, removals, told};
use crate::domain::change::{ChangeKind, Subject};
use crate::domain::moment::{Day, Moment};
use crate::domain::outbox::MailState;
use crate::domain::redaction::{Removal, joined};
use crate::domain::words;
use crate::store::ledger::{self, NewChange, open_change};
use crate::store::redaction;
use crate::store::{Alone, WriteTx, job, outbox, passing, setting};

pub use removals::{ListError, keep as keep_list, read as read_list};

/// What became of the copy.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settled {
    /// Records whose words were removed again: they were still in the copy.
    pub again: Vec<Removal>,
    /// Records whose words the copy says were removed: each was looked at.
    pub before: usize,
    /// How many of those had words all the same, which were removed.
    pub put_back: usize,
    /// Entries of the list whose record is not in the copy: it was published later, or elsewhere.
    pub elsewhere: usize,
    /// Everything that is on the list, or was removed by now.
    pub list: Vec<Removal>,
    /// Sessions that were ended.
    pub sessions: usize,
    /// One-time links that were ended.
    pub links: usize,
    /// Mails held back until a person asks for them.
    pub held_back: u64,
    /// Mails cancelled.
    pub cancelled: u64,
}

/// Settles the copy in one transaction, then overwrites what removed words have left behind.
///
/// # Errors
/// When the database fails: then nothing may be done with the copy.
pub fn settle(copy: &mut Alone, list: Vec<Removal>, now: Moment, day: Day) -> Result<Settled, Error> {
    let settled = copy.write_now(|tx| settle_in(tx, list, now, day))?;
    if !settled.again.is_empty() || settled.put_back > 0 {
        let done = copy.scrub(TABLES)?;
        // Else the nightly job tries again.
        if let Some(left) = copy.read_now(setting::traces)?.filter(|_| done) {
            copy.write_now(|tx| setting::no_traces(tx, left))?;
        }
    }
    Ok(settled)
}

fn settle_in(tx: &mut WriteTx<'_>, list: Vec<Removal>, now: Moment, day: Day) -> Result<Settled, Error> {
    let (before, put_back) = removed_before(tx, now)?;
    let mut settled = Settled { before, put_back, ..Settled::default() };
    let mut gone: Vec<(Subject, i64)> = Vec::new();
    for removal in &list {
        match standing(tx, removal)? {
            Standing::Elsewhere => settled.elsewhere += 1,
            // It says the same as one before it on the list, and went together with that one.
            Standing::Removed if gone.contains(&(removal.subject, removal.row)) => settled.again.push(removal.clone()),
            Standing::Removed => {}
            Standing::Said => {
                let rows = remove_again(tx, removal, now, day)?;
                gone.extend(rows.into_iter().map(|row| (removal.subject, row)));
                settled.again.push(removal.clone());
            }
        }
    }
    settled.list = joined(list, redaction::removals(tx)?);
    settled.sessions = passing::end_all_sessions(tx)?;
    settled.links = passing::end_all_tokens(tx, now)?;
    job::release_all(tx)?;
    // Mail that was written before the words were removed may repeat them.
    let forget = !settled.again.is_empty() || put_back > 0;
    for (state, mail) in outbox::hold_back(tx, forget, now, (words::MAIL_HELD_BACK, words::MAIL_NOT_IN_COPY))? {
        // What it was to tell is told by its reader's next mail. What had gone after the copy was taken is told once more.
        told::note(tx, (mail.person, mail.letter.as_ref()), state)?;
        let counted = if state == MailState::Cancelled { &mut settled.cancelled } else { &mut settled.held_back };
        *counted += 1;
    }
    Ok(settled)
}

/// Removes once more what the copy itself says was removed: nothing is found, unless somebody put it back.
fn removed_before(tx: &mut WriteTx<'_>, now: Moment) -> Result<(usize, usize), Error> {
    let removed = redaction::removed(tx)?;
    let mut put_back = 0;
    for (subject, row, _, by) in &removed {
        if !ledger::words_of(tx, *subject, *row)?.is_empty() {
            let rows = remove_everywhere(tx, *subject, *row, *by, now)?;
            redaction::settle(tx, *subject, &rows, None, now)?;
            put_back += 1;
        }
    }
    Ok((removed.len(), put_back))
}

/// How the record of a removal stands in the copy.
enum Standing {
    /// It is not there.
    Elsewhere,
    /// Its words are gone already.
    Removed,
    /// Its words are there.
    Said,
}

fn standing(tx: &mut WriteTx<'_>, removal: &Removal) -> Result<Standing, Error> {
    let published = match ledger::seq_of(tx, removal.subject, removal.row) {
        Ok((published, _)) => published,
        Err(crate::store::Error::NotFound) => return Ok(Standing::Elsewhere),
        Err(fault) => return Err(fault.into()),
    };
    if published != removal.published || redaction::published_at(tx, published)? != removal.published_at {
        return Ok(Standing::Elsewhere);
    }
    Ok(if ledger::is_removed(tx, removal.subject, removal.row)? { Standing::Removed } else { Standing::Said })
}

/// Answers the rows that went.
fn remove_again(tx: &mut WriteTx<'_>, removal: &Removal, now: Moment, day: Day) -> Result<Vec<i64>, Error> {
    let Removal { subject, row, .. } = *removal;
    let about = ledger::about(tx, subject, row)?;
    let change = NewChange {
        body_id: about.body,
        inquiry_id: about.inquiry,
        recommendation_id: about.recommendation,
        addressee_id: about.addressee,
        reason: Some(words::removed_again(removal.removed_on)),
        ..NewChange::of(ChangeKind::Redacted, now, day)
    };
    let seq = open_change(tx, &change)?;
    ledger::insert_taken_out(tx, seq, (subject, row), removal.published)?;
    let rows = remove_everywhere(tx, subject, row, seq, now)?;
    redaction::insert_again(tx, removal, seq)?;
    // A proposal to remove them has nothing left to decide.
    redaction::settle(tx, subject, &rows, None, now)?;
    Ok(rows)
}
