//! A streaming replica of PostgreSQL, from which those read who have no session.
//!
//! What is read there is never older than what this process knows: the stamp is looked at in the very snapshot that is read from,
//! and one that is behind is left for the primary. A replica that does not answer costs whoever asks just then a second; then it
//! is left alone for some seconds and tried again aside, while everybody reads the primary. One that falls silent in the middle of a
//! read costs that reader ten seconds, and the others next to nothing. What it breaks off is read from the primary, where the work
//! can be done twice ([`Replica::read_or_again`]).

use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::r2d2::{NopErrorHandler, Pool, PooledConnection};
use diesel::sql_types::{BigInt, Text};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::conn::{self, Address, Conn, Opener};
use super::fitness::{Fitness, Turn, Way};
use super::line::{Line, answered};
use super::patience::with;
use super::public_reads::Reads;
use super::stamp::{Standing, Watch};
use super::still::Still;
use super::transaction::read_on;
use super::{Error, ReadTx};

/// How many read from it at once.
const SIZE: u32 = 8;
/// For how long whoever comes waits for one of them to end before they read the primary, which is there too.
const PATIENCE: Duration = Duration::from_millis(50);
/// For how long a snapshot is waited for before the replica counts as away.
const ANSWERS_WITHIN: Duration = Duration::from_secs(1);
/// How long a read may go on before it is asked whether the replica still answers anybody, and for how long that is waited for.
const READS_FOR: Duration = Duration::from_secs(10);
const SAYS_SO_WITHIN: Duration = Duration::from_secs(3);
/// What a connection to it does not wait longer for: to be let in, and for a network that takes nothing away.
const HURRY: &str = "connect_timeout=2&tcp_user_timeout=2000";

/// The number of the register's state, by which `stamp` knows it, and which database it is: a streaming replica has the number of
/// its primary's cluster, and its databases theirs.
const LOOK: &str = "select counter.seq + counter.stamp as number, \
    cast(control.system_identifier as text) || '/' || cast(base.oid as text) as register \
    from counter, pg_control_system() as control, pg_database as base where base.datname = current_database()";
/// The same where the primary does not say which database it is.
const LOOK_AT_NUMBER: &str = "select seq + stamp as number, '' as register from counter";
/// What is said of one that cannot follow the primary.
const AHEAD: &str = "the replica has what the primary has not, and so does not follow it";

#[derive(diesel::QueryableByName)]
struct Seen {
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = Text)]
    register: String,
}

/// The replica, and the primary for what it cannot answer.
#[derive(Clone)]
pub(super) struct Replica {
    pub primary: Line,
    opener: Opener,
    pool: Pool<Opener>,
    permits: Arc<Semaphore>,
    fitness: Arc<Fitness>,
    /// Which database it has to be, if the primary says which it is.
    register: Option<Arc<str>>,
    reads: Reads,
}

/// A snapshot to be read from, and leave to do so.
struct Ready {
    held: PooledConnection<Opener>,
    permit: OwnedSemaphorePermit,
}

impl Replica {
    /// Connects to nobody yet but the primary, which says which register it is.
    ///
    /// # Errors
    /// When the settings of the connection are not accepted.
    pub fn open(primary: &Line, url: &str, reads: Reads) -> Result<Self, Error> {
        let opener = Opener { address: Address::Postgres(with(url, HURRY)), read_only: true };
        // Nothing of what fails is logged from within the pool, which tries again and again: `Fitness` says it once.
        let pool = Pool::builder()
            .max_size(SIZE)
            .min_idle(Some(0))
            .test_on_check_out(true)
            .connection_timeout(ANSWERS_WITHIN)
            .error_handler(Box::new(NopErrorHandler))
            .build(opener.clone())
            .map_err(|fault| Error::Failed(fault.to_string()))?;
        let permits = Arc::new(Semaphore::new(SIZE as usize));
        let register = primary.take().and_then(|mut held| Ok(look(postgres(&mut held)?, LOOK)?.register));
        let register = match register {
            Ok(register) => Some(register.into()),
            Err(fault) => {
                tracing::warn!(source = %fault, "the database does not say which it is: a replica cannot be told from another one");
                None
            }
        };
        Ok(Self { primary: primary.clone(), opener, pool, permits, fitness: Arc::default(), register, reads })
    }

    /// Reads from a snapshot of the replica, or else of the primary, on a blocking thread.
    ///
    /// # Errors
    /// What `work` returns, or that the database is busy or has failed, or that the replica broke off.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&mut ReadTx<'_>) -> Result<T, E> + Send + 'static,
    {
        match self.ready().await {
            Some(ready) => self.work_aside(ready, work).await.unwrap_or_else(|broke_off| {
                broke_off.unwrap_or_else(|| Err(E::from(Error::Gone("the replica does not answer".to_owned()))))
            }),
            None => self.primary.run(move |line| read_on(line, work)).await,
        }
    }

