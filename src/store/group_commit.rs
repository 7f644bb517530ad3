//! Deeds that wait for SQLite's one writer share a commit, and with it the wait for the disk: each runs in a savepoint of one
//! transaction, and all are answered once that is lasting.
//!
//! Whoever's turn it is leads: does what waits, deed after deed, and commits. A deed that fails or panics is taken back alone. Where
//! the commit itself fails, nothing of any of them was written, and each is told so. A batch takes no more deeds after [`MOST`] of
//! them or after [`LONGEST`], so that who came first does not wait for whoever comes last. A single deed that takes long would hold up
//! those before it in its batch, too: one that is known to is written by [`Writer::write_long`], which shares with nobody.
//!
//! PostgreSQL does the same by itself, for its connections write beside each other.

use std::any::Any;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::line::{Line, answered};
use super::transaction::{work_under, write_on};
use super::unseen::{Guard, unwatch};
use super::{Conn, Error, WriteTx, Writer, conn, stamp};

/// The most deeds that share a commit.
const MOST: usize = 64;
/// For so long deeds are taken into a batch.
const LONGEST: Duration = Duration::from_millis(20);

/// A deed that has not begun.
type Deed = Box<dyn Waiting>;
/// Tells whoever waits what came of it, once it is known whether the transaction lasts.
type Tell = Box<dyn FnOnce(Result<(), Error>) + Send>;
/// What a deed came to, or the panic that ended it.
type Outcome<T, E> = Result<Result<T, E>, Box<dyn Any + Send>>;
/// Empty once the deed has been taken, or is not wanted any more.
type Slot = Arc<Mutex<Option<Deed>>>;

trait Waiting: Send {
    /// Does it, within a savepoint. It catches its own panic.
    fn run(self: Box<Self>, conn: &mut Conn) -> Ran;

    /// Tells whoever waits why it could not be begun.
    fn refuse(self: Box<Self>, fault: &Error);
}

/// A deed that has run, within its savepoint.
struct Ran {
    end: End,
    tell: Tell,
    /// What the database refused last.
    refused: Option<Error>,
}

/// What is to become of what it wrote.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Keep { is_seen: bool },
    TakeBack,
}

/// The deeds that wait, in the order in which they came.
#[derive(Clone, Default)]
pub(super) struct Group(Arc<Mutex<VecDeque<(Slot, Instant)>>>);

/// A place among them. Who leaves it takes the deed along.
struct Place(Slot);

impl Place {
    /// Answers whether the deed had not begun; then it never will.
    fn leave(&self) -> bool {
        lock(&self.0).take().is_some()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.leave();
    }
}

impl Writer {
    /// Writes as [`Writer::write`] does, for what takes long: in a transaction of its own, so that nobody whose own deed is done waits
    /// for the end of this one.
    ///
    /// # Errors
    /// As [`Writer::write`].
    pub async fn write_long<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.line.run(move |line| write_on(line, true, work)).await
    }

    /// The same for what no public page shows: see [`Writer::write_unseen`].
    ///
    /// # Errors
    /// As [`Writer::write`].
    pub async fn write_long_unseen<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.line.run(move |line| write_on(line, false, work)).await
    }
}

