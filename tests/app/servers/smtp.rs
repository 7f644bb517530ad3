//! The SMTP server of the run: keeps every message, and answers a recipient as a story has asked.

use serde_json::json;

use super::node::NodeProgram;
use crate::support::mailbox::Mail;

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

    /// Answers `RCPT TO` for this address with the codes in turn (421 also hangs up), then accepts: `&[451, 451]`
    /// refuses twice and takes the third try.
    pub fn answers(&self, address: &str, codes: &[u16]) {
        self.program.call("script", json!({ "address": address, "codes": codes })).expect("the SMTP server listens");
    }

    /// Waits this long before it answers the end of any message to this address.
    pub fn takes_its_time(&self, address: &str, milliseconds: u64) {
        self.program
            .call("delay", json!({ "address": address, "milliseconds": milliseconds }))
            .expect("the SMTP server listens");
    }

    /// The messages taken for this address, oldest first.
    pub fn mail_to(&self, address: &str) -> Vec<Mail> {
        let answer = self.program.call("messages", json!({ "address": address })).expect("the SMTP server listens");
        let messages = answer.as_array().cloned().unwrap_or_default();
        messages.iter().map(|raw| Mail::parse(raw.as_str().unwrap_or_default().as_bytes())).collect()
    }

    /// How many times this address was named in `RCPT TO`, whatever the answer was.
    pub fn tries_for(&self, address: &str) -> u64 {
        let answer = self.program.call("tries", json!({ "address": address })).expect("the SMTP server listens");
        answer.as_u64().unwrap_or(0)
    }
}
