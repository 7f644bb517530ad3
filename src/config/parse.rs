//! From the text of a setting to its type; what cannot be read becomes a fault and the reading goes on.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use ipnet::IpNet;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use secrecy::{ExposeSecret, SecretString};
use tracing_subscriber::EnvFilter;
use url::Url;

use super::{BaseUrl, Config, DatabaseUrl, Faults, MailFrom, TrustedProxies};

/// The longest name of a site that still fits a page's head.
const SITE_NAME_LIMIT: usize = 80;

/// The setting that names a replica, and what would be right for it.
const REPLICA: &str = "DATABASE_READ_URL";
const REPLICA_RIGHT: &str = "the address of a streaming replica of the server in DATABASE_URL, such as \
    \u{201c}postgres://user:password@replica/name\u{201d}, or to nothing";

/// The setting that names the file of an access token.
const TOKEN_FILE: &str = "FOLLOWTHROUGH_SMTP_TOKEN_FILE";

/// The setting that says where counts are given, and what would be right for it.
const METRICS: &str = "FOLLOWTHROUGH_METRICS_LISTEN";
const METRICS_RIGHT: &str = "a port such as \u{201c}9464\u{201d} for this machine alone, or an address and a port such as \
    \u{201c}10.0.0.5:9464\u{201d}, where nothing else listens";

/// The most seconds for which pages are still served once the end was asked for.
const DRAIN_LIMIT: u64 = 60;

/// What a parser says when it cannot read a value, and what would be right.
type Parsed<T> = Result<T, (String, &'static str)>;

/// One reading of all settings, with the faults found so far.
pub(super) struct Reading<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
    faults: Faults,
}

impl<'a> Reading<'a> {
    pub(super) fn new(lookup: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self { lookup, faults: Faults::default() }
    }

    pub(super) fn config(mut self) -> Result<Config, Faults> {
        let data_dir = PathBuf::from(self.text("FOLLOWTHROUGH_DATA_DIR").unwrap_or_else(|| "var".to_owned()));
        let database = self.optional("DATABASE_URL", database);
        let replica = self.replica(database.as_ref());
        let listen = self.or("FOLLOWTHROUGH_LISTEN", "127.0.0.1:8080", socket);
        let base_url = self.or("FOLLOWTHROUGH_BASE_URL", &default_base_url(listen), base_url);
        let smtp_token_file = self.text(TOKEN_FILE).map(PathBuf::from);
        let parse: fn(&str) -> Parsed<SecretString> = if smtp_token_file.is_some() { smtp_with_token } else { smtp };
        let smtp_url = self.optional("SMTP_URL", parse);
        if smtp_token_file.is_some() && self.text("SMTP_URL").is_none() {
            self.faults.add(TOKEN_FILE, "is set, and SMTP_URL names no mail server", "nothing, or set SMTP_URL too");
        }
        let mail_from = self.optional("FOLLOWTHROUGH_MAIL_FROM", mail_from);
        let site_name = self.or("FOLLOWTHROUGH_SITE_NAME", "Followthrough", site_name);
        let time_zone = self.or("FOLLOWTHROUGH_TIME_ZONE", "Europe/London", time_zone);
        let trusted_proxies = self.optional("FOLLOWTHROUGH_TRUSTED_PROXIES", proxies).unwrap_or_default();
        let metrics_listen = self.optional(METRICS, metrics_socket);
        if listen.zip(metrics_listen).is_some_and(|(pages, metrics)| are_one(pages, metrics)) {
            self.faults.add(METRICS, "names the port on which pages are served", METRICS_RIGHT);
        }
        let drain = self.optional("FOLLOWTHROUGH_DRAIN_SECONDS", drain).unwrap_or_default();
        let log = self.or("RUST_LOG", "info", log);
        let log_as_json = self.optional("FOLLOWTHROUGH_LOG", log_as_json);
        let database = database.unwrap_or_else(|| DatabaseUrl::Sqlite(data_dir.join("followthrough.db")));
        let mail_from = mail_from.or_else(|| self.default_sender(base_url.as_ref()));
        match (listen, base_url, mail_from, site_name, time_zone, log) {
            (Some(listen), Some(base_url), Some(mail_from), Some(site_name), Some(time_zone), Some(log))
                if self.faults.is_empty() =>
            {
                Ok(Config {
                    data_dir,
                    database,
                    replica,
                    listen,
                    base_url,
                    smtp_url,
                    smtp_token_file,
                    mail_from,
                    site_name,
                    time_zone,
                    trusted_proxies,
                    metrics_listen,
                    drain,
                    log,
                    log_as_json,
                })
            }
            _ => Err(self.faults),
        }
    }

