//! The stamp: a number beside the counter that rises with every write that a public page may show, in the same transaction. A
//! page kept in memory bears the stamp that was known before it was read, and is shown while that is the newest.
//!
//! [`Writer::write`](super::Writer::write) raises it, [`Writer::write_unseen`](super::Writer::write_unseen) does not: that one
//! is for what nobody reads in public. What this process writes it knows at once; [`Watch`] asks for the writes of others.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use diesel::prelude::*;

use super::Error;
use super::conn::{Conn, Opener};
use super::patience::hurry;
use super::schema::counter;
use crate::domain::id::Seq;

/// For how long what was heard of the stamp counts: another node's write is seen here no later.
const COUNTS_FOR: Duration = Duration::from_secs(2);
/// For how long an answer is waited for before the database counts as silent.
const ANSWERS_WITHIN: Duration = Duration::from_secs(5);
/// For how long a register that cannot be asked may be shown as it was last known.
const SHOWN_FOR: Duration = Duration::from_secs(15 * 60);

/// Which state of the register something was read from. Only whether two are the same says anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Rises when the database went back behind what was known: another one took its place.
    turn: u64,
    number: i64,
}

#[cfg(test)]
impl Stamp {
    /// One for tests.
    pub const fn sample() -> Self {
        Self { turn: 0, number: 1 }
    }
}

/// How far the newest stamp that is known can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing was written since, or within the last two seconds at most.
    Current,
    /// Nobody has heard of it for longer: others may have written.
    Late,
    /// The database does not answer, and did so not long ago.
    Gone,
}

/// What is known of the stamp.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// The newest that is known.
    pub stamp: Stamp,
    heard: Option<Instant>,
    /// When it was asked what it has not answered yet.
    asked: Option<Instant>,
    is_silent: bool,
}

impl Known {
    /// The number of the state, as the database has it.
    pub(super) const fn number(&self) -> i64 {
        self.stamp.number
    }

    /// When the database was asked that told it last.
    pub(super) const fn heard(&self) -> Option<Instant> {
        self.heard
    }

    /// How far it can be relied on at this moment.
    #[must_use]
    pub fn standing(&self) -> Standing {
        match self.heard.map(|heard| heard.elapsed()) {
            Some(ago) if ago <= COUNTS_FOR => Standing::Current,
            Some(ago) if self.is_silent() && ago <= SHOWN_FOR => Standing::Gone,
            _ => Standing::Late,
        }
    }

    /// Whether the database failed to answer, or takes too long about it.
    pub(super) fn is_silent(&self) -> bool {
        self.is_silent || self.asked.is_some_and(|asked| asked.elapsed() > ANSWERS_WITHIN)
    }
}

/// The newest stamp that this process knows.
pub(super) struct Latest(Mutex<Known>);

impl Latest {
    /// Nothing yet.
    pub const fn unknown() -> Self {
        Self(Mutex::new(Known { stamp: Stamp { turn: 0, number: -1 }, heard: None, asked: None, is_silent: false }))
    }

    pub fn known(&self) -> Known {
        *self.lock()
    }

    /// This process has written.
    pub fn raised_to(&self, number: i64) {
        let mut known = self.lock();
        known.stamp.number = known.stamp.number.max(number);
    }

    /// What was read under the stamp that is known cannot be relied on: from now on it is another one.
    pub fn begins_anew(&self) {
        self.lock().stamp.turn += 1;
    }

    /// The database is being asked since that moment.
    fn asking(&self, asked: Instant) {
        self.lock().asked = Some(asked);
    }

    /// The database was asked at that moment, when `before` was known, and answered.
    fn heard(&self, before: Stamp, number: i64, asked: Instant) {
        let mut known = self.lock();
        if number < before.number && before.turn == known.stamp.turn {
            known.stamp = Stamp { turn: before.turn + 1, number };
        } else {
            known.stamp.number = known.stamp.number.max(number);
        }
        known.heard = Some(asked);
        known.asked = None;
        known.is_silent = false;
    }

