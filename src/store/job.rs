//! Runs of jobs: one row for each job and period, taken by whoever comes first.

use diesel::prelude::*;

use super::conn::each;
use super::schema::job_run;
use super::{Error, ReadTx, WriteTx};
use crate::domain::moment::{HOLD_IN_DOUBT_SECONDS, Moment};

/// A run that this process holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRun {
    /// The job.
    pub job: String,
    /// The period that it is for: a day, as `2027-01-18`.
    pub period: String,
    /// Until when nobody else takes it over; it names the holder too.
    lease_until: Moment,
}

/// Takes the run of a job for a period, unless it is finished or another process holds it. A run whose lease has ended
/// without its being finished is taken over, and so is one whose lease no clock like ours can have given.
///
/// # Errors
/// When the database fails.
pub fn begin(
    tx: &mut WriteTx<'_>,
    job: &str,
    period: &str,
    now: Moment,
    until: Moment,
) -> Result<Option<JobRun>, Error> {
    let row =
        (job_run::job.eq(job), job_run::period.eq(period), job_run::started_at.eq(now), job_run::lease_until.eq(until));
    let begun = each!(&mut *tx.conn, inner => {
        diesel::insert_into(job_run::table).values(row).on_conflict((job_run::job, job_run::period)).do_nothing().execute(inner)
    })?;
    let taken = begun == 1 || {
        let doubt = now.plus_seconds(HOLD_IN_DOUBT_SECONDS);
        let ended = job_run::lease_until.lt(now).or(job_run::lease_until.ge(doubt));
        let dead = job_run::table
            .filter(job_run::job.eq(job).and(job_run::period.eq(period)))
            .filter(job_run::finished_at.is_null().and(ended));
        let set = (job_run::started_at.eq(now), job_run::lease_until.eq(until));
        diesel::update(dead).set(set).execute(tx.conn)? == 1
    };
    Ok(taken.then(|| JobRun { job: job.to_owned(), period: period.to_owned(), lease_until: until }))
}

/// Sees that this process still holds a run, and lets nobody take it over until this transaction ends: before each piece of a run that
/// is written in several.
///
/// # Errors
/// [`Error::Stale`] when another process has taken it over: then nothing of this transaction may stay.
pub fn hold(tx: &mut WriteTx<'_>, run: &JobRun) -> Result<(), Error> {
    let mine = job_run::table
        .filter(job_run::job.eq(&run.job).and(job_run::period.eq(&run.period)))
        .filter(job_run::finished_at.is_null().and(job_run::lease_until.eq(run.lease_until)));
    let held = diesel::update(mine).set(job_run::lease_until.eq(run.lease_until)).execute(tx.conn)?;
    if held == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Marks a run as finished, in the transaction of what it did, of the last piece of it, or in one after that.
///
/// # Errors
/// [`Error::Stale`] when another process has taken it over: then nothing of this transaction may stay.
pub fn finish(tx: &mut WriteTx<'_>, run: &JobRun, now: Moment, summary: &str) -> Result<(), Error> {
    let mine = job_run::table
        .filter(job_run::job.eq(&run.job).and(job_run::period.eq(&run.period)))
        .filter(job_run::finished_at.is_null().and(job_run::lease_until.eq(run.lease_until)));
    let set = (job_run::finished_at.eq(now), job_run::summary.eq(summary));
    if diesel::update(mine).set(set).execute(tx.conn)? == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Gives a run back unfinished, so that it can be taken again at once: after a failure.
///
/// # Errors
/// When the database fails.
pub fn release(tx: &mut WriteTx<'_>, run: &JobRun) -> Result<(), Error> {
    let mine = job_run::table
        .filter(job_run::job.eq(&run.job).and(job_run::period.eq(&run.period)))
        .filter(job_run::finished_at.is_null().and(job_run::lease_until.eq(run.lease_until)));
    diesel::delete(mine).execute(tx.conn)?;
    Ok(())
}

/// Whether the run of a job for this period is finished.
///
/// # Errors
/// When the database fails.
pub fn is_finished(tx: &mut ReadTx<'_>, job: &str, period: &str) -> Result<bool, Error> {
    let finished = job_run::table
        .filter(job_run::job.eq(job).and(job_run::period.eq(period)).and(job_run::finished_at.is_not_null()));
    Ok(diesel::select(diesel::dsl::exists(finished)).get_result(tx.conn)?)
}

/// The latest period before `period` for which the job was finished.
///
/// # Errors
/// When the database fails.
pub fn period_before(tx: &mut ReadTx<'_>, job: &str, period: &str) -> Result<Option<String>, Error> {
    Ok(job_run::table
        .filter(job_run::job.eq(job).and(job_run::period.lt(period)).and(job_run::finished_at.is_not_null()))
        .select(diesel::dsl::max(job_run::period))
        .first(tx.conn)?)
}

/// When each job was last finished.
///
/// # Errors
/// When the database fails.
pub fn last_finished(tx: &mut ReadTx<'_>) -> Result<Vec<(String, Moment)>, Error> {
    let rows: Vec<(String, Option<Moment>)> = job_run::table
        .group_by(job_run::job)
        .select((job_run::job, diesel::dsl::max(job_run::finished_at)))
        .order(job_run::job)
        .load(tx.conn)?;
    Ok(rows.into_iter().filter_map(|(job, at)| Some((job, at?))).collect())
}

/// What the run that finished last wrote about itself, and when that was.
///
/// # Errors
/// When the database fails.
pub fn last_summary(tx: &mut ReadTx<'_>, job: &str) -> Result<Option<(Moment, String)>, Error> {
    let row: Option<(Option<Moment>, Option<String>)> = job_run::table
        .filter(job_run::job.eq(job).and(job_run::finished_at.is_not_null()))
        .order(job_run::id.desc())
        .select((job_run::finished_at, job_run::summary))
        .first(tx.conn)
        .optional()?;
    Ok(row.and_then(|(at, summary)| Some((at?, summary?))))
}

/// Ends the lease of every run that is not finished, so that it can be taken over at once.
///
/// # Errors
/// When the database fails.
pub fn release_all(tx: &mut WriteTx<'_>) -> Result<usize, Error> {
    Ok(diesel::delete(job_run::table.filter(job_run::finished_at.is_null())).execute(tx.conn)?)
}

/// What the last runs of a job wrote about themselves and when they ended, the last first.
///
/// # Errors
/// When the database fails.
pub fn summaries(tx: &mut ReadTx<'_>, job: &str, most: i64) -> Result<Vec<(Moment, String)>, Error> {
    let rows: Vec<(Option<Moment>, Option<String>)> = job_run::table
        .filter(job_run::job.eq(job).and(job_run::finished_at.is_not_null()))
        .order(job_run::id.desc())
        .limit(most)
        .select((job_run::finished_at, job_run::summary))
        .load(tx.conn)?;
    Ok(rows.into_iter().filter_map(|(at, summary)| Some((at?, summary?))).collect())
}