    fn text(&self, name: &'static str) -> Option<String> {
        (self.lookup)(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    fn optional<T>(&mut self, name: &'static str, parse: fn(&str) -> Parsed<T>) -> Option<T> {
        let text = self.text(name)?;
        self.keep(name, parse(&text))
    }

    fn or<T>(&mut self, name: &'static str, default: &str, parse: fn(&str) -> Parsed<T>) -> Option<T> {
        let text = self.text(name).unwrap_or_else(|| default.to_owned());
        self.keep(name, parse(&text))
    }

    fn keep<T>(&mut self, name: &'static str, parsed: Parsed<T>) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err((wrong, right)) => {
                self.faults.add(name, wrong, right);
                None
            }
        }
    }

    /// The replica, which there can be of a server alone. Where the register is kept may have a fault of its own already.
    fn replica(&mut self, database: Option<&DatabaseUrl>) -> Option<SecretString> {
        let replica = self.optional(REPLICA, replica)?;
        let wrong = match database {
            None if self.text("DATABASE_URL").is_some() => None,
            None | Some(DatabaseUrl::Sqlite(_)) => {
                Some("is set, and DATABASE_URL names no PostgreSQL server that could have a replica")
            }
            Some(DatabaseUrl::Postgres(url)) if url.expose_secret() == replica.expose_secret() => {
                Some("is the same as DATABASE_URL, which is no replica of itself")
            }
            Some(DatabaseUrl::Postgres(_)) => None,
        };
        if let Some(wrong) = wrong {
            self.faults.add(REPLICA, wrong, REPLICA_RIGHT);
        }
        Some(replica)
    }

    /// `register@` and the host of the base URL. Missing without a fault of its own where the base URL or the set value
    /// has one already.
    fn default_sender(&mut self, base_url: Option<&BaseUrl>) -> Option<MailFrom> {
        if self.text("FOLLOWTHROUGH_MAIL_FROM").is_some() {
            return None;
        }
        // An address that was only made from where pages are served names no host that mails can come from.
        let host = if self.text("FOLLOWTHROUGH_BASE_URL").is_some() { base_url?.host() } else { "localhost" };
        match mail_from(&format!("register@{host}")) {
            Ok(sender) => Some(sender),
            Err((_, right)) => {
                let wrong = "is not set, and no address can be made from the host of FOLLOWTHROUGH_BASE_URL";
                self.faults.add("FOLLOWTHROUGH_MAIL_FROM", wrong, right);
                None
            }
        }
    }
}

/// Where nobody says which address readers use: the one at which pages are served, by this machine's own name where that is
/// one of its own. A port that the machine chooses is not known yet.
fn default_base_url(listen: Option<SocketAddr>) -> String {
    match listen.filter(|at| at.port() != 0) {
        Some(at) if at.ip().is_loopback() || at.ip().is_unspecified() => format!("http://localhost:{}", at.port()),
        Some(at) => format!("http://{at}"),
        None => "http://localhost:8080".to_owned(),
    }
}

/// A value as a fault may repeat it: short, and on one line.
fn quoted(value: &str) -> String {
    let short: String = value.chars().take(60).map(|sign| if sign.is_control() { '\u{fffd}' } else { sign }).collect();
    format!("\u{201c}{short}\u{201d}")
}

const DATABASE: &str =
    "\u{201c}sqlite:var/followthrough.db\u{201d} or \u{201c}postgres://user:password@host/name\u{201d}";

fn database(text: &str) -> Parsed<DatabaseUrl> {
    match text.split_once(':') {
        Some(("sqlite", path)) => sqlite(path),
        Some(("postgres" | "postgresql", rest)) if rest.len() > 2 && rest.starts_with("//") => {
            Ok(DatabaseUrl::Postgres(SecretString::from(text)))
        }
        Some(("postgres" | "postgresql", _)) => Err(("names no server".to_owned(), DATABASE)),
        // The value is not repeated: whatever it is, it may hold a password.
        _ => Err(("begins with a scheme that is not known here".to_owned(), DATABASE)),
    }
}

