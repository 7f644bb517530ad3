//! Following the register by mail: asked for by anybody, confirmed by whoever reads the mailbox, changed and stopped by the link
//! in each mail. Whoever asks learns nothing about who follows already.

use std::net::IpAddr;

use super::sign_in::network;
use super::{Error, Service};
use crate::domain::address;
use crate::domain::email::Email;
use crate::domain::id::SubscriptionId;
use crate::domain::mail::{FollowAsked, Letter};
use crate::domain::moment::{Day, Moment};
use crate::domain::problem::Problems;
use crate::domain::secret::Secret;
use crate::domain::subscription::{CONFIRM_SECONDS, LONGEST_PAUSE_DAYS, MOST_TOPICS, MailCycle, Topic};
use crate::domain::throttle;
use crate::domain::token::{Token, TokenHash};
use crate::store::ledger::lock_newest;
use crate::store::outbox::{self, NewMail};
use crate::store::subscriber::{self, NewSubscriber, Subscriber};
use crate::store::{Error as StoreError, WriteTx, subscription, suppression, throttle as tries};

/// Somebody asks for mail to an address.
#[derive(Debug)]
pub struct AskToFollow {
    /// The address.
    pub email: Email,
    /// What they want to follow.
    pub topic: Topic,
    /// How often.
    pub cycle: MailCycle,
    /// Where they are on the network.
    pub from: IpAddr,
    /// The token of the link that confirms, if one is sent.
    pub token: Token,
    /// A random name for the address, should it be new.
    pub subscriber: String,
    /// A random name for the mail.
    pub reference: String,
    /// The moment.
    pub now: Moment,
    /// The day in the register's zone.
    pub today: Day,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToFollow {
    /// Whatever had to be done was done: perhaps nothing.
    Taken,
    /// There is no such thing to follow.
    NoSuchTopic,
    /// Too many asked: wait so many seconds.
    Wait(i64),
}

/// The token in each mail to somebody: made from their name and the register's secret, so that it works for as long as they
/// follow and is stored nowhere.
pub(super) fn manage_token(secret: &Secret, reference: &str) -> Token {
    Token::new(secret.derive("subscription, manage", reference.as_bytes()))
}

impl Service {
    /// Takes what somebody wants to follow, and sends a link that confirms it, unless one is out already: on its way, or
    /// handed over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ask_to_follow(&self, asked: AskToFollow) -> Result<ToFollow, Error> {
        let secret = self.secret.clone();
        self.writer.write_unseen(move |tx| ask(tx, &secret, &asked)).await
    }

    /// Confirms what the page showed, up to this row. Answers the token that manages it; `None` when the link does not work.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn confirm_following(
        &self,
        link: TokenHash,
        shown: SubscriptionId,
        (now, today): (Moment, Day),
    ) -> Result<Option<Token>, Error> {
        let secret = self.secret.clone();
        let confirmed = self.writer.write_unseen(move |tx| {
            let Some(somebody) = subscriber::find_to_confirm(tx, &link, now)? else { return Ok(None) };
            let newest = lock_newest(tx)?;
            match subscriber::confirm(tx, &somebody, &link, (now, today), newest) {
                Err(StoreError::NotFound) => return Ok(None),
                done => done?,
            }
            subscription::confirm(tx, somebody.id, shown, newest)?;
            Ok::<_, Error>(Some(manage_token(&secret, &somebody.reference)))
        });
        confirmed.await
    }

    /// Changes how often somebody is written to, and ends what is not kept.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the link does not work, [`Error::Stale`] when it was changed meanwhile, faults, the database.
    pub async fn change_following(
        &self,
        link: TokenHash,
        version: i64,
        cycle: MailCycle,
        kept: Vec<SubscriptionId>,
    ) -> Result<(), Error> {
        let changed = self.writer.write_unseen(move |tx| {
            let somebody = whose(tx, &link)?;
            let mine = subscription::of(tx, &[somebody.id])?;
            if !mine.iter().any(|one| one.since.is_some() && kept.contains(&one.id)) {
                return Err(Problems::one("topics", "Choose at least one, or stop all mail").into());
            }
            subscriber::set_cycle(tx, (somebody.id, version), cycle)?;
            Ok::<_, Error>(subscription::keep(tx, somebody.id, &kept)?)
        });
        changed.await
    }

    /// Pauses somebody's mail until a day, or goes on with it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the link does not work, faults, the database.
    pub async fn pause_following(&self, link: TokenHash, until: Option<Day>, today: Day) -> Result<(), Error> {
        if let Some(until) = until {
            let latest = today.plus_days(LONGEST_PAUSE_DAYS);
            if until <= today {
                return Err(Problems::one("until", "The date must be after today").into());
            }
            if until > latest {
                return Err(Problems::one("until", "The date must be within one year").into());
            }
        }
        let paused = self.writer.write_unseen(move |tx| {
            let somebody = whose(tx, &link)?;
            Ok::<_, Error>(subscriber::pause(tx, somebody.id, until)?)
        });
        paused.await
    }

    /// Stops all of somebody's mail, at once and for good. Answers whether there was any to stop.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stop_following(&self, link: TokenHash, now: Moment) -> Result<bool, Error> {
        let stopped = self.writer.write_unseen(move |tx| {
            let Some(somebody) = subscriber::find_by_token(tx, &link)? else { return Ok(false) };
            subscriber::end(tx, somebody.id, now)?;
            Ok::<_, Error>(true)
        });
        stopped.await
    }
}

