//! The conversation with a mail server, over a few connections that are used again.
//!
//! lettre speaks the protocol; the connections are kept here, because its own pool takes back a connection that was
//! abandoned mid-conversation (by a timeout) and then reads old answers as new ones. Here only a connection whose last
//! answer was read is kept. It also lets us know how far a mail had come: before DATA another connection may be tried at
//! once; after it only the postman may try again, with the same Message-ID.

use std::error::Error as _;
use std::fmt;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, CertificateStore, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Response;
use percent_encoding::percent_decode_str;
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout};
use url::{Host, Url};

use super::access_token::{AccessToken, NoToken};
use super::send::{BadUrl, Outcome, Parcel};
use crate::domain::refusal::{Refusal, Stage};

/// Connections at once: enough for 50 mails a second, few enough for any server.
const CONNECTIONS: usize = 8;
/// How long a server may take to be reached.
const REACH: Duration = Duration::from_secs(10);
/// How long one mail may take from the first word to the last.
const WHOLE: Duration = Duration::from_secs(60);
/// How long a connection may wait for another mail; many servers hang up after a minute or more.
const IDLE: Duration = Duration::from_secs(30);
/// How long a goodbye may take.
const GOODBYE: Duration = Duration::from_secs(2);

/// A mail server, and the connections to it.
pub(super) struct Server {
    host: String,
    port: u16,
    security: Security,
    credentials: Option<Credentials>,
    /// What signs in instead, where the server takes no password.
    token: Option<AccessToken>,
    hello: ClientId,
    patience: Duration,
    room: Semaphore,
    parked: Mutex<Vec<Parked>>,
}

enum Security {
    Plain,
    Opportunistic(TlsParameters),
    Required(TlsParameters),
    Wrapped(TlsParameters),
}

/// A connection whose last answer was read.
struct Parked {
    connection: AsyncSmtpConnection,
    since: Instant,
}

/// What went wrong in a conversation, and how far it had come.
struct Break {
    trouble: Trouble,
    stage: Stage,
    before_data: bool,
}

enum Trouble {
    Library(Error),
    Network(std::io::Error),
    Unexpected(Response),
    /// There is no access token to sign in with.
    NoToken(NoToken),
    /// The server took no access token, or not this one.
    TokenRefused(Error),
}

impl Server {
    pub(super) fn at(url: &str) -> Result<Self, BadUrl> {
        let url = Url::parse(url).map_err(|fault| BadUrl(fault.to_string()))?;
        let host = match url.host() {
            Some(Host::Domain(name)) if !name.is_empty() => name.to_owned(),
            Some(Host::Ipv4(address)) => address.to_string(),
            Some(Host::Ipv6(address)) => address.to_string(),
            _ => return Err(BadUrl("it has no host".to_owned())),
        };
        if url.query_pairs().count() > 1 {
            return Err(BadUrl("it has more than one parameter".to_owned()));
        }
        let tls = url.query_pairs().find(|(key, _)| key == "tls").map(|(_, value)| value.into_owned());
        let (security, port) = match (url.scheme(), tls.as_deref()) {
            ("smtps", _) => (Security::Wrapped(trust(&host)?), 465),
            ("smtp", Some("required")) => (Security::Required(trust(&host)?), 587),
            ("smtp", Some("opportunistic")) => (Security::Opportunistic(trust(&host)?), 587),
            ("smtp", None) => (Security::Plain, 25),
            _ => return Err(BadUrl("its scheme or its tls parameter is not known".to_owned())),
        };
        let hello = match url.path().trim_matches('/') {
            "" => ClientId::default(),
            name => ClientId::Domain(name.to_owned()),
        };
        Ok(Self {
            port: url.port().unwrap_or(port),
            credentials: credentials(&url)?,
            token: None,
            host,
            security,
            hello,
            patience: WHOLE,
            room: Semaphore::new(CONNECTIONS),
            parked: Mutex::new(Vec::new()),
        })
    }

    /// The same, signed in to with the access token that lies in `file` at the time, by the user whom the address names.
    pub(super) fn with_token(url: &str, file: PathBuf) -> Result<Self, BadUrl> {
        let parsed = Url::parse(url).map_err(|fault| BadUrl(fault.to_string()))?;
        let token = AccessToken::new(decoded(parsed.username())?, file);
        Ok(Self { token: Some(token), ..Self::at(url)? })
    }

    pub(super) async fn hand_over(&self, mail: &Parcel<'_>) -> Outcome {
        let Ok(_place) = self.room.acquire().await else {
            return Outcome::Temporary { reason: "the way out is closed".to_owned() };
        };
        match timeout(self.patience, self.attempt(mail)).await {
            Ok(outcome) => outcome,
            Err(_) => Outcome::Temporary { reason: format!("{self} did not answer within {:?}", self.patience) },
        }
    }

