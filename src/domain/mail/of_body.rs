//! Letters to a body's own people about what waits among them. Several things that happen close together are told in one mail.
//!
//! They name recommendations, which are public, and quote nothing that is not: what was written, and why it went back, is read
//! after signing in.

use serde::{Deserialize, Serialize};

use super::item::Item;
use crate::domain::filing::FilingKind;
use crate::domain::id::BodyId;
use crate::domain::moment::Day;
use crate::domain::target_ask::AskDecision;

/// Asks whoever signs off for a body to read what its people wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOffAsked {
    /// The name of the body.
    pub body: String,
    /// Which body that is.
    #[serde(default)]
    pub body_id: Option<BodyId>,
    /// What waits, the first first.
    pub items: Vec<Written>,
    /// Replies to findings that are not published, those that end first first. They name no recommendation: that there is a
    /// finding is not public.
    pub checks: Vec<CheckReply>,
    /// The page that lists it all.
    pub link: String,
}

/// Tells its author that whoever signs off for their body wants another look at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentToAuthor {
    /// What went back.
    pub items: Vec<Written>,
    /// The page that lists it all.
    pub link: String,
}

/// Tells a body what was decided on its requests for a later target date. The decisions are public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionDecided {
    /// The name of the body.
    pub body: String,
    /// Which body that is.
    #[serde(default)]
    pub body_id: Option<BodyId>,
    /// The decisions.
    pub items: Vec<Decision>,
    /// The page that lists the body's items.
    pub link: String,
}

/// Something that one of a body's people wrote, as a line of a mail names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The filing's own name.
    pub reference: String,
    /// What kind of work it is.
    pub filing: FilingKind,
    /// Which recommendation it is about, and where it is read.
    pub item: Item,
}

/// A reply to a finding that is not published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckReply {
    /// The name of the finding's filing.
    pub reference: String,
    /// The last day on which the body may reply.
    pub until: Day,
    /// Where it is read.
    pub link: String,
}

/// A decision on one request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Which recommendation, and its public page.
    pub item: Item,
    /// Granted or refused.
    pub decision: AskDecision,
    /// The target date that stands now.
    pub target: Option<Day>,
}

impl SignOffAsked {
    /// Takes in what another one says. What was sent again since is named once.
    pub fn gather(&mut self, more: Self) {
        self.items.retain(|one| more.items.iter().all(|other| other.reference != one.reference));
        self.checks.retain(|one| more.checks.iter().all(|other| other.reference != one.reference));
        self.items.extend(more.items);
        self.checks.extend(more.checks);
        self.checks.sort_by_key(|one| one.until);
    }
}

impl SentToAuthor {
    /// Takes in what another one says. What went back again since is named once.
    pub fn gather(&mut self, more: Self) {
        self.items.retain(|one| more.items.iter().all(|other| other.reference != one.reference));
        self.items.extend(more.items);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_letters_become_one_and_name_each_thing_once() {
        let written = |reference: &str| {
            let [inquiry, number, title, link] = ["Ashgrove", "1", "Buoys", "/"].map(str::to_owned);
            let item = Item { recommendation: None, inquiry, number, title, link };
            Written { reference: reference.to_owned(), filing: FilingKind::Return, item }
        };
        let check = |reference: &str, until: &str| CheckReply {
            reference: reference.to_owned(),
            until: until.parse().unwrap(),
            link: "/".to_owned(),
        };
        let letter = |items: Vec<Written>, checks: Vec<CheckReply>| SignOffAsked {
            body: "Ashgrove Council".to_owned(),
            body_id: None,
            items,
            checks,
            link: "/staff".to_owned(),
        };
        let mut one = letter(vec![written("a"), written("b")], vec![check("x", "2026-12-07")]);
        one.gather(letter(vec![written("a")], vec![check("y", "2026-12-01")]));
        let names: Vec<&str> = one.items.iter().map(|one| one.reference.as_str()).collect();
        let checks: Vec<&str> = one.checks.iter().map(|one| one.reference.as_str()).collect();
        assert_eq!((names, checks), (vec!["b", "a"], vec!["y", "x"]));
    }
}
