//! Mail to the public: who is told of which changes, by ranges of their numbers, so that nothing is lost and nothing repeated
//! whatever runs late or twice. What many changes at once say waits until somebody has decided.

use std::collections::HashMap;
use std::sync::Arc;

use super::job::{self, Cycle};
use super::public_news::{Meant, before, held_corrections, meant_for, of_what_they_were_told};
use super::{Error, Service};
use crate::domain::calendar::Calendar;
use crate::domain::email::Email;
use crate::domain::id::{Seq, SubscriberId};
use crate::domain::mail::{Letter, PublicDigest};
use crate::domain::moment::{Day, Moment};
use crate::domain::subscription::MailingState;
use crate::store::hold::InForce;
use crate::store::ledger::lock_newest;
use crate::store::outbox::{self, NewMail};
use crate::store::reach::{self, Correction, Published};
use crate::store::subscriber::{self, Subscriber};
use crate::store::subscription::{self, Followed};
use crate::store::{ReadTx, WriteTx, mailing, person_digest, suppression};

/// The job's name in the table of runs.
pub const PUBLIC_DIGEST: &str = "public_digest";

/// What a run came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Told {
    /// Mails written.
    pub mails: usize,
    /// Whether somebody has to decide whether the public is mailed.
    pub asked: bool,
}

/// How many readers are written to in one transaction. Nobody publishes meanwhile, and on SQLite nobody writes.
const READERS: i64 = 250;

/// When a run is, and what makes the names of its mails.
struct Run {
    now: Moment,
    today: Day,
    seed: [u8; 16],
    calendar: Calendar,
    /// The run of the job; none where a mailing is let go between two of them.
    cycle: Option<Cycle>,
}

impl Run {
    /// Refuses to go on where another process has taken the run over.
    fn still_held(&self, tx: &mut WriteTx<'_>) -> Result<(), Error> {
        self.cycle.as_ref().map_or(Ok(()), |cycle| cycle.still_held(tx))
    }

    fn is_due(&self, one: &Subscriber) -> bool {
        one.cycle.is_due(one.told_on, self.today, &self.calendar)
    }
}

/// What a run tells of: up to one and the same change to all of its readers, whatever is published before it ends.
struct Round {
    newest: Seq,
    asked: bool,
    /// What comes after this one, for those whose mail is due.
    after: Seq,
    published: Vec<Published>,
    /// What comes after this one, for all of them.
    corrected_after: Seq,
    corrections: Vec<Correction>,
}

impl Service {
    /// Writes to everybody who follows the register and whose mail is due, if there is anything to tell them: to some hundred of them
    /// in one transaction, so that whoever publishes meanwhile does not wait for the last of them. A run that breaks off has told
    /// some; the next for the same day tells the others.
    ///
    /// # Errors
    /// When the database fails, or another process has taken the run over.
    pub async fn write_public_digests(&self, cycle: Cycle, calendar: Calendar) -> Result<Told, Error> {
        let (now, today, seed) = (cycle.now, cycle.today, cycle.seed());
        let run = Arc::new(Run { now, today, seed, calendar, cycle: Some(cycle) });
        let beginning = Arc::clone(&run);
        let round = self.writer.write_long_unseen(move |tx| begin(tx, &beginning)).await?;
        self.write_round(&run, round).await
    }

    /// Lets mailings go that were decided on and whose wait is over, and writes to those who waited for it. Answers what came
    /// of it; `None` when there was none. Whoever is not reached because it breaks off is told by the next day's run.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn release_mailings(
        &self,
        (now, today): (Moment, Day),
        seed: [u8; 16],
        calendar: Calendar,
    ) -> Result<Option<Told>, Error> {
        let run = Arc::new(Run { now, today, seed, calendar, cycle: None });
        let beginning = Arc::clone(&run);
        let round = self.writer.write_long_unseen(move |tx| {
            if mailing::release(tx, now)? == 0 {
                return Ok(None);
            }
            begin(tx, &beginning).map(Some)
        });
        match round.await? {
            Some(round) => Ok(Some(self.write_round(&run, round).await?)),
            None => Ok(None),
        }
    }

    async fn write_round(&self, run: &Arc<Run>, round: Round) -> Result<Told, Error> {
        let round = Arc::new(round);
        let mut told = Told { mails: 0, asked: round.asked };
        let mut next = Some(SubscriberId(0));
        while let Some(after) = next {
            let (run, round) = (Arc::clone(run), Arc::clone(&round));
            (told, next) = self.writer.write_long_unseen(move |tx| write_some(tx, &run, &round, after, told)).await?;
        }
        Ok(told)
    }
}

