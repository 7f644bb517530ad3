//! Work that is not published yet: what somebody proposes, and where it stands on its way into the ledger.

use super::assessed::Assessed;
use super::checked::{Checked, TextKind};
use super::fairness::{Approval, Decided};
use super::lifecycle::{Closure, Lifecycle};
use super::moment::{Day, Happened};
use super::reported::Reported;
use super::text::text_enum;

text_enum! {
    /// Where a filing stands.
    pub enum FilingState as "state of a filing" {
        /// Being written; only its author's side sees it.
        Draft = "draft",
        /// With the person who signs off for the body; only the body's people see it.
        ForSignOff = "for_sign_off",
        /// With oversight.
        Submitted = "submitted",
        /// Back with its author, with comments.
        SentBack = "sent_back",
        /// In the ledger.
        Published = "published",
        /// Taken back by its author's side.
        Withdrawn = "withdrawn",
    }
}

text_enum! {
    /// What kind of work a filing is.
    pub enum FilingKind as "kind of filing" {
        /// An update from a body on its own item.
        Return = "return",
        /// A finding that waits for a second person.
        Assessment = "assessment",
        /// Closing as done, or finding that it no longer holds, that waits for a second person.
        Closure = "closure",
        /// Words marked as compared with the source, that wait for a second person.
        Wording = "wording",
        /// A body's reply to a judgement that is public.
        Reply = "reply",
    }
}

text_enum! {
    /// What becomes of a body's return between its arrival and its publication. Each is public, like the arrival.
    pub enum ArrivalStep as "step of a return" {
        /// Oversight sent it back with questions.
        SentBack = "sent_back",
        /// The body sent it in again.
        ReceivedAgain = "received_again",
        /// The body took it back: what it was owed for is owed again.
        TakenBack = "taken_back",
        /// Oversight set it aside after sending it back. It came all the same: nothing is held against the body for that.
        SetAside = "set_aside",
    }
}

impl ArrivalStep {
    /// The steps after which nothing is left of the return but that it came.
    pub const ENDS: [Self; 2] = [Self::TakenBack, Self::SetAside];
}

impl FilingState {
    /// Whether a filing may go from this state to `next`. Publishing and withdrawing are final.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Draft, Self::Draft | Self::ForSignOff | Self::Submitted | Self::Withdrawn)
                | (Self::ForSignOff, Self::Draft | Self::Submitted | Self::SentBack | Self::Withdrawn)
                | (Self::Submitted, Self::SentBack | Self::Published | Self::Withdrawn)
                | (Self::SentBack, Self::Draft | Self::ForSignOff | Self::Submitted | Self::Withdrawn)
        )
    }
}

impl FilingKind {
    /// What bodies hand in, and oversight reads before it publishes it.
    pub const OF_BODIES: [Self; 2] = [Self::Return, Self::Reply];

    /// Whether a body hands it in.
    #[must_use]
    pub const fn is_of_body(self) -> bool {
        matches!(self, Self::Return | Self::Reply)
    }

    /// Whether publisher and author must be two people (unless the register's operator has switched that off, in public).
    #[must_use]
    pub const fn needs_second_key(self) -> bool {
        matches!(self, Self::Assessment | Self::Closure | Self::Wording)
    }
}

/// What a filing proposes: exactly what publishing it will put into the ledger. Kept as JSON in the filing's row.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Proposal {
    /// A body's return.
    Return(ReturnFiled),
    /// A body's return that says no change, while it waits for the body's own sign-off.
    NoChange,
    /// A finding.
    Assessment(Finding),
    /// A closure or a lapse.
    Closure(Closing),
    /// Words for a recommendation.
    Wording(WordingFiled),
    /// A body's reply to a judgement.
    Reply(ReplyFiled),
}

impl Proposal {
    /// The update that it means to correct.
    #[must_use]
    pub const fn corrects(&self) -> Option<super::id::UpdateId> {
        match self {
            Self::Assessment(finding) => finding.corrects,
            Self::Closure(closing) => closing.corrects,
            Self::Return(_) | Self::NoChange | Self::Wording(_) | Self::Reply(_) => None,
        }
    }

