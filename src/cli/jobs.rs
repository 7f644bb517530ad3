//! `followthrough jobs`: the jobs without the pages, for ever or once.

use clap::Args;
use tokio::runtime::Builder;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use super::Failure;
use super::serve::say_where_counts_are;
use crate::clock::{Chance, Clock};
use crate::config::Config;
use crate::domain::moment::Moment;
use crate::jobs::Jobs as Work;
use crate::server::{self, Answering, Watching};

/// What the help says below the options.
const REHEARSAL: &str = "\
Each job runs once for each period, whichever process comes first: notices, tidying and the numbers of months once a day, \
reminders once on each working day, the digest once a week. A run that is noted as done is not made again, whatever the clock says.

Rehearsing: with --now a later moment than the clock's, everything is done as if it were that moment, and it is done \
really. Mail leaves through SMTP_URL (or is written as files), missed dates are published with that day's date, and the \
periods are noted: when their real day comes, they count as done, while the days before it run as usual. So rehearse on a \
copy: stop the register, copy its data folder, start it again, and run this with FOLLOWTHROUGH_DATA_DIR naming the copy \
and SMTP_URL unset.";

/// Runs the jobs: reminders, digests, notices, tidying, the numbers of months, and the postman.
#[derive(Args)]
#[command(after_help = REHEARSAL)]
pub struct Jobs {
    /// Run everything that is due at this moment, hand the mail over, say what was done, and end: 1 if anything failed
    #[arg(long)]
    once: bool,
    /// With --once: the moment to do it for, such as 2027-01-18T08:30:00Z, instead of the clock's
    #[arg(long, value_name = "MOMENT", requires = "once")]
    now: Option<Moment>,
}

impl Jobs {
    /// Runs once, or until SIGTERM or SIGINT.
    pub fn run(self, config: &Config) -> Result<(), Failure> {
        let clock = Clock::system();
        // Once is about a register that is there, and over before anybody asks for counts; for ever may begin before the pages
        // have made it.
        let (opened, watching) = if self.once {
            (server::open_existing(config, &clock, &Chance::system())?, None)
        } else {
            let watching = Watching::bind(config)?;
            let numbers = watching.numbers().clone();
            (server::open_counted(config, &clock, &Chance::system(), numbers)?, Some(watching))
        };
        opened.service.settle_answerers(clock.now())?;
        if let Some(now) = self.now {
            if now > clock.now() {
                eprintln!(
                    "A rehearsal: {now} has not come yet. All of it is done really; see `followthrough jobs --help`."
                );
            }
            clock.set(now);
        }
        let jobs = server::jobs(config, &opened, clock.clone(), Chance::system())?;
        drop(opened);
        let Some(watching) = watching else { return once(&jobs) };
        let answering = watching.answer(config, &clock, None)?;
        say_where_counts_are(answering.as_ref().map(Answering::address));
        until_told(jobs)
    }
}

fn once(jobs: &Work) -> Result<(), Failure> {
    let report = Builder::new_multi_thread().worker_threads(2).enable_all().build()?.block_on(jobs.once())?;
    print!("{report}");
    if report.any_failed() {
        Err("Something failed: the lines above and the staff outbox page say what.".into())
    } else {
        Ok(())
    }
}

fn until_told(jobs: Work) -> Result<(), Failure> {
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let (tell, stop) = watch::channel(false);
        let running = tokio::spawn(async move { jobs.run(stop).await });
        println!("The jobs are running.");
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tell.send_replace(true);
        Ok(running.await?)
    })
}
