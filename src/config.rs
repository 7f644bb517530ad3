//! Typed settings, every fault reported at once. The only place that reads the environment.
//!
//! May import `domain`. Start with [`SETTINGS`], the table that the README repeats, then [`Config::read`]. Secrets stay
//! wrapped: no `Debug` and no fault prints a password.

mod parse;

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use jiff::tz::TimeZone;
use secrecy::SecretString;

use crate::domain::email::Email;

/// One setting, as the README's table shows it.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// The name of the environment variable.
    pub name: &'static str,
    /// What holds when it is not set; empty where nothing does.
    pub default: &'static str,
    /// What it is for.
    pub meaning: &'static str,
}

const fn setting(name: &'static str, default: &'static str, meaning: &'static str) -> Setting {
    Setting { name, default, meaning }
}

/// Every setting there is. `FOLLOWTHROUGH_ASSETS` is read by the build alone and `RUST_LOG` has the name it has everywhere.
pub const SETTINGS: &[Setting] = &[
    setting("FOLLOWTHROUGH_DATA_DIR", "var", "Folder that everything kept lies under: database, mails, files."),
    setting(
        "DATABASE_URL",
        "sqlite:var/followthrough.db",
        "Where the register is kept: `sqlite:PATH` or `postgres://USER:PASSWORD@HOST/NAME`. Unset: an SQLite file in the data folder.",
    ),
    setting(
        "DATABASE_READ_URL",
        "",
        "A streaming replica of the PostgreSQL server that `DATABASE_URL` names, as `postgres://USER:PASSWORD@HOST/NAME`: who reads without signing in is answered from it while it is as new as the pages. Unset: everybody is answered from `DATABASE_URL`.",
    ),
    setting("FOLLOWTHROUGH_LISTEN", "127.0.0.1:8080", "Address and port to serve pages on."),
    setting(
        "FOLLOWTHROUGH_BASE_URL",
        "http://localhost:8080",
        "The address that readers use. With https the session cookie is Secure and HSTS is sent. Unset: where `FOLLOWTHROUGH_LISTEN` serves.",
    ),
    setting(
        "SMTP_URL",
        "",
        "Mail server: `smtps://USER:PASSWORD@HOST` or `smtp://USER:PASSWORD@HOST:587?tls=required`. Unset: each mail is a file in `mail/` under the data folder.",
    ),
    setting(
        "FOLLOWTHROUGH_SMTP_TOKEN_FILE",
        "",
        "File that holds an access token, with which to sign in to the mail server in the place of a password (XOAUTH2); read anew before each connection. `SMTP_URL` then names the user alone: `smtps://USER@HOST`.",
    ),
    setting(
        "FOLLOWTHROUGH_MAIL_FROM",
        "",
        "Sender of mails, such as `Ashgrove register <register@example.org>`. Unset: `register@` and the host of the base URL.",
    ),
    setting("FOLLOWTHROUGH_SITE_NAME", "Followthrough", "Name of this register on pages and in mails."),
    setting(
        "FOLLOWTHROUGH_TIME_ZONE",
        "Europe/London",
        "Zone that the register's days are counted in, by its IANA name.",
    ),
    setting(
        "FOLLOWTHROUGH_TRUSTED_PROXIES",
        "",
        "Addresses or networks, with commas between them, whose `X-Forwarded-For` is believed.",
    ),
    setting(
        "FOLLOWTHROUGH_METRICS_LISTEN",
        "",
        "Port, or address and port, on which counts are given to Prometheus at `/metrics`; a port alone is open to this machine alone. Unset: nothing is counted.",
    ),
    setting(
        "FOLLOWTHROUGH_DRAIN_SECONDS",
        "0",
        "For how many seconds pages are still served once the end was asked for, while `/readyz` says 503 already: long enough for a balancer that asks it to send readers elsewhere; at most 60.",
    ),
    setting("FOLLOWTHROUGH_ASSETS", "", "When building: a folder of ready assets, instead of making them with npm."),
    setting("RUST_LOG", "info", "What is logged, such as `info` or `warn,followthrough=debug`."),
    setting(
        "FOLLOWTHROUGH_LOG",
        "",
        "`json`: each line of the log is a JSON object; `text`: a line for a person. Unset: text on a terminal, JSON elsewhere.",
    ),
];

