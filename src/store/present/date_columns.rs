//! Where the dates of an answer stand in its present row, as the database names the columns.

use crate::domain::deadline::DeadlineKind;

/// Of each kind of date that is watched: the column of the day, and that of its row in the ledger.
pub const DATE_COLUMNS: [(DeadlineKind, (&str, &str)); 5] = [
    (DeadlineKind::Response, ("response_due_on", "response_deadline_id")),
    (DeadlineKind::Decision, ("decision_due_on", "decision_deadline_id")),
    (DeadlineKind::Return, ("return_due_on", "return_deadline_id")),
    (DeadlineKind::Target, ("target_on", "target_deadline_id")),
    (DeadlineKind::Recheck, ("recheck_due_on", "recheck_deadline_id")),
];
