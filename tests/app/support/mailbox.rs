//! Mail as its reader has it, from a file under `var/mail/` or from the SMTP server.

use mail_parser::{MessageParser, MimeHeaders};

/// One message.
#[derive(Clone, Debug)]
pub struct Mail {
    /// The addresses it is for.
    pub to: Vec<String>,
    /// The subject.
    pub subject: String,
    /// The text part, lines as they are.
    pub text: String,
    /// The HTML part, empty where there is none.
    pub html: String,
    /// The message as it was handed over.
    pub raw: String,
}

impl Mail {
    /// Reads a message as it was handed over.
    pub fn parse(raw: &[u8]) -> Mail {
        let message = MessageParser::default().parse(raw).expect("a mail message");
        let addresses = |list: Option<&mail_parser::Address>| -> Vec<String> {
            list.map(|list| list.iter().filter_map(|one| one.address()).map(str::to_owned).collect())
                .unwrap_or_default()
        };
        let html =
            message.parts.iter().find(|part| part.content_type().is_some_and(|kind| kind.subtype() == Some("html")));
        Mail {
            to: addresses(message.to()),
            subject: message.subject().unwrap_or_default().to_owned(),
            text: message.body_text(0).unwrap_or_default().into_owned(),
            html: html.and_then(|part| part.text_contents()).unwrap_or_default().to_owned(),
            raw: String::from_utf8_lossy(raw).into_owned(),
        }
    }

    /// A header as it stands, unfolded; none where it is absent.
    pub fn header(&self, name: &str) -> Option<String> {
        let head = self.raw.replace("\r\n", "\n");
        let head = head.split("\n\n").next().unwrap_or_default().replace("\n ", " ").replace("\n\t", " ");
        let wanted = format!("{}:", name.to_ascii_lowercase());
        head.lines()
            .find(|line| line.to_ascii_lowercase().starts_with(&wanted))
            .map(|line| line[wanted.len()..].trim().to_owned())
    }

    /// Demands that the text says this, wherever its lines break.
    #[track_caller]
    pub fn says(&self, words: &str) -> &Self {
        let found = super::page::one_line(&self.text).contains(&super::page::one_line(words));
        assert!(found, "the mail {:?} does not say {words:?}. It says:\n{}", self.subject, self.text);
        self
    }

    /// Demands that these words are nowhere in it, in no part and no header.
    #[track_caller]
    pub fn does_not_say(&self, words: &str) -> &Self {
        let parts = [&self.subject, &self.text, &self.html, &self.raw];
        assert!(!parts.iter().any(|part| part.contains(words)), "the mail {:?} says {words:?}", self.subject);
        self
    }

    /// The first address in the text that contains this, such as `/invitations/`.
    #[track_caller]
    pub fn link(&self, containing: &str) -> String {
        let words = self.text.split_whitespace().map(|word| word.trim_matches(['<', '>', '(', ')', '.', ',']));
        words
            .filter(|word| word.starts_with("http"))
            .find(|word| word.contains(containing))
            .unwrap_or_else(|| panic!("the mail {:?} has no link with {containing:?}:\n{}", self.subject, self.text))
            .to_owned()
    }
}

/// The mails of one app, oldest first.
#[derive(Clone, Debug)]
pub struct Mailbox(pub Vec<Mail>);

impl Mailbox {
    /// Only those for this address.
    pub fn of(&self, address: &str) -> Mailbox {
        Mailbox(self.0.iter().filter(|mail| mail.to.iter().any(|to| to == address)).cloned().collect())
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The newest; fails where there is none.
    #[track_caller]
    pub fn last(&self) -> &Mail {
        self.0.last().expect("there is no mail")
    }

    /// The newest one whose subject contains these words.
    #[track_caller]
    pub fn about(&self, words: &str) -> &Mail {
        self.0.iter().rev().find(|mail| mail.subject.contains(words)).unwrap_or_else(|| {
            let there: Vec<&str> = self.0.iter().map(|mail| mail.subject.as_str()).collect();
            panic!("no mail is about {words:?}, only {there:?}")
        })
    }
}
