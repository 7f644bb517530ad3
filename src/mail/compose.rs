//! A letter and who it is from and to, made into the bytes of a mail. The same arguments always give the same bytes.

use std::time::{Duration, UNIX_EPOCH};

use askama::Template;
use jiff::tz::TimeZone;
use lettre::Message;
use lettre::message::header::ContentTransferEncoding;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MultiPart, MultiPartKind, SinglePart};
use sha2::{Digest, Sha256};

use super::send::Parcel;
use crate::domain::email::Email;
use crate::domain::mail::{Letter, PublicDigest};
use crate::domain::moment::{Day, Moment};
use crate::domain::words;

/// Who mails come from, and what they need to know of the site.
#[derive(Debug, Clone)]
pub struct Sender {
    /// The name shown beside the address.
    pub name: String,
    /// The address that mails come from.
    pub address: Email,
    /// The name of this register.
    pub site_name: String,
    /// What stands before every link: scheme, host and port, without a slash at its end.
    pub base_url: String,
    /// The host in that address: the second half of every Message-ID.
    pub host: String,
    /// The zone in which moments are told.
    pub zone: TimeZone,
}

/// Where one mail goes, and what makes it that mail and no other.
#[derive(Debug, Clone, Copy)]
pub struct Cover<'a> {
    /// The recipient.
    pub to: &'a Email,
    /// The outbox row's own reference: letters, digits, hyphens, dots or low lines. It makes the Message-ID, so that two
    /// copies of one mail are seen to be one.
    pub reference: &'a str,
    /// When the mail was queued, not when it is tried: then every try sends the same bytes.
    pub at: Moment,
}

/// A mail, ready to be handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// The outbox row's reference.
    pub reference: String,
    /// The moment in its `Date`.
    pub at: Moment,
    /// The address that it comes from.
    pub from: Email,
    /// The recipient.
    pub to: Email,
    /// Its Message-ID, with the angle brackets.
    pub message_id: String,
    /// Its subject: neutral, for it is shown on locked screens.
    pub subject: String,
    /// Its words as plain text.
    pub text: String,
    /// Its words as HTML.
    pub html: String,
    /// The whole mail, as RFC 5322 has it.
    pub bytes: Vec<u8>,
}

impl Composed {
    /// What the transport needs of it.
    #[must_use]
    pub fn parcel(&self) -> Parcel<'_> {
        Parcel { reference: &self.reference, at: self.at, from: &self.from, to: &self.to, bytes: &self.bytes }
    }
}

/// Why a letter cannot be made into a mail. Trying again does not help.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The reference holds a sign that has no place in a Message-ID.
    #[error("the reference {0:?} cannot stand in a Message-ID")]
    Reference(String),
    /// A mail library refused an address that the domain let through.
    #[error("the address {0} was refused")]
    Address(Email, #[source] lettre::address::AddressError),
    /// The words could not be put together.
    #[error("the words of the mail could not be put together")]
    Words(#[from] askama::Error),
    /// The mail could not be put together.
    #[error("the mail could not be put together")]
    Form(#[from] lettre::error::Error),
}

/// Makes the mail that says `letter`.
///
/// # Errors
/// When no mail can be made of it; none ever can then.
pub fn compose(letter: &Letter, cover: &Cover<'_>, sender: &Sender) -> Result<Composed, Error> {
    let desk = Desk { sender, today: cover.at.day_in(&sender.zone) };
    let words = match letter {
        Letter::Invitation(letter) => super::invitation::words(letter, &desk),
        Letter::PasswordReset(letter) => super::password_reset::words(letter, &desk),
        Letter::PasswordChanged(letter) => super::password_changed::words(letter, &desk),
        Letter::Reminder(letter) => super::reminder::words(letter, &desk),
        Letter::Digest(letter) => super::digest::words(letter, &desk),
        Letter::ReturnSentBack(letter) => super::return_sent_back::words(letter, &desk),
        Letter::CheckAsked(letter) => super::check_asked::words(letter, &desk),
        Letter::SignOffAsked(letter) => super::sign_off_asked::words(letter, &desk),
        Letter::SentToAuthor(letter) => super::sent_to_author::words(letter, &desk),
        Letter::ExtensionDecided(letter) => super::extension_decided::words(letter, &desk),
        Letter::FollowAsked(letter) => super::follow_asked::words(letter, &desk),
        Letter::PublicDigest(letter) => super::public_digest::words(letter, &desk),
        Letter::FilingCode(letter) => super::filing_code::words(letter, &desk),
        Letter::FilingReceipt(letter) => super::filing_receipt::words(letter, &desk),
        Letter::TopAsked(letter) => super::top_asked::words(letter, &desk),
    }?;
    let message_id = message_id(cover.reference, &sender.host)?;
    let mut message = message(&words, cover, sender, &message_id)?;
    if let Letter::PublicDigest(PublicDigest { news: Some(news), .. }) = letter {
        list_headers(&mut message, &desk.link(&news.manage), &sender.host);
    }
    let bytes = message.formatted();
    Ok(Composed {
        reference: cover.reference.to_owned(),
        at: cover.at,
        from: sender.address.clone(),
        to: cover.to.clone(),
        message_id,
        subject: words.subject,
        text: words.text,
        html: words.html,
        bytes,
    })
}

fn message_id(reference: &str, host: &str) -> Result<String, Error> {
    let fits = |sign: u8| sign.is_ascii_alphanumeric() || matches!(sign, b'-' | b'.' | b'_');
    let good = !reference.is_empty()
        && reference.len() <= 100
        && reference.bytes().all(fits)
        && !reference.starts_with('.')
        && !reference.ends_with('.')
        && !reference.contains("..");
    if good { Ok(format!("<{reference}@{host}>")) } else { Err(Error::Reference(reference.to_owned())) }
}

fn message(words: &Words, cover: &Cover<'_>, sender: &Sender, message_id: &str) -> Result<Message, Error> {
    let seconds = u64::try_from(cover.at.timestamp().as_second()).unwrap_or(0);
    let parts = MultiPart::builder()
        .kind(MultiPartKind::Alternative)
        .boundary(boundary(words, message_id))
        .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(plain(&words.text)))
        .singlepart(SinglePart::builder().header(ContentType::TEXT_HTML).body(words.html.clone()));
    let message = Message::builder()
        .from(mailbox(Some(one_line(&sender.name)), &sender.address)?)
        .to(mailbox(None, cover.to)?)
        .subject(words.subject.clone())
        .date(UNIX_EPOCH + Duration::from_secs(seconds))
        .message_id(Some(message_id.to_owned()))
        .header(AutoSubmitted)
        .multipart(parts)?;
    Ok(message)
}

/// What lets a mail program offer to stop these mails with one click (RFC 2369, RFC 8058) and sort them (RFC 2919).
fn list_headers(message: &mut Message, unsubscribe: &str, host: &str) {
    for (name, value) in [
        ("List-Unsubscribe", format!("<{unsubscribe}>")),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()),
        ("List-Id", format!("<follow.{host}>")),
    ] {
        message.headers_mut().insert_raw(HeaderValue::new(HeaderName::new_from_ascii_str(name), value));
    }
}

