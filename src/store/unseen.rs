//! What no public page reads: the tables that may be written without pages being made anew. A debug build watches every such
//! transaction and refuses one that writes anything else, so that no page is ever shown too long.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use diesel::Connection;
use diesel::connection::InstrumentationEvent;

use super::Error;
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

/// Notes which tables a transaction writes, in a debug build, and what the database refused last.
pub(super) struct Guard(Arc<Mutex<Seen>>);

#[derive(Default)]
struct Seen {
    written: Vec<String>,
    refused: Option<Error>,
}

impl Guard {
    /// From here on, until [`unwatch`].
    pub fn on(conn: &mut Conn) -> Self {
        let guard = Self(Arc::default());
        let seen = Arc::clone(&guard.0);
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| match event {
            InstrumentationEvent::StartQuery { query, .. } if cfg!(debug_assertions) => {
                if let Some(table) = table_written(&query.to_string()) {
                    lock(&seen).written.push(table);
                }
            }
            InstrumentationEvent::FinishQuery { error: Some(fault), .. } => {
                if let Some(refused) = Error::of(fault) {
                    lock(&seen).refused = Some(refused);
                }
            }
            _ => {}
        });
        guard
    }

    /// A table that public pages read and the transaction wrote.
    pub fn missed(&self) -> Option<String> {
        lock(&self.0).written.iter().find(|table| !TABLES.contains(&table.as_str())).cloned()
    }

    /// What the database said when it refused something last.
    pub fn refused(&self) -> Option<Error> {
        lock(&self.0).refused.take()
    }
}

fn lock(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
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
