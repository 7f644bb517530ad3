//! The commands. May import everything; each has a file of its own, which says in words what it does.
//!
//! Exit codes: 0 done, 1 failed, 2 misused (a wrong option or a wrong setting).

mod backup;
mod bounces;
mod export;
mod export_site;
mod held;
mod jobs;
mod migrate;
mod person;
mod redactions;
mod register;
mod restore;
mod serve;
mod verify;

use std::fmt::Display;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Config;
use crate::telemetry;

/// A public register of what became of every recommendation of an inquiry.
#[derive(Parser)]
#[command(name = "followthrough", version, about, args_conflicts_with_subcommands = true)]
#[command(after_help = "Settings are read from the environment; the README lists them. Without a command: serve.")]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: serve::Serve,
}

#[derive(Subcommand)]
enum Command {
    /// Serve pages and run the jobs, until SIGTERM. What happens without a command, too
    Serve(serve::Serve),
    /// Run the jobs without the pages: for ever, or once with --once
    Jobs(jobs::Jobs),
    /// Bring the database's schema up to date, and say from what to what
    Migrate,
    /// Replay the ledger and compare it with the current rows, the counts and the search index
    Verify,
    /// Copy the whole register into a new file, while it is served
    Backup(backup::Backup),
    /// Put a copy into an empty place
    Restore(restore::Restore),
    /// Take in reports of mail that came back, from a file of delivery status notifications (RFC 3464)
    Bounces(bounces::Bounces),
    /// Write the list of what was removed for legal reasons, to be kept beside the backups
    Redactions(redactions::Redactions),
    /// Write what is published as open data: CSV and JSON, what each column means, and the licence
    Export(export::Export),
    /// Write the whole public site as files with working links: for a web archive, or for any web server
    ExportSite(export_site::ExportSite),
    /// Write everything held about a person, an item or a body into one file, for a request under the law
    Held(held::Arguments),
    /// Load a register file
    #[command(subcommand)]
    Register(register::Register),
    /// Invite people
    Person(person::Person),
}

/// A command that did not do what it was for: a sentence for whoever ran it.
pub(super) struct Failure(String);

impl<E: Display> From<E> for Failure {
    fn from(fault: E) -> Self {
        Self(fault.to_string())
    }
}

/// Reads the command line and the settings, and does as told.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let config = match Config::from_environment() {
        Ok(config) => config,
        Err(faults) => {
            eprintln!("{faults}");
            return ExitCode::from(2);
        }
    };
    // A copy asks for every page: a line for each would hide what went wrong.
    let log = match &cli.command {
        Some(Command::ExportSite(_)) => format!("{},followthrough::web::log=warn", config.log),
        _ => config.log.clone(),
    };
    if let Err(fault) = telemetry::start(&log, config.log_as_json) {
        eprintln!("The log could not be started: {fault}");
    }
    let done = match cli.command {
        None => cli.serve.run(config),
        Some(Command::Serve(serve)) => serve.run(config),
        Some(Command::Jobs(jobs)) => jobs.run(&config),
        Some(Command::Migrate) => migrate::run(&config),
        Some(Command::Verify) => verify::run(&config),
        Some(Command::Backup(backup)) => backup.run(&config),
        Some(Command::Restore(restore)) => restore.run(&config),
        Some(Command::Bounces(bounces)) => bounces.run(&config),
        Some(Command::Redactions(redactions)) => redactions.run(&config),
        Some(Command::Export(export)) => export.run(&config),
        Some(Command::ExportSite(export)) => export.run(config),
        Some(Command::Held(held)) => held.run(&config),
        Some(Command::Register(command)) => command.run(&config),
        Some(Command::Person(person)) => person.run(&config),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(sentence)) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}