impl Group {
    /// Writes as [`Writer::write`](super::Writer::write) does.
    ///
    /// # Errors
    /// What `work` returns, or that the database is busy or has failed.
    pub async fn write<T, E, F>(&self, line: &Line, is_seen: bool, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
    {
        let begun = Instant::now();
        let (answer, mut done) = oneshot::channel();
        let place = self.queue(deed(is_seen, work, answer));
        let turn = tokio::select! {
            biased;
            outcome = &mut done => return told(outcome),
            turn = line.turn() => turn,
        };
        let led = match turn {
            Ok(permit) => {
                let (group, line, own) = (self.clone(), line.clone(), Arc::clone(&place.0));
                let leading = tokio::task::spawn_blocking(move || {
                    let led = group.lead(&line, &own);
                    drop(permit);
                    led
                });
                answered(leading.await)
            }
            Err(busy) => Err(busy),
        };
        match led {
            Err(fault) if place.leave() => {
                line.waited(begun.elapsed());
                Err(E::from(fault))
            }
            // What has begun is waited for.
            _ => told(done.await),
        }
    }

    fn queue(&self, deed: Deed) -> Place {
        let slot = Arc::new(Mutex::new(Some(deed)));
        lock(&self.0).push_back((Arc::clone(&slot), Instant::now()));
        Place(slot)
    }

    /// The next deed that is still wanted.
    fn next(&self, line: &Line) -> Option<Deed> {
        loop {
            let (slot, since) = lock(&self.0).pop_front()?;
            let deed = lock(&slot).take();
            if deed.is_some() {
                line.waited(since.elapsed());
                return deed;
            }
        }
    }

    /// One batch after another, until this deed has had its turn or is not wanted any more.
    fn lead(&self, line: &Line, own: &Slot) -> Result<(), Error> {
        while lock(own).is_some() {
            self.batch(line)?;
        }
        Ok(())
    }

    /// Does what waits in one transaction, and tells everybody what came of it.
    ///
    /// # Errors
    /// When none could be begun; nobody has had a turn then.
    fn batch(&self, line: &Line) -> Result<(), Error> {
        let mut taken = line.take()?;
        let conn = &mut *taken;
        conn::begin_write(conn)?;
        let begun = Instant::now();
        let (mut tells, mut is_seen, mut lasts) = (Vec::new(), false, Ok(()));
        while lasts.is_ok() && tells.len() < MOST && begun.elapsed() < LONGEST {
            let Some(deed) = self.next(line) else { break };
            lasts = within(conn, deed).map(|ran| {
                is_seen |= ran.end == End::Keep { is_seen: true };
                tells.push(ran.tell);
            });
        }
        match lasts.and_then(|()| finish(conn, is_seen)) {
            Ok(raised) => {
                if let Some(number) = raised {
                    line.latest.raised_to(number);
                }
                drop(taken);
                tells.into_iter().for_each(|tell| tell(Ok(())));
            }
            Err(fault) => {
                // Where this fails too, the connection is left within a transaction, and the pool throws it away.
                let _taken_back = conn::roll_back(conn);
                drop(taken);
                tells.into_iter().for_each(|tell| tell(Err(same(&fault))));
            }
        }
        Ok(())
    }
}

/// How deep within transactions a connection is between two deeds of a batch.
const BETWEEN: u32 = 1;

/// Runs a deed in a savepoint. An error is one of the whole transaction.
fn within(conn: &mut Conn, deed: Deed) -> Result<Ran, Error> {
    if let Err(fault) = conn::begin_within(conn) {
        let fault = Error::from(fault);
        deed.refuse(&fault);
        return Err(fault);
    }
    let ran = deed.run(conn);
    let ended = match ran.end {
        End::Keep { .. } => conn::commit(conn),
        End::TakeBack => conn::roll_back(conn),
    };
    let depth = conn::depth(conn);
    let fault = match ended {
        Ok(()) if depth == BETWEEN => return Ok(ran),
        Ok(()) => Error::Failed("a deed did not end what it had begun".to_owned()),
        Err(fault) => why(Error::from(fault), ran.refused),
    };
    (ran.tell)(Err(same(&fault)));
    Err(fault)
}

/// Why a transaction was lost. Where the disk takes nothing more, SQLite takes all of it back by itself: the end of the savepoint then
/// says only that there is none; what the matter is was said before.
fn why(ended: Error, refused: Option<Error>) -> Error {
    match (ended, refused) {
        (Error::Failed(_), Some(before @ (Error::Full(_) | Error::ReadOnly(_)))) => before,
        (ended, _) => ended,
    }
}

/// Raises the stamp where public pages show what was written, and makes everything lasting.
fn finish(conn: &mut Conn, is_seen: bool) -> Result<Option<i64>, Error> {
    let raised = if is_seen { Some(stamp::raise(conn)?) } else { None };
    conn::commit(conn)?;
    Ok(raised)
}

/// A deed, and who waits for what comes of it.
struct Awaited<T, E, F> {
    is_seen: bool,
    work: F,
    answer: oneshot::Sender<Outcome<T, E>>,
}

impl<T, E, F> Waiting for Awaited<T, E, F>
where
    T: Send + 'static,
    E: From<Error> + Send + 'static,
    F: FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
{
    fn run(self: Box<Self>, conn: &mut Conn) -> Ran {
        let Self { is_seen, work, answer } = *self;
        let guard = Guard::on(conn);
        // Whatever a deed has left half-done is taken back with its savepoint.
        let outcome = catch_unwind(AssertUnwindSafe(|| work_under(Some(&guard), conn, is_seen, work)));
        unwatch(conn);
        let (end, tell): (End, Tell) = match outcome {
            Ok(Ok((done, is_seen))) => (
                End::Keep { is_seen },
                Box::new(move |lasts: Result<(), Error>| send(answer, Ok(lasts.map(|()| done).map_err(E::from)))),
            ),
            Ok(Err(own)) => (End::TakeBack, Box::new(move |_: Result<(), Error>| send(answer, Ok(Err(own))))),
            Err(panic) => (End::TakeBack, Box::new(move |_: Result<(), Error>| send(answer, Err(panic)))),
        };
        Ran { end, tell, refused: guard.refused() }
    }

    fn refuse(self: Box<Self>, fault: &Error) {
        send(self.answer, Ok(Err(E::from(same(fault)))));
    }
}

fn deed<T, E, F>(is_seen: bool, work: F, answer: oneshot::Sender<Outcome<T, E>>) -> Deed
where
    T: Send + 'static,
    E: From<Error> + Send + 'static,
    F: FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
{
    Box::new(Awaited { is_seen, work, answer })
}

fn send<T, E>(answer: oneshot::Sender<Outcome<T, E>>, outcome: Outcome<T, E>) {
    // Whoever asked may have gone.
    let _nobody_waits = answer.send(outcome);
}

/// What the deed came to; its panic goes on in whoever waited.
fn told<T, E: From<Error>>(outcome: Result<Outcome<T, E>, oneshot::error::RecvError>) -> Result<T, E> {
    match outcome {
        Ok(Ok(done)) => done,
        Ok(Err(panic)) => resume_unwind(panic),
        Err(_) => Err(E::from(Error::Failed("the transaction broke off before the deed began".to_owned()))),
    }
}

/// The fault of a transaction, for one more of those who shared it.
fn same(fault: &Error) -> Error {
    match fault {
        Error::Busy => Error::Busy,
        Error::Gone(said) => Error::Gone(said.clone()),
        Error::Full(said) => Error::Full(said.clone()),
        Error::ReadOnly(said) => Error::ReadOnly(said.clone()),
        Error::Failed(said) => Error::Failed(said.clone()),
        other => Error::Failed(other.to_string()),
    }
}

fn lock<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[path = "group_commit_tests.rs"]
mod tests;
