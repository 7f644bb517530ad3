//! Letters: what a mail says, as values. They are kept in the outbox as JSON and composed into words by the mail room.
//!
//! Every `link` is an address of this site that begins with `/`; the mail room puts the base URL before it, so that a
//! mail queued before the site moved still leads to the right place.

mod by_link;
mod item;
mod naming;
mod of_body;
mod to_top;

use serde::{Deserialize, Serialize};

use super::filing::FilingKind;
use super::id::{AddresseeId, BodyId, Seq};
use super::ladder::Next;
use super::moment::{Day, Moment};
use super::person::Role;
use super::staff_digest::DigestCycle;
use super::text::text_enum;

pub use by_link::{ByLink, FilingCode, FilingReceipt};
pub use item::Item;
pub use naming::ItemName;
pub use of_body::{CheckReply, Decision, ExtensionDecided, SentToAuthor, SignOffAsked, Written};
pub use to_top::TopAsked;

/// A letter of any kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "snake_case")]
pub enum Letter {
    /// Asks somebody to make an account.
    Invitation(Invitation),
    /// Lets somebody choose a new password.
    PasswordReset(PasswordReset),
    /// Tells somebody that their password was changed.
    PasswordChanged(PasswordChanged),
    /// Asks a body's contributor for the updates that are due.
    Reminder(Reminder),
    /// Tells somebody who works with the register what happened and what waits.
    Digest(Digest),
    /// Tells its author that a piece of work needs another look.
    ReturnSentBack(ReturnSentBack),
    /// Asks a body's contributor to check something before it is published.
    CheckAsked(CheckAsked),
    /// Asks whoever signs off for a body to read what its people wrote.
    SignOffAsked(SignOffAsked),
    /// Tells its author that whoever signs off for their body wants another look at it.
    SentToAuthor(SentToAuthor),
    /// Tells a body what was decided on its requests for a later target date.
    ExtensionDecided(ExtensionDecided),
    /// Asks somebody whether they want to follow the register by mail.
    FollowAsked(FollowAsked),
    /// Tells somebody who follows the register what changed.
    PublicDigest(PublicDigest),
    /// The code that opens the form behind the link of a reminder.
    FilingCode(FilingCode),
    /// Tells a body's people that somebody filed by such a link.
    FilingReceipt(FilingReceipt),
    /// Tells the post at the top of a body what reminders came to nothing about.
    TopAsked(TopAsked),
}

impl Letter {
    /// The name of the kind: as it stands in the JSON, in the outbox and on the staff page.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Invitation(_) => "invitation",
            Self::PasswordReset(_) => "password_reset",
            Self::PasswordChanged(_) => "password_changed",
            Self::Reminder(_) => "reminder",
            Self::Digest(_) => "digest",
            Self::ReturnSentBack(_) => "return_sent_back",
            Self::CheckAsked(_) => "check_asked",
            Self::SignOffAsked(_) => "sign_off_asked",
            Self::SentToAuthor(_) => "sent_to_author",
            Self::ExtensionDecided(_) => "extension_decided",
            Self::FollowAsked(_) => "follow_asked",
            Self::PublicDigest(_) => "public_digest",
            Self::FilingCode(_) => "filing_code",
            Self::FilingReceipt(_) => "filing_receipt",
            Self::TopAsked(_) => "top_asked",
        }
    }
}

impl Letter {
    /// Takes in what another letter of the same kind to the same reader says, so that one mail tells both.
    pub fn gather(&mut self, more: Self) {
        match (self, more) {
            (Self::SignOffAsked(here), Self::SignOffAsked(more)) => here.gather(more),
            (Self::SentToAuthor(here), Self::SentToAuthor(more)) => here.gather(more),
            (Self::ExtensionDecided(here), Self::ExtensionDecided(more)) => here.items.extend(more.items),
            _ => {}
        }
    }
}

/// Asks somebody to make an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The person's name.
    pub name: String,
    /// What they are asked to do here.
    pub role: Role,
    /// The name of the body they do it for.
    pub body: Option<String>,
    /// Which body that is.
    #[serde(default)]
    pub body_id: Option<BodyId>,
    /// The one-time link.
    pub link: String,
    /// When the link stops working.
    pub expires: Moment,
}

