//! Recipients whom a mail server refused: what is made of it is judged when a round is over, by the rule in `domain::refusal`.

use std::collections::HashSet;

use super::bounce::silence;
use super::{Error, Service};
use crate::domain::bounce::DeadOrigin;
use crate::domain::id::OutboxId;
use crate::domain::moment::Moment;
use crate::domain::outbox::MailState;
use crate::domain::refusal::{Judgement, OfAddress, REFUSED_WITHIN, TO_STRANGERS};
use crate::domain::secret::Secret;
use crate::domain::words;
use crate::store::ledger::lock_newest;
use crate::store::outbox::{self, RefusedMail, ToJudge};
use crate::store::{WriteTx, suppression};

impl Service {
    /// Judges the mails of one round whose recipients were refused, together with those before them: they count as come back, and their
    /// addresses are taken for dead where the server says so, unless so many were refused alike that it lets none of this register's
    /// mail through. That stands beside each of these mails then, and what was made of those earlier in the row is so no more. What a
    /// round that is over has left is judged, too; without a `round`, that alone. Answers whether any was spared.
    ///
    /// # Errors
    /// When the database fails: then another round judges them.
    pub async fn judge_refusals(&self, round: Option<&str>, now: Moment) -> Result<bool, Error> {
        let (secret, round) = (self.secret.clone(), round.map(str::to_owned));
        self.writer.write_unseen(move |tx| judge(tx, &secret, round.as_deref(), now)).await
    }
}

fn judge(tx: &mut WriteTx<'_>, secret: &Secret, round: Option<&str>, now: Moment) -> Result<bool, Error> {
    // So that of two nodes that judge at once the second sees what the first made of its own.
    lock_newest(tx)?;
    let refused = outbox::to_judge(tx, round, now)?;
    if refused.is_empty() {
        return Ok(false);
    }
    let from = now.plus_seconds(-REFUSED_WITHIN);
    let row = outbox::refused_in_a_row(tx, from)?;
    let is_unexplained = |one: &ToJudge| one.of_address == OfAddress::PerhapsDead;
    let unexplained = refused.iter().filter(|one| is_unexplained(one) && one.kind != TO_STRANGERS);
    let counted = row.iter().filter(|one| one.kind != TO_STRANGERS);
    let judgement = Judgement::of(counted.map(|one| &one.email), unexplained.map(|one| &one.email));
    let in_row: HashSet<OutboxId> = row.iter().map(|one| one.id).collect();
    let is_spared = |one: &ToJudge| {
        (judgement.row_is_spared && in_row.contains(&one.id))
            || (judgement.unexplained_are_spared && is_unexplained(one))
    };
    let (spared, believed): (Vec<&ToJudge>, Vec<&ToJudge>) = refused.iter().partition(|one| is_spared(one));
    if judgement.row_is_spared {
        spare_earlier(tx, secret, &row, (from, now))?;
    }
    outbox::set_came_back(tx, &ids(&spared), false)?;
    outbox::set_came_back(tx, &ids(&believed), true)?;
    for one in &spared {
        outbox::note_report(tx, (one.id, MailState::PermanentFailure), words::MANY_REFUSED_ALIKE, now)?;
    }
    for one in believed.iter().filter(|one| one.of_address.silences()) {
        silence(tx, secret, &one.email, (DeadOrigin::Refused, "dead", None), now)?;
    }
    let judged: Vec<OutboxId> = refused.iter().map(|one| one.id).collect();
    outbox::not_to_judge(tx, &judged)?;
    Ok(!spared.is_empty())
}

fn ids(refused: &[&ToJudge]) -> Vec<OutboxId> {
    refused.iter().map(|one| one.id).collect()
}

/// Believes nothing any more of what fewer refusals of this row said before: those mails do not count as come back, and their addresses
/// are taken off the list of dead ones where they stand there by such a refusal alone. What was spared before is left as it is, for a row
/// may be long.
fn spare_earlier(
    tx: &mut WriteTx<'_>,
    secret: &Secret,
    row: &[RefusedMail],
    (from, now): (Moment, Moment),
) -> Result<(), Error> {
    // One that was sent again stands in the row twice.
    let mut seen = HashSet::new();
    let believed: Vec<&RefusedMail> = row.iter().filter(|one| one.came_back && seen.insert(one.id)).collect();
    let earlier: Vec<OutboxId> = believed.iter().map(|one| one.id).collect();
    outbox::set_came_back(tx, &earlier, false)?;
    for one in believed {
        let key = suppression::key(secret, &one.email);
        if suppression::refused_since(tx, &key)?.is_some_and(|since| since >= from) {
            suppression::take_off(tx, &key, None, words::TAKEN_OFF_ALIKE, now)?;
        }
        outbox::note_report(tx, (one.id, one.state), words::MANY_REFUSED_ALIKE, now)?;
    }
    Ok(())
}
