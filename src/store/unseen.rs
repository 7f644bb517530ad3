//! What no public page reads: the tables that may be written without pages being made anew. A debug build watches every such
//! transaction and refuses one that writes anything else, so that no page is ever shown too long.

use std::sync::{Arc, Mutex, PoisonError};

use diesel::Connection;
use diesel::connection::InstrumentationEvent;

use super::conn::Conn;

/// Accounts and sessions, limits and receipts, mail and who asked for it, runs of jobs, work that is not published and who has it
/// to do, scrutiny packs; and the counter, which may be locked.
const TABLES: [&str; 23] = [
    "attempt",
    "counter",
    "duty",
    "filing",
    "filing_link",
    "filing_link_item",
    "filing_step",
    "job_run",
    "mailing",
    "outbox",
    "pack",
    "pack_inquiry",
    "person",
    "person_digest",
    "receipt",
    "reminded",
    "session",
    "subscriber",
    "subscription",
    "suppression",
    "throttle",
    "token",
    "told",
];

/// Notes which tables a transaction writes.
pub(super) struct Guard(Arc<Mutex<Vec<String>>>);

impl Guard {
    /// From here on.
    pub fn on(conn: &mut Conn) -> Self {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let written = Arc::clone(&seen);
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { query, .. } = event
                && let Some(table) = table_written(&query.to_string())
            {
                written.lock().unwrap_or_else(PoisonError::into_inner).push(table);
            }
        });
        Self(seen)
    }

    /// Ends the watch; answers a table that public pages read and the transaction wrote.
    pub fn end(self, conn: &mut Conn) -> Option<String> {
        unwatch(conn);
        let written = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        written.iter().find(|table| !TABLES.contains(&table.as_str())).cloned()
    }
}

/// Ends a watch, also one that a panic has left behind.
pub(super) fn unwatch(conn: &mut Conn) {
    conn.set_instrumentation(|_: InstrumentationEvent<'_>| {});
}

/// The table that a statement writes.
fn table_written(statement: &str) -> Option<String> {
    let lower = statement.to_lowercase();
    let mut words = lower.split_whitespace();
    let before = match words.next()? {
        "insert" => "into",
        "delete" => "from",
        "update" => "update",
        _ => return None,
    };
    let mut rest = lower.split_whitespace().skip_while(|word| *word != before).skip(1);
    let name = rest.next()?.split('(').next()?;
    Some(name.trim_matches(|sign| sign == '"' || sign == '`').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_found_in_each_kind_of_statement() {
        let found = |statement: &str| table_written(statement).unwrap_or_default();
        assert_eq!(found("INSERT INTO \"asking\" (\"a\") VALUES ($1)"), "asking");
        assert_eq!(found("INSERT OR IGNORE INTO `asking` (`a`) VALUES (?)"), "asking");
        assert_eq!(found("update counter set seq = 1"), "counter");
        assert_eq!(found("DELETE  FROM `tag` WHERE 1"), "tag");
        assert_eq!(table_written("SELECT 1"), None);
        assert_eq!(table_written("with x as (select 1) select * from x"), None);
    }
}