/// Lets somebody choose a new password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordReset {
    /// The one-time link.
    pub link: String,
    /// When the link stops working.
    pub expires: Moment,
}

/// Tells somebody that their password was changed: should it not have been they, they learn it here. Holds nothing secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordChanged {
    /// When it was changed.
    pub at: Moment,
    /// The page on which one asks for a link to choose another.
    pub link: String,
}

/// Asks a body's contributor for the updates that are due: one mail, all their items in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// The name of the body.
    pub body: String,
    /// Which body that is.
    #[serde(default)]
    pub body_id: Option<BodyId>,
    /// The items, those longest due first.
    pub items: Vec<ReminderItem>,
    /// The page that lists them all.
    pub link: String,
    /// The link by which its reader files on exactly these items without signing in; none in mail from before there was one.
    #[serde(default)]
    pub by_link: Option<ByLink>,
    /// What follows where nothing is received; not said in mail from before it was worked out.
    #[serde(default)]
    pub next: Option<Next>,
}

/// One update that is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReminderItem {
    /// Which answer; not said in mail that was queued before it was kept.
    #[serde(default)]
    pub addressee: Option<AddresseeId>,
    /// Which recommendation.
    pub item: Item,
    /// The day the update is due.
    pub due: Day,
    /// What the body said last, as one sentence with its date; absent where nothing is recorded.
    pub last_said: Option<String>,
    /// How often in a row the body said "no change", as one sentence; absent where it did not last.
    #[serde(default)]
    pub nothing_new: Option<String>,
    /// Whether its reader is asked about it only as the alternate, because the contact was asked before.
    #[serde(default)]
    pub as_alternate: bool,
}

/// What somebody who works with the register is told, as often as they chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// The last change that the digest before told of; nothing at or before it is repeated.
    pub after: Seq,
    /// The last change that this one tells of.
    pub upto: Seq,
    /// The first day it speaks of.
    pub from: Day,
    /// The last day it speaks of.
    pub to: Day,
    /// Its parts, in the order in which they are read; an empty one is left out.
    pub sections: Vec<Section>,
    /// The staff page, where the work is.
    pub link: String,
    /// How often it comes.
    #[serde(default = "weekly")]
    pub cycle: DigestCycle,
    /// From which moment to which one mail failed that it tells of, from the beginning where there is no first; `None` where the program
    /// that wrote it did not keep that.
    #[serde(default)]
    pub failed: Option<(Option<Moment>, Moment)>,
}

text_enum! {
    /// What one part of a digest is about.
    pub enum Matter as "part of a digest" {
        /// Whether the public is mailed about many changes at once, until somebody decides.
        MailToDecide = "mail_to_decide",
        /// What waits for somebody to publish it.
        ToPublish = "to_publish",
        /// What waits for a second person to confirm it.
        ToConfirm = "to_confirm",
        /// What was published.
        Changed = "changed",
        /// Updates that are due soon.
        Due = "due",
        /// Dates that have passed.
        Overdue = "overdue",
        /// What nobody has answered.
        Silent = "silent",
        /// What was closed as done and no longer holds: in every digest until it is decided on anew.
        Lapsed = "lapsed",
        /// Target dates that were moved.
        Moved = "moved",
        /// Bodies that owe something and have nobody who could be reminded, or whose contact no mail reaches.
        NoContributor = "no_contributor",
        /// Holds whose review date is near or has passed.
        HoldToReview = "hold_to_review",
        /// What readers say is wrong, until it is decided on.
        FromReaders = "from_readers",
        /// Support on the help page that nobody has checked for six months.
        SupportToCheck = "support_to_check",
        /// That the list of bank holidays ends soon.
        HolidaysEnd = "holidays_end",
        /// Mail that could not be sent.
        MailFailed = "mail_failed",
    }
}

impl Matter {
    /// Whether it is any business of somebody in this role: mail and settings are for administrators alone, and what somebody has to
    /// decide is for those who decide.
    #[must_use]
    pub const fn is_for(self, role: Role) -> bool {
        match role {
            Role::Administrator => true,
            Role::Overseer => !matches!(self, Self::MailFailed | Self::HolidaysEnd),
            Role::Observer => {
                matches!(self, Self::Changed | Self::Due | Self::Silent | Self::Overdue | Self::Moved | Self::Lapsed)
            }
            Role::Contributor => false,
        }
    }
}

