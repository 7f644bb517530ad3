//! Which tables hold something about a person, an item or a body, and how each row is tied to it.
//!
//! A new table that refers to any of them needs a line in `record` (published) or `work` (not published), or in [`LEFT_OUT`]
//! with a reason; a story compares them with the schema. A new column of a covered table is given by itself, marked private: name it under `public` where
//! everybody reads it.

mod body;
mod grounds;
mod record;
mod work;

use crate::domain::disclosure::LeftOut;

/// A set of rows that is found first; a table is tied to it by a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Root {
    /// People with an account.
    Person,
    /// People of bodies without one.
    Contact,
    /// Bodies.
    Body,
    /// Inquiries.
    Inquiry,
    /// Recommendations.
    Recommendation,
    /// Recommendations put to bodies.
    Addressee,
    /// Unpublished work.
    Filing,
    /// Mails.
    Outbox,
    /// Letters and calls.
    Chase,
    /// Messages of readers.
    Complaint,
    /// Removals for legal reasons.
    Redaction,
    /// Readers who follow the register by mail.
    Subscriber,
    /// What a dead address is remembered under.
    DeadAddress,
    /// The steps of holds.
    Hold,
    /// The changes that published them.
    HeldIn,
}

impl Root {
    /// The name of the set in a statement.
    pub(super) const fn set(self) -> &'static str {
        match self {
            Self::Person => "r_person",
            Self::Contact => "r_contact",
            Self::Body => "r_body",
            Self::Inquiry => "r_inquiry",
            Self::Recommendation => "r_recommendation",
            Self::Addressee => "r_addressee",
            Self::Filing => "r_filing",
            Self::Outbox => "r_outbox",
            Self::Chase => "r_chase",
            Self::Complaint => "r_complaint",
            Self::Redaction => "r_redaction",
            Self::Subscriber => "r_subscriber",
            Self::DeadAddress => "r_dead_address",
            Self::Hold => "r_hold",
            Self::HeldIn => "r_held_in",
        }
    }
}

/// A table and what of it is given.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// A row in one sentence; `{column}` is its value, or what its number stands for.
    pub line: &'static str,
    /// The columns with its days and moments; `seq` is the day of that change.
    pub dates: &'static [&'static str],
    /// What ties a row to what is asked about.
    pub ties: &'static [(Root, &'static str)],
    /// The columns that everybody reads.
    pub public: &'static [&'static str],
    /// The columns that are never given: secrets.
    pub never: &'static [&'static str],
}

const fn table(
    name: &'static str,
    line: &'static str,
    dates: &'static [&'static str],
    ties: &'static [(Root, &'static str)],
    public: &'static [&'static str],
) -> Table {
    Table { name, line, dates, ties, public, never: &[] }
}

impl Table {
    const fn never(self, never: &'static [&'static str]) -> Self {
        Self { never, ..self }
    }
}

/// The tables that hold something, in the order of the file.
pub fn covered() -> impl Iterator<Item = &'static Table> {
    work::WORK.iter().chain(record::RECORD).chain(body::BODY).chain(grounds::GROUNDS)
}

const fn left_out(table: &'static str, why: &'static str) -> LeftOut {
    LeftOut { table, why }
}

/// The tables of which nothing is given.
pub const LEFT_OUT: &[LeftOut] = &[
    left_out("alias", "Earlier addresses of pages; they name no person."),
    left_out("counter", "The number of the last change."),
    left_out(
        "file",
        "The kind and size of a file; the evidence that it belongs to is given, and the file is taken from its page.",
    ),
    left_out("file_chunk", "The bytes of files, which are taken from the page of the evidence."),
    left_out("format_link", "Links to an inquiry in other formats: public, about the inquiry as a whole."),
    left_out(
        "grounds",
        "For which kind of reason words were withheld: public; the withholding is given with its change.",
    ),
    left_out("holiday", "Days on which nobody works."),
    left_out("inquiry", "The public description of an inquiry as a whole."),
    left_out("job_run", "When jobs ran; it names nobody."),
    left_out("meeting_inquiry", "Which inquiries a meeting is about: public with the event of each of them."),
    left_out("month_end", "Counts of answers at the ends of months."),
    left_out("pack_inquiry", "Which inquiries a scrutiny pack is about."),
    left_out("page_text", "What the operator says of itself, in public; who published it stands with the change."),
    left_out(
        "restored_redaction",
        "Removals that were made again after a copy was restored: which record and why, as of the removal itself.",
    ),
    left_out("schema_floor", "Which program may use the database."),
    left_out("taken_out", "Which record each withholding was of; the withholding itself is given with its change."),
    left_out("tally", "Counts of what is given here."),
    left_out("theme", "Names of themes."),
    left_out("theme_text", "Names of themes as they were published."),
    left_out("throttle", "Counts of tries under codes from which nobody can be found."),
];
