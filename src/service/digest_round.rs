//! To whom the digest goes, and when: each of those who work with the register as often as they chose, by ranges of changes, so
//! that nothing is lost and nothing repeated whatever runs late or twice; and one mail of this kind a day to one address.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use super::digest::{Window, put_together};
use super::job::Cycle;
use super::public_digest::PUBLIC_DIGEST;
use super::{Error, Service};
use crate::domain::calendar::Calendar;
use crate::domain::email::Email;
use crate::domain::id::{PersonId, Seq};
use crate::domain::mail::{Digest, Letter, Section};
use crate::domain::moment::{Day, Moment};
use crate::domain::person::Reach;
use crate::domain::staff_digest::DigestCycle;
use crate::store::ledger::newest;
use crate::store::outbox::{self, NewMail};
use crate::store::person_digest::{self, Kept};
use crate::store::recipient::{self, Recipient};
use crate::store::subscriber::{self, Subscriber};
use crate::store::{ReadTx, WriteTx, job, session, suppression};

/// The job's name in the table of runs.
pub const DIGEST: &str = "digest";
/// Mail that failed is told of for so long to whoever has a digest a week, and to whoever is new.
const WEEK_SECONDS: i64 = 7 * 24 * 3600;
/// How much is kept of the hash of one part of a digest.
const HASH_BYTES: usize = 8;

/// Where a run ended, kept with it: whoever is new begins there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
struct Ended {
    /// The last change that it told of.
    upto: Seq,
    /// The day on which it was made.
    on: Day,
    /// How many people it went to.
    mails: usize,
}

impl Service {
    /// Writes a digest to everybody whose is due, if there is anything to tell them. Answers how many mails.
    ///
    /// # Errors
    /// When the database fails, or another process has taken the run over.
    pub async fn write_digests(&self, cycle: Cycle, calendar: Calendar) -> Result<usize, Error> {
        self.writer
            .write_long_unseen(move |tx| {
                let upto = newest(tx)?;
                let mails = send(tx, &cycle, &calendar, upto)?;
                let ended = Ended { upto, on: cycle.today, mails };
                cycle.finish(tx, &serde_json::to_string(&ended).unwrap_or_default())?;
                Ok(mails)
            })
            .await
    }
}

/// Where somebody begins of whom nothing is kept yet: where the last run ended, so that they are told of what was published
/// since; and where they follow the register with the same address, no later than where that mail ended.
pub(super) fn begin(tx: &mut WriteTx<'_>, who: &Recipient) -> Result<Kept, Error> {
    let last = job::last_summary(tx, DIGEST)?;
    let at = last.as_ref().map(|(at, _)| *at);
    let ended: Option<Ended> = last.and_then(|(_, summary)| serde_json::from_str(&summary).ok());
    let upto = told_to_follower(tx, &who.email, ended.map_or(Seq(0), |ended| ended.upto))?;
    Ok(person_digest::begin(tx, who.person, (upto, at))?)
}

/// This change, or an earlier one up to which somebody with this address has been told as one who follows: what comes after is
/// told by one mail.
pub(super) fn told_to_follower(tx: &mut ReadTx<'_>, email: &Email, upto: Seq) -> Result<Seq, Error> {
    let follows = subscriber::find_by_email(tx, email)?.filter(Subscriber::is_active);
    Ok(follows.map_or(upto, |one| upto.min(one.told_upto).min(one.corrected_upto)))
}

