//! `followthrough serve`: pages and jobs, until somebody asks for the end.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use tokio::signal::unix::{SignalKind, signal};

use super::Failure;
use crate::clock::{Chance, Clock};
use crate::config::Config;
use crate::server::{self, FirstRegister, Options, Running};

/// Serves pages and runs the jobs.
#[derive(Args)]
pub struct Serve {
    /// Leave an empty database empty, instead of loading the first register
    #[arg(long, conflicts_with = "register")]
    empty: bool,
    /// Load this register file into an empty database, instead of the first register
    #[arg(long, value_name = "FILE")]
    register: Option<PathBuf>,
    /// Serve pages only; `followthrough jobs` runs the jobs elsewhere
    #[arg(long)]
    no_jobs: bool,
}

impl Serve {
    /// Serves until SIGTERM or SIGINT.
    pub fn run(self, config: Config) -> Result<(), Failure> {
        let register = match self.register {
            Some(file) => FirstRegister::File(file),
            None if self.empty => FirstRegister::Empty,
            None => FirstRegister::Ours,
        };
        let options = Options { register, jobs: !self.no_jobs };
        let base_url = config.base_url.as_str().to_owned();
        let running = server::start(config, &options, Clock::system(), Chance::system())?;
        println!("Listening on http://{} (readers use {base_url})", running.address);
        if let Some(link) = &running.first_administrator {
            println!("Nobody administers this register yet. Whoever opens this link within 72 hours can, once:");
            println!("{link}");
        }
        let told = wait_for_the_end(&running)?;
        running.stop();
        if told { Ok(()) } else { Err("the server ended by itself; the log says why".into()) }
    }
}

/// Waits for a signal; `false` when the server ended without one.
fn wait_for_the_end(running: &Running) -> Result<bool, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let ended = async {
            while !running.has_ended() {
                tokio::time::sleep(Duration::from_millis(500)).await;
            }
        };
        Ok(tokio::select! {
            _ = terminate.recv() => true,
            _ = interrupt.recv() => true,
            () = ended => false,
        })
    })
}