/// Fixes what the run tells of. Nothing is published meanwhile, so that no change falls between two ranges.
fn begin(tx: &mut WriteTx<'_>, run: &Run) -> Result<Round, Error> {
    run.still_held(tx)?;
    // Read before anybody has to wait for it.
    let mut readers: Vec<Subscriber> = subscriber::active(tx)?;
    let newest = lock_newest(tx)?;
    // Who has paused their mail is told later: what is decided now is decided for them too.
    let asked = consider(tx, run, newest, &readers)?;
    keep_reachable(tx, run, &mut readers)?;
    let after = readers.iter().filter(|one| run.is_due(one)).map(|one| one.told_upto).min().unwrap_or(newest);
    let corrected_after = readers.iter().map(|one| one.corrected_upto).min().unwrap_or(newest);
    Ok(Round {
        newest,
        asked,
        after,
        published: reach::between(tx, (after, newest))?,
        corrected_after,
        corrections: reach::corrections(tx, (corrected_after, newest))?,
    })
}

/// Leaves out who wants no mail now, and whoever has an address that may be dead: they are told once somebody has taken it off the
/// list.
fn keep_reachable(tx: &mut ReadTx<'_>, run: &Run, readers: &mut Vec<Subscriber>) -> Result<(), Error> {
    let dead = suppression::dead_of(tx, readers.iter().map(|one| one.email.clone()).collect())?;
    readers.retain(|one| !one.is_paused(run.today) && !dead.contains(&one.email));
    Ok(())
}

/// Writes what is due to some of the readers, and ends the run with the last of them. Answers how much was written by then, and after
/// whom it goes on. A reader's place moves on with the mail that moves it: done again, none is written twice.
fn write_some(
    tx: &mut WriteTx<'_>,
    run: &Run,
    round: &Round,
    after: SubscriberId,
    mut told: Told,
) -> Result<(Told, Option<SubscriberId>), Error> {
    run.still_held(tx)?;
    // Nothing is published meanwhile: nor does the place of any of them go back, for a mail that did not reach them.
    lock_newest(tx)?;
    let mut readers = subscriber::active_after(tx, after, READERS)?;
    let next = readers.last().map(|one| one.id).filter(|_| readers.len() as i64 >= READERS);
    keep_reachable(tx, run, &mut readers)?;
    let ids: Vec<_> = readers.iter().map(|one| one.id).collect();
    let follows = Followed::read(tx, &ids)?;
    let Round { published, corrections, .. } = round;
    let mailings = mailing::beyond(tx, round.after)?;
    let holds = InForce::read(tx)?;
    let held_right = held_corrections(tx, corrections, &holds)?;
    let by_staff: HashMap<Email, (Seq, Seq)> = person_digest::mailed_on(tx, run.today)?.into_iter().collect();
    for one in &readers {
        let is_due = run.is_due(one);
        // Since the run began their place has gone back, or their mail goes on again: what they lack was not read. Another tells them.
        if (is_due && one.told_upto < round.after) || one.corrected_upto < round.corrected_after {
            continue;
        }
        // Whoever began after that is further than the run.
        let newest = round.newest.max(one.told_upto);
        let corrected_upto = round.newest.max(one.corrected_upto);
        let new: Vec<Correction> =
            corrections.iter().filter(|correction| correction.by > one.corrected_upto).copied().collect();
        let (new, first_held) = of_what_they_were_told(tx, one, &new, &held_right)?;
        if let Some((from, upto)) = by_staff.get(&one.email).copied()
            && from <= one.told_upto.min(one.corrected_upto)
        {
            // One person, one mail: today's digest for those who work with the register told this address everything.
            let since = published.partition_point(|change| change.seq <= one.told_upto);
            let known = published.partition_point(|change| change.seq <= upto);
            let meant =
                meant_for(one, follows.by(one.id), published.get(since..known).unwrap_or_default(), &mailings, &holds);
            let put_right = new.iter().map(|correction| correction.by).filter(|by| *by <= upto);
            let seqs: Vec<Seq> = meant.may_go.into_iter().chain(put_right).collect();
            subscription::note_told(tx, one.id, &seqs)?;
            let on = is_due.then_some((upto.max(one.told_upto), run.today));
            subscriber::move_on(tx, one.id, on, upto.max(one.corrected_upto))?;
            continue;
        }
        let corrects = !new.is_empty();
        let (mut tells, mut moves_on, mut considered) = (false, false, false);
        if is_due {
            let new = published.partition_point(|change| change.seq <= one.told_upto);
            let Meant { mut may_go, waits, held } =
                meant_for(one, follows.by(one.id), &published[new..], &mailings, &holds);
            if held {
                // The range begins again where it began, until the hold ends; what was told meanwhile is not told again.
                let told = subscription::told_to(tx, one.id, &may_go)?;
                may_go.retain(|seq| !told.contains(seq));
            }
            // What waits for a decision is told together with the rest, in one mail.
            (tells, moves_on) = (!may_go.is_empty() && !waits, !waits && !held);
            // Where all of it is held, their day has passed all the same: the next is as long away as they chose.
            considered = !waits;
        }
        let upto = if moves_on { newest } else { one.told_upto };
        if corrects || tells {
            let upto = if tells { newest } else { upto };
            // One that is there already was taken back for its reader today: tomorrow's tells it.
            if !enqueue(tx, run, one, (upto, corrected_upto))? {
                continue;
            }
            told.mails += 1;
        }
        let corrected = first_held.map_or(corrected_upto, before);
        subscriber::move_on(tx, one.id, considered.then_some((upto, run.today)), corrected)?;
    }
    if let (None, Some(cycle)) = (next, &run.cycle) {
        cycle.finish(tx, &format!("{told:?}"))?;
    }
    Ok((told, next))
}

