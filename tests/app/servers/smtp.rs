//! The SMTP server of the run: keeps every message, and answers a recipient as a story has asked.

use std::path::PathBuf;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::folder::RunFolder;
use super::node::NodeProgram;
use crate::support::mailbox::Mail;

const USER: &str = "register@example.org";
const PASSWORD: &str = "p@ss word/1";
/// What signs the same user in with XOAUTH2.
pub const TOKEN: &str = "ya29.a-token-of-the-run";

/// Ports that take mail over an encrypted line alone.
pub struct Sealed {
    starttls: u64,
    tls: u64,
    /// The file that holds the authority to be trusted.
    pub trusted: PathBuf,
    _folder: TempDir,
}

impl Sealed {
    /// What to put in `SMTP_URL` for the port that turns to TLS when asked, with this password.
    pub fn starttls(&self, password: &str) -> String {
        format!("smtp://register%40example.org:{password}@127.0.0.1:{}?tls=required", self.starttls)
    }

    /// The same for whoever signs in with an access token.
    pub fn starttls_with_token(&self) -> String {
        format!("smtp://register%40example.org@127.0.0.1:{}?tls=required", self.starttls)
    }

    /// The same for the port that begins with TLS.
    pub fn tls(&self, password: &str) -> String {
        format!("smtps://register%40example.org:{password}@127.0.0.1:{}", self.tls)
    }
}

/// A real conversation partner for the program's mail: `smtp-server` of the Nodemailer project.
pub struct SmtpServer {
    program: NodeProgram,
    port: u16,
}

impl SmtpServer {
    /// Starts it on a free port of the loopback address.
    pub fn start() -> Result<Self, String> {
        let program = NodeProgram::start("smtp")?;
        let answer = program.call("listen", json!({}))?;
        let port =
            answer["port"].as_u64().and_then(|port| u16::try_from(port).ok()).ok_or("the SMTP server has no port")?;
        Ok(SmtpServer { program, port })
    }

    /// What to put in `SMTP_URL`.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Two ports more, that take mail from one account over an encrypted line alone; the certificate that says who they
    /// are is signed by an authority of the run's own, which no machine trusts by itself.
    pub fn sealed(&self, folder: &RunFolder) -> Sealed {
        let named = vec!["127.0.0.1".to_owned()];
        let (authority_key, key) = (KeyPair::generate().expect("a key"), KeyPair::generate().expect("a key"));
        let mut authority = CertificateParams::new(Vec::new()).expect("an authority");
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root = authority.self_signed(&authority_key).expect("an authority's certificate");
        let issuer = Issuer::new(authority, authority_key);
        let certificate =
            CertificateParams::new(named).expect("names").signed_by(&key, &issuer).expect("a certificate");
        let folder = folder.fresh("smtp-");
        let trusted = folder.path().join("authority.pem");
        std::fs::write(&trusted, root.pem()).expect("a file");
        let (key, cert) = (key.serialize_pem(), certificate.pem());
        let options = json!({ "key": key, "cert": cert, "user": USER, "password": PASSWORD, "token": TOKEN });
        let answer = self.program.call("listen_sealed", options).expect("the SMTP server listens");
        let port = |name: &str| answer[name].as_u64().expect("a port");
        Sealed { starttls: port("starttls"), tls: port("tls"), trusted, _folder: folder }
    }

    /// For each message to this address: who had signed in, and whether the line was encrypted.
    pub fn sealed_for(&self, address: &str) -> Vec<(Option<String>, bool)> {
        let answer = self.program.call("sealed", json!({ "address": address })).expect("the SMTP server listens");
        let lines = answer.as_array().cloned().unwrap_or_default();
        let line = |line: Value| (line["user"].as_str().map(str::to_owned), line["encrypted"] == true);
        lines.into_iter().map(line).collect()
    }

    /// Answers `RCPT TO` for this address with the codes in turn (421 also hangs up), then accepts: `&[451, 451]`
    /// refuses twice and takes the third try.
    pub fn answers(&self, address: &str, codes: &[u16]) {
        self.program.call("script", json!({ "address": address, "codes": codes })).expect("the SMTP server listens");
    }

    /// Answers the next `RCPT TO` for this address with a code and words of its own: `"550 5.1.1 no such mailbox"`.
    pub fn says(&self, address: &str, answer: &str) {
        self.program.call("script", json!({ "address": address, "codes": [answer] })).expect("the SMTP server listens");
    }

    /// Waits this long before it answers the end of any message to this address.
    pub fn takes_its_time(&self, address: &str, milliseconds: u64) {
        self.program
            .call("delay", json!({ "address": address, "milliseconds": milliseconds }))
            .expect("the SMTP server listens");
    }

    /// Waits this long before it answers the end of any message, whoever it is to.
    pub fn takes_its_time_with_all(&self, milliseconds: u64) {
        self.program.call("pace", json!({ "milliseconds": milliseconds })).expect("the SMTP server listens");
    }

    /// The messages taken for this address, oldest first.
    pub fn mail_to(&self, address: &str) -> Vec<Mail> {
        self.mails("messages", json!({ "address": address }))
    }

    /// Every message taken, whoever it was for.
    pub fn all(&self) -> Vec<Mail> {
        self.mails("all", json!({}))
    }

    /// How many messages were taken.
    pub fn count(&self) -> usize {
        let answer = self.program.call("count", json!({})).expect("the SMTP server listens");
        answer.as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or(0)
    }

    /// When each of them was taken, in milliseconds since 1970, in their order.
    pub fn times(&self) -> Vec<i64> {
        let answer = self.program.call("times", json!({})).expect("the SMTP server listens");
        answer.as_array().into_iter().flatten().filter_map(Value::as_i64).collect()
    }

    fn mails(&self, verb: &str, which: Value) -> Vec<Mail> {
        let answer = self.program.call(verb, which).expect("the SMTP server listens");
        let messages = answer.as_array().cloned().unwrap_or_default();
        messages.iter().map(|raw| Mail::parse(raw.as_str().unwrap_or_default().as_bytes())).collect()
    }

    /// How many times this address was named in `RCPT TO`, whatever the answer was.
    pub fn tries_for(&self, address: &str) -> u64 {
        let answer = self.program.call("tries", json!({ "address": address })).expect("the SMTP server listens");
        answer.as_u64().unwrap_or(0)
    }
}