    /// The same with every word taken out: what is left of it when the law wants its words removed.
    #[must_use]
    pub fn without_words(self) -> Self {
        match self {
            Self::NoChange => Self::NoChange,
            Self::Return(filed) => {
                Self::Return(ReturnFiled { words: String::new(), reason: None, source_url: None, ..filed })
            }
            Self::Assessment(finding) => Self::Assessment(Finding {
                words: String::new(),
                source_url: None,
                correction: None,
                decided: None,
                ..finding
            }),
            Self::Closure(closing) => Self::Closure(Closing {
                reason: String::new(),
                source_url: None,
                correction: None,
                shown: None,
                found: closing.found.map(|found| FoundAnew { words: String::new(), ..found }),
                ..closing
            }),
            Self::Reply(filed) => Self::Reply(ReplyFiled { words: String::new(), ..filed }),
            Self::Wording(wording) => Self::Wording(WordingFiled {
                title: String::new(),
                text: String::new(),
                source_url: None,
                reason: String::new(),
                ..wording
            }),
        }
    }

    /// The kind of filing that holds it.
    #[must_use]
    pub const fn kind(&self) -> FilingKind {
        match self {
            Self::Return(_) | Self::NoChange => FilingKind::Return,
            Self::Assessment(_) => FilingKind::Assessment,
            Self::Closure(_) => FilingKind::Closure,
            Self::Wording(_) => FilingKind::Wording,
            Self::Reply(_) => FilingKind::Reply,
        }
    }

    /// Whether another person must publish it: findings, closing as done, finding that it no longer holds, words that
    /// claim to be the source's own or to have been compared with it, and words that take such words' place.
    #[must_use]
    pub fn needs_second_key(&self) -> bool {
        match self {
            Self::Return(_) | Self::NoChange | Self::Assessment(_) | Self::Reply(_) => true,
            Self::Closure(closing) => {
                closing.value == Lifecycle::Lapsed || closing.closure.is_some_and(Closure::is_done)
            }
            Self::Wording(wording) => {
                wording.weakens || WordingFiled::claims_source(wording.text_kind, wording.checked)
            }
        }
    }

    /// Whether it is a finding that those who decided it have not approved yet.
    #[must_use]
    pub fn is_draft_decision(&self) -> bool {
        match self {
            Self::Assessment(finding) => {
                finding.decided.as_ref().is_some_and(|decided| decided.approval == Some(Approval::Draft))
            }
            _ => false,
        }
    }

    /// Whether the body sees it before anybody publishes it: a finding against it.
    #[must_use]
    pub const fn is_shown_to_body(&self) -> bool {
        match self {
            Self::Assessment(finding) => finding.value.is_adverse(),
            Self::Closure(Closing { found: Some(found), .. }) => found.value.is_adverse(),
            Self::Closure(_) | Self::Return(_) | Self::NoChange | Self::Wording(_) | Self::Reply(_) => false,
        }
    }

    /// Whether it judges the body, which nobody of that body may do.
    #[must_use]
    pub const fn judges(&self) -> bool {
        matches!(self, Self::Assessment(_) | Self::Closure(_))
    }
}

/// A body's own account of its progress on one item.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ReturnFiled {
    /// What it says.
    pub value: Reported,
    /// Since when that is so.
    pub happened: Happened,
    /// What was done, in the body's words.
    pub words: String,
    /// Why it stopped, where it did.
    pub reason: Option<String>,
    /// Where it can be read.
    pub source_url: Option<String>,
    /// In which language its words are, and under which licence.
    #[serde(default)]
    pub rights: super::licence::Rights,
    /// The date by which the body means to have it done, where none is recorded yet.
    #[serde(default)]
    pub target: Option<Day>,
}