    pub(super) async fn rest(&self) {
        let parked = std::mem::take(&mut *self.parked.lock().unwrap_or_else(PoisonError::into_inner));
        for Parked { mut connection, .. } in parked {
            drop(timeout(GOODBYE, connection.quit()).await);
        }
    }

    async fn attempt(&self, mail: &Parcel<'_>) -> Outcome {
        let (from, to) = match (address(mail.from.as_str()), address(mail.to.as_str())) {
            (Ok(from), Ok(to)) => (from, to),
            (Err(reason), _) | (_, Err(reason)) => return Outcome::Permanent { reason, refusal: None },
        };
        let (mut connection, mut waited) = match self.parked() {
            Some(connection) => (connection, true),
            None => match self.connect().await {
                Ok(connection) => (connection, false),
                Err(trouble) => return self.unreached(&trouble),
            },
        };
        let mut first = true;
        loop {
            match converse(&mut connection, &from, &to, mail.bytes).await {
                Ok(answer) => {
                    self.park(connection);
                    return Outcome::Accepted { answer: one_line(&answered(&answer)) };
                }
                // Idle connections die, and some servers hang up after each mail: nothing was handed over yet.
                Err(broken) if first && broken.is_worth_another(waited) => {
                    (first, waited) = (false, false);
                    connection = match self.connect().await {
                        Ok(connection) => connection,
                        Err(trouble) => return self.unreached(&trouble),
                    };
                }
                Err(Break { trouble, stage, .. }) => {
                    if !trouble.is_hang_up() && connection.command(Rset).await.is_ok() {
                        self.park(connection);
                    }
                    return self.refused(&trouble, stage);
                }
            }
        }
    }

    /// A connection that waits, unless it has waited too long.
    fn parked(&self) -> Option<AsyncSmtpConnection> {
        let mut parked = self.parked.lock().unwrap_or_else(PoisonError::into_inner);
        parked.retain(|parked| parked.since.elapsed() < IDLE);
        parked.pop().map(|parked| parked.connection)
    }

