//! What is done with mails on their way out: the postman's deeds, and what staff may ask for.

use super::gathered::refresh;
use super::kept_mail::put_link_away;
use super::public_news::prepare;
use super::{Act, Done, Error, Service, told};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::id::OutboxId;
use crate::domain::mail::Letter;
use crate::domain::moment::{Day, Moment};
use crate::domain::outbox::{MailState, holds_link, is_secret, is_still_for, next_try, useless_from};
use crate::domain::problem::Problems;
use crate::domain::refusal::{OfAddress, Refusal};
use crate::domain::secret::Secret;
use crate::domain::words;
use crate::store::asking::{self, How};
use crate::store::outbox::{self, Leased, Tried};
use crate::store::recipient::{self, Work};
use crate::store::{WriteTx, by_link, chase, suppression, to_top};

/// How many mails are taken at once.
const BATCH: i64 = 32;
/// How long a postman may hold a mail. Longer than a batch takes on a server that answers nothing, so that a postman that
/// lives is never overtaken.
const LEASE_SECONDS: i64 = 15 * 60;

/// What stands beside a mail whose link works no more.
const LINK_DEAD: &str = "Not sent: the link in it no longer works.";

/// A round of the postman.
#[derive(Debug, Clone)]
pub struct Round {
    /// A random name that nobody else has.
    pub lease: String,
    /// When it begins.
    pub now: Moment,
    /// The day that it is in the register's zone.
    pub today: Day,
    /// Whether scheduled mail has to wait, because it is night or nobody works today.
    pub quiet: bool,
}

/// What the postman found when it tried a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Try {
    /// It was taken.
    Accepted,
    /// Not now.
    NotNow,
    /// Never; and what a server refused, where it was one.
    Never(Option<Refusal>),
}

impl Try {
    /// What it says of the address that the mail was for.
    #[must_use]
    pub const fn of_address(self) -> OfAddress {
        match self {
            Self::Never(Some(refusal)) => refusal.of_address(),
            Self::Accepted | Self::NotNow | Self::Never(None) => OfAddress::Nothing,
        }
    }
}

/// A mail as it was composed, to be kept before it is tried.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The mail.
    pub id: OutboxId,
    /// Its subject.
    pub subject: String,
    /// Its bytes.
    pub message: Vec<u8>,
}