/// What a body replies to a judgement that is public already.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ReplyFiled {
    /// The judgement.
    pub to: super::outside::Judgement,
    /// The day on which it was handed in.
    pub on: Day,
    /// What the body says.
    pub words: String,
    /// In which language that is, and under which licence.
    #[serde(default)]
    pub rights: super::licence::Rights,
}

/// What oversight found about one answer.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Finding {
    /// The finding.
    pub value: Assessed,
    /// When it was made.
    pub happened: Happened,
    /// What was looked at and why it says this.
    pub words: String,
    /// Where the evidence can be read.
    pub source_url: Option<String>,
    /// The update that it corrects, where it does.
    pub corrects: Option<super::id::UpdateId>,
    /// Why that was wrong, in public.
    #[serde(default)]
    pub correction: Option<String>,
    /// Who decided it, where that is recorded.
    #[serde(default)]
    pub decided: Option<Decided>,
}

/// Closing an answer, opening it again, or finding that it no longer holds.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Closing {
    /// Where it stands afterwards.
    pub value: Lifecycle,
    /// Why it is closed; absent for the others.
    pub closure: Option<Closure>,
    /// When that was decided.
    pub happened: Happened,
    /// The reason, in public.
    pub reason: String,
    /// Where the decision can be read.
    pub source_url: Option<String>,
    /// The update that it corrects, where it does.
    pub corrects: Option<super::id::UpdateId>,
    /// Why that was wrong, in public.
    #[serde(default)]
    pub correction: Option<String>,
    /// How what was agreed to show that it is done was shown.
    #[serde(default)]
    pub shown: Option<String>,
    /// For what no longer holds: how it stands now.
    #[serde(default)]
    pub found: Option<FoundAnew>,
    /// For closing: after so many months oversight looks again.
    #[serde(default)]
    pub look_again: Vec<i64>,
}

/// What oversight finds where something that was done no longer holds; it is dated as the lapse is.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FoundAnew {
    /// The finding.
    pub value: Assessed,
    /// What was looked at and why it says this.
    pub words: String,
}

/// Words for a recommendation: transcribed, amended, or marked as compared with their source.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct WordingFiled {
    /// Its short name in this register.
    pub title: String,
    /// The words.
    pub text: String,
    /// Whose words they are.
    pub text_kind: TextKind,
    /// How far they were compared.
    pub checked: Checked,
    /// Where they can be read.
    pub source_url: Option<String>,
    /// The day on which they were compared.
    pub compared_on: Day,
    /// Why the words change, in public.
    pub reason: String,
    /// The words that stood when these were proposed, and whose place they take; noted when they are handed in.
    #[serde(default)]
    pub base: Option<super::id::WordingId>,
    /// Whether words that two people published are to give way to words that one person could publish; noted likewise.
    #[serde(default)]
    pub weakens: bool,
    /// In which language they are, and under which licence.
    #[serde(default)]
    pub rights: super::licence::Rights,
}

impl WordingFiled {
    /// Whether words of this kind claim to be the source's own, or to have been compared with it.
    #[must_use]
    pub fn claims_source(text_kind: TextKind, checked: Checked) -> bool {
        checked == Checked::Source || text_kind == TextKind::Verbatim
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn publishing_and_withdrawing_are_final() {
        for next in FilingState::ALL.iter().copied() {
            assert!(!FilingState::Published.may_become(next));
            assert!(!FilingState::Withdrawn.may_become(next));
        }
        assert!(FilingState::SentBack.may_become(FilingState::Submitted));
        assert!(!FilingState::Draft.may_become(FilingState::Published));
    }

    #[test]
    fn what_was_filed_before_anybody_was_asked_for_a_licence_still_reads() {
        let kept = r#"{"kind":"return","value":"under_way","happened":{"day":"2027-03-03","precision":"on"},
                       "words":"Begun","reason":null,"source_url":null}"#;
        let Proposal::Return(filed) = serde_json::from_str(kept).unwrap() else { panic!("a return") };
        assert_eq!((filed.words.as_str(), filed.rights), ("Begun", super::super::licence::Rights::default()));
    }
}
