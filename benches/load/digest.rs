//! A digest to tens of thousands who follow the register: how long `followthrough jobs --once` takes to write the mails and to hand
//! them over, each as a file.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use followthrough::clock::Clock;
use followthrough::domain::moment::Day;
use jiff::civil::{Date, Weekday};

use crate::meter::{Cluster, Used};
use crate::place::Place;
use crate::plan::Plan;
use crate::support::served::Served;
use crate::table::{Ran, Row, Times};
use crate::writing::{Until, write};
use crate::{Fault, zone};

/// How many follow the register.
pub const SUBSCRIBERS: i64 = 50_000;
/// How many changes they are told of: fewer than wait for somebody's decision.
const CHANGES: usize = 5;

/// What a run of the jobs took.
struct Jobs {
    seconds: f64,
    used: Used,
}

/// Lets the jobs run on two working days that have not come yet. On the first they do everything that a register of this age owes; on
/// the second there is the digest.
pub fn digest(place: &Place, plan: Plan, served: &Served, turn: u64, cluster: Option<Cluster>) -> Result<Row, Fault> {
    let first = first_day(place)?;
    let second = first.plus_days(1);
    let settled = jobs(place, first, cluster)?;
    eprintln!("what a register of this age owes was done in {:.1} s", settled.seconds);
    follow(place, first)?;
    write(&served.address, plan, turn, 1, Until::Responses(CHANGES))?;
    let accepted = "select count(*) from outbox where state = 'accepted'";
    let before = place.number(accepted)?;
    let run = jobs(place, second, cluster)?;
    let mails = place.number(accepted)? - before;
    // So many files are of no further use to anybody.
    let mail = place.folder.join("mail");
    if mail.exists() {
        fs::remove_dir_all(mail)?;
    }
    let count = usize::try_from(mails).unwrap_or_default();
    let errors = usize::try_from(SUBSCRIBERS - mails).unwrap_or_default();
    let ran = Ran { times: Times { count, ..Times::default() }, seconds: run.seconds, errors, bytes: 0 };
    Ok(Row {
        name: format!("digest: {mails} mails written and handed over"),
        ran,
        used: run.used,
        shared_by: count,
        bare: None,
    })
}

/// A Tuesday on which nothing of this was done yet, away from the holidays at the end of the year.
fn first_day(place: &Place) -> Result<Day, Fault> {
    let today = Clock::system().now().day_in(&zone());
    let last = place.number(
        "select coalesce(max(cast(replace(period, '-', '') as bigint)), 0) from job_run where job = 'public_digest'",
    )?;
    let part = |number: i64| i8::try_from(number).unwrap_or_default();
    let last = Date::new(i16::try_from(last / 10_000)?, part(last / 100 % 100), part(last % 100)).ok();
    let mut day = last.map_or(today, Day::new).max(today).plus_days(1);
    let is_quiet = |date: Date| {
        let in_year = date.day_of_year();
        date.weekday() == Weekday::Tuesday && (6..354).contains(&in_year)
    };
    while !is_quiet(day.date()) {
        day = day.plus_days(1);
    }
    Ok(day)
}

/// Everybody follows everything, and has been told of everything so far. The rows are made straight in the database: to let so many
/// confirm by the program's own deeds takes longer than what is measured.
fn follow(place: &Place, day: Day) -> Result<(), Fault> {
    let at = format!("{day}T08:00:00Z");
    place.execute(&format!(
        "delete from told; delete from subscription; delete from subscriber; \
         with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < {SUBSCRIBERS}) \
         insert into subscriber (reference, email, token_hash, cycle, created_at, confirmed_at, told_upto, told_on, \
           corrected_upto, version) \
         select 'load-' || n, 'reader-' || n || '@readers.example', 'load-' || n, 'daily', '{at}', '{at}', \
           (select seq from counter), '{day}', (select seq from counter), 1 from numbers; \
         insert into subscription (subscriber_id, kind, target_id, since_seq, created_at) \
         select id, 'everything', 0, told_upto, '{at}' from subscriber"
    ))
}

/// Runs everything that is due on the morning of a day.
fn jobs(place: &Place, day: Day, cluster: Option<Cluster>) -> Result<Jobs, Fault> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_followthrough"));
    command.args(["jobs", "--once", "--now", &format!("{day}T09:00:00Z")]).current_dir(&place.folder);
    command.envs(place.settings()).stdout(Stdio::piped());
    // Nobody is written to, whatever mail server this machine's own settings name.
    command.env_remove("SMTP_URL").env_remove("FOLLOWTHROUGH_SMTP_TOKEN_FILE");
    let at_first = cluster.map(Cluster::taken).transpose()?;
    let begun = Instant::now();
    let mut child = command.spawn()?;
    let mut used = Used::default();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        // A process that has just ended has no memory any more.
        used = Used::by(child.id()).ok().filter(|used| used.peak > 0.0).unwrap_or(used);
        thread::sleep(Duration::from_millis(20));
    };
    let seconds = begun.elapsed().as_secs_f64();
    used.database = cluster.zip(at_first).map(|(cluster, before)| cluster.since(before)).transpose()?;
    let said = child.wait_with_output()?;
    eprint!("{}", String::from_utf8_lossy(&said.stdout));
    if !status.success() {
        return Err(format!("the jobs of {day} failed").into());
    }
    Ok(Jobs { seconds, used })
}