fn replica(text: &str) -> Parsed<SecretString> {
    // Never repeated: it may hold a password.
    match text.split_once("://") {
        Some(("postgres" | "postgresql", rest)) if !rest.is_empty() => Ok(SecretString::from(text)),
        Some(("postgres" | "postgresql", _)) => Err(("names no server".to_owned(), REPLICA_RIGHT)),
        _ => Err(("is no address of a PostgreSQL server".to_owned(), REPLICA_RIGHT)),
    }
}

fn sqlite(path: &str) -> Parsed<DatabaseUrl> {
    let path = path.strip_prefix("//").unwrap_or(path);
    if path.is_empty() || path.ends_with('/') {
        return Err(("names no file".to_owned(), DATABASE));
    }
    if path.starts_with(":memory:") || path.contains('?') {
        let wrong =
            "must name a file on disk, without parameters: the register is kept, and read over several connections";
        return Err((wrong.to_owned(), DATABASE));
    }
    Ok(DatabaseUrl::Sqlite(Path::new(path).to_owned()))
}

fn socket(text: &str) -> Parsed<SocketAddr> {
    text.parse().map_err(|_| {
        let wrong = format!("is {}, which is not an address and a port", quoted(text));
        (wrong, "\u{201c}127.0.0.1:8080\u{201d}, or \u{201c}[::]:8080\u{201d} for every address of the machine")
    })
}

