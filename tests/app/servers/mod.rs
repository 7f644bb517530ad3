//! What all stories share: one folder, one PostgreSQL cluster, one capturing SMTP server, one browser.
//!
//! Each is started by the first story that needs it and ends with the run. What a machine lacks is a failure of the
//! stories that need it, with a sentence that says what to install; nothing is skipped.

pub mod folder;
pub mod html;
mod launch;
pub mod node;
pub mod pair;
pub mod postgres;
pub mod smtp;

use std::sync::{Arc, OnceLock};

use crate::naming::Naming;
use crate::seen::Seen;
use crate::support::DatabaseKind;
use crate::support::browser::Browser;
use crate::support::place::Filled;
use folder::RunFolder;
use postgres::Postgres;
use smtp::SmtpServer;

/// The servers of one run. The folder stands last: it goes when everything that uses it has gone.
pub struct Servers {
    browser: OnceLock<Result<Arc<Browser>, String>>,
    smtp: OnceLock<Result<Arc<SmtpServer>, String>>,
    filled: [OnceLock<Filled>; 2],
    postgres: OnceLock<Result<Arc<Postgres>, String>>,
    folder: OnceLock<Result<RunFolder, String>>,
    /// Every page that any story has seen, to be checked at the end of the run.
    pub seen: Seen,
    /// Whether anything that any story received names a person.
    pub naming: Naming,
}

impl Servers {
    /// Nothing is started yet.
    pub fn new() -> Arc<Self> {
        Arc::new(Servers {
            browser: OnceLock::new(),
            smtp: OnceLock::new(),
            filled: [OnceLock::new(), OnceLock::new()],
            postgres: OnceLock::new(),
            folder: OnceLock::new(),
            seen: Seen::default(),
            naming: Naming::default(),
        })
    }

    /// The folder that holds everything this run writes.
    pub fn folder(&self) -> &RunFolder {
        or_fail(self.folder.get_or_init(RunFolder::make))
    }

    /// The PostgreSQL cluster of this run.
    pub fn postgres(&self) -> Arc<Postgres> {
        Arc::clone(or_fail(self.postgres.get_or_init(|| Postgres::start(self.folder()).map(Arc::new))))
    }

    /// The SMTP server that keeps every message and answers as a story asks.
    pub fn smtp(&self) -> Arc<SmtpServer> {
        Arc::clone(or_fail(self.smtp.get_or_init(|| SmtpServer::start().map(Arc::new))))
    }

    /// The same where a story has had it started.
    pub fn smtp_if_started(&self) -> Option<Arc<SmtpServer>> {
        self.smtp.get().map(|started| Arc::clone(or_fail(started)))
    }

    /// The database of each kind that most stories begin with, made by `make` for the first of them.
    pub fn filled(&self, kind: DatabaseKind, make: impl FnOnce() -> Filled) -> &Filled {
        self.filled[usize::from(kind == DatabaseKind::Postgres)].get_or_init(make)
    }

    /// The browser of this run.
    pub fn browser(&self) -> Arc<Browser> {
        Arc::clone(or_fail(self.browser.get_or_init(|| Browser::start(self.folder()).map(Arc::new))))
    }
}

fn or_fail<T>(started: &Result<T, String>) -> &T {
    match started {
        Ok(server) => server,
        Err(sentence) => panic!("{sentence}"),
    }
}

/// What the person who runs the tests has set: where programs are, where pictures go.
#[expect(clippy::disallowed_methods, reason = "the program's settings are not read here, only the tests' own")]
pub fn environment(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name)
}
