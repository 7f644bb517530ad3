//! Recording what a body says it has done, taken by oversight from something that the body published.

use super::answer::Answer;
use super::{Act, Done, Error, Service};
use crate::domain::access::Deed;
use crate::domain::change::{ChangeKind, Fact};
use crate::domain::checked::Checked;
use crate::domain::id::{AddresseeId, Seq, UpdateId};
use crate::domain::licence::Rights;
use crate::domain::moment::Happened;
use crate::domain::problem::Problems;
use crate::domain::record::{FactValue, Update};
use crate::domain::reported::Reported;
use crate::domain::{rule, words};
use crate::store::ledger::{NewUpdate, insert_update, open_change, record_of};
use crate::store::present::refresh_addressee;
use crate::store::{ReadTx, WriteTx};

/// What a body says it has done, as an overseer read it.
#[derive(Debug, Clone)]
pub struct RecordReported {
    /// Whose.
    pub addressee: AddresseeId,
    /// The version of the answer that the form was made from.
    pub version: i64,
    /// What it says.
    pub value: Reported,
    /// Since when.
    pub happened: Happened,
    /// What it said was done, in public.
    pub words: Option<String>,
    /// The body's own word for its progress.
    pub their_word: Option<String>,
    /// The reason that the body gave for stopping.
    pub reason: Option<String>,
    /// Where it can be read.
    pub source_url: Option<String>,
    /// How far it was compared with that source.
    pub checked: Checked,
    /// The update that it takes the place of, where that was wrong.
    pub corrects: Option<UpdateId>,
    /// Why that was wrong.
    pub correction: Option<String>,
    /// In which language its words are, and under which licence.
    pub rights: Rights,
}

impl Service {
    /// Publishes what a body says it has done.
    ///
    /// # Errors
    /// See [`Error`]; the fields named are those of [`RecordReported`].
    pub async fn record_reported(&self, act: Act, command: RecordReported) -> Result<Done, Error> {
        self.once(act, move |tx, act| record(tx, act, command)).await
    }
}

fn record(tx: &mut WriteTx<'_>, act: &Act, command: RecordReported) -> Result<Done, Error> {
    let answer = Answer::find(tx, act, command.addressee, Deed::RecordFact, |about| about)?;
    answer.lock(tx, Some(command.version))?;
    answer.check_corrects(tx, command.corrects, Fact::Reported)?;
    let mut problems = Problems::none();
    rule::past(&mut problems, "happened", command.happened, false, answer.frame(act));
    // What corrects an earlier entry takes the place of that one, and was never to become current.
    let becomes_current = command.corrects.is_none() || command.corrects == answer.row.reported_update_id;
    if command.happened.day.is_none() && becomes_current && stays_behind(tx, &answer, &command)? {
        problems.add("happened", words::DATED_BEFORE);
    }
    rule::reported(
        &mut problems,
        command.value,
        command.words.as_deref(),
        command.reason.as_deref(),
        command.corrects.is_some(),
    );
    if command.source_url.is_none() {
        problems.add("source_url", "Enter the link at which the body says this");
    }
    if command.corrects.is_some() && command.correction.is_none() {
        problems.add("correction", "Enter why the earlier entry was wrong");
    }
    answer.fits(
        tx,
        &mut problems,
        "value",
        (FactValue::Reported(command.value), command.happened, command.corrects),
    )?;
    act.publishable(problems)?;

    let reason = command.corrects.and(command.correction);
    let seq = open_change(tx, &answer.change(act, ChangeKind::Reported, reason))?;
    let update = NewUpdate {
        words: command.words,
        their_word: command.their_word,
        reason: command.reason,
        source_url: command.source_url,
        checked: Some(command.checked),
        author: Some(act.actor.person),
        publisher: Some(act.actor.person),
        corrects: command.corrects,
        rights: command.rights,
        ..NewUpdate::of(FactValue::Reported(command.value), command.happened)
    };
    insert_update(tx, seq, command.addressee, &update)?;
    refresh_addressee(tx, seq, command.addressee)?;
    Ok(Done::published(answer.staff_page(), seq))
}

/// Whether what has no date would be published without becoming current: it never comes after what has one.
fn stays_behind(tx: &mut ReadTx<'_>, answer: &Answer, command: &RecordReported) -> Result<bool, Error> {
    let mut record = record_of(tx, answer.holder.addressee)?;
    let (id, last) = (UpdateId(i64::MAX), Seq(i64::MAX));
    record.updates.push(Update {
        id,
        seq: last,
        value: FactValue::Reported(command.value),
        happened: command.happened,
        basis: None,
        assessor: None,
        corrects: command.corrects,
    });
    Ok(record.current(Fact::Reported, last).is_none_or(|update| update.id != id))
}