/// Where nobody says which machines may ask for the counts, this one alone may.
fn metrics_socket(text: &str) -> Parsed<SocketAddr> {
    if let Ok(port) = text.parse::<u16>() {
        return Ok(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    }
    text.parse().map_err(|_| (format!("is {}, which is neither", quoted(text)), METRICS_RIGHT))
}

fn drain(text: &str) -> Parsed<Duration> {
    match text.parse::<u64>() {
        Ok(seconds) if seconds <= DRAIN_LIMIT => Ok(Duration::from_secs(seconds)),
        _ => {
            let wrong = format!("is {}, which is not a number from 0 to {DRAIN_LIMIT}", quoted(text));
            Err((
                wrong,
                "a number of seconds such as \u{201c}10\u{201d}, or \u{201c}0\u{201d} where nothing asks `/readyz`",
            ))
        }
    }
}

/// Whether two listeners would want one port of the same address. A port that the machine chooses is another each time.
fn are_one(one: SocketAddr, other: SocketAddr) -> bool {
    let at_one_address = one.ip() == other.ip() || one.ip().is_unspecified() || other.ip().is_unspecified();
    one.port() != 0 && one.port() == other.port() && at_one_address
}

fn base_url(text: &str) -> Parsed<BaseUrl> {
    const RIGHT: &str = "an address such as \u{201c}https://register.example.org\u{201d}";
    let wrong = |why: &str| (format!("is {}, which {why}", quoted(text)), RIGHT);
    let url = Url::parse(text).map_err(|_| wrong("is not an address"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong("is neither http nor https"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        // Not repeated: it may hold a password.
        return Err(("holds a user name or a password".to_owned(), RIGHT));
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err(wrong("goes on after the host and the port"));
    }
    let Some(host) = url.host_str() else { return Err(wrong("has no host")) };
    let text = url.as_str().trim_end_matches('/').to_owned();
    Ok(BaseUrl { text, host: host.to_owned(), secure: url.scheme() == "https" })
}

fn smtp(text: &str) -> Parsed<SecretString> {
    const RIGHT: &str =
        "\u{201c}smtps://user:password@host\u{201d} or \u{201c}smtp://user:password@host:587?tls=required\u{201d}";
    let url = smtp_address(text, RIGHT)?;
    if !url.username().is_empty() && url.password().is_none() {
        return Err(("has a user name without a password".to_owned(), RIGHT));
    }
    Ok(SecretString::from(text))
}

/// Where an access token signs in, which whoever reads it on the way could use: nothing but an encrypted line will do.
fn smtp_with_token(text: &str) -> Parsed<SecretString> {
    const RIGHT: &str = "\u{201c}smtps://user@host\u{201d} or \u{201c}smtp://user@host:587?tls=required\u{201d}, because \
        FOLLOWTHROUGH_SMTP_TOKEN_FILE is set";
    let wrong = |why: &str| (why.to_owned(), RIGHT);
    let url = smtp_address(text, RIGHT)?;
    if url.password().is_some() {
        return Err(wrong("holds a password, though an access token is to be used"));
    }
    if url.username().is_empty() {
        return Err(wrong("names no user whom the access token is for"));
    }
    let tls = url.query_pairs().any(|(key, value)| key == "tls" && value == "required");
    if url.scheme() != "smtps" && !tls {
        return Err(wrong("would send an access token over a line that is not encrypted"));
    }
    Ok(SecretString::from(text))
}

fn smtp_address(text: &str, right: &'static str) -> Parsed<Url> {
    // Never repeated: it holds a password.
    let wrong = |why: &str| (why.to_owned(), right);
    let url = Url::parse(text)
        .map_err(|_| wrong("is not an address; signs such as @ and / in a password are written as %40 and %2F"))?;
    if !matches!(url.scheme(), "smtp" | "smtps") {
        return Err(wrong("begins with neither smtp nor smtps"));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(wrong("has no host"));
    }
    if url.query_pairs().count() > 1 {
        return Err(wrong("has more than one parameter"));
    }
    for (key, value) in url.query_pairs() {
        match (key.as_ref(), value.as_ref()) {
            ("tls", "required" | "opportunistic") => {}
            ("tls", _) => return Err(wrong("has a tls parameter that is neither required nor opportunistic")),
            _ => return Err(wrong("has a parameter other than tls")),
        }
    }
    Ok(url)
}

fn mail_from(text: &str) -> Parsed<MailFrom> {
    const RIGHT: &str =
        "\u{201c}register@example.org\u{201d} or \u{201c}Ashgrove register <register@example.org>\u{201d}";
    let wrong = || (format!("is {}, which is not a mail address", quoted(text)), RIGHT);
    let (name, address) = match text.strip_suffix('>').and_then(|text| text.split_once('<')) {
        Some((name, address)) => (Some(name.trim().trim_matches('"').trim()), address.trim()),
        None => (None, text),
    };
    if name.is_some_and(|name| name.chars().any(char::is_control)) {
        return Err(wrong());
    }
    let address = address.parse().map_err(|_| wrong())?;
    Ok(MailFrom { name: name.filter(|name| !name.is_empty()).map(str::to_owned), address })
}

fn site_name(text: &str) -> Parsed<String> {
    const RIGHT: &str = "one line of at most 80 characters, such as \u{201c}Ashgrove register\u{201d}";
    if text.chars().any(char::is_control) {
        return Err((format!("is {}, which is not one line of text", quoted(text)), RIGHT));
    }
    match text.chars().count() {
        0..=SITE_NAME_LIMIT => Ok(text.to_owned()),
        found => Err((format!("has {found} characters"), RIGHT)),
    }
}

fn time_zone(text: &str) -> Parsed<TimeZone> {
    // The zones inside the program, not the machine's: the same name is right everywhere.
    TimeZoneDatabase::bundled().get(text).map_err(|_| {
        let wrong = format!("is {}, which is not the name of a time zone", quoted(text));
        (wrong, "an IANA name such as \u{201c}Europe/London\u{201d}")
    })
}

fn proxies(text: &str) -> Parsed<TrustedProxies> {
    const RIGHT: &str = "addresses or networks with commas between them, such as \u{201c}127.0.0.1, 10.0.0.0/8\u{201d}";
    let mut networks = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let network = part.parse::<IpNet>().or_else(|_| part.parse::<IpAddr>().map(IpNet::from));
        networks.push(network.map_err(|_| (format!("holds {}, which is neither", quoted(part)), RIGHT))?);
    }
    Ok(TrustedProxies(networks))
}

fn log(text: &str) -> Parsed<String> {
    match EnvFilter::builder().parse(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err((
            format!("is {}, which cannot be read", quoted(text)),
            "a level such as \u{201c}info\u{201d}, or levels by module such as \u{201c}warn,followthrough=debug\u{201d}",
        )),
    }
}

fn log_as_json(text: &str) -> Parsed<bool> {
    match text {
        "json" => Ok(true),
        "text" => Ok(false),
        _ => {
            let wrong = format!("is {}, which is neither", quoted(text));
            Err((wrong, "\u{201c}json\u{201d} or \u{201c}text\u{201d}"))
        }
    }
}