impl Service {
    /// Takes the mails whose time has come. Those that must not go any more (their link has ended, their reader's account
    /// is disabled, their address is dead, their words are gone) are settled at once and not handed out. Answers the others,
    /// and how many were settled.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_mail(&self, round: &Round) -> Result<(Vec<Leased>, usize), Error> {
        let Round { lease, now, today, quiet } = round.clone();
        let secret = self.secret.clone();
        self.writer
            .write_unseen(move |tx| {
                let until = now.plus_seconds(LEASE_SECONDS);
                let taken = outbox::lease_due(tx, &lease, now, until, quiet, BATCH)?;
                let people = taken.iter().filter_map(|mail| mail.person).collect();
                let work = recipient::work_of(tx, taken.iter().filter_map(|mail| mail.person).collect())?;
                let disabled = recipient::disabled(tx, people)?;
                let keys: Vec<String> = taken.iter().map(|mail| suppression::key(&secret, &mail.email)).collect();
                let dead = suppression::dead_among(tx, &keys)?;
                let (mut good, mut settled) = (Vec::with_capacity(taken.len()), 0);
                for (mut mail, key) in taken.into_iter().zip(keys) {
                    let barred = mail.person.is_some_and(|person| disabled.contains(&person));
                    let work = mail.person.and_then(|person| work.get(&person).copied());
                    let mut reason = reason_not_to_send(&mail, (barred, dead.contains(&key)), work, now);
                    if reason.is_none() && outbox::has_dead_link(tx, mail.letter.as_ref(), now)? {
                        reason = Some((MailState::Cancelled, LINK_DEAD));
                    }
                    if reason.is_none() {
                        reason = refresh(tx, &mut mail, today)?;
                    }
                    if reason.is_none() {
                        reason = prepare(tx, &secret, &mut mail, today)?;
                    }
                    match reason {
                        None => good.push(mail),
                        Some((state, answer)) => {
                            let tried = Tried { state, next: None, answer, of_address: OfAddress::Nothing, now };
                            let closed = close(tx, &secret, &mail, &lease, &tried)?;
                            // Where nothing is left to tell, or its reader stopped or paused their mail, that is seen to.
                            if closed && state != MailState::Cancelled {
                                told::note(tx, (mail.person, mail.letter.as_ref()), state)?;
                            }
                            settled += 1;
                        }
                    }
                }
                Ok((good, settled))
            })
            .await
    }

    /// Keeps what was composed, before the first try: a second try then sends the same bytes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_mail(&self, lease: &str, kept: Vec<Kept>) -> Result<(), Error> {
        let lease = lease.to_owned();
        self.writer
            .write_unseen(move |tx| {
                for mail in kept {
                    outbox::keep_message(tx, mail.id, &lease, &mail.subject, &mail.message)?;
                }
                Ok(())
            })
            .await
    }

    /// Notes what became of a try, and decides whether and when there is another. Answers where the mail stands; `None`
    /// when another postman has it by now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mark_mail(
        &self,
        lease: &str,
        mail: Leased,
        (tried, answer): (Try, String),
        now: Moment,
        chance: u8,
    ) -> Result<Option<MailState>, Error> {
        let (lease, secret) = (lease.to_owned(), self.secret.clone());
        self.writer
            .write_unseen(move |tx| {
                let next = match tried {
                    Try::NotNow => {
                        let first = outbox::first_of_last(tx, mail.id, mail.attempts, now)?.unwrap_or(now);
                        next_try(mail.attempts + 1, first, now, chance)
                    }
                    Try::Accepted | Try::Never(_) => None,
                };
                let state = match tried {
                    Try::Accepted => MailState::Accepted,
                    Try::NotNow if next.is_some() => MailState::TemporaryFailure,
                    Try::NotNow | Try::Never(_) => MailState::PermanentFailure,
                };
                // What becomes of an address whose mail was refused is judged once the round is over.
                let of_address = tried.of_address();
                let marked =
                    close(tx, &secret, &mail, &lease, &Tried { state, next, answer: &answer, of_address, now })?;
                if marked {
                    told::note(tx, (mail.person, mail.letter.as_ref()), state)?;
                }
                Ok(marked.then_some(state))
            })
            .await
    }

    /// Gives back what a round still holds: on the way out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn release_mail(&self, lease: &str) -> Result<usize, Error> {
        let lease = lease.to_owned();
        self.writer.write_unseen(move |tx| Ok(outbox::release(tx, &lease)?)).await
    }

    /// Has a mail that failed tried again now.
    ///
    /// # Errors
    /// When the person may not, there is no such mail, it cannot be sent any more, or it has moved on meanwhile.
    pub async fn retry_mail(&self, act: Act, reference: String) -> Result<Done, Error> {
        let secret = self.secret.clone();
        self.once(act, move |tx, act| {
            may(act.actor, Deed::ManageMail, About::default())?;
            let mail = outbox::find(tx, &reference)?;
            if !mail.state.may_be_retried() {
                return Err(Error::Stale);
            }
            match &mail.letter {
                None => return Err(refused("The words of this mail have been removed, so it cannot be sent again.")),
                Some(letter) if is_secret(letter) && mail.state.is_final() => {
                    return Err(refused("The one-time link in this mail has been removed. Send a new one instead."));
                }
                Some(_) => {}
            }
            if outbox::has_dead_link(tx, mail.letter.as_ref(), act.now)? {
                return Err(refused(words::MAIL_WITH_DEAD_LINK));
            }
            if suppression::is_there(tx, &suppression::key(&secret, &mail.email))? {
                return Err(refused(words::TAKE_OFF_FIRST));
            }
            settle(tx, mail.id, (mail.state, MailState::Queued), act.now)?;
            Ok(Done::at(address::staff_mail(&reference)))
        })
        .await
    }

    /// Takes a mail back that has not gone.
    ///
    /// # Errors
    /// When the person may not, there is no such mail, or it has moved on meanwhile.
    pub async fn cancel_mail(&self, act: Act, reference: String) -> Result<Done, Error> {
        let secret = self.secret.clone();
        self.once(act, move |tx, act| {
            may(act.actor, Deed::ManageMail, About::default())?;
            let mail = outbox::find(tx, &reference)?;
            if !mail.state.may_be_cancelled() {
                return Err(Error::Stale);
            }
            settle(tx, mail.id, (mail.state, MailState::Cancelled), act.now)?;
            told::note(tx, (mail.person, mail.letter.as_ref()), MailState::Cancelled)?;
            if let Some(letter) = mail.letter.filter(holds_link) {
                put_link_away(tx, &secret, mail.id, letter)?;
            }
            Ok(Done::at(address::staff_mail(&reference)))
        })
        .await
    }
}