fn whose(tx: &mut WriteTx<'_>, link: &TokenHash) -> Result<Subscriber, Error> {
    subscriber::find_by_token(tx, link)?.ok_or(Error::NotFound)
}

fn ask(tx: &mut WriteTx<'_>, secret: &Secret, asked: &AskToFollow) -> Result<ToFollow, Error> {
    let target = match subscription::target(tx, &asked.topic) {
        Err(StoreError::NotFound) => return Ok(ToFollow::NoSuchTopic),
        found => found?,
    };
    let by_address = secret.sign("follow, address", network(asked.from).as_bytes());
    if let Some(wait) = tries::count(tx, &by_address, throttle::FOLLOW_FROM_ADDRESS, asked.now)? {
        return Ok(ToFollow::Wait(wait));
    }
    let overall = secret.sign("follow, all", b"");
    if let Some(wait) = tries::count(tx, &overall, throttle::FOLLOW_OVERALL, asked.now)? {
        return Ok(ToFollow::Wait(wait));
    }
    if suppression::is_there(tx, &suppression::key(secret, &asked.email))? {
        return Ok(ToFollow::Taken);
    }
    let somebody = known(tx, secret, asked)?;
    if subscription::of(tx, &[somebody.id])?.len() as i64 >= MOST_TOPICS {
        return Ok(ToFollow::Taken);
    }
    subscription::add(tx, somebody.id, (asked.topic.kind(), target), asked.now)?;
    subscriber::wants(tx, somebody.id, asked.cycle)?;
    // A link that reached nobody is not out.
    if outbox::is_link_lost(tx, &asked.email)? {
        subscriber::take_link_back(tx, somebody.id)?;
    }
    let expires = asked.now.plus_seconds(CONFIRM_SECONDS);
    if subscriber::ask(tx, somebody.id, &asked.token.hash(), (asked.now, expires))? {
        let link = address::subscribe_confirm(&asked.token.to_string());
        let mail = NewMail {
            reference: &asked.reference,
            dedupe_key: None,
            person: None,
            email: &asked.email,
            letter: &Letter::FollowAsked(FollowAsked { link, expires }),
            not_before: asked.now,
            now: asked.now,
        };
        outbox::enqueue(tx, &mail)?;
    }
    Ok(ToFollow::Taken)
}

/// Whoever has this address, kept from now on.
fn known(tx: &mut WriteTx<'_>, secret: &Secret, asked: &AskToFollow) -> Result<Subscriber, Error> {
    if let Some(somebody) = subscriber::find_by_email(tx, &asked.email)? {
        return Ok(somebody);
    }
    let new = NewSubscriber {
        reference: &asked.subscriber,
        email: &asked.email,
        token: &manage_token(secret, &asked.subscriber).hash(),
        cycle: asked.cycle,
        now: asked.now,
        today: asked.today,
    };
    subscriber::insert(tx, &new)?;
    subscriber::find_by_email(tx, &asked.email)?.ok_or(Error::NotFound)
}
