//! Posts, not people: whether anything that a register hands to others names somebody who works with it. Looked through are
//! every answer to somebody without a session, every mail, and every file that the program exports; archives are unpacked.
//!
//! A mail to the public names nobody at all. A mail to a person names nobody but that person; there is no exception: what a
//! colleague did is told by their role.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::support::mailbox::Mail;
use crate::support::page::{Page, one_line};

/// How the people of the stories are called: a role and a number, as `Person` makes them.
const ROLES: [&str; 4] = ["Administrator", "Overseer", "Contributor", "Observer"];
const NUMBERS: [&str; 6] = ["One", "Two", "Three", "Four", "Five", "Six"];
/// What their addresses contain before the domain.
const MAILBOXES: [&str; 5] = ["administrator", "overseer", "contributor", "observer", "invited"];
const DOMAIN: &str = "@example.org";
/// The one mail to the public that nobody can stop yet, for nothing is sent without a yes.
const ASKS_FOR_A_YES: &str = "Please confirm your address";

/// What has been looked through so far, and which of it names a person.
#[derive(Clone, Debug, Default)]
pub struct Looked {
    /// Public answers.
    pub answers: usize,
    /// Mails, from files and from the SMTP server.
    pub mails: usize,
    /// Exported files.
    pub files: usize,
    /// One sentence for each place in which somebody is named.
    pub faults: BTreeSet<String>,
}

/// Looks through what the stories of a run receive.
#[derive(Default)]
pub struct Naming(Mutex<Looked>);

impl Naming {
    /// Looks through an answer that somebody without a session got, of whatever kind: a page, data, an archive, a fault.
    pub fn answer(&self, page: &Page) {
        if is_public(page.path()) {
            let faults = faults_in(&format!("{} ({})", page.name(), page.status()), page.bytes());
            self.keep(faults, |looked| &mut looked.answers);
        }
    }

    /// Looks through a mail, its headers included.
    pub fn mail(&self, mail: &Mail) {
        let head = mail.raw.replace("\r\n", "\n");
        let head = head.split("\n\n").next().unwrap_or_default().to_owned();
        let lines = head.lines().filter(|line| mail.to.len() != 1 || !line.to_ascii_lowercase().starts_with("to:"));
        let head = lines.collect::<Vec<_>>().join("\n");
        let to_the_public = mail.header("List-Unsubscribe").is_some() || mail.subject == ASKS_FOR_A_YES;
        let mut named = named_in(&[&mail.subject, &mail.text, &mail.html, &head].map(String::as_str).join("\n"));
        if let ([reader], false) = (mail.to.as_slice(), to_the_public) {
            named.retain(|who| !is_called(reader, who));
        }
        let what = format!("the mail {:?} to {}", mail.subject, mail.to.join(", "));
        self.keep(named.iter().map(|who| format!("{what} names {who}")).collect(), |looked| &mut looked.mails);
    }

    /// Looks through every file in a folder that the program has exported.
    pub fn exported(&self, folder: &Path) {
        for file in files_below(folder) {
            let bytes = std::fs::read(&file).expect("an exported file");
            let name = file.strip_prefix(folder).unwrap_or(&file).display().to_string();
            self.keep(faults_in(&format!("the exported file {name}"), &bytes), |looked| &mut looked.files);
        }
    }

    /// What has been looked through so far.
    pub fn looked(&self) -> Looked {
        self.0.lock().expect("what was looked through").clone()
    }

    fn keep(&self, faults: Vec<String>, count: impl Fn(&mut Looked) -> &mut usize) {
        let mut looked = self.0.lock().expect("what was looked through");
        *count(&mut looked) += 1;
        looked.faults.extend(faults);
    }
}

/// What everybody can read without an account begins otherwise; the pages of accounts speak to one person, of themselves.
fn is_public(path: &str) -> bool {
    !["/staff", "/sign-", "/invitations", "/password-reset"].iter().any(|start| path.starts_with(start))
}

/// The names and addresses of people in what bytes say. An archive that cannot be read is a fault too: nobody has looked.
fn faults_in(what: &str, bytes: &[u8]) -> Vec<String> {
    let parts = match unpacked(bytes) {
        Ok(parts) => parts,
        Err(error) => return vec![format!("{what} cannot be unpacked: {error}")],
    };
    let faults = parts.iter().flat_map(|(name, said)| {
        named_in(&format!("{name}\n{said}")).into_iter().map(move |who| format!("{what}{name} names {who}"))
    });
    faults.collect()
}

