//! People who follow the register by mail. Nothing here is ever public; only hashes of their links are kept.

use diesel::prelude::*;

use super::conn::each;
use super::schema::{subscriber, subscription, told};
use super::{AT_ONCE, Error, ReadTx, WriteTx, outbox};
use crate::domain::email::Email;
use crate::domain::id::{Seq, SubscriberId};
use crate::domain::moment::{CLOCKS_APART_SECONDS, Day, Moment};
use crate::domain::session::is_in_time;
use crate::domain::subscription::{CONFIRM_SECONDS, MailCycle};
use crate::domain::token::TokenHash;

/// Somebody who follows, or who was asked whether they want to.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Subscriber {
    /// Their row.
    pub id: SubscriberId,
    /// Their own random name: their links are made from it.
    pub reference: String,
    /// Where their mail goes.
    pub email: Email,
    /// How often.
    pub cycle: MailCycle,
    /// How often, once they have confirmed.
    pub asked_cycle: Option<MailCycle>,
    /// Until when a link that confirms works, if one is out.
    pub confirm_until: Option<Moment>,
    /// Since when they follow; `None` until they have confirmed for the first time.
    pub confirmed_at: Option<Moment>,
    /// When they stopped all mail.
    pub ended_at: Option<Moment>,
    /// The day on which they want mail again.
    pub paused_until: Option<Day>,
    /// The last change that they were told of, or had no interest in.
    pub told_upto: Seq,
    /// The day on which that was.
    pub told_on: Day,
    /// The last change that was looked at for corrections of what they were told.
    pub corrected_upto: Seq,
    /// Grows with each change.
    pub version: i64,
}

impl Subscriber {
    /// Whether mail goes to them at all.
    #[must_use]
    pub const fn is_active(&self) -> bool {
        self.confirmed_at.is_some() && self.ended_at.is_none()
    }

    /// Whether they want none on that day.
    #[must_use]
    pub fn is_paused(&self, today: Day) -> bool {
        self.paused_until.is_some_and(|until| today < until)
    }
}

macro_rules! columns {
    () => {
        (
            subscriber::id,
            subscriber::reference,
            subscriber::email,
            subscriber::cycle,
            subscriber::asked_cycle,
            subscriber::confirm_until,
            subscriber::confirmed_at,
            subscriber::ended_at,
            subscriber::paused_until,
            subscriber::told_upto,
            subscriber::told_on,
            subscriber::corrected_upto,
            subscriber::version,
        )
    };
}

/// Whoever has this name.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx<'_>, reference: &str) -> Result<Option<Subscriber>, Error> {
    let found = subscriber::table.filter(subscriber::reference.eq(reference)).select(columns!());
    Ok(found.first(tx.conn).optional()?)
}

/// Whoever has this address.
///
/// # Errors
/// When the database fails.
pub fn find_by_email(tx: &mut ReadTx<'_>, email: &Email) -> Result<Option<Subscriber>, Error> {
    Ok(subscriber::table.filter(subscriber::email.eq(email)).select(columns!()).first(tx.conn).optional()?)
}

/// Whoever the link of each mail belongs to, if mail goes to them.
///
/// # Errors
/// When the database fails.
pub fn find_by_token(tx: &mut ReadTx<'_>, hash: &TokenHash) -> Result<Option<Subscriber>, Error> {
    let found = subscriber::table.filter(subscriber::token_hash.eq(hash.as_str())).select(columns!());
    Ok(found.first(tx.conn).optional()?.filter(Subscriber::is_active))
}

/// Whoever a link that confirms was sent to, while it works.
///
/// # Errors
/// When the database fails.
pub fn find_to_confirm(tx: &mut ReadTx<'_>, hash: &TokenHash, now: Moment) -> Result<Option<Subscriber>, Error> {
    let found: Option<Subscriber> = subscriber::table
        .filter(subscriber::confirm_hash.eq(hash.as_str()))
        .select(columns!())
        .first(tx.conn)
        .optional()?;
    let in_time = |one: &Subscriber| one.confirm_until.is_some_and(|until| is_in_time(until, CONFIRM_SECONDS, now));
    Ok(found.filter(in_time))
}

/// Everybody whom mail goes to.
///
/// # Errors
/// When the database fails.
pub fn active(tx: &mut ReadTx<'_>) -> Result<Vec<Subscriber>, Error> {
    active_after(tx, SubscriberId(0), i64::MAX)
}

/// The first so many of them after one of them, in the same order.
///
/// # Errors
/// When the database fails.
pub fn active_after(tx: &mut ReadTx<'_>, after: SubscriberId, most: i64) -> Result<Vec<Subscriber>, Error> {
    Ok(subscriber::table
        .filter(subscriber::confirmed_at.is_not_null().and(subscriber::ended_at.is_null()))
        .filter(subscriber::id.gt(after))
        .order(subscriber::id)
        .limit(most)
        .select(columns!())
        .load(tx.conn)?)
}

