//! Processes of ours that are killed at random moments, and what a mail server has to show for it afterwards.

use std::collections::BTreeMap;
use std::process::{Child, Command};

use followthrough::clock::Clock;
use followthrough::domain::moment::Moment;

use crate::servers::smtp::SmtpServer;
use crate::support::Place;
use crate::support::mailbox::Mail;

/// A process of ours, which does not outlive its story.
pub struct Begun {
    child: Child,
    /// The second in which it was begun, or the one before.
    pub since: Moment,
}

impl Begun {
    /// Begins it.
    pub fn start(place: &Place, arguments: &[&str]) -> Self {
        let since = Clock::system().now();
        Begun { child: place.begin(arguments), since }
    }

    /// `kill -9`: when this returns, it is dead. Answers whether it still ran.
    pub fn kill(mut self) -> bool {
        let ran = self.child.try_wait().expect("a process of ours").is_none();
        self.child.kill().expect("a process of ours");
        self.child.wait().expect("a process of ours");
        ran
    }

    /// Asks it to end, and answers whether it did as it should.
    pub fn terminate(self) -> bool {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(asked.is_ok_and(|status| status.success()), "SIGTERM could not be sent");
        self.ends()
    }

    /// Waits for its end, and answers whether it did as it should.
    pub fn ends(mut self) -> bool {
        self.child.wait().expect("a process of ours").success()
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        let _killed = self.child.kill();
        let _ended = self.child.wait();
    }
}

/// What the mail server took, against what the register knows of: how many messages, and how many of these are one that had come
/// already.
pub struct Account {
    /// Every message that was taken.
    pub messages: usize,
    /// Of these, the ones that came once more.
    pub duplicates: usize,
}

/// Demands that every mail of the outbox was handed over, that nothing else was, and that what came twice is the same to the last
/// byte; that nobody holds a mail any more; and that each was marked once.
pub fn accounted_for(place: &Place, smtp: &SmtpServer) -> Account {
    let count = |what: &str| place.value(&format!("select count(*) from {what}"));
    assert_eq!(count("outbox where state <> 'accepted'"), "0", "lost: a mail that did not go");
    assert_eq!(count("outbox where lease is not null or lease_until is not null"), "0", "somebody holds a mail");
    assert_eq!(count("attempt where outcome = 'accepted'"), count("outbox"), "a mail was marked twice");

    let rows = place.rows("select reference || '|' || email as value from outbox order by id");
    let known: BTreeMap<String, &str> = rows
        .iter()
        .filter_map(|row| row.split_once('|'))
        .map(|(name, email)| (format!("<{name}@register.example>"), email))
        .collect();
    assert_eq!(known.len(), rows.len(), "two mails have one name");
    let mut taken: BTreeMap<String, Vec<Mail>> = BTreeMap::new();
    for mail in smtp.all() {
        taken.entry(mail.header("Message-ID").expect("a Message-ID")).or_default().push(mail);
    }
    let phantoms: Vec<&String> = taken.keys().filter(|id| !known.contains_key(*id)).collect();
    assert!(phantoms.is_empty(), "mails that no row knows of: {phantoms:?}");
    let lost: Vec<&String> = known.keys().filter(|id| !taken.contains_key(*id)).collect();
    assert!(lost.is_empty(), "mails that never came: {lost:?}");
    for (id, mails) in &taken {
        assert!(mails.iter().all(|mail| mail.raw == mails[0].raw), "{id} came in two forms");
        assert_eq!(mails[0].to, [known[id].to_owned()], "{id} went to somebody else");
    }
    let messages: usize = taken.values().map(Vec::len).sum();
    Account { messages, duplicates: messages - taken.len() }
}