/// The names and addresses of the people of the stories.
fn named_in(said: &str) -> BTreeSet<String> {
    let said = one_line(said).replace("%40", "@").replace("&#64;", "@").replace("&#x40;", "@");
    let names = ROLES.iter().flat_map(|role| NUMBERS.map(|number| format!("{role} {number}")));
    let mut named: BTreeSet<String> = names.filter(|name| said.contains(name.as_str())).collect();
    let small = said.to_ascii_lowercase();
    for (at, _) in small.match_indices(DOMAIN) {
        let part = |sign: char| sign.is_ascii_alphanumeric() || "-._+".contains(sign);
        let mailbox = small[..at].rsplit(|sign| !part(sign)).next().unwrap_or_default();
        if MAILBOXES.iter().any(|role| mailbox.contains(role)) {
            named.insert(format!("{mailbox}{DOMAIN}"));
        }
    }
    named
}

/// Whether this is the address itself, or the name of the person who has it.
fn is_called(address: &str, who: &str) -> bool {
    let mailbox = address.trim_end_matches(DOMAIN).split('.').next().unwrap_or_default();
    let (role, number) = mailbox.split_once('-').unwrap_or((mailbox, "one"));
    address.eq_ignore_ascii_case(who) || format!("{role} {number}").eq_ignore_ascii_case(who)
}

/// What bytes say, each file of an archive by itself, with what stands behind the archive's own name.
pub fn unpacked(bytes: &[u8]) -> Result<Vec<(String, String)>, String> {
    if !bytes.starts_with(b"PK") {
        return Ok(vec![(String::new(), String::from_utf8_lossy(bytes).into_owned())]);
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let files = (0..archive.len()).map(|place| {
        let mut file = archive.by_index(place).map_err(|error| error.to_string())?;
        let mut said = Vec::new();
        file.read_to_end(&mut said).map_err(|error| error.to_string())?;
        let name = file.name().map_err(|error| error.to_string())?;
        Ok((format!(", {name}"), String::from_utf8_lossy(&said).into_owned()))
    });
    files.collect()
}

/// Every file in a folder and in the folders in it.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let (mut open, mut files) = (vec![folder.to_owned()], Vec::new());
    while let Some(next) = open.pop() {
        if next.is_dir() {
            open.extend(std::fs::read_dir(&next).expect("a folder").flatten().map(|entry| entry.path()));
        } else {
            files.push(next);
        }
    }
    files
}

/// Demands that whatever names a person is found, wherever it stands: else a quiet run says nothing.
pub fn finds_whatever_is_planted() -> Result<(), String> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let begun = archive.start_file("changes.csv", zip::write::SimpleFileOptions::default());
    begun.and_then(|()| Ok(archive.write_all(b"2,Overseer Two")?)).map_err(|error| error.to_string())?;
    let archive = archive.finish().map_err(|error| error.to_string())?.into_inner();
    let mail = |to: &str, more: &str, said: &str| {
        let naming = Naming::default();
        naming.mail(&Mail::parse(format!("To: {to}\r\nSubject: Words\r\n{more}\r\n{said}\r\n").as_bytes()));
        naming.looked().faults.len()
    };
    let stops = "List-Unsubscribe: <http://register.example/subscriptions/x>\r\n";
    let found = [
        (faults_in("", &archive).len(), 1),
        (faults_in("", &archive[..archive.len() / 2]).len(), 1),
        (faults_in("", b"<a href=\"mailto:overseer-three%40example.org\">Overseer\n One</a>").len(), 2),
        (faults_in("", b"register@example.org, an overseer of this register").len(), 0),
        (mail("contributor.ashgrove-council@example.org", "", "Hello Contributor One"), 0),
        (mail("contributor.ashgrove-council@example.org", "", "Overseer One, overseer@example.org"), 2),
        (mail("overseer@example.org", "Cc: overseer-two@example.org\r\n", "Words"), 1),
        (mail("overseer@example.org, observer@example.org", "", "Words"), 2),
        (mail("overseer@example.org", stops, "Hello Overseer One"), 1),
    ];
    let wrong: Vec<usize> = (0..found.len()).filter(|place| found[*place].0 != found[*place].1).collect();
    if wrong.is_empty() { Ok(()) } else { Err(format!("what was planted is not found as it should be: {wrong:?}")) }
}
