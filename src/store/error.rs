//! What can go wrong with the database, by what the caller can do about it.

use crate::domain::hold::Held;
use diesel::result::{DatabaseErrorKind, Error as Fault};

/// A rule that the database itself keeps; which of them an insert ran into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constraint {
    /// Two bodies with one slug.
    BodySlug,
    /// Two inquiries with one slug.
    InquirySlug,
    /// Two themes with one slug.
    ThemeSlug,
    /// Two recommendations of one inquiry with one number.
    RecommendationNumber,
    /// One recommendation put to one body twice.
    AddresseeBody,
    /// Two people with one mail address.
    PersonEmail,
    /// A form sent twice.
    Receipt,
    /// Two mails to one person for one purpose and period.
    OutboxDedupe,
    /// A row corrected twice.
    UpdateCorrects,
    /// A notice about one deadline twice.
    RemarkNotice,
    /// A job started twice for one period.
    JobRun,
    /// Two unfinished updates of one body on one item.
    Draft,
    /// Two people with one duty.
    Duty,
    /// Two people put in charge of one thing at once.
    Charge,
    /// Two random references alike.
    Reference,
    /// Any other rule of the schema.
    Other,
}

impl Constraint {
    /// By the constraint's name (PostgreSQL) or by `table.column, table.column` (SQLite, which tells no name).
    fn named(name: &str) -> Self {
        match name {
            "body_slug_key" | "body.slug" => Self::BodySlug,
            "inquiry_slug_key" | "inquiry.slug" => Self::InquirySlug,
            "theme_slug_key" | "theme.slug" => Self::ThemeSlug,
            "recommendation_number_key" | "recommendation.inquiry_id, recommendation.number" => {
                Self::RecommendationNumber
            }
            "addressee_body_key" | "addressee.recommendation_id, addressee.body_id" => Self::AddresseeBody,
            "person_email_key" | "person.email" => Self::PersonEmail,
            "receipt_pkey" | "receipt.key" => Self::Receipt,
            "outbox_dedupe_key" | "outbox.dedupe_key" => Self::OutboxDedupe,
            "fact_update_corrects_key" | "fact_update.corrects" => Self::UpdateCorrects,
            "remark_notice_key" | "remark.kind, remark.deadline_id" => Self::RemarkNotice,
            "filing_draft_key" | "filing.addressee_id" => Self::Draft,
            "duty_body_key" | "duty.body_id, duty.kind" | "duty_item_key" | "duty.addressee_id, duty.kind" => {
                Self::Duty
            }
            "job_run_key" | "job_run.job, job_run.period" => Self::JobRun,
            "charge_inquiry_key"
            | "charge.inquiry_id, charge.part, charge.standing"
            | "charge_body_key"
            | "charge.body_id, charge.part, charge.standing" => Self::Charge,
            "person_reference_key"
            | "bulk_reference_key"
            | "bulk.reference"
            | "contact_reference_key"
            | "contact.reference"
            | "chase_reference_key"
            | "chase.reference"
            | "person.reference"
            | "filing_reference_key"
            | "filing.reference"
            | "outbox_reference_key"
            | "outbox.reference"
            | "redaction_reference_key"
            | "redaction.reference"
            | "session_token_key"
            | "session.token_hash"
            | "token_hash_key"
            | "token.token_hash"
            | "file_reference_key"
            | "file.reference"
            | "exhibit_reference_key"
            | "exhibit.reference"
            | "target_ask_reference_key"
            | "target_ask.reference"
            | "complaint_reference_key"
            | "complaint.reference"
            | "subscriber_reference_key"
            | "subscriber.reference"
            | "subscriber_token_key"
            | "subscriber.token_hash"
            | "subscriber_confirm_key"
            | "subscriber.confirm_hash"
            | "mailing_reference_key"
            | "mailing.reference"
            | "meeting_reference_key"
            | "meeting.reference"
            | "pack_reference_key"
            | "pack.reference" => Self::Reference,
            _ => Self::Other,
        }
    }
}

/// A failure of the store. The variant says what the caller can do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such row: show a 404.
    #[error("not found")]
    NotFound,
    /// Somebody else changed the row first: show both and let the person decide.
    #[error("changed by somebody else meanwhile")]
    Stale,
    /// A hold keeps back what was to be published: say which, and what can still be done.
    #[error("{0}")]
    Held(Held),
    /// A rule of the schema was met: decide by which.
    #[error("a rule of the database was met: {0:?}")]
    Constraint(Constraint),
    /// No connection came free in time: try again soon.
    #[error("the database is busy")]
    Busy,
    /// The database cannot be reached: try again when it is back. Where the line broke at the end of a write, that may have been
    /// written.
    #[error("the database cannot be reached: {0}")]
    Gone(String),
    /// There is no room left where the database lies: nothing was written.
    #[error("the database has no room left: {0}")]
    Full(String),
    /// What the database lies on cannot be written: nothing was written.
    #[error("the database cannot be written: {0}")]
    ReadOnly(String),
    /// The database has failed: nothing was written.
    #[error("the database failed: {0}")]
    Failed(String),
}