    fn park(&self, connection: AsyncSmtpConnection) {
        let mut parked = self.parked.lock().unwrap_or_else(PoisonError::into_inner);
        parked.push(Parked { connection, since: Instant::now() });
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Trouble> {
        let token = match &self.token {
            Some(token) => Some(token.read().await.map_err(Trouble::NoToken)?),
            None => None,
        };
        let place = (self.host.as_str(), self.port);
        let mut connection = match &self.security {
            Security::Wrapped(tls) => {
                AsyncSmtpConnection::connect_tokio1(place, Some(REACH), &self.hello, Some(tls.clone()), None).await?
            }
            _ => AsyncSmtpConnection::connect_with_transport(Box::new(reach(place).await?), &self.hello).await?,
        };
        match &self.security {
            Security::Required(tls) => connection.starttls(tls.clone(), &self.hello).await?,
            Security::Opportunistic(tls) if connection.can_starttls() => {
                connection.starttls(tls.clone(), &self.hello).await?;
            }
            _ => {}
        }
        if let Some(token) = &token {
            connection.auth(&[Mechanism::Xoauth2], token).await.map_err(Trouble::TokenRefused)?;
        } else if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }

    /// Before the mail was spoken of, every refusal is about us or the server (a wrong password, a server that is being
    /// mended) and none about the mail: it is kept, whatever the number.
    fn unreached(&self, trouble: &Trouble) -> Outcome {
        Outcome::Temporary { reason: one_line(&format!("{self} could not be used: {trouble}")) }
    }

    fn refused(&self, trouble: &Trouble, stage: Stage) -> Outcome {
        let reason = one_line(&format!("{self}: {}: {trouble}", stage.command()));
        match trouble {
            Trouble::Library(fault) if fault.is_permanent() => {
                Outcome::Permanent { reason, refusal: refusal(fault, stage) }
            }
            _ => Outcome::Temporary { reason },
        }
    }
}

/// One mail on one connection. Sending and reading go in step, so that each answer is known to be for what was sent.
async fn converse(
    connection: &mut AsyncSmtpConnection,
    from: &Address,
    to: &Address,
    bytes: &[u8],
) -> Result<Response, Break> {
    let early = |stage: Stage| move |fault: Error| Break { trouble: fault.into(), stage, before_data: true };
    let late = |trouble: Trouble| Break { trouble, stage: Stage::Words, before_data: false };
    connection.command(Mail::new(Some(from.clone()), Vec::new())).await.map_err(early(Stage::Sender))?;
    connection.command(Rcpt::new(to.clone(), Vec::new())).await.map_err(early(Stage::Recipient))?;
    let answer = connection.command(Data).await.map_err(early(Stage::Words))?;
    if !answer.has_code(354) {
        return Err(late(Trouble::Unexpected(answer)));
    }
    let answer = connection.message(bytes).await.map_err(|fault| late(fault.into()))?;
    if answer.has_code(354) { Err(late(Trouble::Unexpected(answer))) } else { Ok(answer) }
}

/// What the server refused, by the codes of its own answer: what we say of it names a port, which looks like one.
fn refusal(fault: &Error, stage: Stage) -> Option<Refusal> {
    let code = u16::from(fault.status()?);
    let words = fault.source().map(ToString::to_string).unwrap_or_default();
    Some(Refusal { stage, code, enhanced: Refusal::enhanced_in(&words) })
}

/// A plain connection. Small pieces go out at once: the final dot otherwise waits 40 ms for company.
async fn reach(place: (&str, u16)) -> Result<TcpStream, Trouble> {
    let reached = match timeout(REACH, TcpStream::connect(place)).await {
        Ok(reached) => reached,
        Err(_) => Err(std::io::ErrorKind::TimedOut.into()),
    };
    let stream = reached.map_err(Trouble::Network)?;
    stream.set_nodelay(true).map_err(Trouble::Network)?;
    Ok(stream)
}

/// Whom to believe about the server's certificate: what the machine trusts (an office's own authority is there), and
/// Mozilla's list where the machine has none.
fn trust(host: &str) -> Result<TlsParameters, BadUrl> {
    let machine = rustls_native_certs::load_native_certs().certs;
    let store = if machine.is_empty() { CertificateStore::WebpkiRoots } else { CertificateStore::Default };
    TlsParameters::builder(host.to_owned())
        .certificate_store(store)
        .build()
        .map_err(|fault| BadUrl(format!("its host cannot be used with TLS: {fault}")))
}

fn credentials(url: &Url) -> Result<Option<Credentials>, BadUrl> {
    let Some(password) = url.password() else { return Ok(None) };
    Ok(Some(Credentials::new(decoded(url.username())?, decoded(password)?)))
}

fn decoded(text: &str) -> Result<String, BadUrl> {
    let decoded = percent_decode_str(text).decode_utf8().map(std::borrow::Cow::into_owned);
    decoded.map_err(|_| BadUrl("its user name or password is not UTF-8 text".to_owned()))
}

fn address(text: &str) -> Result<Address, String> {
    text.parse().map_err(|_| format!("the address {text} was refused"))
}

fn answered(response: &Response) -> String {
    format!("{} {}", response.code(), response.message().collect::<Vec<_>>().join(" "))
}

/// As much of a server's words as a staff page has room for.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|sign| !sign.is_control()).take(400).collect()
}

impl Break {
    /// Whether another connection may do better at once. A fresh one that was told to go away (421) is not followed by
    /// another: the server meant it.
    fn is_worth_another(&self, waited: bool) -> bool {
        self.before_data && self.trouble.is_hang_up() && (waited || self.trouble.is_silent())
    }
}

impl Trouble {
    /// Whether the line broke without an answer.
    fn is_silent(&self) -> bool {
        match self {
            Self::Library(fault) => fault.status().is_none(),
            Self::Network(_) => true,
            Self::Unexpected(_) | Self::NoToken(_) | Self::TokenRefused(_) => false,
        }
    }

    /// Whether the conversation is over: the line broke, made no sense, or the server said that it hangs up (421).
    fn is_hang_up(&self) -> bool {
        match self {
            Self::Library(fault) => fault.status().is_none_or(|code| u16::from(code) == 421),
            Self::Network(_) | Self::Unexpected(_) | Self::NoToken(_) | Self::TokenRefused(_) => true,
        }
    }
}

impl From<Error> for Trouble {
    fn from(fault: Error) -> Self {
        Self::Library(fault)
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Library(fault) => said(fault, out),
            Self::NoToken(why) => why.fmt(out),
            Self::TokenRefused(fault) => {
                out.write_str("it did not take the access token (XOAUTH2): ")?;
                said(fault, out)
            }
            Self::Network(fault) => fault.fmt(out),
            Self::Unexpected(answer) => write!(out, "unexpected answer {}", answered(answer)),
        }
    }
}

/// The server's own words, where it has said any.
fn said(fault: &Error, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    match (fault.status(), fault.source()) {
        (Some(code), Some(words)) => write!(out, "{code} {words}"),
        _ => write!(out, "{fault}"),
    }
}

/// The server without its password.
impl fmt::Display for Server {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.host, self.port)
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Server({self})")
    }
}

#[cfg(test)]
#[path = "smtp_tests.rs"]
mod tests;