fn reason_not_to_send(
    mail: &Leased,
    (barred, is_dead): (bool, bool),
    work: Option<Work>,
    now: Moment,
) -> Option<(MailState, &'static str)> {
    let Some(letter) = &mail.letter else {
        return Some((MailState::PermanentFailure, "Not sent: its words could not be read."));
    };
    if useless_from(letter).is_some_and(|end| end <= now) {
        return Some((MailState::Cancelled, LINK_DEAD));
    }
    if barred {
        return Some((MailState::Suppressed, "Not sent: the account of its reader is disabled."));
    }
    if work.is_some_and(|(role, body)| !is_still_for(letter, role, body)) {
        return Some((MailState::Suppressed, words::MAIL_OF_ANOTHER_ROLE));
    }
    is_dead.then_some((MailState::Suppressed, words::MAIL_TO_DEAD_ADDRESS))
}

/// Marks a try; a one-time link goes with the last one.
fn close(tx: &mut WriteTx<'_>, secret: &Secret, mail: &Leased, lease: &str, tried: &Tried<'_>) -> Result<bool, Error> {
    let marked = outbox::finish(tx, mail.id, lease, tried)?;
    if marked && tried.state == MailState::Accepted {
        // Only a reminder that was handed over has asked anybody anything.
        for (on, items) in chase::reminded_by(tx, mail.id)? {
            asking::note(tx, &items, (on, on), How::Reminded)?;
        }
        if let (Some(Letter::Reminder(_)), Some(person)) = (&mail.letter, mail.person) {
            by_link::replace_older(tx, person, mail.id, tried.now)?;
        }
        if let Some(Letter::TopAsked(_)) = &mail.letter
            && let Some((on, items)) = to_top::asked_by(tx, &mail.reference)?
        {
            asking::note(tx, &items, (on, on), How::ByHand)?;
        }
    }
    if let Some(letter) = mail.letter.clone().filter(|letter| marked && tried.state.is_final() && holds_link(letter)) {
        put_link_away(tx, secret, mail.id, letter)?;
    }
    Ok(marked)
}

/// The one place where a person's hand moves a mail: only as the table of its states allows.
fn settle(tx: &mut WriteTx<'_>, id: OutboxId, (from, to): (MailState, MailState), now: Moment) -> Result<(), Error> {
    let moved = from.may_become(to) && outbox::settle(tx, id, (from, to), now, now)?;
    if moved { Ok(()) } else { Err(Error::Stale) }
}

fn refused(sentence: &str) -> Error {
    Error::Problems(Problems::one("mail", sentence))
}
