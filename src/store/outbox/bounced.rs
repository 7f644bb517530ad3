//! People from whom mail comes back.

use std::collections::HashMap;

use diesel::dsl::max;
use diesel::prelude::*;

use crate::domain::email::Email;
use crate::domain::id::{OutboxId, PersonId};
use crate::domain::moment::Moment;
use crate::domain::outbox::{MailState, is_dead_address};
use crate::store::schema::{attempt, outbox, person};
use crate::store::{Error, ReadTx};

/// The kind of letter that asks a body.
const ASKS: &str = "reminder";

/// The people whose last reminder came back because there is no such mailbox, and when that was. Not those whose address was changed
/// since, nor those to whom a later one was handed over.
///
/// # Errors
/// When the database fails.
pub fn bounced(tx: &mut ReadTx<'_>) -> Result<HashMap<PersonId, Moment>, Error> {
    type Row = (OutboxId, Option<PersonId>, Email, Option<Moment>);
    let failed: Vec<Row> = outbox::table
        .filter(outbox::kind.eq(ASKS).and(outbox::state.eq(MailState::PermanentFailure)))
        .filter(outbox::person_id.is_not_null())
        .order(outbox::id)
        .select((outbox::id, outbox::person_id, outbox::email, outbox::finished_at))
        .load(tx.conn)?;
    let mut last: HashMap<PersonId, (OutboxId, Email, Moment)> = HashMap::new();
    for (id, whose, email, at) in failed {
        if let Some((whose, at)) = whose.zip(at) {
            last.insert(whose, (id, email, at));
        }
    }
    if last.is_empty() {
        return Ok(HashMap::new());
    }
    let people: Vec<PersonId> = last.keys().copied().collect();
    let reached: Vec<(Option<PersonId>, Option<OutboxId>)> = outbox::table
        .filter(outbox::kind.eq(ASKS).and(outbox::state.eq(MailState::Accepted)))
        .filter(outbox::person_id.eq_any(people.clone()))
        .group_by(outbox::person_id)
        .select((outbox::person_id, max(outbox::id)))
        .load(tx.conn)?;
    let addresses: Vec<(PersonId, Email)> =
        person::table.filter(person::id.eq_any(people)).select((person::id, person::email)).load(tx.conn)?;
    let mails: Vec<OutboxId> = last.values().map(|(id, _, _)| *id).collect();
    let answers: Vec<(OutboxId, String)> = attempt::table
        .filter(attempt::outbox_id.eq_any(mails))
        .order(attempt::id)
        .select((attempt::outbox_id, attempt::answer))
        .load(tx.conn)?;
    let answers: HashMap<OutboxId, String> = answers.into_iter().collect();
    let mut back = HashMap::new();
    for (whose, (id, email, at)) in last {
        let later = reached.iter().any(|(of, newest)| *of == Some(whose) && *newest > Some(id));
        let same = addresses.iter().any(|(of, now)| *of == whose && *now == email);
        if same && !later && answers.get(&id).is_some_and(|answer| is_dead_address(answer)) {
            back.insert(whose, at);
        }
    }
    Ok(back)
}
