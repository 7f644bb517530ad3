//! The door for the clock: the timetable, and the postman. May import domain, store (reading), service, mail, clock and telemetry.
//!
//! Start with the timetable below. Each job is a deed of `service`, run once for each period whichever process comes first;
//! [`Jobs::run`] looks every few seconds, [`Jobs::once`] looks once, for the command and for stories.

mod count;
mod months;
mod postman;
mod steady;
mod timetable;

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use jiff::civil::time;
use tokio::sync::watch;

pub use postman::Handed;
pub use timetable::When;

use crate::clock::{Chance, Clock};
use crate::domain::calendar::Calendar;
use crate::domain::mail_counts::MailCounts;
use crate::domain::moment::Moment;
use crate::domain::retention::Kept;
use crate::domain::words;
use crate::mail::compose::Sender;
use crate::mail::files;
use crate::mail::send::Transport;
use crate::service::digest_round::DIGEST;
use crate::service::job::Cycle;
use crate::service::month_end::MONTHS;
use crate::service::public_digest::{PUBLIC_DIGEST, Told};
use crate::service::reminder::REMINDER;
use crate::service::tidy::TIDY;
use crate::service::{self, Service};
use crate::store::{self, Reader, holiday, job, mailing, outbox, setting};
use crate::telemetry::numbers::Numbers;
use steady::Steady;

/// The timetable, in the register's own zone. What falls on one moment runs in this order. The postman is no part of it:
/// he looks every [`POSTMAN_EVERY`].
pub const TIMETABLE: [Entry; 6] = [
    Entry { job: Job::Notice, when: When::Daily(time(0, 5, 0, 0)) },
    Entry { job: Job::Reminder, when: When::WorkingDays(time(8, 30, 0, 0)) },
    // Before the mail to those who follow: of two to one address that day, this one goes, and tells it all.
    Entry { job: Job::Digest, when: When::WorkingDays(time(8, 30, 0, 0)) },
    Entry { job: Job::PublicDigest, when: When::WorkingDays(time(8, 30, 0, 0)) },
    Entry { job: Job::Tidy, when: When::Daily(time(3, 30, 0, 0)) },
    // Some hours after midnight: no change of the day before is still to come.
    Entry { job: Job::Months, when: When::Daily(time(4, 0, 0, 0)) },
];

/// How often the timetable is looked at: what was missed while no process ran is found within this time.
const TIMETABLE_EVERY: Duration = Duration::from_secs(30);
/// How often the postman looks whether there is mail.
const POSTMAN_EVERY: Duration = Duration::from_secs(2);

/// One line of the timetable.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The job.
    pub job: Job,
    /// When it runs.
    pub when: When,
}

/// A job of the timetable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Publishes a notice for each date that passed with nothing received.
    Notice,
    /// Reminds contributors of the updates that their bodies owe.
    Reminder,
    /// Tells those who work with the register what changed, what is due, what is silent and what waits, each as often as they
    /// chose.
    Digest,
    /// Tells the public what changed, each as often as they chose.
    PublicDigest,
    /// Removes what is kept for a time only.
    Tidy,
    /// Keeps what the register showed at the end of each month that has passed.
    Months,
}

impl Job {
    /// Its name, in the table of runs and in what the command prints.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Reminder => REMINDER,
            Self::Digest => DIGEST,
            Self::PublicDigest => PUBLIC_DIGEST,
            Self::Tidy => TIDY,
            Self::Months => MONTHS,
        }
    }
}

/// Everything that jobs need.
pub struct Jobs {
    /// Reads the register.
    pub reader: Reader,
    /// Does what the jobs do.
    pub service: Service,
    /// Tells the moment.
    pub clock: Clock,
    /// Gives random bytes.
    pub chance: Chance,
    /// Takes mail away.
    pub transport: Transport,
    /// Where mails lie as files, of now or of a time before there was a mail server.
    pub mail_folder: PathBuf,
    /// Who the mail is from. Its zone is the register's.
    pub sender: Sender,
    /// Where runs and mails are counted.
    pub numbers: Numbers,
}

/// What looking once came to.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// For each job of the timetable, in its order: its name and what it did, as a sentence.
    pub lines: Vec<(&'static str, String)>,
    /// What the postman did.
    pub handed: Handed,
    /// How mail stands after it.
    pub counts: MailCounts,
    /// Whether a job could not do its work.
    pub any_job_failed: bool,
}

impl Report {
    /// Whether a job or a mail failed.
    #[must_use]
    pub const fn any_failed(&self) -> bool {
        self.any_job_failed || self.handed.any_failed()
    }
}