/// The line between the parts: always the same for the same mail, and nothing that the words could hold.
fn boundary(words: &Words, message_id: &str) -> String {
    let hash = Sha256::new().chain_update(message_id).chain_update(&words.text).chain_update(&words.html).finalize();
    hash.iter().take(20).map(|byte| format!("{byte:02x}")).collect()
}

/// The longest line that a mail may have (RFC 5322, section 2.1.1).
const LONGEST_LINE: usize = 998;

/// Plain text as it is, where mail allows it: the library would break a long line, and with it a link that somebody means
/// to copy out of the file.
fn plain(text: &str) -> Body {
    if text.is_ascii() && text.lines().all(|line| line.len() <= LONGEST_LINE) {
        let lines: Vec<&str> = text.lines().collect();
        return Body::dangerous_pre_encoded(lines.join("\r\n").into_bytes(), ContentTransferEncoding::SevenBit);
    }
    Body::new(text.to_owned())
}

fn mailbox(name: Option<String>, address: &Email) -> Result<Mailbox, Error> {
    let parsed = address.as_str().parse().map_err(|fault| Error::Address(address.clone(), fault))?;
    Ok(Mailbox::new(name, parsed))
}

/// Tells other programs that no person wrote this, so that no holiday notice answers it (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// What a letter says, in its three forms.
pub(super) struct Words {
    subject: String,
    text: String,
    html: String,
}

/// What every letter's templates may ask for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Desk<'a> {
    sender: &'a Sender,
    /// The day of the mail, in the register's zone.
    pub(super) today: Day,
}

impl Desk<'_> {
    /// A link that leads there from anywhere.
    pub(super) fn link(&self, path: &str) -> String {
        format!("{}{path}", self.sender.base_url)
    }

    /// The address of the site.
    pub(super) fn base_url(&self) -> &str {
        &self.sender.base_url
    }

    /// The name of this register.
    pub(super) fn site_name(&self) -> &str {
        &self.sender.site_name
    }

    /// A day and time, as people read it.
    pub(super) fn moment(&self, moment: Moment) -> String {
        words::moment(moment, &self.sender.zone)
    }
}

/// Renders the three templates of a letter. The subject becomes one line, whatever was put into it.
pub(super) fn render(subject: &impl Template, text: &impl Template, html: &impl Template) -> Result<Words, Error> {
    let text = text.render()?;
    Ok(Words {
        subject: one_line(&subject.render()?),
        text: format!("{}\n", text.trim()),
        html: format!("{}\n", html.render()?.trim()),
    })
}

fn one_line(text: &str) -> String {
    let flat: String = text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    flat.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Names the three templates of a letter, over one struct that they all know as `mail`.
macro_rules! templates {
    ($page:ident, $subject:tt, $text:tt, $html:tt) => {
        #[derive(askama::Template)]
        #[template(path = $subject)]
        struct Subject<'a> {
            mail: &'a $page<'a>,
        }

        #[derive(askama::Template)]
        #[template(path = $text)]
        struct Text<'a> {
            mail: &'a $page<'a>,
        }

        #[derive(askama::Template)]
        #[template(path = $html)]
        struct Html<'a> {
            mail: &'a $page<'a>,
        }

        impl $page<'_> {
            fn words(&self) -> Result<super::compose::Words, super::compose::Error> {
                // Read from the subject, because a subject that is always the same does not read it itself.
                let subject = Subject { mail: self };
                super::compose::render(&subject, &Text { mail: subject.mail }, &Html { mail: subject.mail })
            }
        }
    };
}
pub(super) use templates;

#[cfg(test)]
#[path = "compose_tests.rs"]
pub(crate) mod tests;
