//! Minuting what a meeting decided about an answer. A draft gives way to what is approved; an approved minute is put right in the
//! open. None is edited.

use super::answer::Answer;
use super::post::is_a_post;
use super::{Act, Done, Error, Service};
use crate::domain::access::Deed;
use crate::domain::change::ChangeKind;
use crate::domain::fairness::Approval;
use crate::domain::id::{AddresseeId, RemarkId};
use crate::domain::moment::{Day, Happened};
use crate::domain::pack::{AnswerTo, answered};
use crate::domain::problem::Problems;
use crate::domain::rule;
use crate::store::ledger::{NewMinute, insert_minute, lock_newest, open_change};
use crate::store::present::refresh_addressee;
use crate::store::remark::{self, Minute};
use crate::store::{ReadTx, WriteTx, pack};

/// What a meeting decided.
#[derive(Debug, Clone)]
pub struct RecordMinute {
    /// The answer.
    pub addressee: AddresseeId,
    /// The version of the answer that the form was made from.
    pub version: i64,
    /// The post or the committee that decided.
    pub decided_by: Option<String>,
    /// When.
    pub decided_on: Option<Day>,
    /// Where its minutes say so.
    pub minute_ref: Option<String>,
    /// Whether that is approved.
    pub approval: Option<Approval>,
    /// What it answers; where no pack asks about its inquiry, nothing has to be said.
    pub answers: Option<AnswerTo>,
    /// What was decided, in public.
    pub words: Option<String>,
    /// Where it can be read.
    pub source_url: Option<String>,
    /// The minute whose place it takes, or that it puts right.
    pub earlier: Option<RemarkId>,
    /// Why an approved one was wrong, in public.
    pub correction: Option<String>,
}

impl Service {
    /// Publishes what a meeting decided about an answer.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`RecordMinute`]. `Stale` when another minute took the place of the earlier one.
    pub async fn record_minute(&self, act: Act, command: RecordMinute) -> Result<Done, Error> {
        self.once(act, move |tx, act| record(tx, act, command)).await
    }
}

fn record(tx: &mut WriteTx<'_>, act: &Act, command: RecordMinute) -> Result<Done, Error> {
    let answer = Answer::find(tx, act, command.addressee, Deed::RecordFact, |about| about)?;
    answer.lock(tx, Some(command.version))?;
    lock_newest(tx)?;
    let earlier = earlier(tx, command.addressee, command.earlier)?;
    let was_approved = earlier.as_ref().is_some_and(|(_, minute)| minute.approval == Some(Approval::Approved));
    let asking = pack::asking(tx, answer.holder.inquiry)?;
    // What the earlier minute answers was asked, whatever the pack asks since.
    let kept = earlier.as_ref().and_then(|(_, minute)| minute.question.as_deref());
    let asked: Vec<&str> = asking.iter().flat_map(|(_, asked)| asked).map(String::as_str).chain(kept).collect();
    let mut problems = Problems::none();
    if command.decided_by.is_none() {
        problems.add("decided_by", "Enter which post or committee decided; never a person\u{2019}s name");
    }
    is_a_post(tx, &mut problems, "decided_by", command.decided_by.as_deref())?;
    match command.decided_on {
        Some(day) => rule::past(&mut problems, "decided_on", Happened::on(day), true, answer.frame(act)),
        None => problems.add("decided_on", "Enter the day on which it was decided"),
    }
    if command.minute_ref.is_none() {
        problems.add("minute_ref", "Enter where the minutes say so, such as a number");
    }
    match command.approval {
        None => problems.add("approval", "Choose whether the minute is approved or a draft"),
        Some(Approval::Draft) if was_approved => {
            problems.add("approval", "An approved minute does not become a draft again: publish what is approved");
        }
        Some(_) => {}
    }
    let question = answered(command.answers, &asked).unwrap_or_else(|why| {
        problems.add("question", why);
        None
    });
    if command.words.is_none() {
        problems.add("words", "Enter what was decided");
    }
    if was_approved && command.correction.is_none() {
        problems.add("correction", "Enter why the earlier entry was wrong");
    }
    act.publishable(problems)?;
    let (Some(by), Some(on), Some(minute), Some(approval), Some(words)) =
        (command.decided_by, command.decided_on, command.minute_ref, command.approval, command.words)
    else {
        return Err(Error::NotFound);
    };
    let reason = command.correction.filter(|_| was_approved);
    let seq = open_change(tx, &answer.change(act, ChangeKind::Minute, reason))?;
    let row = earlier.as_ref().map(|(row, _)| *row);
    let new = NewMinute {
        of: answer.holder,
        decided_on: on,
        decided_by: &by,
        minute_ref: &minute,
        approval,
        question: question.as_deref(),
        words: &words,
        source_url: command.source_url.as_deref(),
        author: act.actor.person,
        replaces: row.filter(|_| !was_approved),
        corrects: row.filter(|_| was_approved),
    };
    insert_minute(tx, seq, &new)?;
    refresh_addressee(tx, seq, command.addressee)?;
    Ok(Done::published(answer.staff_page(), seq))
}

/// The minute of this answer that stands and is to give way.
fn earlier(
    tx: &mut ReadTx<'_>,
    answer: AddresseeId,
    row: Option<RemarkId>,
) -> Result<Option<(RemarkId, Minute)>, Error> {
    let Some(row) = row else { return Ok(None) };
    let all = remark::minutes(tx, &[answer])?.remove(&answer).unwrap_or_default();
    let found = all.into_iter().find(|one| one.id == row).ok_or(Error::NotFound)?;
    let minute = found.minute.ok_or(Error::NotFound)?;
    if !minute.stands() {
        return Err(Error::Stale);
    }
    Ok(Some((found.id, minute)))
}