    /// The same for work that can be done twice: what the replica breaks off is read from the primary.
    ///
    /// # Errors
    /// What `work` returns, or that the database is busy or has failed.
    pub async fn read_or_again<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&mut ReadTx<'_>) -> Result<T, E> + Clone + Send + 'static,
    {
        if let Some(ready) = self.ready().await
            && let Ok(answer) = self.work_aside(ready, work.clone()).await
        {
            return answer;
        }
        self.primary.run(move |line| read_on(line, work)).await
    }

    /// Reads from a snapshot that was taken, on a blocking thread. What the replica broke off is an error, with what the work made of
    /// that; without it where it fell silent. Its thread and its permit come back then when the connection ends.
    async fn work_aside<T, E, F>(&self, ready: Ready, work: F) -> Result<Result<T, E>, Option<Result<T, E>>>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&mut ReadTx<'_>) -> Result<T, E> + Send + 'static,
    {
        let (replica, Ready { held, permit }) = (self.clone(), ready);
        let mut done = tokio::task::spawn_blocking(move || {
            let (answer, broke_off) = replica.work_on(held, work);
            drop(permit);
            Ok((answer, broke_off))
        });
        loop {
            if let Ok(done) = timeout(READS_FOR, &mut done).await {
                // The thread itself fails only where the process ends.
                return match answered::<_, Error>(done) {
                    Ok((answer, false)) => Ok(answer),
                    Ok((answer, true)) => {
                        self.reads.away.increment(1);
                        Err(Some(answer))
                    }
                    Err(fault) => Ok(Err(E::from(fault))),
                };
            }
            // A long download is no silence: whoever else asks is answered all the while.
            let replica = self.clone();
            let asked = tokio::task::spawn_blocking(move || replica.begun_alone(i64::MIN).map(drop));
            if !matches!(timeout(SAYS_SO_WITHIN, asked).await, Ok(Ok(Ok(())))) {
                self.fitness.is_away(Instant::now(), "no answer in the middle of a read");
                self.reads.away.increment(1);
                return Err(None);
            }
        }
    }