/// To everybody whose digest is due and for whom there is anything in it.
fn send(tx: &mut WriteTx<'_>, cycle: &Cycle, calendar: &Calendar, upto: Seq) -> Result<usize, Error> {
    let mut kept: HashMap<PersonId, Kept> =
        person_digest::all(tx)?.into_iter().map(|kept| (kept.person, kept)).collect();
    let mut made = Made::default();
    let mut mails = 0;
    let readers = recipient::staff(tx)?;
    let dead = suppression::dead_of(tx, readers.iter().map(|one| one.email.clone()).collect())?;
    for reader in readers {
        let kept = match kept.remove(&reader.person) {
            Some(kept) => kept,
            None => begin(tx, &reader)?,
        };
        if dead.contains(&reader.email) {
            // They are told of all of it once their address works again.
            continue;
        }
        let chosen = kept.cycle.unwrap_or_else(|| DigestCycle::usual(reader.role));
        let told_on = kept.told_at.map(|at| calendar.day(at));
        if !chosen.is_due(told_on, cycle.today, calendar) {
            continue;
        }
        // Whoever was mailed as somebody who follows, early this morning, gets this one on the next working day.
        let mailed = outbox::last_to(tx, &reader.email, PUBLIC_DIGEST)?;
        if mailed.is_some_and(|at| calendar.day(at) == cycle.today) {
            continue;
        }
        let range = Window {
            after: kept.told_upto.min(upto),
            upto,
            since: failed_since(chosen, kept.failed_upto, cycle.now),
            from: told_on,
            now: cycle.now,
            today: cycle.today,
        };
        // What waits in inquiries that somebody's role does not reach is no work of theirs.
        let reach = session::reach(tx, reader.person, reader.role)?;
        let mut digest = made.digest(tx, &range, reach)?;
        digest.cycle = chosen;
        digest.sections.retain(|section| section.count() > 0 && section.matter.is_for(reader.role));
        let said = hashes(&digest.sections);
        // What waits is said every week. Every day it is said where some part of it is not what the last one said.
        let is_news = chosen != DigestCycle::Daily || says_more(&said, kept.said.as_deref());
        let mut mailed = None;
        if !digest.sections.is_empty() && is_news && enqueue(tx, cycle, &reader, digest)? {
            mails += 1;
            mailed = Some((cycle.today, said.as_str()));
        }
        person_digest::move_on(tx, reader.person, (upto, cycle.now), mailed)?;
    }
    Ok(mails)
}

/// Since when mail that failed is told to whoever was told of it up to a moment. A mail may fail in the very second of a digest: one
/// told twice is better than one told never.
fn failed_since(chosen: DigestCycle, told: Option<Moment>, now: Moment) -> Option<Moment> {
    let a_week_ago = now.plus_seconds(-WEEK_SECONDS);
    told.map(|at| if chosen == DigestCycle::Daily && at <= now { at } else { at.min(a_week_ago) })
}

fn enqueue(tx: &mut WriteTx<'_>, cycle: &Cycle, reader: &Recipient, digest: Digest) -> Result<bool, Error> {
    let key = format!("{}:{DIGEST}:{}", reader.reference, cycle.period());
    let mail = NewMail {
        reference: &cycle.reference(&key),
        dedupe_key: Some(&key),
        person: Some(reader.person),
        email: &reader.email,
        letter: &Letter::Digest(digest),
        not_before: cycle.now,
        now: cycle.now,
    };
    Ok(outbox::enqueue(tx, &mail)?)
}

/// What a digest says, as something short to compare: a hash of each of its parts.
fn hashes(sections: &[Section]) -> String {
    let hash = |section: &Section| -> String {
        let said = serde_json::to_string(section).unwrap_or_default();
        Sha256::digest(said).iter().take(HASH_BYTES).map(|byte| format!("{byte:02x}")).collect()
    };
    sections.iter().map(hash).collect::<Vec<_>>().join(" ")
}

/// Whether a digest has a part that the last one did not have, or not with these words.
fn says_more(said: &str, before: Option<&str>) -> bool {
    let before: Vec<&str> = before.unwrap_or_default().split(' ').collect();
    said.split(' ').any(|part| !before.contains(&part))
}

/// Digests that were put together already: most people are told of the same range, and reach as far.
#[derive(Default)]
struct Made(Vec<(Window, Reach, Digest)>);

impl Made {
    fn digest(&mut self, tx: &mut ReadTx<'_>, range: &Window, reach: Reach) -> Result<Digest, Error> {
        if let Some((.., digest)) = self.0.iter().find(|(of, to, _)| of == range && *to == reach) {
            return Ok(digest.clone());
        }
        let digest = put_together(tx, range, reach)?;
        self.0.push((*range, reach, digest.clone()));
        Ok(digest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::mail::{Line, Matter};

    #[test]
    fn a_digest_says_more_only_with_a_part_that_the_last_one_did_not_have() {
        let part = |matter, text: &str| {
            let line = Line { text: text.to_owned(), link: "/staff".to_owned() };
            Section { matter, lines: vec![line], more: 0, link: None }
        };
        let (changed, due) = (part(Matter::Changed, "Change 2"), part(Matter::Due, "Due on Monday"));
        let both = hashes(&[changed.clone(), due.clone()]);
        assert!(says_more(&both, None) && !says_more(&both, Some(&both)));
        assert!(!says_more(&hashes(std::slice::from_ref(&due)), Some(&both)), "the same without what was published");
        assert!(says_more(&both, Some(&hashes(std::slice::from_ref(&due)))));
        let other = hashes(&[changed, part(Matter::Due, "Due on Tuesday")]);
        assert!(says_more(&other, Some(&both)));
    }
}