/// Every setting, checked. Made once, at the start, and handed down in pieces.
#[derive(Debug, Clone)]
pub struct Config {
    /// The folder that everything kept lies under.
    pub data_dir: PathBuf,
    /// Where the register is kept.
    pub database: DatabaseUrl,
    /// The replica that those read who are not signed in; without one, everybody reads where the register is kept.
    pub replica: Option<SecretString>,
    /// Where pages are served.
    pub listen: SocketAddr,
    /// The address that readers use.
    pub base_url: BaseUrl,
    /// The mail server; without one, mails are files.
    pub smtp_url: Option<SecretString>,
    /// The file with the access token to sign in to it with; without one, a password in its address does.
    pub smtp_token_file: Option<PathBuf>,
    /// Who mails come from.
    pub mail_from: MailFrom,
    /// The name of this register.
    pub site_name: String,
    /// The zone that the register's days are counted in.
    pub time_zone: TimeZone,
    /// Whose word about a reader's address is believed.
    pub trusted_proxies: TrustedProxies,
    /// Where counts are given to whatever watches; without it nothing is counted.
    pub metrics_listen: Option<SocketAddr>,
    /// For how long pages are still served once the end was asked for.
    pub drain: Duration,
    /// What is logged.
    pub log: String,
    /// Whether each line of the log is JSON; `None`: not on a terminal, and everywhere else.
    pub log_as_json: Option<bool>,
}

impl Config {
    /// The settings in the environment.
    ///
    /// # Errors
    /// Every fault in them, at once.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]
    pub fn from_environment() -> Result<Self, Faults> {
        let mut faults = Faults::default();
        for setting in SETTINGS {
            if let Err(std::env::VarError::NotUnicode(_)) = std::env::var(setting.name) {
                faults.add(setting.name, "is not readable as UTF-8 text", "a plain value, without stray bytes");
            }
        }
        match Self::read(|name| std::env::var(name).ok()) {
            Ok(config) if faults.is_empty() => Ok(config),
            Ok(_) => Err(faults),
            Err(more) => Err(faults.and(more)),
        }
    }

    /// The settings as `lookup` gives them by name. A value that is empty or only white space is as good as unset.
    ///
    /// # Errors
    /// Every fault in them, at once.
    pub fn read(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Faults> {
        parse::Reading::new(&lookup).config()
    }

    /// The folder that mails are written to where there is no mail server.
    #[must_use]
    pub fn mail_dir(&self) -> PathBuf {
        self.data_dir.join("mail")
    }

    /// The file in which this node keeps the list of removals of words, outside the database.
    #[must_use]
    pub fn removals_file(&self) -> PathBuf {
        self.data_dir.join("removals.toml")
    }
}

/// Where the register is kept, by the scheme of its address.
#[derive(Debug, Clone)]
pub enum DatabaseUrl {
    /// A file.
    Sqlite(PathBuf),
    /// A server; the address may hold a password.
    Postgres(SecretString),
}

/// The address that readers use, without a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    host: String,
    secure: bool,
}

impl BaseUrl {
    /// The address, such as `https://register.example.org`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its host alone, without a port.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether it names this very machine, so that nobody else can follow it.
    #[must_use]
    pub fn is_local(&self) -> bool {
        let address: Result<IpAddr, _> = self.host.trim_matches(['[', ']']).parse();
        self.host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    }

    /// Whether it is https: then cookies are Secure and HSTS is sent.
    #[must_use]
    pub const fn is_secure(&self) -> bool {
        self.secure
    }
}

/// Who mails come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailFrom {
    /// A name to show; the name of the register where none is given.
    pub name: Option<String>,
    /// The address.
    pub address: Email,
}

/// The proxies whose word about a reader's address is believed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// Whether what this address says about another is believed.
    #[must_use]
    pub fn trust(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// One fault in the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The setting's name.
    pub name: &'static str,
    /// What is wrong with it, to be read after the name.
    pub wrong: String,
    /// What would be right.
    pub right: &'static str,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}. Set it to {}.", self.name, self.wrong, self.right)
    }
}

/// Every fault in the settings, one sentence on a line for each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// The faults, in the order in which they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }

    fn add(&mut self, name: &'static str, wrong: impl Into<String>, right: &'static str) {
        self.0.push(Fault { name, wrong: wrong.into(), right });
    }

    const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn and(mut self, more: Self) -> Self {
        self.0.extend(more.0);
        self
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, fault) in self.0.iter().enumerate() {
            if place > 0 {
                writeln!(out)?;
            }
            write!(out, "{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

#[cfg(test)]
mod tests;
