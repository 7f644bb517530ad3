//! The postman: takes the mails whose time has come, composes each once, hands it over, and notes what became of it.

use std::fmt;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

use super::Jobs;
use crate::domain::moment::Moment;
use crate::domain::outbox::MailState;
use crate::domain::words;
use crate::mail::compose::{Cover, compose};
use crate::mail::send::{Outcome, Parcel};
use crate::service;
use crate::service::outbox::{Kept, Round, Try};
use crate::store;
use crate::store::outbox::{self, Leased};

/// How long mails that are under way may take once the end was asked for. What is cut off then is sent again later, with
/// the same Message-ID.
const PATIENCE: Duration = Duration::from_secs(20);

/// How many mails are handed over at the same time.
const AT_ONCE: usize = 8;

/// What a round, or several, came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Handed {
    /// Mails that were taken.
    pub accepted: usize,
    /// Mails that failed and will be tried again.
    pub for_now: usize,
    /// Mails that failed for good.
    pub for_good: usize,
    /// Mails that must not go any more.
    pub not_sent: usize,
}

impl Handed {
    /// Whether any mail failed.
    #[must_use]
    pub const fn any_failed(self) -> bool {
        self.for_now + self.for_good > 0
    }

    const fn any(self) -> bool {
        self.accepted + self.for_now + self.for_good + self.not_sent > 0
    }

    const fn count(&mut self, state: MailState) {
        match state {
            MailState::Accepted => self.accepted += 1,
            MailState::TemporaryFailure => self.for_now += 1,
            MailState::PermanentFailure => self.for_good += 1,
            _ => self.not_sent += 1,
        }
    }

    const fn add(&mut self, other: Self) {
        self.accepted += other.accepted;
        self.for_now += other.for_now;
        self.for_good += other.for_good;
        self.not_sent += other.not_sent;
    }
}

impl fmt::Display for Handed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [accepted, for_now, for_good, not_sent] =
            [self.accepted, self.for_now, self.for_good, self.not_sent].map(|number| words::number(number as u64));
        write!(out, "{accepted} accepted, {for_now} failed for now, {for_good} failed for good, {not_sent} not sent")
    }
}

/// What a round is coming to.
#[derive(Default)]
struct Coming {
    handed: Handed,
    /// Whether any mail's recipient was refused: what that means is seen when all are back.
    any_refused: bool,
}

/// A mail with its bytes.
struct Ready {
    mail: Leased,
    message: Vec<u8>,
}

impl Jobs {
    /// Hands over every mail whose time has come, until none is left or the end is asked for.
    ///
    /// # Errors
    /// When the database fails. What was handed over by then has been noted.
    pub async fn hand_over(&self, stop: &watch::Receiver<bool>) -> Result<Handed, service::Error> {
        let mut handed = Handed::default();
        while !*stop.borrow() {
            let round = self.round(stop).await?;
            self.count_mails(round);
            self.count_postman(self.clock.now());
            if !round.any() {
                break;
            }
            handed.add(round);
        }
        Ok(handed)
    }

    async fn round(&self, stop: &watch::Receiver<bool>) -> Result<Handed, service::Error> {
        let now = self.clock.now();
        let calendar = self.calendar().await?;
        let (quiet, today) = (!calendar.mail_may_go(now), calendar.day(now));
        let looked = self.reader.read(move |tx| {
            Ok::<_, store::Error>((outbox::is_any_due(tx, now, quiet)?, outbox::is_any_left_to_judge(tx, now)?))
        });
        let (is_any_due, is_any_left) = looked.await?;
        if !is_any_due {
            // An earlier round may have failed, or ended, before it judged what it found.
            if is_any_left {
                self.judge(None).await?;
            }
            return Ok(Handed::default());
        }
        let lease: String = self.chance.bytes::<16>().iter().map(|byte| format!("{byte:02x}")).collect();
        let (taken, settled) = self.service.take_mail(&Round { lease: lease.clone(), now, today, quiet }).await?;
        let mut coming = Coming::default();
        coming.handed.not_sent = settled;
        let ready = self.compose_all(&lease, taken, &mut coming).await?;
        let sent = tokio::select! {
            sent = self.send_all(&lease, ready, stop, &mut coming) => sent,
            () = out_of_patience(stop.clone()) => Ok(()),
        };
        let Coming { handed, any_refused } = coming;
        // Also where something failed midway: these belong together.
        let judged = if any_refused || is_any_left { self.judge(Some(&lease)).await } else { Ok(()) };
        sent?;
        if *stop.borrow() {
            self.service.release_mail(&lease).await?;
        }
        judged?;
        Ok(handed)
    }

