//! The jobs, made from the settings, and kept going on a thread of their own.

use std::io;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use secrecy::ExposeSecret;
use tokio::sync::watch;

use super::Opened;
use crate::clock::{Chance, Clock};
use crate::config::Config;
use crate::jobs::Jobs;
use crate::mail::compose::Sender;
use crate::mail::send::{BadUrl, Transport};

/// Who mails come from, by the settings.
#[must_use]
pub fn sender(config: &Config) -> Sender {
    Sender {
        name: config.mail_from.name.clone().unwrap_or_else(|| config.site_name.clone()),
        address: config.mail_from.address.clone(),
        site_name: config.site_name.clone(),
        base_url: config.base_url.as_str().to_owned(),
        host: config.base_url.host().to_owned(),
        zone: config.time_zone.clone(),
    }
}

/// The jobs of an opened register. Nothing runs yet.
///
/// # Errors
/// When `SMTP_URL` names no server that mail could be handed to.
pub fn jobs(config: &Config, opened: &Opened, clock: Clock, chance: Chance) -> Result<Jobs, BadUrl> {
    let transport = match &config.smtp_url {
        Some(url) => match &config.smtp_token_file {
            Some(token) => Transport::smtp_with_token(url.expose_secret(), token)?,
            None => Transport::smtp(url.expose_secret())?,
        },
        None => Transport::files(config.mail_dir()),
    };
    Ok(Jobs {
        reader: opened.reader.clone(),
        service: opened.service.clone(),
        clock,
        chance,
        transport,
        mail_folder: config.mail_dir(),
        sender: sender(config),
        numbers: opened.numbers.clone(),
    })
}

/// The jobs, running on a thread of their own.
pub(super) struct JobsThread {
    tell: watch::Sender<bool>,
    thread: JoinHandle<()>,
}

impl JobsThread {
    pub(super) fn start(jobs: Arc<Jobs>) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (tell, stop) = watch::channel(false);
        let run = move || runtime.block_on(jobs.run(stop));
        let thread = thread::Builder::new().name("jobs".to_owned()).spawn(run)?;
        Ok(Self { tell, thread })
    }

    /// Asks for the end: mails under way may finish, the others are given back.
    pub(super) fn tell(&self) {
        self.tell.send_replace(true);
    }

    /// Returns when all is still. Only after [`tell`](Self::tell).
    pub(super) fn join(self) {
        if self.thread.join().is_err() {
            tracing::error!("the jobs' thread panicked");
        }
    }
}