/// An address that was not known before.
#[derive(Debug, Clone)]
pub struct NewSubscriber<'a> {
    /// Its own random name.
    pub reference: &'a str,
    /// The address.
    pub email: &'a Email,
    /// The hash of the token in their links.
    pub token: &'a TokenHash,
    /// How often.
    pub cycle: MailCycle,
    /// The moment.
    pub now: Moment,
    /// The day.
    pub today: Day,
}

/// Keeps an address, unless it is kept already.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx<'_>, new: &NewSubscriber<'_>) -> Result<(), Error> {
    let row = (
        subscriber::reference.eq(new.reference),
        subscriber::email.eq(new.email),
        subscriber::token_hash.eq(new.token.as_str()),
        subscriber::cycle.eq(new.cycle),
        subscriber::created_at.eq(new.now),
        subscriber::told_upto.eq(Seq(0)),
        subscriber::told_on.eq(new.today),
        subscriber::corrected_upto.eq(Seq(0)),
        subscriber::version.eq(1_i64),
    );
    each!(&mut *tx.conn, inner => {
        diesel::insert_into(subscriber::table).values(row).on_conflict(subscriber::email).do_nothing().execute(inner)
    })?;
    Ok(())
}

/// Notes how often somebody wants mail, once they confirm.
///
/// # Errors
/// When the database fails.
pub fn wants(tx: &mut WriteTx<'_>, id: SubscriberId, cycle: MailCycle) -> Result<(), Error> {
    diesel::update(subscriber::table.find(id)).set(subscriber::asked_cycle.eq(Some(cycle))).execute(tx.conn)?;
    Ok(())
}

/// Takes the link that confirms back: nobody has it.
///
/// # Errors
/// When the database fails.
pub fn take_link_back(tx: &mut WriteTx<'_>, id: SubscriberId) -> Result<(), Error> {
    diesel::update(subscriber::table.find(id))
        .set((subscriber::confirm_hash.eq(None::<String>), subscriber::confirm_until.eq(None::<Moment>)))
        .execute(tx.conn)?;
    Ok(())
}

/// Puts a new link that confirms out, unless one is out already: one that would work for longer than this one was put out by a clock
/// that was ahead, and works no more. Answers whether it did.
///
/// # Errors
/// When the database fails.
pub fn ask(
    tx: &mut WriteTx<'_>,
    id: SubscriberId,
    hash: &TokenHash,
    (now, until): (Moment, Moment),
) -> Result<bool, Error> {
    let out_until = subscriber::confirm_until.assume_not_null();
    let ahead = until.plus_seconds(CLOCKS_APART_SECONDS);
    let none_is_out = subscriber::confirm_until.is_null().or(out_until.le(now)).or(out_until.gt(ahead));
    let asked = diesel::update(subscriber::table.find(id).filter(none_is_out))
        .set((subscriber::confirm_hash.eq(hash.as_str()), subscriber::confirm_until.eq(until)))
        .execute(tx.conn)?;
    Ok(asked == 1)
}

/// Uses a link that confirms up. Somebody who did not follow before is told of what comes after `newest`.
///
/// # Errors
/// [`Error::NotFound`] when it was used meanwhile.
pub fn confirm(
    tx: &mut WriteTx<'_>,
    somebody: &Subscriber,
    hash: &TokenHash,
    (now, today): (Moment, Day),
    newest: Seq,
) -> Result<(), Error> {
    let used = diesel::update(
        subscriber::table.find(somebody.id).filter(subscriber::confirm_hash.assume_not_null().eq(hash.as_str())),
    )
    .set((
        subscriber::confirm_hash.eq(None::<String>),
        subscriber::confirm_until.eq(None::<Moment>),
        subscriber::cycle.eq(somebody.asked_cycle.unwrap_or(somebody.cycle)),
        subscriber::asked_cycle.eq(None::<MailCycle>),
        subscriber::version.eq(subscriber::version + 1),
    ))
    .execute(tx.conn)?;
    if used != 1 {
        return Err(Error::NotFound);
    }
    if !somebody.is_active() {
        diesel::update(subscriber::table.find(somebody.id))
            .set((
                subscriber::confirmed_at.eq(Some(now)),
                subscriber::ended_at.eq(None::<Moment>),
                subscriber::paused_until.eq(None::<Day>),
                subscriber::told_upto.eq(newest),
                subscriber::told_on.eq(today),
                subscriber::corrected_upto.eq(newest),
            ))
            .execute(tx.conn)?;
    }
    Ok(())
}

