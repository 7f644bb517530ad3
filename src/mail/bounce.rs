//! Reports of mail that came back (RFC 3464), read from a file: one message, or a mailbox of many. Everything in such a file was
//! written by strangers: what is read of it is what a report must say, within bounds, and anything else is told apart.

use std::panic::catch_unwind;

use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use sha2::{Digest, Sha256};

use crate::domain::bounce::{Report, Said, Unusable};

/// The most messages that are read of one file.
pub const MOST_MESSAGES: usize = 500;
/// The most parts that a report has: a sentence for people, one for programs, the mail that came back, and room.
const MOST_PARTS: usize = 50;
/// The most recipients of one report. Each mail of ours has one.
const MOST_RECIPIENTS: usize = 50;
/// The most fields that are read of one group of them.
const MOST_FIELDS: usize = 500;

/// The longest Message-ID: it stands on one line (RFC 5322, 2.1.1). Each recipient's word keeps it.
const LONGEST_ID: usize = 998;

/// Why nothing of a file is taken; the sentence is for the person who sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// There is nothing in it.
    #[error("The file is empty")]
    Empty,
    /// It holds more messages than are read at once.
    #[error("The file holds more than {} messages. Divide it, and send one part after the other", MOST_MESSAGES)]
    TooMany,
}

/// The reports of a file. One that begins as a mailbox does (`From `) holds many messages; any other is one.
///
/// # Errors
/// When there is nothing in it, or too much.
pub fn read(file: &[u8]) -> Result<Vec<Report>, FileFault> {
    if file.trim_ascii().is_empty() {
        return Err(FileFault::Empty);
    }
    if !file.starts_with(b"From ") {
        return Ok(vec![report(1, file)]);
    }
    let mut reports = Vec::new();
    // Reading from memory never fails.
    for message in MessageIterator::new(file).map_while(Result::ok) {
        if reports.len() == MOST_MESSAGES {
            return Err(FileFault::TooMany);
        }
        reports.push(report(reports.len() + 1, message.contents()));
    }
    Ok(reports)
}

fn report(number: usize, message: &[u8]) -> Report {
    // The parser promises never to panic. Should it, one message cannot be read, and the others can.
    let said = catch_unwind(|| said(message)).unwrap_or(Err(Unusable::NoMail));
    Report { number, name: name(message), said }
}

/// What tells one report from all others, however its lines end.
fn name(message: &[u8]) -> String {
    let plain: Vec<u8> = message.trim_ascii().iter().copied().filter(|byte| *byte != b'\r').collect();
    Sha256::digest(&plain).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

fn said(message: &[u8]) -> Result<Vec<Said>, Unusable> {
    let mail = MessageParser::default().parse(message).ok_or(Unusable::NoMail)?;
    let root = mail.parts.first().ok_or(Unusable::NoMail)?;
    let kind = root.content_type();
    let of_status = kind
        .and_then(|kind| kind.attribute("report-type"))
        .is_some_and(|of| of.eq_ignore_ascii_case("delivery-status"));
    if !root.is_content_type("multipart", "report") || !of_status {
        return Err(Unusable::NoReport);
    }
    if mail.parts.len() > MOST_PARTS {
        return Err(Unusable::TooMuch);
    }
    let status = mail.parts.iter().find(|part| {
        part.is_content_type("message", "delivery-status") || part.is_content_type("message", "global-delivery-status")
    });
    let groups = groups(status.ok_or(Unusable::NoReport)?.contents());
    // The first group is about the report, each other one about a recipient.
    let recipients: Vec<&Vec<Named>> = groups.iter().filter(|group| is_about_recipient(group)).collect();
    if recipients.is_empty() {
        return Err(Unusable::NoRecipient);
    }
    if recipients.len() > MOST_RECIPIENTS {
        return Err(Unusable::TooMuch);
    }
    let message_id = original(&mail).ok_or(Unusable::NoOriginal)?;
    recipients.into_iter().map(|group| of_recipient(group, &message_id)).collect()
}

/// A field: its name in small letters, and what stands in it, unfolded.
type Named = (String, String);

fn is_about_recipient(group: &[Named]) -> bool {
    ["final-recipient", "original-recipient", "action"].iter().any(|name| field(group, name).is_some())
}

fn field<'a>(group: &'a [Named], name: &str) -> Option<&'a str> {
    group.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

fn of_recipient(group: &[Named], message_id: &str) -> Result<Said, Unusable> {
    // Whoever forwards mail on names the address that we wrote to as the original one.
    let original = address(group, "original-recipient");
    let recipient = address(group, "final-recipient").or_else(|| original.clone()).ok_or(Unusable::NoRecipient)?;
    let word = |name| field(group, name).unwrap_or_default();
    let action = word("action").trim().to_ascii_lowercase();
    Ok(Said {
        message_id: message_id.to_owned(),
        recipient,
        original,
        action: action.parse().map_err(|_| Unusable::NoStatus)?,
        status: word("status").parse().map_err(|_| Unusable::NoStatus)?,
    })
}

/// An address in such a field: `rfc822; name@example.org`, with its kind first.
fn address(group: &[Named], name: &str) -> Option<String> {
    let (kind, address) = field(group, name)?.split_once(';')?;
    let known = ["rfc822", "utf-8"].iter().any(|known| kind.trim().eq_ignore_ascii_case(known));
    let bare = address.trim().trim_start_matches('<').trim_end_matches('>');
    (known && !bare.is_empty()).then(|| bare.to_owned())
}

/// The Message-ID of the mail that came back, from what was returned of it.
fn original(report: &Message<'_>) -> Option<String> {
    let found = report.parts.iter().find_map(|part| match &part.body {
        PartType::Message(returned) if !returned.parts.is_empty() => returned.message_id().map(str::to_owned),
        _ if part.is_content_type("text", "rfc822-headers") || part.is_content_type("message", "global-headers") => {
            groups(part.contents()).first().and_then(|head| field(head, "message-id")).map(str::to_owned)
        }
        _ => None,
    })?;
    let bare = found.trim().trim_start_matches('<').trim_end_matches('>').trim();
    (1..=LONGEST_ID).contains(&bare.len()).then(|| bare.to_owned())
}

/// Groups of fields, with an empty line between each two (RFC 3464, 2.1). What is no field is passed over.
fn groups(text: &[u8]) -> Vec<Vec<Named>> {
    let text = String::from_utf8_lossy(text);
    let (mut all, mut group): (Vec<Vec<Named>>, Vec<Named>) = (Vec::new(), Vec::new());
    for line in text.lines() {
        if line.trim().is_empty() {
            if !group.is_empty() {
                all.push(std::mem::take(&mut group));
            }
            // One more is enough to see that there are too many.
            if all.len() > MOST_RECIPIENTS + 1 {
                return all;
            }
        } else if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = group.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':')
            && group.len() < MOST_FIELDS
        {
            group.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    if !group.is_empty() {
        all.push(group);
    }
    all
}

#[cfg(test)]
mod tests;
