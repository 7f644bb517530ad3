//! Mails whose recipients a mail server refused, one after the other.

use diesel::prelude::*;

use crate::domain::email::Email;
use crate::domain::id::OutboxId;
use crate::domain::moment::Moment;
use crate::domain::outbox::MailState;
use crate::store::schema::{attempt, outbox};
use crate::store::{Error, ReadTx};

/// A mail whose recipient was refused, as the mail stands now.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct RefusedMail {
    /// Its inner number.
    pub id: OutboxId,
    /// Where it stands.
    pub state: MailState,
    /// Whom it is for.
    pub email: Email,
    /// Whether it counts as one that came back: it was refused in an earlier round, and that was believed.
    pub came_back: bool,
    /// What kind of letter it is.
    pub kind: String,
}

/// What stands beside a mail of which a report came is no try: `domain::words::report_noted` makes it.
const REPORT: &str = "Report % came back: %";

/// The mails whose recipients were refused since `from` and after the last mail that was handed over, in the order in which that was.
///
/// # Errors
/// When the database fails.
pub fn refused_in_a_row(tx: &mut ReadTx<'_>, from: Moment) -> Result<Vec<RefusedMail>, Error> {
    let handed_over: Option<i64> = attempt::table
        .filter(attempt::outcome.eq(MailState::Accepted.as_str()).and(attempt::answer.not_like(REPORT)))
        .order(attempt::id.desc())
        .select(attempt::id)
        .first(tx.conn)
        .optional()?;
    Ok(attempt::table
        .inner_join(outbox::table.on(outbox::id.eq(attempt::outbox_id)))
        .filter(attempt::id.gt(handed_over.unwrap_or(0)))
        .filter(attempt::refused.eq(true).and(attempt::at.ge(from)))
        .order(attempt::id)
        .select((outbox::id, outbox::state, outbox::email, outbox::came_back, outbox::kind))
        .load(tx.conn)?)
}