    async fn judge(&self, round: Option<&str>) -> Result<(), service::Error> {
        if self.service.judge_refusals(round, self.clock.now()).await? {
            tracing::warn!("the mail server refused many addresses alike: none was taken for dead");
        }
        Ok(())
    }

    /// The bytes of each mail: those kept at its first try, or new ones, which are kept before anything is sent.
    async fn compose_all(
        &self,
        lease: &str,
        taken: Vec<Leased>,
        coming: &mut Coming,
    ) -> Result<Vec<Ready>, service::Error> {
        let (mut ready, mut kept) = (Vec::with_capacity(taken.len()), Vec::new());
        for mut mail in taken {
            if let Some(message) = mail.message.take() {
                ready.push(Ready { mail, message });
                continue;
            }
            let cover = Cover { to: &mail.email, reference: &mail.reference, at: mail.created_at };
            // A mail without a letter is never handed out.
            match mail.letter.as_ref().map(|letter| compose(letter, &cover, &self.sender)) {
                Some(Ok(composed)) => {
                    kept.push(Kept { id: mail.id, subject: composed.subject, message: composed.bytes.clone() });
                    ready.push(Ready { mail, message: composed.bytes });
                }
                Some(Err(fault)) => self.mark(lease, mail, Try::Never(None), fault.to_string(), coming).await?,
                None => {}
            }
        }
        if !kept.is_empty() {
            self.service.keep_mail(lease, kept).await?;
        }
        Ok(ready)
    }

    async fn send_all(
        &self,
        lease: &str,
        ready: Vec<Ready>,
        stop: &watch::Receiver<bool>,
        coming: &mut Coming,
    ) -> Result<(), service::Error> {
        let mut under_way = JoinSet::new();
        for Ready { mail, message } in ready {
            while under_way.len() >= AT_ONCE {
                self.note_next(lease, &mut under_way, coming).await?;
            }
            if *stop.borrow() {
                break;
            }
            let (transport, from) = (self.transport.clone(), self.sender.address.clone());
            under_way.spawn(async move {
                let parcel = Parcel {
                    reference: &mail.reference,
                    at: mail.created_at,
                    from: &from,
                    to: &mail.email,
                    bytes: &message,
                };
                let outcome = transport.send(&parcel).await;
                (mail, outcome)
            });
        }
        while !under_way.is_empty() {
            self.note_next(lease, &mut under_way, coming).await?;
        }
        Ok(())
    }

    async fn note_next(
        &self,
        lease: &str,
        under_way: &mut JoinSet<(Leased, Outcome)>,
        coming: &mut Coming,
    ) -> Result<(), service::Error> {
        let (tried, answer, mail) = match under_way.join_next().await {
            Some(Ok((mail, Outcome::Accepted { answer }))) => (Try::Accepted, answer, mail),
            Some(Ok((mail, Outcome::Temporary { reason }))) => (Try::NotNow, reason, mail),
            Some(Ok((mail, Outcome::Permanent { reason, refusal }))) => (Try::Never(refusal), reason, mail),
            // Its lease ends by itself, and another round takes it.
            Some(Err(fault)) => {
                tracing::error!(source = %fault, "a mail's try was cut off");
                return Ok(());
            }
            None => return Ok(()),
        };
        self.mark(lease, mail, tried, answer, coming).await
    }

    async fn mark(
        &self,
        lease: &str,
        mail: Leased,
        tried: Try,
        answer: String,
        coming: &mut Coming,
    ) -> Result<(), service::Error> {
        let (reference, kind) = (mail.reference.clone(), mail.letter.as_ref().map_or("", |letter| letter.kind()));
        let [chance] = self.chance.bytes::<1>();
        let now: Moment = self.clock.now();
        let is_refused = tried.of_address().is_judged();
        // What the server said may name the recipient: it stands on the staff page, not in the log.
        match self.service.mark_mail(lease, mail, (tried, answer), now, chance).await? {
            Some(state) => {
                coming.handed.count(state);
                coming.any_refused |= is_refused;
                if state == MailState::Accepted {
                    tracing::info!(%reference, kind, "a mail was accepted");
                } else {
                    tracing::warn!(%reference, kind, %state, "a mail failed");
                }
            }
            None => tracing::warn!(%reference, kind, "a mail was taken over by another postman before it was marked"),
        }
        Ok(())
    }
}

/// Returns some time after the end was asked for; never without that.
async fn out_of_patience(mut stop: watch::Receiver<bool>) {
    if stop.wait_for(|stop| *stop).await.is_err() {
        std::future::pending::<()>().await;
    }
    tokio::time::sleep(PATIENCE).await;
}