    /// The same on this thread: for commands.
    ///
    /// # Errors
    /// As [`Replica::read`].
    pub fn read_now<T, E: From<Error>>(&self, work: impl FnOnce(&mut ReadTx<'_>) -> Result<T, E>) -> Result<T, E> {
        match self.begun_for_command() {
            // The transaction ends with its connection.
            Some(mut conn) => work(&mut ReadTx { conn: &mut conn, past: None }),
            None => read_on(&self.primary, work),
        }
    }

    /// A register that stands still, as the replica has it, or else the primary.
    ///
    /// # Errors
    /// When neither can be reached.
    pub fn still(&self) -> Result<Still, Error> {
        match self.begun_for_command() {
            Some(conn) => Ok(Still::of(conn)),
            None => Still::open(&self.primary.opener.address),
        }
    }

    /// A snapshot of the replica for a command; nothing, said in the log, where the primary is to be read.
    fn begun_for_command(&self) -> Option<Conn> {
        match self.number().map_or(Ok(None), |number| self.begun_surely(number)) {
            Ok(Some(conn)) => {
                tracing::info!("the replica is read");
                return Some(conn);
            }
            Ok(None) => tracing::info!("the replica is behind: the primary is read"),
            Err(fault) => tracing::warn!(source = %fault, "the replica cannot be read: the primary is read"),
        }
        None
    }

    /// A snapshot that is not behind this number, and of which the primary has everything: a command does not come back to see whether
    /// the replica follows.
    fn begun_surely(&self, number: i64) -> Result<Option<Conn>, Error> {
        let Some((conn, seen)) = self.begun_alone(number)? else { return Ok(None) };
        let latest = &self.primary.latest;
        if seen > latest.known().number() {
            // Somebody may have written since the primary was asked.
            Watch::new(self.primary.opener.clone(), Arc::clone(latest)).ask()?;
        }
        if seen > latest.known().number() { Err(Error::Failed(AHEAD.to_owned())) } else { Ok(Some(conn)) }
    }

    /// What a snapshot must not be behind; nothing where it is so long ago that the stamp was heard of that others may have written.
    fn number(&self) -> Option<i64> {
        let known = self.primary.latest.known();
        (known.standing() != Standing::Late).then(|| known.number())
    }

    /// A snapshot of the replica; nothing where the primary is to be read.
    async fn ready(&self) -> Option<Ready> {
        let Some(number) = self.number() else {
            self.reads.unsure.increment(1);
            return None;
        };
        match self.fitness.turn(Instant::now()) {
            Turn::Ask => {}
            turn => {
                if turn == Turn::TryAside {
                    self.try_aside();
                }
                self.reads.away.increment(1);
                return None;
            }
        }
        let Ok(Ok(permit)) = timeout(PATIENCE, Arc::clone(&self.permits).acquire_owned()).await else {
            self.reads.crowded.increment(1);
            return None;
        };
        let replica = self.clone();
        // One that hangs keeps its thread and its permit until it is given up, and nobody waits for it.
        let begun = tokio::task::spawn_blocking(move || match replica.begun(number) {
            Ok(Some(held)) => Ok(Some(Ready { held, permit })),
            Ok(None) => Ok(None),
            Err(fault) => Err(fault),
        });
        match timeout(ANSWERS_WITHIN, begun).await {
            Ok(Ok(Ok(Some(ready)))) => {
                self.fitness.has_it();
                self.reads.replica.increment(1);
                Some(ready)
            }
            Ok(Ok(Ok(None))) => {
                self.fitness.lacks_it(Instant::now());
                self.reads.behind.increment(1);
                None
            }
            Ok(Ok(Err(fault))) => self.is_away(&fault.to_string()),
            Ok(Err(fault)) => self.is_away(&fault.to_string()),
            Err(_) => self.is_away("no answer within a second"),
        }
    }

    fn is_away(&self, fault: &str) -> Option<Ready> {
        self.fitness.is_away(Instant::now(), fault);
        self.reads.away.increment(1);
        None
    }

    /// Asks whether it answers again, without anybody waiting for it.
    fn try_aside(&self) {
        let replica = self.clone();
        drop(tokio::task::spawn_blocking(move || match replica.begun_alone(i64::MIN) {
            Ok(_) => replica.fitness.answers(),
            Err(fault) => replica.fitness.is_away(Instant::now(), &fault.to_string()),
        }));
    }

    /// A connection within a snapshot that is not behind this number; nothing where the replica has none yet.
    fn begun(&self, number: i64) -> Result<Option<PooledConnection<Opener>>, Error> {
        let mut held = self.pool.get().map_err(|fault| Error::Failed(fault.to_string()))?;
        if self.begin(&mut held)? >= number {
            return Ok(Some(held));
        }
        conn::roll_back(&mut held)?;
        Ok(None)
    }

    /// The same over a connection of one's own, and the number of the snapshot.
    fn begun_alone(&self, number: i64) -> Result<Option<(Conn, i64)>, Error> {
        let mut conn = self.opener.open().map_err(|fault| Error::Failed(fault.to_string()))?;
        let seen = self.begin(&mut conn)?;
        Ok((seen >= number).then_some((conn, seen)))
    }

    /// Takes a snapshot and answers its number. Of another register than the primary's it is none at all, nor of one that went its own
    /// way.
    fn begin(&self, conn: &mut Conn) -> Result<i64, Error> {
        conn::begin_read(conn)?;
        let seen = look(postgres(conn)?, if self.register.is_some() { LOOK } else { LOOK_AT_NUMBER })?;
        if self.register.as_deref().is_some_and(|register| register != seen.register) {
            return Err(Error::Failed("DATABASE_READ_URL names a database that is no replica of this one".to_owned()));
        }
        let latest = &self.primary.latest;
        let known = latest.known();
        match self.fitness.shows(seen.number, Instant::now(), (known.number(), known.heard())) {
            Way::Follows => Ok(seen.number),
            Way::Astray { is_news } => {
                if is_news {
                    // What was read there may be kept.
                    latest.begins_anew();
                }
                Err(Error::Failed(format!("{AHEAD}: make it anew")))
            }
        }
    }

    /// Reads from a snapshot that was taken. Answers whether the database broke that off, too.
    fn work_on<T, E>(
        &self,
        mut held: PooledConnection<Opener>,
        work: impl FnOnce(&mut ReadTx<'_>) -> Result<T, E>,
    ) -> (Result<T, E>, bool) {
        let done = work(&mut ReadTx { conn: &mut held, past: None });
        // Within a transaction that the database has ended, as in one whose connection is gone, nothing more is answered.
        let broke_off =
            done.is_err() && !postgres(&mut held).is_ok_and(|inner| inner.batch_execute("select 1").is_ok());
        let ended = if done.is_ok() { conn::commit(&mut held) } else { conn::roll_back(&mut held) };
        // What was read stands, whatever became of the line afterwards; who comes next need not find out for themselves.
        if let Err(fault) = ended {
            self.fitness.is_away(Instant::now(), &fault.to_string());
        }
        (done, broke_off)
    }
}

fn postgres(conn: &mut Conn) -> Result<&mut PgConnection, Error> {
    match conn {
        Conn::Postgres(inner) => Ok(inner),
        Conn::Sqlite(_) => Err(Error::Failed("an SQLite register has no replica".to_owned())),
    }
}

fn look(conn: &mut PgConnection, statement: &str) -> Result<Seen, Error> {
    Ok(diesel::RunQueryDsl::get_result(diesel::sql_query(statement), conn)?)
}
