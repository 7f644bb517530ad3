//! Which tables hold something about a person, an item or a body, and how each row is tied to it.
//!
//! A new table that refers to any of them needs a line in [`COVERED`], or in [`LEFT_OUT`] with a reason; a story compares
//! both with the schema. A new column of a covered table is given by itself, marked private: name it under `public` where
//! everybody reads it.

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

use Root::{Addressee, Body, Chase, Complaint, Contact, Filing, Inquiry, Outbox, Person, Recommendation, Redaction};

/// The tables that hold something, in the order of the file.
pub const COVERED: &[Table] = &[
    table("person", "An account: {name}, {role}", &[], &[(Person, "id"), (Body, "body_id")], &[])
        .never(&["password_hash"]),
    table(
        "session",
        "A time for which {person_id} was signed in",
        &["created_at", "seen_at"],
        &[(Person, "person_id")],
        &[],
    )
    .never(&["token_hash"]),
    table("token", "A one-time link of {person_id}: {kind}", &["created_at", "used_at"], &[(Person, "person_id")], &[])
        .never(&["token_hash"]),
    table("receipt", "A form that {person_id} sent; it led to {location}", &["at"], &[(Person, "person_id")], &[])
        .never(&["key"]),
    table("setting", "A setting that {changed_by} chose: {key}", &["changed_at"], &[(Person, "changed_by")], &[]),
    table("body", "A body as it stands now: {name}", &[], &[(Body, "id")], &["slug", "name", "short_name", "kind"]),
    table(
        "body_text",
        "A body was entered or named: {name}",
        &["seq"],
        &[(Body, "body_id")],
        &["seq", "body_id", "name", "short_name", "kind"],
    ),
    table(
        "succession",
        "{to_body_id} took the place of {from_body_id}",
        &["seq"],
        &[(Body, "from_body_id"), (Body, "to_body_id")],
        &["seq", "from_body_id", "to_body_id", "happened_on", "precision", "present"],
    ),
    table(
        "inquiry_text",
        "An inquiry was described: {title}",
        &["seq"],
        &[(Body, "commissioned_by"), (Body, "issued_by")],
        &[
            "seq",
            "inquiry_id",
            "kind",
            "title",
            "short_title",
            "chair",
            "commissioned_by",
            "issued_by",
            "legal_basis",
            "source_url",
            "source_note",
            "own_references",
            "monitored_by",
            "note",
            "published_on",
            "counts_in_source",
            "language",
            "licence",
        ],
    ),
    table(
        "recommendation",
        "A recommendation as it stands now: {id}",
        &[],
        &[(Recommendation, "id")],
        &[
            "inquiry_id",
            "parent_id",
            "number",
            "position",
            "title",
            "text_kind",
            "checked",
            "may_repeat",
            "done",
            "seq",
        ],
    ),
    table(
        "wording",
        "Words of the recommendation {recommendation_id}",
        &["seq"],
        &[(Recommendation, "recommendation_id"), (Person, "author_id"), (Person, "publisher_id")],
        &[
            "seq",
            "recommendation_id",
            "title",
            "text",
            "text_kind",
            "checked",
            "source_url",
            "compared_on",
            "addressed_to_words",
            "language",
            "licence",
        ],
    ),
    table(
        "tag",
        "A theme of the recommendation {recommendation_id}",
        &["seq"],
        &[(Recommendation, "recommendation_id")],
        &["seq", "recommendation_id", "theme_id", "present"],
    ),
    table(
        "tie",
        "{from_id} and {to_id} were tied: {kind}",
        &["seq"],
        &[(Recommendation, "from_id"), (Recommendation, "to_id")],
        &["seq", "from_id", "to_id", "kind", "present"],
    ),
    table(
        "addressee",
        "How {id} stands now",
        &[],
        &[(Addressee, "id")],
        &[
            "recommendation_id",
            "inquiry_id",
            "body_id",
            "taken_in_on",
            "checked",
            "present",
            "response",
            "response_on",
            "response_precision",
            "response_basis",
            "reported",
            "reported_on",
            "reported_precision",
            "assessed",
            "assessed_on",
            "assessed_precision",
            "assessed_by",
            "lifecycle",
            "lifecycle_on",
            "lifecycle_precision",
            "closure",
            "done",
            "gap",
            "response_due_on",
            "decision_due_on",
            "return_due_on",
            "return_every",
            "target_on",
            "first_target_on",
            "target_set_by",
            "times_moved",
            "last_arrival_on",
            "seq",
        ],
    ),
    table(
        "asked",
        "It was put to a body: {addressee_id}",
        &["seq"],
        &[(Addressee, "addressee_id")],
        &["seq", "addressee_id", "checked", "present"],
    ),
    table(
        "change",
        "Change {seq} was published: {kind}",
        &["at"],
        &[(Person, "person_id"), (Body, "body_id"), (Recommendation, "recommendation_id"), (Addressee, "addressee_id")],
        &["seq", "at", "day", "kind", "role", "body_id", "inquiry_id", "recommendation_id", "addressee_id", "reason"],
    ),
    table(
        "deadline",
        "A date was set for {addressee_id}: {kind}, {due_on}",
        &["seq"],
        &[(Addressee, "addressee_id"), (Body, "set_by_body"), (Person, "author_id")],
        &[
            "seq",
            "addressee_id",
            "kind",
            "due_on",
            "every_months",
            "set_by_body",
            "set_by_words",
            "reason",
            "source_url",
            "checked",
            "replaces",
            "corrects",
        ],
    ),
    table(
        "arrival",
        "An update came in: {addressee_id}",
        &["seq", "received_on"],
        &[(Addressee, "addressee_id")],
        &["seq", "addressee_id", "deadline_id", "received_on", "nil"],
    ),
    table(
        "arrival_step",
        "What became of an update: {step}, {addressee_id}",
        &["seq"],
        &[(Addressee, "addressee_id")],
        &["seq", "arrival_id", "addressee_id", "step"],
    ),
    table(
        "fact_update",
        "A fact about {addressee_id} was published: {fact}, {value}",
        &["seq"],
        &[(Addressee, "addressee_id"), (Body, "voice_body_id"), (Person, "author_id"), (Person, "publisher_id")],
        &[
            "seq",
            "addressee_id",
            "fact",
            "value",
            "happened_on",
            "precision",
            "words",
            "their_word",
            "basis",
            "reason",
            "source_url",
            "checked",
            "assessor",
            "decide_by",
            "rung",
            "closure",
            "arrival_id",
            "voice_body_id",
            "corrects",
            "language",
            "licence",
            "decided_by",
            "decided_on",
            "minute_ref",
            "approval",
        ],
    ),
    table(
        "remark",
        "A {kind} stands in the timeline",
        &["seq"],
        &[(Recommendation, "recommendation_id"), (Addressee, "addressee_id"), (Person, "author_id")],
        &[
            "seq",
            "kind",
            "inquiry_id",
            "recommendation_id",
            "addressee_id",
            "deadline_id",
            "happened_on",
            "precision",
            "words",
            "source_url",
            "checked",
        ],
    ),
    table(
        "accuracy_rule",
        "How long bodies may check a finding: {working_days} working days",
        &["seq"],
        &[(Inquiry, "inquiry_id"), (Person, "author_id")],
        &["seq", "inquiry_id", "working_days"],
    ),
    table(
        "coverage",
        "Somebody looked for answers or updates",
        &["seq", "looked_on"],
        &[(Inquiry, "inquiry_id"), (Body, "body_id"), (Person, "author_id")],
        &[
            "seq",
            "inquiry_id",
            "body_id",
            "what",
            "where_looked",
            "source_url",
            "looked_on",
            "by_post",
            "found",
            "corrects",
        ],
    ),
    table(
        "filing",
        "A piece of work by {author_id}: {kind}, {state}",
        &["created_at", "submitted_at"],
        &[(Filing, "id"), (Person, "author_id"), (Recommendation, "recommendation_id"), (Addressee, "addressee_id")],
        &[],
    ),
    table(
        "filing_step",
        "A step with it by {person_id}: {state}",
        &["at"],
        &[(Filing, "filing_id"), (Person, "person_id")],
        &[],
    ),
    table(
        "accuracy",
        "A finding was with {body_id} until {until_on}",
        &["sent_on", "until_on", "replied_on"],
        &[(Filing, "filing_id"), (Body, "body_id"), (Person, "person_id")],
        &[],
    ),
    table(
        "note",
        "A note by {author_id}",
        &["at"],
        &[(Recommendation, "recommendation_id"), (Addressee, "addressee_id"), (Person, "author_id")],
        &[],
    ),
    table(
        "contact",
        "Somebody of {body_id} without an account: {name}",
        &["created_at", "ended_on"],
        &[(Contact, "id"), (Body, "body_id"), (Person, "author_id")],
        &[],
    ),
    table(
        "chase",
        "{body_id} was asked again: {kind}",
        &["happened_on", "at"],
        &[(Chase, "id"), (Contact, "contact_id"), (Body, "body_id"), (Person, "author_id")],
        &[],
    ),
    table(
        "chase_item",
        "What that was about: {addressee_id}",
        &[],
        &[(Chase, "chase_id"), (Addressee, "addressee_id")],
        &[],
    ),
    table("asking", "A body was asked about {addressee_id}", &["asked_on"], &[(Addressee, "addressee_id")], &[]),
    table(
        "outbox",
        "A mail to {email}: {kind}, {state}",
        &["created_at", "finished_at"],
        &[(Outbox, "id"), (Person, "person_id")],
        &[],
    )
    .never(&["message", "lease"]),
    table("attempt", "A try to send a mail: {outcome}", &["at"], &[(Outbox, "outbox_id")], &[]),
    table(
        "reminded",
        "A mail asked about {addressee_id}",
        &["reminded_on"],
        &[(Outbox, "outbox_id"), (Addressee, "addressee_id")],
        &[],
    ),
    table(
        "complaint",
        "A reader said that something is wrong on {page}: {state}",
        &["received_at", "decided_on"],
        &[(Complaint, "id"), (Person, "decided_by")],
        &[],
    ),
    table(
        "complaint_step",
        "What became of it: {state}",
        &["at"],
        &[(Complaint, "complaint_id"), (Person, "person_id")],
        &[],
    ),
    table(
        "redaction",
        "Words were proposed to be removed: {kind}, {state}",
        &["proposed_at", "decided_at"],
        &[(Redaction, "id"), (Person, "proposed_by"), (Person, "decided_by")],
        &[],
    ),
];

const fn left_out(table: &'static str, why: &'static str) -> LeftOut {
    LeftOut { table, why }
}

/// The tables of which nothing is given.
pub const LEFT_OUT: &[LeftOut] = &[
    left_out("alias", "Earlier addresses of pages; they name no person."),
    left_out("counter", "The number of the last change."),
    left_out("format_link", "Links to an inquiry in other formats: public, about the inquiry as a whole."),
    left_out("holiday", "Days on which nobody works."),
    left_out("inquiry", "The public description of an inquiry as a whole."),
    left_out("inquiry_event", "The public timeline of an inquiry as a whole."),
    left_out("job_run", "When jobs ran; it names nobody."),
    left_out("page_text", "What the operator says of itself, in public; who published it stands with the change."),
    left_out("schema_floor", "Which program may use the database."),
    left_out("tally", "Counts of what is given here."),
    left_out("theme", "Names of themes."),
    left_out("throttle", "Counts of tries under codes from which nobody can be found."),
];