/// A line for each job, one for the mail and one for how mail stands after it, as the command prints them.
impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (job, done) in &self.lines {
            writeln!(out, "{job:<9} {done}")?;
        }
        writeln!(out, "{:<9} {}", "mail", self.handed)?;
        writeln!(out, "{:<9} {}", "outbox", words::mail_counts(&self.counts))
    }
}

impl Jobs {
    /// Runs the timetable and the postman until the end is asked for.
    pub async fn run(&self, stop: watch::Receiver<bool>) {
        tokio::join!(self.keep_the_timetable(stop.clone()), self.keep_handing_over(stop));
        self.transport.rest().await;
    }

    /// Runs everything that is due now, hands the mail over, and says what was done.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn once(&self) -> Result<Report, service::Error> {
        let mut report = Report::default();
        for entry in TIMETABLE {
            let done = self.run_if_due(entry).await;
            report.any_job_failed |= done.is_err();
            let line = done.unwrap_or_else(|fault| Some(format!("failed: {fault}")));
            report.lines.push((entry.job.name(), line.unwrap_or_else(|| "nothing to do now".to_owned())));
        }
        if let Some(told) = self.release().await? {
            report.lines.push(("mailing", said(told)));
        }
        let (_told, stop) = watch::channel(false);
        report.handed = self.hand_over(&stop).await?;
        report.counts = self.count_mail().await?;
        self.transport.rest().await;
        Ok(report)
    }

    async fn keep_the_timetable(&self, stop: watch::Receiver<bool>) {
        let mut steady = Steady::since(Instant::now(), self.clock.now());
        loop {
            if let Some(seconds) = steady.doubts(Instant::now(), self.clock.now()) {
                tracing::error!(
                    seconds,
                    "the clock has leapt ahead: no job of the timetable runs while that is in doubt"
                );
                if ended_within(TIMETABLE_EVERY, stop.clone()).await {
                    return;
                }
                continue;
            }
            for entry in TIMETABLE {
                if *stop.borrow() {
                    return;
                }
                match self.run_if_due(entry).await {
                    Ok(Some(done)) => tracing::info!(job = entry.job.name(), %done, "a job was done"),
                    Ok(None) => {}
                    Err(fault) => tracing::error!(job = entry.job.name(), source = %fault, "a job failed"),
                }
            }
            match self.release().await {
                Ok(Some(told)) => tracing::info!(done = %said(told), "a mailing went its way"),
                Ok(None) => {}
                Err(fault) => tracing::error!(source = %fault, "a mailing could not go"),
            }
            if ended_within(TIMETABLE_EVERY, stop.clone()).await {
                return;
            }
        }
    }

    async fn keep_handing_over(&self, stop: watch::Receiver<bool>) {
        loop {
            match self.hand_over(&stop).await {
                Ok(handed) if handed == Handed::default() => {}
                Ok(_) => {
                    if let Err(fault) = self.count_mail().await {
                        tracing::error!(source = %fault, "mail could not be counted");
                    }
                }
                Err(fault) => tracing::error!(source = %fault, "the postman's round failed"),
            }
            if ended_within(POSTMAN_EVERY, stop.clone()).await {
                return;
            }
        }
    }

    /// How mail stands now. The log is told, too.
    async fn count_mail(&self) -> Result<MailCounts, store::Error> {
        let (now, zone) = (self.clock.now(), self.sender.zone.clone());
        let read = self.reader.read(move |tx| {
            let calendar = holiday::calendar(tx, zone)?;
            outbox::mail_counts(tx, now, &calendar)
        });
        let counts = read.await?;
        tracing::info!(
            waiting = counts.waiting,
            oldest_seconds = counts.oldest,
            sending = counts.sending,
            failed_for_now = counts.for_now,
            failed_for_good_in_7_days = counts.for_good,
            suppressed_in_7_days = counts.suppressed,
            "how mail stands"
        );
        Ok(counts)
    }

    /// Runs a job if its time has come and nobody has run it, and counts it; says what it did.
    async fn run_if_due(&self, entry: Entry) -> Result<Option<String>, service::Error> {
        let done = self.run_unless_made(entry).await;
        self.count_run(entry.job, &done);
        done
    }

    async fn run_unless_made(&self, entry: Entry) -> Result<Option<String>, service::Error> {
        let now = self.clock.now();
        let calendar = self.calendar().await?;
        let Some(period) = entry.when.due(now, &calendar) else { return Ok(None) };
        let name = entry.job.name();
        let made = self.reader.read(move |tx| job::is_finished(tx, name, &period.to_string())).await?;
        if made {
            return Ok(None);
        }
        let at = (now, calendar.day(now));
        let Some(cycle) = self.service.begin_job((name, period.to_string()), at, self.chance.bytes()).await? else {
            return Ok(None);
        };
        match self.work(entry.job, cycle.clone(), calendar).await {
            Ok(done) => Ok(Some(format!("{}: {done}", words::day(period)))),
            Err(fault) => {
                self.service.give_back_job(&cycle).await?;
                Err(fault)
            }
        }
    }

    async fn work(&self, job: Job, cycle: Cycle, calendar: Calendar) -> Result<String, service::Error> {
        let count = |number: usize, one: &str, many: &str| words::count(number as u64, one, many);
        Ok(match job {
            Job::Notice => {
                let notices = self.service.note_missed(cycle).await?;
                format!("{} published", count(notices, "notice", "notices"))
            }
            Job::Reminder => {
                let reminded = self.service.write_reminders(cycle, calendar).await?;
                let alone = match reminded.without_contributor {
                    0 => String::new(),
                    alone => format!("; {} without a contributor", count(alone, "body", "bodies")),
                };
                let bodies = count(reminded.bodies, "body", "bodies");
                format!("{} written for {bodies}{alone}", count(reminded.mails, "reminder", "reminders"))
            }
            Job::Digest => {
                let digests = self.service.write_digests(cycle, calendar).await?;
                format!("{} written", count(digests, "digest", "digests"))
            }
            Job::PublicDigest => said(self.service.write_public_digests(cycle, calendar).await?),
            Job::Months => {
                let months = self.keep_months(cycle).await?;
                format!("{} kept", count(months, "month", "months"))
            }
            Job::Tidy => {
                let files = self.remove_mail_files(cycle.now).await?;
                let tidied = self.service.tidy(cycle).await?;
                let others = Kept::ALL.iter().copied().filter(|kind| *kind != Kept::MailWords);
                let mut removed: Vec<String> = others.map(|kind| words::removed(kind, tidied.of(kind))).collect();
                removed.extend([files, words::removed(Kept::MailWords, tidied.of(Kept::MailWords))]);
                removed.join(", ") + " removed"
            }
        })
    }

    /// Removes the files of mails whose words are due to go; says what was done. Where a file cannot be removed, the rest of
    /// the tidying is not held up by it.
    async fn remove_mail_files(&self, now: Moment) -> Result<String, store::Error> {
        let read = self.reader.read(move |tx| {
            let before = now.plus_seconds(-setting::periods(tx)?.days(Kept::MailWords) * 24 * 3600);
            Ok::<_, store::Error>((before, outbox::unfinished_by(tx, before)?))
        });
        let (before, needed) = read.await?;
        let folder = self.mail_folder.clone();
        let removed =
            tokio::task::spawn_blocking(move || files::remove_old(&folder, before, |mail| needed.contains(mail)));
        Ok(match removed.await.unwrap_or_else(|fault| Err(io::Error::other(fault))) {
            Ok(removed) => words::count(removed as u64, "mail's file", "mails' files"),
            Err(fault) => {
                tracing::error!(source = %fault, "files of old mails could not be removed");
                format!("not every old mail's file ({fault})")
            }
        })
    }

    async fn calendar(&self) -> Result<Calendar, store::Error> {
        let zone = self.sender.zone.clone();
        self.reader.read(move |tx| holiday::calendar(tx, zone)).await
    }

    /// Lets mailings to the public go that were decided on and whose wait is over, while scheduled mail may go.
    async fn release(&self) -> Result<Option<Told>, service::Error> {
        let now = self.clock.now();
        if !self.reader.read(move |tx| mailing::is_any_due(tx, now)).await? {
            return Ok(None);
        }
        let calendar = self.calendar().await?;
        if !calendar.mail_may_go(now) {
            return Ok(None);
        }
        self.service.release_mailings((now, calendar.day(now)), self.chance.bytes(), calendar).await
    }
}

/// What mail to the public came to.
fn said(told: Told) -> String {
    let waits = if told.asked { "; many changes wait for a decision" } else { "" };
    format!("{} written{waits}", words::count(told.mails as u64, "summary", "summaries"))
}

/// Waits so long, or until the end is asked for: then `true`.
async fn ended_within(time: Duration, mut stop: watch::Receiver<bool>) -> bool {
    // The other side going away is the end too.
    tokio::time::timeout(time, stop.wait_for(|stop| *stop)).await.is_ok()
}