    /// It was asked and did not answer.
    fn not_heard(&self) {
        let mut known = self.lock();
        known.asked = None;
        known.is_silent = true;
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Asks the database for the stamp, over a connection of its own that waits for nobody.
pub struct Watch {
    opener: Opener,
    conn: Option<Conn>,
    latest: Arc<Latest>,
}

impl Watch {
    pub(super) fn new(opener: Opener, latest: Arc<Latest>) -> Self {
        let opener = Opener { address: opener.address.in_a_hurry(), read_only: opener.read_only };
        Self { opener, conn: None, latest }
    }

    /// Asks once.
    ///
    /// # Errors
    /// When the database does not answer; it is asked over a new connection the next time.
    pub fn ask(&mut self) -> Result<(), Error> {
        let (asked, before) = (Instant::now(), self.latest.known().stamp);
        self.latest.asking(asked);
        match self.number() {
            Ok(number) => {
                self.latest.heard(before, number, asked);
                Ok(())
            }
            Err(fault) => {
                self.conn = None;
                self.latest.not_heard();
                Err(fault)
            }
        }
    }

    fn number(&mut self) -> Result<i64, Error> {
        let conn = match &mut self.conn {
            Some(conn) => conn,
            none => {
                let mut conn = self.opener.open_again().map_err(|fault| Error::Failed(fault.to_string()))?;
                hurry(&mut conn)?;
                none.insert(conn)
            }
        };
        Ok(counter::table.select(NUMBER).first::<(Seq, i64)>(conn).map(both)?)
    }
}

/// Raises it, as the last thing in a transaction: the counter is the last lock that anybody takes.
pub(super) fn raise(conn: &mut Conn) -> Result<i64, Error> {
    let raised = diesel::update(counter::table).set(counter::stamp.eq(counter::stamp + 1));
    Ok(raised.returning(NUMBER).get_result::<(Seq, i64)>(conn).map(both)?)
}

/// With the number of the last change: a program of an earlier version, which knows no stamp, raises that one.
const NUMBER: (counter::seq, counter::stamp) = (counter::seq, counter::stamp);

const fn both((seq, stamp): (Seq, i64)) -> i64 {
    seq.0 + stamp
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(turn: u64, number: i64) -> Stamp {
        Stamp { turn, number }
    }

    #[test]
    fn it_only_rises_and_nothing_counts_before_it_was_heard() {
        let latest = Latest::unknown();
        assert_eq!(latest.known().standing(), Standing::Late);
        let before = latest.known().stamp;
        latest.raised_to(8);
        latest.heard(before, 7, Instant::now());
        assert_eq!(latest.known().stamp, stamp(0, 8), "what was asked before this process wrote");
        assert_eq!(latest.known().standing(), Standing::Current);
        latest.raised_to(6);
        assert_eq!(latest.known().stamp, stamp(0, 8));
    }

    #[test]
    fn a_database_that_went_back_is_another_one() {
        let latest = Latest::unknown();
        latest.heard(latest.known().stamp, 8, Instant::now());
        let before = latest.known().stamp;
        latest.heard(before, 5, Instant::now());
        assert_eq!(latest.known().stamp, stamp(1, 5));
        latest.raised_to(8);
        assert_ne!(latest.known().stamp, before, "the same number is another state");
    }

    #[test]
    fn silence_is_told_from_being_late() {
        let latest = Latest::unknown();
        let Some(long_ago) = Instant::now().checked_sub(COUNTS_FOR * 2) else { return };
        latest.heard(latest.known().stamp, 3, long_ago);
        assert_eq!(latest.known().standing(), Standing::Late);
        latest.not_heard();
        assert_eq!(latest.known().standing(), Standing::Gone);
        latest.heard(latest.known().stamp, 3, Instant::now());
        assert_eq!(latest.known().standing(), Standing::Current);
    }

    #[test]
    fn what_was_read_astray_counts_no_more() {
        let latest = Latest::unknown();
        latest.heard(latest.known().stamp, 7, Instant::now());
        let before = latest.known().stamp;
        latest.begins_anew();
        latest.heard(latest.known().stamp, 7, Instant::now());
        assert_ne!(latest.known().stamp, before);
    }

    #[test]
    fn a_database_that_hangs_is_silent() {
        let latest = Latest::unknown();
        let ago = |span: Duration| Instant::now().checked_sub(span);
        let (Some(long), Some(short)) = (ago(ANSWERS_WITHIN * 2), ago(COUNTS_FOR * 2)) else { return };
        latest.heard(latest.known().stamp, 3, long);
        latest.asking(short);
        assert_eq!(latest.known().standing(), Standing::Late, "it may yet answer");
        latest.asking(long);
        assert_eq!(latest.known().standing(), Standing::Gone, "nobody is asked to wait for it");
        latest.heard(latest.known().stamp, 4, long);
        assert_eq!(latest.known().standing(), Standing::Late, "what it was asked then says nothing of now");
        latest.heard(latest.known().stamp, 4, Instant::now());
        assert_eq!(latest.known().standing(), Standing::Current);
    }
}
