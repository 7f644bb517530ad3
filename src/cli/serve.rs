//! `followthrough serve`: pages and jobs, until somebody asks for the end.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use tokio::signal::unix::{SignalKind, signal};

use super::Failure;
use crate::clock::{Chance, Clock};
use crate::config::Config;
use crate::demo;
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
    /// Serve a fictional inquiry with three years of history, for trying everything out: nothing is kept afterwards
    #[arg(long, conflicts_with_all = ["register", "empty"])]
    demo: bool,
    /// With --demo, where the settings let other machines in: yes, they may. Everybody's password is known
    #[arg(long, requires = "demo")]
    demo_for_other_machines: bool,
}

impl Serve {
    /// Serves until SIGTERM or SIGINT.
    pub fn run(self, config: Config) -> Result<(), Failure> {
        if self.demo {
            return self.run_demo(config);
        }
        let register = match self.register {
            Some(file) => FirstRegister::File(file),
            None if self.empty => FirstRegister::Empty,
            None => FirstRegister::Ours,
        };
        let options = Options { register, jobs: !self.no_jobs, demo: false };
        let base_url = config.base_url.as_str().to_owned();
        let running = server::start(config, &options, Clock::system(), Chance::system())?;
        println!("Listening on http://{} (readers use {base_url})", running.address);
        say_where_counts_are(running.metrics);
        if let Some(link) = &running.first_administrator {
            println!("Nobody administers this register yet. Whoever opens this link within 72 hours can, once:");
            println!("{link}");
        }
        until_the_end(running)
    }

    /// Makes the demo's register in a folder that goes when this ends, and serves it.
    fn run_demo(&self, config: Config) -> Result<(), Failure> {
        let listen = config.listen;
        let others_come_in = !listen.ip().is_loopback() || !config.base_url.is_local();
        if others_come_in && !self.demo_for_other_machines {
            let sentence = format!(
                "The demo is for this machine alone, and FOLLOWTHROUGH_LISTEN ({listen}) or FOLLOWTHROUGH_BASE_URL ({}) lets \
                 others in: everybody's password is known. Unset them, or add --demo-for-other-machines.",
                config.base_url.as_str()
            );
            return Err(sentence.as_str().into());
        }
        let folder = tempfile::Builder::new().prefix("followthrough-demo-").tempdir()?;
        let config = server::demo_config(config, folder.path());
        println!("Making the demo: three years of a fictional inquiry. This takes a moment.");
        let (clock, chance) = (Clock::system(), Chance::system());
        server::make_demo(&config, &chance, clock.now())?;
        let base_url = config.base_url.as_str().to_owned();
        let options = Options { register: FirstRegister::Empty, jobs: !self.no_jobs, demo: true };
        let running = server::start(config, &options, clock, chance)?;
        println!("Listening on http://{} (readers use {base_url})", running.address);
        say_where_counts_are(running.metrics);
        println!("Everything in it is fictional, and all of it is thrown away when this program ends.");
        println!("Sign in at {base_url}/sign-in, everybody with the password: {}", demo::PASSWORD);
        for somebody in demo::SIGN_INS {
            let of = if somebody.body.is_empty() { String::new() } else { format!(" of {}", somebody.body) };
            println!("  {:<30} {}{of}", somebody.email, somebody.role);
        }
        until_the_end(running)
    }
}

/// Says where Prometheus is to ask, if it may.
pub(super) fn say_where_counts_are(metrics: Option<SocketAddr>) {
    if let Some(address) = metrics {
        println!("Counts for Prometheus on http://{address}/metrics");
    }
}

/// Serves until somebody asks for the end.
fn until_the_end(running: Running) -> Result<(), Failure> {
    let told = wait_for_the_end(&running)?;
    running.stop();
    if told { Ok(()) } else { Err("the server ended by itself; the log says why".into()) }
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