/// One part of a digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// What it is about.
    pub matter: Matter,
    /// Its lines.
    pub lines: Vec<Line>,
    /// How many more there are than lines.
    pub more: u64,
    /// The page that lists them all; needed where there are more.
    pub link: Option<String>,
}

impl Section {
    /// How many things the section speaks of.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.more + self.lines.len() as u64
    }
}

/// One line of a digest: a sentence and where it leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The sentence.
    pub text: String,
    /// Where it leads.
    pub link: String,
}

/// Tells its author that a piece of work needs another look before it can be published. What was written about it is private, and
/// is read on its page after signing in: a mail holds nothing that is not public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnSentBack {
    /// What kind of work it is.
    #[serde(default = "update")]
    pub filing: FilingKind,
    /// What it was about.
    pub items: Vec<Item>,
    /// Where it stands: an update can be changed there and sent again, anything else taken back.
    pub link: String,
}

/// Asks a body's contributor to check something before it is published. It says nothing of what that is, not even which
/// recommendation it is about: mail is read over shoulders, and nothing of it is public yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckAsked {
    /// The name of the body.
    pub body: String,
    /// Which body that is.
    #[serde(default)]
    pub body_id: Option<BodyId>,
    /// The last day on which it may reply.
    pub until: Day,
    /// The page on which it is read, after signing in.
    pub link: String,
}

/// Asks somebody whether they want to follow the register by mail. It says nothing of what they would follow: perhaps somebody
/// else signed them up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowAsked {
    /// The one-time link.
    pub link: String,
    /// When the link stops working.
    pub expires: Moment,
}

/// Tells somebody who follows the register what changed. In the outbox it is two ranges of changes; what it says is read from
/// the register when it is tried, so that words withheld meanwhile do not go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicDigest {
    /// The name of whoever follows.
    pub subscriber: String,
    /// The change before the first that it tells of.
    pub after: Seq,
    /// The last change that it tells of.
    pub upto: Seq,
    /// The change before the first that is looked at for corrections of what they were told.
    pub corrected_after: Seq,
    /// The last such change.
    pub corrected_upto: Seq,
    /// The last day it speaks of.
    pub to: Day,
    /// What it says; nothing before it was tried.
    pub news: Option<News>,
}

/// What such a mail says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// Who runs the register; nobody until somebody has taken responsibility.
    pub operator: Option<String>,
    /// What they were told that was wrong, each with what puts it right. It stands first.
    pub corrections: Vec<Line>,
    /// What changed.
    pub lines: Vec<Line>,
    /// Instead of lines, where there are many: how much of what.
    pub counts: Vec<String>,
    /// What of all that they follow was closed as done and no longer holds, until it is decided on anew.
    #[serde(default)]
    pub lapsed: Option<Section>,
    /// The changes that it tells of, corrections included.
    pub seqs: Vec<Seq>,
    /// Where they change, pause or stop their mail.
    pub manage: String,
}

/// What letters were about before they said so.
const fn update() -> FilingKind {
    FilingKind::Return
}

/// How often digests came before anybody could choose.
const fn weekly() -> DigestCycle {
    DigestCycle::Weekly
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_survives_the_outbox() {
        let letter = Letter::Invitation(Invitation {
            name: "Contributor One".to_owned(),
            role: Role::Contributor,
            body: Some("Ashgrove Harbour Board".to_owned()),
            body_id: None,
            link: "/invitations/abc".to_owned(),
            expires: "2026-11-26T08:30:00Z".parse().unwrap(),
        });
        let json = serde_json::to_string(&letter).unwrap();
        assert!(json.contains(r#""letter":"invitation""#), "{json}");
        assert_eq!(letter, serde_json::from_str(&json).unwrap());
        assert_eq!(letter.kind(), "invitation");
    }

    #[test]
    fn each_role_is_told_what_is_its_business() {
        for role in Role::ALL.iter().copied() {
            for matter in [Matter::MailFailed, Matter::HolidaysEnd] {
                assert_eq!(matter.is_for(role), role == Role::Administrator, "{role}");
            }
            assert_eq!(Matter::ToConfirm.is_for(role), role.oversees(), "{role}");
            assert_eq!(Matter::Changed.is_for(role), role != Role::Contributor, "{role}");
        }
    }
}
