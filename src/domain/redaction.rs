//! Taking words out, and for which kinds of reason: out of sight by anybody of oversight, or for good because the law asks for
//! it, proposed by an administrator and done by a second person.

use serde::{Deserialize, Serialize};

use super::change::Subject;
use super::id::Seq;
use super::moment::{Day, Moment};
use super::text::text_enum;

text_enum! {
    /// Why words are withheld or removed. The kind is public; what the words were is said nowhere.
    pub enum RedactionKind as "reason for removing words" {
        /// A court has ordered it.
        CourtOrder = "court_order",
        /// Somebody whom the words could identify has anonymity for life (Sexual Offences (Amendment) Act 1992, section 1).
        Anonymity = "anonymity",
        /// They could prejudice live proceedings (Contempt of Court Act 1981, section 2).
        Proceedings = "proceedings",
        /// A person has asked for erasure and is owed it (UK GDPR, article 17).
        DataProtection = "data_protection",
        /// They were protectively marked or disclosed without authority (Official Secrets Act 1989).
        Marking = "marking",
        /// They were found to be defamatory, or are removed to settle a claim (Defamation Act 2013).
        Defamation = "defamation",
        /// Another rule of law, named in the operator's own file.
        OtherLaw = "other_law",
        /// No rule of law: they could harm somebody, or were published by mistake. Words are withheld for it, never removed.
        Precaution = "precaution",
    }
}

impl RedactionKind {
    /// Whether the law asks for it: then words can be removed for good.
    #[must_use]
    pub const fn is_legal(self) -> bool {
        !matches!(self, Self::Precaution)
    }

    /// The kinds for which words can be removed for good.
    pub fn legal() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|kind| kind.is_legal())
    }
}

text_enum! {
    /// Where a proposal to remove words stands.
    pub enum RedactionState as "state of a removal" {
        /// Waits for a second person. The words are withheld meanwhile.
        Proposed = "proposed",
        /// The words are gone.
        Done = "done",
        /// A second person declined. The words stay withheld until somebody shows them again.
        Declined = "declined",
    }
}

/// What two records about the same thing have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shares {
    /// Every word: they go together without a question.
    Everything,
    /// What the thing is called, and some of the other words.
    Both,
    /// What the thing is called, and nothing else.
    Title,
    /// Some of the other words.
    Words,
}

/// Words that were removed, as the list of removals names them: which record, when and why, never what it said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Removal {
    /// What kind of record.
    pub subject: Subject,
    /// Its number.
    pub row: i64,
    /// The change that published it.
    pub published: Seq,
    /// The moment of that change: with it no other record can be meant, not even in a register whose numbers began again
    /// when an earlier copy was restored.
    pub published_at: Moment,
    /// The change that removed the words.
    pub removed: Seq,
    /// The day of that change.
    pub removed_on: Day,
    /// Why.
    pub kind: RedactionKind,
}

impl Removal {
    /// Whether both name the same record.
    #[must_use]
    pub fn is_of_same_record(&self, other: &Self) -> bool {
        (self.subject, self.row, self.published, self.published_at)
            == (other.subject, other.row, other.published, other.published_at)
    }
}

/// The list of removals as a file.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    removal: Vec<Removal>,
}

/// What stands at the top of the file.
const PREAMBLE: &str = "\
# Words removed from this register for legal reasons: which records and when, never what they said.
# Keep this list beside every backup, and hand it to `followthrough restore`: it removes the words again.

";

/// Reads a list of removals.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub fn parse_list(text: &str) -> Result<Vec<Removal>, String> {
    toml::from_str(text).map(|file: File| file.removal).map_err(|fault| {
        let fault = fault.to_string();
        fault.split_whitespace().collect::<Vec<_>>().join(" ")
    })
}

/// Writes a list of removals, the earliest removed first.
///
/// # Errors
/// A sentence, where a number is too great for the file's format.
pub fn write_list(list: &[Removal]) -> Result<String, String> {
    let mut removal = list.to_vec();
    removal.sort_by_key(|one| (one.removed_on, one.removed, one.subject, one.row));
    let lines = toml::to_string(&File { removal }).map_err(|fault| fault.to_string())?;
    Ok(format!("{PREAMBLE}{lines}"))
}

/// Puts two lists together: a record that stands in both stands once, as the first has it.
#[must_use]
pub fn joined(mut list: Vec<Removal>, more: Vec<Removal>) -> Vec<Removal> {
    for one in more {
        if !list.iter().any(|known| known.is_of_same_record(&one)) {
            list.push(one);
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    fn removal(row: i64, removed_on: &str) -> Removal {
        Removal {
            subject: Subject::Update,
            row,
            published: Seq(12),
            published_at: "2026-11-23T09:00:00Z".parse().unwrap(),
            removed: Seq(19),
            removed_on: removed_on.parse().unwrap(),
            kind: RedactionKind::CourtOrder,
        }
    }

    #[test]
    fn a_list_survives_its_file() {
        let list = [removal(7, "2026-11-25"), removal(3, "2026-11-24")];
        let text = write_list(&list).unwrap();
        assert!(text.starts_with("# Words removed"), "{text}");
        let again = parse_list(&text).unwrap();
        assert_eq!(again, [list[1].clone(), list[0].clone()], "the earliest first");
        assert_eq!(parse_list(&write_list(&[]).unwrap()).unwrap(), []);
    }

    #[test]
    fn a_list_with_something_else_in_it_is_refused() {
        for text in ["removal = 1", "[[removal]]\nrow = 1", "words = \"a\"", "[[removal]]\nwords = \"a\""] {
            assert!(parse_list(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_same_record_stands_once() {
        let (first, again) = (removal(7, "2026-11-25"), removal(7, "2027-01-05"));
        let list = joined(vec![first.clone()], vec![again, removal(8, "2026-11-25")]);
        assert_eq!(list, [first, removal(8, "2026-11-25")]);
    }
}