/// Makes the next range. Many changes at once, or a load, wait for a decision where they would reach anybody. Answers whether
/// they do.
fn consider(tx: &mut WriteTx<'_>, run: &Run, newest: Seq, readers: &[Subscriber]) -> Result<bool, Error> {
    let after = mailing::upto(tx)?;
    if after >= newest {
        return Ok(false);
    }
    let ids: Vec<_> = readers.iter().map(|one| one.id).collect();
    let follows = Followed::read(tx, &ids)?;
    let published = reach::between(tx, (after, newest))?;
    let reaching = mailing::reaching(readers, &follows, &published);
    let many = mailing::is_asked_about(&reaching);
    let state = if many { MailingState::Asked } else { MailingState::Plain };
    let reference = job::named(run.seed, &format!("mailing:{newest}"));
    let changes = i64::try_from(reaching.len()).unwrap_or(i64::MAX);
    mailing::insert(tx, &reference, (after, newest), changes, state, run.now)?;
    Ok(many)
}

/// Queues one mail with everything in it. Its words are read when it is tried.
fn enqueue(tx: &mut WriteTx<'_>, run: &Run, one: &Subscriber, (upto, newest): (Seq, Seq)) -> Result<bool, Error> {
    let (after, corrected) = (one.told_upto, one.corrected_upto);
    // The range is the period: a mail that went back for its reader begins where another one did, at another moment.
    let key = format!("{}:{PUBLIC_DIGEST}:{after}-{upto}:{corrected}-{newest}:{}", one.reference, run.today);
    let letter = Letter::PublicDigest(PublicDigest {
        subscriber: one.reference.clone(),
        after,
        upto,
        corrected_after: corrected,
        corrected_upto: newest,
        to: run.today,
        news: None,
    });
    let mail = NewMail {
        reference: &job::named(run.seed, &key),
        dedupe_key: Some(&key),
        person: None,
        email: &one.email,
        letter: &letter,
        not_before: run.now,
        now: run.now,
    };
    Ok(outbox::enqueue(tx, &mail)?)
}