/// Changes how often somebody is written to.
///
/// # Errors
/// [`Error::Stale`] when it was changed meanwhile.
pub fn set_cycle(tx: &mut WriteTx<'_>, (id, version): (SubscriberId, i64), cycle: MailCycle) -> Result<(), Error> {
    let set = (subscriber::cycle.eq(cycle), subscriber::version.eq(version + 1));
    let mine = subscriber::table.find(id).filter(subscriber::version.eq(version));
    if diesel::update(mine).set(set).execute(tx.conn)? == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Pauses their mail until a day, or goes on with it.
///
/// # Errors
/// When the database fails.
pub fn pause(tx: &mut WriteTx<'_>, id: SubscriberId, until: Option<Day>) -> Result<(), Error> {
    diesel::update(subscriber::table.find(id))
        .set((subscriber::paused_until.eq(until), subscriber::version.eq(subscriber::version + 1)))
        .execute(tx.conn)?;
    Ok(())
}

/// Ends all their mail. What they followed and what they were told is forgotten at once, the address later.
///
/// # Errors
/// When the database fails.
pub fn end(tx: &mut WriteTx<'_>, id: SubscriberId, now: Moment) -> Result<(), Error> {
    diesel::delete(told::table.filter(told::subscriber_id.eq(id))).execute(tx.conn)?;
    diesel::delete(subscription::table.filter(subscription::subscriber_id.eq(id))).execute(tx.conn)?;
    diesel::update(subscriber::table.find(id))
        .set((
            subscriber::ended_at.eq(Some(now)),
            subscriber::confirm_hash.eq(None::<String>),
            subscriber::confirm_until.eq(None::<Moment>),
            subscriber::asked_cycle.eq(None::<MailCycle>),
            subscriber::version.eq(subscriber::version + 1),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Notes up to which change somebody has been told, and looked after for corrections.
///
/// # Errors
/// When the database fails.
pub fn move_on(tx: &mut WriteTx<'_>, id: SubscriberId, told: Option<(Seq, Day)>, corrected: Seq) -> Result<(), Error> {
    diesel::update(subscriber::table.find(id)).set(subscriber::corrected_upto.eq(corrected)).execute(tx.conn)?;
    if let Some((upto, on)) = told {
        diesel::update(subscriber::table.find(id))
            .set((subscriber::told_upto.eq(upto), subscriber::told_on.eq(on)))
            .execute(tx.conn)?;
    }
    Ok(())
}

/// Goes back to where a mail began that did not reach them, so that the next one tells it.
///
/// # Errors
/// When the database fails.
pub fn go_back(tx: &mut WriteTx<'_>, reference: &str, (told, corrected): (Seq, Seq)) -> Result<(), Error> {
    let whose = subscriber::reference.eq(reference);
    diesel::update(subscriber::table.filter(whose.and(subscriber::told_upto.gt(told))))
        .set(subscriber::told_upto.eq(told))
        .execute(tx.conn)?;
    diesel::update(subscriber::table.filter(whose.and(subscriber::corrected_upto.gt(corrected))))
        .set(subscriber::corrected_upto.eq(corrected))
        .execute(tx.conn)?;
    Ok(())
}

/// Removes the addresses that nobody has confirmed and that were asked before `before`, with the mails to them; not while a
/// link that confirms is out. Answers how many.
///
/// # Errors
/// When the database fails.
pub fn forget_unconfirmed(tx: &mut WriteTx<'_>, now: Moment, before: Moment) -> Result<usize, Error> {
    let gone = subscriber::table
        .filter(subscriber::confirmed_at.is_null().and(subscriber::created_at.le(before)))
        .filter(subscriber::confirm_until.is_null().or(subscriber::confirm_until.assume_not_null().le(now)))
        .select((subscriber::id, subscriber::email))
        .load(tx.conn)?;
    let emails = remove(tx, gone)?;
    outbox::forget_mails_to(tx, &emails)?;
    Ok(emails.len())
}

/// Removes the addresses that stopped all mail before `before`, with the mails to them, and the rows of mails to other readers
/// with which nothing has been left to do since then. Answers how many addresses.
///
/// # Errors
/// When the database fails.
pub fn forget_ended(tx: &mut WriteTx<'_>, now: Moment, before: Moment) -> Result<usize, Error> {
    let gone = subscriber::table
        .filter(subscriber::ended_at.is_not_null().and(subscriber::ended_at.assume_not_null().le(before)))
        .filter(subscriber::confirm_until.is_null().or(subscriber::confirm_until.assume_not_null().le(now)))
        .select((subscriber::id, subscriber::email))
        .load(tx.conn)?;
    let emails = remove(tx, gone)?;
    outbox::forget_mails_to(tx, &emails)?;
    outbox::forget_old_of_followers(tx, before)?;
    Ok(emails.len())
}

/// Removes them with all that they follow and were told; answers where their mail went.
fn remove(tx: &mut WriteTx<'_>, gone: Vec<(SubscriberId, Email)>) -> Result<Vec<Email>, Error> {
    let (ids, emails): (Vec<SubscriberId>, Vec<Email>) = gone.into_iter().unzip();
    for some in ids.chunks(AT_ONCE) {
        diesel::delete(told::table.filter(told::subscriber_id.eq_any(some))).execute(tx.conn)?;
        diesel::delete(subscription::table.filter(subscription::subscriber_id.eq_any(some))).execute(tx.conn)?;
        diesel::delete(subscriber::table.filter(subscriber::id.eq_any(some))).execute(tx.conn)?;
    }
    Ok(emails)
}
