//! One transaction: begun, worked in, and ended as a whole; a write raises the stamp before it is committed.

use diesel::connection::SimpleConnection;
use diesel::result::Error as Fault;

use super::line::Line;
use super::unseen::{Guard, unwatch};
use super::{Conn, Error, ReadTx, WriteTx, conn, stamp};

/// Carries the caller's own error through diesel's transaction, which wants one that holds diesel's.
enum Carried<E> {
    Own(E),
    Fault(Fault),
}

impl<E> From<Fault> for Carried<E> {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

fn unwrap<T, E: From<Error>>(answer: Result<T, Carried<E>>) -> Result<T, E> {
    answer.map_err(|carried| match carried {
        Carried::Own(own) => own,
        Carried::Fault(fault) => E::from(Error::from(fault)),
    })
}

pub(super) fn read_on<T, E: From<Error>>(
    line: &Line,
    work: impl FnOnce(&mut ReadTx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    read_with(&mut *line.take()?, work)
}

pub(super) fn read_with<T, E: From<Error>>(
    conn: &mut Conn,
    work: impl FnOnce(&mut ReadTx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    unwrap(diesel::Connection::transaction(conn, |conn| {
        if let Conn::Postgres(inner) = conn {
            inner.batch_execute(conn::ONE_SNAPSHOT)?;
        }
        work(&mut ReadTx { conn, past: None }).map_err(Carried::Own)
    }))
}

/// A panic in `work` leaves the transaction open; the pool then sees a panicking thread and throws the connection away.
pub(super) fn write_on<T, E: From<Error>>(
    line: &Line,
    is_seen: bool,
    work: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let (done, raised) = write_with(&mut *line.take()?, is_seen, work)?;
    if let Some(number) = raised {
        line.latest.raised_to(number);
    }
    Ok(done)
}

/// Answers what `work` did, and the stamp where it was raised.
pub(super) fn write_with<T, E: From<Error>>(
    conn: &mut Conn,
    is_seen: bool,
    work: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E>,
) -> Result<(T, Option<i64>), E> {
    conn::begin_write(conn).map_err(Error::from)?;
    let guard = (cfg!(debug_assertions) && !is_seen).then(|| Guard::on(conn));
    let done = work_under(guard.as_ref(), conn, is_seen, work);
    if guard.is_some() {
        unwatch(conn);
    }
    let raised = match &done {
        Ok((_, true)) => stamp::raise(conn).map(Some).map_err(E::from),
        _ => Ok(None),
    };
    match done.and_then(|(done, _)| Ok((done, raised?))) {
        Ok(done) => {
            conn::commit(conn).map_err(Error::from)?;
            Ok(done)
        }
        Err(own) => {
            // Where the database has taken it back by itself, or is gone, there is nothing left to take back; the pool throws such
            // a connection away. What went wrong first is what there is to be told.
            let _taken_back = conn::roll_back(conn);
            Err(own)
        }
    }
}

/// Runs `work` within a transaction that has begun, under the guard that was set up, if one was. Answers what it did, and whether public
/// pages show what it wrote.
pub(super) fn work_under<T, E>(
    guard: Option<&Guard>,
    conn: &mut Conn,
    is_seen: bool,
    work: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E>,
) -> Result<(T, bool), E> {
    let mut tx = WriteTx { tx: ReadTx { conn, past: None }, is_seen };
    let done = work(&mut tx);
    let is_seen = tx.is_seen;
    let missed = guard.and_then(Guard::missed).filter(|_| !is_seen && done.is_ok());
    assert!(missed.is_none(), "{missed:?} was written unseen, and public pages read it");
    done.map(|done| (done, is_seen))
}