/// What SQLite and PostgreSQL say when somebody else holds what is needed.
const BUSY: [&str; 3] = ["database is locked", "deadlock detected", "due to lock timeout"];
/// What they, and the systems below them, say when there is no room.
const FULL: [&str; 3] = ["database or disk is full", "No space left on device", "Disk quota exceeded"];
/// What they say when nothing can be written. SQLite calls all that a file system refuses an input or output error.
const READ_ONLY: [&str; 4] = ["readonly database", "read-only transaction", "Read-only file system", "disk I/O error"];
/// What PostgreSQL says to whoever has begun to write and then said nothing for too long: nobody has asked it to keep what was written.
const GIVEN_UP: &str = "due to idle-in-transaction timeout";
/// What they say when nobody is there, or will be soon.
const GONE: [&str; 5] = [
    "unable to open database file",
    "the database system is starting up",
    "the database system is shutting down",
    "the database system is in recovery mode",
    "terminating connection",
];

impl Error {
    /// By the words of the database.
    fn said(kind: DatabaseErrorKind, words: &str) -> Self {
        let says = |some: &[&str]| some.iter().any(|told| words.contains(told));
        match kind {
            DatabaseErrorKind::SerializationFailure => Self::Busy,
            _ if words.contains(GIVEN_UP) => Self::Failed(words.to_owned()),
            DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand => {
                Self::Gone(words.to_owned())
            }
            DatabaseErrorKind::ReadOnlyTransaction => Self::ReadOnly(words.to_owned()),
            _ if says(&BUSY) => Self::Busy,
            _ if says(&FULL) => Self::Full(words.to_owned()),
            _ if says(&READ_ONLY) => Self::ReadOnly(words.to_owned()),
            _ if says(&GONE) => Self::Gone(words.to_owned()),
            _ => Self::Failed(words.to_owned()),
        }
    }

    /// What the database itself said, where it was asked.
    pub(super) fn of(fault: &Fault) -> Option<Self> {
        match fault {
            Fault::DatabaseError(kind, information) => Some(Self::said(*kind, information.message())),
            _ => None,
        }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::NotFound => Self::NotFound,
            Fault::DatabaseError(DatabaseErrorKind::UniqueViolation, information) => {
                let name = information.constraint_name().map_or_else(
                    || information.message().trim_start_matches("UNIQUE constraint failed: ").to_owned(),
                    str::to_owned,
                );
                Self::Constraint(Constraint::named(&name))
            }
            Fault::DatabaseError(kind, information) => Self::said(kind, information.message()),
            // It was taken back as a whole all the same: the connection is thrown away.
            Fault::RollbackErrorOnCommit { commit_error, .. } => (*commit_error).into(),
            other => Self::Failed(other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(kind: DatabaseErrorKind, words: &str) -> Error {
        Error::from(Fault::DatabaseError(kind, Box::new(words.to_owned())))
    }

    #[test]
    fn what_the_databases_say_is_told_apart_by_what_can_be_done() {
        let unknown = |words: &str| said(DatabaseErrorKind::Unknown, words);
        assert!(matches!(unknown("database is locked"), Error::Busy));
        assert!(matches!(unknown("canceling statement due to lock timeout"), Error::Busy));
        assert!(matches!(unknown("database or disk is full"), Error::Full(_)));
        let postgres = "could not extend file \"base/5/1\": No space left on device";
        assert!(matches!(unknown(postgres), Error::Full(_)));
        assert!(matches!(unknown("attempt to write a readonly database"), Error::ReadOnly(_)));
        assert!(matches!(unknown("disk I/O error"), Error::ReadOnly(_)));
        let standby = "cannot execute UPDATE in a read-only transaction";
        assert!(matches!(said(DatabaseErrorKind::ReadOnlyTransaction, standby), Error::ReadOnly(_)));
        assert!(matches!(said(DatabaseErrorKind::ClosedConnection, "server closed"), Error::Gone(_)));
        assert!(matches!(unknown("the database system is starting up"), Error::Gone(_)));
        assert!(matches!(unknown("no such table: counter"), Error::Failed(_)));
        // Which of the two ends it is, decides whether it is certain that nothing was written.
        let ended = "terminating connection due to administrator command";
        assert!(matches!(said(DatabaseErrorKind::ClosedConnection, ended), Error::Gone(_)));
        let idle = "terminating connection due to idle-in-transaction timeout";
        assert!(matches!(said(DatabaseErrorKind::ClosedConnection, idle), Error::Failed(_)));
    }
}
